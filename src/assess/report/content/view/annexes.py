"""The annexes of the full report: which there are, and their numbers.

Without a red head the page for the leader is page 1 and the letter follows. With a red head the
file begins with the letter, and that page is its first annex.
"""

from __future__ import annotations

from assess.i18n import N_, translator
from assess.report.content.inputs import ReportInputs

_TITLES = {
    "brief": N_("Page for the leader"),
    "findings": N_("Problems found"),
    "ledger": N_("Remediation ledger"),
    "answers": N_("Results and answers"),
    "evidence": N_("Evidence and basis"),
    "provenance": N_("Provenance"),
}


def list_annex_titles(inputs: ReportInputs) -> dict[str, str]:
    """Return the titles of the annexes by name, in their order."""
    _ = translator(inputs.lang)
    titles = {name: _(title) for name, title in _TITLES.items()}
    if "full" not in inputs.config.report.heads:
        del titles["brief"]
    return titles


def number_annexes(inputs: ReportInputs) -> dict[str, int]:
    """Return the numbers of the annexes by name."""
    return {name: number for number, name in enumerate(list_annex_titles(inputs), 1)}
