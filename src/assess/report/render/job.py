"""What passes between the program and the child process that sets the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from assess.i18n import Lang
from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.model import LabelledLine, Report
from assess.report.render.replies import ChildMessage, RenderDone, RenderFailure


class PdfAttachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside the PDF; `Source` is what the report shows, `Data` what it rests on."""

    name: str
    description: str
    data: bytes
    relationship: Literal["Source", "Data"]


class RenderJob(msgspec.Struct, frozen=True, kw_only=True, tag="report"):
    """All that the child is given for a report."""

    view: Report
    template: str
    folders: tuple[str, ...]
    """The folders of templates; that of the workspace comes before the library."""
    words: Lang
    """The language of messages; that of the report is the view's."""
    moment: datetime
    """The only time that the PDF knows, in UTC."""
    identifier: bytes
    attachments: tuple[PdfAttachment, ...]
    pictures: dict[str, str] = {}
    """Evidence that may be a picture: its file by evidence id."""
    thumbnails: dict[str, str] = {}
    """Thumbnails that were made before, by a program that is not trusted: files by evidence id."""
    provenance: dict[str, Any]
    """The content of provenance.json; the child adds the machine."""
    memory: int = 0
    """Megabytes that the child may use; 0 leaves what it was started with."""
    cpu: int = 0
    """Seconds of processor time, likewise."""
    form: Literal["pdf", "html", "editable"] = "pdf"
    """A PDF, the page as it is, or the page with PNG instead of SVG for a format to be edited."""


class DocumentJob(msgspec.Struct, frozen=True, kw_only=True, tag="document"):
    """All that the child is given for a document of an office, laid out by the program itself."""

    lang: Lang
    title: str
    author: str
    header: str
    """The line at the head of each page."""
    foot: str
    """The line at the foot of each page."""
    parts: tuple[str | SvgElement, ...]
    """The text as HTML that the program made, and the drawings between its pieces."""
    folder: str
    """The folder of the program's templates."""
    words: Lang
    """The language of messages."""
    moment: datetime
    """The only time that the PDF knows, in UTC."""
    identifier: bytes
    provenance: bytes = b""
    """What provenance.json holds as JSON, without the machine; empty: the PDF has no such file."""
    memory: int = 0
    """As in `RenderJob`."""
    cpu: int = 0
    draft: Literal[False] = False
    """No such document is a draft; the styles that it shares with reports ask."""


class RenderProgress(ChildMessage, frozen=True, kw_only=True, tag="progress"):
    """A step was begun; `page` counts while pages are laid out."""

    step: Literal["template", "layout", "write"]
    page: int = 0
    broken: tuple[str, ...] = ()
    """Ids of evidence whose picture can't be shown; sent once."""
    replaced: tuple[LabelledLine, ...] = ()
    """Characters that are printed as their codes, and in which items; sent once."""


Reply = RenderProgress | RenderDone | RenderFailure
