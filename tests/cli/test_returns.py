"""`assess rollup return | review` and `assess import FILE`: sent back, mended, handed in again."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import docx
import msgspec
import pytest
import yaml

from assess.cli.common import context, import_return
from assess.model.return_file import ReturnFile
from assess.workspace import SheetName, Workspace
from assess.workspace.office.office import Office
from cli.conftest import Assess, office_with_hand_in
from json_schemas import list_schema_faults
from rollup_units import TODAY
from samples import Samples

ITEM = "egov-network/EGN-ORG-01"
REASON = "缺少任命文件\n请补交扫描件"


class Places(NamedTuple):
    """The office, a unit that handed in, and the folder between them."""

    office: Office
    unit: Workspace
    post: Path


def list_items(unit: Workspace) -> list[str]:
    """Return an answered item of each of two sheets, as `--item` names them."""
    names = []
    for name in (SheetName("egov-network"), SheetName("self-built-systems", "portal")):
        sheet = unit.open_sheet(name, "2026").sheet
        item = next(key for key, answer in sheet.answers.items() if answer.is_given)
        at = f"@{name.system}" if name.system else ""
        names.append(f"{name.checklist}/{item}{at}")
    return names


@pytest.fixture
def places(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A closed round was handed in and taken; the current folder is that of the office."""
    samples.copy_place(office_with_hand_in, tmp_path)
    monkeypatch.chdir(tmp_path / "office")
    office, unit = Office(tmp_path / "office", "en"), Workspace(tmp_path / "unit", "en")
    return Places(office, unit, tmp_path / "post")


def rows(office: Office) -> dict[str, Any]:
    """Return the receipts on disk."""
    return dict(yaml.safe_load((office.root / "receipts/2026.yaml").read_text("utf-8"))["receipts"])


def state_of(assess: Assess, unit: str = "data-bureau") -> str:
    """Return the state of a unit in the office whose folder is the current one."""
    listed = json.loads(assess("rollup", "status", "--json").out)["units"]
    return next(str(row["state"]) for row in listed if row["unit"] == unit)


def send_back(places: Places, assess: Assess, *more: str) -> Path:
    """Send back two items, and return the path of the return file."""
    words = [word for item in list_items(places.unit) for word in ("--item", item)]
    ran = assess("rollup", "return", "data-bureau", *words, "--reason", REASON, *more, "--json")
    assert ran.code == 0, ran.err
    return places.office.root / str(json.loads(ran.out)["return_file"])


def changed_files(root: Path) -> bytes:
    """Return what git says is not committed."""
    words = ["git", "-C", str(root), "status", "--porcelain"]
    return subprocess.run(words, check=True, capture_output=True).stdout


