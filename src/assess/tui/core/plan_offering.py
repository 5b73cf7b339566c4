"""What the forms of remediations offer in this session."""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.walk.plan_offers import PlanOffers, find_last_unit_owner_due, make_plan_offers
from assess.model.answer import Answer
from assess.model.item import Item
from assess.tui.core.session import InterfaceSession


def collect_plan_offers(
    session: InterfaceSession, item: Item | None, answers: Iterable[Answer]
) -> PlanOffers:
    """Return what is offered for an item; None: for several.

    Unit, owner and due date are those of the last remediation of the session, and before the first
    those of the one in `answers` that was written last.
    """
    last = session.last_used.plan or find_last_unit_owner_due(answers)
    names = (person.name for person in session.people.values())
    return make_plan_offers(item, last, names, session.today, session.lang)
