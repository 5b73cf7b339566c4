"""Links and pictures of the Markdown pages, as the site needs them."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from assess.i18n import Lang
from doc_site.sources import find_twin, list_page_names, other_language

_PICTURE: Final = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">'
    r'\s*<img alt="([^"]*)" src="([^"]+)">\s*</picture>'
)
_FULL_WIDTH: Final = re.compile(r"[\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]")
"""Chinese characters and their punctuation."""

_BEFORE_COLLECTORS: Final = 400
"""Sphinx collects pictures on the same event, at 500."""


def setup_links(app: Sphinx) -> None:
    """Add this to a build."""
    app.connect("doctree-read", complete_page, priority=_BEFORE_COLLECTORS)


def complete_page(app: Sphinx, page: nodes.document) -> None:
    """Resolve the links that lead out of the tree of a language; show pictures light and dark."""
    for link in list(page.findall(addnodes.pending_xref)):
        if link["reftype"] == "myst" and link["refdomain"] is None:
            _resolve_link(app, link)
    for raw in list(page.findall(nodes.raw)):
        pictures = _PICTURE.findall(raw.astext())
        if pictures:
            raw.replace_self([image for found in pictures for image in _make_images(*found)])
    for parent in list(page.findall(nodes.TextElement)):
        for at in reversed(range(1, len(parent.children) - 1)):
            if parent.children[at] == "\n" and _stands_in_chinese(parent, at):
                parent.pop(at)


def _stands_in_chinese(parent: nodes.Element, at: int) -> bool:
    """Return whether a part of a line is between Chinese ones: a browser would show a blank."""
    before, after = parent.children[at - 1].astext(), parent.children[at + 1].astext()
    return bool(_FULL_WIDTH.match(before[-1:]) and _FULL_WIDTH.match(after[:1]))


def _resolve_link(app: Sphinx, link: nodes.Element) -> None:
    """Lead a link to the page in the other language, or to the first page of a folder.

    What has no page here stays as its words: it is a part of the source code.
    """
    lang: Lang = app.config.site_lang
    root = Path(app.config.site_root)
    path, _, anchor = link["reftarget"].partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(link["refdoc"]), path))
    names = list_page_names(root)
    if target.endswith(".md") and target.removesuffix(".md") in names:
        _replace_by_address(link, other_language(lang), target.removesuffix(".md"), anchor)
    elif f"{target}/README" in names:
        _replace_by_address(link, lang, find_twin(f"{target}/README", lang, names), anchor)
    elif (root / target).exists():
        link.replace_self(link.children)


def _replace_by_address(link: nodes.Element, lang: Lang, name: str, anchor: str) -> None:
    """Replace a link by one to a page in the tree of a language; drop the line that switches."""
    if isinstance(link.parent, nodes.paragraph) and link.parent.astext() in ("English", "中文"):
        # Each page of the site has this link at its top.
        link.parent.parent.remove(link.parent)
        return
    here = posixpath.join(*[".."] * link["refdoc"].count("/"), "..")
    address = f"{here}/{lang}/{name}.html" + (f"#{anchor}" if anchor else "")
    new = nodes.reference("", "", *link.children, internal=False, refuri=address)
    link.replace_self(new)


def _make_images(dark: str, words: str, light: str) -> list[nodes.image]:
    """Return both appearances of a picture; the theme shows one of them."""
    return [
        nodes.image(uri=uri, alt=unescape(words), classes=[shown])
        for uri, shown in ((light, "only-light"), (dark, "only-dark"))
    ]
