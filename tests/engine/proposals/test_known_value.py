from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.proposals.known_value import MOST_PLACES
from assess.engine.proposals.proposal import digest_of_value
from assess.engine.proposals.sources import has_source_changed, list_best_useful_proposals
from assess.engine.proposals.tables import KnownValue, ProposalTables, SystemColumn
from assess.model.answer import Answer, TakenFrom
from assess.model.base import Number
from assess.model.config import Grade, System
from assess.model.item import Ratio
from assess.model.item_parts import RatioSpec
from engine.proposals.contexts import context_of
from factories import config, date_item, met, number, ratio, table, text


def ratio_of(id_: str, whole: str) -> Ratio:
    """Return a ratio of a whole with these words."""
    item = ratio(id_)
    spec = RatioSpec(part=text("部分", "Part"), whole=text(whole, "Whole"))
    return Ratio(
        **{**{name: getattr(item, name) for name in item.__struct_fields__}, "ratio": spec}
    )


def proposed(item: Any, **fields: Any) -> list[tuple[Any, bool, str | None]]:
    """Return value, whether it is a part alone, and source of the proposals of an item."""
    return [
        (one.value, one.incomplete, one.taken_from.value)
        for one in list_best_useful_proposals(item, None, context_of(item, **fields))
    ]


def test_the_same_words_ask_for_the_same_number() -> None:
    """Of another sheet about the same unit; a title with another unit of measure is not it."""
    asked, told = number("A-4"), number("B-4")
    others = {"other": ((told,), {"B-4": Answer(value=12, by="li")})}
    assert proposed(asked, others=others) == [(12, False, "other/B-4")]
    months = number("B-4", unit=text("月", "months"))
    assert proposed(asked, others={"other": ((months,), {"B-4": Answer(value=12)})}) == []


def test_the_whole_of_a_ratio_is_a_part_of_its_answer() -> None:
    """A ratio of the same whole, or a number with its words: the form asks for the rest."""
    asked = ratio_of("A-3", "终端总数")
    told = ratio_of("B-3", "终端 总数")
    counted = number("C-4").__class__(
        **{
            **{name: getattr(number("C-4"), name) for name in number("C-4").__struct_fields__},
            "title": text("终端总数", "Terminals"),
        }
    )
    answers = {"B-3": Answer(value={"part": 4, "whole": 118}), "C-4": Answer(value=120)}
    assert proposed(asked, others={"other": ((told, counted), answers)}) == [
        ({"whole": 118}, True, "other/B-3"),
        ({"whole": 120}, True, "other/C-4"),
    ]
    spec = replace(counted.number, decimals=1)
    answers["C-4"] = Answer(value=Number("119.5"))
    others = {"other": ((told, replace(counted, number=spec)), answers)}
    assert proposed(asked, others=others) == [({"whole": 118}, True, "other/B-3")]


def test_an_item_is_no_source_for_itself_and_an_unreadable_answer_for_nobody() -> None:
    """Nor does an answer that says only that the item does not apply."""
    asked, told = date_item("A-5"), date_item("B-5")
    assert proposed(asked, answers={"A-5": Answer(value="2026-03-01")}) == []
    assert proposed(asked, others={"o": ((told,), {"B-5": Answer(value="soon")})}) == []
    assert proposed(asked, others={"o": ((told,), {"B-5": met()})}) == []
    told_day = {"o": ((told,), {"B-5": Answer(value="2026-03-01")})}
    assert proposed(asked, others=told_day) == [("2026-03-01", False, "o/B-5")]


def test_a_list_of_systems_is_filled_as_far_as_it_is_known() -> None:
    """Cells that assess.yaml does not have are left to the person."""
    columns = {
        "carrier": SystemColumn(field="name"),
        "kind": SystemColumn(field="level", options={"3": "fibre"}),
    }
    row = KnownValue(item="A-9", from_="systems", columns=columns)
    grade = Grade(level=3, s=3, a=3)
    systems = {"p": System(name="门户", grade=grade), "q": System(name="档案")}
    settings = config(systems=systems)
    assert proposed(table("A-9"), tables=ProposalTables(known=(row,)), settings=settings) == [
        ([{"carrier": "门户", "kind": "fibre"}, {"carrier": "档案"}], False, "systems")
    ]


