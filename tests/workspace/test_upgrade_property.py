"""Whatever is upgraded to whatever: no answer is lost, and doing it again changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.fingerprint import item_fingerprint
from assess.engine.lint.sheet import lint_sheet
from assess.engine.upgrade.plan import UpgradePlan, UpgradeTerms, plan_upgrade
from assess.model.answer import Answer, ChecklistRef, CitedMitigation, Parked, ParkedFrom, Sheet
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.item import Item, Proof
from assess.store import open_file
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.emit import yaml_document_text
from assess.workspace.checklists.upgrade import _sheet_text_after_plan
from factories import (
    TODAY,
    checklist,
    choice,
    config,
    conformity,
    high_risk,
    ladder,
    number,
    register,
    section,
    sheet,
    text,
)

IDS = ["A", "B", "C", "D", "E", "F"]
OLD, NEW = ("sha256:" + sign * 64 for sign in "ab")


@st.composite
def items(draw: Any, item: str, supersedes: bool) -> Item:
    """Draw an item: its kind, its wording, what it asks for and what it supersedes."""
    kinds = [
        conformity(item),
        conformity(item, high_risk=high_risk()),
        ladder(item),
        msgspec.structs.replace(ladder(item), rungs=ladder(item).rungs[1:]),
        number(item, max=Number(9)),
        choice(item, "1", "0", "0.5"),
    ]
    fields: dict[str, Any] = {
        "requirement": text(draw(st.sampled_from(["甲", "乙"])), "same"),
        "evidence": tuple(
            Proof(id=one, text=text())
            for one in draw(st.lists(st.sampled_from(["photo", "log"]), unique=True))
        ),
    }
    if supersedes:
        others = [one for one in IDS if one != item]
        fields["supersedes"] = tuple(draw(st.lists(st.sampled_from(others), unique=True)))
    made: Item = msgspec.structs.replace(draw(st.sampled_from(kinds)), **fields)
    return made


@st.composite
def checklists(draw: Any, version: str, *, supersedes: bool = False) -> Checklist:
    """Draw a checklist of some of the items in two sections."""
    chosen = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    made = [draw(items(one, supersedes)) for one in chosen]
    cut = draw(st.integers(0, len(made)))
    parts = (section(*made[:cut], id_="s1"), section(*made[cut:], id_="s2"))
    return checklist(version=version, sections=parts)


@st.composite
def answers(draw: Any, item: Item | None) -> Answer:
    """Draw an answer, to the item's text in either language or to none."""
    said: list[dict[str, Any]] = [
        {"status": "met"},
        {"status": "unmet"},
        {"status": "not_applicable", "note": "无"},
        {"value": "quarterly"},
        {"value": "yearly"},
        {"value": 12},
        {"value": "c"},
        {},
    ]
    marks = [None, "zh-000000000000"]
    if item is not None:
        marks += [item_fingerprint(item, "zh"), item_fingerprint(item, "en")]
    whole = {
        "note": draw(st.sampled_from([None, "甲", "一\n二"])),
        "mitigation": draw(st.sampled_from([None, CitedMitigation(id="acl")])),
        "evidence": draw(st.sampled_from([{}, {"ev-1": "photo"}, {"ev-1": ("log", "other")}])),
        "fingerprint": draw(st.sampled_from(marks)),
        **draw(st.sampled_from(said)),
    }
    return Answer(**whole)


@st.composite
def sheets(draw: Any, old: Checklist) -> Sheet:
    """Draw a sheet with answers to items of a checklist, parked ones and assignments."""
    own = old.items()
    given = draw(st.lists(st.sampled_from(list(own)), unique=True))
    before = draw(st.lists(st.sampled_from([*IDS, "A--2"]), unique=True, max_size=3))
    reasons = st.sampled_from(["removed", "invalid", "merged", "split"])
    return sheet(
        {item: draw(answers(own[item])) for item in given},
        checklist=ChecklistRef(id="egov", version="1", digest=OLD),
        parked={
            item: Parked(
                from_=ParkedFrom(version="0", reason=draw(reasons)),
                answer=draw(answers(None).filter(lambda one: one != Answer())),
            )
            for item in before
        },
        assigned=dict.fromkeys(draw(st.lists(st.sampled_from(["s1", *own]), unique=True)), "wang"),
    )


