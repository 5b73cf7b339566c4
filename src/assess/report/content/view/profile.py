"""Who is assessed: facts with their questions, systems, the laws and standards cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assess.engine.kinds.wording import format_fact_value
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Basis, FactDef, is_non_binding_basis
from assess.model.config import Grade, System
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.model import BasisView, LabelledLine, SystemView
from assess.report.content.view.words import format_long_date, format_short_date

_EXPOSURES = {
    "internet": N_("the internet"),
    "egov": N_("the government extranet"),
    "isolated": N_("isolated"),
}
_HOSTINGS = {
    "own_room": N_("own equipment room"),
    "egov_cloud": N_("government cloud"),
    "commercial_cloud": N_("commercial cloud"),
    "other": N_("elsewhere"),
}


def list_organization_facts(inputs: ReportInputs) -> tuple[LabelledLine, ...]:
    """Return the questions about the organization and their answers, each question once."""
    return list_fact_answers(
        _fact_definitions_of_scope(inputs, "organization"), inputs.config.profile, inputs.lang
    )


def list_system_views(inputs: ReportInputs) -> tuple[SystemView, ...]:
    """Return the systems of the organization; only the assessed ones have their facts."""
    asked = _fact_definitions_of_scope(inputs, "system")
    assessed = {sheet_inputs.name.system for sheet_inputs in inputs.sheets}
    return tuple(
        _system_view(system, asked if key in assessed else {}, inputs.lang)
        for key, system in inputs.config.systems.items()
    )


def list_fact_answers(
    asked: Mapping[str, FactDef], values: Mapping[str, Any], lang: Lang
) -> tuple[LabelledLine, ...]:
    """Return each question with the answer given."""
    return tuple(
        LabelledLine(
            name=pick_text(fact.question, lang), text=_fact_text(fact, values.get(key), lang)
        )
        for key, fact in asked.items()
    )


def list_cited_bases(inputs: ReportInputs) -> tuple[BasisView, ...]:
    """Return what applicable items cite, each once: what binds, then what is for reference.

    Each of the two is numbered from 1.
    """
    lang = inputs.lang
    cited = {
        pick_text(basis_entry.title, lang): (is_non_binding_basis(key), basis_entry)
        for sheet in inputs.sheets
        for key, basis_entry in _cited_bases_of_sheet(sheet)
    }
    cited_by_problems = set(_list_basis_titles_of_problems(inputs))
    return tuple(
        BasisView(
            number=str(number),
            title=title,
            issued=format_short_date(basis_entry.issued),
            in_force=format_short_date(basis_entry.in_force),
            example=example,
            code=_basis_code(number, lang, example=example),
            of_problem=title in cited_by_problems,
        )
        for example in (False, True)
        for number, (title, basis_entry) in enumerate(
            (
                (title, basis_entry)
                for title, (sort, basis_entry) in cited.items()
                if sort is example
            ),
            1,
        )
    )


def _basis_code(number: int, lang: Lang, *, example: bool) -> str:
    """Return by what the ledger cites a basis; what is for reference only has a mark."""
    _ = translator(lang)
    return _("R{number}").format(number=number) if example else str(number)


def _list_basis_titles_of_problems(inputs: ReportInputs) -> Iterable[str]:
    for sheet in inputs.sheets:
        for finding in sheet.assessment.findings:
            for ref in finding.state.item.refs:
                if ref.basis in sheet.checklist.basis:
                    yield pick_text(sheet.checklist.basis[ref.basis].title, inputs.lang)


def _cited_bases_of_sheet(sheet: SheetInputs) -> Iterable[tuple[str, Basis]]:
    cited = {
        ref.basis
        for state in sheet.assessment.items
        if state.applies != "no"
        for ref in state.item.refs
    }
    return (entry for entry in sheet.checklist.basis.items() if entry[0] in cited)


def _fact_definitions_of_scope(inputs: ReportInputs, scope: str) -> dict[str, FactDef]:
    asked: dict[str, FactDef] = {}
    for sheet in inputs.sheets:
        if sheet.checklist.scope == scope:
            asked = sheet.checklist.profile | asked
    return asked


def _system_view(system: System, asked: Mapping[str, FactDef], lang: Lang) -> SystemView:
    _ = translator(lang)
    return SystemView(
        name=pick_text(system.name, lang),
        grade=_grade_text(system.grade, lang),
        exposure=_(_EXPOSURES[system.exposure]) if system.exposure else "–",
        hosting=_(_HOSTINGS[system.hosting]) if system.hosting else "–",
        facts=list_fact_answers(asked, system.profile, lang),
    )


def _grade_text(grade: Grade | None, lang: Lang) -> str:
    """Return the grade as it is written: level and S2A3."""
    _ = translator(lang)
    if grade is None:
        return _("not graded")
    text = _("level {level} (S{s}A{a})")
    return text.format(level=grade.level, s=grade.s, a=grade.a)


def _fact_text(fact: FactDef, value: Any, lang: Lang) -> str:
    """Return a fact's value in words; a date is written out."""
    return (
        format_long_date(value, lang)
        if isinstance(value, date)
        else format_fact_value(fact, value, lang)
    )
