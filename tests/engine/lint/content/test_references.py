from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.content import ContentTables
from assess.model.base import Number
from assess.model.condition import Condition
from assess.model.item import HighRisk, Item, Ref
from engine.content.sample import TABLES, found, good
from factories import fact_is, text_item


def refs(*pairs: tuple[str, str]) -> tuple[Ref, ...]:
    """Return references."""
    return tuple(Ref(basis=basis, clause=clause) for basis, clause in pairs)


def risky(case: str = "6.3.2.1", **fields: Any) -> Item:
    """Return a key item with a high-risk case that cites the clause of the first one."""
    given: dict[str, Any] = {"refs": refs(("gbt22239", "8.1.3.2 a)")), "weight": Number(3)} | fields
    risk = HighRisk(case=case, applies_when=given.pop("when", None))
    return good(high_risk=risk, **given)


def test_an_item_cites_something() -> None:
    """Without references the item rests on nothing."""
    assert found(good(refs=())) == ["ref-missing"]


@pytest.mark.parametrize("clause", ["82", "0", "80-82", "8.1.3.2"])
def test_articles_that_do_not_exist(clause: str) -> None:
    """An article beyond the last, or within a range, and a clause of another kind are unknown."""
    assert found(good(refs=refs(("csl", clause)))) == ["clause-unknown refs.0.clause"]


@pytest.mark.parametrize(
    ("basis", "clause"),
    [
        ("csl", "81"),
        ("csl", "23(3)"),
        ("csl", "附件"),
        ("csl", "—"),
        ("gbt22239", "8.1.3.2 e)"),
        ("high-risk-guide", "6.3.2.1"),
        ("local", "99"),
    ],
)
def test_clauses_that_exist_or_are_not_known(basis: str, clause: str) -> None:
    """Known clauses, the basis as a whole, and whatever the tables do not hold pass."""
    assert found(good(refs=refs((basis, clause)))) == []


def test_the_guide_has_only_its_cases() -> None:
    """A clause of the high-risk guide is the number of a case."""
    assert found(good(refs=refs(("high-risk-guide", "6.9.9.9")))) == [
        "clause-unknown refs.0.clause"
    ]


def test_cross_references_exist() -> None:
    """Unknown ids are noted, numbers that a framework withdrew too; other frameworks are not."""
    crossrefs = {
        "csf": ("PR.IR-01", "PR.IR-03"),
        "iso27001": ("A.8.34", "A.8.35"),
        "cis": ("13.11",),
        "cobit": ("APO01",),
    }
    assert found(good(crossrefs=crossrefs)) == [
        "crossref-unknown crossrefs.csf.1",
        "crossref-unknown crossrefs.iso27001.1",
    ]


def test_a_case_must_exist() -> None:
    """A number that the guide does not have is noted, with the nearest ones."""
    assert found(risky("6.3.2.9")) == ["case-unknown high_risk.case"]


@pytest.mark.parametrize(
    ("scope", "fact", "limited"),
    [
        ("organization", "highest_mlps_level", True),
        ("organization", "egov", False),
        ("system", "system.level", True),
        ("system", "system.s", True),
        ("system", "highest_mlps_level", False),
    ],
)
def test_a_case_of_level_three_needs_a_grade(scope: str, fact: str, limited: bool) -> None:
    """Such a case must not reach ungraded or lower systems: a condition on the grade limits it."""
    condition = fact_is("egov", True) if fact == "egov" else Condition(fact=fact, at_least=3)
    clause = refs(("gbt22239", "8.1.4.5"))
    expected = [] if limited else ["case-scope high_risk.case"]
    assert found(risky("6.3.3.2", refs=clause, when=condition), scope=scope) == expected
    assert found(risky("6.3.3.2", refs=clause, applies_when=condition), scope=scope) == expected


def test_a_case_has_its_clause() -> None:
    """An item that cites the standard cites the clause of its case, or the point above it."""
    assert found(risky(refs=refs(("gbt22239", "8.1.4.5")))) == ["case-clause high_risk.case"]
    assert found(risky(refs=refs(("gbt22239", "8.1.3.2")))) == []
    assert found(risky(refs=refs(("csl", "23")))) == []


def test_cases_without_or_beyond_clauses_are_left_alone() -> None:
    """A case whose clause is not known, or begins at level 4, is held against nothing."""
    condition = Condition(fact="highest_mlps_level", at_least=4)
    assert found(risky("7.1.1.1")) == []
    assert found(risky("6.4.6.3", when=condition)) == []


def test_a_case_is_worth_three() -> None:
    """An item with a case is a key item."""
    assert found(risky(weight=Number(2))) == ["weight-rule weight"]


def test_three_is_borne_by_a_case_or_a_penalty() -> None:
    """Weight 3 without a case cites a clause that has a penalty of its own."""
    assert found(good(weight=Number(3), refs=refs(("csl", "27(1)")))) == []
    assert found(good(weight=Number(3), refs=refs(("csl", "28")))) == ["weight-rule weight"]
    assert found(good(weight=Number(3), refs=refs(("local", "1")))) == ["weight-rule weight"]


def test_what_does_not_score_has_no_weight() -> None:
    """The weight of a text is never looked at."""
    item = text_item(
        requirement=good().requirement,
        check=good().check,
        refs=refs(("local", "1")),
        weight=Number(3),
    )
    assert found(item) == []


def test_without_tables_nothing_is_unknown() -> None:
    """Rules that need a table are silent where there is none."""
    item = good(
        refs=refs(("csl", "99")),
        crossrefs={"cobit": ("APO01",)},
        high_risk=HighRisk(case="9"),
        weight=Number(1),
    )
    assert found(item, ContentTables()) == []
    assert "case-unknown high_risk.case" in found(item, TABLES)
