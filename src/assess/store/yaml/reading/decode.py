"""Decode the five formats of files into values of the model, with every problem and its position.

The fast path is one call of `msgspec.convert`, in C, on the plain tree. Only if that call refuses
the tree, or the tree has problems already, `walk_types` collects all problems and `positions` finds
their positions.
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
from assess.model.office import OfficeFile
from assess.model.outside_finding import FindingsFile
from assess.model.receipt import ReceiptsFile
from assess.model.thresholds import ThresholdsFile
from assess.problem import Problem, TreePath, select_errors, sort_problems
from assess.store.file_limits import limits_of_kind
from assess.store.yaml.reading.number_problems import (
    low_format_number_problem,
    newer_format_problem,
)
from assess.store.yaml.reading.positions import locate_problems
from assess.store.yaml.reading.scalars import convert_to_number
from assess.store.yaml.reading.tree import (
    CONFLICT,
    UNREADABLE,
    FirstLines,
    YamlTree,
    pause_garbage_collector,
    read_tree,
)

T_co = TypeVar("T_co", covariant=True)

TYPES: Final[dict[FileKind, type[msgspec.Struct]]] = {
    "checklist": Checklist,
    "sheet": Sheet,
    "config": Config,
    "register": Register,
    "findings": FindingsFile,
    "office": OfficeFile,
    "receipts": ReceiptsFile,
    "thresholds": ThresholdsFile,
}


class DecodedYaml(NamedTuple, Generic[T_co]):
    """The content of a file. `value` is None if `problems` has an error; warnings don't matter."""

    value: T_co | None
    problems: list[Problem]
    conflicts: tuple[Conflict, ...]
    lines: FirstLines
    tree: YamlTree


@overload
def decode_yaml(
    text: str, kind: Literal["checklist"], file: str, lang: Lang
) -> DecodedYaml[Checklist]: ...
@overload
def decode_yaml(text: str, kind: Literal["sheet"], file: str, lang: Lang) -> DecodedYaml[Sheet]: ...
@overload
def decode_yaml(
    text: str, kind: Literal["config"], file: str, lang: Lang
) -> DecodedYaml[Config]: ...
@overload
def decode_yaml(
    text: str, kind: Literal["register"], file: str, lang: Lang
) -> DecodedYaml[Register]: ...
@overload
def decode_yaml(
    text: str, kind: Literal["findings"], file: str, lang: Lang
) -> DecodedYaml[FindingsFile]: ...
@overload
def decode_yaml(
    text: str, kind: Literal["office"], file: str, lang: Lang
) -> DecodedYaml[OfficeFile]: ...
@overload
def decode_yaml(
    text: str, kind: Literal["receipts"], file: str, lang: Lang
) -> DecodedYaml[ReceiptsFile]: ...
@overload
def decode_yaml(text: str, kind: FileKind, file: str, lang: Lang) -> DecodedYaml[Any]: ...
def decode_yaml(text: str, kind: FileKind, file: str, lang: Lang) -> DecodedYaml[Any]:
    """Decode `text`; `file` is its name in problems. No text raises an error."""
    with pause_garbage_collector():
        tree = read_tree(text, file, lang, limits_of_kind(kind).events)
        if tree.value is UNREADABLE:
            return DecodedYaml(None, tree.problems, (), tree.lines, tree)
        value, type_problems = _read_typed_value(tree, kind, file, lang)
        conflicts, more = _read_conflicts(tree, file, lang)
    typed = [
        _add_quoting_hint(problem, text, lang)
        for problem in locate_problems(text, type_problems + more)
    ]
    problems = _drop_less_precise_problems(tree.problems, typed)
    return DecodedYaml(
        None if select_errors(problems) else value, problems, conflicts, tree.lines, tree
    )


def _read_typed_value(
    tree: YamlTree, kind: FileKind, file: str, lang: Lang
) -> tuple[Any, list[Problem]]:
    """Return the value and no problems, or None and all problems of the types."""
    file_format = _parse_format_field(tree.value, kind, file, lang)
    if isinstance(file_format, Problem):
        return None, [file_format]
    clean = not select_errors(tree.problems)
    value, problems = _convert_or_explain(tree.value, TYPES[kind], (), file, lang, clean=clean)
    low = low_format_number_problem(file, tree.value, file_format, lang)
    return value, [*problems, low] if low else problems


