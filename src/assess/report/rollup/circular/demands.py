"""有关要求 of a circular: what follows from the figures; what concerns nobody is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.i18n import Lang, translator
from assess.report.content.view.words import format_heading_number
from assess.report.rollup.circular.overall_prose import list_units_in_state
from assess.report.rollup.circular.problem_prose import list_common_rows
from assess.report.rollup.table_reader import TableReader


def write_demands(reader: TableReader) -> Iterator[str]:
    """Yield the demands, numbered; the last is the sentence about passing the circular on."""
    yield from number_demands(list(_list_demands(reader)), reader.lang)


def number_demands(demands: Sequence[str], lang: Lang) -> Iterator[str]:
    """Yield the demands behind their numbers; a single one has none."""
    for number, text in enumerate(demands, 1):
        has_number = len(demands) > 1
        yield (format_heading_number(number, lang, level=2) if has_number else "") + text


def _list_demands(reader: TableReader) -> Iterator[str]:
    _ = reader.translate
    missing = len(list_units_in_state(reader, "missing"))
    if missing:
        text = _("Handing in. Units that have not handed in ({count}) do so at once.")
        yield text.format(count=missing)
    high = len(reader.list_rows("high_risks"))
    overdue = reader.read_total("remediation")["overdue"]
    yield from list_problem_demands(high, overdue, reader.lang)
    common = len(list_common_rows(reader))
    if common:
        text = _(
            "Common problems. All units look through the items that fail in several units "
            "({count}), and mend what they find."
        )
        yield text.format(count=common)
    yield write_secrecy_demand(reader.document.warning, reader.lang)


def list_problem_demands(high: int, overdue: int, lang: Lang) -> Iterator[str]:
    """Yield what is demanded about problems of high risk and overdue measures, so many of each."""
    _ = translator(lang)
    if high:
        text = _(
            "High risks. Problems of high risk ({count}) are mended first; what can't be mended at "
            "once gets an interim measure and a person who is responsible."
        )
        yield text.format(count=high)
    if overdue:
        text = _(
            "Remediation. Overdue measures ({count}) are carried out, with a reason and a new day "
            "for each that is not."
        )
        yield text.format(count=overdue)


def write_secrecy_demand(warning: str, lang: Lang) -> str:
    """Return the demand about passing on what was collected."""
    _ = translator(lang)
    return _("Secrecy. {warning}").format(warning=warning)
