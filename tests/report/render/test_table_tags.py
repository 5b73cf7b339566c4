"""The heads of tables in the structure tree."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import weasyprint

from assess.report.render.pdf_finisher import finish_pdf_for_accessibility
from report import read_pdf

HEAD = "<thead><tr><th>a</th><th>b</th><th>c</th></tr></thead>"
ROW = '<tr><th scope="row">x</th><td>1</td><td>2</td></tr>'


def cells(table: str, style: str = "") -> list[tuple[str, str, int]]:
    """Return tag, scope and number of named heads of each cell of a table in a PDF."""
    page = f"<html lang='en'><title>t</title><style>{style}</style>{table}"
    data = weasyprint.HTML(string=page).write_pdf(
        pdf_variant="pdf/a-3a", finisher=finish_pdf_for_accessibility
    )
    with pikepdf.open(io.BytesIO(data)) as document:
        return [
            _describe_cell(element)
            for element in read_pdf.elements(document)
            if str(element.S) in ("/TH", "/TD")
        ]


def _describe_cell(cell: Any) -> tuple[str, str, int]:
    return str(cell.S)[1:], str(cell.A.get("/Scope", ""))[1:], len(cell.A.get("/Headers", []))


COLUMN, ROW_HEAD = ("TH", "Column", 0), ("TH", "Row", 0)


def test_heads_name_their_column_or_row() -> None:
    """A data cell names both of its heads."""
    two = cells(f"<table>{HEAD}<tbody>{ROW * 3}</tbody></table>")
    assert two == [COLUMN] * 3 + [ROW_HEAD, ("TD", "", 2), ("TD", "", 2)] * 3


def test_a_single_row_has_no_head() -> None:
    """Its cells name the heads of their columns alone, and nothing that is no head any more."""
    alone = cells(f"<table>{HEAD}<tbody>{ROW}</tbody></table>")
    assert alone == [COLUMN] * 3 + [("TD", "", 0), ("TD", "", 1), ("TD", "", 1)]


def test_a_row_that_a_page_break_parts_has_no_head() -> None:
    """A table over two pages is two tables for the reader."""
    style = "@page { size: 10cm 5cm; margin: 0 } tr { height: 1cm; break-inside: avoid }"
    parted = cells(f"<table>{HEAD}<tbody>{ROW * 4}</tbody></table>", style)
    whole = [COLUMN] * 3 + [ROW_HEAD, ("TD", "", 2), ("TD", "", 2)] * 3
    assert parted == [*whole, *[COLUMN] * 3, ("TD", "", 0), ("TD", "", 1), ("TD", "", 1)]


def test_questions_without_heads_of_columns_name_their_rows() -> None:
    """Two columns, question and answer."""
    row = '<tr><th scope="row">x</th><td>1</td></tr>'
    assert cells(f"<table><tbody>{row * 2}</tbody></table>") == [ROW_HEAD, ("TD", "", 1)] * 2
