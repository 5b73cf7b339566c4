"""The only way by which WeasyPrint reaches files: the template's own, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from assess.report.render.template import find_template_file

BASE = "http://template.invalid/"
"""Where relative addresses of a template lead; the name can't exist (RFC 2606)."""


PICTURES = "evidence"
"""The folder next to the templates in which a thumbnail is found by its evidence id."""

_KINDS = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
"""Not asked of the machine's own table, which differs from one to the next."""

_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"typ1", b"ttcf", b"wOFF", b"wOF2")
"""How files of fonts begin."""


class TemplateFetcher(URLFetcher):  # type: ignore[misc]  # the library is untyped
    """Returns files of the template, `shared` files and thumbnails; ends the rendering at others.

    The error is fatal, because WeasyPrint only logs other errors, and a report with a missing part
    is wrong. Inside a drawing WeasyPrint catches fatal errors too, so `refused` lists the
    addresses, and `fonts` the files that are fonts: under the name of a font of the machine one
    would set what the program itself says, in whatever signs it has.
    """

    def __init__(
        self, template: str, folders: Sequence[str], pictures: Mapping[str, bytes]
    ) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []
        self.fonts: list[str] = []
        self._folders = folders
        self._pictures = pictures
        self._own = (f"{template}/", "shared/")

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file that `url` names.

        Raises:
            FatalURLFetchingError: it is not a file of the template.
        """
        name = unquote(urlsplit(url).path).lstrip("/") if url.startswith(BASE) else ""
        folder, _, file_name = name.partition("/")
        if folder == PICTURES and file_name in self._pictures:
            return URLFetcherResponse(
                url, self._pictures[file_name], {"Content-Type": "image/jpeg"}
            )
        path = None
        if name.startswith(self._own) and ".." not in name.split("/"):
            path = find_template_file(self._folders, name)
        if path is None:
            self.refused.append(url[:200])
            raise FatalURLFetchingError(url[:200])
        data = path.read_bytes()
        if data.startswith(_FONTS):
            self.fonts.append(name)
            raise FatalURLFetchingError(url[:200])
        kind = _KINDS.get(path.suffix, "application/octet-stream")
        return URLFetcherResponse(url, data, {"Content-Type": kind})
