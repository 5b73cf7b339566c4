"""Tests of the lines of .gitattributes and .gitignore that this program writes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store import file_types
from assess.store.file_types import ATTRIBUTE_LINES, IGNORE_LINES, MERGE_LINES
from assess.store.git.setup import attribute_lines
from assess.store.git.setup.attribute_lines import (
    add_program_lines_to_attributes,
    add_program_lines_to_ignore,
    list_updates_of_git_files,
    make_text_of_lines,
)

WHOLE = make_text_of_lines(ATTRIBUTE_LINES)


def test_a_new_workspace_is_up_to_date(tmp_path: Path) -> None:
    """An empty file becomes just what `init` writes, and that stays as it is."""
    assert add_program_lines_to_attributes("") == WHOLE
    assert add_program_lines_to_attributes(WHOLE) == WHOLE
    assert add_program_lines_to_ignore("") == make_text_of_lines(IGNORE_LINES)
    (tmp_path / ".gitattributes").write_text(WHOLE, "utf-8")
    (tmp_path / ".gitignore").write_text(make_text_of_lines(IGNORE_LINES), "utf-8")
    assert list_updates_of_git_files(tmp_path, "en") == []


def test_lines_of_a_person_stay_where_they_are() -> None:
    """Above, between and below ours, comments and odd line ends included."""
    mine = ["# 我的", "*.png binary", "", "*.docx -text\r", "evidence/*.csv  text"]
    rows = [*mine[:2], ATTRIBUTE_LINES[0], *mine[2:4], *ATTRIBUTE_LINES[2:], mine[4]]
    updated = add_program_lines_to_attributes("\n".join(rows))
    left = [row for row in updated.split("\n") if row not in ATTRIBUTE_LINES]
    assert left == [*mine, ""]  # the last one converts, so ours stand after it once more
    assert updated.startswith("\n".join([*mine[:2], *ATTRIBUTE_LINES[:2]]))
    assert add_program_lines_to_attributes(updated) == updated
    assert add_program_lines_to_ignore("*.bak") == "*.bak\n" + make_text_of_lines(IGNORE_LINES)


def test_a_line_that_says_less_is_replaced_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that says more, as a newer program may write it, stays."""
    newer = ("a/** -text -merge", "b text")
    monkeypatch.setattr(attribute_lines, "ATTRIBUTE_LINES", (*newer, *MERGE_LINES))
    rest = make_text_of_lines(MERGE_LINES)
    assert (
        add_program_lines_to_attributes(f"b text\na/** -text\n{rest}")
        == f"b text\n{newer[0]}\n{rest}"
    )
    more = f"a/** -diff -merge -text\nb text\n{rest}"
    assert add_program_lines_to_attributes(more) == more
    other = f"a/** !merge\nb text\n{rest}"
    assert add_program_lines_to_attributes(other) == f"{newer[0]}\n{other}"


def test_a_foreign_line_that_merges_otherwise_does_not_stand_last() -> None:
    """Ours come after it, however it got there."""
    for foreign in ("*.yaml merge=union\n", "* binary\n"):
        updated = add_program_lines_to_attributes(WHOLE + foreign)
        assert updated == WHOLE + foreign + make_text_of_lines(MERGE_LINES)
        assert add_program_lines_to_attributes(updated) == updated


