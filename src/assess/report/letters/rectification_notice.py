"""The notice by which an office demands of a unit to mend its problems (整改通知书)."""

from __future__ import annotations

from datetime import date

from assess.display.rollup.table_building import RollUpSource
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import join_sentences
from assess.engine.rollup.findings import LocatedFinding, list_unit_findings
from assess.engine.rollup.records import UnitEntry
from assess.i18n import translator
from assess.model.item import RISK_LEVELS
from assess.report.content.view.words import format_long_date
from assess.report.letters.letter import LetterTable, OfficeLetter


def list_open_findings(entry: UnitEntry) -> list[LocatedFinding]:
    """Return the problems of a unit that are not mended, those of high risk first."""
    rows = [row for row in list_unit_findings(entry) if not row.finding.is_mended]
    return sorted(rows, key=lambda row: RISK_LEVELS.index(row.finding.risk))


def make_rectification_notice(
    source: RollUpSource, entry: UnitEntry, due: date | None
) -> OfficeLetter:
    """Return the notice about all problems of a unit that are not mended; `due` is the last day."""
    _, records = source.translate, source.records
    rows = list_open_findings(entry)
    text = _(
        "In what you handed in for “{campaign}”, problems that are not mended: {count}; of these "
        "of high risk: {high}, overdue on {day}: {late}. They are the following."
    )
    opening = text.format(
        campaign=records.campaign.title,
        count=len(rows),
        high=sum(row.finding.risk == "high" for row in rows),
        day=format_long_date(entry.dated, source.lang),
        late=sum(row.finding.days_late > 0 for row in rows),
    )
    heads = (_("No."), _("Problem"), _("Risk"), _("Measure"), _("Due"))
    cells = tuple(_list_cells(source, number, row) for number, row in enumerate(rows, 1))
    return OfficeLetter(
        title=_("Notice to mend what “{campaign}” found").format(campaign=records.campaign.title),
        addressee=entry.unit.name,
        opening=(opening,),
        sender=records.office,
        day=records.today,
        table=LetterTable(heads, cells, (8, 38, 9, 28, 17)),
        closing=(_write_demand(source, due),),
    )


def _list_cells(source: RollUpSource, number: int, row: LocatedFinding) -> tuple[str, ...]:
    _, finding, sheet = source.translate, row.finding, row.sheet
    checklist = sheet.checklist.id if sheet is not None else ""
    systems = {system.id: system for system in row.entry.systems}
    system = sheet.system if sheet is not None else systems.get(finding.system or "")
    words = finding.text or source.item_title(checklist, finding.item)
    problem = " ".join(filter(None, (source.system_name(system), finding.item, words)))
    measure = finding.measure
    due = f"{measure.due}" if measure is not None and measure.due is not None else "—"
    late = _("{days} days late").format(days=finding.days_late) if finding.days_late else ""
    return (
        f"{number}",
        problem,
        translate_code(finding.risk, source.lang),
        measure.action or "—" if measure is not None else _("no measure"),
        "\n".join(filter(None, (due, late))),
    )


def _write_demand(source: RollUpSource, due: date | None) -> str:
    _ = translator(source.lang)
    if due is None:
        demand = _("Please mend these problems, those of high risk first.")
    else:
        text = _("Please mend these problems by {day}, those of high risk first.")
        demand = text.format(day=format_long_date(due, source.lang))
    more = _(
        "For what can't be mended by then, name a measure, a person who is responsible, and a day. "
        "Report in writing what was done."
    )
    return join_sentences((demand, more), source.lang)
