"""Mappings that must have exactly one of several forms."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from assess.model.answer import Answer, Scope
from assess.model.condition import Condition
from assess.model.evidence import EvidenceFile, EvidenceRow
from assess.model.item import Conformity, Ladder, find_kind_of_item


@pytest.mark.parametrize(
    "form",
    [
        {"fact": "egov_access", "is": True},
        {"fact": "inner_units", "at_least": 0},
        {"fact": "system.level", "in": [2, 3]},
        {"all": []},
        {"any": [{"fact": "a", "is": 1}]},
        {"not": {"fact": "a", "below": 3}},
    ],
)
def test_each_condition_form(form: dict[str, Any]) -> None:
    """One comparison, or one of all, any, not."""
    assert isinstance(msgspec.convert(form, Condition), Condition)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"fact": "a"},
        {"is": True},
        {"fact": "a", "is": 1, "above": 0},
        {"all": [], "any": []},
        {"fact": "a", "is": 1, "all": []},
    ],
)
def test_other_conditions_are_refused(form: dict[str, Any]) -> None:
    """Everything else is no condition."""
    with pytest.raises(msgspec.ValidationError, match="condition-form"):
        msgspec.convert(form, Condition)


def test_scope_and_evidence_name_exactly_one() -> None:
    """A sheet is about the organization or a system; a row is a file or a paper."""
    file = EvidenceFile(path="a", sha256="0" * 64, size=1)

    assert Scope(system="portal").system == "portal"
    assert EvidenceRow(title="x", paper="y").paper == "y"
    for both in ({}, {"organization": "a", "system": "b"}):
        with pytest.raises(ValueError, match="scope-form"):
            Scope(**both)
    with pytest.raises(ValueError, match="evidence-form"):
        EvidenceRow(title="x")
    with pytest.raises(ValueError, match="evidence-form"):
        EvidenceRow(title="x", file=file, paper="y")


def test_an_answer_is_given_by_status_or_value() -> None:
    """A note or evidence alone is no answer yet."""
    assert Answer(status="met").is_given
    assert Answer(value=0).is_given
    assert not Answer(note="x").is_given


def test_kind_is_what_files_write() -> None:
    """The kind comes from the type."""
    rungs = [{"id": "a", "degree": 1, "text": "A"}, {"id": "b", "degree": 0, "text": "B"}]
    ladder = msgspec.convert(
        {"id": "X", "title": "t", "requirement": "r", "rungs": rungs},
        Ladder,
        dec_hook=lambda kind, raw: kind(raw),
        strict=False,
    )

    assert find_kind_of_item(ladder) == "ladder"
    assert find_kind_of_item(Conformity(id="Y", title="t", requirement="r")) == "conformity"
    assert Conformity(id="Y", title="t", requirement="r").weight == 1
