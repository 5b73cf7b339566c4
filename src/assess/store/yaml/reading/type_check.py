"""Find every problem of a tree that does not fit its type.

`msgspec.convert` stops at the first error, and its messages are for programmers. This walker visits
the same types through `msgspec.inspect`, finds every error and words it for the author of the file.
It runs only on trees that `msgspec.convert` refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Sized
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import inspect

from assess.errors import find_nearest_names
from assess.i18n import LANGS, Lang, translator
from assess.model.base import Number
from assess.problem import Problem, TreePath
from assess.store.yaml.reading.problem_words import MOST_PROBLEMS, shorten_text
from assess.store.yaml.reading.scalars import (
    NumberLimitError,
    convert_to_number,
    parse_plain_scalar,
)
from assess.store.yaml.reading.tree import UNREADABLE
from assess.store.yaml.reading.type_words import (
    FORM_CODES,
    hint_for_pattern,
    message_and_hint_of_form_code,
    translate_type_name,
)

_FEW: Final = 13
"""Up to this number a hint lists all known names; of more names it lists only the nearest."""


def find_type_problems(
    tree: Any, kind: Any, path: TreePath, file: str, lang: Lang
) -> list[Problem]:
    """Return a problem for each part of `tree` that does not fit the type `kind`.

    `path` is the path of `tree` in its file. Beyond a limit only the number of problems is told.
    """
    walker = _TypeChecker(file, lang)
    walker.check_value(tree, _type_info(kind), path)
    return walker.all_problems()


@cache
def _type_info(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


class _TypeChecker:
    """Visits a tree together with its types and collects problems."""

    def __init__(self, file: str, lang: Lang) -> None:
        self.file = file
        self.lang = lang
        self.problems: list[Problem] = []
        self._rest: list[TreePath] = []
        """The paths of the problems beyond the limit."""
        self._ = translator(lang)
        self._walkers: dict[type, Callable[[Any, Any, TreePath], None]] = {
            inspect.StructType: self._check_struct,
            inspect.UnionType: self._check_union,
            inspect.DictType: self._check_mapping,
            inspect.VarTupleType: self._check_list,
            inspect.StrType: self._check_string,
            inspect.LiteralType: self._check_literal,
            inspect.IntType: self._check_integer,
            inspect.CustomType: self._check_number,
            inspect.BoolType: self._check_boolean,
            inspect.DateType: self._check_date,
            inspect.DateTimeType: self._check_date,
            inspect.AnyType: _accept_any,
        }

    def all_problems(self) -> list[Problem]:
        """Return the problems, the last one with the number of those beyond the limit."""
        if not self._rest:
            return self.problems
        message = self._("{count} more problems from here on").format(count=len(self._rest))
        hint = self._("mend those above first")
        return [
            *self.problems,
            Problem(self.file, "more-problems", message, hint, path=self._rest[0]),
        ]

    def check_value(self, value: Any, info: inspect.Type, path: TreePath) -> None:
        """Check a value, unless it is UNREADABLE, which was reported already."""
        if value is not UNREADABLE:
            self._walkers[type(info)](value, info, path)

    def _add_problem(self, code: str, path: TreePath, message: str, hint: str = "") -> None:
        if self._is_full:
            self._rest.append(path)
            return
        self.problems.append(Problem(self.file, code, message, hint, path=path))

    @property
    def _is_full(self) -> bool:
        return len(self.problems) >= MOST_PROBLEMS

    def _add_wrong_type(self, value: Any, wanted: str, path: TreePath, hint: str = "") -> None:
        message = self._("{wanted} is meant here, not {given}").format(
            wanted=translate_type_name(wanted, self.lang),
            given=_type_word_of_value(value, self.lang),
        )
        self._add_problem("wrong-type", path, message, hint)

    def _check_struct(self, value: Any, info: inspect.StructType, path: TreePath) -> None:
        if not isinstance(value, dict):
            self._add_wrong_type(value, "mapping", path)
            return
        before = len(self.problems) + len(self._rest)
        fields = {field.encode_name: field for field in info.fields}
        for key, inner in value.items():
            if key in fields:
                self.check_value(inner, fields[key].type, (*path, key))
            elif key != info.tag_field:
                self._add_unknown_field(key, inner, fields, path)
        for name, field in fields.items():
            if field.required and name not in value:
                self._add_problem(
                    "missing-field", path, self._("{name} is missing").format(name=name)
                )
        if len(self.problems) + len(self._rest) == before and hasattr(info.cls, "__post_init__"):
            self._check_by_conversion(value, info.cls, path)

    def _add_unknown_field(
        self, key: str, value: Any, known: Sequence[str] | dict[str, Any], path: TreePath
    ) -> None:
        message = self._("there is no field {name} here").format(name=shorten_text(key))
        is_rest_of_text = value is UNREADABLE and set(known) == set(LANGS)
        if " " in key.strip() or is_rest_of_text:
            hint = self._("a comma ends a text within braces: put the whole text into quotes")
        else:
            hint = self._nearest_names_hint(key, list(known))
        self._add_problem("unknown-field", (*path, key), message, hint)

    def _nearest_names_hint(self, unknown_name: str, known: Sequence[str]) -> str:
        close = self._nearest_names(unknown_name, known)
        if close:
            return self._("did you mean {names}?").format(names=", ".join(close))
        if len(known) <= _FEW:
            return self._("known here: {names}").format(names=", ".join(known))
        return ""

    def _nearest_names(self, unknown_name: str, known: Sequence[str]) -> list[str]:
        """Return the nearest names; none beyond the limit of problems: the search is slow."""
        return [] if self._is_full else find_nearest_names(unknown_name, known)

    def _check_by_conversion(self, value: Any, cls: type, path: TreePath) -> None:
        """Convert to the type itself, which refuses some mappings of valid fields."""
        try:
            msgspec.convert(value, cls, dec_hook=convert_to_number)
        except msgspec.ValidationError as error:
            code = str(error).split(" ", 1)[0]
            if code in FORM_CODES:
                self._add_problem(code, path, *message_and_hint_of_form_code(code, self.lang))

    def _check_union(self, value: Any, info: inspect.UnionType, path: TreePath) -> None:
        members = [member for member in info.types if not isinstance(member, inspect.NoneType)]
        tagged = [
            member
            for member in members
            if isinstance(member, inspect.StructType) and member.tag_field
        ]
        if tagged:
            self._check_tagged(value, tagged, path)
            return
        shape: tuple[type, ...] = (inspect.StrType, inspect.LiteralType)
        if isinstance(value, dict):
            shape = (inspect.StructType, inspect.DictType)
        elif isinstance(value, list):
            shape = (inspect.VarTupleType,)
        fitting = [member for member in members if isinstance(member, shape)]
        self.check_value(value, (fitting or members)[-1], path)

    def _check_tagged(
        self, value: Any, members: Sequence[inspect.StructType], path: TreePath
    ) -> None:
        if not isinstance(value, dict):
            self._add_wrong_type(value, "mapping", path)
            return
        name = str(members[0].tag_field)
        by_tag = {str(member.tag): member for member in members}
        tag = value.get(name)
        if tag is None:
            hint = self._("one of: {names}").format(names=", ".join(by_tag))
            self._add_problem(
                "missing-field", path, self._("{name} is missing").format(name=name), hint
            )
        elif isinstance(tag, str) and tag in by_tag:
            self._check_struct(value, by_tag[tag], path)
        elif tag is not UNREADABLE:
            self._add_unknown_value(tag, list(by_tag), (*path, name))

    def _check_mapping(self, value: Any, info: inspect.DictType, path: TreePath) -> None:
        if not isinstance(value, dict):
            self._add_wrong_type(value, "mapping", path)
            return
        for key, inner in value.items():
            self._check_text(key, info.key_type, (*path, key), "key-form")
            self.check_value(inner, info.value_type, (*path, key))
        self._check_count(value, info, path)

    def _check_list(self, value: Any, info: inspect.VarTupleType, path: TreePath) -> None:
        if not isinstance(value, list):
            self._add_wrong_type(value, "list", path)
            return
        for index, inner in enumerate(value):
            self.check_value(inner, info.item_type, (*path, index))
        self._check_count(value, info, path)

    def _check_count(
        self, value: Sized, info: inspect.VarTupleType | inspect.DictType, path: TreePath
    ) -> None:
        least, most = info.min_length or 0, info.max_length
        if len(value) < least:
            message = self._("too few entries: at least {count}").format(count=least)
            self._add_problem("too-few", path, message)
        if most is not None and len(value) > most:
            message = self._("too many entries: at most {count}").format(count=most)
            self._add_problem("too-many", path, message)

    def _check_string(self, value: Any, info: inspect.StrType, path: TreePath) -> None:
        if isinstance(value, str):
            self._check_text(value, info, path, "text-form")
        elif isinstance(value, (dict, list)):
            self._add_wrong_type(value, "text", path)
        else:
            message = self._("text is meant here, and without quotes this is {given}").format(
                given=_type_word_of_value(value, self.lang)
            )
            self._add_problem("quote-it", path, message, self._("put it in quotes"))

    def _check_text(self, value: str, info: Any, path: TreePath, code: str) -> None:
        if getattr(info, "pattern", None) and not re.search(info.pattern, value):
            message = self._("{value} can't stand here").format(value=shorten_text(value) or '""')
            self._add_problem(code, path, message, hint_for_pattern(info.pattern, self.lang))
        if getattr(info, "min_length", None) and len(value) < info.min_length:
            self._add_problem("too-short", path, self._("a text is missing here"))
        if getattr(info, "max_length", None) and len(value) > info.max_length:
            message = self._("longer than {count} characters").format(count=info.max_length)
            self._add_problem("too-long", path, message)

    def _check_literal(self, value: Any, info: inspect.LiteralType, path: TreePath) -> None:
        if value not in info.values:
            self._add_unknown_value(value, [str(known_value) for known_value in info.values], path)

    def _add_unknown_value(self, value: Any, known: Sequence[str], path: TreePath) -> None:
        if isinstance(value, (dict, list)):
            self._add_wrong_type(value, "text", path)
            return
        shown = value if isinstance(value, str) else _text_as_in_yaml(value)
        message = self._("{value} is not known here").format(value=shorten_text(shown) or '""')
        close = self._nearest_names(shown, known)
        hint = self._("one of: {names}").format(names=", ".join(known))
        if close:
            hint = self._("did you mean {names}?").format(names=close[0]) + " " + hint
        self._add_problem("unknown-value", path, message, hint)

    def _check_integer(self, value: Any, info: inspect.IntType, path: TreePath) -> None:
        if type(value) is not int:
            self._add_wrong_type(value, "integer", path, self._unquote_hint(value, int))
        elif (info.ge is not None and value < info.ge) or (info.le is not None and value > info.le):
            message = self._("{value} is out of range").format(value=value)
            self._add_problem("out-of-range", path, message, self._range_hint(info.ge, info.le))

    def _range_hint(self, least: float | None, most: float | None) -> str:
        if most is None:
            return self._("at least {least}").format(least=least)
        return self._("from {least} to {most}").format(least=least, most=most)

    def _check_number(self, value: Any, _info: inspect.CustomType, path: TreePath) -> None:
        if type(value) not in (int, Number):
            self._add_wrong_type(value, "number", path, self._unquote_hint(value, int, Number))

    def _check_boolean(self, value: Any, _info: inspect.BoolType, path: TreePath) -> None:
        if type(value) is not bool:
            hint = self._unquote_hint(value, bool) or self._("write true or false")
            self._add_wrong_type(value, "boolean", path, hint)

    def _unquote_hint(self, value: Any, *kinds: type) -> str:
        """Return a hint if the value is right without its quotes, else ''."""
        try:
            fits = isinstance(value, str) and type(parse_plain_scalar(value)) in kinds
        except NumberLimitError:
            fits = False
        return self._("without quotes: {value}").format(value=value) if fits else ""

    def _check_date(self, value: Any, info: inspect.Type, path: TreePath) -> None:
        is_iso_date = isinstance(info, inspect.DateType)
        if not isinstance(value, str):
            self._add_wrong_type(value, "date" if is_iso_date else "time", path)
            return
        try:
            msgspec.convert(value, date if is_iso_date else datetime)
        except msgspec.ValidationError:
            code = "bad-date" if is_iso_date else "bad-time"
            message = (
                self._("{value} is not a date that exists")
                if is_iso_date
                else self._("{value} is not a point in time")
            )
            example = '"2026-05-12"' if is_iso_date else '"2026-05-12T09:30:00+08:00"'
            hint = self._("like {example}").format(example=example)
            self._add_problem(code, path, message.format(value=shorten_text(value) or '""'), hint)


def _accept_any(_value: Any, _info: inspect.Type, _path: TreePath) -> None:
    """Accept any value; the engine checks it by its item or fact."""


def _text_as_in_yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type_word_of_value(value: Any, lang: Lang) -> str:
    """Return the word for the type of a value of the tree."""
    if isinstance(value, bool):
        kind = "boolean"
    elif isinstance(value, Number):
        kind = "decimal"
    elif isinstance(value, int):
        kind = "number"
    elif isinstance(value, str):
        kind = "text"
    else:
        kind = "list" if isinstance(value, list) else "mapping"
    return translate_type_name(kind, lang)
