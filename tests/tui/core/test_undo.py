"""Steps back and forth, as plain values."""

from __future__ import annotations

from datetime import date

from assess.model.answer import Answer, Remediation
from assess.model.base import Number
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.undo import UndoHistory, answer_fields_as_plain_values, has_values_of_step
from assess.workspace import REMOVE, SheetName

SHEET = SheetName("kinds")


def test_fields_as_files_hold_them() -> None:
    """Structs become mappings without what is not there, dates text; numbers stay exact."""
    plan = Remediation(action="fix", due=date(2026, 6, 30))
    answer = Answer(value=Number("3.50"), remediation=plan, evidence={"ev-1": ("a", "b")})
    fields = answer_fields_as_plain_values(answer, ("value", "remediation.due", "evidence"))
    assert fields["value"] == Number("3.50")
    assert fields["status"] is REMOVE
    assert fields["remediation"] == {"action": "fix", "due": "2026-06-30", "state": "planned"}
    assert fields["evidence"] == {"ev-1": ["a", "b"]}
    assert set(answer_fields_as_plain_values(answer, ("review",))) == {"review"}


def test_back_and_forth() -> None:
    """Undo moves the last step over, redo moves it back; a new write ends what can be redone."""
    undo, before, after = UndoHistory(), Answer(), Answer(status="met")
    assert undo.step_to_undo(SHEET) is None
    assert undo.step_to_redo(SHEET) is None
    undo.record_change(AnswerChange(SHEET, "A", {}, "do"), ("status",), (before, after))
    assert undo.step_to_undo(SHEET) is not None
    assert undo.step_to_undo(SheetName("other")) is None
    undo.record_change(AnswerChange(SHEET, "A", {}, "undo"), ("status",), (after, before))
    assert undo.step_to_undo(SHEET) is None
    step = undo.step_to_redo(SHEET)
    assert step is not None
    assert step.after["status"] == "met"
    undo.record_change(AnswerChange(SHEET, "A", {}, "redo"), ("status",), (before, after))
    assert undo.step_to_redo(SHEET) is None
    undo.record_change(AnswerChange(SHEET, "A", {}, "undo"), ("status",), (after, before))
    undo.record_change(AnswerChange(SHEET, "B", {}, "do"), ("note",), (before, Answer(note="x")))
    assert undo.step_to_redo(SHEET) is None


def test_whether_a_step_still_stands() -> None:
    """An answer that says something else than the step left was changed by somebody."""
    fields = answer_fields_as_plain_values(Answer(status="met"), ("status",))
    assert has_values_of_step(Answer(status="met"), fields)
    assert has_values_of_step(Answer(status="met", note="more"), fields)
    assert not has_values_of_step(Answer(status="unmet"), fields)


def test_one_act_of_two_writes() -> None:
    """A result and the reason that was asked for it are one act; a note by itself is another."""
    undo = UndoHistory()
    answer, reason = AnswerChange(SHEET, "A", {}), Answer(status="unmet", note="why")
    undo.record_change(answer, ("status",), (Answer(), Answer(status="unmet")))
    undo.record_change(answer._replace(goes_on=answer), ("note",), (Answer(status="unmet"), reason))
    step = undo.step_to_undo(SHEET)
    assert step is not None
    assert (step.before["status"], step.before["note"]) == (REMOVE, REMOVE)
    assert (step.after["status"], step.after["note"]) == ("unmet", "why")
    undo.record_change(
        AnswerChange(SHEET, "A", {}), ("note",), (reason, Answer(status="unmet", note="more"))
    )
    step = undo.step_to_undo(SHEET)
    assert step is not None
    assert "status" not in step.before
