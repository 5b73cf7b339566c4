"""`assess office`: the folder of an office is made, and its units and campaigns are written."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assess.workspace.office.office import Office
from cli.conftest import Assess
from display.table.workbook.books import make_workbook

pytestmark = pytest.mark.untraced

HEADS_ZH = "单位编号,单位名称,类别,行业,上级单位,联系岗位\n"
HEADS_EN = "Unit id,Unit name,Category,Trade,Parent unit,Contact\n"


def subjects(office: Office) -> list[str]:
    """Return the subjects of the commits, the newest first."""
    words = ["git", "-C", str(office.root), "log", "--format=%s"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()


def write(folder: Path, text: str, encoding: str = "utf-8") -> str:
    """Write a list of units, and return its path."""
    path = folder / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_init_makes_the_folder_and_says_what_is_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assess: Assess
) -> None:
    """The commands that it names work as they stand."""
    monkeypatch.chdir(tmp_path)
    ran = assess("office", "init", "网信 办", "--name", "青溪区网信办")
    assert ran.code == 0
    assert "cd '网信 办' && assess office unit import FILE" in ran.out
    again = assess("office", "init", "网信 办", "--json")
    assert (again.code, again.out) == (2, "")
    made = json.loads(assess("office", "init", "b", "--json").out)
    assert made == {"path": "b", "committed": True}


@pytest.mark.parametrize(
    "heads", [HEADS_ZH, HEADS_EN, "name,单位编号,Category,行业,parent,联系岗位\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_taken_in_whatever_its_heads_and_encoding(
    office: Office, assess: Assess, tmp_path: Path, heads: str, encoding: str
) -> None:
    """In either language, by title or by field, in any order of the columns."""
    row = "museum,博物馆" if heads.startswith(("单位", "Unit")) else "博物馆,museum"
    ran = assess(
        "office",
        "unit",
        "import",
        write(tmp_path, heads + row + ",企事业,文化,教育局,馆长\n", encoding),
    )
    assert ran.code == 4  # the parent is no unit
    assert "名单.csv:2:5" in ran.err
    text = heads + row + ",企事业,文化,示例市青溪区教育局,馆长\n"
    ran = assess("office", "unit", "import", write(tmp_path, text, encoding))
    assert (ran.code, ran.err) == (0, "")
    unit = office.read_office_file().units["museum"]
    assert (unit.name, unit.category, unit.trade) == ("博物馆", "企事业", "文化")
    assert (unit.parent, unit.contact_role) == ("education", "馆长")
    assert subjects(office)[0] == "单位名单：新增 1，修改 0"


def test_a_workbook_is_taken_in(office: Office, assess: Assess, tmp_path: Path) -> None:
    """As spreadsheet programs save it; empty cells change nothing."""
    rows = [["单位编号", "单位名称", "类别"], ["education", "教育局", ""], ["", "博物馆", "企事业"]]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make_workbook(rows))
    ran = assess("office", "unit", "import", str(path), "--json")
    assert json.loads(ran.out) == {"added": ["bwg"], "changed": ["education"], "unchanged": []}
    assert office.read_office_file().units["education"].category == "部门"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", 2, "the first row must have the heads (heads: Unit id, Unit name"),
        ("a,甲\nb,乙\n", 2, "the first row must have the heads"),
        (HEADS_ZH, 2, "has no row below the heads"),
        (HEADS_ZH + ",,部门\n", 4, "名单.csv:2:2: row: row 2 Unit name: is empty"),
        (HEADS_ZH + "甲 局,甲,部门\n", 4, "名单.csv:2:1: row: row 2 Unit id: 甲 局 is no id"),
        (
            HEADS_ZH + "a,甲\na,乙\n",
            4,
            "名单.csv:3:1: row: row 3 Unit id: the unit a stands in row 2",
        ),
        ("单位编号,单位名称,电话\na,甲,1\n", 4, "the table has no column “电话”"),
        ("单位编号,单位名称,单位名称\na,甲,乙\n", 4, "this column stands there twice"),
        ("单位编号,类别\na,部门\n", 4, "Unit name: this column is needed"),
        (HEADS_ZH + 'a,"甲\n', 2, "a quotation mark is not closed"),
        (
            HEADS_ZH + "a,甲" + "长" * 300 + "\n",
            4,
            "名单.csv:2:2: row: row 2 Unit name: longer than 200",
        ),
        (HEADS_ZH + "a\0,甲\n", 2, "is neither CSV nor TSV nor XLSX"),
    ],
)
def test_a_list_with_a_fault_changes_nothing(
    office: Office,
    assess: Assess,
    tmp_path: Path,
    text: str,
    code: int,
    words: str,
) -> None:
    """Each fault is told by row and column; no program error, whatever the file holds."""
    before = (office.root / "office.yaml").read_bytes()
    ran = assess("office", "unit", "import", write(tmp_path, text))
    assert (ran.code, words in ran.err) == (code, True), ran.err
    assert (office.root / "office.yaml").read_bytes() == before


def test_hostile_names_are_shown_harmless(office: Office, assess: Assess, tmp_path: Path) -> None:
    """Escapes reach neither the terminal nor the file; markup and formulas are only text."""
    hostile = HEADS_ZH + 'x1,"<script>alert(1)</script>",=1+1\nx2,乙\x1b[2J,"a\tb"\nx3,\u202e丙,\n'
    assert assess("office", "unit", "import", write(tmp_path, hostile)).code == 0
    listed = assess("office", "unit", "list").out
    assert "\x1b" not in listed
    assert "\u202e" not in listed
    assert "x2\t乙\\u001b[2J\ta b\t" in listed
    assert "\x1b" not in (office.root / "office.yaml").read_text("utf-8")
    assert len(listed.splitlines()) == 6


def test_units_are_listed_and_exempted(office: Office, assess: Assess) -> None:
    """By category; the reason is committed."""
    rows = assess("office", "unit", "list", "--category", "乡镇街道").out.splitlines()
    assert rows == ["qingxi-town\t示例市青溪区青溪镇\t乡镇街道\t-\t-\t-"]
    assert assess("office", "unit", "exempt", "qingxi-town", "--reason", "撤并").code == 0
    row = json.loads(assess("office", "unit", "list", "--json").out)["qingxi-town"]
    assert (row["exempt"], row["signer"]) == ("撤并", None)
    assert subjects(office)[0] == "qingxi-town 免报"
    assert assess("office", "unit", "exempt", "nobody", "--reason", "x").code == 2


def test_a_campaign_is_added(office: Office, assess: Assess) -> None:
    """For some units; the digests are printed."""
    words = ("office", "campaign", "add", "2027", "--title", "自查", "--issued", "2027-03-01")
    checklist = ("--checklist", "egov-network")
    ran = assess(
        *words, "--due", "2027-04-30", *checklist, "--units", "education, data-bureau", "--json"
    )
    assert ran.code == 0, ran.err
    campaign = office.read_office_file().campaigns["2027"]
    assert campaign.units == ("education", "data-bureau")
    assert json.loads(ran.out)[0]["digest"] == campaign.checklists[0].digest
    assert assess(*words, "--due", "2027-04-31", *checklist).code == 2
    assert (
        "is before" in assess(*words[:3], "2028", *words[4:], "--due", "2027-01-01", *checklist).err
    )
    assert subjects(office)[0] == "布置报送任务 2027"


def test_lint_and_git_setup_know_the_folder(office: Office, assess: Assess) -> None:
    """A workspace below it is linted as a workspace."""
    assert assess("lint").code == 0
    path = office.root / "office.yaml"
    path.write_text(path.read_text("utf-8").replace("category: 部门", "categry: 部门"), "utf-8")
    ran = assess("lint", "office.yaml", "--format", "json")
    assert ran.code == 1
    assert {row["code"] for row in json.loads(ran.out)} == {"unknown-field"}
    assert assess("git", "setup").code == 0
    assert "merge.assess.driver" in assess("git", "setup", "--remove").out
    assert "merge.assess.driver" in assess("git", "setup").out


def test_outside_of_an_office_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assess: Assess
) -> None:
    """As it does outside of a workspace."""
    monkeypatch.chdir(tmp_path)
    ran = assess("office", "unit", "list")
    assert ran.code == 2
    assert "assess office init DIR" in ran.err


def test_the_faults_of_all_rows_are_listed_at_once(
    office: Office, assess: Assess, tmp_path: Path
) -> None:
    """An empty name, an id twice and a bad id; parents in rows with faults are no further ones."""
    before = (office.root / "office.yaml").read_bytes()
    text = (
        "单位编号,单位名称,上级单位,适用检查表\na,甲,,\nb,,,\na,乙,,\nBad Id,丙,,\n"
        "e,戊,丙,\nf,己,没有的单位,not an id!\n"
    )
    ran = assess("office", "unit", "import", write(tmp_path, text))
    assert ran.code == 4
    for row in (3, 4, 5, 7):
        assert f":{row}:" in ran.err, ran.err
    assert ":6:" not in ran.err
    assert (office.root / "office.yaml").read_bytes() == before
