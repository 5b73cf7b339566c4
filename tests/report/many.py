"""Inputs of reports of many systems, built in memory."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from assess.engine.scoring.assessment import assess_sheet
from assess.model.base import Bilingual
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.workspace import SheetName
from report import factory

ITEMS = 12
"""Items of each sheet, in two sections."""


def systems_inputs(
    systems: int, *, bad: int = 0, answered: int | None = None, **changes: Any
) -> ReportInputs:
    """Return the inputs of so many systems, each with a sheet of the same twelve items.

    Of the first `bad` systems every item is unmet; of all others each is met. Only the first
    `answered` systems have answers, by default all.
    """
    checklist = replace(factory.with_item("日志留存", ITEMS // 2, sections=2), scope="system")
    made = factory.inputs(checklists=[checklist], **changes)
    portal = made.config.systems["portal"]
    numbers = {f"s{number:03d}": number for number in range(1, systems + 1)}
    named = {
        key: replace(portal, name=Bilingual(zh=f"第{number}号系统", en=f"System {number}"))
        for key, number in numbers.items()
    }
    config = replace(made.config, systems=named)
    sheets = []
    for key, number in numbers.items():
        answering = factory.status("unmet" if number <= bad else "met")
        if answered is not None and number > answered:
            answering = factory.nothing
        sheet = factory.sheet(checklist, answering, key)
        assessment = assess_sheet(checklist, sheet, config, made.register, factory.TODAY)
        sheets.append(SheetInputs(SheetName(checklist.id, key), checklist, sheet, assessment))
    request = made.request._replace(sheets=tuple(sheet.name for sheet in sheets))
    return made._replace(request=request, config=config, sheets=tuple(sheets))
