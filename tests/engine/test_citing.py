"""What an item cites: a rule of another place is for reference, never a basis."""

from __future__ import annotations

import pytest

from assess.engine.citing import format_citations, list_binding_and_example_citations
from assess.i18n import Lang
from assess.model.checklist import Basis, is_non_binding_basis
from assess.model.item import Ref
from factories import checklist, conformity, text

BASES = {
    "csl": Basis(title=text("网络安全法", "CSL")),
    "local-hn": Basis(title=text("地方示例：湖南办法", "Local example: Hunan measures")),
    "practice": Basis(title=text("通行做法", "Common practice")),
}
CITING = conformity(
    refs=(
        Ref(basis="local-hn", clause="5"),
        Ref(basis="csl", clause="23"),
        Ref(basis="practice", clause="—"),
        Ref(basis="gone", clause=""),
    )
)


@pytest.mark.parametrize(
    ("basis", "example"),
    [("local-hn", True), ("practice", True), ("csl", False), ("locality", False)],
)
def test_the_id_tells_what_is_an_example(basis: str, example: bool) -> None:
    """By the convention that writers of checklists follow."""
    assert is_non_binding_basis(basis) is example


def test_what_binds_stands_apart() -> None:
    """In the order of the item; a clause only where one is given; an unknown id as it stands."""
    found = list_binding_and_example_citations(CITING, checklist(basis=BASES), "en")
    assert found.basis == ("CSL 23", "gone")
    assert found.examples == ("Local example: Hunan measures 5", "Common practice")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "网络安全法 23；gone；参考：地方示例：湖南办法 5；通行做法"),
        ("en", "CSL 23; gone; for reference: Local example: Hunan measures 5; Common practice"),
    ],
)
def test_one_text_says_both(lang: Lang, said: str) -> None:
    """What binds first; then what is for reference, named so."""
    assert format_citations(CITING, checklist(basis=BASES), lang) == said


def test_an_item_may_cite_one_sort_only() -> None:
    """Nothing is said of what there is not."""
    known = checklist(basis=BASES)
    example = conformity(refs=(Ref(basis="practice", clause="—"),))
    assert format_citations(example, known, "zh") == "参考：通行做法"
    assert format_citations(conformity(refs=(Ref(basis="csl", clause="23"),)), known, "zh") == (
        "网络安全法 23"
    )
    assert format_citations(conformity(), known, "zh") == ""