def opened(value: Sheet | str) -> OpenFile[Sheet]:
    """Return a sheet as a file that was read."""
    words = value if isinstance(value, str) else yaml_document_text(value)
    root = Path("/w")
    file: OpenFile[Sheet] = open_file.open_unwritten_file(
        root / "answers/2026/egov.yaml", "sheet", root, "en", words
    )
    return file


def planned(old: Checklist, new: Checklist, given: Sheet, digest: str = NEW) -> UpgradePlan:
    """Plan with everything confirmed."""
    return plan_upgrade(old, new, given, UpgradeTerms(TODAY, "zh", "en", [*IDS], digest))


def said(answer: Answer) -> Answer:
    """Return an answer without what an upgrade may change where it stays."""
    served = dict.fromkeys(answer.evidence)
    return msgspec.structs.replace(answer, fingerprint=None, evidence=served)


@given(st.data(), checklists("1"), checklists("2", supersedes=True))
def test_no_answer_is_lost(data: st.DataObject, old: Checklist, new: Checklist) -> None:
    """Each answer stands at its item, at the one that supersedes it, or parked as it was.

    The same holds for what was parked before; evidence rows and assigned persons stay too.
    """
    before = data.draw(sheets(old))
    plan = planned(old, new, before)
    after = opened(_sheet_text_after_plan(opened(before), plan)).value

    kept = [one.answer for one in after.parked.values()]
    for step in plan.steps:
        if step.fate in ("kept", "stale", "renamed"):
            assert said(after.answers[step.into[0]]) == said(step.answer), step
            mark = step.answer.fingerprint
            assert mark is None or after.answers[step.into[0]].fingerprint == mark
        elif step.fate not in ("restored", "unknown"):
            assert step.answer in kept, step
    back = {step.item for step in plan.steps_with_fate("restored")}
    assert sorted(one.item for one in plan.steps) == sorted({*before.answers, *back})
    for item, parked in before.parked.items():
        if item in back:
            assert after.answers[item].status == parked.answer.status
            assert after.answers[item].value == parked.answer.value
        else:
            assert after.parked[item] == parked
    assert (after.checklist.version, after.checklist.digest) == ("2", NEW)


@given(st.data(), checklists("1"), checklists("2", supersedes=True))
def test_doing_it_again_changes_nothing(
    data: st.DataObject, old: Checklist, new: Checklist
) -> None:
    """A sheet that was upgraded answers the new version: no byte changes, nothing is refused."""
    file = opened(data.draw(sheets(old)))
    once = opened(_sheet_text_after_plan(file, planned(old, new, file.value)))
    again = planned(new, new, once.value)

    assert again.changes == ()
    assert _sheet_text_after_plan(once, again) is once.text


@given(st.data(), checklists("1"))
def test_the_same_version_changes_nothing(data: st.DataObject, old: Checklist) -> None:
    """No byte of the sheet changes, whatever stands in it."""
    file = opened(data.draw(sheets(old)))
    plan = planned(old, old, file.value, OLD)

    assert plan.unconfirmed_invalid_steps == ()
    assert _sheet_text_after_plan(file, plan) is file.text


@given(st.data(), checklists("1"), checklists("2", supersedes=True))
def test_an_upgrade_makes_no_answer_wrong(
    data: st.DataObject, old: Checklist, new: Checklist
) -> None:
    """Lint finds no error in the answers that it did not find before."""
    before = data.draw(sheets(old))
    after = opened(_sheet_text_after_plan(opened(before), planned(old, new, before))).value
    wrong = _errors(old, before)

    if not wrong:
        assert not _errors(new, after)


def _errors(against: Checklist, given: Sheet) -> list[str]:
    found = lint_sheet(
        given, against, config(), register(), TODAY, "en", file="answers/2026/egov.yaml"
    )
    return [str(one) for one in found if one.severity == "error" and one.path[0] != "checklist"]
