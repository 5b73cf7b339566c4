"""Lint of an answer sheet against its checklist, assess.yaml and the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.field_checks.words import check_mismatch_and_meaning_text, operand_item_ids_text
from assess.engine.kinds.value_rules import VALUE_RULES
from assess.engine.lint.answer import ANSWER_RULES, AnswerContext, lint_answer
from assess.engine.lint.common import (
    COMMON_RULES,
    SCOPE_NAMES,
    lint_undecided_conflicts,
    lint_unknown_person,
)
from assess.engine.rulebook import LintRule, ProblemCollector, rule_message_and_hint
from assess.engine.scoring.assessment import assess_sheet
from assess.engine.taken_over import has_new_note, is_result_taken_over
from assess.i18n import N_, Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.results import Assessment
from assess.problem import Problem, Severity

_OWN_RULES: Final[Mapping[str, LintRule]] = {
    "sheet-checklist": LintRule(
        N_("the sheet answers the checklist “{given}”, the file's name says “{expected}”"),
        N_("name the file after it: {given}.yaml, a system's {given}@SYSTEM.yaml"),
    ),
    "sheet-round": LintRule(
        N_("the sheet says round “{given}”, the file's folder “{expected}”"),
        N_("move the file into answers/{given}"),
    ),
    "sheet-scope": LintRule(
        N_("the sheet's scope is “{given}”, the file's name says “{expected}”"),
        N_("answers/ROUND/CHECKLIST.yaml is the organization's, CHECKLIST@SYSTEM.yaml a system's"),
    ),
    "scope-kind": LintRule(
        N_("the checklist is for {expected}, the sheet is for {given}"),
    ),
    "round-unknown": LintRule(N_("there is no round “{given}” in assess.yaml")),
    "system-unknown": LintRule(
        N_("there is no system “{given}” in assess.yaml"), N_("add it with `assess system add`")
    ),
    "organization-unknown": LintRule(N_("the organization in assess.yaml is “{expected}”")),
    "sheet-not-listed": LintRule(
        N_("round “{given}” does not list this sheet"),
        N_("add “{expected}” to its `sheets`"),
        "warning",
    ),
    "checklist-version": LintRule(
        N_("the sheet answers version {given}, the pinned checklist is version {expected}"),
        N_("run `assess upgrade`"),
    ),
    "checklist-digest": LintRule(
        N_("the pinned checklist is not the file that this sheet answers: it was edited"),
        N_("restore it, or accept it: assess checklist accept ID --reason …"),
    ),
    "taken-over-most": LintRule(
        N_("{count} of {all} answers were carried over, with no note that is new"),
        N_("look at the items again, and write what was found this time"),
        "warning",
    ),
    "field-check": LintRule(
        N_("answers do not fit together: {text}"),
        N_("look at these answers, and correct the wrong ones: {items}"),
        "warning",
    ),
    "assigned-unknown": LintRule(N_("there is no section or item “{given}” to assign")),
    "item-unknown": LintRule(
        N_("the checklist has no item “{given}”"),
        N_("put the answer aside: assess upgrade {checklist}; or delete it"),
    ),
}

SHEET_RULES: Final[Mapping[str, LintRule]] = {
    **COMMON_RULES,
    **_OWN_RULES,
    **ANSWER_RULES,
    **VALUE_RULES,
}
"""All rules of an answer sheet."""

_MOST_TAKEN_OVER: Final = 0.9
_FEWEST_ANSWERS: Final = 5
"""Of fewer answers a share says little."""

_SHEET_PATH = re.compile(r"(?:^|/)answers/([^/]+)/([^/@]+)(?:@([^/@]+))?\.yaml$")


class SheetPath(NamedTuple):
    """The parts of a sheet's path: answers/ROUND/CHECKLIST[@SYSTEM].yaml."""

    round: str
    checklist: str
    system: str | None


def parse_sheet_path(file: str) -> SheetPath | None:
    """Return the parts of a sheet's path; None for another path."""
    match = _SHEET_PATH.search(file)
    return SheetPath(*match.groups()) if match else None


