"""The answer below its question: what stands whole, what gives way, what takes the spare lines."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from assess.display.text.styled import join_lines_without_styles
from assess.display.walk.answer_pane import (
    AnswerRoom,
    answer_lines,
    compute_answer_room,
    count_lines_left_for_choices,
)
from assess.display.walk.pane import ShownItem, question_lines
from assess.model.answer import Answer, CitedMitigation, Remediation
from assess.model.base import Bilingual
from assess.model.item import Verdict
from display.walk.test_pane import ROOM, view
from tui.sample import TODAY

LONG = Bilingual(zh="很长" * 60, en="a long criterion " * 12)


def test_what_is_missing_is_said_in_words(tmp_path: Path) -> None:
    """A finding without reason and plan says so, with the keys that mend it."""
    text = join_lines_without_styles(
        answer_lines(view(tmp_path, "KND-01", Answer(status="unmet")), 80, ROOM)
    )
    assert "x not met" in text
    assert "the reason is missing: a writes it" in text
    assert "nothing planned: m plans it" in text


def test_required_evidence_is_asked_of_what_is_met(tmp_path: Path) -> None:
    """`met` without its required proof says so."""
    seen = view(tmp_path, "KND-01", Answer(status="met"))
    state = msgspec.structs.replace(seen.state, missing_evidence=("policy",))
    text = join_lines_without_styles(answer_lines(seen._replace(state=state), 80, ROOM))
    assert "1 required missing: e attaches it" in text


def test_a_finding_lacks_required_evidence_too(tmp_path: Path) -> None:
    """Who fills in sees for `partial` what the reviewer sees."""
    seen = view(tmp_path, "KND-01", Answer(status="partial", note="x"))
    state = msgspec.structs.replace(seen.state, missing_evidence=("policy",))
    text = join_lines_without_styles(answer_lines(seen._replace(state=state), 80, ROOM))
    assert "1 required missing: e attaches it" in text


@pytest.mark.parametrize(
    ("plan", "is_whole"),
    [
        (Remediation(action="mend"), False),
        (Remediation(action="mend", owner="Wang"), False),
        (Remediation(action="mend", owner="Wang", due=TODAY), True),
        (Remediation(action="mend", owner="Wang", no_due_reason="tender"), True),
        (Remediation(state="risk_accepted", reason="old"), True),
    ],
)
def test_a_plan_without_owner_or_date_says_so(
    tmp_path: Path, plan: Remediation, is_whole: bool
) -> None:
    """An open remediation needs both, or why it has no date."""
    answer = Answer(status="unmet", note="x", remediation=plan)
    text = join_lines_without_styles(answer_lines(view(tmp_path, "KND-01", answer), 80, ROOM))
    assert ("! owner or due date is missing: m" in text) is not is_whole


def test_a_long_value_is_cut_with_a_sign(tmp_path: Path) -> None:
    """The line of the result ends in `..` where the value goes on."""
    seen = view(tmp_path, "KND-06", Answer(value="0571-88880000 " * 9))
    line = join_lines_without_styles(answer_lines(seen, 60, ROOM)[:1])
    assert line.rstrip().endswith("..")


def test_cut_choices_name_the_key_that_shows_them(tmp_path: Path) -> None:
    """Where a choice is cut, Tab is named in the line above; where all are whole, it is not."""
    seen = with_verdict(view(tmp_path, "KND-01"), Verdict(met=LONG, unmet=LONG))
    for room, is_cut in ((AnswerRoom(7, 0), True), (AnswerRoom(40, 40), False)):
        lines = join_lines_without_styles(answer_lines(seen, 80, room)).splitlines()
        assert ("cut: Tab shows all" in lines[0]) is is_cut


def test_what_takes_digits_has_no_digits_for_its_choices(tmp_path: Path) -> None:
    """At a number Enter opens the field and Tab lists the rest: 0 is a number there."""
    text = join_lines_without_styles(answer_lines(view(tmp_path, "KND-04"), 80, ROOM))
    assert " Enter  enter the number, or just type it" in text
    assert " Tab    not applicable" in text


def test_answers_are_shown(tmp_path: Path) -> None:
    """Note (two lines at most), evidence and remediation stand below the choices."""
    answer = Answer(
        status="unmet",
        note="one\ntwo\nthree",
        evidence={"ev-1": "policy"},
        remediation=Remediation(action="mend", owner="Wang", due=TODAY),
        mitigation=CitedMitigation(id="host-acl"),
    )
    text = join_lines_without_styles(answer_lines(view(tmp_path, "KND-01", answer), 80, ROOM))
    assert "3 *not met" in text
    assert "two  .." in text
    assert "three" not in text
    assert "1 (d detaches): ev-1" in text
    assert "2026-06-01 Wang planned mend" in text


def test_values_without_digits_are_shown(tmp_path: Path) -> None:
    """A number stands in the result line with its unit."""
    text = join_lines_without_styles(
        answer_lines(view(tmp_path, "KND-04", Answer(value=3)), 80, ROOM)
    )
    assert "3 days" in text


def with_verdict(seen: ShownItem, verdict: Verdict) -> ShownItem:
    """Return the item with other verdicts."""
    item = msgspec.structs.replace(seen.state.item, verdict=verdict)
    return seen._replace(state=msgspec.structs.replace(seen.state, item=item))


def test_long_choices_are_shown_in_full_above(tmp_path: Path) -> None:
    """Where the choices need too many lines below, the question shows them whole."""
    seen = view(tmp_path, "KND-02")
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 80, 12))
    text = join_lines_without_styles(answer_lines(seen, 30, ROOM))
    assert "|1  Each quarter, with records" in text
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 30, 12))
    text = join_lines_without_styles(answer_lines(seen, 9, AnswerRoom(9, 0)))
    assert "|2  Onc..\n" in text
    assert "Choices  1. Ea" in join_lines_without_styles(question_lines(seen, 9, 5))


def test_verdicts_are_shown_whole_beside_the_digits(tmp_path: Path) -> None:
    """Each status says what counts as it; a status that is never answered is not there."""
    verdict = Verdict(
        met=Bilingual(en="The last rule denies all."),
        unmet=Bilingual(en="The last rule permits all, or there is no rule."),
        not_applicable="never",
    )
    seen = with_verdict(view(tmp_path, "KND-01"), verdict)
    lines = join_lines_without_styles(answer_lines(seen, 40, ROOM)).splitlines()
    assert [line.rstrip() for line in lines[1:4]] == [
        "|1  met  The last rule denies all.",
        "|3  not met  The last rule permits all,",
        "|   or there is no rule.",
    ]
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 40, 12))
    assert "Choices" in join_lines_without_styles(question_lines(seen, 40, 2))


def test_where_there_is_room_results_and_verdicts_are_columns(tmp_path: Path) -> None:
    """Columns that need no more lines, or lines that the question leaves, are easier to read."""
    verdict = Verdict(met=Bilingual(en="Denies all."), unmet=Bilingual(en="Permits all. " * 7))
    seen = with_verdict(view(tmp_path, "KND-01"), verdict)
    beside = join_lines_without_styles(answer_lines(seen, 80, ROOM))
    assert "|1  met             Denies all." in beside
    assert "|1  met  Denies all." in join_lines_without_styles(answer_lines(seen, 60, ROOM))
    roomy = join_lines_without_styles(answer_lines(seen, 60, AnswerRoom(30, 30)))
    assert "|1  met             Denies all." in roomy


def test_the_chosen_verdict_has_a_sign_and_a_ground_and_each_the_edge_of_its_result(
    tmp_path: Path,
) -> None:
    """The sign is read without colours; a digit that gives no result has no edge."""
    verdict = Verdict(met=Bilingual(en="Denies all."), unmet=Bilingual(en="Permits all."))
    seen = with_verdict(view(tmp_path, "KND-01", Answer(status="unmet")), verdict)
    lines = answer_lines(seen, 60, ROOM)[1:4]
    assert [line[0].style for line in lines] == ["good", "bad", "plain"]
    assert [line[0].text for line in lines] == ["|", "|", " "]
    assert [{part.ground for part in line[1:]} for line in lines] == [{""}, {"chosen"}, {""}]
    assert "3 *not met" in join_lines_without_styles(lines)
    ladder = answer_lines(view(tmp_path / "l", "KND-02"), 60, ROOM)[1:-3]
    assert [line[0].style for line in ladder][:3] == ["good", "warn", "bad"]


def test_choices_stay_whole_while_the_question_gives_way(tmp_path: Path) -> None:
    """The question keeps four lines; the note gives a line before a choice does."""
    words = " ".join(["every rule of the policy names its ground"] * 3)
    verdict = Verdict(met=Bilingual(en=words), unmet=Bilingual(en=words), not_applicable="never")
    seen = with_verdict(view(tmp_path, "KND-01", Answer(status="met", note="long " * 40)), verdict)
    room = compute_answer_room(18, 30)
    lines = join_lines_without_styles(answer_lines(seen, 52, room)).splitlines()
    assert len(lines) == 11
    note = next(index for index, line in enumerate(lines) if line.startswith("Note"))
    assert [line for line in lines[:note] if ".." in line] == []
    assert len(lines[note:]) == 4
    squeezed = compute_answer_room(12, 30)
    lines = join_lines_without_styles(answer_lines(seen, 52, squeezed)).splitlines()
    assert len(lines) == 12 - 2
    assert sum(".." in line for line in lines) == 1
    assert (
        sum(".." in line for line in map(str, answer_lines(seen, 52, compute_answer_room(11, 30))))
        > 1
    )
    tight = compute_answer_room(14, 30)
    lines = join_lines_without_styles(answer_lines(seen, 52, tight)).splitlines()
    assert len(lines) == 10
    assert len(lines[next(i for i, line in enumerate(lines) if "Note" in line) :]) == 3
    assert count_lines_left_for_choices(seen, 52, tight) == 6


def test_choices_that_are_too_long_together_show_their_beginnings(tmp_path: Path) -> None:
    """Each is cut visibly, not applicable first; the question has them whole."""
    words = " ".join(["every rule of the policy names its ground"] * 4)
    verdict = Verdict(
        met=Bilingual(en=words),
        unmet=Bilingual(en="No policy."),
        not_applicable=Bilingual(en=words),
    )
    seen = with_verdict(view(tmp_path, "KND-01"), verdict)
    lines = join_lines_without_styles(answer_lines(seen, 30, AnswerRoom(11, 0))).splitlines()
    note = next(index for index, line in enumerate(lines) if line.startswith("Note"))
    shown = [line.rstrip() for line in lines[1:note]]
    assert len(shown) == 11 - 1 - 3
    assert shown[0] == "|1  met  every rule of the"
    assert [line for line in shown if line.startswith("|3")] == ["|3  not met  No policy."]
    assert [line for line in shown if line.startswith(" 0")] == [" 0  not applicable  every ru.."]
    assert len([line for line in shown if line.endswith("..")]) == 2
    text = join_lines_without_styles(question_lines(seen, 30, 7))
    assert "Choices" in text
    assert "0. not" in text


def test_a_note_goes_on_where_the_question_is_whole(tmp_path: Path) -> None:
    """So do evidence and remediation; what does not fit ends with the sign of a cut."""
    answer = Answer(
        status="unmet",
        note="words " * 60,
        evidence={f"piece-of-evidence-{number}": "" for number in range(9)},
        remediation=Remediation(action="mend " * 30),
    )
    seen = view(tmp_path, "KND-01", answer)
    short = join_lines_without_styles(answer_lines(seen, 60, compute_answer_room(40, 60)))
    assert short.count("words") < 20
    assert short.count("..") == 3
    whole = join_lines_without_styles(answer_lines(seen, 60, compute_answer_room(40, 10)))
    assert (whole.count("words"), whole.count("mend"), ".." in whole) == (60, 30, False)
    assert "piece-of-evidence-8" in whole
    some = answer_lines(seen, 60, compute_answer_room(20, 10))
    assert len(some) == 10


@pytest.mark.parametrize(("form", "key"), [("note", "a"), ("evidence", "e"), ("remediation", "m")])
def test_drafts_are_announced(tmp_path: Path, form: str, key: str) -> None:
    """A form with a draft says how to go on with it."""
    seen = view(tmp_path, "KND-01")._replace(drafts=(form,))
    assert f"draft is kept: {key} goes on" in join_lines_without_styles(
        answer_lines(seen, 80, ROOM)
    )


def test_the_rule_for_unnamed_cases_stands_beside_the_result(tmp_path: Path) -> None:
    """Where results are stated and the line has room; it never takes a line of its own."""
    seen = view(tmp_path, "KND-02")
    first, *others = join_lines_without_styles(answer_lines(seen, 60, ROOM)).splitlines()
    assert first.endswith("not named: the lower (Tab)")
    narrow = join_lines_without_styles(answer_lines(seen, 44, ROOM)).splitlines()
    assert len(narrow) == len(answer_lines(seen, 44, ROOM))
    assert "not named" not in narrow[0]
    assert "not named" not in "".join(others)
    for item_id in ("KND-01", "KND-03", "KND-07"):
        plain = view(tmp_path / item_id, item_id)
        assert "not named" not in join_lines_without_styles(answer_lines(plain, 120, ROOM))


def test_broken_checks_are_shown_and_cut_where_there_is_no_room(tmp_path: Path) -> None:
    """Each begins a line; two lines always stand, more where the question leaves them."""
    checks = tuple(f"{number} must equal D (9)" for number in range(5))
    seen = view(tmp_path, "KND-04", Answer(value=3))._replace(broken_checks=checks)
    text = join_lines_without_styles(answer_lines(seen, 60, AnswerRoom(20, 20)))
    assert "Cross-check  ! 0 must equal D (9)" in text
    assert "             ! 4 must equal D (9)" in text
    short = join_lines_without_styles(answer_lines(seen, 60, AnswerRoom(7, 0)))
    assert "! 1 must equal D (9)  .." in short
    assert "! 2" not in short
    assert "Cross-check" not in join_lines_without_styles(
        answer_lines(seen._replace(broken_checks=()), 60, AnswerRoom(20, 20))
    )