def test_rows_of_a_table_are_counted_and_facts_are_read() -> None:
    """As `data/proposals.yaml` says; a change of the source is seen."""
    lines = table("B-9")
    row = KnownValue(item="A-4", from_="other/B-9", where={"used": True})
    rows = [{"carrier": "甲", "used": True}, {"carrier": "乙", "used": False}, {"carrier": "丙"}]
    others = {"other": ((lines,), {"B-9": Answer(value=rows)})}
    tables = ProposalTables(known=(row,))
    asked = number("A-4")
    assert proposed(asked, others=others, tables=tables) == [(1, False, "other/B-9")]

    context = context_of(asked, others=others, tables=tables)
    source = list_best_useful_proposals(asked, None, context)[0].taken_from
    assert not has_source_changed(asked, source, context)
    more = {"other": ((lines,), {"B-9": Answer(value=[*rows, rows[0]])})}
    assert has_source_changed(asked, source, context_of(asked, others=more, tables=tables))
    assert has_source_changed(asked, source, context_of(asked, tables=tables))

    fact = ProposalTables(known=(KnownValue(item="A-4", from_="organization.units"),))
    settings = config(profile={"units": 7})
    assert proposed(asked, tables=fact, settings=settings) == [(7, False, "organization.units")]


def test_what_is_there_already_is_not_proposed() -> None:
    """A proposal that would change nothing is none."""
    asked, told = number("A-4"), number("B-4")
    context = context_of(asked, others={"o": ((told,), {"B-4": Answer(value=12)})})
    assert list_best_useful_proposals(asked, Answer(value=12), context) == ()
    assert len(list_best_useful_proposals(asked, Answer(value=13), context)) == 1
    assert len({one.value for one in list_best_useful_proposals(asked, None, context)}) == 1


def test_there_are_at_most_five() -> None:
    """However many sheets have told the number."""
    others = {f"o{n}": ((number("B-4"),), {"B-4": Answer(value=n)}) for n in range(1, 9)}
    asked = number("A-4")
    assert len(list_best_useful_proposals(asked, None, context_of(asked, others=others))) == 5


def test_equal_values_are_proposed_once() -> None:
    """Two sheets that say the same are one proposal, with the first as its source."""
    others = {name: ((number("B-4"),), {"B-4": Answer(value=12)}) for name in ("o", "p")}
    assert proposed(number("A-4"), others=others) == [(12, False, "o/B-4")]


def test_a_source_that_says_nothing_of_the_kind_gives_nothing() -> None:
    """No system, a fact that is no number, a list that was not made."""
    settings = config(profile={"wlan": True}, systems={})
    others = {"other": ((table("B-9"),), {"B-9": Answer(status="not_applicable")})}
    for source in ("systems", "organization.wlan", "other/B-9"):
        tables = ProposalTables(known=(KnownValue(item="A-4", from_=source),))
        assert proposed(number("A-4"), tables=tables, settings=settings, others=others) == [], (
            source
        )


def test_an_answer_of_the_sheet_itself_is_known_once_it_is_written() -> None:
    """Another item of the same sheet gives its value too."""
    asked, told = number("A-4"), number("A-5")
    context = context_of(asked, told).with_answers_of_sheet({"A-5": Answer(value=3)})
    values = [proposal.value for proposal in list_best_useful_proposals(asked, None, context)]
    assert values == [3]


class CountedAnswers(dict[str, Answer]):
    """The answers of a sheet, and how often one of them was looked up."""

    lookups = 0

    def get(self, item_id: str, default: Any = None) -> Any:
        """Count, and return the answer."""
        self.lookups += 1
        return super().get(item_id, default)


def asked_alike(count: int) -> tuple[list[Any], CountedAnswers]:
    """Return numbers of one title, each with an answer of its own."""
    items = [number(f"A-{index}") for index in range(count)]
    return items, CountedAnswers((item.id, Answer(value=n)) for n, item in enumerate(items))


def test_no_more_answers_are_read_than_are_proposed() -> None:
    """Of fifty questions with one title, the first that are answered otherwise are enough."""
    items, answers = asked_alike(50)
    context = context_of(*items, answers=answers)
    assert len(list_best_useful_proposals(items[0], answers["A-0"], context)) == 5
    assert answers.lookups == 5


def test_words_that_very_many_questions_have_tell_nothing() -> None:
    """The work for an item does not grow with the questions that share its title."""
    items, answers = asked_alike(MOST_PLACES + 1)
    context = context_of(*items, answers=answers)
    assert list_best_useful_proposals(items[0], None, context) == ()
    assert answers.lookups == 0


@pytest.mark.parametrize("count", [50, 500])
def test_the_source_of_a_value_is_looked_up_by_its_place(count: int) -> None:
    """However many others have its words; a question that asks for something else is gone."""
    items, answers = asked_alike(count)
    context = context_of(*items, answers=answers)
    last = items[-1].id
    source = TakenFrom(value=f"egov/{last}", of=digest_of_value(count - 1))
    assert not has_source_changed(items[0], source, context)
    assert answers.lookups == 1
    other = number("A-0", unit=text("月", "months"))
    assert has_source_changed(other, source, context)
