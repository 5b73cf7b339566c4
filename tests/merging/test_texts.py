"""Merging three versions of a file: the short ways, the ways out, and what is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assess.engine.merge.trees import NewConflict
from assess.errors import FilesError
from assess.merging import driver, texts
from assess.merging.explain import describe_unsettled_merge
from assess.merging.texts import (
    MergeOutcome,
    Versions,
    merge_bytes_by_meaning_or_lines,
    write_merged_file,
)
from assess.model import formats
from assess.model.formats import FormatAddition
from assess.store.yaml.merging.merge_file import UnwritableError
from merging.conftest import BASE, SOURCE, answer, sheet

B = BASE.encode()
OURS = BASE.replace(answer("IT-1", "met"), answer("IT-1", "unmet", "甲")).encode()
THEIRS = BASE.replace(answer("IT-1", "met"), answer("IT-1", "partial")).encode()


def test_a_side_that_did_nothing_is_not_even_read() -> None:
    """Whatever the bytes are, the other side's stand."""
    assert merge_bytes_by_meaning_or_lines(
        Versions(b"\xff", b"\xff", b"x"), "f", "en"
    ) == MergeOutcome(b"x")
    assert merge_bytes_by_meaning_or_lines(
        Versions(b"\xff", b"x", b"\xff"), "f", "en"
    ) == MergeOutcome(b"x")
    assert merge_bytes_by_meaning_or_lines(
        Versions(b"\xff", b"x", b"x"), "f", "en"
    ) == MergeOutcome(b"x")


def test_conflicts_are_named() -> None:
    """The outcome says where a person must decide."""
    outcome = merge_bytes_by_meaning_or_lines(Versions(B, OURS, THEIRS), "f", "en")

    assert outcome.unsettled
    assert outcome.clashes == (NewConflict(("answers", "IT-1"), "status"),)
    assert describe_unsettled_merge(outcome, "f.yaml", "en") == [
        "f.yaml: 1 fields were changed on both sides, ours stands for now",
        "  answers/IT-1/status",
        "  decide each under `conflict:`, then: assess lint f.yaml, git add f.yaml",
    ]


def test_many_conflicts_are_counted_and_two_editions_explained() -> None:
    """Ten are named; braces in ids are no format."""
    clashes = (
        NewConflict((), "version"),
        *(NewConflict(("systems", f"{{s{n}}}"), "grade") for n in range(11)),
    )

    lines = describe_unsettled_merge(MergeOutcome(b"", clashes, unsettled=True), "c.yaml", "en")

    assert lines[2] == "  systems/{s0}/grade"
    assert lines[11] == "  and 2 more"
    assert "assess settle c.yaml --ours|--theirs" in lines[-1]


def test_a_merge_that_cannot_be_written_goes_by_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file then is git's own merge, with the reason said."""

    def refuse(*_given: object) -> str:
        raise UnwritableError

    monkeypatch.setattr(texts, "make_merged_text", refuse)
    outcome = merge_bytes_by_meaning_or_lines(Versions(B, OURS, THEIRS), "f", "en")

    assert outcome.unsettled
    assert b"<<<<<<< ours" in outcome.data
    assert "without touching other lines" in describe_unsettled_merge(outcome, "f", "en")[0]


def test_a_file_without_a_known_format_goes_by_lines() -> None:
    """Nobody knows what its fields mean."""
    versions = Versions(b"", b"format: [x]\na: 1\n", b"format: [x]\nb: 2\n")

    assert "not the same kind" in merge_bytes_by_meaning_or_lines(versions, "f", "en").by_lines
    assert (
        "mapping"
        not in merge_bytes_by_meaning_or_lines(
            Versions(b"", b"[1]\n", b"a: 1\n"), "f", "en"
        ).by_lines
    )


def test_put_writes_in_one_step(tmp_path: Path) -> None:
    """And leaves no other file behind."""
    write_merged_file(tmp_path / "f", MergeOutcome(b"x"), "en")

    assert [one.name for one in tmp_path.iterdir()] == ["f"]


def files(folder: Path) -> list[str]:
    """Write the three versions."""
    for name, data in zip("OAB", (B, OURS, THEIRS), strict=True):
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in "OAB"]