@pytest.mark.parametrize(
    "foreign",
    [
        "* text=auto",
        "*.csv text eol=crlf",
        "*.txt crlf",
        "*.csv working-tree-encoding=GBK",
        "* ident",
        "*.docx filter=lfs diff=lfs -text",
        "* conflict-marker-size=3",
        "evidence/** text",
    ],
)
def test_a_line_that_converts_files_does_not_stand_last(tmp_path: Path, foreign: str) -> None:
    """Ours come after it, and git stores evidence byte for byte; the register is merged as ever."""
    updated = add_program_lines_to_attributes(f"{WHOLE}{foreign}\n")
    assert updated == f"{WHOLE}{foreign}\n{WHOLE}"
    assert add_program_lines_to_attributes(updated) == updated
    assert add_program_lines_to_attributes(f"{foreign}\n{WHOLE}") == f"{foreign}\n{WHOLE}"
    change = attribute_lines.LinesChange(".gitattributes", f"{WHOLE}{foreign}\n", updated)
    assert change.added_lines == [*ATTRIBUTE_LINES]
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / ".gitattributes").write_text(updated, "utf-8")
    (tmp_path / "evidence").mkdir()
    for name in ("a.csv", "b.txt", "c.docx"):
        (tmp_path / "evidence" / name).write_bytes("中文 $Id: 1 $\r\n".encode("gbk"))
    subprocess.run([*git, "-c", "filter.lfs.clean=false", "add", "-A"], check=True)
    for name in ("a.csv", "b.txt", "c.docx"):
        words = [*git, "cat-file", "blob", f":evidence/{name}"]
        stored = subprocess.run(words, check=True, capture_output=True).stdout
        assert stored == (tmp_path / "evidence" / name).read_bytes()
    words = [*git, "check-attr", "merge", "eol", "--", "evidence/register.yaml"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert told[2::3] == ["assess", "lf"]


def test_a_macro_that_is_defined_elsewhere_does_not_stand_last(tmp_path: Path) -> None:
    """Its meaning is in .git/info/attributes: ours come after the line that uses it."""
    foreign = "evidence/** lines"
    updated = add_program_lines_to_attributes(f"{WHOLE}{foreign}\n")
    assert updated == f"{WHOLE}{foreign}\n{WHOLE}"
    assert add_program_lines_to_attributes(updated) == updated
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / ".git/info/attributes").write_text("[attr]lines text eol=crlf\n", "utf-8")
    (tmp_path / ".gitattributes").write_text(updated, "utf-8")
    words = [*git, "check-attr", "text", "--", "evidence/2026/a.csv"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert told[-1] == "unset"


@pytest.mark.parametrize(
    "foreign",
    [
        "*.docx -diff",
        "# * text",
        "*.png -text",
        "x !eol",
        "*.docx diff=word export-ignore linguist-generated",
        "*.psd lockable -lines lines=no",
    ],
)
def test_a_line_that_converts_nothing_may_stand_last(foreign: str) -> None:
    """Nothing is to be brought up to date then."""
    assert add_program_lines_to_attributes(f"{WHOLE}{foreign}\n") == f"{WHOLE}{foreign}\n"


def test_what_changes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line: what is added, and what a longer line stands for."""
    (tmp_path / ".gitattributes").write_text(WHOLE, "utf-8")
    longer = (ATTRIBUTE_LINES[0] + " -diff", *ATTRIBUTE_LINES[1:])
    monkeypatch.setattr(attribute_lines, "ATTRIBUTE_LINES", longer)
    first, second = list_updates_of_git_files(tmp_path, "en")
    assert (first.path, first.added_lines, first.removed_lines) == (
        ".gitattributes",
        [longer[0]],
        [ATTRIBUTE_LINES[0]],
    )
    assert (second.path, second.added_lines, second.removed_lines) == (
        ".gitignore",
        [*IGNORE_LINES],
        [],
    )


def test_a_link_in_their_place_is_refused(tmp_path: Path) -> None:
    """Nothing is read through it, and the hint moves it away under another name."""
    (tmp_path / ".gitignore").symlink_to("/etc/hosts")
    with pytest.raises(WriteError) as caught:
        list_updates_of_git_files(tmp_path, "en")
    assert "mv .gitignore gitignore.old" in caught.value.hint


PATHS = {
    "assess.yaml": "config",
    "checklists/egov-network.yaml": "checklist",
    "answers/2026/mlps-level3@portal.yaml": "sheet",
    "evidence/register.yaml": "register",
    "evidence/2026/screenshot.png": "evidence",
    "evidence/2026/a/register.yaml": "evidence",
    "templates/own/main.html": "template",
    "reports/2026/round-full-zh.pdf": "report",
    "reports/2026/round-full-zh.json": "report-data",
    "reports/x.json": "report-data",
    "reports/2026/data.json": "round-data",
    "reports/2026/data.sanitised.json": "round-data",
    "findings.yaml": "findings",
    ".gitattributes": "git-attributes",
    ".gitignore": "git-ignore",
    ".assess/lock": "private",
    ".assess/drafts/0123.json": "private",
    "answers/2026/.a.yaml.4711-0a1b2c3d.tmp": "temporary",
    ".assess.yaml.4711-0a1b2c3d.tmp": "temporary",
    ".merge_file_a1B2c3": "git-temporary",
}


def test_each_path_has_its_type() -> None:
    """All rows of the table are met, and paths that are none of the program's have no type."""
    found = {path: getattr(file_types.find_file_type(path), "id", None) for path in PATHS}
    assert found == PATHS
    assert {row.id for row in file_types.FILE_TYPES} == set(PATHS.values())
    for path in ("README.md", "../assess.yaml", "x/assess.yaml", "answers/a.yaml", "assess-yaml"):
        assert file_types.find_file_type(path) is None


def test_git_does_with_each_type_what_the_table_says(tmp_path: Path) -> None:
    """How a file is merged, and whether git ignores it, as git itself tells."""
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / ".gitattributes").write_text(WHOLE, "utf-8")
    (tmp_path / ".gitignore").write_text(make_text_of_lines(IGNORE_LINES), "utf-8")
    words = [*git, "check-attr", "-z", "merge", "text", "--", *PATHS]
    fields = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split("\0")
    told = {(path, name): value for path, name, value in zip(*[iter(fields)] * 3, strict=False)}
    words = [*git, "check-ignore", "--no-index", *PATHS]
    ignored = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split("\n")
    for path in PATHS:
        row = file_types.find_file_type(path)
        assert row is not None
        assert (path in ignored) == (row.merge == "not-in-git"), path
        assert (told[path, "merge"] == "assess") == (row.merge == "meaning"), path
        assert (told[path, "merge"] == "unset") == (row.merge == "whole"), path
        assert (told[path, "text"] == "unset") == (row.merge == "whole"), path


def test_what_programs_leave_in_a_folder_is_ignored(tmp_path: Path) -> None:
    """Locks of office programs, files of file managers and editors; no proof of a like name."""
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / ".gitignore").write_text(make_text_of_lines(IGNORE_LINES), "utf-8")
    junk = [
        "~$表.xlsx",
        ".~lock.表.xlsx#",
        "Thumbs.db",
        ".DS_Store",
        ".register.yaml.swp",
        "a.yaml~",
    ]
    paths = [f"evidence/2026/{name}" for name in (*junk, "~表.xlsx", "thumbs.png", "a~b", "lock#")]
    words = [*git, "check-ignore", "-z", "--stdin"]
    data = "\0".join(paths)
    done = subprocess.run(words, check=True, capture_output=True, text=True, input=data)
    assert done.stdout.split("\0")[:-1] == paths[: len(junk)]


def test_a_vast_file_in_their_place_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with more bytes than such a file can sensibly have is not read."""
    monkeypatch.setattr(attribute_lines, "_LARGEST", 3)
    path = tmp_path / ".gitignore"
    path.write_text("long\n", "utf-8")
    with pytest.raises(WriteError, match="gitignore"):
        attribute_lines.read_attribute_file(path, tmp_path, "en")
