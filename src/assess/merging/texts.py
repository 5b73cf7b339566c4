"""Merge three versions of a file: by meaning, or line by line where one of them can't be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from assess.engine.merge.trees import NewConflict, merge_trees
from assess.errors import FilesError
from assess.i18n import Lang, translator
from assess.model.formats import Format, lowest_sufficient_format_number, parse_format
from assess.problem import Problem, select_errors
from assess.store.file_limits import limits_of_path
from assess.store.yaml.merging.merge_file import UnwritableError, make_merged_text
from assess.store.yaml.merging.merge_rows import MergeSide, read_merge_side
from assess.store.yaml.reading.number_problems import newer_format_problem
from assess.store.yaml.reading.tree import pause_garbage_collector


class Versions(NamedTuple):
    """The bytes of the three versions; `base` is empty where both sides made the file."""

    base: bytes
    ours: bytes
    theirs: bytes


class MergeOutcome(NamedTuple):
    """The merged file, and what is still to be decided in it."""

    data: bytes
    clashes: tuple[NewConflict, ...] = ()
    by_lines: str = ""
    """Why the file was merged line by line, not by meaning; '' where it was not."""
    unsettled: bool = False
    """Whether a person must look: there is a conflict, or nobody can say that there is none."""


class _Side(NamedTuple):
    side: MergeSide | None
    problem: str


def merge_bytes_by_meaning_or_lines(versions: Versions, name: str, lang: Lang) -> MergeOutcome:
    """Merge a file; `name` is its path, for messages.

    Raises:
        FilesError: a newer program wrote one of the versions.
        EnvironmentLacksError: the file must be merged line by line, and git is not installed.
        GitError: git could not do it.
    """
    base, ours, theirs = versions
    if theirs in (ours, base):
        return MergeOutcome(ours)
    if base == ours:
        return MergeOutcome(theirs)
    with pause_garbage_collector():
        return _merge_by_meaning_or_lines(versions, name, lang)


def write_merged_file(path: Path, outcome: MergeOutcome, lang: Lang) -> None:
    """Write the merged file in one step.

    Raises:
        WriteError: it can't be written; nothing was changed.
    """
    from assess.store.files import write_atomic  # noqa: PLC0415  # not for the driver

    write_atomic(path, outcome.data, lang)


def _merge_by_meaning_or_lines(versions: Versions, name: str, lang: Lang) -> MergeOutcome:
    sides = [_read_side(data, name, lang) for data in versions]
    base, ours, theirs = (side.side for side in sides)
    highest = _highest_format(name, lang, base, ours, theirs)
    if base is None or ours is None or theirs is None or highest is None:
        _ = translator(lang)
        other = _("{file} is not the same kind of file on both sides").format(file=name)
        return _merge_by_lines_unsettled(
            versions, next((side.problem for side in sides if side.problem), other)
        )
    trees = (_replace_format(side.tree, highest) for side in (base, ours, theirs))
    tree, clashes = merge_trees(highest.kind, *trees)
    number = max(highest.number, lowest_sufficient_format_number(highest.kind, tree))
    tree["format"] = str(highest._replace(number=number))
    try:
        text = make_merged_text(base, ours, theirs, tree, limits_of_path(name).events)
    except UnwritableError:
        _ = translator(lang)
        reason = _("the changes can't be written into {file} without touching other lines")
        return _merge_by_lines_unsettled(versions, reason.format(file=name))
    return MergeOutcome(text.encode(), clashes, unsettled=bool(clashes))


def _read_side(data: bytes, name: str, lang: Lang) -> _Side:
    """Return a version, or what is wrong in it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _ = translator(lang)
        return _Side(None, str(Problem(name, "not-utf-8", _("this is not UTF-8"), line=1)))
    side, problems = read_merge_side(text, name, lang, limits_of_path(name).events)
    if isinstance(side.tree, dict):
        return _Side(side, "")
    wrong = select_errors(problems)
    return _Side(None, str(wrong[0]) if wrong else "")


def _highest_format(name: str, lang: Lang, *sides: MergeSide | None) -> Format | None:
    """Return the highest format of the versions; None where they are not of one kind.

    A base that is not there is of any kind.

    Raises:
        FilesError: this program does not know the number; lines of such a file have a meaning that
            it can't keep.
    """
    values = [side.tree.get("format") for side in sides if side is not None and side.tree]
    formats = [
        parsed_format for parsed_format in map(parse_format, values) if parsed_format is not None
    ]
    if len(formats) < len(values) or len({parsed_format.kind for parsed_format in formats}) != 1:
        return None
    highest = max(formats, key=lambda parsed_format: parsed_format.number)
    if highest.is_newer_than_program:
        _ = translator(lang)
        message = _("{file} can't be merged").format(file=name)
        problem = newer_format_problem(name, str(highest), lang)._replace(line=1, column=1)
        raise FilesError(message, [problem])
    return highest


def _replace_format(tree: dict[str, Any], highest: Format) -> dict[str, Any]:
    """Return a version as if it said the highest number: no side decides that for the other."""
    return {**tree, "format": str(highest)} if tree else tree


def _merge_by_lines_unsettled(versions: Versions, reason: str) -> MergeOutcome:
    """Merge as git does without a driver; a person looks at it either way."""
    from assess.store.git.sync.merge_lines import merge_lines_with_conflict_markers  # noqa: PLC0415  # needs git, only here

    return MergeOutcome(
        merge_lines_with_conflict_markers(*versions), by_lines=reason, unsettled=True
    )
