"""`assess answer --from FILE`: the answers of many items, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.i18n import Lang
from assess.model.formats import FileKind
from assess.model.item import TextItem
from assess.store import open_file
from assess.store.yaml.reading.decode import DecodedYaml, decode_yaml
from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy
from tui.rounds import busy
from tui.sample import SHEET

SHEET_FILE = Path("answers/2026/kinds.yaml")


def busy_workspace(root: Path) -> Workspace:
    """Make a workspace with an item of each kind."""
    return busy(root, "en")


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(busy_workspace)


def stored(root: Path, item_id: str) -> tuple[object, object, object]:
    """Return status, value and note of an answer on disk."""
    answer = Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers[item_id]
    return answer.status, answer.value, answer.note


def test_a_scan_list_goes_in_at_once(root: Path, assess: Assess) -> None:
    """Heads in either language; blank answers are ignored; what lacks its reason is listed."""
    text = "检查项编号,结果,情况说明,扫描器\nKND-01,不适用,,x\nKND-02,yearly,查过,x\nKND-03,,,x\n"
    (root / "list.csv").write_bytes(text.encode("gb18030"))
    done = assess("answer", "--from", "list.csv", "--as", "wang-min")
    assert done.code == 0
    assert done.out.splitlines() == [
        "other answers than before: 2 (KND-01, KND-02)",
        "ignored, for they say nothing or what is there already: 1 (KND-03)",
        "taken, but without the reason: 1 (KND-01)",
        "columns that were not read: 扫描器",
        "add the missing reasons before the report: assess fill",
    ]
    assert stored(root, "KND-02") == (None, "yearly", "查过")
    answer = Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers["KND-01"]
    assert (answer.status, answer.by) == ("not_applicable", "wang-min")
    assert answer.fingerprint is not None


def test_a_fault_in_one_row_stops_all(root: Path, assess: Assess) -> None:
    """Each fault has its row: an unknown item, a wrong value, an item that stands there twice."""
    (root / "x.csv").write_text(
        "item,answer\nKND-01,met\nKND-1,met\nKND-02,never ever\nKND-01,unmet\n"
    )
    before = (root / SHEET_FILE).read_bytes()
    refused = assess("answer", "--from", "x.csv", "--as", "wang-min")
    assert refused.code == ExitCode.FILES
    lines = refused.err.splitlines()
    assert lines[0] == "error: rows have faults; nothing was changed"
    assert lines[1].startswith("  x.csv:3:2: row: no item KND-1 (")
    assert lines[2].startswith("  x.csv:4:2: row: KND-02: ")
    assert lines[3] == "  x.csv:5:2: row: KND-01 stands in the file twice (the first is in line 2)"
    assert (root / SHEET_FILE).read_bytes() == before


def test_a_fault_says_how_a_value_is_typed(root: Path, assess: Assess) -> None:
    """Numbers and ratios are named as a table of answers has them, not as a file of YAML."""
    (root / "x.csv").write_text("item,answer\nKND-03,met\nKND-04,met\n")
    lines = assess("answer", "--from", "x.csv", "--as", "wang-min").err.splitlines()
    assert lines[1].startswith("  x.csv:2:2: row: KND-03: ")
    assert lines[1].endswith("(part and whole, as 23/25)")
    assert lines[2].endswith("(a number, as 12 or 0.5)")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "KND-01: {answer: partial, note: 三条}\nKND-02: never\n"),
        ("a.json", '[{"item": "KND-01", "answer": "partly met", "note": "三条"}]'),
        ("a.yml", "- item: KND-01\n  answer: partial\n  note: 三条\n"),
    ],
)
def test_a_tree_is_read_too(root: Path, assess: Assess, name: str, text: str) -> None:
    """YAML and JSON: a list of rows, or a mapping by item."""
    (root / name).write_text(text, "utf-8")
    assert assess("answer", "--from", name, "--as", "wang-min").code == 0
    assert stored(root, "KND-01") == ("partial", None, "三条")


def test_a_tree_of_another_form_is_refused_by_line(root: Path, assess: Assess) -> None:
    """The place of each row that is none is named."""
    (root / "a.yaml").write_text("- item: KND-01\n  answer: met\n- {item: KND-02, says: x}\n- 3\n")
    refused = assess("answer", "--from", "a.yaml")
    assert refused.code == ExitCode.FILES
    assert [line.split(": ")[0] for line in refused.err.splitlines()[1:]] == [
        "  a.yaml:3:3",
        "  a.yaml:4:3",
    ]


def test_a_dry_run_writes_nothing(root: Path, assess: Assess) -> None:
    """It shows what is new, what changes and what would still be missing."""
    (root / "a.yaml").write_text("KND-01: unmet\nKND-02: never\n")
    before = (root / SHEET_FILE).read_bytes()
    shown = json.loads(assess("answer", "--from", "a.yaml", "--dry-run", "--json").out)
    assert shown["written"] is False
    assert shown["changed"] == ["KND-01"]
    assert shown["ignored"] == ["KND-02"]
    assert (root / SHEET_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("KND-01", "--from", "a.csv"), "--from takes everything from the file"),
        (("--from", "none.csv"), "none.csv: there is no such file"),
        ((), "ITEM is missing"),
        (("KND-01", "met", "--dry-run"), "--dry-run goes with --from"),
        (("--from", "heads.csv"), "the first row has to name the columns: item, answer, note"),
    ],
)
def test_wrong_use(root: Path, assess: Assess, words: tuple[str, ...], message: str) -> None:
    """It is told what to do."""
    (root / "heads.csv").write_text("No,text\n1,2\n")
    refused = assess("answer", *words)
    assert refused.code == ExitCode.USAGE
    assert message in refused.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("KND-01,unmet,all checked, except one\n", "x.csv:2:4: row: the row has more cells"),
        ('KND-01,unmet,"say "hi", but"\nKND-02,never,"a, b"\n', "x.csv, line 2: a quotation mark"),
    ],
)
def test_no_part_of_a_text_is_lost(root: Path, assess: Assess, text: str, message: str) -> None:
    """A comma outside of quotation marks, and a mark in the wrong place, are named by line."""
    (root / "x.csv").write_text(f"item,answer,note\n{text}")
    before = (root / SHEET_FILE).read_bytes()
    refused = assess("answer", "--from", "x.csv", "--as", "wang-min")
    assert refused.code != 0
    assert message in refused.err
    assert (root / SHEET_FILE).read_bytes() == before


def test_very_many_rows_are_refused_or_told_soon(root: Path, assess: Assess) -> None:
    """More rows than are taken; a head with a line break stays one line; few ids are suggested."""
    (root / "a.yaml").write_text("".join(f"X-{number}: met\n" for number in range(10_001)))
    assert "at most 10000 rows" in assess("answer", "--from", "a.yaml").err
    rows = "".join(f"KND-{number},met,\n" for number in range(100, 150))
    (root / "x.csv").write_text(f'item,answer,"two\nlines"\n{rows}')
    lines = assess("answer", "--from", "x.csv").err.splitlines()
    assert len(lines) == 51
    assert lines[1].endswith(")")
    assert not lines[-1].endswith(")")
    (root / "y.csv").write_text('item,answer,"two\nlines"\nKND-02,never,\n')
    assert "two ⏎ lines" in assess("answer", "--from", "y.csv", "--as", "wang-min").out


def test_a_dry_run_refuses_what_the_run_would_refuse(root: Path, assess: Assess) -> None:
    """An unknown person, too; and without --from nothing is written either."""
    (root / "a.yaml").write_text("KND-01: unmet\n")
    refused = assess("answer", "--from", "a.yaml", "--dry-run", "--as", "nobody")
    assert refused.code != 0
    assert "nobody" in refused.err
    before = (root / SHEET_FILE).read_bytes()
    assert assess("answer", "KND-01", "met", "--dry-run", "--as", "wang-min").code != 0
    assert (root / SHEET_FILE).read_bytes() == before


def test_the_sheet_is_decoded_few_times(
    root: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows there are."""
    decoded: list[str] = []

    def count(text: str, kind: FileKind, file: str, lang: Lang) -> DecodedYaml[Any]:
        decoded.append(file)
        return decode_yaml(text, kind, file, lang)

    monkeypatch.setattr(open_file, "decode_yaml", count)
    items = Workspace(root, "en").open_sheet(SHEET, "2026").checklist.items()
    ids = [item_id for item_id, item in items.items() if not isinstance(item, TextItem)]
    rows = "".join(f"{item_id},不适用,没有\n" for item_id in ids)
    (root / "all.csv").write_text(f"item,answer,note\n{rows}", "utf-8")
    decoded.clear()
    assert assess("answer", "--from", "all.csv", "--as", "wang-min").code == 0
    assert 1 <= decoded.count(SHEET_FILE.as_posix()) <= 5


