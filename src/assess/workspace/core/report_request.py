"""The report that a user asks for: one value from the command line to the report's inputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess.i18n import Lang
from assess.locations import report_path
from assess.workspace.core.names import SheetName

AttachmentChoice = Literal["all", "inputs", "none"]
"""The workspace's files inside a PDF: all that it is made from, the YAML files alone, none."""

_WITH_INPUTS: Final = "full"
"""The template that prints every answer: its pages give away what the data inside do."""


class ReportRequest(NamedTuple):
    """The report that a user asks for."""

    round_id: str
    sheets: tuple[SheetName, ...]
    template: str
    lang: Lang
    format: str = "pdf"
    """A name in the table of report formats; also the ending of the file."""
    against: str | None = None
    """The round or commit to compare with; None: the round before."""
    day: date | None = None
    """The day as of which the report is made; None: that of the commit, else today."""
    output: Path | None = None
    """The file to write; None: the default path in the workspace."""
    attachments: AttachmentChoice | None = None
    """The files that travel inside the PDF; None: those that are usual for the template."""

    @property
    def effective_attachments(self) -> AttachmentChoice:
        """The files that travel inside the PDF; none where the template prints only excerpts."""
        return self.attachments or ("inputs" if self.template == _WITH_INPUTS else "none")

    def output_path(self, root: Path) -> Path:
        """Return the file to write in a workspace; a report of several sheets is named `round`."""
        sheet = str(self.sheets[0]) if len(self.sheets) == 1 else "round"
        default = report_path(self.round_id, sheet, self.template, self.lang, self.format)
        return self.output or root / default

    def split_by_sheet_and_language(self, langs: Sequence[Lang]) -> list[ReportRequest]:
        """Return a request for each sheet in each language."""
        return [self._replace(sheets=(name,), lang=lang) for name in self.sheets for lang in langs]
