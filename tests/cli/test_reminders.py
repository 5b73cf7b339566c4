"""`assess rollup remind | purge`: letters to units that are late, and clearing the inbox."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import docx
import pytest

from assess.cli.common import context, rollup_reminders
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.office.office import Office
from cli.conftest import Assess, office_alone, office_with_hand_in
from rollup_units import TODAY
from samples import Samples


@pytest.fixture
def office(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """The current folder is that of an office; a file came in where the test asks for `file`."""
    make = office_with_hand_in if "file" in request.fixturenames else office_alone
    samples.copy_place(make, tmp_path)
    monkeypatch.chdir(tmp_path / "office")
    return Office(tmp_path / "office", "en")


@pytest.fixture
def file(office: Office) -> Path:
    """What the data bureau handed in; the office has taken it in."""
    return office.root.parent / "post" / "first.zip"


def go_to_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let the clock stand so many days after the usual one."""
    monkeypatch.setattr(context, "clock", lambda: TODAY + timedelta(days=days))


def letter_of(office: Office, unit: str, day: str) -> str:
    """Return the paragraphs of a letter."""
    data = (office.root / f"rollups/2026/reminders/{unit}-{day}.docx").read_bytes()
    return "\n".join(part.text for part in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.usefixtures("file")
def test_each_unit_that_is_late_gets_a_letter(
    office: Office, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With today's date, the due day and the days; what is in gets none; all is committed."""
    go_to_day(monkeypatch, 34)  # 2027-01-03, three days after the due day
    ran = assess("rollup", "remind")
    assert ran.code == 0, ran.err
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert [line[0] for line in lines] == ["education", "qingxi-town"]
    assert lines[0][2] == "not handed in, due on 2026-12-31, 3 days late"
    assert lines[0][3] == "rollups/2026/reminders/education-2027-01-03.docx"
    text = letter_of(office, "education", "2027-01-03")
    for words in (
        "关于催报“2026 年网络安全自查”材料的函",
        "示例市青溪区教育局：",
        "应于2026年12月31日前报送",
        "已逾期 3 天",
        "2027年1月3日",
        "示例市青溪区网信办",
    ):
        assert words in text
    plain = office.root / "rollups/2026/reminders/education-2027-01-03.md"
    assert "已逾期 3 天" in plain.read_text("utf-8")
    git = ["git", "-C", str(office.root), "status", "--porcelain"]
    assert subprocess.run(git, check=True, capture_output=True).stdout == b""
    before = plain.with_suffix(".docx").read_bytes()
    assert assess("rollup", "remind", "--unit", "education").code == 0
    assert plain.with_suffix(".docx").read_bytes() == before


def test_before_the_due_day_nothing_is_called_late(office: Office, assess: Assess) -> None:
    """One unit may be chosen; an unknown one and one that is not asked are refused."""
    row = json.loads(assess("rollup", "remind", "--unit", "qingxi-town", "--json").out)
    assert [(one["unit"], one["days_late"]) for one in row] == [("qingxi-town", 0)]
    text = letter_of(office, "qingxi-town", "2026-11-30")
    assert "逾期" not in text
    assert "请按期报送" in text
    assert assess("rollup", "remind", "--unit", "nobody").code == 2
    office.edit_office_file([FieldEdit(("campaigns", "2026", "units"), ["education"])])
    ran = assess("rollup", "remind", "--unit", "qingxi-town")
    assert (ran.code, "does not hand in for 2026" in ran.err) == (2, True)


@pytest.mark.usefixtures("file")
def test_what_was_sent_back_is_reminded_of_when_it_is_late(
    office: Office, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before its day; at once where it has none."""
    words = ("--item", "egov-network/EGN-ACC-01", "--reason", "缺")
    assert assess("rollup", "return", "data-bureau", *words, "--by", "2026-12-05").code == 0
    ran = assess("rollup", "remind", "--unit", "data-bureau")
    assert (ran.code, ran.out) == (0, "nobody is to be reminded\n")
    go_to_day(monkeypatch, 7)
    ran = assess("rollup", "remind", "--unit", "data-bureau")
    assert "sent back, due on 2026-12-05, 2 days late" in ran.out
    text = letter_of(office, "data-bureau", "2026-12-07")
    assert "应于2026年12月5日前重新报送" in text
    number = list(office.open_receipts("2026").value.receipts)[1]
    assert f"2026年11月30日退回（编号 {number}）" in text
    assert "egov-network/EGN-ACC-01" in text
    ran = assess("rollup", "return", "data-bureau", *words)
    assert (ran.code, "no deadline is set: --by D" in ran.err) == (0, True)
    row = json.loads(assess("rollup", "remind", "--unit", "data-bureau", "--json").out)[0]
    assert (row["due"], row["days_late"], row["state"]) == (None, 0, "returned")
    text = letter_of(office, "data-bureau", "2026-12-07")
    number = list(office.open_receipts("2026").value.receipts)[2]
    assert f"2026年12月7日退回（编号 {number}）" in text
    assert "尚未收到重新报送的材料。" in text
    assert "请尽快补正并重新报送" in text
    assert "按期" not in text


def test_names_with_markup_and_escapes_are_only_text(office: Office, assess: Assess) -> None:
    """In Word and in Markdown: nothing runs, nothing hides, no line is forged."""
    name = "</w:t><script>alert(1)</script> [x](javascript:y) \u202e\n# 甲"
    office.edit_office_file([FieldEdit(("units", "education", "name"), name)])
    ran = assess("rollup", "remind", "--unit", "education")
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == 1
    text = letter_of(office, "education", "2026-11-30")
    assert "</w:t><script>alert(1)</script>" in text
    assert "\u202e" not in text
    plain = (office.root / "rollups/2026/reminders/education-2026-11-30.md").read_text("utf-8")
    assert "\\<script\\>" in plain
    assert "\n# 甲" not in plain
    assert "\\[x\\](javascript" in plain


def test_a_refused_file_is_named_in_the_letter(
    office: Office, assess: Assess, file: Path, tmp_path: Path
) -> None:
    """The unit may think that it has handed in."""
    from hand_ins import forge  # noqa: PLC0415  # only here

    data = file.read_bytes()
    claims = {"unit": {"id": "education", "name": "示例市青溪区教育局"}}
    (tmp_path / "bad.zip").write_bytes(forge(data, claims=claims))
    assert assess("rollup", "take", str(tmp_path / "bad.zip")).code == 1
    row = json.loads(assess("rollup", "remind", "--unit", "education", "--json").out)[0]
    assert row["refused"]
    assert f"回执编号 {row['refused']}" in letter_of(office, "education", "2026-11-30")


def test_purging_removes_the_files_and_no_receipt(
    office: Office, assess: Assess, file: Path
) -> None:
    """It shows what goes, and asks; files of another campaign and other files stay."""
    (kept,) = (office.root / "inbox").iterdir()
    other = office.root / "inbox" / "notes.txt"
    other.write_text("x", "utf-8")
    receipts = (office.root / "receipts/2026.yaml").read_bytes()
    ran = assess("rollup", "purge", "2026")
    assert (ran.code, kept.exists()) == (2, True)
    assert "rollup purge 2026 --yes" in ran.err
    assert "data-bureau\tfirst.zip\t" in ran.out
    assert assess("rollup", "purge", "2031").code == 2
    ran = assess("rollup", "purge", "2026", "--yes")
    assert (ran.code, kept.exists(), other.exists()) == (0, False, True)
    assert "removed: 1; the receipts stay" in ran.out
    assert (office.root / "receipts/2026.yaml").read_bytes() == receipts
    ran = assess("rollup", "purge", "2026")
    assert (ran.code, "not on this machine: 1" in ran.out) == (0, True)
    assert json.loads(assess("rollup", "purge", "2026", "--json").out)["removed"] == []
    assert assess("rollup", "take", str(file)).code == 0
    assert kept.exists()


def test_purging_names_what_still_holds_problems(
    office: Office, assess: Assess, file: Path
) -> None:
    """Made files and returns, which stay, with their number; figures and reminders have none."""
    folder = office.root / "rollups" / "2026"
    for name in ("rollup-2026.html", "rollup-units/a.pdf", "rollup-units/b.pdf", "returns/a.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    (folder / "figures.json").write_text("{}", "utf-8")
    (folder / "reminders").mkdir()
    (folder / "reminders" / "a.md").write_text("x", "utf-8")
    assert file.exists()
    ran = assess("rollup", "purge", "2026", "--yes")
    assert "rollups/2026/rollup-2026.html: 1" in ran.err
    assert "rollups/2026/rollup-units: 2" in ran.err
    assert "rollups/2026/returns: 1" in ran.err
    assert not any(name in ran.err for name in ("figures", "reminders"))
    assert "git log" in ran.err
    assert (folder / "rollup-2026.html").exists()
    (folder / "returns" / "a.md").unlink()
    left = json.loads(assess("rollup", "purge", "2026", "--json").out)["left"]
    assert left == {"rollups/2026/rollup-2026.html": 1, "rollups/2026/rollup-units": 2}


def test_purging_asks_on_a_terminal(
    office: Office, assess: Assess, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter alone removes nothing, y does; a file that can't be removed is named."""
    (kept,) = (office.root / "inbox").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    monkeypatch.setattr(rollup_reminders, "can_ask_user", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    ran = assess("rollup", "purge", "2026")
    assert (ran.code, kept.exists()) == (1, True)
    assert "remove these 1 files?" in ran.err
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert assess("rollup", "purge", "2026").code == 0
    assert not kept.exists()


def test_purging_leaves_what_another_campaign_has(
    office: Office, assess: Assess, file: Path
) -> None:
    """The same file may be held for another campaign; a link is not followed."""
    from datetime import date  # noqa: PLC0415  # only here

    from assess.workspace.office.campaigns import CampaignPlan, add_campaign  # noqa: PLC0415  # only here

    day = date(2026, 11, 1)
    add_campaign(office, CampaignPlan("2027", "下一年", day, day, ["egov-network"]))
    assert assess("rollup", "take", "--campaign", "2027", str(file)).code == 1
    (kept,) = (office.root / "inbox").iterdir()
    ran = assess("rollup", "purge", "2026", "--yes")
    assert "another campaign has them, too, so they stay: 1" in ran.out
    assert kept.exists()
    target = office.root / "office.yaml"
    kept.unlink()
    kept.symlink_to(target)
    assert assess("rollup", "purge", "2027", "--yes").code == 0
    assert (kept.is_symlink(), target.exists()) == (True, True)
