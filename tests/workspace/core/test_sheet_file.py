"""A sheet on the desk: what is written, and what follows by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.engine.fingerprint import item_fingerprint, reviewed_answer_digest
from assess.errors import ChangedOnDiskError, FilesError, UnknownIdError
from assess.workspace import REMOVE, OpenSheet, SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
ITEM = "EGN-BND-01"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A fresh workspace with the e-government checklist."""
    return make_and_commit_workspace(
        tmp_path / "w",
        organization="示例市青溪区数据局",
        language="zh",
        today=date(2026, 5, 1),
        lang="en",
    )


@pytest.fixture
def desk(here: Workspace) -> OpenSheet:
    """Its only sheet, nothing answered yet."""
    return here.open_sheet(SheetName("egov-network"), "2026")


def text(here: Workspace) -> str:
    """Return the sheet as it is on disk."""
    return (here.root / "answers" / "2026" / "egov-network.yaml").read_text("utf-8")


def test_nothing_is_written_before_the_first_answer(here: Workspace, desk: OpenSheet) -> None:
    """Looking at a sheet leaves no file behind."""
    assert desk.assess_on(date(2026, 5, 1)).counts.done == 0
    assert not (here.root / "answers" / "2026").exists()
    assert desk.read_again() is desk
    assert desk.conflicts == ()


def test_an_answer_says_by_whom_when_and_to_which_text(here: Workspace, desk: OpenSheet) -> None:
    """by, at and the fingerprint of the wording come with the answer, on disk at once."""
    desk = desk.write_answer(ITEM, {"status": "met"}, by="wang-min", now=NOW, lang="zh")

    answer = here.open_sheet(desk.name, "2026").sheet.answers[ITEM]
    assert answer == desk.sheet.answers[ITEM]
    assert (answer.status, answer.by, answer.at) == ("met", "wang-min", NOW)
    assert answer.fingerprint == item_fingerprint(desk.checklist.items()[ITEM], "zh")
    assert [line.split(":")[0].strip() for line in text(here).splitlines()[-4:]] == [
        "status",
        "fingerprint",
        "by",
        "at",
    ]


def test_an_answer_typed_in_an_editor_gets_its_fingerprint(
    here: Workspace, desk: OpenSheet
) -> None:
    """The next save adds who and to which text; what was reviewed without stays as reviewed."""
    desk = desk.write_answer(ITEM, {"status": "met"}, by=None, now=NOW, lang="zh")
    desk = desk.write_answer(ITEM, {"fingerprint": REMOVE}, by=None, now=NOW, lang="zh")
    of = reviewed_answer_digest(desk.sheet.answers[ITEM])
    review = {"state": "accepted", "by": "li-jian", "at": NOW.isoformat(), "of": of}
    reviewed = desk.write_answer(ITEM, {"review": review}, by="li-jian", now=NOW, lang="zh")
    reviewed = reviewed.write_answer(
        ITEM, {"recheck": "2027-01-01"}, by="li-jian", now=NOW, lang="zh"
    )
    answer = reviewed.sheet.answers[ITEM]
    assert (answer.fingerprint, reviewed_answer_digest(answer), answer.by) == (None, of, None)

    desk = reviewed.write_answer(ITEM, {"review": REMOVE}, by=None, now=NOW, lang="zh")
    desk = desk.write_answer(ITEM, {"note": "已核对。"}, by="wang-min", now=LATER, lang="zh")

    answer = desk.sheet.answers[ITEM]
    assert answer.fingerprint == item_fingerprint(desk.checklist.items()[ITEM], "zh")
    assert (answer.status, answer.by, answer.at) == ("met", "wang-min", LATER)


def test_status_and_value_replace_each_other(desk: OpenSheet) -> None:
    """A ladder marked not applicable has no rung any more, and back."""
    desk = desk.write_answer(
        "EGN-TER-01", {"value": {"part": 1, "whole": 2}}, by=None, now=NOW, lang="zh"
    )
    desk = desk.write_answer(
        "EGN-TER-01", {"status": "not_applicable", "note": "无"}, by=None, now=NOW, lang="zh"
    )
    answer = desk.sheet.answers["EGN-TER-01"]
    assert (answer.status, answer.value) == ("not_applicable", None)

    desk = desk.write_answer(
        "EGN-TER-01", {"value": {"part": 2, "whole": 2}}, by=None, now=NOW, lang="zh"
    )
    answer = desk.sheet.answers["EGN-TER-01"]
    assert (answer.status, answer.value, answer.note) == (None, {"part": 2, "whole": 2}, "无")


