"""The form of facts."""

from __future__ import annotations

from assess.display.profile.forms import facts_form, organization_form
from assess.model.base import Bilingual
from assess.model.checklist import FactDef
from assess.model.config import Config, Organization

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


def test_the_form_of_the_unit_says_where_its_id_is_changed() -> None:
    """The id stands in every sheet: the form names it, and the files in which to change it."""
    config = Config(
        format="assess/config/1",
        language="zh",
        organization=Organization(id="zicha", name="示例市青溪区数据局"),
    )
    hint = organization_form(config, "en").fields[0].hint

    assert "zicha" in hint
    assert "assess.yaml" in hint
    assert "answers/" in hint
