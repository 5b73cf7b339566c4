"""Tests of the number in the `format:` line: read, refused, raised by the save that needs it.

The later program of these tests has two fields of number 2 and 3, which exist today as number 1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.model import formats
from assess.model.formats import FormatAddition
from assess.store import scaffold
from assess.store.open_file import open_unwritten_file, read_valid_yaml_file
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.json_schema import make_json_schema
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.writing.format_numbers import text_with_lowest_format_number

LATER = (
    FormatAddition(2, ("answers", "*", "note")),
    FormatAddition(3, ("answers", "*", "recheck")),
)

TEXT = """\
# 甲
format: assess/answers/1  # the first
checklist: {id: egov-network, version: "2026.1"}
scope: {organization: qingxi-data}
round: "2026"
answers:
  # one
  A-1:
    status: met  # sure
  A-2: {status: unmet}
"""


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be a later one."""
    monkeypatch.setitem(formats.ADDITIONS, "sheet", LATER)


def _note(text: str, item: str = "A-1") -> FieldEdit:
    return FieldEdit(("answers", item, "note"), text)


def _recheck(item: str = "A-1") -> FieldEdit:
    return FieldEdit(("answers", item, "recheck"), "2027-01-31")


def _saved(folder: Path, text: str, *edits: FieldEdit) -> str:
    path = folder / "x.yaml"
    path.write_text(text, "utf-8")
    read_valid_yaml_file(path, "sheet", folder, "en").save(edits)
    return path.read_text("utf-8")


def test_a_save_without_new_fields_leaves_the_number(tmp_path: Path) -> None:
    """The lowest number that holds what is written stands there, so older programs go on."""
    saved = _saved(tmp_path, TEXT, FieldEdit(("answers", "A-1", "status"), "unmet"))
    assert saved == TEXT.replace("status: met", "status: unmet")


@pytest.mark.parametrize(("edit", "number"), [(_note("好"), 2), (_recheck(), 3)])
def test_the_save_that_brings_a_field_raises_the_number(
    edit: FieldEdit, number: int, tmp_path: Path
) -> None:
    """The number and the field change, and no other byte."""
    saved = _saved(tmp_path, TEXT, edit)
    assert f"format: assess/answers/{number}  # the first\n" in saved
    back = saved.replace(f"answers/{number}", "answers/1").splitlines()
    (new,) = [row for row in back if row not in TEXT.splitlines()]
    assert new.startswith(f"    {edit.path[-1]}: ")
    back.remove(new)
    assert back == TEXT.splitlines()


def test_the_number_does_not_fall(tmp_path: Path) -> None:
    """Another clone may hold the field still, and a save leaves other lines alone."""
    raised = _saved(tmp_path, TEXT, _recheck())
    without = _saved(tmp_path, raised, FieldEdit(("answers", "A-1", "recheck"), REMOVE))
    assert without == TEXT.replace("answers/1", "answers/3")
    assert "answers/3" in _saved(tmp_path, without, _note("好"))


def test_a_new_file_begins_with_the_number_that_it_needs(tmp_path: Path) -> None:
    """Number 1 where nothing newer is in it."""
    text = scaffold.empty_sheet_text(
        checklist_id="a",
        version="1",
        digest="sha256:" + "0" * 64,
        scope_type_and_id=("system", "b"),
        round_id="r",
    )
    assert text.startswith("format: assess/answers/1\n")
    file = open_unwritten_file(
        tmp_path / "answers" / "r" / "a@b.yaml", "sheet", tmp_path, "en", text
    )
    file.save([_note("好"), _recheck("A-2")])
    assert file.path.read_text("utf-8").startswith("format: assess/answers/3\n")


def test_a_field_under_too_low_a_number_is_an_error_with_its_cure() -> None:
    """Who wrote it by hand is told, not who reads it with an older program."""
    text = TEXT.replace("    status: met", "    note: 好\n    recheck: 2027-01-31\n    status: met")
    loaded = decode_yaml(text, "sheet", "x.yaml", "en")
    (problem,) = [one for one in loaded.problems if one.severity == "error"]
    assert str(problem) == (
        "x.yaml:10:14: field-newer: this came with assess/answers/3, and the file says"
        " assess/answers/1 (write in the first line: format: assess/answers/3)"
    )
    assert loaded.value is None
    cured = decode_yaml(text.replace("answers/1", "answers/3"), "sheet", "x.yaml", "en")
    assert cured.value is not None


def test_numbers_up_to_the_newest_are_read() -> None:
    """A number above it is said to be newer, whatever else the file says."""
    for number in (1, 2, 3):
        text = TEXT.replace("answers/1", f"answers/{number}")
        assert decode_yaml(text, "sheet", "x.yaml", "en").problems == []
    newer = TEXT.replace("answers/1", "answers/4").replace("met", "perhaps")
    (problem,) = decode_yaml(newer, "sheet", "x.yaml", "en").problems
    assert (problem.code, problem.line) == ("format-newer", 2)


def test_the_schema_knows_all_numbers() -> None:
    """Editors accept an older file as well."""
    known = make_json_schema("sheet")["$defs"]["Sheet"]["properties"]["format"]
    assert known == {"enum": [f"assess/answers/{number}" for number in (1, 2, 3)]}
    assert make_json_schema("sheet")["title"] == "assess/answers/3"


def test_a_new_file_made_of_another_has_the_lowest_number() -> None:
    """An export may leave out what needed a higher one."""
    assert text_with_lowest_format_number(TEXT.replace("answers/1", "answers/3"), "sheet") == TEXT
    assert text_with_lowest_format_number(TEXT, "sheet") == TEXT
    noted = TEXT.replace("    status: met", "    note: 好\n    status: met")
    assert text_with_lowest_format_number(noted, "sheet") == noted.replace("answers/1", "answers/2")
