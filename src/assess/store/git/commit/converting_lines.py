"""The lines of attributes by which git stores a file with other bytes than in the folder.

Git tells the attributes of a file, but not the lines that set them. So a repository of its own gets
the same patterns, with the place of each line as the value of an attribute.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess import locations
from assess.file_bytes import read_regular_file
from assess.harmless import quote_for_shell
from assess.store.file_types import UNCONVERTED
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.git_facts import find_setting_value, find_workspace_prefix
from assess.store.git.setup.attribute_lines import CONVERTING
from assess.store.git.trust.attribute_files import MOST_BYTES, NAME, list_folders_up_to_worktree_top

_MARK: Final = "line-of-"
"""The start of the attributes' names in that repository."""

_MACRO: Final = "[attr]"
_INFO: Final = ".git/info/attributes"
_GLOBAL: Final = ".git/attributes"
"""Where that repository has the user's attributes."""

_RENEWED: Final = (locations.EVIDENCE, locations.REPORTS)
"""Folders for which the workspace's .gitattributes has lines of the program."""


class ConvertingLine(NamedTuple):
    """A line of a file of attributes."""

    file: Path
    number: int
    text: str

    def describe_place_and_text(self, root: Path) -> str:
        """Return file, line and text; a file of the workspace by its path in it."""
        inside = self.file.is_relative_to(root)
        file = self.file.relative_to(root) if inside else self.file
        return f"{file}:{self.number}: {self.text}"


def find_converting_lines(root: Path, path: str) -> list[ConvertingLine]:
    """Return the lines by which git converts a file; empty if git can't tell.

    `path` is from the workspace.
    """
    return find_attribute_lines(root, path, _list_converting_attributes_in_force(root, path))


def find_attribute_lines(root: Path, path: str, names: Sequence[str]) -> list[ConvertingLine]:
    """Return the lines that set attributes of a file; empty if git can't tell."""
    top = list_folders_up_to_worktree_top(root)[-1]
    inside = f"{find_workspace_prefix(root)}{path}"
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        copy = Path(name)
        git.run_git(copy, ["init", "-q", "--template="], check=False)
        lines = _write_line_numbers_as_attributes(
            copy, _attribute_files_with_copy_names(root, top, inside), names
        )
        words = [f"core.attributesFile={copy / _GLOBAL}"]
        asked = ["check-attr", "-z", *(f"{_MARK}{attribute}" for attribute in names), "--", inside]
        done = git.run_git(copy, asked, check=False, options=words)
    keys = os.fsdecode(done.stdout).split("\0")[2::3]
    return list(dict.fromkeys(lines[int(key)] for key in keys if key.isdecimal()))


def find_command_to_stop_converting(root: Path, path: str, lines: Sequence[ConvertingLine]) -> str:
    """Return the command after which git stores a file as it is, '' if none is known.

    It adds a line to the file of attributes that git uses before all others with such a line.
    """
    files = {line.file for line in lines}
    folder = path.partition("/")[0] if "/" in path else ""
    info = find_path_in_git_folder(root, "info/attributes")
    inner = [root / parent / NAME for parent in PurePosixPath(path).parents][:-1]
    below = next((file for file in inner if file in files), None)
    if info in files:
        return _command_to_append_line(
            root, info, f"{find_workspace_prefix(root)}{folder or path}", is_all=bool(folder)
        )
    if below is not None:
        return _command_to_append_line(root, below, "", is_all=True)
    if folder in _RENEWED:
        return "assess upgrade --workspace"
    return _command_to_append_line(root, root / NAME, folder or path, is_all=bool(folder))


