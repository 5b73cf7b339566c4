"""Merging checklists: sections and items by their ids, wherever they stand."""

from __future__ import annotations

import copy
from typing import Any

from assess.engine.merge.trees import NewConflict, merge_trees


def item(name: str, **fields: Any) -> dict[str, Any]:
    """Return an item with a title."""
    return {"id": name, "kind": "ladder", "title": {"zh": f"题{name}"}, **fields}


def checklist(**sections: list[Any]) -> dict[str, Any]:
    """Return a checklist with these sections."""
    rows = [{"id": name, "title": name, "items": items} for name, items in sections.items()]
    return {"format": "assess/checklist/1", "id": "c", "version": "1", "sections": rows}


def placed(tree: dict[str, Any]) -> dict[str, list[str]]:
    """Return the items of each section."""
    return {one["id"]: [item["id"] for item in one["items"]] for one in tree["sections"]}


BASE = checklist(a=[item("A1"), item("A2")], b=[item("B1")])


def sides() -> tuple[Any, Any]:
    """Return two copies of BASE."""
    return copy.deepcopy(BASE), copy.deepcopy(BASE)


def test_a_moved_item_takes_the_other_sides_changes_along() -> None:
    """Ours moves an item to another section, theirs rewords it: both are kept."""
    ours = checklist(a=[item("A1")], b=[item("B1"), item("A2")])
    theirs = checklist(a=[item("A1"), item("A2", title={"zh": "新"})], b=[item("B1")])

    for tree, clashes in (
        merge_trees("checklist", BASE, ours, theirs),
        merge_trees("checklist", BASE, theirs, ours),
    ):
        assert not clashes
        assert placed(tree) == {"a": ["A1"], "b": ["B1", "A2"]}
        assert tree["sections"][1]["items"][1]["title"] == {"zh": "新"}


def test_items_added_on_both_sides_stand_behind_their_neighbours() -> None:
    """Sections too."""
    ours = checklist(a=[item("A0"), item("A1"), item("A2")], b=[item("B1")])
    theirs = checklist(n=[item("N1")], a=[item("A1"), item("A3"), item("A2")], b=[item("B1")])

    tree, clashes = merge_trees("checklist", BASE, ours, theirs)

    assert not clashes
    assert placed(tree) == {"n": ["N1"], "a": ["A0", "A1", "A3", "A2"], "b": ["B1"]}


def test_titles_merge_language_by_language() -> None:
    """One translates while the other one corrects the Chinese."""
    ours, theirs = sides()
    ours["sections"][0]["items"][0]["title"]["en"] = "A1"
    theirs["sections"][0]["items"][0]["title"]["zh"] = "新题"

    tree = merge_trees("checklist", BASE, ours, theirs).tree

    assert tree["sections"][0]["items"][0]["title"] == {"zh": "新题", "en": "A1"}


def test_an_item_removed_here_and_changed_there() -> None:
    """The conflict stands at the root, where both its sections are known; nothing is dropped."""
    ours = checklist(a=[item("A1")], b=[item("B1")])
    theirs = sides()[1]
    theirs["sections"][0]["items"][1]["weight"] = 2

    removed, clashes = merge_trees("checklist", BASE, ours, theirs)
    assert clashes == (NewConflict((), "items[A2]"),)
    assert removed["conflict"] == [{"field": "items[A2]", "theirs": item("A2", weight=2)}]

    kept, _clashes = merge_trees("checklist", BASE, theirs, ours)
    assert placed(kept) == placed(BASE)
    assert kept["conflict"] == [{"field": "items[A2]"}]


def test_a_section_removed_with_its_items_while_one_was_changed() -> None:
    """The section stays with the item that is to be decided."""
    ours = sides()[0]
    ours["sections"][1]["items"][0]["weight"] = 2
    theirs = checklist(a=[item("A1"), item("A2")])

    tree, clashes = merge_trees("checklist", BASE, ours, theirs)

    assert [clash.field for clash in clashes] == ["items[B1]"]
    assert placed(tree) == placed(BASE)
    assert placed(merge_trees("checklist", BASE, BASE, theirs).tree) == {"a": ["A1", "A2"]}
    untouched = checklist(a=[item("A1", weight=3), item("A2")], b=[item("B1")])
    assert placed(merge_trees("checklist", BASE, untouched, theirs).tree) == {"a": ["A1", "A2"]}


def test_an_item_moved_to_two_places_stays_where_ours_put_it() -> None:
    """And it is said where theirs put it."""
    ours = checklist(a=[item("A1")], b=[item("B1"), item("A2")])
    theirs = checklist(a=[item("A1")], b=[item("B1")], n=[item("A2")])

    tree, _clashes = merge_trees("checklist", BASE, ours, theirs)

    assert placed(tree) == {"a": ["A1"], "b": ["B1", "A2"], "n": []}
    assert tree["conflict"] == [{"field": "items[A2].section", "theirs": "n"}]


