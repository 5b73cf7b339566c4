"""The source `fact`: the profile says that the matter of an item does not exist here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.kinds.wording import (
    HOSTING_NAMES,
    format_fact_value,
    format_value_without_exponent,
)
from assess.engine.proposals.proposal import Proposal, ProposalContext, digest_of_value
from assess.engine.scoring.conditions import evaluate_condition
from assess.engine.taken_over import visible_note_digest
from assess.i18n import translator
from assess.model.answer import TakenFrom
from assess.model.base import Bilingual, Text, pick_text
from assess.model.item import Item

PROFILE: Final[Text] = Bilingual(zh="单位资料", en="the profile")
"""Where facts come from."""


def propose_inapplicable_by_fact(item: Item, context: ProposalContext) -> Iterator[Proposal]:
    """Yield `not_applicable` where a fact says that the matter does not exist.

    The reason is the question of the fact and its answer. Items that are never called not
    applicable get no such proposal.
    """
    if not may_be_inapplicable(item):
        return
    for condition in context.tables.absence_conditions_by_item.get(item.id, ()):
        name = condition.fact
        if name is None or not evaluate_condition(condition, context.facts).value:
            continue
        note = _fact_question_and_answer_text(name, context)
        yield Proposal(
            source="fact",
            where=PROFILE,
            status="not_applicable",
            note=note,
            taken_from=TakenFrom(
                fact=name, of=digest_of_value(context.facts[name]), note=visible_note_digest(note)
            ),
        )


def find_fact_digest(name: str, facts: Mapping[str, Any]) -> str | None:
    """Return the digest of a fact as it is now; None where it is not given any more."""
    return digest_of_value(facts[name]) if name in facts else None


def _fact_question_and_answer_text(name: str, context: ProposalContext) -> str:
    """Return the question of a fact and its answer; of a field of the system, its name."""
    _, value = translator(context.lang), context.facts[name]
    definition = context.questions.get(name)
    if name == "system.hosting":
        question, answer = _("Where is the system hosted?"), _(HOSTING_NAMES[value])
    elif definition is None:
        question, answer = f"{name}:", format_value_without_exponent(value)
    else:
        question = pick_text(definition.question, context.lang)
        answer = format_fact_value(definition, value, context.lang)
    return _("The profile says: {question} {answer}.").format(question=question, answer=answer)
