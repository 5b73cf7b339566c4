"""Lint of assess.yaml against the pinned checklists and the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from assess import locations
from assess.engine.kinds.reading import read_number
from assess.engine.lint.common import (
    COMMON_RULES,
    SCOPE_NAMES,
    expected_fact_format_text,
    has_type_of_fact,
    is_number_within_limits,
    limits_text,
    lint_undecided_conflicts,
    lint_unknown_person,
)
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import list_fact_names
from assess.i18n import N_, Lang, translator
from assess.model.checklist import Checklist, FactDef, ScopeKind
from assess.model.config import Config, Round, System
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.problem import Problem, TreePath

CONFIG_RULES: Final[Mapping[str, LintRule]] = {
    **COMMON_RULES,
    "listed-checklist": LintRule(
        N_("the round lists “{given}”, but no such checklist is pinned"),
        N_("add it with `assess checklist add`"),
    ),
    "listed-system": LintRule(
        N_("the round lists “{given}”, but there is no such system"),
        N_("add it with `assess system add`"),
    ),
    "listed-scope": LintRule(
        N_("“{given}”: the checklist is for {expected}"),
        N_("write CHECKLIST for the organization, CHECKLIST@SYSTEM for a system"),
    ),
    "listed-twice": LintRule(N_("“{given}” is listed twice"), N_("delete one")),
    "from-unknown": LintRule(N_("there is no round “{given}” to take suggestions from")),
    "from-itself": LintRule(N_("a round can't take suggestions from itself")),
    "from-circle": LintRule(
        N_("rounds take suggestions from each other in a circle: {given}"),
        N_("let the first of them have no `from`"),
    ),
    "tag-missing": LintRule(
        N_("the round is closed, but no tag says where to read it"),
        N_("close rounds with `assess round close`"),
        "warning",
    ),
    "signed-unknown": LintRule(N_("the evidence register has no row “{given}”")),
    "fact-undefined": LintRule(
        N_("no pinned checklist asks for the fact “{given}”"),
        N_("delete it, or correct its name"),
        "warning",
    ),
    "fact-type": LintRule(N_("the fact “{given}” must be {form}")),
    "fact-limits": LintRule(N_("the fact “{given}” must lie within its limits: {limits}")),
    "fact-differs": LintRule(
        N_("the checklists {given} define the fact “{fact}” differently"),
        N_("let them agree on type, limits and options, or rename it in one of the two"),
    ),
    "grade-missing": LintRule(
        N_("the system has no grade, but the checklist “{given}” asks for it"),
        N_("add `grade` with level, s and a"),
        "warning",
    ),
    "grade-level": LintRule(
        N_("level {given} is not the higher of S{s} and A{a}"),
        N_("the level of a system is the higher of the two"),
        "warning",
    ),
}

_GRADE_FACTS = {"system.level", "system.s", "system.a"}


class _LintedFiles(NamedTuple):
    """assess.yaml and the files that it is checked with."""

    config: Config
    checklists: Mapping[str, Checklist]
    register: Register


def lint_config(
    config: Config,
    checklists: Mapping[str, Checklist],
    register: Register,
    lang: Lang,
    *,
    file: str = locations.CONFIG,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in assess.yaml; `checklists` are the pinned ones that can be read."""
    out = ProblemCollector(file, lang, CONFIG_RULES)
    files = _LintedFiles(config, checklists, register)
    lint_undecided_conflicts(out, conflicts)
    for pin_id, pin in config.checklists.items():
        by = pin.variant.by if pin.variant is not None else None
        lint_unknown_person(out, config, by, ("checklists", pin_id, "variant", "by"))
    for round_id, assessment_round in config.rounds.items():
        _lint_round(out, files, round_id, assessment_round)
    _lint_circles_of_rounds(out, config.rounds)
    # A fact may be one that a checklist defines which can't be read just now.
    readable = all(pin_id in checklists for pin_id in config.checklists)
    definitions = _collect_and_compare_fact_definitions(out, checklists, "organization")
    _lint_fact_values(out, config.profile, definitions, ("profile",), readable)
    definitions = _collect_and_compare_fact_definitions(out, checklists, "system")
    for system_id, system in config.systems.items():
        _lint_fact_values(
            out, system.profile, definitions, ("systems", system_id, "profile"), readable
        )
        _lint_protection_grade_of_system(out, files, system_id, system)
    return out.problems


def _lint_round(
    out: ProblemCollector, files: _LintedFiles, round_id: str, assessment_round: Round
) -> None:
    path: TreePath = ("rounds", round_id)
    if assessment_round.from_ == round_id:
        out.add_broken_rule("from-itself", (*path, "from"))
    elif assessment_round.from_ is not None and assessment_round.from_ not in files.config.rounds:
        near = out.find_similar_names(assessment_round.from_, files.config.rounds)
        out.add_broken_rule(
            "from-unknown", (*path, "from"), near=near, given=assessment_round.from_
        )
    if assessment_round.state == "closed" and assessment_round.tag is None:
        out.add_broken_rule("tag-missing", path)
    if (
        assessment_round.signed is not None
        and assessment_round.signed not in files.register.evidence
    ):
        out.add_broken_rule("signed-unknown", (*path, "signed"), given=assessment_round.signed)
    seen: set[str] = set()
    for index, sheet in enumerate(assessment_round.sheets):
        where = (*path, "sheets", index)
        if sheet in seen:
            out.add_broken_rule("listed-twice", where, given=sheet)
        elif assessment_round.state == "open":
            # A closed round is read at its tag, with the checklists and systems of that day.
            _lint_sheet_name_in_round(out, files, sheet, where)
        seen.add(sheet)


