"""Checks of one answer's value against its item: everything that is wrong with it, at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from assess.engine.fingerprint import decimal_text
from assess.engine.kinds.reading import counts_of, date_of, number_of, text_of
from assess.engine.kinds.value_rules import FORMS, PATTERN_NAMES, VALUE_RULES
from assess.engine.rulebook import said
from assess.errors import nearest
from assess.i18n import Lang, translator
from assess.model.item import (
    Choice,
    Choices,
    Column,
    DateItem,
    Item,
    Ladder,
    NumberItem,
    Ratio,
    Table,
    TextItem,
    kind_of,
)
from assess.problem import Path

_PATTERNS = {
    "phone": r"[+(]?[0-9][0-9 ()-]{1,28}[0-9]",
    "email": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
    "url": r"https?://[^\s/?#]+\S*",
    "ipv4": r"((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])",
    # GB 32100-2015: 18 capitals and digits without I, O, S, V, Z. Only the form is looked at.
    "uscc": r"[0-9A-HJ-NP-RT-UW-Y]{18}",
    "postcode": r"[0-9]{6}",
}


class ValueProblem(NamedTuple):
    """One thing wrong with a value; `path` leads into the value, the texts are ready to show."""

    code: str
    message: str
    hint: str = ""
    path: Path = ()


class _Fault(NamedTuple):
    """A problem before it is put into words."""

    code: str
    words: Mapping[str, Any]
    path: Path = ()
    near: tuple[str, ...] = ()


_Faults = Iterator[_Fault]


def check_value(item: Item, raw: Any, today: date, lang: Lang) -> tuple[ValueProblem, ...]:
    """Return all that is wrong with a value as the answer to an item; empty where it is fine."""
    found = []
    for fault in _faults(item, raw, today, lang):
        message, hint = said(VALUE_RULES[fault.code], lang, fault.words, fault.near)
        found.append(ValueProblem(fault.code, message, hint, fault.path))
    return tuple(found)


def _faults(item: Item, raw: Any, today: date, lang: Lang) -> _Faults:
    if isinstance(item, DateItem):
        return _date(item, raw, today, lang)
    check: Callable[[Any, Any, Lang], _Faults] | None = _CHECKS.get(type(item))
    if check is None:
        return iter((_Fault("value-for-status", {}),))
    return check(item, raw, lang)


def _form(kind: str, lang: Lang) -> str:
    return translator(lang)(FORMS[kind]).format()


def _bad_form(item: Item, lang: Lang, path: Path = ()) -> _Fault:
    return _Fault("value-form", {"form": _form(kind_of(item), lang)}, path)


def _rung(item: Ladder, raw: Any, _lang: Lang) -> _Faults:
    known = [rung.id for rung in item.rungs]
    if raw not in known:
        words = {"given": raw, "known": ", ".join(known)}
        yield _Fault("rung-unknown", words, near=tuple(nearest(str(raw), known)))


def _ratio(item: Ratio, raw: Any, lang: Lang) -> _Faults:
    counts = counts_of(raw)
    if counts is None:
        yield _bad_form(item, lang)
        return
    words = counts._asdict()
    if min(counts) < 0:
        yield _Fault("ratio-negative", words)
    elif counts.whole == 0:
        yield _Fault("ratio-whole-zero", words, ("whole",))
    elif counts.part > counts.whole:
        yield _Fault("ratio-part-over-whole", words, ("part",))


def _number(item: NumberItem, raw: Any, lang: Lang) -> _Faults:
    number = number_of(raw)
    if number is None:
        yield _bad_form(item, lang)
        return
    spec = item.number
    yield from _limits(number, spec.min, spec.max, ())
    places = decimal_text(number).partition(".")[2]
    if len(places) > spec.decimals:
        words = {"given": decimal_text(number), "limit": spec.decimals}
        yield _Fault("number-decimals", words)


def _limits(number: Decimal, least: Decimal | None, most: Decimal | None, path: Path) -> _Faults:
    given = decimal_text(number)
    if least is not None and number < least:
        yield _Fault("number-below", {"given": given, "limit": decimal_text(least)}, path)
    if most is not None and number > most:
        yield _Fault("number-above", {"given": given, "limit": decimal_text(most)}, path)


def _choice(item: Choice | Choices, raw: Any, lang: Lang) -> _Faults:
    if isinstance(item, Choice):
        yield from _tick(item, raw, (), lang)
        return
    if not isinstance(raw, list | tuple) or not raw:
        yield _bad_form(item, lang)
        return
    exclusive = {option.id for option in item.options if option.exclusive}
    seen: list[Any] = []
    for index, tick in enumerate(raw):
        yield from _tick(item, tick, (index,), lang)
        if tick in seen:
            yield _Fault("option-twice", {"given": tick}, (index,))
        elif isinstance(tick, str) and tick in exclusive and len(raw) > 1:
            yield _Fault("option-exclusive", {"given": tick}, (index,))
        seen.append(tick)


def _tick(item: Choice | Choices, tick: Any, path: Path, lang: Lang) -> _Faults:
    known = [option.id for option in item.options]
    listed = ", ".join(known)
    if isinstance(tick, str):
        if tick not in known:
            near = tuple(nearest(tick, known))
            yield _Fault("option-unknown", {"given": tick, "known": listed}, path, near)
    elif not isinstance(tick, Mapping) or set(tick) != {"other"} or not text_of(tick["other"]):
        yield _bad_form(item, lang, path)
    elif item.other is None:
        yield _Fault("other-not-allowed", {"known": listed}, path)


def _date(item: DateItem, raw: Any, today: date, lang: Lang) -> _Faults:
    found = date_of(raw)
    if found is None:
        yield _bad_form(item, lang)
    elif item.date.earliest is not None and found < item.date.earliest:
        yield _Fault("date-early", {"given": found, "limit": item.date.earliest})
    elif not item.date.future and found > today:
        yield _Fault("date-future", {"given": found, "limit": today})


def _text(item: TextItem, raw: Any, lang: Lang) -> _Faults:
    text = text_of(raw)
    if text is None:
        yield _bad_form(item, lang)
        return
    most, pattern = item.text.max_length, item.text.pattern
    if most is not None and len(text) > most:
        yield _Fault("text-long", {"given": len(text), "limit": most})
    if pattern is not None and not re.fullmatch(_PATTERNS[pattern], text):
        name = translator(lang)(PATTERN_NAMES[pattern])
        yield _Fault("text-pattern", {"given": text, "pattern": name})


def _table(item: Table, raw: Any, lang: Lang) -> _Faults:
    if not isinstance(raw, list | tuple):
        yield _bad_form(item, lang)
        return
    if len(raw) < item.rows.min:
        yield _Fault("rows-few", {"given": len(raw), "limit": item.rows.min})
    if len(raw) > item.rows.max:
        yield _Fault("rows-many", {"given": len(raw), "limit": item.rows.max})
    for index, row in enumerate(raw):
        if isinstance(row, Mapping):
            yield from _row(item, row, index, lang)
        else:
            yield _bad_form(item, lang, (index,))


def _row(item: Table, row: Mapping[str, Any], index: int, lang: Lang) -> _Faults:
    known = [column.id for column in item.columns]
    for name in row:
        if name not in known:
            words = {"given": name, "known": ", ".join(known)}
            yield _Fault("column-unknown", words, (index, name), tuple(nearest(name, known)))
    for column in item.columns:
        if column.id in row:
            yield from _cell(column, row[column.id], (index, column.id), lang)
        elif column.required:
            yield _Fault("cell-missing", {"column": column.id}, (index,))


def _cell(column: Column, raw: Any, path: Path, lang: Lang) -> _Faults:
    if not _FITS[column.type](column, raw):
        form = (
            ", ".join(option.id for option in column.options)
            if column.type == "choice"
            else _form(column.type, lang)
        )
        yield _Fault("cell-type", {"column": column.id, "given": raw, "form": form}, path)
        return
    number = number_of(raw)
    if number is not None:
        yield from _limits(number, column.min, column.max, path)


_FITS: dict[str, Callable[[Column, Any], bool]] = {
    "text": lambda _, raw: text_of(raw) is not None,
    "integer": lambda _, raw: type(raw) is int and number_of(raw) is not None,
    "number": lambda _, raw: number_of(raw) is not None,
    "boolean": lambda _, raw: isinstance(raw, bool),
    "date": lambda _, raw: date_of(raw) is not None,
    "choice": lambda column, raw: raw in [option.id for option in column.options],
}

_CHECKS: dict[type[Item], Callable[[Any, Any, Lang], _Faults]] = {
    Ladder: _rung,
    Ratio: _ratio,
    NumberItem: _number,
    Choice: _choice,
    Choices: _choice,
    TextItem: _text,
    Table: _table,
}
