"""The form of facts."""

from __future__ import annotations

from assess.display.profile.forms import facts_form
from assess.model.base import Bilingual
from assess.model.checklist import FactDef

FACTS = {
    name: FactDef(question=Bilingual(zh=name, en=name), type="boolean")
    for name in ("extranet", "wireless", "office")
}


def test_the_form_opens_at_the_first_missing_fact() -> None:
    """A digit fills in what is missing; it changes no fact that is given."""
    for profile, start in (
        ({}, "extranet"),
        ({"extranet": True}, "wireless"),
        ({"extranet": True, "wireless": False, "office": True}, ""),
    ):
        assert facts_form("Facts", FACTS, profile, "en").start_at == start