def _lint_circles_of_rounds(out: ProblemCollector, rounds: Mapping[str, Round]) -> None:
    """Report each circle of rounds once, at the first of its rounds in the file."""
    passed: set[str] = set()
    for round_id in rounds:
        way = list[str]()
        step: str | None = round_id
        while step is not None and step in rounds and step not in passed:
            passed.add(step)
            way.append(step)
            step = rounds[step].from_
        circle = way[way.index(step) :] if step in way else []
        if len(circle) > 1:
            first = next(each for each in rounds if each in circle)
            start = circle.index(first)
            names = [*circle[start:], *circle[:start], first]
            out.add_broken_rule("from-circle", ("rounds", first, "from"), given=" ← ".join(names))


def _lint_sheet_name_in_round(
    out: ProblemCollector, files: _LintedFiles, sheet: str, path: TreePath
) -> None:
    checklist_id, separator, system_id = sheet.partition("@")
    pinned = files.config.checklists
    if checklist_id not in pinned and checklist_id not in files.checklists:
        near = out.find_similar_names(checklist_id, {**pinned, **files.checklists})
        out.add_broken_rule("listed-checklist", path, near=near, given=checklist_id)
        return
    checklist = files.checklists.get(checklist_id)
    if checklist is not None and (checklist.scope == "system") != bool(separator):
        expected = translator(out.lang)(SCOPE_NAMES[checklist.scope])
        out.add_broken_rule("listed-scope", path, given=sheet, expected=expected)
    elif separator and system_id not in files.config.systems:
        near = out.find_similar_names(system_id, files.config.systems)
        out.add_broken_rule("listed-system", path, near=near, given=system_id)


def _collect_and_compare_fact_definitions(
    out: ProblemCollector, checklists: Mapping[str, Checklist], scope: ScopeKind
) -> dict[str, FactDef]:
    """Return the facts that checklists of one scope define; note where two disagree."""
    definitions: dict[str, tuple[str, FactDef]] = {}
    for checklist_id, checklist in checklists.items():
        if checklist.scope != scope:
            continue
        for name, fact in checklist.profile.items():
            first_id, first = definitions.setdefault(name, (checklist_id, fact))
            if _comparable_fact_definition(first) != _comparable_fact_definition(fact):
                checklist_ids = f"{first_id}, {checklist_id}"
                out.add_broken_rule(
                    "fact-differs", ("checklists", checklist_id), given=checklist_ids, fact=name
                )
    return {name: fact for name, (_, fact) in definitions.items()}


def find_differently_defined_facts(
    checklist: Checklist, others: Mapping[str, Checklist]
) -> Iterator[tuple[str, str]]:
    """Yield each fact that another checklist of the same scope defines otherwise, with its id."""
    for other_id, other in others.items():
        if other.scope == checklist.scope:
            for name, fact in checklist.profile.items():
                twin = other.profile.get(name, fact)
                if _comparable_fact_definition(fact) != _comparable_fact_definition(twin):
                    yield name, other_id


def _comparable_fact_definition(fact: FactDef) -> tuple[Any, ...]:
    return (fact.type, fact.min, fact.max, {option.id for option in fact.options})


def _lint_fact_values(
    out: ProblemCollector,
    profile: Mapping[str, Any],
    definitions: Mapping[str, FactDef],
    path: TreePath,
    readable: bool,
) -> None:
    for name, value in profile.items():
        fact = definitions.get(name)
        where = (*path, name)
        if fact is None:
            if readable:
                out.add_broken_rule(
                    "fact-undefined",
                    where,
                    near=out.find_similar_names(name, definitions),
                    given=name,
                )
            continue
        number = read_number(value)
        if not has_type_of_fact(fact, value):
            out.add_broken_rule(
                "fact-type", where, given=name, form=expected_fact_format_text(fact, out.lang)
            )
        elif number is not None and not is_number_within_limits(number, fact.min, fact.max):
            limits = limits_text(fact.min, fact.max)
            out.add_broken_rule("fact-limits", where, given=name, limits=limits)


def _lint_protection_grade_of_system(
    out: ProblemCollector, files: _LintedFiles, system_id: str, system: System
) -> None:
    path: TreePath = ("systems", system_id)
    grade = system.grade
    if grade is not None:
        if grade.level != max(grade.s, grade.a):
            words: dict[str, Any] = {"given": grade.level, "s": grade.s, "a": grade.a}
            out.add_broken_rule("grade-level", (*path, "grade", "level"), **words)
        return
    listed = {
        sheet.partition("@")[0]
        for assessment_round in files.config.rounds.values()
        for sheet in assessment_round.sheets
        if assessment_round.state == "open" and sheet.endswith(f"@{system_id}")
    }
    for checklist_id in sorted(listed):
        checklist = files.checklists.get(checklist_id)
        if checklist is not None and has_condition_on_grade(checklist):
            out.add_broken_rule("grade-missing", path, given=checklist_id)
            return


def has_condition_on_grade(checklist: Checklist) -> bool:
    """Return whether any condition of the checklist reads the levels of a system."""
    for item in checklist.items().values():
        reach = item.high_risk.applies_when if item.high_risk is not None else None
        if not _GRADE_FACTS.isdisjoint(
            (*list_fact_names(item.applies_when), *list_fact_names(reach))
        ):
            return True
    return False
