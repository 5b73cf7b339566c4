"""Letters of an office as PDF beside Word: reminders, return notices, receipts, notices to mend."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pytest
from pdfua import Validator

from assess.cli.common.exit_codes import ExitCode
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.office.office import Office
from cli.conftest import Assess
from report.read_pdf import squeezed
from rollup_units import UNITS, MadeOffice, run_git


@pytest.fixture
def office(office_with_hand_ins: MadeOffice) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins, and writes Chinese."""
    root = office_with_hand_ins.root
    Office(root, "en").edit_office_file([FieldEdit(("language",), "zh")])
    run_git(root, "commit", "-qam", "language")
    return office_with_hand_ins


def list_faults(path: Path) -> set[str]:
    """Return the rules of PDF/UA that a file breaks."""
    return {row.rule_id for row in Validator().validate(str(path)).findings}


def text_of_unit(slip: str) -> str:
    """Return the id of the unit that the text of a receipt names."""
    return next(key for key, (name, _category) in UNITS.items() if name in slip)


def list_uncommitted(root: Path) -> str:
    """Return what git would commit; what it ignores is not in it."""
    return run_git(root, "status", "--porcelain")


def test_reminders_have_both_forms_and_the_same_bytes_each_time(
    office: MadeOffice, assess: Assess
) -> None:
    """The first path is that of the first form; Markdown stands beside it."""
    words = ("rollup", "remind", "--format", "pdf", "--format", "docx", "--json")
    (row,) = json.loads(assess(*words).out)
    start = "rollups/2026/reminders/street-2026-11-30"
    assert row["files"] == [f"{start}.{suffix}" for suffix in ("pdf", "docx", "md")]
    path = office.root / row["files"][0]
    made = path.read_bytes()
    assert "示例市青溪区东风街道：" in squeezed(made)
    assert list_faults(path) == set()
    assert assess(*words).code == 0
    assert path.read_bytes() == made
    assert list_uncommitted(office.root) == ""


def test_a_return_notice_as_pdf(office: MadeOffice, assess: Assess) -> None:
    """Its table is in it, names of units are texts, and no Word file is written."""
    words = ("--item", "rollup-check/R1", "--reason", "请补充任命文件", "--format", "pdf", "--json")
    row = json.loads(assess("rollup", "return", "health", *words).out)
    assert [Path(path).suffix for path in row["notice"]] == [".pdf", ".md"]
    whole = squeezed((office.root / row["notice"][0]).read_bytes())
    for text in ("=cmd|'/Ccalc'!A1：", "请补充任命文件", "R1"):
        assert text in whole
    folder = office.root / "rollups/2026/returns"
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".md", ".json"}


def test_receipts_as_letters_are_made_again_for_the_same_files(
    office: MadeOffice, assess: Assess
) -> None:
    """They say what the text says, and are not committed."""
    arrived = str(office.root.parent / "in")
    ran = assess("rollup", "take", arrived, "--format", "pdf", "--format", "docx")
    assert ran.code == 0, ran.err
    folder = office.root / "rollups/2026/rollup-receipts"
    assert len(list(folder.iterdir())) == 2 * 5
    for path in sorted(folder.glob("*.pdf")):
        text = (office.root / f"receipts/2026/{path.stem}.txt").read_text("utf-8")
        whole = squeezed(path.read_bytes())
        facts = [
            path.stem,
            UNITS[text_of_unit(text)][0],
            re.findall("sha256:[0-9a-f]{64}", text)[0],
        ]
        assert [fact for fact in facts if "".join(fact.split()) not in whole] == []
    assert list_faults(path) == set()
    assert list_uncommitted(office.root) == ""
    assert assess("rollup", "take", arrived, "--format", "pdf", "--dry-run").code == 0


def test_notices_name_each_problem_that_is_not_mended(office: MadeOffice, assess: Assess) -> None:
    """Units without one get none; the notice has measure, due day and by when to mend."""
    words = ("rollup", "notice", "--by", "2026-12-31", "--format", "docx", "--format", "pdf")
    ran = assess(*words)
    assert ran.code == 0, ran.err
    lines = [line.split("\t") for line in ran.out.splitlines()]
    start = "rollups/2026/rollup-notices/data-bureau-2026-11-30"
    assert lines == [["data-bureau", UNITS["data-bureau"][0], "2 problems", f"{start}.docx"]]
    assert "nothing is written: 2" in ran.err
    document = docx.Document(io.BytesIO((office.root / f"{start}.docx").read_bytes()))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "检查项", "结果", "风险", "整改措施", "完成期限"]
    (late,) = [row for row in rows if "2026-10-01" in row[5]]
    assert late[4] == "=cmd|' /C calc'!A1"
    assert late[2] in {"不符合", "部分符合"}
    assert "逾期 60 天" in late[5]
    whole = squeezed((office.root / f"{start}.pdf").read_bytes())
    for text in (
        "尚未整改的问题共2项",
        "于2026年12月31日前完成整改",
        "期限早于该日且尚未到期的",
        "=cmd|'/Ccalc'!A1",
    ):
        assert text in whole
    assert list_faults(office.root / f"{start}.pdf") == set()
    assert list_uncommitted(office.root) == ""


def test_notices_that_cannot_be(office: MadeOffice, assess: Assess) -> None:
    """A day that has passed and an unknown unit are refused; units without problems are told."""
    assert "2026-11-29 has passed" in assess("rollup", "notice", "--by", "2026-11-29").err
    assert "no unit nobody" in assess("rollup", "notice", "--unit", "nobody").err
    ran = assess("rollup", "notice", "--unit", "education")
    assert (ran.code, ran.out) == (0, "no unit has a problem that is not mended\n")
    assert not (office.root / "rollups/2026/rollup-notices").exists()


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("reminders", ("remind",)),
        ("rollup-notices", ("notice",)),
        ("returns", ("return", "health", "--item", "rollup-check/R1", "--reason", "x")),
    ],
    ids=["reminders", "notices", "returns"],
)
def test_no_letter_is_written_through_a_link(
    office: MadeOffice, assess: Assess, tmp_path: Path, folder: str, words: tuple[str, ...]
) -> None:
    """A clone may hold a link that leads out of the office: its problems stay in."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = office.root / "rollups" / "2026"
    place.mkdir(parents=True, exist_ok=True)
    (place / folder).symlink_to(elsewhere)
    ran = assess("rollup", *words)
    assert ran.code == ExitCode.USAGE
    assert f"rollups/2026/{folder} is a link that leads out of the folder" in ran.err
    assert list(elsewhere.iterdir()) == []