def test_sending_back_writes_row_notice_and_file(places: Places, assess: Assess) -> None:
    """All of it is committed; both paths are printed; the file is for the id that the unit uses."""
    items = list_items(places.unit)
    words = [word for item in items for word in ("--item", item)]
    words[-1] += "=缺验收报告"
    ran = assess(
        "rollup", "return", "data-bureau", "2026", *words, "--reason", REASON, "--by", "2026-12-15"
    )
    assert (ran.code, "no deadline" in ran.err) == (0, False), ran.err
    first, number = list(rows(places.office))
    row = rows(places.office)[number]
    assert (row["state"], row["about"], row["items"]) == ("returned", first, items)
    assert (row["due"], row["reason"]) == ("2026-12-15", REASON)
    start = f"rollups/2026/returns/data-bureau-{number}"
    assert f"{start}.json" in ran.out
    assert f"{start}.docx, {start}.md" in ran.out
    assert changed_files(places.office.root) == b""
    assert state_of(assess) == "returned"
    data = (places.office.root / f"{start}.json").read_bytes()
    schema = json.loads(assess("checklist", "schema", "return").out)
    assert list_schema_faults(json.loads(data), schema) == []
    file = msgspec.json.decode(data, type=ReturnFile)
    assert (file.unit, file.unit_name) == ("qingxi-data", "示例市青溪区数据局")
    assert (file.hand_in.tag, file.hand_in.receipt) == ("round/2026", first)
    assert [(row.sheet, row.words) for row in file.items] == [
        ("egov-network", REASON), ("self-built-systems@portal", "缺验收报告")
    ]  # fmt: skip
    opened = docx.Document(io.BytesIO((places.office.root / f"{start}.docx").read_bytes()))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert "示例市青溪区数据局：" in text
    assert "请于2026年12月15日前" in text
    cells = [cell.text for cell in opened.tables[0].rows[1].cells]
    assert cells[1].startswith(items[0].partition("/")[2])
    assert len(cells[1]) > len(items[0].partition("/")[2])
    assert cells[2:] == ["电子政务网络安全检查表", REASON]
    cells = [cell.text for cell in opened.tables[0].rows[2].cells]
    assert cells[2].startswith("self-built-systems（")  # was not issued: it has no title here
    assert "portal" not in cells[2]
    assert cells[3] == "缺验收报告"
    plain = (places.office.root / f"{start}.md").read_text("utf-8")
    assert plain.startswith("# ")
    assert "2026年11月30日" in plain