def lint_sheet(
    sheet: Sheet,
    checklist: Checklist,
    config: Config,
    register: Register,
    today: date,
    lang: Lang,
    *,
    file: str,
    digest: str | None = None,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in a sheet on a given day.

    `file` is the path of the sheet in the workspace; name and folder must agree with the content.
    `digest` is the present digest of the pinned checklist (`sha256:…`), None if unknown.
    """
    out = ProblemCollector(file, lang, SHEET_RULES)
    lint_undecided_conflicts(out, conflicts)
    _lint_path_mismatch(out, sheet)
    _lint_scope_and_round(out, sheet, checklist, config)
    _lint_checklist_version_and_digest(out, sheet, checklist, config, digest)
    _lint_roles_and_assignments(out, sheet, checklist, config)
    _lint_excessive_taken_over_share(out, sheet)
    assessment = assess_sheet(checklist, sheet, config, register, today)
    _lint_broken_field_checks(out, sheet, assessment)
    states = {state.item.id: state for state in assessment.items}
    context = AnswerContext(out, config, register, today)
    for item_id, answer in sheet.answers.items():
        state = states.get(item_id)
        if state is None:
            near = out.find_similar_names(item_id, states)
            _add_unknown_item_problem(out, item_id, near, sheet.checklist.id)
        else:
            lint_answer(context, state, answer)
    return out.problems


def _add_unknown_item_problem(
    out: ProblemCollector, item_id: str, near: Iterable[str], checklist_id: str
) -> None:
    """Note an answer to no item: mistyped, or the other side of a merge upgraded the checklist."""
    words = {"given": item_id, "checklist": checklist_id}
    message, cure = rule_message_and_hint(out.rules["item-unknown"], out.lang, words)
    _message, question = rule_message_and_hint(out.rules["item-unknown"], out.lang, words, near)
    hint = cure if cure == question else f"{question} {cure}"
    out.add_problem("item-unknown", message, hint, ("answers", item_id))


def _lint_path_mismatch(out: ProblemCollector, sheet: Sheet) -> None:
    path = parse_sheet_path(out.file)
    if path is None:
        return
    if sheet.checklist.id != path.checklist:
        words: dict[str, Any] = {"given": sheet.checklist.id, "expected": path.checklist}
        out.add_broken_rule("sheet-checklist", ("checklist", "id"), **words)
    if sheet.round != path.round:
        out.add_broken_rule("sheet-round", ("round",), given=sheet.round, expected=path.round)
    if sheet.scope.system != path.system:
        organization = translator(out.lang)(SCOPE_NAMES["organization"])
        scope, expected = sheet.scope.system or organization, path.system or organization
        out.add_broken_rule("sheet-scope", ("scope",), given=scope, expected=expected)


def _lint_scope_and_round(
    out: ProblemCollector, sheet: Sheet, checklist: Checklist, config: Config
) -> None:
    _ = translator(out.lang)
    system, organization = sheet.scope.system, sheet.scope.organization
    kind = "organization" if system is None else "system"
    if kind != checklist.scope:
        words: dict[str, Any] = {
            "given": _(SCOPE_NAMES[kind]),
            "expected": _(SCOPE_NAMES[checklist.scope]),
        }
        out.add_broken_rule("scope-kind", ("scope",), **words)
    if system is not None and system not in config.systems:
        near = out.find_similar_names(system, config.systems)
        out.add_broken_rule("system-unknown", ("scope", "system"), near=near, given=system)
    if organization is not None and organization != config.organization.id:
        path = ("scope", "organization")
        out.add_broken_rule("organization-unknown", path, expected=config.organization.id)
    assessment_round = config.rounds.get(sheet.round)
    name = checklist.id if system is None else f"{checklist.id}@{system}"
    if assessment_round is None:
        near = out.find_similar_names(sheet.round, config.rounds)
        out.add_broken_rule("round-unknown", ("round",), near=near, given=sheet.round)
    elif name not in assessment_round.sheets:
        out.add_broken_rule("sheet-not-listed", ("round",), given=sheet.round, expected=name)


def _lint_checklist_version_and_digest(
    out: ProblemCollector, sheet: Sheet, checklist: Checklist, config: Config, digest: str | None
) -> None:
    """Note a sheet of another checklist version, and a pinned file that was edited by hand.

    An accepted variant is allowed. A checklist that is written in the workspace is often edited,
    and fingerprints show which answers an edit makes stale; so the problem is only a warning.
    """
    ref = sheet.checklist
    if ref.version != checklist.version:
        words: dict[str, Any] = {"given": ref.version, "expected": checklist.version}
        out.add_broken_rule("checklist-version", ("checklist", "version"), **words)
        return
    if digest is None or ref.digest is None or ref.digest == digest:
        return
    pin = config.checklists.get(checklist.id)
    if pin is not None and pin.variant is not None and pin.variant.digest == digest:
        return
    local = pin is not None and pin.source == "local"
    severity: Severity | None = "warning" if local else None
    out.add_broken_rule("checklist-digest", ("checklist", "digest"), severity=severity)


def _lint_excessive_taken_over_share(out: ProblemCollector, sheet: Sheet) -> None:
    """Note a sheet that takes over more than nine in ten answers without a new note."""
    answers = [answer for answer in sheet.answers.values() if answer.is_given]
    count = sum(is_result_taken_over(answer) and not has_new_note(answer) for answer in answers)
    if len(answers) >= _FEWEST_ANSWERS and count > _MOST_TAKEN_OVER * len(answers):
        out.add_broken_rule("taken-over-most", ("answers",), count=count, all=len(answers))


def _lint_broken_field_checks(out: ProblemCollector, sheet: Sheet, assessment: Assessment) -> None:
    """Note answers that do not fit together, at the last of them: what the others must make."""
    for broken in list_broken_checks(assessment):
        answered = [item_id for item_id in broken.item_ids if item_id in sheet.answers]
        words: dict[str, Any] = {
            "text": check_mismatch_and_meaning_text(broken, out.lang),
            "items": operand_item_ids_text(broken, out.lang),
        }
        out.add_broken_rule("field-check", ("answers", *answered[-1:]), **words)


def _lint_roles_and_assignments(
    out: ProblemCollector, sheet: Sheet, checklist: Checklist, config: Config
) -> None:
    people = sheet.people
    for role in ("filler", "reviewer", "leader"):
        lint_unknown_person(out, config, getattr(people, role), ("people", role))
    known = {section.id for section in checklist.sections} | set(checklist.items())
    for name, person in sheet.assigned.items():
        if name not in known:
            near = out.find_similar_names(name, known)
            out.add_broken_rule("assigned-unknown", ("assigned", name), near=near, given=name)
        lint_unknown_person(out, config, person, ("assigned", name))
