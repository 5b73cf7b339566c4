"""The rows of `data/proposals.yaml` fit the library."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.proposals.tables import IndexedTables, ProposalTables
from assess.engine.scoring.conditions import list_fact_names
from assess.model.item import Item, NumberItem, Ratio, Table
from assess.workspace import read_library_checklists
from assess.workspace.core.program_data import read_data_file

ROOT = Path(__file__).resolve().parents[3]
ROWS: ProposalTables = read_data_file("proposals.yaml", ProposalTables)


@cache
def library_items() -> dict[str, tuple[str, Item]]:
    """Return the items of the library by id, each with its checklist."""
    lists = read_library_checklists("zh")
    return {key: (one.id, item) for one in lists for key, item in one.items().items()}


def test_items_whose_matter_may_be_absent_may_be_called_so() -> None:
    """They are in the library, and no condition of their own asks for the same fact."""
    items = library_items()
    facts = {name for one in read_library_checklists("zh") for name in one.profile}
    for row in ROWS.absent:
        (name,) = list_fact_names(row.when)
        assert name.removeprefix("organization.") in {*facts, "system.hosting"}
        for key in row.items:
            _checklist, item = items[key]
            assert may_be_inapplicable(item), key
            assert name not in list_fact_names(item.applies_when), key


def test_titles_of_columns_are_those_of_the_file() -> None:
    """The name comes first: a table of systems or people begins with it."""
    titles = IndexedTables(ROWS).titles
    assert titles is ROWS.titles
    assert {"name"} <= titles.systems.keys() & titles.people.keys()


def test_known_values_fit_their_items() -> None:
    """Sources and columns exist; options of cells are those of the column."""
    items = library_items()
    for row in ROWS.known:
        _checklist, item = items[row.item]
        assert isinstance(item, NumberItem | Ratio | Table)
        source_list, _slash, source_item = row.from_.partition("/")
        if source_item:
            source = items[source_item]
            assert source[0] == source_list
            assert isinstance(source[1], Table)
            assert set(row.where) <= {column.id for column in source[1].columns}
        if isinstance(item, Table):
            columns = {column.id: column for column in item.columns}
            for name, column in row.columns.items():
                known = {option.id for option in columns[name].options}
                assert set(column.options.values()) <= known


def test_the_page_for_authors_lists_the_titles() -> None:
    """Whoever writes a table has no file of the program at hand: the page tells the words."""
    titles = yaml.safe_load((ROOT / "src/assess/data/proposals.yaml").read_text("utf-8"))["titles"]
    for name in ("writing-checklists.md", "writing-checklists.en.md"):
        page = (ROOT / "docs" / name).read_text("utf-8")
        separator = ", " if name.endswith(".en.md") else "、"
        for columns in titles.values():
            for words in columns.values():
                assert separator.join(words) in page
