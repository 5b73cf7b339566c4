"""Lint of office.yaml and of receipts: units and receipts that they name, and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from assess import locations
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.conflict import Conflict
from assess.model.office import Campaign, OfficeFile, Unit
from assess.model.receipt import ReceiptsFile
from assess.problem import Problem

CONFLICT_RULES: Final[Mapping[str, LintRule]] = {
    "office-conflict": LintRule(
        N_("“{field}” was changed on two sides, and nobody has decided yet"),
        N_("write the value that holds, and remove its row under `conflict:`"),
    ),
}

MOST_LEVELS: Final = 20
"""Units above one another; no administration has as many."""

OFFICE_RULES: Final[Mapping[str, LintRule]] = {
    **CONFLICT_RULES,
    "unit-parent": LintRule(N_("office.yaml has no unit “{given}”"), N_("write the id of a unit")),
    "unit-above-itself": LintRule(
        N_("the units above {unit} lead back to it, or are more than {count}"),
        N_("write which unit is above which"),
    ),
    "unit-name-twice": LintRule(
        N_("{other} has the same name"),
        N_("a file that names no id can't be told apart; write the full name of each"),
        "warning",
    ),
    "campaign-unit": LintRule(
        N_("office.yaml has no unit “{given}”"), N_("write the id of a unit")
    ),
    "campaign-days": LintRule(
        N_("{due} is before {issued}, the day of the announcement"),
        N_("one of the two days is wrong"),
    ),
    "checklist-not-issued": LintRule(
        N_("no campaign has the checklist “{given}”"),
        N_("write the id of a checklist that was issued"),
        "warning",
    ),
}

RECEIPT_RULES: Final[Mapping[str, LintRule]] = {
    **CONFLICT_RULES,
    "receipts-campaign": LintRule(
        N_("office.yaml has no campaign “{given}”, after which this file is called"),
        N_("write the campaign into office.yaml, or give the file the name of one"),
    ),
    "receipt-unit": LintRule(
        N_("office.yaml has no unit “{given}”"), N_("write the id of a unit"), "warning"
    ),
    "receipt-number": LintRule(
        N_("there is no receipt “{given}”"), N_("write the number of a receipt of this file")
    ),
}


def lint_office(
    office: OfficeFile, lang: Lang, *, conflicts: Iterable[Conflict] = ()
) -> list[Problem]:
    """Return what is wrong in office.yaml."""
    out = ProblemCollector(locations.OFFICE, lang, OFFICE_RULES)
    lint_conflicts(out, conflicts)
    ids_by_name: dict[str, str] = {}
    issued = {row.id for campaign in office.campaigns.values() for row in campaign.checklists}
    for key, unit in office.units.items():
        _lint_unit(out, office, key, unit, issued)
        other = ids_by_name.setdefault(unit.name, key)
        if other != key:
            out.add_broken_rule("unit-name-twice", ("units", key, "name"), other=other)
    for key, campaign in office.campaigns.items():
        _lint_campaign(out, office, key, campaign)
    return out.problems


def _lint_unit(
    out: ProblemCollector, office: OfficeFile, key: str, unit: Unit, issued: set[str]
) -> None:
    path = ("units", key)
    if unit.parent is not None and unit.parent not in office.units:
        near = out.find_similar_names(unit.parent, office.units)
        out.add_broken_rule("unit-parent", (*path, "parent"), near=near, given=unit.parent)
    elif is_unit_above_itself(office.units, key):
        out.add_broken_rule("unit-above-itself", (*path, "parent"), unit=key, count=MOST_LEVELS)
    for index, row in enumerate(unit.expects):
        if row.checklist not in issued:
            where = (*path, "expects", index, "checklist")
            near = out.find_similar_names(row.checklist, issued)
            out.add_broken_rule("checklist-not-issued", where, near=near, given=row.checklist)


def is_unit_above_itself(units: Mapping[str, Unit], key: str) -> bool:
    """Return whether the units above a unit lead back to it, or are more than `MOST_LEVELS`."""
    above = units[key].parent
    for _level in range(MOST_LEVELS):
        if above is None or above not in units:
            return False
        if above == key:
            return True
        above = units[above].parent
    return True


def _lint_campaign(out: ProblemCollector, office: OfficeFile, key: str, campaign: Campaign) -> None:
    path = ("campaigns", key)
    if campaign.due < campaign.issued:
        where, issued = (*path, "due"), campaign.issued
        out.add_broken_rule("campaign-days", where, due=campaign.due, issued=issued)
    for index, unit in enumerate(() if campaign.units == "all" else campaign.units):
        if unit not in office.units:
            near = out.find_similar_names(unit, office.units)
            out.add_broken_rule("campaign-unit", (*path, "units", index), near=near, given=unit)


def lint_receipts(
    receipts: ReceiptsFile,
    campaign_id: str,
    office: OfficeFile,
    lang: Lang,
    *,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in the receipts of a campaign."""
    out = ProblemCollector(locations.receipts_path(campaign_id), lang, RECEIPT_RULES)
    lint_conflicts(out, conflicts)
    if campaign_id not in office.campaigns:
        near = out.find_similar_names(campaign_id, office.campaigns)
        out.add_broken_rule("receipts-campaign", ("format",), near=near, given=campaign_id)
    for number, receipt in receipts.receipts.items():
        path = ("receipts", number)
        if receipt.unit is not None and receipt.unit not in office.units:
            near = out.find_similar_names(receipt.unit, office.units)
            out.add_broken_rule("receipt-unit", (*path, "unit"), near=near, given=receipt.unit)
        for field, other_number in (("about", receipt.about), ("replaces", receipt.replaces)):
            if other_number is not None and other_number not in receipts.receipts:
                out.add_broken_rule("receipt-number", (*path, field), given=other_number)
    return out.problems


def lint_conflicts(out: ProblemCollector, conflicts: Iterable[Conflict]) -> None:
    """Note every conflict of a merge that is not decided."""
    seen: Counter[tuple[str | int, ...]] = Counter()
    for conflict in conflicts:
        path = (*conflict.path, "conflict", seen[conflict.path])
        seen[conflict.path] += 1
        out.add_broken_rule("office-conflict", path, field=conflict.row.field)
