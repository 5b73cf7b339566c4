from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.fingerprint import item_fingerprint
from assess.engine.upgrade.checklist_diff import (
    ChangedField,
    ItemDiff,
    MovedItem,
    RewordedField,
    WordMark,
    diff_checklists,
    diff_words,
)
from assess.model.base import Bilingual, Number
from assess.model.checklist import Checklist
from assess.model.item import Item, Ref
from factories import checklist, conformity, fact_is, ladder, section, text


def one_change(old: Item, new: Item) -> ItemDiff:
    """Return the only changed item between two versions of one."""
    diff = diff_checklists(checklist(old), checklist(new))
    assert (diff.added, diff.removed, diff.head) == ((), (), ())
    (found,) = diff.items
    return found


def sections(**items: tuple[str, ...]) -> Checklist:
    """Return a checklist of these sections with items of these ids."""
    made = (section(*map(conformity, ids), id_=name) for name, ids in items.items())
    return checklist(sections=tuple(made))


def test_nothing_changed() -> None:
    """A checklist does not differ from itself."""
    assert diff_checklists(checklist(conformity()), checklist(conformity())).is_empty


def test_added_and_removed_items() -> None:
    """Items are known by their ids alone."""
    diff = diff_checklists(sections(s=("A-1", "A-2")), sections(s=("A-2", "A-3")))
    assert [item.id for item in diff.added] == ["A-3"]
    assert [item.id for item in diff.removed] == ["A-1"]
    assert diff.items == ()
    assert not diff.is_empty


def test_the_head_is_compared_too() -> None:
    """Version, titles, bases, facts and scoring are shown as canonical values."""
    diff = diff_checklists(checklist(version="2026.1"), checklist(version="2026.2", profile={}))
    assert not diff.is_empty
    assert diff.head[0] == ChangedField("version", '"2026.1"', '"2026.2"')
    assert (diff.head[1].field, diff.head[1].new) == ("profile", "")


def test_a_reworded_requirement_is_marked_and_stale_in_its_language() -> None:
    """Only the language whose words changed becomes stale."""
    found = one_change(
        conformity(requirement=text("每月查看日志。", "Logs are read.")),
        conformity(requirement=text("每周查看日志。", "Logs are read.")),
    )
    pieces: tuple[WordMark, ...] = (
        ("same", "每"),
        ("out", "月"),
        ("in", "周"),
        ("same", "查看日志。"),
    )
    assert found.reworded == (RewordedField("requirement", "zh", pieces),)
    assert (found.changed, found.moved, found.stale) == ((), None, ("zh",))


def test_an_editorial_correction_stays_current() -> None:
    """Where the new version says the old fingerprint still counts, answers stay."""
    old = conformity(requirement=text("每月查看日志", "Logs are read."))
    known = (item_fingerprint(old, "zh"),)
    new = conformity(requirement=text("每月查看日志。", "Logs are read."), still_valid=known)
    assert one_change(old, new).stale == ()


def test_weight_condition_and_references_leave_answers_current() -> None:
    """They are shown with old and new value and make nothing stale."""
    new: dict[str, Any] = {
        "weight": Number(3),
        "applies_when": fact_is("egov", True),
        "refs": (Ref(basis="csl", clause="23"),),
    }
    found = one_change(conformity(), conformity(**new))
    assert [one.field for one in found.changed] == ["weight", "applies_when", "refs"]
    assert found.changed[0] == ChangedField("weight", "1", "3")
    assert found.changed[1].old == ""
    assert "egov" in found.changed[1].new
    assert found.stale == ()


def test_words_and_rules_of_rungs_are_told_apart() -> None:
    """A rung's new wording is a rewording, its new degree a change; both make answers stale."""
    first, *rest = ladder().rungs
    words = msgspec.structs.replace(first, text=text("每季", "Quarterly"))
    rule = msgspec.structs.replace(first, degree=Number("0.9"))
    reworded = one_change(ladder(), ladder(rungs=(words, *rest)))
    assert [(one.field, one.lang) for one in reworded.reworded] == [("rungs", "zh")]
    assert (reworded.changed, reworded.stale) == ((), ("zh",))
    changed = one_change(ladder(), ladder(rungs=(rule, *rest)))
    assert changed.reworded == ()
    assert [one.field for one in changed.changed] == ["rungs"]
    assert changed.stale == ("zh", "en")


def test_a_text_in_one_language_is_compared_in_that() -> None:
    """Where one language is missing before and after, only the other can change."""
    first, *rest = ladder().rungs
    old = msgspec.structs.replace(first, text=Bilingual(zh="每季度"))
    new = msgspec.structs.replace(first, text=Bilingual(zh="每季"))
    found = one_change(ladder(rungs=(old, *rest)), ladder(rungs=(new, *rest)))
    assert [one.lang for one in found.reworded] == ["zh"]
    assert found.changed == ()


def test_another_kind_makes_everything_stale() -> None:
    """The kind and the fields of both kinds are compared."""
    found = one_change(conformity("A-1"), ladder("A-1"))
    assert found.changed[0] == ChangedField("kind", "conformity", "ladder")
    assert found.stale == ("zh", "en")
    assert one_change(ladder("A-1"), conformity("A-1")).changed[1].field == "rungs"


def test_moved_items() -> None:
    """Another section, or another place among those that stayed, is a move."""
    diff = diff_checklists(
        sections(s=("A-1", "A-2", "A-3"), t=("B-1",)),
        sections(s=("A-2", "A-3", "A-1"), t=("B-1",)),
    )
    assert [(one.item.id, one.moved) for one in diff.items] == [("A-1", MovedItem("s", "s"))]
    diff = diff_checklists(sections(s=("A-1",), t=("B-1",)), sections(s=(), t=("A-1", "B-1")))
    assert [(one.item.id, one.moved) for one in diff.items] == [("A-1", MovedItem("s", "t"))]
    assert diff.items[0].stale == ()


@given(st.text(max_size=30), st.text(max_size=30))
def test_marks_hold_both_texts(old: str, new: str) -> None:
    """What was kept and taken out is the old text, what was kept and put in the new one."""
    old, new = old.replace("\n", ""), new.replace("\n", "")
    pieces = diff_words(old, new)
    assert "".join(words for kind, words in pieces if kind != "in") == old
    assert "".join(words for kind, words in pieces if kind != "out") == new


def test_two_vast_texts_stand_one_after_the_other() -> None:
    """What they share is not looked for: that would not end."""
    assert diff_words("中" * 300_000, "中" * 300_001) == (
        ("out", "中" * 300_000),
        ("in", "中" * 300_001),
    )
