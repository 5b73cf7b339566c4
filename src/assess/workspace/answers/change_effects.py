"""What a change of facts or grade would do: which items begin or cease to apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from assess.engine.scoring.assessment import assess_sheet
from assess.model.base import Number
from assess.model.config import Config, Grade, System
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet


class Effect(NamedTuple):
    """An item that begins (`comes`) or ceases to apply; its answer stays on disk in both cases."""

    sheet: SheetName
    item_id: str
    comes: bool
    answered: bool


def find_items_whose_applicability_changes(
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


def replace_or_remove_facts(
    config: Config, system_id: str | None, values_by_fact: Mapping[str, Any]
) -> Config:
    """Return the config with these facts of the organization or a system; None removes a fact."""
    if system_id is None:
        return msgspec.structs.replace(
            config, profile=_merge_facts_and_drop_none(config.profile, values_by_fact)
        )
    system = config.systems[system_id]
    changed = msgspec.structs.replace(
        system, profile=_merge_facts_and_drop_none(system.profile, values_by_fact)
    )
    return msgspec.structs.replace(config, systems={**config.systems, system_id: changed})


def _merge_facts_and_drop_none(
    profile: Mapping[str, Any], values_by_fact: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        name: value for name, value in {**profile, **values_by_fact}.items() if value is not None
    }


def replace_system_fields(
    config: Config, system_id: str, values_by_field: Mapping[str, Any]
) -> Config:
    """Return the config with grade, exposure and hosting of a system, given as plain values."""
    system = config.systems[system_id]
    grade = values_by_field.get("grade")
    changed = System(
        name=system.name,
        grade=Grade(**grade) if grade else None,
        exposure=values_by_field.get("exposure"),
        hosting=values_by_field.get("hosting"),
        profile=system.profile,
    )
    return msgspec.structs.replace(config, systems={**config.systems, system_id: changed})


def make_edits_of_facts(
    system_id: str | None, values_by_fact: Mapping[str, Any]
) -> Sequence[FieldEdit]:
    """Return the edits of assess.yaml that set facts; None removes a fact."""
    start = ("profile",) if system_id is None else ("systems", system_id, "profile")
    return [
        FieldEdit((*start, name), REMOVE if value is None else _value_as_in_files(value))
        for name, value in values_by_fact.items()
    ]


def _value_as_in_files(value: Any) -> Any:
    """Return a value as files store it: whole numbers as integers."""
    if isinstance(value, Number) and value == value.to_integral_value():
        return int(value)
    return value