def _convert_or_explain(
    tree: Any, kind: Any, path: TreePath, file: str, lang: Lang, *, clean: bool = True
) -> tuple[Any, list[Problem]]:
    if clean:
        try:
            return _convert_to_type(tree, kind), []
        except msgspec.ValidationError as error:
            refusal = str(error)
    else:
        refusal = ""
    from assess.store.yaml.reading.type_check import find_type_problems  # noqa: PLC0415  # only for wrong files

    problems = find_type_problems(tree, kind, path, file, lang)
    if refusal and not problems:
        # not known to happen; a value that C refuses must not pass because the walker accepts it
        problems = [Problem(file, "invalid", refusal, path=path)]
    return None, problems


_FIRST: Final = threading.Lock()
_LEARNT: Final[set[Any]] = set()


def _convert_to_type(tree: Any, kind: Any) -> Any:
    """Return the converted value; the first conversion to a type is done by one thread at a time.

    msgspec prepares a type at the first conversion, and two threads that do so at once crash it
    (0.22.0, a segmentation fault).
    """
    if kind in _LEARNT:
        return msgspec.convert(tree, kind, dec_hook=convert_to_number)
    with _FIRST:
        value = msgspec.convert(tree, kind, dec_hook=convert_to_number)
        _LEARNT.add(kind)
        return value


def _parse_format_field(tree: Any, kind: FileKind, file: str, lang: Lang) -> Format | Problem:
    """Return the format, or the only problem of a file that is not of this kind."""
    _ = translator(lang)
    wanted = Format(kind, 1)
    hint = _("begin with: format: {wanted}").format(wanted=wanted)
    if not isinstance(tree, dict):
        message = _("the file must be a mapping: name: value")
        return Problem(file, "wrong-type", message, hint)
    format_text = tree.get("format")
    if format_text is UNREADABLE:
        return wanted
    if not isinstance(format_text, str):
        return Problem(file, "format-missing", _("the file does not say its format"), hint)
    file_format = parse_format(format_text)
    if file_format is None or file_format.kind != kind:
        message = _("{given} is not the format meant here").format(given=format_text)
        hint = _("format: {wanted}").format(wanted=wanted)
        return Problem(file, "format-other", message, hint, path=("format",))
    return (
        newer_format_problem(file, format_text, lang)
        if file_format.is_newer_than_program
        else file_format
    )


def _read_conflicts(
    tree: YamlTree, file: str, lang: Lang
) -> tuple[tuple[Conflict, ...], list[Problem]]:
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    for path, raw in tree.conflicts.items():
        rows, row_problems = _convert_or_explain(
            raw, tuple[ConflictRow, ...], (*path, CONFLICT), file, lang
        )
        problems += row_problems
        conflicts += [Conflict(path=path, row=row) for row in rows or ()]
    return tuple(conflicts), problems


_WORD = re.compile(r"[^\s,\[\]{}\"'#]+")


def _add_quoting_hint(problem: Problem, text: str, lang: Lang) -> Problem:
    """Return the problem with the value as the file has it in the hint: 010 is read as 10."""
    if problem.code != "quote-it":
        return problem
    row = text.split("\n", problem.line)[problem.line - 1]
    word = _WORD.match(row, problem.column - 1)
    hint = translator(lang)('put it in quotes: "{detail}"')
    return problem._replace(hint=hint.format(detail=word[0])) if word else problem


def _drop_less_precise_problems(scanned: list[Problem], typed: list[Problem]) -> list[Problem]:
    """Return all problems in order; of several at a position only the most precise ones.

    An error of the YAML rules is more precise than the error of the types that follows from it. An
    error of the types is more precise than a warning.
    """
    broken = {(problem.line, problem.column) for problem in select_errors(scanned)}
    typed = [problem for problem in typed if (problem.line, problem.column) not in broken]
    wrong = {(problem.line, problem.column) for problem in typed}
    remaining = [
        problem
        for problem in scanned
        if problem.severity == "error" or (problem.line, problem.column) not in wrong
    ]
    return sort_problems(remaining + typed)
