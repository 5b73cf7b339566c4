"""Lint of one item of a checklist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from assess.engine.kinds.lint_parts import lint_reserved_and_repeated_ids
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.values import can_answers_have_degree, is_answered_by_status_only
from assess.engine.lint.condition import lint_applies_when, lint_high_risk_case_condition
from assess.engine.lint.parents import ItemOrder
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.item import HighRisk, Item
from assess.problem import TreePath

ITEM_RULES: Final[Mapping[str, LintRule]] = {
    "basis-unknown": LintRule(
        N_("`basis` does not define “{given}”"),
        N_("define it under `basis` at the head of the file, as the library does"),
    ),
    "weight-negative": LintRule(N_("the weight {given} is below 0")),
    "weight-deduction": LintRule(
        N_("under `deduction` the weight is 1, 2 or 3, not {given}"), "", "warning"
    ),
    "check-missing": LintRule(
        N_("the item does not say how to check it"), N_("add `check`"), "warning"
    ),
    "proof-missing": LintRule(
        N_("the item does not say what proves it"), N_("add `evidence`"), "warning"
    ),
    "supersedes-living": LintRule(
        N_("the item supersedes “{given}”, which still stands in the checklist")
    ),
    "still-valid-form": LintRule(
        N_("“{given}” is no fingerprint"), N_("zh- or en- and 12 digits 0-9a-f")
    ),
    "veto-unused": LintRule(
        N_("`veto` means something only where the method is percent"), "", "warning"
    ),
    "verdict-kind": LintRule(
        N_("`verdict.{given}` stands at an item that is answered by a value"),
        N_("rungs, options or steps say what counts; `not_applicable` may stand here"),
    ),
    "parameter-unknown": LintRule(
        N_("no fact of `profile` that is a text, number or date is called “{given}”"),
        N_("define it in `profile`"),
    ),
    "parameter-unused": LintRule(
        N_("the requirement has no {{{given}}}, so nothing shows the parameter"), "", "warning"
    ),
    "never-fails": LintRule(
        N_("an item that does not score is never a finding, so its {given} never counts"),
        "",
        "warning",
    ),
}

_FINGERPRINT = re.compile(r"(?:zh|en)-[0-9a-f]{12}")


def lint_item(
    out: ProblemCollector,
    checklist: Checklist,
    item: Item,
    order: ItemOrder,
    path: TreePath,
) -> None:
    """Note what is wrong in an item; `order` holds the items of the checklist."""
    _lint_missing_checks_and_evidence(out, item, path)
    _lint_unused_result_texts(out, item, path)
    _lint_weight(out, checklist, item, path)
    _lint_unusable_veto_and_risk(out, checklist, item, path)
    _lint_bases_and_fingerprints(out, checklist, item, order.items.keys(), path)
    _lint_parameters(out, checklist, item, path)
    lint_applies_when(out, checklist, order, item, (*path, "applies_when"))
    if item.high_risk is not None:
        _lint_condition_and_mitigation_ids(out, checklist, item.high_risk, (*path, "high_risk"))
    answer_kind(item).lint(out, item, path)


def _lint_missing_checks_and_evidence(out: ProblemCollector, item: Item, path: TreePath) -> None:
    lint_reserved_and_repeated_ids(out, item.evidence, (*path, "evidence"))
    if can_answers_have_degree(item) and not item.check:
        out.add_broken_rule("check-missing", path)
    if can_answers_have_degree(item) and not item.evidence:
        out.add_broken_rule("proof-missing", path)


def _lint_unused_result_texts(out: ProblemCollector, item: Item, path: TreePath) -> None:
    """Note grades at an item that is answered by a value: its rungs or steps say what counts."""
    if item.verdict is None or is_answered_by_status_only(item):
        return
    for name in ("met", "partial", "unmet"):
        if getattr(item.verdict, name) is not None:
            out.add_broken_rule("verdict-kind", (*path, "verdict", name), given=name)


def _lint_weight(out: ProblemCollector, checklist: Checklist, item: Item, path: TreePath) -> None:
    method = checklist.scoring.method
    where = (*path, "weight")
    if item.weight < 0:
        out.add_broken_rule("weight-negative", where, given=decimal_text(item.weight))
    elif method == "deduction" and can_answers_have_degree(item) and item.weight not in (1, 2, 3):
        out.add_broken_rule("weight-deduction", where, given=decimal_text(item.weight))


def _lint_unusable_veto_and_risk(
    out: ProblemCollector, checklist: Checklist, item: Item, path: TreePath
) -> None:
    if item.veto and checklist.scoring.method != "percent":
        out.add_broken_rule("veto-unused", (*path, "veto"))
    for name, is_set in (("veto", item.veto), ("high_risk", item.high_risk)):
        if is_set and not can_answers_have_degree(item):
            out.add_broken_rule("never-fails", (*path, name), given=name)


def _lint_bases_and_fingerprints(
    out: ProblemCollector,
    checklist: Checklist,
    item: Item,
    all_item_ids: AbstractSet[str],
    path: TreePath,
) -> None:
    for index, ref in enumerate(item.refs):
        if ref.basis not in checklist.basis:
            near = out.find_similar_names(ref.basis, checklist.basis)
            where = (*path, "refs", index, "basis")
            out.add_broken_rule("basis-unknown", where, near=near, given=ref.basis)
    for index, old in enumerate(item.supersedes):
        if old in all_item_ids:
            out.add_broken_rule("supersedes-living", (*path, "supersedes", index), given=old)
    for index, known in enumerate(item.still_valid):
        if not _FINGERPRINT.fullmatch(known):
            out.add_broken_rule("still-valid-form", (*path, "still_valid", index), given=known)


def _lint_parameters(
    out: ProblemCollector, checklist: Checklist, item: Item, path: TreePath
) -> None:
    """Note parameters that no fact can fill, or that stand nowhere in the requirement."""
    texts = [pick_text(item.requirement, lang) for lang in LANGS]
    for index, parameter in enumerate(item.parameters):
        name, where = parameter.fact, (*path, "parameters", index, "fact")
        fact = checklist.profile.get(name)
        if fact is None or fact.type in ("boolean", "choice"):
            near = out.find_similar_names(name, checklist.profile)
            out.add_broken_rule("parameter-unknown", where, near=near, given=name)
        elif not all(f"{{{name}}}" in text for text in texts):
            out.add_broken_rule("parameter-unused", where, given=name)


def _lint_condition_and_mitigation_ids(
    out: ProblemCollector, checklist: Checklist, case: HighRisk, path: TreePath
) -> None:
    lint_high_risk_case_condition(out, checklist, case.applies_when, (*path, "applies_when"))
    lint_reserved_and_repeated_ids(out, case.mitigations, (*path, "mitigations"))
