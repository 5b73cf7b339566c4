"""The tables of frameworks: which clauses there are."""

from __future__ import annotations

import pytest

from engine.content.sample import TABLES


@pytest.mark.parametrize(
    ("clause", "exists"), [("0", False), ("1", True), ("81", True), ("82", False), ("80-82", False)]
)
def test_the_first_and_the_last_article_exist(clause: str, *, exists: bool) -> None:
    """An act has the articles from one to its last."""
    assert TABLES.clauses["csl"].has_all_clauses_of_citation(clause) == exists