def test_the_whole_way_ends_with_the_second_closing(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent back, taken in, mended, closed again, handed in: the first one is replaced."""
    file = send_back(places, assess, "--by", "2026-12-15")
    first = next(iter(rows(places.office)))
    unit = places.unit
    monkeypatch.chdir(unit.root)
    before = changed_files(unit.root)
    shown = assess("import", str(file), "--dry-run")
    assert (shown.code, "only shown" in shown.err) == (0, True)
    assert "示例市青溪区网信办" in shown.out
    assert unit.read_config().rounds["2026"].state == "closed"
    asked = assess("import", str(file))
    assert (asked.code, "assess import FILE --yes" in asked.err) == (2, True)
    ran = assess("import", str(file), "--yes")
    assert ran.code == 0, ran.err
    assert "2 items are returned" in ran.out
    assert changed_files(unit.root) == before == b""
    assert unit.read_config().rounds["2026"].state == "open"
    for item in list_items(unit):
        name, key = _sheet_and_item(item)
        review = unit.open_sheet(name, "2026").sheet.answers[key].review
        assert review is not None
        assert (review.state, review.by, str(review.due)) == ("returned", None, "2026-12-15")
        assert review.comment == f"示例市青溪区网信办: {REASON}".replace(": ", _colon(unit))
    assert assess("lint").code == 0
    assert "2026" in assess("status").out
    _mend_and_close_again(places, assess, monkeypatch)
    assert assess("submit", "-o", str(places.post / "second.zip")).code == 0
    monkeypatch.chdir(places.office.root)
    monkeypatch.setattr(context, "clock", lambda: TODAY + timedelta(days=2))
    taken = json.loads(assess("rollup", "take", str(places.post / "second.zip"), "--json").out)
    assert (taken[0]["outcome"], taken[0]["replaces"]) == ("taken", first)
    assert state_of(assess) == "replaced"
    # The return is about the closing before: it was taken in, and that is all it says.
    monkeypatch.chdir(unit.root)
    again = assess("import", str(file), "--yes")
    assert (again.code, "taken in before" in again.err) == (0, True)


def _colon(unit: Workspace) -> str:
    return "：" if unit.read_config().language == "zh" else ": "


def _sheet_and_item(name: str) -> tuple[SheetName, str]:
    checklist, _slash, rest = name.partition("/")
    item, _at, system = rest.partition("@")
    return SheetName(checklist, system or None), item


def _mend_and_close_again(places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write other notes, let the reviewer accept them, and close the round."""
    later = TODAY + timedelta(days=1)
    monkeypatch.setattr(context, "clock", lambda: later)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", later.isoformat())
    from assess.engine.fingerprint import reviewed_answer_digest  # noqa: PLC0415  # only here

    for item in list_items(places.unit):
        name, key = _sheet_and_item(item)
        opened = places.unit.open_sheet(name, "2026")
        opened = opened.write_answer(
            key, {"note": "任命文件已补"}, by="wang-min", now=later, lang="zh"
        )
        answer = opened.sheet.answers[key]
        review = {"state": "accepted", "by": "li-jian", "at": later.isoformat()}
        review["of"] = reviewed_answer_digest(answer)
        opened.write_answer(key, {"review": review}, by=None, now=later, lang="zh")
    assert assess("commit", "-m", "x").code == 0
    closed = assess("round", "close", "2026", "--yes")
    assert closed.code == 0, closed.err
    assert "round/2026.2" in closed.out


def test_a_round_with_returned_answers_is_not_handed_in(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing asks; with --yes it says what follows; submit and report name the closed round."""
    file = send_back(places, assess)
    monkeypatch.chdir(places.unit.root)
    assert assess("import", str(file), "--yes").code == 0
    asked = assess("round", "close", "2026")
    assert (asked.code, "2 returned by the higher body" in asked.err) == (2, True), asked.err
    assert "by the reviewer" not in asked.err
    closed = assess("round", "close", "2026", "--yes")
    again = "assess round reopen 2026 --reason …"
    assert (closed.code, "2 returned by the higher body" in closed.out) == (0, True)
    assert again in closed.err
    ran = assess("submit")
    assert ran.code == 1
    assert "answers that were returned: 1" in ran.err
    assert f"round 2026 is closed; {again}" in ran.err
    for words in (["report"], ["answer", "EGN-ORG-01", "--note", "x"]):
        ran = assess(*words)
        assert (ran.code, "--round 2026" in ran.err, again in ran.err) == (2, True, True)


def test_importing_twice_changes_nothing(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one byte and no commit, also where a reviewer accepted the answer meanwhile."""
    file = send_back(places, assess)
    monkeypatch.chdir(places.unit.root)
    assert assess("import", str(file), "--yes").code == 0
    head = _head(places.unit.root)
    ran = assess("import", str(file), "--yes", "--json")
    row = json.loads(ran.out)
    assert (ran.code, row["taken_in_before"], row["commit"]) == (0, True, None)
    assert _head(places.unit.root) == head
    assert changed_files(places.unit.root) == b""


def _head(root: Path) -> bytes:
    words = ["git", "-C", str(root), "rev-parse", "HEAD"]
    return subprocess.run(words, check=True, capture_output=True).stdout


IMPOSSIBLE = [
    (["nobody", "--item", ITEM], "no unit nobody"),
    (["education", "--item", ITEM], "nothing that education handed in counts"),
    (["data-bureau", "--item", "egov-network"], "no item of a sheet"),
    (["data-bureau", "--item", "egov-network/EGN-ORG-01="], "a reason has 1 to"),
    (["data-bureau", "--item", "x/../../y"], "no item of a sheet"),
    (["data-bureau", "--item", "egov-network/NONE-1"], "no item NONE-1 in egov-network"),
    (["data-bureau", "--item", "other/A-1"], "no sheet other was handed in"),
    (["data-bureau", "--item", "GOOD", "--item", "GOOD"], "was given twice"),
    (["data-bureau", "--item", "GOOD", "--by", "2026-11-29"], "2026-11-29 has passed"),
    (["data-bureau", "1999", "--item", "GOOD"], "no campaign 1999"),
    (["data-bureau", "--item", "GOOD", "--reason", " "], "a reason has 1 to"),
]


def test_a_return_that_cannot_be_is_refused_before_anything_is_written(
    places: Places, assess: Assess
) -> None:
    """The reason is told; receipts and rollups stay as they are."""
    good = list_items(places.unit)[0]
    before = rows(places.office)
    for words, said in IMPOSSIBLE:
        chosen = [good if word == "GOOD" else word for word in words]
        ran = assess("rollup", "return", "--reason", "缺", *chosen)
        assert (ran.code, said in ran.err) == (2, True), (said, ran)
    assert rows(places.office) == before
    assert not list((places.office.root / "rollups").glob("*/returns/*"))


def test_an_item_without_answer_is_not_returned(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The unit has nothing there that it could put right."""
    monkeypatch.chdir(tmp_path)
    assert assess("init", "school", "--org", "示例市青溪区教育局", "--lang", "zh").code == 0
    monkeypatch.chdir(tmp_path / "school")
    assert assess("submit", "--open", "-o", str(places.post / "open.zip")).code == 0
    monkeypatch.chdir(places.office.root)
    assert assess("rollup", "take", str(places.post / "open.zip")).code == 0
    item = list_items(places.unit)[0]
    ran = assess("rollup", "return", "education", "--item", item, "--reason", "缺")
    assert ran.code == 2
    assert f"{item}: the unit did not answer it" in ran.err


def test_a_file_that_is_not_in_the_inbox_is_asked_for(places: Places, assess: Assess) -> None:
    """On the machine of another officer; taking it in again brings it there, without a row."""
    (kept,) = (places.office.root / "inbox").iterdir()
    kept.unlink()
    before = rows(places.office)
    words = ("rollup", "return", "data-bureau", "--item", list_items(places.unit)[0])
    ran = assess(*words, "--reason", "缺")
    assert (ran.code, "is not in the inbox of this machine" in ran.err) == (2, True)
    kept.write_bytes(b"another file")
    assert assess(*words, "--reason", "缺").code == 2
    kept.unlink()
    assert assess("rollup", "take", str(places.post / "first.zip")).code == 0
    assert rows(places.office) == before
    assert assess(*words, "--reason", "缺").code == 0


def test_a_notice_needs_no_issued_checklist(places: Places, assess: Assess) -> None:
    """Where its file is gone, or can't be read any more, items stand by their ids alone."""
    issued = next((places.office.root / "checklists").glob("egov-network-*.yaml"))
    item = list_items(places.unit)[0]
    key = item.partition("/")[2]
    texts = []
    for change in (lambda: issued.write_text("format: [\n", "utf-8"), issued.unlink):
        change()
        words = ("rollup", "return", "data-bureau", "--item", item, "--reason", "缺", "--json")
        ran = assess(*words)
        assert ran.code == 0, ran.err
        notice = places.office.root / str(json.loads(ran.out)["notice"][1])
        texts.append(notice.read_text("utf-8"))
    assert all(f"| {key} |" in text for text in texts)


def test_a_held_file_is_decided_first(
    places: Places, assess: Assess, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent back must not be something else than what the officer saw."""
    assert assess("rollup", "review", "data-bureau").code == 0
    monkeypatch.chdir(places.unit.root)
    assert assess("submit", "--sanitised", "-o", str(places.post / "other.zip")).code == 0
    monkeypatch.chdir(places.office.root)
    assert assess("rollup", "take", str(places.post / "other.zip")).code == 1
    ran = assess("rollup", "return", "data-bureau", "--item", ITEM, "--reason", "缺")
    assert (ran.code, "is held" in ran.err) == (2, True)


def test_accepting_is_a_row_and_a_text(places: Places, assess: Assess) -> None:
    """Once; a unit of which nothing came in is not accepted."""
    ran = assess("rollup", "review", "data-bureau", "--reason", "齐全")
    assert ran.code == 0, ran.err
    first, number = list(rows(places.office))
    row = rows(places.office)[number]
    assert (row["state"], row["about"], row["reason"]) == ("reviewed", first, "齐全")
    slip = (places.office.root / "receipts/2026" / f"{number}.txt").read_text("utf-8")
    assert ran.out == slip
    assert "齐全" in slip
    assert state_of(assess) == "reviewed"
    assert changed_files(places.office.root) == b""
    again = assess("rollup", "review", "data-bureau", "--json")
    assert (again.code, "was accepted already" in again.err) == (2, True)
    assert assess("rollup", "review", "education").code == 2


def test_what_was_accepted_may_still_be_sent_back(places: Places, assess: Assess) -> None:
    """The later act counts."""
    assert (
        json.loads(assess("rollup", "review", "data-bureau", "--json").out)["state"] == "reviewed"
    )
    send_back(places, assess)
    assert state_of(assess) == "returned"


Change = Callable[[dict[str, Any]], None]


def _set(*path: str | int, to: Any) -> Change:
    def change(row: dict[str, Any]) -> None:
        place: Any = row
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = to

    return change


LIES: dict[str, tuple[Change, str]] = {
    "another unit": (_set("unit", to="education"), "this return is for"),
    "another round": (_set("round", to="2031"), "about round 2031"),
    "an earlier closing": (_set("hand_in", "tag", to="round/2026.7"), "about the closing"),
    "an open round": (_set("hand_in", "tag", to=None), "before it was closed"),
    "another commit": (_set("hand_in", "commit", to="0" * 40), "was handed in as commit"),
    "another sheet": (_set("items", 0, "sheet", to="other"), "names the sheet other"),
    "another system": (_set("items", 1, "sheet", to="egov-network@x"), "names the sheet"),
    "another item": (_set("items", 0, "item", to="NONE-1"), "no item NONE-1"),
    "a path for an item": (_set("items", 0, "item", to="../x"), "can't be read: $.items[0].item"),
    "an escape in words": (_set("items", 0, "words", to="\x1b[2J"), "signs that can't be seen"),
    "text that runs backwards": (_set("reason", to="a\u202eb"), "signs that can't be seen"),
    "an office of two lines": (_set("office", to="甲\n乙"), "signs that can't be seen: office"),
    "a newer format": (_set("format", to="assess/return/2"), "a newer version"),
    "another format": (_set("format", to="assess/hand-in/1"), "no return file"),
    "no items": (_set("items", to=[]), "can't be read"),
    "an unknown field": (_set("run", to="rm -r ~"), "can't be read"),
    "a reason of megabytes": (_set("reason", to="长" * 3000), "can't be read"),
}  # fmt: skip


def test_returns_that_lie_are_refused(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is told, and not one byte of the workspace changes."""
    honest = send_back(places, assess).read_bytes()
    for change, said in LIES.values():
        row = json.loads(honest)
        change(row)
        if row["hand_in"]["tag"] is None:
            del row["hand_in"]["tag"]
        _assert_refused(places, assess, monkeypatch, _encode(row), said)


def _encode(row: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(row), indent=2) + b"\n"


def _assert_refused(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str
) -> None:
    root, file = places.unit.root, places.post / "lie.json"
    file.write_bytes(data)
    monkeypatch.chdir(root)
    head = _head(root)
    ran = assess("import", str(file), "--yes")
    assert (ran.code, said in ran.err) == (2, True), (said, ran)
    assert "\x1b" not in ran.err
    assert (_head(root), changed_files(root)) == (head, b"")


BYTES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "other spaces": (lambda data: data.replace(b"  ", b" "), "was changed after"),
    "a key twice": (lambda data: data.replace(b"{", b'{ "unit": "x",', 1), "was changed after"),
    "cut": (lambda data: data[: len(data) // 2], "no return file"),
    "deep": (lambda _data: b"{" + b'"a":[' * 100_000, "no return file"),
    "huge": (lambda data: data + b" " * 21_000_000, "too large for a return file"),
    "a mark before it": (lambda data: b"\xef\xbb\xbf" + data, "no return file"),
    "no UTF-8": (lambda data: data.replace(b'"reason": "', b'"reason": "\xff', 1), "can't be read"),
}  # fmt: skip


def test_other_bytes_are_refused(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only bytes as the office's program writes them are read."""
    honest = send_back(places, assess).read_bytes()
    for change, said in BYTES.values():
        _assert_refused(places, assess, monkeypatch, change(honest), said)


def test_an_item_twice_and_one_without_answer_are_refused(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office's program writes neither."""
    row = json.loads(send_back(places, assess).read_bytes())
    both = {**row, "items": [row["items"][0]] * 2}
    _assert_refused(places, assess, monkeypatch, _encode(both), "twice")
    checklist = places.unit.read_checklist("egov-network").items()
    answers = places.unit.open_sheet(SheetName("egov-network"), "2026").sheet.answers
    row["items"][0]["item"] = next(key for key in checklist if key not in answers)
    _assert_refused(places, assess, monkeypatch, _encode(row), "has no answer")


def test_a_return_is_asked_about_on_a_terminal(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter alone leaves everything as it is, y takes it in."""
    file = send_back(places, assess)
    monkeypatch.chdir(places.unit.root)
    head = _head(places.unit.root)
    monkeypatch.setattr(import_return, "can_ask_user", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    ran = assess("import", str(file))
    assert (ran.code, _head(places.unit.root)) == (1, head)
    assert "open round 2026 again" in ran.err
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert assess("import", str(file)).code == 0
    assert _head(places.unit.root) != head


def test_uncommitted_work_is_committed_first(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit of a return holds nothing else; the round stays closed until then."""
    file = send_back(places, assess)
    monkeypatch.chdir(places.unit.root)
    path = places.unit.root / "evidence/register.yaml"
    path.write_text(path.read_text("utf-8") + "# x\n", "utf-8")
    ran = assess("import", str(file), "--yes")
    assert (ran.code, "evidence/register.yaml is not committed" in ran.err) == (2, True)
    assert places.unit.read_config().rounds["2026"].state == "closed"
    assert assess("commit", "-m", "x").code == 0
    assert assess("import", str(file), "--yes").code == 0


def test_a_hook_that_refuses_leaves_no_half_return(
    places: Places, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round may be open by then; the same command goes on."""
    file = send_back(places, assess)
    monkeypatch.chdir(places.unit.root)
    hook = places.unit.root / ".git/hooks/commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n! grep -q Return-Taken-In "$1"\n')
    hook.chmod(0o755)
    ran = assess("import", str(file), "--yes", "--trust")
    assert ran.code != 0
    assert changed_files(places.unit.root) == b""
    assert places.unit.read_config().rounds["2026"].state == "open"
    hook.unlink()
    assert assess("import", str(file), "--yes").code == 0


def test_an_open_round_is_returned_without_reopening(
    places: Places,
    assess: Assess,
    monkeypatch: pytest.MonkeyPatch,
    samples: Samples,
    tmp_path: Path,
) -> None:
    """Where an office collects rounds that are not closed; a closing in between is refused."""
    from samples import demo  # noqa: PLC0415  # only here

    unit = samples.copy(demo, tmp_path / "open")
    monkeypatch.chdir(unit.root)
    assert assess("submit", "--open", "-o", str(places.post / "open.zip")).code == 0
    monkeypatch.chdir(places.office.root)
    assert assess("rollup", "take", str(places.post / "open.zip")).code in (0, 1)
    if state_of(assess) != "replaced":
        assert assess("rollup", "take", "--confirm", "data-bureau", "--reason", "x").code == 0
    file = send_back(places, assess)
    monkeypatch.chdir(unit.root)
    ran = assess("import", str(file), "--yes")
    assert ran.code == 0, ran.err
    assert "is open again" not in ran.out
    review = (
        unit.open_sheet(SheetName("egov-network"), "2026")
        .sheet.answers[_sheet_and_item(list_items(unit)[0])[1]]
        .review
    )
    assert review is not None
    assert review.state == "returned"
