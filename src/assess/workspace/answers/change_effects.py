"""What a change of facts, grade or people would do: which items come and which go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from assess.engine.scoring.assessment import assess
from assess.model.base import Number
from assess.model.config import Config, Grade, System
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import Desk


class Effect(NamedTuple):
    """An item that comes or goes; one that goes keeps its answer on disk."""

    sheet: SheetName
    item_id: str
    comes: bool
    answered: bool


def effects(desks: Mapping[SheetName, Desk], config: Config, today: date) -> list[Effect]:
    """Return the items of the sheets that apply under `config` and did not, or the reverse."""
    found = []
    for name, desk in desks.items():
        before = {state.item.id: state for state in desk.assess(today).items}
        after = assess(desk.checklist, desk.sheet, config, desk.register, today)
        for state in after.items:
            was = before[state.item.id].applies != "no"
            if was != (state.applies != "no"):
                given = state.answer is not None and state.answer.given
                found.append(Effect(name, state.item.id, comes=not was, answered=given))
    return found


def with_facts(config: Config, system_id: str | None, facts: Mapping[str, Any]) -> Config:
    """Return the config with these facts of the organization or of a system; None takes one out."""
    if system_id is None:
        return msgspec.structs.replace(config, profile=_merged(config.profile, facts))
    system = config.systems[system_id]
    changed = msgspec.structs.replace(system, profile=_merged(system.profile, facts))
    return msgspec.structs.replace(config, systems={**config.systems, system_id: changed})


def _merged(held: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**held, **facts}.items() if value is not None}


def with_system(config: Config, system_id: str, fields: Mapping[str, Any]) -> Config:
    """Return the config with grade, exposure and hosting of a system as plain values."""
    system = config.systems[system_id]
    grade = fields.get("grade")
    changed = System(
        name=system.name,
        grade=Grade(**grade) if grade else None,
        exposure=fields.get("exposure"),
        hosting=fields.get("hosting"),
        profile=system.profile,
    )
    return msgspec.structs.replace(config, systems={**config.systems, system_id: changed})


def fact_edits(system_id: str | None, facts: Mapping[str, Any]) -> Sequence[Edit]:
    """Return the edits of assess.yaml that set facts; None takes one out."""
    start = ("profile",) if system_id is None else ("systems", system_id, "profile")
    return [
        Edit((*start, name), REMOVE if value is None else _plain(value))
        for name, value in facts.items()
    ]


def _plain(value: Any) -> Any:
    """Return a value as files hold it: whole numbers as such."""
    if isinstance(value, Number) and value == value.to_integral_value():
        return int(value)
    return value
