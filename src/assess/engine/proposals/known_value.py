"""The source `known_value`: a number, date or list that stands somewhere else already.

Two questions ask for the same value where their words are the same: the titles of two numbers with
the same unit, of two dates, of two tables with the same columns, or what a ratio is a part of. They
are about the same unit or system. `data/proposals.yaml` names what is worded otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Final, NamedTuple

from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.reading import fold_width_case_drop_spaces, read_counts
from assess.engine.kinds.values import check_value
from assess.engine.proposals.fact import PROFILE
from assess.engine.proposals.proposal import (
    KnownPlace,
    Proposal,
    ProposalContext,
    QuestionKey,
    digest_of_value,
)
from assess.engine.proposals.tables import SystemColumn
from assess.i18n import Lang
from assess.model.answer import Answer, TakenFrom
from assess.model.base import Text, pick_text
from assess.model.config import System
from assess.model.item import DateItem, Item, NumberItem, Ratio, Table

SYSTEMS = "systems"
"""The source of values that are read from the systems of assess.yaml."""

MOST_PLACES: Final = 50
"""Words that more questions of one unit have than these ask for no particular value."""


class _ValueWithSource(NamedTuple):
    """A value and where it stands: `source` as files name it, `where` as people read it."""

    source: str
    where: Text
    value: Any
    by: str | None = None
    at: datetime | None = None


def index_places_by_question(
    places: Iterable[KnownPlace], lang: Lang
) -> dict[QuestionKey, tuple[KnownPlace, ...]]:
    """Return the questions that ask for a value, by what those share that ask the same.

    Words that more than `MOST_PLACES` questions have are left out.
    """
    index: dict[QuestionKey, list[KnownPlace]] = {}
    for place in places:
        for key in _list_question_index_keys(place, lang):
            index.setdefault(key, []).append(place)
    return {key: tuple(alike) for key, alike in index.items() if len(alike) <= MOST_PLACES}


def propose_known_values(item: Item, context: ProposalContext) -> Iterator[Proposal]:
    """Yield the values that other answers, the profile or the list of systems have for an item.

    Of a ratio only the whole is known, and a list of systems may lack cells: the item's form asks
    for the rest.
    """
    seen: list[Any] = []
    for candidate in _find_known_values(item, context):
        value = {"whole": candidate.value} if isinstance(item, Ratio) else candidate.value
        if value in seen:
            continue
        seen.append(value)
        yield Proposal(
            source="known_value",
            where=candidate.where,
            value=value,
            incomplete=bool(check_value(item, value, context.today, context.lang)),
            taken_from=TakenFrom(value=candidate.source, of=digest_of_value(candidate.value)),
            by=candidate.by,
            at=candidate.at,
        )


def find_known_value_digest(item: Item, source: str, context: ProposalContext) -> str | None:
    """Return the digest of a source's value as it is now; None where it has none any more."""
    checklist, _slash, item_id = source.partition("/")
    asked = set(_list_question_lookup_keys(item, context.lang))
    places = (
        place
        for place in context.places.get(("item", checklist, item_id), ())
        if not asked.isdisjoint(_list_question_index_keys(place, context.lang))
    )
    candidates = chain(
        _values_by_proposal_table(item, context), _list_values_from_answers(item, places, context)
    )
    values = (candidate.value for candidate in candidates if candidate.source == source)
    return next(map(digest_of_value, values), None)


def _find_known_values(item: Item, context: ProposalContext) -> Iterator[_ValueWithSource]:
    places = chain.from_iterable(
        context.places.get(key, ()) for key in _list_question_lookup_keys(item, context.lang)
    )
    yield from _values_by_proposal_table(item, context)
    yield from _list_values_from_answers(item, places, context)


def _list_values_from_answers(
    item: Item, places: Iterable[KnownPlace], context: ProposalContext
) -> Iterator[_ValueWithSource]:
    """Yield what other questions were answered, as far as it is a value for an item."""
    for place in places:
        if place.sheet == context.sheet and place.item.id == item.id:
            continue
        answer = context.answers.get(place.sheet, {}).get(place.item.id)
        value = None if answer is None else _read_valid_value_or_whole(place.item, answer, context)
        if answer is None or value is None:
            continue
        if isinstance(value, int) or not isinstance(item, Ratio):
            yield _make_value_with_source(place, value, answer, context.lang)


