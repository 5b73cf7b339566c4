"""`assess answer ITEM --rows FILE`: the rows of a table from a spreadsheet, all of them or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy
from display.table.workbook.books import make_workbook, make_workbook_with_cells, with_part
from tui.rounds import busy
from tui.sample import SHEET

TABLE = "KND-09"


def busy_workspace(root: Path) -> Workspace:
    """Make a workspace with a table among its items."""
    return busy(root, "en")


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(busy_workspace)


def stored(root: Path) -> object:
    """Return the rows on disk."""
    return Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers[TABLE].value


def test_the_rows_of_a_file_are_the_answer(root: Path, assess: Assess) -> None:
    """Heads are ids or titles in either language; CSV as a Chinese spreadsheet saves it, or TSV."""
    csv = root / "exits.csv"
    text = '运营商,mbps,Backup,启用日期\n"示例电信,\n一分公司","1,000",是,2026/3/8\n示例移动,,,\n'
    csv.write_bytes(text.encode("gb18030"))
    done = assess("answer", TABLE, "--rows", "exits.csv", "--note", "两条", "--as", "wang-min")
    assert done.code == 0
    assert "KND-09: 2 rows: " in done.out
    assert stored(root) == [
        {"carrier": "示例电信, 一分公司", "mbps": 1000, "backup": True, "since": "2026-03-08"},
        {"carrier": "示例移动"},
    ]
    (root / "exits.tsv").write_text("Carrier\tBackup\nA\tno\n", "utf-8")
    assert assess("answer", TABLE, "--rows", "exits.tsv", "--as", "wang-min").code == 0
    assert stored(root) == [{"carrier": "A", "backup": False}]


def test_each_fault_has_its_row_and_column_and_nothing_changes(root: Path, assess: Assess) -> None:
    """What a question would ask in the terminal interface is a fault here."""
    (root / "x.csv").write_text("Floor,Carrier,Bandwidth\n1,A,fast\n2,,3\n", "utf-8")
    before = (root / "answers" / "2026" / "kinds.yaml").read_bytes()
    refused = assess("answer", TABLE, "--rows", "x.csv", "--as", "wang-min")
    assert refused.code != 0
    lines = refused.err.splitlines()
    assert lines[0] == "error: the rows have faults; nothing was changed"
    assert lines[1].startswith(
        "  x.csv:1:1: row: the table has no column “Floor” (it has: Carrier, "
    )
    assert lines[2:] == [
        "  x.csv:2:3: row: row 2 Bandwidth: “fast” does not fit; it takes: a number, such as 12.5",
        "  x.csv:3:2: row: row 3 Carrier: is empty; it takes: a text",
    ]
    assert (root / "answers" / "2026" / "kinds.yaml").read_bytes() == before


def test_a_fault_stands_at_the_column_of_the_file(root: Path, assess: Assess) -> None:
    """Heads may have another order than the table; cells beyond the heads are a fault, too."""
    (root / "x.csv").write_text("Bandwidth,Carrier\nfast,A\n3,A,note\n", "utf-8")
    lines = assess("answer", TABLE, "--rows", "x.csv", "--as", "wang-min").err.splitlines()
    assert lines[1].startswith("  x.csv:2:1: row: row 2 Bandwidth: “fast”")
    assert lines[2].startswith("  x.csv:3:1: row: row 3: 3 cells, and there are 2 columns")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((TABLE,), "give either an answer or --rows FILE"),
        ((TABLE, "x", "--rows", "x.csv"), "give either an answer or --rows FILE"),
        (("KND-01", "--rows", "x.csv"), "KND-01 is no table"),
        ((TABLE, "--rows", "none.csv"), "none.csv: there is no such file"),
        ((TABLE, "--rows", "."), "not an ordinary file"),
        ((TABLE, "--rows", "book.xlsx"), "book.xlsx is damaged, or no workbook"),
        ((TABLE, "--rows", "old.xls"), "old.xls is neither CSV nor TSV nor XLSX"),
        ((TABLE, "--rows", "semicolons.csv"), "semicolons stand between the cells"),
        ((TABLE, "--rows", "heads.csv"), "heads.csv has no row below the heads"),
        ((TABLE, "--rows", "empty.csv"), "empty.csv has no row below the heads"),
        ((TABLE, "--rows", "long.csv"), "at most 1000 rows"),
        ((TABLE, "--rows", "huge.csv"), "larger than 4 MB"),
        ((TABLE, "--rows", "six.csv"), "the rows have faults"),
    ],
)
def test_misuse_is_explained(
    root: Path, assess: Assess, words: tuple[str, ...], message: str
) -> None:
    """Each with a code that is no success."""
    (root / "x.csv").write_text("A\n", "utf-8")
    (root / "six.csv").write_text("A\n" * 6, "utf-8")
    (root / "book.xlsx").write_bytes(b"PK\x03\x04\0\0")
    (root / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (root / "semicolons.csv").write_text("Carrier;Bandwidth\nA;3,5\n", "utf-8")
    (root / "heads.csv").write_text("Carrier,Bandwidth\n", "utf-8")
    (root / "empty.csv").write_bytes(b"")
    (root / "long.csv").write_text("A\n" * 1200, "utf-8")
    (root / "huge.csv").write_text("A\n" * 3_000_000, "utf-8")
    refused = assess("answer", *words, "--as", "wang-min")
    assert refused.code != 0
    assert message in refused.err


def test_the_rows_of_a_workbook_are_the_answer(root: Path, assess: Assess) -> None:
    """As those of a text; dates and shares are read as the spreadsheet shows them."""
    heads, day = ["运营商", "mbps", "Backup", "启用日期"], date(2026, 3, 8)
    book = make_workbook([heads, ["示例电信\n一分公司", 1000, True, day], ["示例移动"]])
    (root / "exits.xlsx").write_bytes(book)
    assert assess("answer", TABLE, "--rows", "exits.xlsx", "--as", "wang-min").code == 0
    assert stored(root) == [
        {"carrier": "示例电信 一分公司", "mbps": 1000, "backup": True, "since": "2026-03-08"},
        {"carrier": "示例移动"},
    ]


def test_faults_of_a_workbook_have_row_and_column(root: Path, assess: Assess) -> None:
    """Counted as in the spreadsheet, blank rows too."""
    (root / "x.xlsx").write_bytes(make_workbook([["Carrier", "Bandwidth"], [], ["A", "fast"]]))
    lines = assess("answer", TABLE, "--rows", "x.xlsx", "--as", "wang-min").err.splitlines()
    assert lines[1].startswith("  x.xlsx:3:2: row: row 3 Bandwidth: “fast” does not fit")
    formula = with_part(
        make_workbook([["Carrier"], ["=1"]]), "xl/worksheets/sheet2.xml", b"<v>0</v>", b""
    )
    (root / "x.xlsx").write_bytes(formula)
    refused = assess("answer", TABLE, "--rows", "x.xlsx", "--as", "wang-min")
    assert "x.xlsx, cell A2: the formula has no result" in refused.err


def test_half_of_a_character_is_a_fault_of_its_cell(root: Path, assess: Assess) -> None:
    """No file can hold it, so nothing is written; the cell is named."""
    cell = '<c r="B7" t="inlineStr"><is><t>甲_xD800_</t></is></c>'
    book = make_workbook_with_cells(f'<sheetData><row r="7">{cell}</row></sheetData>')
    (root / "x.xlsx").write_bytes(book)
    refused = assess("answer", TABLE, "--rows", "x.xlsx", "--as", "wang-min")
    assert refused.code == ExitCode.USAGE
    assert refused.err == (
        "error: x.xlsx, cell B7: half of a character stands alone in it"
        " (correct the cell in the spreadsheet, save it, and read the file again)\n"
    )


def test_a_cell_that_is_too_long_is_named(root: Path, assess: Assess) -> None:
    """It is no wrong quotation mark, though the csv module has one error for both."""
    (root / "x.csv").write_text(f"Carrier,Bandwidth\nA,3\n{'x' * 140_000},4\n")
    refused = assess("answer", TABLE, "--rows", "x.csv", "--as", "wang-min")
    assert refused.err.startswith(
        "error: x.csv, cell A3: the text has more than 32767 characters (shorten the cell"
    )