def test_taking_an_answer_back(desk: OpenSheet) -> None:
    """Without status and value the answer is unanswered, and keeps its note but no fingerprint."""
    desk = desk.write_answer(ITEM, {"status": "unmet", "note": "x"}, by=None, now=NOW, lang="zh")
    desk = desk.write_answer(ITEM, {"status": REMOVE}, by=None, now=NOW, lang="zh")

    answer = desk.sheet.answers[ITEM]
    assert not answer.is_given
    assert (answer.note, answer.fingerprint) == ("x", None)


def test_fields_inside_and_reviews(desk: OpenSheet) -> None:
    """A dotted name reaches inside; plans and reviews leave who answered and when."""
    desk = desk.write_answer(ITEM, {"status": "unmet"}, by="wang-min", now=NOW, lang="zh")
    plan = {"remediation.owner": "王敏", "remediation.due": "2026-07-31"}
    desk = desk.write_answer(ITEM, plan, by="zhou-ping", now=LATER, lang="zh")
    assert desk.sheet.answers[ITEM].by == "wang-min"
    desk = desk.write_answer(ITEM, {"note": "见附件"}, by="zhou-ping", now=LATER, lang="zh")

    review = {"review": {"state": "returned", "comment": "补审批单"}}
    desk = desk.write_answer(ITEM, review, by="li-jian", now=LATER, lang="zh")

    answer = desk.sheet.answers[ITEM]
    assert answer.by == "zhou-ping"
    assert answer.remediation is not None
    assert (answer.remediation.owner, answer.remediation.due) == ("王敏", date(2026, 7, 31))
    assert answer.review is not None
    assert answer.review.state == "returned"


@pytest.mark.parametrize(("state", "stays"), [("accepted", False), ("returned", True)])
def test_an_acceptance_from_before_the_answer_goes(
    desk: OpenSheet, state: str, stays: bool
) -> None:
    """Nobody can have accepted what was not answered; what a return asked for is still read."""
    review = {"state": state, "comment": "补", "at": LATER.isoformat(), "of": "a-000000000000"}
    desk = desk.write_answer(ITEM, {"review": review}, by="li-jian", now=NOW, lang="zh")
    desk = desk.write_answer(ITEM, {"note": "先记"}, by="wang-min", now=NOW, lang="zh")
    assert desk.sheet.answers[ITEM].review is not None

    desk = desk.write_answer(ITEM, {"status": "met"}, by="wang-min", now=NOW, lang="zh")

    assert (desk.sheet.answers[ITEM].review is not None) == stays


def test_one_field_changes_only_its_lines(here: Workspace, desk: OpenSheet) -> None:
    """Comments and other answers stay byte for byte."""
    desk = desk.write_answer(ITEM, {"status": "unmet", "note": "一"}, by=None, now=NOW, lang="zh")
    path = here.root / "answers" / "2026" / "egov-network.yaml"
    path.write_text(
        text(here).replace("    note: 一", "    # 待核实\n    note: 一  # 初稿"), "utf-8"
    )
    desk = desk.read_again()
    before = text(here).splitlines()

    desk.write_answer(ITEM, {"note": "二"}, by=None, now=NOW, lang="zh")

    after = text(here).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("    note: 一  # 初稿", "    note: 二  # 初稿")]


