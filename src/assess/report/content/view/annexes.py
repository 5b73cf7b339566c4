"""The annexes of the full report: which there are, and their numbers.

Without a red head the page for the leader is page 1 and the letter follows. With a red head the
file begins with the letter, and that page is its first annex.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.i18n import N_, translator
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.kinds.registry import get_report_kind_of_item
from assess.workspace import SheetName

_TITLES = {
    "brief": N_("Page for the leader"),
    "findings": N_("Problems found"),
    "ledger": N_("Remediation ledger"),
    "answers": N_("Results and answers"),
    "tables": N_("Tables filled in"),
    "evidence": N_("Evidence and basis"),
    "provenance": N_("Provenance"),
}


def iter_filled_tables(inputs: ReportInputs) -> Iterator[tuple[SheetName, str]]:
    """Yield sheet and item of each answer that has rows, in the order of the report."""
    for sheet_inputs in inputs.sheets:
        shown = (part for part in sheet_inputs.assessment.sections if part.counts.applicable)
        for state in (state for part in shown for state in part.items if state.applies != "no"):
            value = state.answer.value if state.answer is not None else None
            if get_report_kind_of_item(state.item).row_count(state.item, value):
                yield sheet_inputs.name, state.item.id


def list_annex_titles(inputs: ReportInputs, *, with_tables: bool) -> dict[str, str]:
    """Return the titles of the annexes by name, in their order."""
    _ = translator(inputs.lang)
    titles = {name: _(title) for name, title in _TITLES.items()}
    if "full" not in inputs.config.report.heads:
        del titles["brief"]
    if not with_tables:
        del titles["tables"]
    return titles
