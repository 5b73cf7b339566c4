"""Contexts for tests of proposals: a sheet of 2026, its sheet of 2025, and others beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.engine.proposals.known_value import index_places_by_question
from assess.engine.proposals.proposal import EarlierSheet, KnownPlace, ProposalContext
from assess.engine.proposals.tables import IndexedTables, ProposalTables
from assess.engine.scoring.conditions import facts_of_scope
from assess.model.answer import Answer
from assess.model.item import Item
from factories import TODAY, checklist, config, register, text

Answers = dict[str, Answer]


def earlier_sheet(items: tuple[Item, ...], answers: Answers) -> EarlierSheet:
    """Return the sheet of 2025."""
    pinned = checklist(*items)
    title = text("2025 年自查", "Self-check 2025")
    return EarlierSheet(
        round="2025",
        title=title,
        checklist=pinned,
        items=pinned.items(),
        answers=answers,
        people=config().people,
    )


def context_of(
    *items: Item,
    last: Answers | None = None,
    last_items: tuple[Item, ...] = (),
    others: Mapping[str, tuple[tuple[Item, ...], Answers]] | None = None,
    answers: Answers | None = None,
    tables: ProposalTables = ProposalTables(),  # noqa: B008  # frozen
    **fields: Any,
) -> ProposalContext:
    """Return the context of the sheet `egov` with these items."""
    sheets = {"egov": (items, answers or {}), **(others or {})}
    places = [KnownPlace(name, name, item) for name, (some, _) in sheets.items() for item in some]
    settings = fields.pop("settings", config())
    given: dict[str, Any] = {
        "sheet": "egov",
        "lang": "zh",
        "today": TODAY,
        "register": register().evidence,
        "earlier": None if last is None else earlier_sheet(last_items or items, last),
        "facts": facts_of_scope(settings, None),
        "questions": {f"organization.{k}": fact for k, fact in checklist().profile.items()},
        "systems": settings.systems,
        "tables": IndexedTables(tables),
        "places": index_places_by_question(places, "zh"),
        "answers": {name: some for name, (_items, some) in sheets.items()},
    }
    return ProposalContext(**(given | fields))
