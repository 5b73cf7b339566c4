"""Rules about a checklist: what is wrong in it, and what its author forgot."""

from __future__ import annotations

from assess.engine.kinds.registry import KINDS
from assess.engine.rulebook import Rule
from assess.i18n import N_

CHECKLIST_RULES: dict[str, Rule] = {
    "duplicate-id": Rule(
        N_("the id “{given}” is used before in this list"), N_("give it another id")
    ),
    "id-reserved": Rule(
        N_("nothing may have the id “{given}”: merges write that word"), N_("give it another id")
    ),
    "duplicate-item": Rule(
        N_("the item id “{given}” is used before, in section “{section}”"),
        N_("give it another id"),
    ),
    "basis-unknown": Rule(N_("`basis` does not define “{given}”")),
    "fact-unknown": Rule(
        N_("the condition reads the fact “{given}”, which nothing defines"),
        N_("define it in `profile`"),
    ),
    "fact-scope": Rule(
        N_("“{given}” exists only in checklists for a system"), N_("`scope` here is organization")
    ),
    "operator-type": Rule(
        N_("“{operator}” does not go with the fact “{given}”"),
        N_("of a fact of type {type}, ask: {known}"),
    ),
    "operand-type": Rule(N_("“{operand}” can never be the fact “{given}”"), N_("it is {form}")),
    "weight-negative": Rule(N_("the weight {given} is below 0")),
    "weight-deduction": Rule(
        N_("under `deduction` the weight is 1, 2 or 3, not {given}"), "", "warning"
    ),
    "degree-range": Rule(N_("{given} is not between 0 and 1")),
    "cap-range": Rule(N_("{given} is not between 0 and 100")),
    "step-empty": Rule(N_("a step needs a threshold"), N_("at_least, above, at_most or below")),
    "steps-order": Rule(
        N_("this step can never be reached: one before it takes all that fits"),
        N_("the first step that fits counts; order at_least downwards, at_most upwards"),
    ),
    "bands-order": Rule(
        N_("the band “{given}” does not come below the one before it"),
        N_("order bands from the highest threshold down"),
    ),
    "band-form": Rule(
        N_("a band has at_least or above, one of the two"),
        N_("only the last may have neither"),
    ),
    "bands-gap": Rule(
        N_("some scores come into no band"), N_("let the last band say `at_least: 0`"), "warning"
    ),
    "limits-order": Rule(N_("the least allowed, {given}, is above the most, {limit}")),
    "options-missing": Rule(N_("a choice needs options")),
    "options-unused": Rule(N_("options stand only beside `type: choice`"), "", "warning"),
    "language-missing": Rule(N_("this text lacks {given}"), "", "warning"),
    "check-missing": Rule(
        N_("the item does not say how to check it"), N_("add `check`"), "warning"
    ),
    "proof-missing": Rule(
        N_("the item does not say what proves it"), N_("add `evidence`"), "warning"
    ),
    "supersedes-living": Rule(
        N_("the item supersedes “{given}”, which still stands in the checklist")
    ),
    "still-valid-form": Rule(
        N_("“{given}” is no fingerprint"), N_("zh- or en- and 12 digits 0-9a-f")
    ),
    "veto-unused": Rule(
        N_("`veto` means something only where the method is percent"), "", "warning"
    ),
    "never-fails": Rule(
        N_("an item that does not score is never a finding, so its {given} never counts"),
        "",
        "warning",
    ),
    "attention-unused": Rule(
        N_("`attention` means something only where the method is deduction"), "", "warning"
    ),
    "domain-missing": Rule(
        N_("under `deduction` a section is technical or management"), N_("add `domain`")
    ),
    **{code: rule for kind in KINDS.values() for code, rule in kind.item_rules.items()},
}
