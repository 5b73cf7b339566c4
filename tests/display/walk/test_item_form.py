from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.display.text.forms import FieldErrors, expand_typed_path, find_no_errors
from assess.display.walk.item_form import (
    attach_evidence_form,
    proof_name,
    value_form,
)
from assess.display.walk.kinds.registry import walk_kind
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.item import DateItem, Item, NumberItem, Proof, Ratio, TextItem
from assess.model.item_parts import NumberSpec, RatioSpec, TextSpec

TODAY = date(2026, 6, 1)


def test_a_number_may_bear_its_own_unit_and_no_other() -> None:
    """Days typed for days are days; months are not."""
    item = number(None, None)
    assert walk_kind(item).read(item, {"value": " 3.5 天 "}) == Number("3.5")
    assert walk_kind(item).read(item, {"value": "3个月"}) == "3个月"
    assert walk_kind(SHARE).read(SHARE, {"part": "45台", "whole": "1,200"}) == {
        "part": 45,
        "whole": 1200,
    }


def test_a_telephone_number_with_an_extension_is_shown_how() -> None:
    """An extension is not written in words: the field says so before one types."""
    item = TextItem(id="T-2", title="t", requirement="r", text=TextSpec(pattern="phone"))
    form = value_form(item, Answer(), TODAY, "en")
    example = form.fields[0].hint.split()[-1]
    assert form.check({"value": example}) == {}
    assert example.endswith("-12")


def test_the_next_proof_without_evidence_is_proposed() -> None:
    """Required ones come first, then the others; where all have some it is something else."""
    proofs = tuple(Proof(id=key, text=key, required=key == "b") for key in ("a", "b", "c"))
    item = TextItem(id="T-3", title="t", requirement="r", evidence=proofs)
    for missing, proved, proposed in (
        (("b",), (), "b"),
        (("b",), ("b",), "a"),
        ((), ("a", "b"), "c"),
        ((), ("a", "b", "c"), "other"),
    ):
        assert attach_evidence_form(item, "en", missing, proved, {}).fields[3].value == proposed


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        ("zh", "外网线路核对表（编号、地点，没有批复的写明没有）", "外网线路核对表"),
        (
            "zh",
            "手持仪表比测记录、安装位置情况，没有、没看到的写明",
            "手持仪表比测记录、安装位置情况",
        ),
        ("zh", "登记本", "登记本"),
        ("en", "Line check table: number, place, bandwidth", "Line check table"),
        ("en", "Table of segments, or a note that nobody can say", "Table of segments"),
        ("en", "Log of 12:30 (a photo)", "Log of 12:30"),
    ],
)
def test_evidence_without_a_title_is_named_as_its_proof(lang: Lang, words: str, name: str) -> None:
    """The name ends where instructions begin, which no report is to print as a title."""
    item = TextItem(id="T-4", title="t", requirement="r", evidence=(Proof(id="a", text=words),))
    assert proof_name(item, "a", lang) == name


def number(low: str | None, high: str | None) -> NumberItem:
    """Return a number item with limits."""
    least, most = (None if limit is None else Number(limit) for limit in (low, high))
    spec = NumberSpec(unit="天", min=least, max=most)
    return NumberItem(id="N-1", title="t", requirement="r", number=spec)


@pytest.mark.parametrize(
    ("low", "high", "hint"),
    [
        ("0", "9", "from 0 to 9"),
        ("0", None, "at least 0"),
        (None, "9", "at most 9"),
        (None, None, ""),
    ],
)
def test_limits_are_said_before_one_types(low: str | None, high: str | None, hint: str) -> None:
    """The field of a number tells its limits."""
    form = value_form(number(low, high), Answer(value=Number("3.5")), TODAY, "en")
    assert (form.fields[0].hint, form.fields[0].value) == (hint, "3.5")


def test_long_texts_get_several_lines() -> None:
    """A text without a pattern may have lines; one with a limit says so."""
    item = TextItem(id="T-1", title="t", requirement="r", text=TextSpec(max_length=40))
    [field] = value_form(item, Answer(value="旧"), TODAY, "en").fields
    assert (field.kind, field.value, field.hint) == ("line", "旧", "at most 40 characters")
    assert walk_kind(item).read(item, {"value": " 新\n行 "}) == "新\n行"


def test_evidence_is_a_file_or_paper() -> None:
    """Both at once are refused."""
    form = attach_evidence_form(number(None, None), "en", (), (), {})
    assert form.fields[3].value == "remediation"
    assert form.check({"file": "a", "paper": "b"}) == {
        "paper": "a file or a paper record, not both"
    }


def test_paths_as_they_are_typed() -> None:
    """`~` is the home folder; that of nobody stays as it was typed."""
    assert expand_typed_path(" ~/a.pdf ") == Path.home() / "a.pdf"
    assert expand_typed_path("~nobody-of-that-name/a.pdf") == Path("~nobody-of-that-name/a.pdf")
    assert expand_typed_path("/a b.pdf") == Path("/a b.pdf")


SHARE = Ratio(id="R-1", title="t", requirement="r", ratio=RatioSpec(part="p", whole="w"))
DAY = DateItem(id="D-1", title="t", requirement="r")


@pytest.mark.parametrize(
    ("item", "typed", "errors"),
    [
        (number(None, None), {"value": "abc"}, {"value": "type a number"}),
        (SHARE, {"part": "7", "whole": "x"}, {"whole": "type a whole number"}),
        (DAY, {"value": "2026-13-01"}, {"value": "not a date; write it as 2026-03-18"}),
    ],
)
def test_errors_speak_of_the_field(item: Item, typed: dict[str, str], errors: FieldErrors) -> None:
    """What can't be read is named at its field, in words of the form and not of the file."""
    assert value_form(item, Answer(), TODAY, "en").check(typed) == errors


def test_fine() -> None:
    """A form without a check finds nothing wrong."""
    assert find_no_errors({"a": "b"}) == {}
