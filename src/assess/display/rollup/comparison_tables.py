"""逐年对比: the units against the preceding campaign, in items that ask the same."""

from __future__ import annotations

from typing import Final

from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    make_column,
    make_table,
)
from assess.engine.rollup.comparison import (
    CampaignComparison,
    ComparedUnit,
    UnitChange,
    compare_campaigns,
)
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.records import compute_share
from assess.engine.rollup.trend import make_trend
from assess.i18n import N_
from assess.model.base import Number
from assess.model.rollup import RollUpTable

CHANGE_NAMES: Final[dict[UnitChange, str]] = {
    "compared": N_("compared"),
    "new": N_("new on the list"),
    "absent-before": N_("no data before"),
    "absent-now": N_("no data now"),
    "gone": N_("no longer on the list"),
    "not-comparable": N_("nothing to compare"),
}
"""What became of a unit since the preceding campaign."""


def make_comparison_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return the comparison; empty, with the reason, where no figures of an earlier one exist."""
    _, before = source.translate, source.records.before
    columns = [
        make_column("unit", _("Unit name")),
        make_column("unit_id", _("Unit id")),
        make_column("change", _("Change since then")),
        make_column("items", _("Answers compared"), "number"),
        make_column("rate_before", _("Conformed before"), "percent"),
        make_column("rate_now", _("Conforms now"), "percent"),
        make_column("difference", _("Difference"), "percent"),
    ]
    title = _("Compared with the preceding campaign")
    trend = _make_trend_table(source)
    if before is None:
        note = source.describe_campaign_before()
        return make_table("comparison", title, note, columns, ()), trend
    compared = compare_campaigns(before, make_figures(source.records))
    rows = (_list_unit_cells(source, row) for row in _select_units(source, compared))
    text = _(
        "Before: campaign {before}. Compared are answers to items that ask the same in both: "
        "{alike} of {items} items. The best change comes first."
    )
    note = text.format(before=compared.before, alike=compared.alike_items, items=compared.items_now)
    return make_table("comparison", title, note, columns, rows), trend


def _make_trend_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("checklist_id", _("Id")),
        make_column("campaign", _("Campaign")),
        make_column("version", _("Version")),
        make_column("alike", _("Items of now that asked the same"), "number"),
        make_column("items", _("Items now"), "number"),
        make_column("sheets", _("Sheets compared"), "number"),
        make_column("median", _("Median"), "number"),
    ]
    rows = (
        (
            source.checklist_title(row.checklist),
            row.checklist,
            row.campaign,
            row.version,
            row.alike,
            row.items,
            row.sheets,
            row.median,
        )
        for row in make_trend(source.records)
    )
    note = _(
        "Medians of the scores of complete sheets, as each campaign had them. Where fewer items "
        "asked the same, the scores are not of the same questions."
    )
    return make_table("trend", _("Scores over the campaigns"), note, columns, rows)


def _select_units(source: RollUpSource, compared: CampaignComparison) -> list[ComparedUnit]:
    """Return the units; with one category alone, gone units of others are left out."""
    if source.records.category is None:
        return list(compared.units)
    return [row for row in compared.units if row.change != "gone"]


def _list_unit_cells(source: RollUpSource, row: ComparedUnit) -> tuple[RollUpCell, ...]:
    names = {entry.id: entry.unit.name for entry in source.records.units}
    gain = row.met_now - row.met_before
    size = compute_share(abs(gain), row.items)
    return (
        names.get(row.unit),
        row.unit,
        source.translate(CHANGE_NAMES[row.change]),
        row.items or None,
        compute_share(row.met_before, row.items),
        compute_share(row.met_now, row.items),
        Number(size.copy_negate()) if size and gain < 0 else size,
    )
