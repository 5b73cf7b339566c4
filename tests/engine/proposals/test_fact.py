from __future__ import annotations

from assess.engine.proposals.sources import (
    find_first_proposed_note,
    has_source_changed,
    list_best_useful_proposals,
)
from assess.engine.proposals.tables import AbsentMatter, ProposalTables
from assess.model.base import Bilingual
from assess.model.checklist import FactDef
from assess.model.item import NEVER, Verdict
from engine.proposals.contexts import context_of
from factories import config, conformity, fact_is, met

TABLES = ProposalTables(
    absent=(
        AbsentMatter(when=fact_is("organization.wlan", False), items=("A-1", "A-2")),
    )  # a value
)
QUESTION = {
    "organization.wlan": FactDef(
        type="boolean", question=Bilingual(zh="有无线局域网吗？", en="Is there a wireless LAN?")
    )
}
NONE_HERE = config(profile={"wlan": False})


def test_a_matter_that_does_not_exist_is_not_applicable() -> None:
    """The reason is the question and its answer, and it comes before last year's answer."""
    item = conformity("A-1")
    context = context_of(
        item, tables=TABLES, settings=NONE_HERE, questions=QUESTION, last={"A-1": met(note="n")}
    )
    first, second = list_best_useful_proposals(item, None, context)
    assert (first.status, first.note) == ("not_applicable", "单位资料：有无线局域网吗？否。")
    assert first.taken_from.fact == "organization.wlan"
    assert first.needs_note_rereading
    assert second.source == "last_round"


def test_an_item_that_is_never_inapplicable_gets_no_such_proposal() -> None:
    """Nor does one whose fact says otherwise, or is not given."""
    never = conformity("A-2", verdict=Verdict(met="m", unmet="u", not_applicable=NEVER))
    assert (
        list_best_useful_proposals(
            never, None, context_of(never, tables=TABLES, settings=NONE_HERE)
        )
        == ()
    )
    item = conformity("A-1")
    there = config(profile={"wlan": True})
    assert (
        list_best_useful_proposals(item, None, context_of(item, tables=TABLES, settings=there))
        == ()
    )
    assert list_best_useful_proposals(item, None, context_of(item, tables=TABLES)) == ()


def test_a_fact_that_changed_later_is_seen() -> None:
    """Now there is one; or nobody says any more."""
    item = conformity("A-1")
    context = context_of(item, tables=TABLES, settings=NONE_HERE, questions=QUESTION)
    source = list_best_useful_proposals(item, None, context)[0].taken_from
    assert not has_source_changed(item, source, context)
    assert has_source_changed(
        item, source, context_of(item, settings=config(profile={"wlan": True}))
    )
    assert has_source_changed(item, source, context_of(item))


def test_the_reason_of_other_facts() -> None:
    """Of a system it is where it runs; of a fact without a question here, its name and value."""
    item = conformity("A-1")
    for facts, when, reason in (
        (
            {"system.hosting": "egov_cloud"},
            fact_is("system.hosting", "egov_cloud"),
            "单位资料：系统部署在哪里？政务云。",
        ),
        ({"organization.old": 7}, fact_is("organization.old", 7), "单位资料：organization.old:7。"),
    ):
        tables = ProposalTables(absent=(AbsentMatter(when=when, items=("A-1",)),))
        (proposal,) = list_best_useful_proposals(
            item, None, context_of(item, tables=tables, facts=facts)
        )
        assert proposal.note == reason


def test_the_note_of_a_proposal_for_the_form() -> None:
    """The first of all sources, whatever the item has; none where nothing is proposed."""
    item = conformity("A-1")
    context = context_of(item, last={"A-1": met(note="n")})
    assert find_first_proposed_note(item, context) == "n"
    assert find_first_proposed_note(item, context_of(item)) == ""
