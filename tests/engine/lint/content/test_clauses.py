from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.lint.content.clauses import (
    does_clause_exist,
    expand_clause_range,
    expand_clause_ranges,
    list_requirements_under,
    parse_article_number,
)

POINTS = {"8.1.1.1": 2, "8.1.1.2": 0, "8.1.10.6": 10}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("23", ("23",)),
        ("23(3)", ("23(3)",)),
        ("2-3", ("2", "3")),
        ("10–12", ("10", "11", "12")),
        ("23(2)-(4)", ("23(2)", "23(3)", "23(4)")),
        ("8.1.9.4 a)-c)", ("8.1.9.4 a)", "8.1.9.4 b)", "8.1.9.4 c)")),
        ("8.1.3.2 a)", ("8.1.3.2 a)",)),
        ("Q14", ("Q14",)),
        ("—", ()),
        ("12-10", ("12-10",)),
        ("23(2)-4", ("23(2)-4",)),
        ("8.1.9.4 a)-3", ("8.1.9.4 a)-3",)),
        ("1-99999999999", ("1-99999999999",)),
        ("1" * 900_000, ("1" * 900_000,)),
    ],
)
def test_ranges_are_every_clause_from_first_to_last(clause: str, expected: tuple[str, ...]) -> None:
    """A range is spelt out; what is none, or runs backwards or across kinds, stays as it is."""
    assert expand_clause_range(clause) == expected


@given(st.integers(1, 99), st.integers(0, 20))
def test_a_range_of_articles_has_as_many_as_it_spans(first: int, more: int) -> None:
    """From n to n + k there are k + 1 articles, the first and the last among them."""
    row = expand_clause_range(f"{first}-{first + more}")
    assert len(row) == more + 1
    assert (row[0], row[-1]) == (str(first), str(first + more))


def test_several_citations_are_joined_in_order() -> None:
    """The clauses of several citations follow one another."""
    assert expand_clause_ranges(["5", "7-8", "—"]) == ("5", "7", "8")


def test_articles_are_known_with_and_without_item() -> None:
    """Article 23(3) is article 23; a standard's clause is no article."""
    assert [parse_article_number(one) for one in ("23", "23(3)", "8.1", "附件")] == [
        23,
        23,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("leaf", "known"),
    [
        ("8.1.1.1", True),
        ("8.1.1.1 b)", True),
        ("8.1.1.1 c)", False),
        ("8.1.1.2", True),
        ("8.1.1.2 a)", False),
        ("8.1.1", True),
        ("8.1.10.6 j)", True),
        ("8.1.10.60", False),
        ("8.1.9", False),
        ("附件", False),
    ],
)
def test_points_know_their_letters_and_the_parts_above(leaf: str, known: bool) -> None:
    """A clause, its letters as far as there are any, and the chapters above exist; others don't."""
    assert does_clause_exist(leaf, POINTS) is known


def test_single_requirements_under_a_number() -> None:
    """Letters where a clause has them, the clause itself where it has none."""
    assert list_requirements_under("8.1.1", POINTS) == ("8.1.1.1 a)", "8.1.1.1 b)", "8.1.1.2")


def test_a_number_of_many_digits_is_no_article() -> None:
    """Nor is it turned into a number, which Python refuses beyond some thousand digits."""
    assert parse_article_number("1" * 5000) is None
