from __future__ import annotations

from assess.engine.lint.content import ContentTables
from assess.engine.lint.content.coverage import CoveragePart, count_coverage
from assess.engine.lint.content.tables import Case, ClauseGroup, ClauseTable, Obligation
from assess.model.base import Bilingual
from assess.model.item import HighRisk, Item, Ref
from factories import checklist, conformity

NAME = Bilingual(zh="名", en="Name")
TABLES = ContentTables(
    clauses={
        "csl": ClauseTable(
            numbered=81,
            groups=(ClauseGroup(id="csl", title=NAME, listed=("23-24", "27(1)", "附件")),),
        ),
        "gbt22239": ClauseTable(
            points={"8.1.3.2": 2, "8.1.4.5": 0},
            groups=(ClauseGroup(id="level-3", title=NAME, under="8.1"),),
        ),
    },
    cases={
        "6.3.2.1": Case(number=1, name=NAME, level=2),
        "6.10.1.1": Case(number=2, name=NAME, level=2),
        "10.1.1.1": Case(number=3, name=NAME, level=2),
    },
    obligations={
        "E01": Obligation(text=NAME, items=("A-1", "GONE-1")),
        "E02": Obligation(text=NAME, items=("GONE-1",)),
        "T01": Obligation(text=NAME, items=("A-2",)),
    },
)


def citing(id_: str, *clauses: str, basis: str = "csl", case: str = "") -> Item:
    """Return an item that cites clauses, perhaps with a case."""
    refs = tuple(Ref(basis=basis, clause=one) for one in clauses)
    return conformity(id_, refs=refs, high_risk=HighRisk(case=case) if case else None)


def parts(*items: Item) -> dict[str, CoveragePart]:
    """Return the parts by id."""
    return {part.id: part for part in count_coverage([checklist(*items)], TABLES)}


def test_citing_an_item_of_an_article_covers_the_article() -> None:
    """Ranges count for each article in them; a wanted item of an article needs itself."""
    part = parts(citing("A-1", "23(3)", "27", "附件"), citing("A-2", "22-24", "—"))["csl"]
    assert [(row.id, row.items) for row in part.rows] == [
        ("23", ("A-1", "A-2")),
        ("24", ("A-2",)),
        ("27(1)", ()),
        ("附件", ("A-1",)),
    ]
    assert (part.covered_row_count, part.uncovered_row_ids) == (3, ("27(1)",))


def test_citing_a_clause_covers_none_of_its_letters() -> None:
    """A clause with letters is covered letter by letter, one without by itself."""
    part = parts(citing("A-1", "8.1.3.2", "8.1.3.2 b)", "8.1.4.5", basis="gbt22239"))["level-3"]
    assert part.uncovered_row_ids == ("8.1.3.2 a)",)


def test_another_basis_of_the_same_number_covers_nothing() -> None:
    """Article 23 of one law is not article 23 of another."""
    assert parts(citing("A-1", "23", basis="gbt22239"))["csl"].covered_row_count == 0


def test_cases_are_counted_by_chapter() -> None:
    """Chapter 6 is general, 10 industrial control; chapters without cases have no part."""
    found = parts(citing("A-1", case="6.10.1.1"), citing("A-2", case="6.10.1.1"))
    assert found["cases-general"].uncovered_row_ids == ("6.3.2.1",)
    assert found["cases-general"].rows[1].items == ("A-1", "A-2")
    assert found["cases-ics"].covered_row_count == 0
    assert "cases-cloud" not in found


def test_obligations_are_covered_by_items_that_exist() -> None:
    """An item that the table names but the library lost covers nothing."""
    found = parts(citing("A-1"))
    assert found["obligations-E"].rows[0].items == ("A-1",)
    assert found["obligations-E"].uncovered_row_ids == ("E02",)
    assert found["obligations-T"].uncovered_row_ids == ("T01",)
    assert "obligations-B" not in found


def test_no_tables_no_parts() -> None:
    """Without tables there is nothing to cover."""
    assert count_coverage([checklist(citing("A-1", "23"))], ContentTables()) == ()
