"""口径: how the figures were reckoned, what was left out and why, and the digests of all inputs."""

from __future__ import annotations

from collections.abc import Iterator

from assess.display.rollup.hand_in_tables import FAULT_NAMES
from assess.display.rollup.score_tables import APART_NAMES
from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    make_column,
    make_table,
)
from assess.engine.rollup.records import LEAST_UNITS, UnitEntry
from assess.engine.rollup.score_figures import find_reason_apart, find_reason_without_sheet
from assess.i18n import Translator
from assess.model.rollup import RollUpTable


def make_basis_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return the rules, what was left out, the issued checklists, and the inputs."""
    tables = (
        _make_rules_table(source),
        _make_left_out_table(source),
        _make_checklist_table(source),
    )
    if source.records.is_anonymous:  # a digest tells whoever has the file
        return tables
    return (*tables, _make_input_table(source))


def _make_rules_table(source: RollUpSource) -> RollUpTable:
    _, records = source.translate, source.records
    rows: tuple[tuple[str, str], ...] = (
        *_describe_campaign(source),
        (
            _("Day of reckoning"),
            _(
                "{day} for who is late; what is overdue is reckoned for the day of each unit's own "
                "figures, see the inputs"
            ).format(day=records.today),
        ),
        *_describe_score_rules(_),
        *_describe_count_rules(_),
    )
    if records.is_anonymous:
        rows = (*rows, _describe_labels(source))
    columns = [make_column("subject", _("Subject")), make_column("rule", _("Rule"))]
    return make_table("rules", _("How it was reckoned"), "", columns, rows)


def _describe_score_rules(_: Translator) -> tuple[tuple[str, str], ...]:
    """Return how scores, places and shares are reckoned."""
    return (
        (
            _("Scores"),
            _(
                "the value that the unit's own report prints, with one decimal; of complete sheets "
                "of the issued checklists alone"
            ),
        ),
        (
            _("Quartiles"),
            _("of the sorted scores, between two of them in proportion, as spreadsheets do"),
        ),
        (_("Places"), _("by the printed score, within a category; equal scores share a place")),
        (
            _("Share that conforms"),
            _("met ÷ (met + partly met + not met); open answers are in no such share"),
        ),
        (
            _("Share that fails or is open"),
            _("(partly met + not met + open) ÷ (met + partly met + not met + open)"),
        ),
    )


def _describe_count_rules(_: Translator) -> tuple[tuple[str, str], ...]:
    """Return what is counted as a common problem, a changed checklist, an extended measure."""
    return (
        (
            _("Common problems"),
            _("units with a sheet that does not meet the item in full ÷ units that answered it"),
        ),
        (
            _("Changed checklists"),
            _(
                "sheets whose checklist is not the issued one byte for byte are in no score, place,"
                " common problem, heat map, comparison or statistic; their problems and measures"
                " are counted"
            ),
        ),
        (
            _("Extended measures"),
            _(
                "measures whose due day was moved to a later one by the program, mended or not; a "
                "day changed in the file by hand is not noticed; overdue is by the due day of now"
            ),
        ),
    )


def _describe_campaign(source: RollUpSource) -> Iterator[tuple[str, str]]:
    """Yield whose campaign it is, its name, its last day, and which units are in the roll-up."""
    _, records = source.translate, source.records
    name = _("{title} (id {id})")
    category = source.category_name(records.category) if records.category else _("all categories")
    yield _("Office"), records.office
    yield _("Campaign"), name.format(title=records.campaign.title, id=records.campaign_id)
    yield _("Last day for handing in"), f"{records.campaign.due}"
    yield _("Category"), category


def _describe_labels(source: RollUpSource) -> tuple[str, str]:
    """Return what stands in the place of names, and what is left out for it."""
    _ = source.translate
    text = _(
        "labels by category stand in the place of units, in an order of their own; what units "
        "wrote, days of receipt, certificates and digests are left out, and so are lowest, "
        "highest, median and quartiles of fewer than {count} units"
    )
    return _("Names of units"), text.format(count=LEAST_UNITS)


def _make_left_out_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("unit", _("Unit name")),
        make_column("unit_id", _("Unit id")),
        make_column("checklist", _("Checklist")),
        make_column("sheet", _("Sheet")),
        make_column("reason", _("Why it is left out")),
        make_column("digest", _("Digest of the checklist")),
    ]
    rows = (row for entry in source.records.units for row in _list_left_out_rows(source, entry))
    note = _("What is in no comparison of scores, and why.")
    return make_table("left_out", _("Left out"), note, columns, rows)


def _list_left_out_rows(source: RollUpSource, entry: UnitEntry) -> Iterator[tuple[RollUpCell, ...]]:
    _, records = source.translate, source.records
    if entry.unit.exempt is not None and not entry.sheets:
        yield entry.unit.name, entry.id, None, None, entry.unit.exempt.reason, None
    for checklist in records.checklists:
        reason = find_reason_without_sheet(records, entry, checklist)
        if reason is not None:
            words = _(FAULT_NAMES[entry.fault]) if entry.fault else _(APART_NAMES[reason])
            title = source.checklist_title(checklist)
            yield entry.unit.name, entry.id, title, None, words, None
    for sheet in entry.sheets:
        reason = find_reason_apart(sheet)
        if sheet.checklist.id not in records.checklists:
            words = _("checklist was not issued")
        elif reason is not None:
            words = _(APART_NAMES[reason])
        else:
            continue
        title = source.checklist_title(sheet.checklist.id)
        yield entry.unit.name, entry.id, title, sheet.name, words, sheet.checklist.digest or None


def _make_checklist_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("checklist_id", _("Id")),
        make_column("version", _("Version")),
        make_column("method", _("Method of scoring")),
        make_column("digest", _("Digest of the checklist")),
    ]
    rows = (
        (
            source.checklist_title(row.id),
            row.id,
            row.version,
            source.records.checklists[row.id].scoring.method
            if row.id in source.records.checklists
            else None,
            row.digest,
        )
        for row in source.records.campaign.checklists
    )
    note = _("The formula of each method is in the unit's own report.")
    return make_table("checklists", _("Issued checklists"), note, columns, rows)


def _make_input_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("unit", _("Unit name")),
        make_column("unit_id", _("Unit id")),
        make_column("receipt", _("Receipt")),
        make_column("digest", _("Digest of the file")),
        make_column("dated", _("Day of its figures"), "date"),
        make_column("program", _("Version of the program")),
        make_column("commit", _("Commit, as the file says")),
        make_column("read", _("Read")),
    ]
    rows = (
        _list_input_cells(source, entry)
        for entry in source.records.units
        if entry.receipt is not None
    )
    note = _("Every file that counts, by the digest that its receipt names.")
    return make_table("inputs", _("Inputs"), note, columns, rows)


def _list_input_cells(source: RollUpSource, entry: UnitEntry) -> tuple[RollUpCell, ...]:
    _ = source.translate
    file = entry.receipt.file if entry.receipt is not None else None
    return (
        entry.unit.name,
        entry.id,
        entry.number,
        file.digest if file is not None else None,
        entry.dated,
        entry.program,
        entry.commit,
        _(FAULT_NAMES[entry.fault]) if entry.fault is not None else _("yes"),
    )
