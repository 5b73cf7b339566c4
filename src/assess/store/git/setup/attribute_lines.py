"""The lines of .gitattributes and .gitignore that this program writes, beside those of a person.

Lines are added, or get words added. Lines of a person stay as they are, where they are.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.i18n import Lang
from assess.store.file_types import ATTRIBUTE_LINES, IGNORE_LINES, MERGE_LINES
from assess.store.files import read_regular, write_error
from assess.store.git.trust import attribute_files

IGNORE: Final = ".gitignore"

_LARGEST: Final = 1024 * 1024
"""Bytes of one of these files; nobody writes as many lines by hand."""


class LinesChange(NamedTuple):
    """A file of lines that is out of date: its text so far, and the new one."""

    path: str
    old: str
    new: str

    @property
    def added(self) -> list[str]:
        """The lines that are new."""
        return [line for line in self.new.split("\n") if line not in self.old.split("\n")]

    @property
    def replaced(self) -> list[str]:
        """The lines that go because a new one says the same and more."""
        return [line for line in self.old.split("\n") if line not in self.new.split("\n")]


def outdated_files(root: Path, lang: Lang) -> list[LinesChange]:
    """Return which of the two files are out of date, and how they are to be.

    Raises:
        WriteError: a link, a folder or a pipe stands there, or the file can't be read.
    """
    texts = {name: read_lines(root / name, root, lang) for name in _UPDATES}
    changes = (LinesChange(name, old, _UPDATES[name](old)) for name, old in texts.items())
    return [change for change in changes if change.old != change.new]


def is_outdated(name: str, data: bytes) -> bool:
    """Return whether one of the two files is out of date where it holds these bytes."""
    text = data.decode("utf-8", "surrogateescape")
    return _UPDATES[name](text) != text


def updated_attributes(text: str) -> str:
    """Return the text of .gitattributes with all lines that this program wants.

    A line of the same pattern that says less is replaced. A new line stands behind the one that it
    follows in the table: of the lines that fit a path, git takes the last one.
    """
    rows = text.split("\n")
    words = [row.split() for row in rows]
    place = 0
    for line in ATTRIBUTE_LINES:
        if line in MERGE_LINES:
            continue
        wanted = line.split()
        same = [at for at, row in enumerate(words) if row[:1] == wanted[:1]]
        saying = [at for at in same if set(words[at]) >= set(wanted)]
        less = [at for at in same if set(words[at]) < set(wanted)]
        if not saying and not less:
            rows.insert(place, line)
            words.insert(place, wanted)
        elif not saying:
            rows[less[-1]], words[less[-1]] = line, wanted
        place = max(place, (saying or less or [place])[-1] + 1)
    return with_merge_lines("\n".join(rows))


def updated_ignore(text: str) -> str:
    """Return the text of .gitignore with all lines that this program wants."""
    known = {row.strip() for row in text.split("\n")}
    return _with_rows(text, [line for line in IGNORE_LINES if line not in known])


_UPDATES: Final = {attribute_files.NAME: updated_attributes, IGNORE: updated_ignore}
"""The two files, each with what brings its text up to date."""


def with_merge_lines(text: str) -> str:
    """Return the text of .gitattributes with the lines by which files are merged by meaning."""
    return _with_rows(text, lacking_merge_lines(text))


def lacking_merge_lines(text: str) -> list[str]:
    """Return which of these lines git does not follow.

    They are missing, or stand before a foreign one that says how to merge: of the lines that fit a
    path git takes the last one.
    """
    known: set[str] = set()
    for line in reversed(text.split("\n")):
        words = line.split()
        if line.strip() in MERGE_LINES:
            known.add(line.strip())
        elif words and not words[0].startswith("#") and any(map(_overrides, words[1:])):
            break
    return [line for line in MERGE_LINES if line not in known]


def _overrides(word: str) -> bool:
    name = word.lstrip("-!").partition("=")[0]
    return name in ("merge", "binary")


def _with_rows(text: str, rows: Sequence[str]) -> str:
    if rows and text and not text.endswith("\n"):
        text += "\n"
    return text + text_of_lines(rows)


def text_of_lines(lines: Sequence[str]) -> str:
    """Return the text of a file that holds just these lines."""
    return "".join(f"{line}\n" for line in lines)


def read_lines(path: Path, root: Path, lang: Lang) -> str:
    """Return what stands in the file itself, '' where there is none: git follows no link there.

    Raises:
        WriteError: a link, a folder or a pipe stands there, or the file can't be read.
    """
    if not attribute_files.ordinary(path):
        raise attribute_files.strange(path, root, lang)
    try:
        data = read_regular(path, _LARGEST + 1, os.O_NOFOLLOW)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise write_error(error, path, lang) from error
    if len(data) > _LARGEST:
        raise write_error(OSError(errno.EFBIG, os.strerror(errno.EFBIG)), path, lang)
    return data.decode("utf-8", "surrogateescape")
