"""Merging plain trees by meaning."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from assess.engine.merge.trees import NewConflict, merge_trees
from engine.merge_trees import Three, both_ways, frozen, sheet, sheets, threes
from examples import times

EARLY, LATE = "2026-05-12T09:00:00+08:00", "2026-05-12T10:00:00+08:00"


def one(base: Any, ours: Any, theirs: Any) -> tuple[dict[str, Any], list[NewConflict]]:
    """Merge three versions of one answer; None: it is not there."""
    trees = [sheet({} if answer is None else {"A": answer}) for answer in (base, ours, theirs)]
    merged = merge_trees("sheet", *trees)
    return merged.tree["answers"], list(merged.clashes)


def test_different_fields_of_one_answer_merge() -> None:
    """A note of ours and an owner of theirs stand in one answer, without conflict."""
    base = {"status": "unmet", "remediation": {"action": "a", "owner": "b"}}
    ours = {**base, "note": "n", "remediation": {"action": "a2", "owner": "b"}}
    theirs = {**base, "recheck": "2026-12-01", "remediation": {"action": "a", "owner": "b2"}}

    answers, clashes = one(base, ours, theirs)

    assert not clashes
    assert answers["A"] == {
        "status": "unmet",
        "remediation": {"action": "a2", "owner": "b2"},
        "recheck": "2026-12-01",
        "note": "n",
    }


def test_what_an_answer_says_is_one_field() -> None:
    """Status of one side and fingerprint of the other are never mixed; theirs stands whole."""
    base = {"status": "met", "fingerprint": "f1"}
    ours = {"status": "unmet", "fingerprint": "f1", "by": "o", "at": EARLY}
    theirs = {"value": "yearly", "fingerprint": "f2", "risk": {"level": "low"}, "by": "t"}

    answers, clashes = one(base, ours, theirs)

    assert clashes == [NewConflict(("answers", "A"), "value")]
    row = {"field": "value", "theirs": "yearly", "fingerprint": "f2", "risk": {"level": "low"}}
    assert answers["A"] == {**ours, "conflict": [{**row, "by": "t"}]}


def test_a_broken_answer_with_status_and_value_loses_neither() -> None:
    """Lint refuses such an answer, but its two halves stand in the conflict."""
    answers, clashes = one(None, {"status": "met"}, {"status": "unmet", "value": 3, "risk": 1})

    assert [clash.field for clash in clashes] == ["status", "value"]
    rows = [{"field": "status", "theirs": "unmet", "risk": 1}, {"field": "value", "theirs": 3}]
    assert answers["A"] == {"status": "met", "conflict": rows}
    assert len(one(None, {"status": "unmet", "value": 3}, {"risk": 1})[1]) == 1


def test_a_removed_status_is_a_row_without_theirs() -> None:
    """`theirs` left out: they took the answer back."""
    answers, _clashes = one({"status": "met"}, {"status": "unmet"}, {"note": "n"})

    assert answers["A"] == {"status": "unmet", "note": "n", "conflict": [{"field": "status"}]}


def test_the_later_of_two_stamps_wins_unless_ours_stands() -> None:
    """`by` and `at` go together; where a conflict keeps ours, its stamp stays too."""
    base = {"status": "met", "by": "b", "at": "2026-01-01T00:00:00+08:00"}
    ours = {**base, "note": "n", "by": "o", "at": EARLY}
    theirs = {**base, "recheck": "x", "by": "t", "at": LATE}

    assert one(base, ours, theirs)[0]["A"]["by"] == "t"
    assert one(base, theirs, ours)[0]["A"]["by"] == "t"
    assert one(base, ours, {**theirs, "note": "other"})[0]["A"]["by"] == "o"
    assert one(base, ours, base)[0]["A"]["by"] == "o"


def test_stamps_in_two_time_zones_and_without_one() -> None:
    """Moments are compared, not their spelling; a time without zone is UTC, no time is earliest."""
    at = {"zoned": "2026-05-12T09:00:00+08:00", "utc": "2026-05-12T01:30:00", "none": "soon"}
    sides = {key: {"note": "n", "by": key, "at": text} for key, text in at.items()}

    assert one(None, sides["zoned"], sides["utc"])[0]["A"]["by"] == "utc"
    assert one(None, sides["none"], sides["zoned"])[0]["A"]["by"] == "zoned"


def test_evidence_merges_as_a_set() -> None:
    """Rows added on both sides are cited, a row taken away is gone, proofs of one row add up."""
    base = {"evidence": {"ev-1": "policy", "ev-2": "other"}}
    ours = {"evidence": {"ev-1": ["policy", "log"], "ev-2": "other", "ev-3": "other"}}
    theirs = {"evidence": {"ev-1": ["policy", "photo"], "ev-4": "other"}}

    answers, clashes = one(base, ours, theirs)

    assert not clashes
    assert answers["A"]["evidence"] == {
        "ev-1": ["policy", "log", "photo"],
        "ev-3": "other",
        "ev-4": "other",
    }


def test_proofs_of_one_row_that_shrink_to_one_stay_a_text() -> None:
    """A list of proofs and a single text are the same set."""
    base = {"evidence": {"ev-1": ["policy", "log"]}}
    ours = {"evidence": {"ev-1": "policy"}}
    theirs = {"evidence": {"ev-1": ["log"]}}

    assert one(base, ours, theirs)[0]["A"]["evidence"] == {"ev-1": []}
    assert one({}, ours, {"evidence": {"ev-1": ["policy"]}})[0]["A"] == ours
    assert one({}, ours, {"evidence": {"ev-1": 3}})[0]["A"]["evidence"]["ev-1"] == "policy"


def test_an_answer_removed_here_and_changed_there_is_a_conflict_of_the_answers() -> None:
    """Neither side is dropped: what was changed stands, or stands in the conflict."""
    base, new = {"status": "met"}, {"status": "unmet", "by": "t"}

    kept, clashes = one(base, new, None)
    assert kept == {"A": new, "conflict": [{"field": "A"}]}
    assert clashes == [NewConflict(("answers",), "A")]

    assert one(base, None, new)[0] == {"conflict": [{"field": "A", "theirs": new}]}


def test_a_review_is_taken_whole() -> None:
    """Two reviews are never mixed."""
    ours = {"review": {"state": "returned", "comment": "c"}}
    theirs = {"review": {"state": "accepted"}}

    answers, _clashes = one({}, ours, theirs)

    row = {"field": "review", "theirs": {"state": "accepted"}}
    assert answers["A"] == {**ours, "conflict": [row]}


def test_conflicts_that_stand_are_merged_too() -> None:
    """One side settles a conflict that the other left standing: it is settled."""
    row = {"field": "note", "theirs": "t"}
    base = {"status": "met", "note": "o", "conflict": [row]}
    settled = {"status": "met", "note": "t"}

    assert one(base, settled, {**base, "recheck": "r"})[0]["A"] == {**settled, "recheck": "r"}
    both = one(base, {**base, "recheck": "r"}, {**base, "evidence": {"e": "p"}})[0]["A"]
    assert both["conflict"] == [row]


def test_new_conflicts_stand_beside_old_ones_once() -> None:
    """A second merge adds a row, and not the same row twice."""
    row = {"field": "note", "theirs": "t"}
    ours = {"note": "o", "recheck": "1", "conflict": [row]}

    answers, _clashes = one({}, ours, {"note": "t", "recheck": "2"})

    assert answers["A"]["conflict"] == [row, {"field": "recheck", "theirs": "2"}]


def test_conflicts_keep_their_place_in_ours() -> None:
    """The fields stand in our order, the conflict where ours has it, whatever theirs has."""
    row = {"field": "note", "theirs": "t"}
    base = {"note": "o", "conflict": [row], "status": "met"}
    theirs = {"status": "met", "note": "o", "recheck": "1", "conflict": [row]}

    answers, _clashes = one(base, {**base, "mitigation": {"id": "a"}}, theirs)

    order = list(answers["A"])
    assert order.index("note") < order.index("conflict") < order.index("status")


def test_a_base_that_git_made_of_two_commits_takes_no_side() -> None:
    """Criss-cross: both sides settled the conflict, otherwise; neither is taken for unchanged."""
    base = {"status": "met", "note": "a", "conflict": [{"field": "note", "theirs": "b"}]}
    said = {"status": "met", "conflict": [{"field": "status", "theirs": "unmet"}]}

    answers, clashes = one(base, {"status": "met", "note": "a"}, {"status": "met", "note": "b"})
    assert [clash.field for clash in clashes] == ["note"]
    assert one(said, {"status": "met"}, {"status": "unmet"})[1] == [
        NewConflict(("answers", "A"), "status")
    ]
    assert answers["A"]["note"] == "a"


def test_a_conflict_that_is_no_list_is_carried_along() -> None:
    """A file that a person broke still merges; lint says what is wrong with it."""
    ours = {"note": "n", "conflict": "what"}

    answers, _clashes = one({"note": "m"}, ours, {"note": "m", "recheck": "r"})

    assert answers["A"] == {"note": "n", "recheck": "r", "conflict": ["what"]}


def test_true_is_not_one() -> None:
    """Python takes true for 1; an answer does not."""
    answers, _clashes = one({"value": 1}, {"value": 1}, {"value": True})
    assert answers["A"]["value"] is True

    assert one({"value": [1]}, {"value": [True]}, {"value": [1]})[0]["A"]["value"] == [True]


def test_fields_keep_the_order_of_ours() -> None:
    """New fields and answers of theirs stand behind their neighbours."""
    base = sheet({"A": {"status": "met", "by": "x"}, "C": {}})
    theirs = sheet({"A": {"status": "met", "note": "n", "by": "x"}, "B": {}, "C": {}})
    theirs = {"format": "assess/answers/1", "people": {}, **theirs}
    ours = copy.deepcopy(base)
    ours["answers"]["D"] = {}

    tree = merge_trees("sheet", base, ours, theirs).tree

    assert list(tree["answers"]) == ["A", "B", "C", "D"]
    assert list(tree["answers"]["A"]) == ["status", "note", "by"]
    assert list(tree)[:2] == ["format", "people"]


def test_config_merges_what_two_clones_add() -> None:
    """Systems, people, sheets of a round and roles come together; a grade is one decision."""
    base: dict[str, Any] = {
        "systems": {"web": {"name": "w", "grade": {"level": 2, "s": 2, "a": 2}}},
        "people": {"li": {"name": "l", "roles": ["filler"]}},
        "rounds": {"2026": {"title": {"zh": "一"}, "sheets": ["a"]}},
    }
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["systems"]["mail"] = {"name": "m"}
    ours["systems"]["web"]["grade"] = {"level": 3, "s": 3, "a": 2}
    ours["people"]["li"]["roles"] = ["filler", "reviewer"]
    ours["rounds"]["2026"]["sheets"] = ["a", "b@mail"]
    ours["rounds"]["2026"]["title"] = {"zh": "一", "en": "one"}
    theirs["systems"]["web"]["grade"] = {"level": 3, "s": 2, "a": 3}
    theirs["people"]["li"]["roles"] = ["filler", "leader"]
    theirs["rounds"]["2026"]["sheets"] = ["a", "c"]
    theirs["rounds"]["2026"]["title"] = {"zh": "二"}

    tree, clashes = merge_trees("config", base, ours, theirs)

    assert clashes == (NewConflict(("systems", "web"), "grade"),)
    assert tree["people"]["li"]["roles"] == ["filler", "reviewer", "leader"]
    assert tree["rounds"]["2026"]["sheets"] == ["a", "b@mail", "c"]
    assert tree["rounds"]["2026"]["title"] == {"zh": "二", "en": "one"}
    assert set(tree["systems"]) == {"web", "mail"}


def test_a_removed_section_takes_none_after_it_away() -> None:
    """The section that ours removed is gone; what stands below it stays."""
    base: dict[str, Any] = {
        "sections": [
            {"id": "network", "items": [{"id": "N-1"}]},
            {"id": "hosts", "items": [{"id": "H-1"}]},
        ]
    }
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    del ours["sections"][0]
    theirs["sections"][1]["items"].append({"id": "H-2"})

    tree, clashes = merge_trees("checklist", base, ours, theirs)

    assert (tree["sections"], clashes) == (theirs["sections"][1:], ())


def test_register_rows_merge_by_id() -> None:
    """The same file attached on two clones: one row, under the name that it has here."""
    row = {"file": {"path": "a.png", "sha256": "0"}, "by": "o", "at": EARLY}
    ours = {"evidence": {"ev-1": {"title": "t", **row}}}
    other = {"title": "t", "file": {"path": "b.png", "sha256": "0"}, "by": "t", "at": LATE}

    tree, clashes = merge_trees("register", {}, ours, {"evidence": {"ev-1": other, "ev-2": row}})

    assert clashes == ()
    assert tree["evidence"]["ev-1"] == {"title": "t", **row, "by": "t", "at": LATE}
    assert tree["evidence"]["ev-2"] == row


@pytest.mark.parametrize("theirs", [{"path": "a.png", "sha256": "1"}, "a.png"])
def test_another_file_of_one_row_is_a_conflict(theirs: Any) -> None:
    """Where the bytes differ, or a side is no file, one of them must be chosen."""
    ours = {"evidence": {"ev-1": {"file": {"path": "a.png", "sha256": "0"}}}}

    tree, clashes = merge_trees("register", {}, ours, {"evidence": {"ev-1": {"file": theirs}}})

    assert clashes == (NewConflict(("evidence", "ev-1"), "file"),)
    assert tree["evidence"]["ev-1"]["conflict"] == [{"field": "file", "theirs": theirs}]


def frozen_answers(tree: dict[str, Any]) -> set[Any]:
    """Return all that stands anywhere in the answers of a tree."""
    found = set()
    rest: list[Any] = [tree.get("answers", {})]
    while rest:
        value = rest.pop()
        found.add(frozen(value))
        rest += value.values() if isinstance(value, dict) else value if _is_list(value) else ()
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


@settings(max_examples=times(3))
@given(threes())
def test_no_answer_is_lost(three: Three) -> None:
    """Whatever either side wrote newly stands in the merged file, or in a conflict of it."""
    tree = merge_trees("sheet", *three).tree
    found = frozen_answers(tree)
    base = three.base.get("answers", {})
    for side in three[1:]:
        for item, answer in side["answers"].items():
            known = base.get(item, {})
            for field in ("status", "value", "note", "review", "recheck"):
                if field in answer and frozen(answer[field]) != frozen(known.get(field)):
                    assert frozen(answer[field]) in found, (item, field)


@settings(max_examples=times(3))
@given(threes())
def test_both_ways_hold_the_same(three: Three) -> None:
    """merge(a, b) and merge(b, a) differ only in which side of a conflict stands as theirs."""
    base, ours, theirs = three
    one_way, other_way = (
        merge_trees("sheet", base, ours, theirs),
        merge_trees("sheet", base, theirs, ours),
    )

    assert both_ways(one_way.tree) == both_ways(other_way.tree)
    assert len(one_way.clashes) == len(other_way.clashes)


@given(sheets(), sheets())
def test_a_side_that_did_nothing_changes_nothing(base: dict[str, Any], new: dict[str, Any]) -> None:
    """merge(a, a) is a; merge(base, b) and merge(b, base) are b."""
    assert frozen(merge_trees("sheet", base, new, new).tree) == frozen(new)
    assert frozen(merge_trees("sheet", base, base, new).tree) == frozen(new)
    assert frozen(merge_trees("sheet", base, new, base).tree) == frozen(new)


@given(threes())
def test_nothing_that_was_given_is_changed(three: Three) -> None:
    """The trees are the caller's."""
    before = copy.deepcopy(three)

    merge_trees("sheet", *three)

    assert three == before


