"""`assess rollup take | status`: what units hand in is taken, held or refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.cli.boundary import run_and_explain_errors
from assess.cli.common import context
from assess.cli.common.taken_files import describe_taking_progress
from assess.workspace import Workspace
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.office.office import Office
from cli.conftest import Assess
from office_folder import UNITS
from rollup_units import TODAY
from samples import Samples


def education(root: Path) -> Workspace:
    """Make the workspace of the education bureau."""
    words = ["init", str(root), "--org", "示例市青溪区教育局", "--lang", "zh"]
    assert run_and_explain_errors(words) == 0
    return Workspace(root, "en")


def stranger(root: Path) -> Workspace:
    """Make the workspace of a unit that the office does not know."""
    words = ["init", str(root), "--org", "<script>alert(1)</script>", "--lang", "zh"]
    assert run_and_explain_errors(words) == 0
    return Workspace(root, "en")


def pretender(root: Path) -> Workspace:
    """Make a workspace with the id of the data bureau and the name of the education bureau."""
    words = ["init", str(root), "--org", "示例市青溪区教育局", "--lang", "zh"]
    assert run_and_explain_errors(words) == 0
    return Workspace(root, "en")


def hand_in(workspace: Workspace, place: Path) -> Path:
    """Write what a workspace hands in, as `assess submit --open` makes it."""
    made = make_hand_in(workspace, HandInRequest("2026", False, False, None), TODAY.date())
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made.data)
    return place


@pytest.fixture
def unit(tmp_path: Path, samples: Samples) -> Workspace:
    """The workspace of the education bureau."""
    return samples.copy(education, tmp_path / "education")


def rows(office: Office) -> dict[str, Any]:
    """Return the receipts on disk."""
    path = office.root / "receipts" / "2026.yaml"
    return dict(yaml.safe_load(path.read_text("utf-8"))["receipts"]) if path.exists() else {}


def states(office: Office, assess: Assess) -> dict[str, str]:
    """Return the state of each unit."""
    status = json.loads(assess("rollup", "status", "--json").out)
    return {row["unit"]: row["state"] for row in status["units"]}


def test_a_file_is_taken_with_a_receipt_and_kept_by_its_digest(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """The row, the bytes in the inbox, the text to send back, and a commit of all but the bytes."""
    file = hand_in(unit, tmp_path / "in" / "教育局.zip")
    ran = assess("rollup", "take", str(file))
    assert (ran.code, ran.err.strip()) == (0, "1 file: taken in 1")
    ((number, row),) = rows(office).items()
    assert (row["state"], row["unit"], row["signer"]) == ("taken", "education", "unsigned")
    assert (row["received"], row["file"]["name"]) == ("2026-11-30", "教育局.zip")
    kept = office.root / "inbox" / row["file"]["digest"].removeprefix("sha256:")
    assert kept.read_bytes() == file.read_bytes()
    slip = (office.root / "receipts" / "2026" / f"{number}.txt").read_text("utf-8")
    assert slip in ran.out
    for words in (
        f"回执编号：{number}",
        "收到日期：2026-11-30",
        row["file"]["digest"],
        "身份未经证明",
    ):
        assert words in slip
    assert office.read_office_file().units["education"].signer == "unsigned"
    words = ["git", "-C", str(office.root), "status", "--porcelain"]
    assert subprocess.run(words, check=True, capture_output=True).stdout == b""
    assert states(office, assess) == {
        "data-bureau": "missing", "education": "in", "qingxi-town": "missing"
    }  # fmt: skip


def test_the_same_file_twice_is_one_receipt(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Under another name, too, and in the same run."""
    file = hand_in(unit, tmp_path / "in" / "a.zip")
    (tmp_path / "in" / "b.zip").write_bytes(file.read_bytes())
    ran = assess("rollup", "take", str(tmp_path / "in"))
    assert (ran.code, len(rows(office))) == (0, 1)
    assert ran.err.strip() == "2 files: taken in 1, the same file as before 1"
    before = (office.root / "receipts" / "2026.yaml").read_bytes()
    assert assess("rollup", "take", str(file)).code == 0
    assert (office.root / "receipts" / "2026.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "is_taken_before", [True, False], ids=["damaged later", "put there before"]
)
def test_wrong_bytes_in_the_inbox_are_replaced(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path, is_taken_before: bool
) -> None:
    """Taking the file in once more, as the program says, mends it."""
    file = hand_in(unit, tmp_path / "a.zip")
    data = file.read_bytes()
    if is_taken_before:
        assert assess("rollup", "take", str(file)).code == 0
    path = office.root / "inbox" / hashlib.sha256(data).hexdigest()
    path.write_bytes(b"PK\3\4 wrong")
    assert assess("rollup", "take", str(file)).code == 0
    assert path.read_bytes() == data