def test_anothers_answer_is_kept_the_same_one_refused(here: Workspace, desk: OpenSheet) -> None:
    """Two people at once: other items merge, the same item is never overwritten."""
    desk = desk.write_answer(ITEM, {"status": "met"}, by=None, now=NOW, lang="zh")
    other = here.open_sheet(desk.name, "2026")
    other.write_answer("EGN-BND-02", {"value": "quarterly"}, by=None, now=NOW, lang="zh")

    desk.write_answer("EGN-ACC-01", {"status": "met"}, by=None, now=NOW, lang="zh")
    assert set(here.open_sheet(desk.name, "2026").sheet.answers) == {
        ITEM,
        "EGN-BND-02",
        "EGN-ACC-01",
    }

    other.write_answer(ITEM, {"status": "unmet"}, by=None, now=LATER, lang="zh")
    before = text(here)
    with pytest.raises(ChangedOnDiskError, match=ITEM):
        desk.write_answer(ITEM, {"status": "partial"}, by=None, now=LATER, lang="zh")
    assert text(here) == before


def test_unknown_items_are_refused(desk: OpenSheet) -> None:
    """An id that the checklist lacks names the nearest."""
    with pytest.raises(UnknownIdError, match="EGN-BND-01"):
        desk.write_answer("EGN-BND-1", {"status": "met"}, by=None, now=NOW, lang="zh")


def test_several_answers_and_people_in_one_write(here: Workspace, desk: OpenSheet) -> None:
    """write_answers writes once; people of the sheet stand beside the answers."""
    items = {key: {"status": "met"} for key in ("EGN-ACC-01", "EGN-ACC-02", ITEM)}
    desk = desk.write_answers(items, by=None, now=NOW, lang="zh")
    desk = desk.write_people_by_role({"filler": "wang-min"})

    assert list(desk.sheet.answers) == list(items)
    assert here.open_sheet(desk.name, "2026").sheet.people.filler == "wang-min"


def test_all_files_are_reported_at_once(here: Workspace) -> None:
    """A broken config and a broken checklist give one error with the problems of both."""
    (here.root / "assess.yaml").write_text("format: assess/config/1\nlanguage: fr\n", "utf-8")
    (here.root / "checklists" / "egov-network.yaml").write_text("format: x\n", "utf-8")

    with pytest.raises(FilesError) as caught:
        here.open_sheet(SheetName("egov-network"), "2026")

    files = {problem.file for problem in caught.value.problems}
    assert files >= {"assess.yaml", "checklists/egov-network.yaml"}


def test_a_due_day_that_moves_later_leaves_the_first_one(here: Workspace, desk: OpenSheet) -> None:
    """In the file, with the format number that has it; back at the first day it is taken out."""

    def move(desk: OpenSheet, day: object) -> OpenSheet:
        return desk.write_answer(ITEM, {"remediation.due": day}, by=None, now=NOW, lang="zh")

    desk = desk.write_answer(ITEM, {"status": "unmet"}, by=None, now=NOW, lang="zh")
    desk = move(move(desk, "2026-06-30"), "2026-06-30")
    assert "first_due" not in text(here)
    desk = move(move(desk, date(2026, 9, 30)), "2026-12-31")
    plan = desk.sheet.answers[ITEM].remediation
    assert plan is not None
    assert (plan.first_due, plan.due) == (date(2026, 6, 30), date(2026, 12, 31))
    assert text(here).startswith("format: assess/answers/3\n")
    desk = move(desk, REMOVE)
    plan = desk.sheet.answers[ITEM].remediation
    assert plan is not None
    assert (plan.first_due, plan.due) == (date(2026, 6, 30), None)
    desk = move(desk, "2026-05-31")
    plan = desk.sheet.answers[ITEM].remediation
    assert plan is not None
    assert (plan.first_due, plan.due) == (None, date(2026, 5, 31))


def test_a_first_due_day_that_is_given_is_written_as_it_is(desk: OpenSheet) -> None:
    """A day that can't be read moves nothing."""
    fields = {"remediation.due": "2026-06-30", "remediation.first_due": "2026-01-31"}
    desk = desk.write_answer(ITEM, fields, by=None, now=NOW, lang="zh")
    plan = desk.sheet.answers[ITEM].remediation
    assert plan is not None
    assert plan.first_due == date(2026, 1, 31)
    wrong = desk.derive_fields_to_write(ITEM, {"remediation.due": "soon"}, None, NOW, "zh")
    assert wrong == {"remediation.due": "soon"}