@given(threes())
def test_a_conflict_is_where_the_merge_says(three: Three) -> None:
    """Every clash leads to a mapping with a row for its field."""
    tree, clashes = merge_trees("sheet", *three)
    for clash in clashes:
        place: Any = tree
        for key in clash.path:
            place = place[key]
        assert clash.field in [row["field"] for row in place["conflict"]]


FROM_2025 = {"round": "2025", "of": "a-0123456789ab"}
TAKEN = {"status": "met", "fingerprint": "f1", "taken_from": FROM_2025}
FRESH = {"status": "met", "fingerprint": "f1"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (None, TAKEN, FRESH, None),  # the other side looked anew
        (FRESH, TAKEN, FRESH, FROM_2025),
        (TAKEN, FRESH, TAKEN, None),
        (TAKEN, {**TAKEN, "note": "n"}, {**TAKEN, "recheck": "2026-12-01"}, FROM_2025),
        ({}, {"note": "n", "taken_from": FROM_2025}, {"recheck": "2026-12-01"}, FROM_2025),
        (FRESH, {**FRESH, "status": "unmet"}, TAKEN, None),
        (FRESH, TAKEN, {**FRESH, "status": "unmet"}, None),
    ],
)
def test_what_an_answer_was_taken_from_goes_with_its_verdict(
    base: Any, ours: Any, theirs: Any, merged: Any
) -> None:
    """It never makes a conflict of its own, and is lost where one side looked anew."""
    answers, clashes = one(base, ours, theirs)

    assert answers["A"].get("taken_from") == merged
    assert [clash.field for clash in clashes if clash.field == "taken_from"] == []
