"""总体 and 分类排名: scores by category, verdicts, systems by level, places."""

from __future__ import annotations

from typing import Final

from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    make_column,
    make_table,
)
from assess.engine.punctuation import join_sentences
from assess.engine.rollup.earlier_places import NoChangeReason
from assess.engine.rollup.ranking import RankedSheet, rank_sheets
from assess.engine.rollup.records import compute_share
from assess.engine.rollup.score_figures import (
    GRADES,
    ApartReason,
    ScoreSpread,
    SystemCounts,
    compute_score_spreads,
    count_systems,
)
from assess.i18n import N_
from assess.model.base import pick_text
from assess.model.rollup import RollUpTable

APART_NAMES: Final[dict[ApartReason, str]] = {
    "missing": N_("not handed in"),
    "held": N_("to be looked at"),
    "unreadable": N_("not readable here"),
    "edited": N_("checklist was changed"),
    "incomplete": N_("not complete"),
    "unscored": N_("no score"),
}
"""Why a sheet or a unit has no place."""

NO_CHANGE_NAMES: Final[dict[NoChangeReason, str]] = {
    "new-unit": N_("not in the preceding campaign"),
    "no-place-before": N_("no place in the preceding campaign"),
    "other-category": N_("another category in the preceding campaign"),
}
"""Why the place of a sheet has no change."""


def make_score_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return scores by category, verdicts by category, systems by level, and places."""
    spreads = list(compute_score_spreads(source.records))
    return (
        _make_spread_table(source, spreads),
        _make_verdict_table(source, spreads),
        _make_system_table(source),
        _make_ranking_table(source),
    )


def _name_group(source: RollUpSource, category: str | None, *, is_total: bool) -> str:
    _ = source.translate
    return _("all") if is_total else source.category_name(category)


def _make_spread_table(source: RollUpSource, spreads: list[ScoreSpread]) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("category", _("Category")),
        make_column("sheets", _("Sheets compared"), "number"),
        make_column("lowest", _("Lowest"), "number"),
        make_column("first_quartile", _("Lower quartile"), "number"),
        make_column("median", _("Median"), "number"),
        make_column("third_quartile", _("Upper quartile"), "number"),
        make_column("highest", _("Highest"), "number"),
        *(make_column(f"apart.{key}", _(name), "number") for key, name in APART_NAMES.items()),
    ]
    rows = (
        (
            source.checklist_title(row.checklist),
            _name_group(source, row.category, is_total=row.is_total),
            row.sheets,
            row.lowest,
            row.first_quartile,
            row.median,
            row.third_quartile,
            row.highest,
            *(row.apart.get(key, 0) for key in APART_NAMES),
        )
        for row in spreads
    )
    note = _("Scores of complete sheets of the issued checklists; the last columns count the rest.")
    return make_table("scores", _("Scores by category"), note, columns, rows)


def _make_verdict_table(source: RollUpSource, spreads: list[ScoreSpread]) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("category", _("Category")),
        make_column("verdict", _("Verdict")),
        make_column("sheets", _("Sheets"), "number"),
        make_column("share", _("Share"), "percent"),
    ]
    rows = (
        (
            source.checklist_title(row.checklist),
            _name_group(source, row.category, is_total=row.is_total),
            pick_text(band.title, source.lang),
            row.verdicts.get(band.id, 0),
            compute_share(row.verdicts.get(band.id, 0), row.sheets),
        )
        for row in spreads
        for band in source.records.checklists[row.checklist].scoring.bands
    )
    note = _("Share of the complete sheets of the issued checklists.")
    return make_table("verdicts", _("Verdicts by category"), note, columns, rows)


def _make_system_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("category", _("Category")),
        make_column("systems", _("Systems"), "number"),
        *(
            make_column(f"level.{level}", _("Level {level}").format(level=level), "number")
            for level in GRADES
        ),
        make_column("level.none", _("Level not given"), "number"),
    ]
    rows = (_list_system_cells(source, row) for row in count_systems(source.records))
    note = _("The systems that the units name in what they handed in.")
    return make_table("systems", _("Systems by level"), note, columns, rows)


def _list_system_cells(source: RollUpSource, row: SystemCounts) -> tuple[RollUpCell, ...]:
    name = _name_group(source, row.category, is_total=row.is_total)
    return (name, row.systems, *row.levels.values())


def _make_ranking_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("category", _("Category")),
        make_column("place", _("Place"), "number"),
        make_column("unit", _("Unit name")),
        make_column("unit_id", _("Unit id")),
        make_column("system", _("System")),
        make_column("score", _("Score"), "number"),
        make_column("verdict", _("Verdict")),
        make_column("apart", _("Without a place because")),
        make_column("place_before", _("Place before"), "number"),
        make_column("place_change", _("Places risen (+) or fallen (−)"), "number"),
        make_column("no_change", _("Without a change because")),
    ]
    rows = (_list_ranking_cells(source, row) for row in rank_sheets(source.records))
    note = _(
        "Places are within a category. Equal scores share a place; what is not complete or not "
        "handed in stands apart and never counts as 0."
    )
    note = join_sentences((note, source.describe_campaign_before()), source.lang)
    return make_table("ranking", _("Places by category"), note, columns, rows)


def _list_ranking_cells(source: RollUpSource, row: RankedSheet) -> tuple[RollUpCell, ...]:
    score = row.sheet.score if row.sheet is not None else None
    reason = row.earlier.reason if row.place is not None else None
    return (
        source.checklist_title(row.checklist),
        source.category_name(row.entry.unit.category),
        row.place,
        row.entry.unit.name,
        row.entry.id,
        source.system_name(row.sheet.system) if row.sheet is not None else None,
        score.value if score is not None else None,
        source.verdict_title(row.sheet) if row.sheet is not None else None,
        source.translate(APART_NAMES[row.apart]) if row.apart is not None else None,
        row.earlier.place,
        row.change,
        source.translate(NO_CHANGE_NAMES[reason]) if reason is not None else None,
    )
