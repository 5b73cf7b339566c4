"""The parts of an answer, for forms that ask for them in fields, ticks and rows of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.engine.kinds.choice import read_choice
from assess.engine.kinds.choices import read_choices
from assess.engine.kinds.reading import read_share
from assess.engine.kinds.table import cell_text
from assess.engine.kinds.wording import plain
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Choice, Choices, Item, Ladder, NumberItem, Ratio, Table, kind_of
from assess.report.content.view.model import OptionView


def parts(item: Item, answer: Answer, lang: Lang) -> dict[str, Any]:
    """Return the fields of an ItemView that hold an answer in parts; by kind of item.

    Options are there whether anything is ticked or not; all else only where it was answered.
    """
    return {"kind": kind_of(item), **_parts(item, answer.value, lang)}


def _parts(item: Item, raw: Any, lang: Lang) -> dict[str, Any]:
    if isinstance(item, Choice | Choices):
        return {"options": _ticks(item, raw, lang)}
    if isinstance(item, Ladder):
        return {"options": tuple(_option(pick(o.text, lang), o.id == raw) for o in item.rungs)}
    if isinstance(item, Table):
        return {
            "columns": tuple(pick(column.title, lang) for column in item.columns),
            "rows": tuple(_cells(item, row, lang) for row in _rows(raw)),
        }
    if isinstance(item, NumberItem):
        return {"unit": pick(item.number.unit, lang), "value": "" if raw is None else plain(raw)}
    if isinstance(item, Ratio) and read_share(raw) is not None:
        return {"value": plain(raw["part"]), "whole": plain(raw["whole"])}
    return {"value": "" if raw is None else plain(raw)}


def _ticks(item: Choice | Choices, raw: Any, lang: Lang) -> tuple[OptionView, ...]:
    ticks = read_choices(item, raw) if isinstance(item, Choices) else read_choice(item, raw)
    chosen = ticks.options if ticks is not None else ()
    options = [_option(pick(one.text, lang), one in chosen) for one in item.options]
    if ticks is not None and ticks.other is not None:
        options.append(_option(ticks.other, True))
    return tuple(options)


def _option(text: str, ticked: bool) -> OptionView:
    return OptionView(text=text, ticked=ticked)


def _cells(item: Table, row: Mapping[str, Any], lang: Lang) -> tuple[str, ...]:
    return tuple(
        cell_text(column, row[column.id], lang) if column.id in row else ""
        for column in item.columns
    )


def _rows(raw: Any) -> list[Mapping[str, Any]]:
    """Return the rows that can be read as such."""
    return [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list | tuple) else []