LINE_BREAKS = ("\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f")


@pytest.mark.parametrize("sign", LINE_BREAKS)
def test_a_line_break_in_a_text_of_one_line_is_refused(
    root: Path, assess: Assess, sign: str
) -> None:
    """Own words, cells and short texts have one line, whatever the line break is."""
    rows = [
        {"item": "KND-07", "answer": {"other": f"借{sign}用"}},
        {"item": "KND-08", "answer": [{"other": f"别{sign}的"}]},
        {"item": "KND-09", "answer": [{"carrier": "甲"}, {"carrier": f"甲{sign}乙"}]},
        {"item": "KND-01", "answer": "unmet", "note": "一\n二"},
    ]
    before = (root / SHEET_FILE).read_bytes()
    (root / "x.json").write_text("[" + ",\n".join(map(json.dumps, rows)) + "]")
    refused = assess("answer", "--from", "x.json", "--as", "wang-min").err.splitlines()
    words = "the text has a line break, and takes one line (write a space in the place of the line"
    assert [line.partition(" break)")[0] for line in refused[1:]] == [
        f"  x.json:1:2: row: KND-07: {words}",
        f"  x.json:2:1: row: KND-08: {words}",
        f"  x.json:3:1: row: KND-09: row 2 Carrier: {words}",
    ]
    assert (root / SHEET_FILE).read_bytes() == before


def test_a_character_that_json_writes_as_two_is_one(root: Path, assess: Assess) -> None:
    """A rare Han character in a name; half of one is refused by line."""
    text = '[{"item": "KND-01", "answer": "unmet", "note": "\\ud842\\udfb7 \\\\ud83d"}]'
    (root / "x.json").write_text(text)
    assert assess("answer", "--from", "x.json", "--as", "wang-min").code == 0
    assert stored(root, "KND-01")[2] == "𠮷 \\ud83d"
    (root / "x.json").write_text('[\n{"item": "KND-01", "answer": "unmet", "note": "\\ud842"}]')
    refused = assess("answer", "--from", "x.json", "--as", "wang-min")
    assert refused.code == ExitCode.FILES
    assert "x.json:2:" in refused.err


def test_a_cell_below_a_blank_head_is_refused(root: Path, assess: Assess) -> None:
    """Its column has no name, so nothing says that it may be left out."""
    (root / "x.csv").write_text("item,,answer\nKND-01,a note,unmet\n")
    refused = assess("answer", "--from", "x.csv", "--as", "wang-min")
    assert refused.code == ExitCode.FILES
    assert "x.csv:2:2: row: the cell stands below no head" in refused.err