def test_the_driver_writes_into_ours_and_tells_git(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1: a conflict, named by git's path; 0: merged, and nothing said."""
    names = files(tmp_path)

    assert driver.run_merge_driver([*names, "answers/x.yaml"]) == 1
    assert capsys.readouterr().err.startswith("answers/x.yaml: 1 fields")
    assert b"conflict:" in (tmp_path / "A").read_bytes()

    (tmp_path / "B").write_bytes(B + answer("IT-9", "met").encode())
    (tmp_path / "A").write_bytes(OURS)
    assert driver.run_merge_driver(names) == 0
    assert (tmp_path / "A").read_bytes() == OURS + answer("IT-9", "met").encode()
    assert capsys.readouterr().err == ""


def test_whatever_goes_wrong_stops_the_merge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Above 128, so that git takes nothing for a result."""
    assert driver.run_merge_driver([str(tmp_path / "none")] * 3) == driver.FAILED
    assert "nothing was changed" in capsys.readouterr().err


def test_a_nameless_error_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception without words is shown by its kind."""

    def break_down(*_given: object) -> MergeOutcome:
        raise RecursionError

    monkeypatch.setattr(driver, "merge_bytes_by_meaning_or_lines", break_down)

    assert driver.run_merge_driver(files(tmp_path)) == driver.FAILED
    assert "RecursionError" in capsys.readouterr().err


def test_the_driver_starts_without_the_command_line(tmp_path: Path) -> None:
    """It neither imports click nor the workspace: git starts it once a file."""
    code = (
        "import sys; from assess.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as done: code = done.code\n"
        "heavy = {'click', 'assess.cli', 'assess.workspace', 'textual', 'subprocess'}\n"
        "sys.exit(99 if heavy & set(sys.modules) else code)"
    )
    words = [sys.executable, "-c", code, "merge-driver", *files(tmp_path)]
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}

    assert subprocess.run(words, env=environ, check=False, capture_output=True).returncode == 1


def test_a_new_answer_on_both_sides_without_a_base() -> None:
    """An empty base is a file of any kind."""
    versions = Versions(b"", sheet(answer("A", "met")).encode(), sheet(answer("B", "met")).encode())

    assert merge_bytes_by_meaning_or_lines(versions, "f", "en").data.count(b"status: met") == 2


def test_a_side_that_is_no_utf_8_is_named() -> None:
    """With its file."""
    outcome = merge_bytes_by_meaning_or_lines(Versions(B, OURS, b"\xff\n"), "f.yaml", "en")

    assert outcome.by_lines.startswith("f.yaml:1:")
    assert "not UTF-8" in outcome.by_lines


def _numbered(data: bytes, number: int) -> bytes:
    return data.replace(b"answers/1", b"answers/%d" % number)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program know three numbers of the answers' format."""
    rows = (
        FormatAddition(2, ("answers", "*", "note")),
        FormatAddition(3, ("answers", "*", "recheck")),
    )
    monkeypatch.setitem(formats.ADDITIONS, "sheet", rows)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [(1, 2, 1, 2), (1, 1, 3, 3), (1, 3, 2, 3), (1, 2, 3, 3), (2, 2, 2, 2), (2, 1, 2, 2)],
)
def test_a_merge_takes_the_higher_number(base: int, ours: int, theirs: int, merged: int) -> None:
    """It is never a conflict, and no other byte depends on it."""
    other = BASE.replace(answer("IT-2", "met"), answer("IT-2", "unmet")).encode()
    mine = BASE.replace(answer("IT-1", "met"), answer("IT-1", "unmet")).encode()
    plain = merge_bytes_by_meaning_or_lines(Versions(B, mine, other), "f", "en")
    sides = Versions(_numbered(B, base), _numbered(mine, ours), _numbered(other, theirs))

    outcome = merge_bytes_by_meaning_or_lines(sides, "f", "en")

    assert not outcome.unsettled
    assert outcome.data == _numbered(plain.data, merged)


@pytest.mark.usefixtures("later")
def test_a_merge_raises_a_number_that_is_too_low() -> None:
    """Somebody wrote a field by hand; the merged file can be read by the program that wrote it."""
    ours = BASE.replace(answer("IT-1", "met"), answer("IT-1", "met") + "    note: x\n").encode()
    theirs = BASE.replace(answer("IT-2", "met"), answer("IT-2", "unmet")).encode()
    assert (
        b"answers/2" in merge_bytes_by_meaning_or_lines(Versions(B, ours, theirs), "f", "en").data
    )


@pytest.mark.usefixtures("later")
def test_both_sides_made_the_file_with_other_numbers() -> None:
    """Without a base the higher number stands too."""
    outcome = merge_bytes_by_meaning_or_lines(
        Versions(b"", _numbered(B, 2), _numbered(B, 3)), "f", "en"
    )
    assert outcome == MergeOutcome(_numbered(B, 3))


@pytest.mark.usefixtures("later")
def test_a_file_of_a_newer_program_is_not_merged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines of it mean what this program does not know: git stops, and nothing is changed."""
    sides = Versions(B, _numbered(OURS, 4), THEIRS)
    with pytest.raises(FilesError) as caught:
        merge_bytes_by_meaning_or_lines(sides, "f.yaml", "en")
    assert caught.value.problems[0].code == "format-newer"
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, data in zip(paths, sides, strict=True):
        path.write_bytes(data)
    assert driver.run_merge_driver([*map(str, paths), "f.yaml"]) == driver.FAILED
    assert paths[1].read_bytes() == sides.ours
    assert "format-newer" in capsys.readouterr().err
