"""What the content rules say. Reasons and examples are in docs/lint-rules.md."""

from __future__ import annotations

from assess.engine.lint.checklist_rules import CHECKLIST_RULES
from assess.engine.lint.sheet_rules import COMMON_RULES
from assess.engine.rulebook import Rule
from assess.i18n import N_

CONTENT_RULES: dict[str, Rule] = {
    "untranslated": Rule(
        N_("this text is not in its language: “{given}”"), N_("translate it"), "warning"
    ),
    "punctuation-zh": Rule(
        N_("punctuation in the Chinese text: {given}"), N_("write {instead}"), "warning"
    ),
    "punctuation-en": Rule(
        N_("punctuation in the English text: {given}"), N_("write {instead}"), "warning"
    ),
    "term-avoid": Rule(
        N_("the library does not say “{given}”"), N_("write “{instead}”"), "warning"
    ),
    "title-long": Rule(
        N_("the title has {given} characters, {limit} at most"), N_("name the outcome"), "warning"
    ),
    "requirement-long": Rule(
        N_("the requirement has {given} characters, {limit} at most"),
        N_("one sentence, one demand"),
        "warning",
    ),
    "check-steps": Rule(
        N_("the check has {given} steps; two to six are right"),
        N_("one action each, then what one should see"),
        "warning",
    ),
    "two-requirements": Rule(
        N_("the requirement holds two: “{given}”"),
        N_("make two items if each half can be met without the other"),
        "warning",
    ),
    "ref-missing": Rule(
        N_("the item cites no basis"),
        N_("add `refs`; cite `practice` for good practice without a rule"),
        "warning",
    ),
    "clause-unknown": Rule(N_("“{basis}” has no clause “{given}”"), N_("look it up in the text")),
    "crossref-unknown": Rule(N_("“{scheme}” has no “{given}”"), N_("leave it out when in doubt")),
    "case-unknown": Rule(N_("there is no high-risk case “{given}”")),
    "case-scope": Rule(
        N_("the case “{given}” reaches systems from level {level} on, the item further"),
        N_("add `high_risk.applies_when`"),
        "warning",
    ),
    "case-clause": Rule(
        N_("the case “{given}” belongs to {clauses}, which the item does not cite"),
        N_("cite the clause, or choose the case that fits"),
        "warning",
    ),
    "weight-rule": Rule(
        N_("the weight departs from the library’s rule: {reason}"),
        N_("change it, or give the reason in `silence`"),
        "warning",
    ),
    "never-applies": Rule(
        N_("this condition can never hold"), N_("no system or unit has such facts")
    ),
    "basis-unused": Rule(N_("no item cites “{given}”"), N_("define only what is cited"), "warning"),
    "basis-differs": Rule(
        N_("“{given}” has another title or other dates in {file}"),
        N_("one id is one document: make them the same"),
    ),
    "basis-twice": Rule(
        N_("“{given}” is called “{other}” in {file}"), N_("give one document one id"), "warning"
    ),
    "fact-differs": Rule(
        N_("the fact “{given}” is defined otherwise in {file}"),
        N_("the same fact is asked once: define it alike"),
    ),
    "requirement-duplicate": Rule(
        N_("the requirement is that of {other}"), N_("ask a thing once"), "warning"
    ),
    "requirement-near": Rule(
        N_("the requirement is much like that of {other}"),
        N_("say what is different, or drop one"),
        "warning",
    ),
    "check-duplicate": Rule(
        N_("the check is that of {other}, word for word"),
        N_("say how this very thing is seen"),
        "warning",
    ),
    "silence-reason": Rule(N_("the rule “{given}” is silenced without a reason")),
    "silence-unknown": Rule(N_("there is no rule “{given}” to silence")),
}

NEVER_SILENT = frozenset({"silence-reason", "silence-unknown"})

KNOWN_RULES = frozenset(COMMON_RULES) | frozenset(CHECKLIST_RULES) | frozenset(CONTENT_RULES)
"""The rules that an item may silence."""

CASE_IS_THREE = N_("an item with a high-risk case has weight 3, not {given}")
THREE_IS_BORNE = N_(
    "weight 3 needs a high-risk case or a clause whose breach has a penalty of its own"
)
"""The two ways in which a weight departs from the rule of docs/writing-checklists.md."""
