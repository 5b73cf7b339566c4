"""The rule for cases that no verdict and no rung of an item names.

Steps come across more cases than texts can name. The rule gives each of the others a result, so
that two people who see the same thing answer the same. Its words stand here alone: the screens,
the blank form and the report print them, and tests compare the pages of docs with them.
Decision 0034.
"""

from __future__ import annotations

from typing import Final

from assess.i18n import N_, Lang, translator
from assess.model.item import Item, Ladder

RESIDUAL_RULE: Final[tuple[str, ...]] = (
    N_(
        "What steps, results and rungs say holds as it is written. A case that none of them names "
        "gets the lower result: short of “met” but no worse than what “partly met” says, it is "
        "partly met; worse than that, or where there is no “partly met”, it is not met; between "
        "two rungs it is the lower one."
    ),
    N_("What can't be looked at or tried, or has no record to show for it, counts as not done."),
    N_("Where several devices, systems or contracts differ, the worst decides."),
    N_("Where “not applicable” names its cases, it is the answer in those cases only."),
    N_("The note says what was seen, and why it has this result."),
)
"""The sentences of the rule, in English; an earlier one goes before a later one."""

RESIDUAL_RULE_TITLE: Final = N_("Cases that are not named")


def has_result_criteria_or_rungs(item: Item) -> bool:
    """Return whether the item says what counts as which result, so that the rule adds to it."""
    if isinstance(item, Ladder):
        return True
    return item.verdict is not None and item.verdict.has_met_or_unmet_text


def list_residual_rule_sentences(lang: Lang) -> list[str]:
    """Return the sentences of the rule in a language."""
    _ = translator(lang)
    return [_(sentence) for sentence in RESIDUAL_RULE]


def residual_rule_title(lang: Lang) -> str:
    """Return what the rule is called above its sentences."""
    return translator(lang)(RESIDUAL_RULE_TITLE)


def residual_rule_reminder(lang: Lang) -> str:
    """Return the rule in a few words, for a line of a screen."""
    return translator(lang)(N_("not named: the lower (Tab)"))
