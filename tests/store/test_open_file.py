from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from assess import file_bytes
from assess.errors import ChangedOnDiskError, FilesError, UsageError, WriteError
from assess.model.answer import Answer, Sheet
from assess.store import file_limits, length_limits
from assess.store.file_limits import FileLimits
from assess.store.open_file import OpenFile, open_unwritten_file, read_valid_yaml_file
from assess.store.yaml.field_edit import REMOVE, FieldEdit

TEXT = """\
format: assess/answers/1
checklist: {id: egov-network, version: "2026.1"}
scope: {organization: qingxi-data}
round: "2026"
people: {filler: wang-min}
answers:
  # first
  A-1:
    status: met  # sure
    conflict:
      - {field: status, theirs: unmet, by: li-jian}
  A-2: {status: unmet}
"""


@pytest.fixture
def sheet(tmp_path: Path) -> OpenFile[Sheet]:
    """A sheet on disk, read."""
    path = tmp_path / "answers" / "x.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return read_valid_yaml_file(path, "sheet", tmp_path, "en")


def _status(name: str, status: object = "partial") -> FieldEdit:
    return FieldEdit(("answers", name, "status"), status)


def test_reading_gives_value_conflicts_and_name(sheet: OpenFile[Sheet]) -> None:
    """A file knows its name from the workspace's root; conflicts stand beside the value."""
    assert sheet.name == "answers/x.yaml"
    assert sheet.value.answers["A-1"].status == "met"
    assert [one.path for one in sheet.conflicts] == [("answers", "A-1")]
    assert sheet.reading_warnings == []


def test_a_bad_file_raises_with_all_problems(tmp_path: Path) -> None:
    """Also where the file stands outside the root it is said to belong to."""
    path = tmp_path / "x.yaml"
    path.write_text("format: assess/answers/1\nnonsense: 1\n", "utf-8")
    with pytest.raises(FilesError) as caught:
        read_valid_yaml_file(path, "sheet", tmp_path / "other", "en")
    assert {one.file for one in caught.value.problems} == {str(path)}
    assert len(caught.value.problems) == 4


def test_saving_writes_only_the_field(sheet: OpenFile[Sheet]) -> None:
    """The next file holds the change; on disk only that field's line is another."""
    saved = sheet.save([_status("A-1")], "wang-min")
    assert saved.value.answers["A-1"].status == "partial"
    assert sheet.path.read_text("utf-8") == TEXT.replace("met  # sure", "partial  # sure")
    assert sheet.value.answers["A-1"].status == "met"


def test_saving_without_change_writes_nothing(sheet: OpenFile[Sheet]) -> None:
    """The file on disk is the same file, not a copy."""
    before = sheet.path.stat()
    assert sheet.save([_status("A-1", "met"), _status("B", None)]) is sheet
    after = sheet.path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_conflicts_can_be_settled_and_written(sheet: OpenFile[Sheet]) -> None:
    """`conflict` is a field like others to an edit, alone or inside a whole answer."""
    rows = [{"field": "status", "theirs": "met"}]
    edits = [
        FieldEdit(("answers", "A-1", "conflict"), REMOVE),
        FieldEdit(("answers", "A-2", "conflict"), rows),
        FieldEdit(("answers", "A-3"), {"status": "met", "value": [{"x": 1}], "conflict": rows}),
    ]
    saved = sheet.save(edits)
    assert [one.path[1] for one in saved.conflicts] == ["A-2", "A-3"]
    assert saved.save([FieldEdit(("answers", "A-3"), Answer(status="met"))]).conflicts[1:] == ()


def test_a_change_elsewhere_on_disk_is_kept(sheet: OpenFile[Sheet]) -> None:
    """Another program answered another item and added one: both changes stand afterwards."""
    other = TEXT.replace("A-2: {status: unmet}", "A-2: {status: met}\n  A-9: {status: met}")
    sheet.path.write_text(other, "utf-8")
    saved = sheet.save([_status("A-1")])
    statuses = {name: answer.status for name, answer in saved.value.answers.items()}
    assert statuses == {"A-1": "partial", "A-2": "met", "A-9": "met"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("met  # sure", "unmet"),
        ("theirs: unmet", "theirs: partial"),
        ("  A-1:", "  A-1b:"),
        ("answers:", "answers: {}\nparked:"),
    ],
)
def test_a_change_in_the_same_place_is_refused(sheet: OpenFile[Sheet], old: str, new: str) -> None:
    """The same answer changed on disk: nothing is written, and it is said which."""
    other = TEXT.replace(old, new) if "parked" not in new else TEXT[: TEXT.index("answers:")]
    sheet.path.write_text(other, "utf-8")
    with pytest.raises(ChangedOnDiskError, match=r"answers/A-1 in answers/x\.yaml was"):
        sheet.save([_status("A-1")])
    assert sheet.path.read_text("utf-8") == other


