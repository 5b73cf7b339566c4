"""Rules about an answer sheet, and about what stands in every file."""

from __future__ import annotations

from assess.engine.kinds.statuses import STATUS_REFUSED
from assess.engine.rulebook import Rule
from assess.i18n import N_

COMMON_RULES: dict[str, Rule] = {
    "conflict": Rule(
        N_("“{field}” was changed on two sides, and nobody has decided yet"),
        N_("decide: assess settle {place} --ours, or --theirs{then}"),
    ),
    "person-unknown": Rule(
        N_("nobody in assess.yaml has the id “{given}”"),
        N_("add the person with `assess person add`"),
    ),
}

SHEET_RULES: dict[str, Rule] = {
    "sheet-checklist": Rule(
        N_("the sheet answers the checklist “{given}”, the file's name says “{expected}”"),
        N_("name the file after it: {given}.yaml, a system's {given}@SYSTEM.yaml"),
    ),
    "sheet-round": Rule(
        N_("the sheet says round “{given}”, the file's folder “{expected}”"),
        N_("move the file into answers/{given}"),
    ),
    "sheet-scope": Rule(
        N_("the sheet's scope is “{given}”, the file's name says “{expected}”"),
        N_("answers/ROUND/CHECKLIST.yaml is the organization's, CHECKLIST@SYSTEM.yaml a system's"),
    ),
    "scope-kind": Rule(
        N_("the checklist is for {expected}, the sheet is for {given}"),
    ),
    "round-unknown": Rule(N_("there is no round “{given}” in assess.yaml")),
    "system-unknown": Rule(
        N_("there is no system “{given}” in assess.yaml"), N_("add it with `assess system add`")
    ),
    "organization-unknown": Rule(N_("the organization in assess.yaml is “{expected}”")),
    "sheet-not-listed": Rule(
        N_("round “{given}” does not list this sheet"),
        N_("add “{expected}” to its `sheets`"),
        "warning",
    ),
    "checklist-version": Rule(
        N_("the sheet answers version {given}, the pinned checklist is version {expected}"),
        N_("run `assess upgrade`"),
    ),
    "checklist-digest": Rule(
        N_("the pinned checklist is not the file that this sheet answers: it was edited"),
        N_("restore it, or accept it: assess checklist accept ID --reason …"),
    ),
    "assigned-unknown": Rule(N_("there is no section or item “{given}” to assign")),
    "item-unknown": Rule(
        N_("the checklist has no item “{given}”"),
        N_("put the answer aside: assess upgrade {checklist}; or delete it"),
    ),
    "item-left-out": Rule(
        N_("the item does not apply under the facts given; its answer is not counted"),
        N_("correct the facts in assess.yaml, or leave it"),
        "warning",
    ),
    "status-kind": Rule(
        N_("an item of this kind takes a value, and of statuses only not_applicable"),
        N_("write it under `value`: {form}"),
    ),
    "status-refused": STATUS_REFUSED,
    "status-and-value": Rule(
        N_("an answer has a status or a value, not both"), N_("delete one of the two")
    ),
    "reason-missing": Rule(N_("not_applicable needs a reason"), N_("say why in `note`")),
    "high-risk-evidence": Rule(
        N_("a high risk stands and the required evidence is missing: {proofs}"), "", "warning"
    ),
    "high-risk-remediation": Rule(
        N_("a high risk stands and nothing is planned to mend it"),
        N_("fill in `remediation`: action, owner, due"),
        "warning",
    ),
    "evidence-unknown": Rule(
        N_("the evidence register has no row “{given}”"), N_("add the evidence first")
    ),
    "evidence-expired": Rule(
        N_("the evidence “{given}” expired on {limit}"), N_("attach a newer one"), "warning"
    ),
    "proof-unknown": Rule(N_("the item asks for no proof “{given}”"), N_("it may be: {known}")),
    "mitigation-unknown": Rule(
        N_("the item's high-risk case names no mitigation “{given}”"), N_("it has: {known}")
    ),
    "risk-by-hand": Rule(
        N_("a high-risk case is set to {given} without a mitigation of the case"),
        N_("cite a mitigation, or let the reviewer judge the reason"),
        "warning",
    ),
    "fingerprint-missing": Rule(
        N_("the answer has no fingerprint; it counts as given to the pinned text"),
        N_("the next save of it in the program adds one"),
        "warning",
    ),
    "answer-stale": Rule(
        N_("the item's wording has changed since it was answered"),
        N_("read it again and confirm the answer"),
        "warning",
    ),
    "review-own": Rule(
        N_("the answer was reviewed by who gave it, {given}"), N_("another person must review it")
    ),
    "review-outdated": Rule(
        N_("the answer was changed after its review"), N_("it needs a new review"), "warning"
    ),
    "review-unbound": Rule(
        N_("the review does not say what it was about (`of`), so it does not count"),
        N_("review the answer in the program"),
        "warning",
    ),
    "recheck-due": Rule(
        N_("the item was to be looked at again on {given}"), N_("check it again"), "warning"
    ),
    "risk-accepted-by": Rule(
        N_("an accepted risk needs `accepted_by` and `reason`"),
        N_("add what is missing: {missing}"),
    ),
    "done-on-missing": Rule(
        N_("the remediation is done, but not when"), N_("add `done_on`"), "warning"
    ),
    "verified-missing": Rule(
        N_("the remediation is verified, but not by whom and when"),
        N_("add what is missing: {missing}"),
        "warning",
    ),
}

SCOPE_NAMES: dict[str, str] = {
    "organization": N_("the organization"),
    "system": N_("a system"),
}