def _make_value_with_source(
    place: KnownPlace, value: Any, answer: Answer, lang: Lang
) -> _ValueWithSource:
    where = f"{place.item.id} {item_label_and_title(place.item, lang)}"
    source = f"{place.checklist}/{place.item.id}"
    return _ValueWithSource(source, where, value, answer.by, answer.at)


def _list_question_index_keys(place: KnownPlace, lang: Lang) -> Iterator[QuestionKey]:
    """Yield the keys under which the answer to a question is found."""
    item = place.item
    yield "item", place.checklist, item.id
    if isinstance(item, Ratio):
        yield "whole", _fold_text_in_language(item.ratio.whole, lang)
        return
    yield from _list_question_keys_by_kind(item, lang)
    if isinstance(item, NumberItem):
        yield "count", _fold_text_in_language(item.title, lang)


def _list_question_lookup_keys(item: Item, lang: Lang) -> Iterator[QuestionKey]:
    """Yield the keys under which an item's value is looked for."""
    if isinstance(item, Ratio):
        whole = _fold_text_in_language(item.ratio.whole, lang)
        yield "whole", whole
        yield "count", whole
        return
    yield from _list_question_keys_by_kind(item, lang)
    if isinstance(item, NumberItem):
        yield "whole", _fold_text_in_language(item.title, lang)


def _list_question_keys_by_kind(item: Item, lang: Lang) -> Iterator[QuestionKey]:
    title = _fold_text_in_language(item.title, lang)
    if isinstance(item, NumberItem):
        yield "number", title, _fold_text_in_language(item.number.unit, lang)
    elif isinstance(item, DateItem):
        yield "date", title
    elif isinstance(item, Table):
        yield "table", title, *(column.id for column in item.columns)


def _fold_text_in_language(text: Text, lang: Lang) -> str:
    return fold_width_case_drop_spaces(pick_text(text, lang))


def _read_valid_value_or_whole(item: Item, answer: Answer, context: ProposalContext) -> Any | None:
    """Return what an answer says to a question; None where it says nothing readable."""
    if answer.value is None or check_value(item, answer.value, context.today, context.lang):
        return None
    if isinstance(item, Ratio):
        counts = read_counts(answer.value)
        return None if counts is None else counts.whole
    return answer.value


def _values_by_proposal_table(item: Item, context: ProposalContext) -> Iterator[_ValueWithSource]:
    """Yield what `data/proposals.yaml` says of an item."""
    row = context.tables.known_value_by_item.get(item.id)
    if row is None:
        return
    if row.from_ == SYSTEMS:
        rows = rows_of_systems(row.columns, context.systems.values(), context.lang)
        if rows:
            yield _ValueWithSource(SYSTEMS, PROFILE, rows)
        return
    checklist, _slash, item_id = row.from_.partition("/")
    if not item_id:
        value = context.facts.get(row.from_)
        if isinstance(value, int) and not isinstance(value, bool):
            yield _ValueWithSource(row.from_, PROFILE, value)
        return
    for place in context.places.get(("item", checklist, item_id), ()):
        answer = context.answers.get(place.sheet, {}).get(item_id)
        if answer is not None and isinstance(answer.value, list):
            count = sum(_has_equal_cells(cells, row.where) for cells in answer.value)
            yield _make_value_with_source(place, count, answer, context.lang)


def _has_equal_cells(row: Any, where: Mapping[str, Any]) -> bool:
    return isinstance(row, Mapping) and all(row.get(key) == cell for key, cell in where.items())


def rows_of_systems(
    columns: Mapping[str, SystemColumn], systems: Iterable[System], lang: Lang
) -> list[dict[str, Any]]:
    """Return a row for each system, with the cells that assess.yaml knows."""
    rows = []
    for system in systems:
        cells = {name: _system_cell(column, system, lang) for name, column in columns.items()}
        rows.append({name: cell for name, cell in cells.items() if cell is not None})
    return rows


def _system_cell(column: SystemColumn, system: System, lang: Lang) -> str | None:
    if column.field == "name":
        return pick_text(system.name, lang)
    level = system.grade.level if system.grade is not None else None
    fields = {"level": level, "exposure": system.exposure, "hosting": system.hosting}
    return column.options.get(str(fields[column.field]))