def _command_to_append_line(
    root: Path, file: Path, path_in_attributes: str, *, is_all: bool
) -> str:
    """Return the command that appends a line for a path, or for all files of a folder."""
    if "\n" in path_in_attributes:
        return ""  # no pattern of attributes has a line break
    pattern = "/" + re.sub(r"([*?[\\])", r"\\\1", path_in_attributes) if path_in_attributes else ""
    pattern += "/**" if is_all and path_in_attributes else "**" if is_all else ""
    if re.search(r"\s", pattern):
        pattern = '"' + re.sub(r'(["\\])', r"\\\1", pattern) + '"'
    name = os.path.relpath(file, root)
    row = quote_for_shell(f"{pattern} {UNCONVERTED}")
    return f"printf '\\n%s\\n' {row} >> {quote_for_shell(name)}"


def _list_converting_attributes_in_force(root: Path, path: str) -> list[str]:
    """Return the attributes of a file that convert it."""
    done = git.run_git(root, ["check-attr", "-z", *CONVERTING, "--", path], check=False)
    fields = os.fsdecode(done.stdout).split("\0")
    values = dict(zip(fields[1::3], fields[2::3], strict=False))
    text = values.get("text", "unspecified")
    unused = {"unset": ("eol", "crlf"), "unspecified": ()}.get(text, ("crlf",))
    return [
        name
        for name, value in values.items()
        if value not in ("unspecified", "unset") and name not in unused
    ]


def _attribute_files_with_copy_names(
    root: Path, top: Path, inside: str
) -> Iterator[tuple[str, Path]]:
    """Yield the files in which git looks for the attributes of a file.

    Each has the path that it gets in the other repository.
    """
    yield _GLOBAL, Path("/etc/gitattributes")
    named = os.path.expanduser(find_setting_value(root, "core.attributesfile"))  # noqa: PTH111  # no error without a home folder
    yield _GLOBAL, Path(named) if named else locations.user_git_folder() / "attributes"
    for parent in PurePosixPath(inside).parents:
        yield str(parent / NAME), top / parent / NAME
    yield _INFO, find_path_in_git_folder(root, "info/attributes")


def _write_line_numbers_as_attributes(
    copy: Path, files: Iterable[tuple[str, Path]], names: Sequence[str]
) -> list[ConvertingLine]:
    """Write the files with the places of lines that set `names` as attributes; return the lines."""
    rows = [(name, file, _read_rows_if_readable(file)) for name, file in files]
    macros = {"binary": ["diff", "merge", "text"]}
    macros |= dict(_read_macro_definitions(text for _name, _file, texts in rows for text in texts))
    lines: list[ConvertingLine] = []
    marked: dict[str, list[str]] = {}
    for name, file, texts in rows:
        for number, text in enumerate(texts, 1):
            pattern, words = _split_attribute_row(text)
            parts = [
                part for word in words for part in macros.get(word, [_attribute_name_of(word)])
            ]
            marks = [f"{_MARK}{part}={len(lines)}" for part in parts if part in names]
            if marks and not pattern.startswith(_MACRO):
                lines.append(ConvertingLine(file, number, text.strip()))
                marked.setdefault(name, []).append(f"{pattern} {' '.join(marks)}\n")
    for name, rows_of_file in marked.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(os.fsencode("".join(rows_of_file)))
    return lines


def _read_macro_definitions(texts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the macros that lines define, each with the names of its attributes."""
    for text in texts:
        pattern, words = _split_attribute_row(text)
        if pattern.startswith(_MACRO):
            yield pattern.removeprefix(_MACRO), [_attribute_name_of(word) for word in words]


def _attribute_name_of(word: str) -> str:
    """Return the name of an attribute without its value."""
    return word.lstrip("-!").partition("=")[0]


def _read_rows_if_readable(file: Path) -> list[str]:
    try:
        return os.fsdecode(read_regular_file(file, MOST_BYTES, 0)).split("\n")
    except OSError:
        return []


def _split_attribute_row(text: str) -> tuple[str, list[str]]:
    """Return the pattern of a line and its attributes, or the macro that it defines."""
    row = text.strip()
    match = re.fullmatch(r'("(?:[^"\\]|\\.)*"|\S+)(.*)', row, re.DOTALL)
    if match is None or row.startswith("#"):
        return "", []
    return match[1], match[2].split()
