"""The table of report formats: PDF, HTML, Markdown, Word, JSON, and tables of the data.

This is the only list of them. A new format is a row here, with a file in this folder that makes it.
The libraries that a format needs are imported when a report in it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from assess.report.content.view.model import Report
    from assess.workspace.proof.report_file import SealForm

Source = Literal["pdf", "html", "editable", "view"]
"""The source of a format: the PDF of WeasyPrint, the HTML page of a template, that page with its
drawings as pictures, or the view-model alone, without a template and without a child process."""

Converter = Callable[["Report", datetime, bytes], bytes]
"""Returns a report in a format. Its parameters are the view-model, the time that is written into
the file, and the PDF or page (empty if the source is the view-model)."""


class ReportFormat(NamedTuple):
    """A format of reports."""

    name: str
    """The word after `--format`, and the ending of the file."""
    source: Source
    seal: SealForm
    convert: Converter
    template: str | None = None
    """The only template whose contents it can hold; None where it can hold each."""

    @property
    def is_text(self) -> bool:
        """Whether a report in this format is text, which a terminal can show."""
        return self.seal in ("comment", "none")

    def make_report(self, view: Report, moment: datetime, source: bytes = b"") -> bytes:
        """Return a report in this format, with its seal."""
        from assess.workspace.proof.report_file import seal_report_if_possible  # noqa: PLC0415  # not for --help

        return seal_report_if_possible(self.convert(view, moment, source), self.seal)


def _return_page_unchanged(_view: Report, _moment: datetime, source: bytes) -> bytes:
    return source


def _to_markdown(_view: Report, _moment: datetime, page: bytes) -> bytes:
    from assess.report.export.block_parser import parse_blocks  # noqa: PLC0415  # not for PDF
    from assess.report.export.markdown import format_markdown  # noqa: PLC0415  # not for PDF

    return format_markdown(parse_blocks(page.decode("utf-8", "replace"))).encode()


def _to_word(view: Report, moment: datetime, page: bytes) -> bytes:
    from assess.report.export.block_parser import parse_blocks  # noqa: PLC0415  # not for PDF
    from assess.report.export.word.document import write_docx  # noqa: PLC0415  # heavy

    return write_docx(parse_blocks(page.decode("utf-8", "replace")), view, moment)


def _to_json(view: Report, _moment: datetime, _source: bytes) -> bytes:
    from assess.report.export.json_view import report_to_json  # noqa: PLC0415  # not for --help

    return report_to_json(view)


def _to_csv(view: Report, _moment: datetime, _source: bytes) -> bytes:
    from assess.report.export.ledger_table import ledger_to_csv  # noqa: PLC0415  # not for PDF

    return ledger_to_csv(view)


def _to_xlsx(view: Report, moment: datetime, _source: bytes) -> bytes:
    from assess.report.export.workbook import report_to_xlsx  # noqa: PLC0415  # not for PDF

    return report_to_xlsx(view, moment)


_ROWS: Final = (
    ReportFormat("pdf", "pdf", "structure", _return_page_unchanged),
    ReportFormat("html", "html", "comment", _return_page_unchanged),
    ReportFormat("md", "html", "comment", _to_markdown),
    ReportFormat("docx", "editable", "package", _to_word),
    ReportFormat("json", "view", "none", _to_json),
    ReportFormat("csv", "view", "none", _to_csv, template="ledger"),
    ReportFormat("xlsx", "view", "package", _to_xlsx, template="ledger"),
)

REPORT_FORMATS: Final[Mapping[str, ReportFormat]] = {row.name: row for row in _ROWS}
"""The formats by name, in the order in which `--help` shows them."""
