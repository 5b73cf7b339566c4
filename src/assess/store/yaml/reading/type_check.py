"""Say all that is wrong with a tree, by the types it should have.

`msgspec.convert` stops at the first error and speaks to programmers. This walker goes over the same
types, as `msgspec.inspect` shows them, and finds every error, in the words of whoever wrote the
file. It runs only on trees that were refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import inspect

from assess.errors import nearest
from assess.i18n import Lang, translator
from assess.model.base import Number
from assess.problem import Path, Problem
from assess.store.yaml.reading.problem_words import MOST_PROBLEMS, shorten
from assess.store.yaml.reading.scalars import NumberLimitError, core, number_hook
from assess.store.yaml.reading.tree import UNREADABLE
from assess.store.yaml.reading.type_words import FORM_CODES, form_words, pattern_hint, type_words

_FEW: Final = 12
"""So many known names are listed in a hint; of more, only the nearest."""


def problems_of(tree: Any, kind: Any, path: Path, file: str, lang: Lang) -> list[Problem]:
    """Return what in `tree` does not fit the type `kind`; `path` is where it stands.

    Of very many problems the first ones, and how many more there are.
    """
    walker = _Walker(file, lang)
    walker.walk(tree, _info(kind), path)
    return walker.all()


@cache
def _info(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


class _Walker:
    """Collects problems while it goes down tree and types side by side."""

    def __init__(self, file: str, lang: Lang) -> None:
        self.file = file
        self.lang = lang
        self.found: list[Problem] = []
        self._rest: list[Path] = []
        """Where problems are beyond those that anybody reads."""
        self._ = translator(lang)
        self._walkers: dict[type, Callable[[Any, Any, Path], None]] = {
            inspect.StructType: self._struct,
            inspect.UnionType: self._union,
            inspect.DictType: self._mapping,
            inspect.VarTupleType: self._list,
            inspect.StrType: self._text,
            inspect.LiteralType: self._literal,
            inspect.IntType: self._integer,
            inspect.CustomType: self._number,
            inspect.BoolType: self._boolean,
            inspect.DateType: self._date,
            inspect.DateTimeType: self._date,
            inspect.AnyType: _anything,
        }

    def all(self) -> list[Problem]:
        """Return what was found, and how much was left out."""
        if not self._rest:
            return self.found
        message = self._("{count} more problems from here on").format(count=len(self._rest))
        hint = self._("mend those above first")
        return [*self.found, Problem(self.file, "more-problems", message, hint, path=self._rest[0])]

    def walk(self, value: Any, info: inspect.Type, path: Path) -> None:
        """Check one value; what the reader could not read was reported already."""
        if value is not UNREADABLE:
            self._walkers[type(info)](value, info, path)

    def _add(self, code: str, path: Path, message: str, hint: str = "") -> None:
        if self._full:
            self._rest.append(path)
            return
        self.found.append(Problem(self.file, code, message, hint, path=path))

    @property
    def _full(self) -> bool:
        return len(self.found) >= MOST_PROBLEMS

    def _wrong_type(self, value: Any, wanted: str, path: Path, hint: str = "") -> None:
        message = self._("{wanted} is meant here, not {given}").format(
            wanted=type_words(wanted, self.lang), given=_given(value, self.lang)
        )
        self._add("wrong-type", path, message, hint)

    def _struct(self, value: Any, info: inspect.StructType, path: Path) -> None:
        if not isinstance(value, dict):
            self._wrong_type(value, "mapping", path)
            return
        before = len(self.found) + len(self._rest)
        fields = {field.encode_name: field for field in info.fields}
        for key, inner in value.items():
            if key in fields:
                self.walk(inner, fields[key].type, (*path, key))
            elif key != info.tag_field:
                self._unknown_field(key, fields, path)
        for name, field in fields.items():
            if field.required and name not in value:
                self._add("missing-field", path, self._("{name} is missing").format(name=name))
        if len(self.found) + len(self._rest) == before and hasattr(info.cls, "__post_init__"):
            self._form(value, info.cls, path)

    def _unknown_field(self, key: str, known: Sequence[str] | dict[str, Any], path: Path) -> None:
        message = self._("there is no field {name} here").format(name=shorten(key))
        self._add("unknown-field", (*path, key), message, self._near(key, list(known)))

    def _near(self, wanted: str, known: Sequence[str]) -> str:
        close = self._nearest(wanted, known)
        if close:
            return self._("did you mean {names}?").format(names=", ".join(close))
        if len(known) <= _FEW:
            return self._("known here: {names}").format(names=", ".join(known))
        return ""

    def _nearest(self, wanted: str, known: Sequence[str]) -> list[str]:
        """Return the nearest names; none for problems that are only counted: looking is slow."""
        return [] if self._full else nearest(wanted, known)

    def _form(self, value: Any, cls: type, path: Path) -> None:
        """Ask the type itself, which refuses some mappings whose fields are all right."""
        try:
            msgspec.convert(value, cls, dec_hook=number_hook)
        except msgspec.ValidationError as error:
            code = str(error).split(" ", 1)[0]
            if code in FORM_CODES:
                self._add(code, path, *form_words(code, self.lang))

    def _union(self, value: Any, info: inspect.UnionType, path: Path) -> None:
        members = [one for one in info.types if not isinstance(one, inspect.NoneType)]
        tagged = [one for one in members if isinstance(one, inspect.StructType) and one.tag_field]
        if tagged:
            self._tagged(value, tagged, path)
            return
        shape: tuple[type, ...] = (inspect.StrType, inspect.LiteralType)
        if isinstance(value, dict):
            shape = (inspect.StructType, inspect.DictType)
        elif isinstance(value, list):
            shape = (inspect.VarTupleType,)
        fitting = [one for one in members if isinstance(one, shape)]
        self.walk(value, (fitting or members)[-1], path)

    def _tagged(self, value: Any, members: Sequence[inspect.StructType], path: Path) -> None:
        if not isinstance(value, dict):
            self._wrong_type(value, "mapping", path)
            return
        name = str(members[0].tag_field)
        by_tag = {str(one.tag): one for one in members}
        given = value.get(name)
        if given is None:
            hint = self._("one of: {names}").format(names=", ".join(by_tag))
            self._add("missing-field", path, self._("{name} is missing").format(name=name), hint)
        elif isinstance(given, str) and given in by_tag:
            self._struct(value, by_tag[given], path)
        elif given is not UNREADABLE:
            self._unknown_value(given, list(by_tag), (*path, name))

    def _mapping(self, value: Any, info: inspect.DictType, path: Path) -> None:
        if not isinstance(value, dict):
            self._wrong_type(value, "mapping", path)
            return
        for key, inner in value.items():
            self._check_text(key, info.key_type, (*path, key), "key-form")
            self.walk(inner, info.value_type, (*path, key))

    def _list(self, value: Any, info: inspect.VarTupleType, path: Path) -> None:
        if not isinstance(value, list):
            self._wrong_type(value, "list", path)
            return
        for index, inner in enumerate(value):
            self.walk(inner, info.item_type, (*path, index))
        least, most = info.min_length or 0, info.max_length
        if len(value) < least:
            message = self._("too few entries: at least {count}").format(count=least)
            self._add("too-few", path, message)
        if most is not None and len(value) > most:
            message = self._("too many entries: at most {count}").format(count=most)
            self._add("too-many", path, message)

    def _text(self, value: Any, info: inspect.StrType, path: Path) -> None:
        if isinstance(value, str):
            self._check_text(value, info, path, "text-form")
        elif isinstance(value, (dict, list)):
            self._wrong_type(value, "text", path)
        else:
            message = self._("text is meant here, and without quotes this is {given}").format(
                given=_given(value, self.lang)
            )
            self._add("quote-it", path, message, self._("put it in quotes"))

    def _check_text(self, value: str, info: Any, path: Path, code: str) -> None:
        if getattr(info, "pattern", None) and not re.search(info.pattern, value):
            message = self._("{value} can't stand here").format(value=shorten(value) or '""')
            self._add(code, path, message, pattern_hint(info.pattern, self.lang))
        if getattr(info, "min_length", None) and len(value) < info.min_length:
            self._add("too-short", path, self._("a text is missing here"))
        if getattr(info, "max_length", None) and len(value) > info.max_length:
            message = self._("longer than {count} characters").format(count=info.max_length)
            self._add("too-long", path, message)

    def _literal(self, value: Any, info: inspect.LiteralType, path: Path) -> None:
        if value not in info.values:
            self._unknown_value(value, [str(one) for one in info.values], path)

    def _unknown_value(self, value: Any, known: Sequence[str], path: Path) -> None:
        if isinstance(value, (dict, list)):
            self._wrong_type(value, "text", path)
            return
        shown = value if isinstance(value, str) else _as_written(value)
        message = self._("{value} is not known here").format(value=shorten(shown) or '""')
        close = self._nearest(shown, known)
        hint = self._("one of: {names}").format(names=", ".join(known))
        if close:
            hint = self._("did you mean {names}?").format(names=close[0]) + " " + hint
        self._add("unknown-value", path, message, hint)

    def _integer(self, value: Any, info: inspect.IntType, path: Path) -> None:
        if type(value) is not int:
            self._wrong_type(value, "integer", path, self._unquote(value, int))
        elif (info.ge is not None and value < info.ge) or (info.le is not None and value > info.le):
            message = self._("{value} is out of range").format(value=value)
            self._add("out-of-range", path, message, self._range(info.ge, info.le))

    def _range(self, least: float | None, most: float | None) -> str:
        if most is None:
            return self._("at least {least}").format(least=least)
        return self._("from {least} to {most}").format(least=least, most=most)

    def _number(self, value: Any, _info: inspect.CustomType, path: Path) -> None:
        if type(value) not in (int, Number):
            self._wrong_type(value, "number", path, self._unquote(value, int, Number))

    def _boolean(self, value: Any, _info: inspect.BoolType, path: Path) -> None:
        if type(value) is not bool:
            hint = self._unquote(value, bool) or self._("write true or false")
            self._wrong_type(value, "boolean", path, hint)

    def _unquote(self, value: Any, *kinds: type) -> str:
        """Return a hint where only the quotes are wrong."""
        try:
            fits = isinstance(value, str) and type(core(value)) in kinds
        except NumberLimitError:
            fits = False
        return self._("without quotes: {value}").format(value=value) if fits else ""

    def _date(self, value: Any, info: inspect.Type, path: Path) -> None:
        is_date = isinstance(info, inspect.DateType)
        if not isinstance(value, str):
            self._wrong_type(value, "date" if is_date else "time", path)
            return
        try:
            msgspec.convert(value, date if is_date else datetime)
        except msgspec.ValidationError:
            code = "bad-date" if is_date else "bad-time"
            message = (
                self._("{value} is not a date that exists")
                if is_date
                else self._("{value} is not a point in time")
            )
            example = '"2026-05-12"' if is_date else '"2026-05-12T09:30:00+08:00"'
            hint = self._("like {example}").format(example=example)
            self._add(code, path, message.format(value=shorten(value) or '""'), hint)


def _anything(_value: Any, _info: inspect.Type, _path: Path) -> None:
    """Take any value; the engine checks it by its item or fact."""


def _as_written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _given(value: Any, lang: Lang) -> str:
    """Return what a value of the tree is, in words."""
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
    return type_words(kind, lang)
