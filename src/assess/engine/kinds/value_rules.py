"""The rules about the value of one answer: those of all kinds, and those that each kind brings."""

from __future__ import annotations

from assess.engine.kinds.kind import FORM_FAULT
from assess.engine.kinds.registry import KINDS
from assess.engine.rulebook import LintRule
from assess.i18n import N_

VALUE_RULES: dict[str, LintRule] = {
    FORM_FAULT: LintRule(N_("the value does not have the form of this kind of item"), "{form}"),
    "line-break": LintRule(
        N_("the text has a line break, and takes one line"),
        N_("write a space in the place of the line break"),
    ),
    **{code: rule for kind in KINDS.values() for code, rule in kind.value_rules.items()},
}
