"""The numbers by which parts of a report name each other: of problems, and of what is cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeGuard

from assess.engine.citing import WHOLE_DOCUMENT
from assess.engine.outside_findings import OutsideRow
from assess.engine.punctuation import semicolon_sign
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.item import RISK_LEVELS, Item, Ref
from assess.model.results import LedgerRow
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.annexes import iter_filled_tables, list_annex_titles
from assess.report.content.view.model import BasisView
from assess.report.content.view.profile import list_cited_bases
from assess.workspace import SheetName

ProblemKey = tuple[SheetName, str]
"""The sheet of a problem, and the id of its item."""


class Numbering(NamedTuple):
    """The numbers of problems, and the codes of laws and standards."""

    problems: Mapping[ProblemKey, int]
    """By sheet and id of the item."""
    outside: Mapping[str, int]
    """By id of the finding of others."""
    places: Mapping[ProblemKey | str, int]
    """The places of both in the ledger, which has them in one order."""
    basis_codes: Mapping[str, str]
    """By title."""
    bases: tuple[BasisView, ...]
    """What is cited, in the order of the codes."""
    tables: Mapping[tuple[SheetName, str], int]
    """The numbers of the tables in their annex, by sheet and id of the item."""
    annex_titles: Mapping[str, str]
    """The titles of the annexes by name, in their order."""

    @property
    def annex_numbers(self) -> dict[str, int]:
        """The numbers of the annexes by name."""
        return {name: number for number, name in enumerate(self.annex_titles, 1)}

    def format_citations(self, item: Item, checklist: Checklist, lang: Lang) -> str:
        """Return what an item cites, by codes and clauses; '' for nothing."""
        return semicolon_sign(lang).join(
            self._format_citation(ref, checklist, lang) for ref in item.refs
        )

    def _format_citation(self, ref: Ref, checklist: Checklist, lang: Lang) -> str:
        known = checklist.basis.get(ref.basis)
        code = self.basis_codes[pick_text(known.title, lang)] if known else ref.basis
        return f"[{code}] {ref.clause.strip(WHOLE_DOCUMENT)}".rstrip()


def make_report_numbering(inputs: ReportInputs) -> Numbering:
    """Return the numbering of a report.

    Problems are numbered over all sheets, from 1: high risk first, then by due date; without a due
    date they stand last. Findings of others stand among them, and have numbers of their own.
    """
    problems: list[tuple[ProblemKey | str, LedgerRow | OutsideRow]] = [
        ((sheet_inputs.name, ledger_row.state.item.id), ledger_row)
        for sheet_inputs in inputs.sheets
        for ledger_row in sheet_inputs.assessment.ledger
    ]
    problems += [(row.id, row) for row in inputs.outside]
    problems.sort(key=lambda problem: _make_risk_and_due_sort_key(problem[1]))
    keys = [key for key, _row in problems]
    bases = list_cited_bases(inputs)
    tables = {place: number for number, place in enumerate(iter_filled_tables(inputs), 1)}
    return Numbering(
        problems={key: at for at, key in enumerate(filter(_is_problem_key, keys), 1)},
        outside={key: at for at, key in enumerate((k for k in keys if isinstance(k, str)), 1)},
        places={key: at for at, key in enumerate(keys, 1)},
        basis_codes={basis.title: basis.code for basis in bases},
        bases=bases,
        tables=tables,
        annex_titles=list_annex_titles(inputs, with_tables=bool(tables)),
    )


def format_outside_finding_number(number: int, lang: Lang) -> str:
    """Return the number of a finding of others, apart from those of the round's own."""
    _ = translator(lang)
    return _("E{number}").format(number=number)


def _is_problem_key(key: ProblemKey | str) -> TypeGuard[ProblemKey]:
    return not isinstance(key, str)


def _make_risk_and_due_sort_key(ledger_row: LedgerRow | OutsideRow) -> tuple[int, date]:
    return RISK_LEVELS.index(ledger_row.risk), ledger_row.due or date.max
