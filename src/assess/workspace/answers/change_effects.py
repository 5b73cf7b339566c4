"""What a change of facts or grade would do: which items begin or cease to apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from assess.engine.scoring.assessment import assess_sheet
from assess.model.base import Number
from assess.model.config import Config, Grade, System
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet


class Effect(NamedTuple):
    """An item that begins (`comes`) or ceases to apply; its answer stays on disk in both cases."""

    sheet: SheetName
    item_id: str
    comes: bool
    answered: bool


def find_effects(
    open_sheets: Mapping[SheetName, OpenSheet], config: Config, today: date
) -> list[Effect]:
    """Return the items whose applicability is another under `config` than now."""
    effects = []
    for name, open_sheet in open_sheets.items():
        before = {state.item.id: state for state in open_sheet.assess_on(today).items}
        after = assess_sheet(
            open_sheet.checklist, open_sheet.sheet, config, open_sheet.register, today
        )
        for state in after.items:
            was = before[state.item.id].applies != "no"
            if was != (state.applies != "no"):
                is_answered = state.answer is not None and state.answer.is_given
                effects.append(Effect(name, state.item.id, comes=not was, answered=is_answered))
    return effects


def replace_facts(config: Config, system_id: str | None, facts: Mapping[str, Any]) -> Config:
    """Return the config with these facts of the organization or a system; None removes a fact."""
    if system_id is None:
        return msgspec.structs.replace(config, profile=_merge_facts(config.profile, facts))
    system = config.systems[system_id]
    changed = msgspec.structs.replace(system, profile=_merge_facts(system.profile, facts))
    return msgspec.structs.replace(config, systems={**config.systems, system_id: changed})


def _merge_facts(profile: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**profile, **facts}.items() if value is not None}


def replace_system_fields(config: Config, system_id: str, fields: Mapping[str, Any]) -> Config:
    """Return the config with grade, exposure and hosting of a system, given as plain values."""
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


def make_fact_edits(system_id: str | None, facts: Mapping[str, Any]) -> Sequence[Edit]:
    """Return the edits of assess.yaml that set facts; None removes a fact."""
    start = ("profile",) if system_id is None else ("systems", system_id, "profile")
    return [
        Edit((*start, name), REMOVE if value is None else _plain_value(value))
        for name, value in facts.items()
    ]


def _plain_value(value: Any) -> Any:
    """Return a value as files store it: whole numbers as integers."""
    if isinstance(value, Number) and value == value.to_integral_value():
        return int(value)
    return value
