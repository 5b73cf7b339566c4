"""The lines of .gitattributes and .gitignore that this program writes beside those of a person.

The program adds lines, or adds words to its lines. Lines of a person stay unchanged.
"""

from __future__ import annotations

import errno
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.file_bytes import read_regular_file
from assess.i18n import Lang
from assess.store.file_types import ATTRIBUTE_LINES, IGNORE_LINES, MERGE_LINES
from assess.store.files import make_write_error
from assess.store.git.trust import attribute_files

IGNORE: Final = ".gitignore"
RULE_FILES: Final = (attribute_files.NAME, IGNORE)

CONVERTING: Final = ("working-tree-encoding", "filter", "ident", "text", "crlf", "eol")
"""Attributes by which git stores files with other bytes."""

_OVERRIDDEN: Final = (*CONVERTING, "conflict-marker-size")
"""Attributes of which the program's lines about content have their own value."""

_HARMLESS: Final = re.compile(
    r"diff|merge|binary|delta|whitespace|encoding|lockable|export-(ignore|subst)"
    r"|(linguist|gitlab|gitattributes)-.*"
)
"""Attributes that change no bytes; any other word may be a macro that is defined elsewhere."""

_LARGEST: Final = 1024 * 1024
"""Bytes of one of these files; a person does not write as many lines."""


class LinesChange(NamedTuple):
    """A file of lines that is out of date, with its old and its new text."""

    path: str
    old: str
    new: str

    @property
    def added_lines(self) -> list[str]:
        """The lines that are new, or that now stand at the end as well."""
        left, lines = Counter(self.old.split("\n")), []
        for line in self.new.split("\n"):
            if not left[line]:
                lines.append(line)
            left[line] -= 1 if left[line] else 0
        return lines

    @property
    def removed_lines(self) -> list[str]:
        """The lines that are removed, because a new line has all their words."""
        return [line for line in self.old.split("\n") if line not in self.new.split("\n")]


def list_updates_of_git_files(root: Path, lang: Lang) -> list[LinesChange]:
    """Return a change for each of the two files that is out of date.

    Raises:
        WriteError: the path is a link, a folder or a pipe, or the file can't be read.
    """
    texts = {name: read_attribute_file(root / name, root, lang) for name in _UPDATES}
    changes = (LinesChange(name, old, _UPDATES[name](old)) for name, old in texts.items())
    return [change for change in changes if change.old != change.new]


def is_git_file_outdated(name: str, data: bytes) -> bool:
    """Return whether one of the two files is out of date if it has these bytes."""
    text = data.decode("utf-8", "surrogateescape")
    return _UPDATES[name](text) != text


def add_program_lines_to_attributes(text: str) -> str:
    """Return the text of .gitattributes with all lines of `ATTRIBUTE_LINES`.

    A line of the same pattern with fewer attributes is replaced. A new line comes after the line
    that precedes it in the table: git uses the last line that matches a path.
    """
    rows = text.split("\n")
    words = [row.split() for row in rows]
    position = 0
    for line in ATTRIBUTE_LINES:
        if line in MERGE_LINES:
            continue
        wanted = line.split()
        same = [index for index, row in enumerate(words) if row[:1] == wanted[:1]]
        saying = [index for index in same if _has_pattern_and_attributes_of(words[index], line)]
        less = [index for index in same if set(words[index]) < set(wanted)]
        if not saying and not less:
            rows.insert(position, line)
            words.insert(position, wanted)
        elif not saying:
            rows[less[-1]], words[less[-1]] = line, wanted
        position = max(position, (saying or less or [position])[-1] + 1)
    return add_merge_lines(_move_overridden_content_lines_to_end("\n".join(rows)))


def _move_overridden_content_lines_to_end(text: str) -> str:
    """Return the text with our lines about content at its end if a person's line converts files."""
    ours = [line for line in ATTRIBUTE_LINES if line not in MERGE_LINES]
    last: dict[str, int] = {}
    foreign = 0
    for index, row in enumerate(text.split("\n")):
        words = row.split()
        line = next((line for line in ours if _has_pattern_and_attributes_of(words, line)), None)
        if line is not None:
            last[line] = index
        elif words and _may_set_overridden_attribute(words):
            foreign = index
    return _append_rows(text, ours) if foreign > min(last.values(), default=0) else text


def _has_pattern_and_attributes_of(words: Sequence[str], line: str) -> bool:
    """Return whether a row has the pattern and all attributes of a line, and perhaps more."""
    wanted = line.split()
    return words[:1] == wanted[:1] and set(words) >= set(wanted)


def _may_set_overridden_attribute(words: Sequence[str]) -> bool:
    """Return whether a line, a pattern and attributes, may set one of `_OVERRIDDEN`.

    A word without a value may be a macro. Git reads macros from other files too, such as
    .git/info/attributes of another person's clone.
    """
    return not words[0].startswith("#") and any(
        word.partition("=")[0] in _OVERRIDDEN or _may_be_macro(word) for word in words[1:]
    )


def _may_be_macro(word: str) -> bool:
    """Return whether git may replace a word by other attributes."""
    return word[0] not in "-!" and "=" not in word and not _HARMLESS.fullmatch(word)


def add_program_lines_to_ignore(text: str) -> str:
    """Return the text of .gitignore with all lines of `IGNORE_LINES`."""
    known = {row.strip() for row in text.split("\n")}
    return _append_rows(text, [line for line in IGNORE_LINES if line not in known])


_UPDATES: Final = {
    attribute_files.NAME: add_program_lines_to_attributes,
    IGNORE: add_program_lines_to_ignore,
}
"""The two files, each with the function that updates its text."""


def add_merge_lines(text: str) -> str:
    """Return the text of .gitattributes with all lines of `MERGE_LINES`."""
    return _append_rows(text, list_missing_or_overridden_merge_lines(text))


def list_missing_or_overridden_merge_lines(text: str) -> list[str]:
    """Return the lines of `MERGE_LINES` that have no effect.

    A line has no effect if it is missing, or if a line of a person after it says how to merge: git
    uses the last line that matches a path.
    """
    known: set[str] = set()
    for line in reversed(text.split("\n")):
        words = line.split()
        if line.strip() in MERGE_LINES:
            known.add(line.strip())
        elif words and not words[0].startswith("#") and any(map(_sets_merge_attribute, words[1:])):
            break
    return [line for line in MERGE_LINES if line not in known]


def _sets_merge_attribute(word: str) -> bool:
    name = word.lstrip("-!").partition("=")[0]
    return name in ("merge", "binary")


def _append_rows(text: str, rows: Sequence[str]) -> str:
    if rows and text and not text.endswith("\n"):
        text += "\n"
    return text + make_text_of_lines(rows)


def make_text_of_lines(lines: Sequence[str]) -> str:
    """Return the text of a file that has only these lines."""
    return "".join(f"{line}\n" for line in lines)


def read_attribute_file(path: Path, root: Path, lang: Lang) -> str:
    """Return the text of the file, '' without one; git follows no link there.

    Raises:
        WriteError: the path is a link, a folder or a pipe, or the file can't be read.
    """
    if not attribute_files.is_small_file_or_absent(path):
        raise attribute_files.make_irregular_file_error(path, root, lang)
    try:
        data = read_regular_file(path, _LARGEST + 1, os.O_NOFOLLOW)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise make_write_error(error, path, lang) from error
    if len(data) > _LARGEST:
        raise make_write_error(OSError(errno.EFBIG, os.strerror(errno.EFBIG)), path, lang)
    return data.decode("utf-8", "surrogateescape")
