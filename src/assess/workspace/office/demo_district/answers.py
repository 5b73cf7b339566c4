"""The answers of a unit of the district, chosen by its quality and by digests of names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from assess.workspace.office.demo_district.data import (
    AnswerLevel,
    District,
    DistrictAnswer,
    UnitPlan,
)

_WORSE: Final = 7
"""Hundredths of the answers that get worse by chance in a campaign, and by how much."""
_HALF: Final = 55
"""Hundredths of what is not in order that are half so."""
_DONE, _OVERDUE, _BEGUN = 20, 40, 70
"""Hundredths of the remediation, below which it is done, overdue, or begun."""
_GROWTH: Final = 3
"""Hundredths by which staff, terminals and money grow between two campaigns."""


class Answerer(NamedTuple):
    """A unit that answers in a campaign."""

    district: District
    unit_id: str
    campaign_id: str
    today: date
    shift: int = 0
    """What is added to the quality of the unit."""

    @property
    def unit(self) -> UnitPlan:
        """The unit."""
        return self.district.units[self.unit_id]

    @property
    def _place(self) -> int:
        """The number of campaigns before this one."""
        return list(self.district.campaigns).index(self.campaign_id)

    def choose_person_name(self, role: str) -> str:
        """Return the name of a person of the unit."""
        people = self.district.people
        surname = choose_from_list(people.surnames, self.unit_id, role, "surname")
        return surname + choose_from_list(people.given, self.unit_id, role, "given")

    def make_answer(self, item_id: str, system_id: str = "") -> dict[str, Any] | None:
        """Return the fields of an answer; None where the unit leaves the item out."""
        campaign = self.district.campaigns[self.campaign_id]
        plan = self.district.answers[item_id]
        if item_id in campaign.leaves_out.get(self.unit_id, ()):
            return None
        if system_id and self.district.systems[system_id].level < plan.level:
            return None
        if plan.fact is not None:
            return {"value": self._grow_fact(plan.fact)}
        if plan.table is not None:
            return {"value": [dict(self.district.contracts[key]) for key in self.unit.contracts]}
        level, is_good = self._choose_level(plan, item_id, system_id)
        note = choose_from_list(level.notes, self.unit_id, item_id, system_id, "note")
        fields: dict[str, Any] = {**self._make_result(plan, level), "note": note}
        if plan.action is not None and not is_good:
            fields["remediation"] = self._plan_remediation(plan.action, item_id, system_id)
        return fields

    def _choose_level(
        self, plan: DistrictAnswer, item_id: str, system_id: str
    ) -> tuple[AnswerLevel, bool]:
        """Return the answer, and whether it is no finding.

        A unit that gets better keeps what was in order; few answers get worse by chance.
        """
        if plan.needs is not None and plan.none is not None and not getattr(self.unit, plan.needs):
            return plan.none, True
        levels = [level for level in (plan.good, plan.middle, plan.bad) if level is not None]
        if item_id in self.unit.weak:
            return levels[-1], False
        quality = self.unit.quality[self._place] + plan.ease + self.shift
        names = (self.unit_id, item_id, system_id)
        luck = make_hundredth(*names)
        if make_hundredth(*names, self.campaign_id) < _WORSE:
            luck += _WORSE
        bounds = (quality, quality + _HALF * (100 - quality) // 100)
        place = sum(luck >= bound for bound in bounds)
        return levels[place], place == 0

    def _make_result(self, plan: DistrictAnswer, level: AnswerLevel) -> dict[str, Any]:
        if level.status is not None:
            return {"status": level.status}
        if plan.whole is None or level.share is None:
            return {"value": level.value}
        whole = self._grow_fact(plan.whole)
        return {"value": {"part": whole * level.share // 100, "whole": whole}}

    def _grow_fact(self, name: str) -> int:
        first: int = getattr(self.unit, name)
        return first + first * self._place * _GROWTH // 100

    def _plan_remediation(self, action: str, item_id: str, system_id: str) -> dict[str, Any]:
        """Return what is done about a finding: some is done, some overdue, most is to be done."""
        names = (self.unit_id, item_id, system_id, self.campaign_id)
        section = choose_from_list(self.district.people.sections, self.unit_id, "section")
        row = {"action": action, "unit": section, "owner": self.choose_person_name("filler")}
        luck = make_hundredth(*names, "remediation")
        days = 5 + make_hundredth(*names, "days")
        if luck < _DONE:
            due, done = self.today + timedelta(days=20), self.today - timedelta(days=3)
            return {**row, "due": str(due), "state": "done", "done_on": str(done)}
        due = self.today + timedelta(days=-days if luck < _OVERDUE else days)
        return {**row, "due": str(due), "state": "in_progress" if luck < _BEGUN else "planned"}


def make_hundredth(*names: str) -> int:
    """Return a number from 0 to 99 that depends on the names alone."""
    return make_number(*names) % 100


def make_number(*names: str) -> int:
    """Return a large number that depends on the names alone."""
    return int.from_bytes(hashlib.sha256("/".join(names).encode()).digest()[:8], "big")


def choose_from_list(choices: Sequence[str], *names: str) -> str:
    """Return one of the choices, which depends on the names alone."""
    return choices[make_number(*names) % len(choices)]
