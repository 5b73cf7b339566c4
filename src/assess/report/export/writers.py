"""A report in other forms than PDF: HTML, Markdown, Word, JSON, and the ledger as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

import msgspec

from assess.report.content.view.model import Report
from assess.store.report_seal import seal_report

Form = Literal["pdf", "html", "md", "docx", "json", "csv", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)

DATA: tuple[Form, ...] = ("json", "csv", "xlsx")
"""Made from the view-model alone, without a template."""

TABLES: tuple[Form, ...] = ("csv", "xlsx")
"""Hold the ledger and nothing else."""

FORMAT = "assess/report/1"
"""The format of the view-model as JSON; data/schemas/report.json is its schema."""


def from_view(form: Form, report: Report, moment: datetime) -> bytes:
    """Return a report in one of the `DATA` forms."""
    if form == "json":
        plain = {"format": FORMAT, **msgspec.to_builtins(report)}
        return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"
    from assess.report.export.tables import to_csv, to_xlsx  # noqa: PLC0415  # not for PDF

    return to_csv(report) if form == "csv" else seal_report(to_xlsx(report, moment), form)


def from_html(form: Form, html: bytes, report: Report, moment: datetime) -> bytes:
    """Return a report in a form that is made of the page that a template gave."""
    if form == "html":
        return seal_report(html, form)
    from assess.report.export.blocks import parse_blocks  # noqa: PLC0415  # not for PDF

    text = html.decode("utf-8", "replace")
    document = parse_blocks(text)
    if form == "md":
        from assess.report.export.markdown import format_markdown  # noqa: PLC0415  # the same

        return seal_report(format_markdown(document).encode(), form)
    from assess.report.export.docx import write_docx  # noqa: PLC0415  # heavy

    return seal_report(write_docx(document, report, moment, landscape="A4 landscape" in text), form)