def test_no_file_ends_the_run(
    office: Office, unit: Workspace, samples: Samples, assess: Assess, tmp_path: Path
) -> None:
    """Bombs, junk, links, names with escapes and script, a unit that nobody knows: all are told."""
    folder = tmp_path / "in"
    good = hand_in(unit, folder / "z" / "good.zip").read_bytes()
    hand_in(samples.copy(stranger, tmp_path / "stranger"), folder / "stranger.zip")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("manifest.json", b"0" * 30_000_000)
    (folder / "bomb.zip").write_bytes(bomb.getvalue())
    (folder / "cut.zip").write_bytes(good[: len(good) // 2])
    (folder / "<img src=x onerror=alert(1)>.zip").write_bytes(b"PK\x03\x04" + b"x" * 50)
    (folder / "\x1b[2J\u202e.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    (folder / "报告.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "readme.txt").write_text("x", "utf-8")
    (folder / "link.zip").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.zip")
    ran = assess("rollup", "take", str(folder))
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "refused: a link\tlink.zip",
        "refused: a pipe or a device\tpipe.zip",
        "no hand-in\treadme.txt",
        (
            "10 files: taken in 1, refused 6, no hand-in 1, refused: a link 1,"
            " refused: a pipe or a device 1"
        ),
    ]
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out + ran.err
    stored = rows(office)
    assert sorted(row["state"] for row in stored.values()) == ["refused"] * 6 + ["taken"]
    names = {row["file"]["name"] for row in stored.values()}
    assert {"<img src=x onerror=alert(1)>.zip", "\\u001b[2J\u202e.zip"} <= names
    for slip in (office.root / "receipts" / "2026").iterdir():
        assert "\x1b" not in slip.read_text("utf-8")
    assert len(list((office.root / "inbox").iterdir())) == 7
    assert {path.name for path in tmp_path.iterdir()} == {"education", "in", "office", "stranger"}


def test_a_named_file_that_is_no_hand_in_ends_with_1(
    office: Office, assess: Assess, tmp_path: Path
) -> None:
    """One in a folder beside hand-ins does not."""
    (tmp_path / "in").mkdir()
    text = tmp_path / "in" / "x.txt"
    text.write_text("x", "utf-8")
    assert assess("rollup", "take", str(text)).code == 1
    assert assess("rollup", "take", str(tmp_path / "in")).code == 0
    missing = assess("rollup", "take", str(tmp_path / "none.zip"))
    assert (missing.code, "there is no such file" in missing.err) == (1, True)
    assert rows(office) == {}


def test_a_unit_that_is_added_later_makes_a_refused_file_good(
    office: Office, samples: Samples, assess: Assess, tmp_path: Path
) -> None:
    """The same refusal again is no second row; the unit added, the file gets a new receipt."""
    file = str(hand_in(samples.copy(stranger, tmp_path / "stranger"), tmp_path / "x.zip"))
    assert [assess("rollup", "take", file).code for _time in range(2)] == [1, 1]
    assert len(rows(office)) == 1
    units = tmp_path / "u.csv"
    units.write_text("单位编号,单位名称\nstranger,外单位\n", "utf-8")
    assert assess("office", "unit", "import", str(units)).code == 0
    assert assess("rollup", "take", file).code == 0
    assert [row["state"] for row in rows(office).values()] == ["refused", "taken"]
    assert sorted(rows(office))[1] == f"{min(rows(office))}-2"


def test_a_paper_came_earlier(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """With a reason; never on a day that has not come yet."""
    file = str(hand_in(unit, tmp_path / "x.zip"))
    assert assess("rollup", "take", file, "--received", "2026-11-20").code == 2
    future = assess("rollup", "take", file, "--received", "2026-12-01", "--reason", "x")
    assert (future.code, "has not come yet" in future.err) == (2, True)
    words = ("--received", "2026-11-20", "--reason", "纸质件先到")
    assert assess("rollup", "take", file, *words).code == 0
    (row,) = rows(office).values()
    assert (row["received"], row["reason"]) == ("2026-11-20", "纸质件先到")


def test_what_is_held_counts_when_it_is_confirmed(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Unsigned where a signer is on record: held, and nothing is replaced until then."""
    path = office.root / "office.yaml"
    signer = "sha256:" + "1" * 64
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("  education:\n", f"  education:\n    signer: {signer}\n"), "utf-8"
    )
    file = str(hand_in(unit, tmp_path / "x.zip"))
    ran = assess("rollup", "take", file)
    assert (ran.code, "not signed, and a signer is on record" in ran.out) == (1, True)
    assert states(office, assess)["education"] == "held"
    assert office.read_office_file().units["education"].signer == signer
    assert assess("rollup", "take", "--confirm", "education").code == 2
    done = assess("rollup", "take", "--confirm", "education", "--reason", "已电话核实")
    assert (done.code, "已电话核实" in done.out) == (0, True)
    assert states(office, assess)["education"] == "in"
    assert office.read_office_file().units["education"].signer == "unsigned"
    again = assess("rollup", "take", "--confirm", "education", "--reason", "x")
    assert (again.code, "nothing of education is held" in again.err) == (2, True)
    unknown = assess("rollup", "take", "--confirm", "educaton", "--reason", "x")
    assert "Did you mean education?" in unknown.err


def test_what_is_held_is_refused_when_it_is_rejected(
    office: Office, samples: Samples, assess: Assess, tmp_path: Path
) -> None:
    """The unit gets a receipt with the reason; nothing else of the office changes."""
    unit = samples.copy(pretender, tmp_path / "data-bureau")
    assert assess("rollup", "take", str(hand_in(unit, tmp_path / "x.zip"))).code == 1
    assert states(office, assess)["data-bureau"] == "held"
    assert assess("rollup", "reject", "data-bureau").code == 2
    before = (office.root / "office.yaml").read_bytes()
    ran = assess("rollup", "reject", "data-bureau", "--reason", "不是该单位的文件")
    assert (ran.code, "不是该单位的文件" in ran.out) == (0, True)
    assert "x.zip" in ran.out
    assert states(office, assess)["data-bureau"] == "missing"
    numbers = list(rows(office))
    last = rows(office)[numbers[-1]]
    assert (last["state"], last["about"], last["unit"]) == ("refused", numbers[0], "data-bureau")
    assert (office.root / "office.yaml").read_bytes() == before
    assert (
        "nothing of data-bureau is held"
        in assess("rollup", "reject", "data-bureau", "--reason", "x").err
    )
    undone = assess("rollup", "take", "--confirm", "data-bureau", "--reason", "拒收有误")
    assert undone.code == 0, undone.err
    assert states(office, assess)["data-bureau"] == "in"


def test_who_says_it_is_another_unit_is_held(
    office: Office, samples: Samples, assess: Assess, tmp_path: Path
) -> None:
    """The id of one, the name of another: neither unit has handed in by that."""
    unit = samples.copy(pretender, tmp_path / "data-bureau")
    ran = assess("rollup", "take", str(hand_in(unit, tmp_path / "x.zip")), "--json")
    (row,) = json.loads(ran.out)
    assert (ran.code, row["outcome"], row["unit"]) == (1, "held", "data-bureau")
    assert row["remarks"][0]["code"] == "unit-of-two"
    assert states(office, assess) == {
        "data-bureau": "held", "education": "missing", "qingxi-town": "missing"
    }  # fmt: skip
    assert office.read_office_file().units["data-bureau"].signer is None
    done = assess("rollup", "take", "--confirm", "data-bureau", "--reason", "x")
    words = "the id is that of data-bureau, the name “示例市青溪区教育局” that of education"
    assert (done.code, words in done.out) == (0, True)


def test_a_dry_run_writes_nothing(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """It says the same as the run itself."""
    file = str(hand_in(unit, tmp_path / "x.zip"))
    before = sorted(path for path in office.root.rglob("*") if ".git" not in path.parts)
    dry = json.loads(assess("rollup", "take", file, "--dry-run", "--json").out)
    assert sorted(path for path in office.root.rglob("*") if ".git" not in path.parts) == before
    real = json.loads(assess("rollup", "take", file, "--json").out)
    assert dry == real
    assert (real[0]["outcome"], real[0]["unit"]) == ("taken", "education")


def test_an_interrupted_run_leaves_what_was_taken(
    office: Office,
    unit: Workspace,
    assess: Assess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same command goes on with the rest."""
    from assess.report.proof.hand_in import check  # noqa: PLC0415  # patched

    hand_in(unit, tmp_path / "in" / "a.zip")
    (tmp_path / "in" / "b.zip").write_bytes(b"PK\x03\x04x")
    real, calls = check.check_hand_in, []

    def interrupted_at_the_second(data: bytes, **named: Any) -> Any:
        calls.append(data)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(data, **named)

    monkeypatch.setattr(check, "check_hand_in", interrupted_at_the_second)
    ran = assess("rollup", "take", str(tmp_path / "in"))
    assert (ran.code, "interrupted after 1 of 2 files" in ran.err) == (130, True)
    assert [row["state"] for row in rows(office).values()] == ["taken"]
    assert assess("rollup", "take", str(tmp_path / "in")).code == 1
    assert [row["state"] for row in rows(office).values()] == ["taken", "refused"]


def test_what_an_interrupted_run_left_is_committed_by_the_next_one(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Also where it takes in nothing new."""
    file = str(hand_in(unit, tmp_path / "x.zip"))
    assert assess("rollup", "take", file).code == 0
    git = ["git", "-C", str(office.root)]
    subprocess.run([*git, "reset", "-q", "--soft", "HEAD^"], check=True)
    assert assess("rollup", "take", file).code == 0
    words = [*git, "log", "-1", "--format=%s"]
    done = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert done == "2026 收件记录\n"


def test_a_folder_with_too_many_files_is_refused_at_once(
    office: Office, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first is read; hidden ones and locks of office programs do not count."""
    monkeypatch.setattr("assess.workspace.office.inbox.MOST_FILES", 5)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").touch()
    (folder / ".hidden").touch()
    (folder / "~$x.xlsx").touch()
    assert assess("rollup", "take", str(folder)).code == 0
    (folder / "6.txt").touch()
    ran = assess("rollup", "take", str(folder))
    assert (ran.code, "more than 5 files" in ran.err) == (2, True)


def test_ten_thousand_files_that_are_none_are_passed_over(
    office: Office, assess: Assess, tmp_path: Path
) -> None:
    """Ten are named, the rest counted."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.txt").touch()
    ran = assess("rollup", "take", str(folder))
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 12
    assert ran.err.splitlines()[-1] == "10000 files: no hand-in 10000"


def test_the_state_of_a_campaign(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts by category, days late, and those that are missing by name."""
    assert assess("rollup", "take", str(hand_in(unit, tmp_path / "x.zip"))).code == 0
    assert assess("office", "unit", "exempt", "qingxi-town", "--reason", "撤并").code == 0
    monkeypatch.setattr(context, "clock", lambda: TODAY + timedelta(days=40))
    lines = assess("rollup", "status", "2026").out.splitlines()
    assert lines[0] == "2026  2026 年网络安全自查  due on 2026-12-31"
    assert lines[1] == "all 3: not handed in 1, handed in 1, need not hand in 1"
    assert lines[2] == "部门 2: not handed in 1, handed in 1"
    assert lines[5:8] == [
        "data-bureau\t示例市青溪区数据局\t部门\tnot handed in, 9 days late",
        "education\t示例市青溪区教育局\t部门\thanded in",
        "qingxi-town\t示例市青溪区青溪镇\t乡镇街道\tneed not hand in",
    ]
    assert lines[-1] == "not handed in (1): 示例市青溪区数据局"
    status = json.loads(assess("rollup", "status", "--json").out)
    assert status["by_category"]["部门"]["missing"] == 1
    assert assess("rollup", "status", "2025").code == 2
    assert set(UNITS) == {row["unit"] for row in status["units"]}


def test_take_needs_something_to_take(office: Office, assess: Assess) -> None:
    """And an office without a campaign says how to add one."""
    assert assess("rollup", "take").code == 2
    path = office.root / "office.yaml"
    path.write_text(path.read_text("utf-8").partition("campaigns:")[0], "utf-8")
    ran = assess("rollup", "take", "x")
    assert (ran.code, "assess office campaign add" in ran.err) == (2, True)


def test_a_receipts_file_that_cannot_be_read_stops_the_run(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """It is named with line and column; nothing is taken, nothing overwritten."""
    path = office.root / "receipts" / "2026.yaml"
    path.write_text("format: assess/receipts/1\nreceipts: [\n", "utf-8")
    before = path.read_bytes()
    ran = assess("rollup", "take", str(hand_in(unit, tmp_path / "x.zip")))
    assert (ran.code, "receipts/2026.yaml:" in ran.err) == (4, True)
    assert path.read_bytes() == before
    assert list((office.root / "inbox").iterdir()) == []


def test_every_state_is_printed(office: Office, assess: Assess) -> None:
    """Sent back with items and day, in again, held, refused, accepted, checklists that differ."""
    when = 'received: "2026-04-0{0}", at: "2026-04-0{0}T09:00:00+08:00"'
    contents = (
        "contents: {round: '2026', dated: '2026-04-01', program: '1'}, "
        "reasons: [{code: checklist-edited}]"
    )
    lacking = "reasons: [{code: checklist-lacking, words: {id: self-built-systems}}]"
    items = "egov-network/EGN-01, self-built-systems/SBS-01@portal"
    returned = f'items: [{items}], due: "2026-04-20", reason: 缺附表'
    rows = {
        "n-1": "state: taken, unit: education, " + when.format(1) + ", " + contents,
        "n-2": f"state: returned, unit: education, about: n-1, {returned}, " + when.format(2),
        "n-3": "state: taken, unit: data-bureau, " + when.format(1),
        "n-4": "state: taken, unit: data-bureau, " + when.format(2),
        "n-5": "state: held, unit: data-bureau, " + when.format(3),
        "n-6": "state: refused, unit: qingxi-town, " + when.format(3),
        "n-7": "state: refused, " + when.format(3),
        "n-8": f"state: refused, {contents}, " + when.format(3),
        "n-9": "state: taken, unit: qingxi-town, " + when.format(2) + ", " + lacking,
    }  # fmt: skip
    text = "format: assess/receipts/1\nreceipts:\n"
    text += "".join(f"  {number}: {{{row}}}\n" for number, row in rows.items())
    (office.root / "receipts" / "2026.yaml").write_text(text, "utf-8")
    assert assess("lint").code == 0
    lines = assess("rollup", "status").out.splitlines()
    words = {line.split("\t")[0]: line.split("\t")[-1] for line in lines if "\t" in line}
    assert words == {
        "education": f"sent back, {items}, again by 2026-04-20, checklists differ",
        "data-bureau": "handed in again, replaces n-3, held: n-5",
        "qingxi-town": "handed in, refused: n-6, no answer sheet of the checklist "
        "self-built-systems",
    }
    assert "files of no unit that is asked: 1 (receipts n-8)" in lines
    assert "files that can't be read, refused: 1 (receipts n-7)" in lines
    assert (
        lines[-2]
        == "to let a file count that is held: assess rollup take --confirm UNIT --reason …"
    )
    status = json.loads(assess("rollup", "status", "--json").out)
    row = next(row for row in status["units"] if row["unit"] == "education")
    assert (row["returned"], row["remarks"]) == ("n-2", ["checklist-edited"])


def test_ids_are_completed(office: Office) -> None:
    """Units, campaigns and categories; outside of an office nothing is."""
    from assess.cli.common import complete_office_ids  # noqa: PLC0415  # only here

    assert complete_office_ids.units(None, None, "e") == ["education"]  # type: ignore[arg-type]  # neither is looked at
    assert complete_office_ids.campaigns(None, None, "") == ["2026"]  # type: ignore[arg-type]  # as above
    assert complete_office_ids.categories(None, None, "乡") == ["乡镇街道"]  # type: ignore[arg-type]  # as above
    (office.root / "office.yaml").unlink()
    assert complete_office_ids.units(None, None, "") == []  # type: ignore[arg-type]  # as above


def test_git_that_does_not_know_its_user_is_told(
    office: Office, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written stays, uncommitted."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    ran = assess("office", "unit", "exempt", "education", "--reason", "x")
    assert (ran.code, "not committed" in ran.err) == (0, True)
    assert office.read_office_file().units["education"].exempt is not None


def test_a_campaign_has_only_so_many_receipts(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken before stays; the message says what to do."""
    monkeypatch.setattr("assess.workspace.office.receipt_rows.MOST_RECEIPTS", 1)
    hand_in(unit, tmp_path / "in" / "a.zip")
    (tmp_path / "in" / "b.zip").write_bytes(b"PK\x03\x04x")
    ran = assess("rollup", "take", str(tmp_path / "in"))
    assert (ran.code, "at most 1 receipts" in ran.err) == (2, True)
    assert [row["state"] for row in rows(office).values()] == ["taken"]


def test_a_file_that_is_too_large_or_no_file_is_told(
    office: Office, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets no receipt; nothing waits for a pipe."""
    monkeypatch.setattr("assess.workspace.office.inbox.MOST_OF_A_HAND_IN", 100)
    (tmp_path / "big.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    os.mkfifo(tmp_path / "pipe.zip")
    ran = assess("rollup", "take", str(tmp_path / "big.zip"), str(tmp_path / "pipe.zip"))
    assert (ran.code, rows(office)) == (1, {})
    assert ran.err.splitlines() == [
        "too large\tbig.zip",
        "refused: a pipe or a device\tpipe.zip",
        "2 files: too large 1, refused: a pipe or a device 1",
    ]


def test_links_are_named_and_never_followed(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """In a folder and by themselves; a link to a folder, too. None of their files comes in."""
    real, folder = tmp_path / "real", tmp_path / "in"
    hand_in(unit, real / "x.zip")
    folder.mkdir()
    (folder / "to-file.zip").symlink_to(real / "x.zip")
    (folder / "to-folder").symlink_to(real)
    (folder / "to-nothing").symlink_to(tmp_path / "none")
    in_folder = assess("rollup", "take", str(folder))
    names = ("to-file.zip", "to-folder", "to-nothing")
    assert in_folder.code == 1
    assert in_folder.err.splitlines()[:-1] == [f"refused: a link\t{name}" for name in names]
    for name in names:
        alone = assess("rollup", "take", str(folder / name), "--json")
        assert (alone.code, json.loads(alone.out)[0]["outcome"]) == (1, "link")
    assert (rows(office), list((office.root / "inbox").iterdir())) == ({}, [])


def test_folders_that_are_not_looked_into_are_named(
    office: Office, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is nested too deep, and one that can't be listed."""
    monkeypatch.setattr("assess.workspace.office.inbox._MOST_DEEP", 1)
    (tmp_path / "in" / "a" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "shut").mkdir()
    real = os.scandir

    def refuse_shut_folder(path: Any) -> Any:
        if str(path).endswith("/shut"):  # root may list it whatever its mode
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse_shut_folder)
    ran = assess("rollup", "take", str(tmp_path / "in"))
    assert ran.code == 1
    words = "refused: a folder that can't be read, or is nested too deep"
    assert ran.err.splitlines()[:-1] == [f"{words}\tdeep", f"{words}\tshut"]


def test_the_remaining_time_is_told() -> None:
    """After some files; a name with controls is shown harmless."""
    begun = describe_taking_progress(1, 100, Path("a\x1b[2J.zip"), 2.0)
    assert begun == "2 of 100: a\\u001b[2J.zip"
    later = describe_taking_progress(10, 100, Path("b.zip"), 20.0)
    assert later == "11 of 100, 3 min left: b.zip"


def test_receipts_are_saved_in_portions(
    office: Office, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that comes after a saved portion is added to it."""
    monkeypatch.setattr("assess.workspace.office.taking._FEWEST_TO_SAVE", 2)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.zip").write_bytes(b"PK\x03\x04" + bytes([number]))
    assert assess("rollup", "take", str(folder)).code == 1
    assert len(rows(office)) == 5
    assert len(list((office.root / "receipts" / "2026").iterdir())) == 5


def test_without_a_terminal_the_subcommands_are_printed(office: Office, assess: Assess) -> None:
    """In a pipe no screen opens: what to type instead is printed, and the code is 2."""
    ran = assess("rollup")
    assert ran.code == 2
    assert "assess rollup" in ran.out + ran.err
    assert "Print the state of each unit" in ran.out + ran.err


def test_the_campaign_of_the_screen_is_not_that_of_a_subcommand(
    office: Office, assess: Assess
) -> None:
    """`--campaign` before a subcommand would be passed over: it is refused."""
    ran = assess("rollup", "--campaign", "2026", "status")
    assert ran.code == 2
    assert "--campaign before a command is for the screen" in ran.err


def test_taking_in_commits_no_edit_by_hand(
    office: Office, unit: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Its commit has receipts, and office.yaml only where it recorded a signer."""
    first = hand_in(unit, tmp_path / "post" / "first.zip")
    assert assess("rollup", "take", str(first)).code == 0
    path = office.root / "office.yaml"
    path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")
    (office.root / "thresholds.yaml").write_text("format: assess/thresholds/1\n", "utf-8")
    (tmp_path / "post" / "bad.zip").write_bytes(b"PK\x03\x04")
    assert assess("rollup", "take", str(tmp_path / "post")).code == 1
    words = ["git", "-C", str(office.root), "status", "--porcelain"]
    left = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert left.split() == ["M", "office.yaml", "??", "thresholds.yaml"]