@pytest.mark.parametrize("text", [None, "<<<<<<< HEAD\n"])
def test_a_file_that_broke_or_went_is_not_written(sheet: OpenFile[Sheet], text: str | None) -> None:
    """Deleted, or in the middle of a git merge: refused, with the reason."""
    sheet.path.unlink()
    if text:
        sheet.path.write_text(text, "utf-8")
    with pytest.raises(ChangedOnDiskError, match="can't be read now"):
        sheet.save([_status("A-1")])
    assert sheet.path.exists() is bool(text)


def test_values_that_the_format_refuses_are_not_written(sheet: OpenFile[Sheet]) -> None:
    """A wrong value, a field of a text: a WriteError, and the old file."""
    for edit in (
        _status("A-1", "unmett"),
        FieldEdit(("round", "x"), 1),
        FieldEdit((), {}),
        FieldEdit(("answers", "A-1", "status", "x"), REMOVE),
    ):
        with pytest.raises(WriteError, match="nothing was changed"):
            sheet.save([edit])
    assert sheet.path.read_text("utf-8") == TEXT


def test_a_wrong_edit_is_noticed_before_it_is_written(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the editor to touch another answer too, the comparison would refuse the result."""
    monkeypatch.setattr(
        "assess.store.yaml.writing.edit.apply_edits",
        lambda text, *_: text.replace("unmet}", "met}").replace("met ", "unmet "),
    )
    with pytest.raises(WriteError, match="without touching other lines"):
        sheet.save([_status("A-1", "unmet")])
    assert sheet.path.read_text("utf-8") == TEXT


ANSWERER = """
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from assess.store.yaml.field_edit import FieldEdit
from assess.store.open_file import read_valid_yaml_file
root, name = Path(sys.argv[1]), sys.argv[2]
sheet = read_valid_yaml_file(root / "answers" / "x.yaml", "sheet", root, "en")
for turn in range(25):
    sheet = sheet.save([FieldEdit(("answers", f"{name}-{turn}", "status"), "met")], name)
    sheet = sheet.save([FieldEdit(("answers", f"{name}-0", "note"), f"{turn}")], name)
"""


def test_two_processes_that_answer_at_once_lose_nothing(sheet: OpenFile[Sheet]) -> None:
    """Both write fifty times into one sheet, as fast as they can: all answers are there."""
    processes = [
        subprocess.Popen([sys.executable, "-c", ANSWERER, str(sheet.root), name])
        for name in ("X", "Y")
    ]
    assert [process.wait() for process in processes] == [0, 0]
    answers = read_valid_yaml_file(sheet.path, "sheet", sheet.root, "en").value.answers
    assert set(answers) == {"A-1", "A-2"} | {
        f"{name}-{turn}" for name in "XY" for turn in range(25)
    }
    assert (answers["X-0"].note, answers["Y-0"].note) == ("24", "24")


def test_a_fresh_file_is_made_by_its_first_save(tmp_path: Path) -> None:
    """Nothing is on disk before; the folder is made too; then it is a file like others."""
    path = tmp_path / "answers" / "2026" / "x.yaml"
    begun = open_unwritten_file(path, "sheet", tmp_path, "en", TEXT)
    assert begun.read_again() is begun
    assert not path.parent.exists()
    begun.save([_status("A-2", "met")])
    assert read_valid_yaml_file(path, "sheet", tmp_path, "en").value.answers["A-2"].status == "met"
    with pytest.raises(ChangedOnDiskError):
        begun.save([_status("A-2", "partial")])


def test_refreshing_reads_what_others_wrote(sheet: OpenFile[Sheet]) -> None:
    """The same object while nothing changed, the new state after a change."""
    assert sheet.read_again() is sheet
    sheet.path.write_text(TEXT.replace("A-2: {status: unmet}", "A-2: {status: met}"), "utf-8")
    assert sheet.read_again().value.answers["A-2"].status == "met"


def _replaced_while_saving(
    monkeypatch: pytest.MonkeyPatch, path: Path, texts: Iterator[str]
) -> None:
    """Let an editor put each of the texts in place of the file while it is being saved."""
    write = file_bytes._write_bytes_to_new_file  # the moment between reading and renaming

    def slowly(temporary: Path, data: bytes, mode: int | None, *, flush: bool) -> None:
        write(temporary, data, mode, flush=flush)
        for text in islice(texts, 1):
            new = path.with_name("new")
            new.write_text(text, "utf-8")
            new.replace(path)

    monkeypatch.setattr(file_bytes, "_write_bytes_to_new_file", slowly)


def test_what_an_editor_saves_in_between_is_kept(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is looked at again right before it is replaced, and read again where it changed."""
    theirs = TEXT.replace("A-2: {status: unmet}", "A-2: {status: met}")
    _replaced_while_saving(monkeypatch, sheet.path, iter([theirs]))
    saved = sheet.save([_status("A-1")])

    assert (saved.value.answers["A-1"].status, saved.value.answers["A-2"].status) == (
        "partial",
        "met",
    )
    assert sheet.path.read_text("utf-8") == saved.text


def test_an_answer_that_an_editor_saves_in_between_is_refused(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both changed the same answer: theirs stands, ours is told."""
    theirs = TEXT.replace("status: met  # sure", "status: unmet")
    _replaced_while_saving(monkeypatch, sheet.path, iter([theirs]))
    with pytest.raises(ChangedOnDiskError, match="A-1"):
        sheet.save([_status("A-1")])
    assert sheet.path.read_text("utf-8") == theirs


def test_a_file_that_never_rests_is_left_alone(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes it again and again wins."""
    texts = (f"{TEXT}# {number}\n" for number in count())
    _replaced_while_saving(monkeypatch, sheet.path, texts)
    with pytest.raises(ChangedOnDiskError, match="again and again"):
        sheet.save([_status("A-1")])
    assert "partial" not in sheet.path.read_text("utf-8")
    assert [one.name for one in sheet.path.parent.iterdir()] == ["x.yaml"]


def test_a_fresh_file_that_appears_in_between_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program made meanwhile is read, and our answer added."""
    path = tmp_path / "x.yaml"
    empty = TEXT[: TEXT.index("answers:")]
    _replaced_while_saving(monkeypatch, path, iter([f"{empty}answers:\n  A-2: {{status: met}}\n"]))
    saved = open_unwritten_file(path, "sheet", tmp_path, "en", empty).save([_status("A-1")])

    assert list(saved.value.answers) == ["A-2", "A-1"]


@pytest.mark.parametrize("value", ["x" * 5, ["a", {"other": "y" * 5}], {"y" * 5: "a"}])
def test_a_text_that_could_not_be_read_again_is_not_written(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    """The refusal says how long it is and may be, not what it says; the file stays."""
    monkeypatch.setattr(length_limits, "MAX_SCALAR", 5)
    saved = sheet.save([FieldEdit(("answers", "A-2", "note"), "x" * 5)])
    monkeypatch.setattr(length_limits, "MAX_SCALAR", 4)
    with pytest.raises(UsageError, match="5 characters") as caught:
        saved.save([FieldEdit(("answers", "A-2", "value"), value)])

    assert "xxxxx" not in str(caught.value)
    assert sheet.path.read_text("utf-8") == saved.text


def test_a_file_that_could_not_be_read_again_is_not_written(
    sheet: OpenFile[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet that grows beyond what is read is refused before it is written."""
    limits = {"sheet": FileLimits(len(TEXT.encode()) + 20, 1000)}
    monkeypatch.setattr(file_limits, "LIMITS_BY_KIND", limits)
    with pytest.raises(UsageError, match="larger than"):
        sheet.save([FieldEdit(("answers", "A-2", "note"), "x" * 100)])
    assert sheet.path.read_text("utf-8") == TEXT
