"""A report as one HTML file, inside the child: pictures in it, and nothing that reaches out."""

from __future__ import annotations

import base64
import re
from html import unescape
from urllib.parse import urljoin

from assess.report.render.fetch import TemplateFetcher

MOST_BYTES = 64 * 1024 * 1024
"""A template that writes more is refused: the program reads all of it."""

_SOURCE = re.compile(r'(<img\b[^>]*?\bsrc=)"(?!data:)([^"]*)"')
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
"""Templates may come from a strange workspace: no script runs, nothing is loaded."""


def make_standalone_page(html: str, base: str, fetcher: TemplateFetcher) -> str:
    """Return the page with its pictures inside and a policy that forbids all else.

    Raises:
        FatalURLFetchingError: a picture is none of the template's.
    """

    def embed_picture(match: re.Match[str]) -> str:
        response = fetcher.fetch(urljoin(base, unescape(match[2])))
        data = base64.b64encode(response.read()).decode()
        return f'{match[1]}"data:{response.content_type};base64,{data}"'

    page = _SOURCE.sub(embed_picture, html)
    if not _HEAD.search(page):
        return _POLICY + page
    return _HEAD.sub(lambda head: head[0] + _POLICY, page, count=1)
