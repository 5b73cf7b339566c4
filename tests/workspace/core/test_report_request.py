"""The report that a user asks for."""

from __future__ import annotations

from pathlib import Path

from assess.workspace import SheetName
from assess.workspace.core.report_request import ReportRequest

ROOT = Path("/w")
SHEET, OTHER = SheetName("network"), SheetName("systems", "portal")


def test_the_default_path_names_the_sheet() -> None:
    """A report of a sheet has its name, one of several is the `round`; the format is the ending."""
    request = ReportRequest("2026", (SHEET,), "full", "zh")
    assert request.output_path(ROOT) == ROOT / "reports/2026/network-full-zh.pdf"
    whole = request._replace(sheets=(SHEET, OTHER), lang="en", format="docx")
    assert whole.output_path(ROOT) == ROOT / "reports/2026/round-full-en.docx"


def test_a_named_file_is_the_path() -> None:
    """What the user names is where the report is written."""
    request = ReportRequest("2026", (SHEET,), "full", "zh", output=Path("r.pdf"))
    assert request.output_path(ROOT) == Path("r.pdf")


def test_every_sheet_in_every_language() -> None:
    """A request for a round is split by sheet, then language; the rest stays the same."""
    request = ReportRequest("2026", (SHEET, OTHER), "ledger", "zh", format="csv", against="2025")
    parts = request.split_by_sheet_and_language(("zh", "en"))
    assert [(part.sheets, part.lang) for part in parts] == [
        ((SHEET,), "zh"),
        ((SHEET,), "en"),
        ((OTHER,), "zh"),
        ((OTHER,), "en"),
    ]
    assert {part._replace(sheets=request.sheets, lang="zh") for part in parts} == {request}
