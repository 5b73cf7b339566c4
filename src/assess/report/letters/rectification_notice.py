"""The notice by which an office demands of a unit to mend its problems (整改通知书)."""

from __future__ import annotations

from datetime import date

from assess.display.rollup.table_building import RollUpSource
from assess.engine.punctuation import join_sentences
from assess.engine.rollup.findings import list_open_findings
from assess.engine.rollup.records import UnitEntry
from assess.i18n import translator
from assess.report.content.view.words import format_long_date
from assess.report.letters.finding_table import make_finding_table
from assess.report.letters.letter import OfficeLetter


def make_rectification_notice(
    source: RollUpSource, entry: UnitEntry, due: date | None
) -> OfficeLetter:
    """Return the notice about all problems of a unit that are not mended; `due` is the last day."""
    _, records = source.translate, source.records
    rows = list_open_findings(entry)
    text = _(
        "In what you handed in for “{campaign}”, problems that are not mended: {count}; of these "
        "of high risk: {high}, overdue on {day}, the day of your own figures: {late}. They are the "
        "following."
    )
    opening = text.format(
        campaign=records.campaign.title,
        count=len(rows),
        high=sum(row.finding.risk == "high" for row in rows),
        day=format_long_date(entry.dated, source.lang),
        late=sum(row.finding.days_late > 0 for row in rows),
    )
    return OfficeLetter(
        title=_("Notice to mend what “{campaign}” found").format(campaign=records.campaign.title),
        addressee=entry.unit.name,
        opening=(opening,),
        sender=records.office,
        day=records.today,
        table=make_finding_table(source, rows),
        closing=(_write_demand(source, due),),
    )


def _write_demand(source: RollUpSource, due: date | None) -> str:
    _ = translator(source.lang)
    if due is None:
        demand = _("Please mend these problems, those of high risk first.")
    else:
        text = _(
            "Please mend these problems by {day}, those of high risk first. Where the table has an "
            "earlier day that has not passed, that day holds; where it has a later one, none, or "
            "one that has passed, {day} holds."
        )
        demand = text.format(day=format_long_date(due, source.lang))
    more = _(
        "For what can't be mended by then, name a measure, a person who is responsible, and a day. "
        "Report in writing what was done."
    )
    return join_sentences((demand, more), source.lang)