def test_two_orders_are_a_conflict_and_one_is_taken() -> None:
    """Of items, of sections and of rungs, whose order has a meaning."""
    rungs = [{"id": name} for name in "xyz"]
    base = checklist(a=[item("A1", rungs=rungs), item("A2"), item("A3")], b=[], c=[])
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["sections"][0]["items"].reverse()

    assert placed(merge_trees("checklist", base, ours, theirs).tree)["a"] == ["A3", "A2", "A1"]
    assert placed(merge_trees("checklist", base, theirs, ours).tree)["a"] == ["A3", "A2", "A1"]

    ours["sections"][0]["items"][2]["rungs"] = rungs[::-1]
    ours["sections"].reverse()
    theirs["sections"][0]["items"] = [theirs["sections"][0]["items"][at] for at in (1, 0, 2)]
    theirs["sections"][0]["items"][1]["rungs"] = [rungs[1], rungs[0], rungs[2]]
    theirs["sections"] = [theirs["sections"][at] for at in (1, 0, 2)]
    tree, clashes = merge_trees("checklist", base, ours, theirs)

    assert {clash.field for clash in clashes} == {"rungs[]", "sections[]", "sections[a].items[]"}
    assert placed(tree)["a"] == ["A3", "A2", "A1"]


def test_rungs_merge_by_id() -> None:
    """A rung reworded here, another one added there."""
    base = checklist(a=[item("A1", rungs=[{"id": "x", "text": "x"}, {"id": "y", "text": "y"}])])
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["sections"][0]["items"][0]["rungs"][0]["text"] = "xx"
    theirs["sections"][0]["items"][0]["rungs"].append({"id": "z", "text": "z"})

    tree, clashes = merge_trees("checklist", base, ours, theirs)

    assert not clashes
    texts = [rung["text"] for rung in tree["sections"][0]["items"][0]["rungs"]]
    assert texts == ["xx", "y", "z"]


def test_references_are_a_set() -> None:
    """Clauses that both sides found are all cited."""
    one, two, three = ({"basis": "b", "clause": name} for name in ("1", "2", "3"))
    base = checklist(a=[item("A1", refs=[one])])
    ours = checklist(a=[item("A1", refs=[one, two])])
    theirs = checklist(a=[item("A1", refs=[three])])

    tree, _clashes = merge_trees("checklist", base, ours, theirs)

    assert tree["sections"][0]["items"][0]["refs"] == [two, three]


def test_lists_without_ids_are_one_field() -> None:
    """Steps of a check, entries without an id, an id that stands twice: ours, and theirs beside."""
    base = checklist(a=[item("A1", check=["1"], rungs=[{"id": "x"}])])
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine, yours = ours["sections"][0]["items"][0], theirs["sections"][0]["items"][0]
    mine |= {"check": ["2"], "rungs": [{"text": "no id"}]}
    yours |= {"check": ["3"], "rungs": [{"id": "x"}, {"id": "x"}]}

    _tree, clashes = merge_trees("checklist", base, ours, theirs)

    assert [clash.field for clash in clashes] == ["check", "rungs"]


def test_an_item_id_that_stands_twice() -> None:
    """Sections are then merged like any list, each for itself."""
    base = checklist(a=[item("A1")], b=[item("A1")])
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["sections"][0]["title"] = "new"
    theirs["sections"][1]["items"].append(item("B2"))

    tree, clashes = merge_trees("checklist", base, ours, theirs)

    assert not clashes
    assert placed(tree) == {"a": ["A1"], "b": ["A1", "B2"]}


def test_two_editions_are_a_conflict_of_the_version() -> None:
    """The items merge all the same."""
    ours, theirs = sides()
    ours["version"], theirs["version"] = "2", "3"

    assert merge_trees("checklist", BASE, ours, theirs).clashes == (NewConflict((), "version"),)


def test_field_checks_of_both_sides_stay() -> None:
    """Each side adds one: both stand in the list."""
    base, ours, theirs = ({**BASE, "checks": [{"rows": "T", "equals": "A"}]} for _ in range(3))
    ours["checks"] = [*ours["checks"], {"value": "A", "at_most": "B"}]
    theirs["checks"] = [*theirs["checks"], {"value": "B", "at_most": "C"}]
    tree, clashes = merge_trees("checklist", base, ours, theirs)
    assert not clashes
    assert [check.get("value") for check in tree["checks"]] == [None, "A", "B"]
