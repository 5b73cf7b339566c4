"""热力图: for each issued checklist the units by its sections."""

from __future__ import annotations

from assess.display.rollup.table_building import (
    RollUpSource,
    list_unit_cells,
    make_column,
    make_table,
    make_unit_columns,
)
from assess.engine.rollup.heat_map import make_heat_map
from assess.model.rollup import RollUpTable


def make_heat_map_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return a table for each issued checklist; its key ends in the id of the checklist."""
    return tuple(_make_heat_map_table(source, key) for key in source.records.checklists)


def _make_heat_map_table(source: RollUpSource, checklist: str) -> RollUpTable:
    _ = source.translate
    sections = [section.id for section in source.records.checklists[checklist].sections]
    columns = [
        *make_unit_columns(source),
        make_column("rate", _("Share that conforms"), "percent"),
        make_column("risk_share", _("Share that fails or is open"), "percent"),
        *(
            make_column(f"section.{key}", source.section_title(checklist, key), "percent")
            for key in sections
        ),
    ]
    rows = (
        (
            *list_unit_cells(source, row.entry),
            row.total.rate,
            row.total.risk_share,
            *(row.sections[key].rate for key in sections),
        )
        for row in make_heat_map(source.records, checklist)
    )
    title = _("Heat map: {checklist}").format(checklist=source.checklist_title(checklist))
    note = _(
        "Of the answers that are judged, the share that conforms in full; over all sheets of a "
        "unit, the lowest first. Open answers count in the second share alone."
    )
    return make_table(f"heat_map.{checklist}", title, note, columns, rows)
