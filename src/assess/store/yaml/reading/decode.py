"""Decode the four kinds of file into values of the model, with every problem and its position.

The fast path is one `msgspec.convert` in C over the plain tree. Only where that refuses, or the
tree has problems already, a walker over the same types collects what is wrong (walk_types),
and positions are looked up (positions).
"""

from __future__ import annotations

import re
import threading
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, overload

import msgspec

from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict, ConflictRow
from assess.model.evidence import Register
from assess.model.formats import FileKind, Format, parse_format
from assess.problem import Path, Problem, errors, in_order
from assess.store.yaml.reading.number_problems import low_number_problem, newer_problem
from assess.store.yaml.reading.positions import locate
from assess.store.yaml.reading.scalars import number_hook
from assess.store.yaml.reading.tree import (
    CONFLICT,
    UNREADABLE,
    Lines,
    Tree,
    collector_paused,
    read_tree,
)

T_co = TypeVar("T_co", covariant=True)

TYPES: Final[dict[FileKind, type[msgspec.Struct]]] = {
    "checklist": Checklist,
    "sheet": Sheet,
    "config": Config,
    "register": Register,
}


class Loaded(NamedTuple, Generic[T_co]):
    """What a file says. `value` is None where `problems` holds an error; warnings leave it be."""

    value: T_co | None
    problems: list[Problem]
    conflicts: tuple[Conflict, ...]
    lines: Lines
    tree: Tree


@overload
def decode(text: str, kind: Literal["checklist"], file: str, lang: Lang) -> Loaded[Checklist]: ...
@overload
def decode(text: str, kind: Literal["sheet"], file: str, lang: Lang) -> Loaded[Sheet]: ...
@overload
def decode(text: str, kind: Literal["config"], file: str, lang: Lang) -> Loaded[Config]: ...
@overload
def decode(text: str, kind: Literal["register"], file: str, lang: Lang) -> Loaded[Register]: ...
@overload
def decode(text: str, kind: FileKind, file: str, lang: Lang) -> Loaded[Any]: ...
def decode(text: str, kind: FileKind, file: str, lang: Lang) -> Loaded[Any]:
    """Decode `text`; `file` is its name in problems. Never raises for what the text says."""
    with collector_paused():
        tree = read_tree(text, file, lang)
        if tree.value is UNREADABLE:
            return Loaded(None, tree.problems, (), tree.lines, tree)
        value, found = _value(tree, kind, file, lang)
        conflicts, more = _conflicts(tree, file, lang)
    typed = [_with_words(one, text, lang) for one in locate(text, found + more)]
    problems = _without_echoes(tree.problems, typed)
    return Loaded(None if errors(problems) else value, problems, conflicts, tree.lines, tree)


def _value(tree: Tree, kind: FileKind, file: str, lang: Lang) -> tuple[Any, list[Problem]]:
    """Return the value, or all that the types refuse in the tree."""
    said = _format_of(tree.value, kind, file, lang)
    if isinstance(said, Problem):
        return None, [said]
    clean = not errors(tree.problems)
    value, found = _typed(tree.value, TYPES[kind], (), file, lang, clean=clean)
    low = low_number_problem(file, tree.value, said, lang)
    return value, [*found, low] if low else found


def _typed(
    tree: Any, kind: Any, path: Path, file: str, lang: Lang, *, clean: bool = True
) -> tuple[Any, list[Problem]]:
    if clean:
        try:
            return _converted(tree, kind), []
        except msgspec.ValidationError as error:
            refusal = str(error)
    else:
        refusal = ""
    from assess.store.yaml.reading.type_check import problems_of  # noqa: PLC0415  # only for wrong files

    found = problems_of(tree, kind, path, file, lang)
    if refusal and not found:
        # never seen; a value that C refuses must not pass because the walker takes it
        found = [Problem(file, "invalid", refusal, path=path)]
    return None, found


_FIRST: Final = threading.Lock()
_LEARNT: Final[set[Any]] = set()


def _converted(tree: Any, kind: Any) -> Any:
    """Return the value; one thread at a time until a type is known.

    msgspec learns a type when it first converts to it, and crashes where two threads do so at once
    (0.22.0, a segmentation fault).
    """
    if kind in _LEARNT:
        return msgspec.convert(tree, kind, dec_hook=number_hook)
    with _FIRST:
        value = msgspec.convert(tree, kind, dec_hook=number_hook)
        _LEARNT.add(kind)
        return value


def _format_of(tree: Any, kind: FileKind, file: str, lang: Lang) -> Format | Problem:
    """Return the format, or why the file is not of this kind; nothing else is said of it then."""
    _ = translator(lang)
    wanted = Format(kind, 1)
    hint = _("begin with: format: {wanted}").format(wanted=wanted)
    if not isinstance(tree, dict):
        message = _("the file must be a mapping: name: value")
        return Problem(file, "wrong-type", message, hint)
    given = tree.get("format")
    if given is UNREADABLE:
        return wanted
    if not isinstance(given, str):
        return Problem(file, "format-missing", _("the file does not say its format"), hint)
    said = parse_format(given)
    if said is None or said.kind != kind:
        message = _("{given} is not the format meant here").format(given=given)
        hint = _("format: {wanted}").format(wanted=wanted)
        return Problem(file, "format-other", message, hint, path=("format",))
    return newer_problem(file, given, lang) if said.is_newer else said


def _conflicts(tree: Tree, file: str, lang: Lang) -> tuple[tuple[Conflict, ...], list[Problem]]:
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    for path, raw in tree.conflicts.items():
        rows, found = _typed(raw, tuple[ConflictRow, ...], (*path, CONFLICT), file, lang)
        problems += found
        conflicts += [Conflict(path=path, row=row) for row in rows or ()]
    return tuple(conflicts), problems


_WORD = re.compile(r"[^\s,\[\]{}\"'#]+")


def _with_words(problem: Problem, text: str, lang: Lang) -> Problem:
    """Show what must be quoted as the file has it: 010 is read as 10."""
    if problem.code != "quote-it":
        return problem
    row = text.split("\n", problem.line)[problem.line - 1]
    word = _WORD.match(row, problem.column - 1)
    hint = translator(lang)('put it in quotes: "{detail}"')
    return problem._replace(hint=hint.format(detail=word[0])) if word else problem


def _without_echoes(scanned: list[Problem], typed: list[Problem]) -> list[Problem]:
    """Return all problems in order, of one place only those that say most.

    An error of the YAML rules says more than what the types make of it, an error of the types more
    than a warning.
    """
    broken = {(one.line, one.column) for one in errors(scanned)}
    typed = [one for one in typed if (one.line, one.column) not in broken]
    wrong = {(one.line, one.column) for one in typed}
    kept = [
        one for one in scanned if one.severity == "error" or (one.line, one.column) not in wrong
    ]
    return in_order(kept + typed)
