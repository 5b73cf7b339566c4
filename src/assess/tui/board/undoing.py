"""Commands of the board that take back the last change of findings, and write it again."""

from __future__ import annotations

from collections.abc import Sequence

from assess.engine.outside_findings import outside_source_and_number
from assess.i18n import translator
from assess.model.answer import Answer
from assess.tui.board.content import BoardContent
from assess.tui.core.answer_change import AnswerChange, ChangeKind
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.undo import OutsideStep, UndoStep, has_values_of_step
from assess.workspace import Workspace
from assess.workspace.core.outside_findings import restore_outside_finding


class BoardUndo:
    """Undoes and redoes changes of remediations and of findings of others, the last one first.

    What was changed together is one step.
    """

    def __init__(self, context: RowsContext, content: BoardContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "undo": lambda: self._undo_or_redo("undo"),
            "redo": lambda: self._undo_or_redo("redo"),
        }

    async def _undo_or_redo(self, kind: ChangeKind) -> None:
        context, _ = self._context, translator(self._context.lang)
        await context.shell.saver.wait_until_written()
        undo = context.shell.session.undo
        outside = undo.outside_step_to_undo() if kind == "undo" else undo.outside_step_to_redo()
        if outside is not None:
            self._restore_outside_finding(outside, kind)
            return
        steps = undo.batch_to_undo() if kind == "undo" else undo.batch_to_redo()
        if refusal := self._refusal_text(steps, kind):
            context.show_message(refusal)
            return
        for step in steps:
            wanted = step.before if kind == "undo" else step.after
            change = AnswerChange(step.sheet, step.item_id, wanted, kind, batch=step.change.batch)
            context.shell.saver.add_job(change)
        text = (
            _("taken back: the remediation of {count} findings   U redo")
            if kind == "undo"
            else _("written again: the remediation of {count} findings   u undo")
        )
        context.show_message(text.format(count=len(steps)))

    def _restore_outside_finding(self, step: OutsideStep, kind: ChangeKind) -> None:
        """Take back the change of a finding of others, or write it again."""
        context, undo = self._context, self._context.shell.session.undo
        if refusal := self._content.closed_round_text():
            context.show_message(refusal)
            return
        sides = step.before, step.after
        wanted, expected = sides if kind == "undo" else reversed(sides)

        def restore_and_record(workspace: Workspace) -> None:
            restore_outside_finding(workspace, step.finding_id, expected, wanted)
            if kind == "undo":
                undo.record_outside_undo()
            else:
                undo.record_outside_redo()

        def show_restored(_result: None) -> None:
            _, finding = translator(context.lang), expected or wanted
            text = (
                _("taken back: the change of {finding}   U redo")
                if kind == "undo"
                else _("written again: the change of {finding}   u undo")
            )
            name = outside_source_and_number(finding, context.lang) if finding else step.finding_id
            context.show_message(text.format(finding=name))

        context.jobs.write_shared_files(restore_and_record, show_restored)

    def _refusal_text(self, steps: Sequence[UndoStep], kind: ChangeKind) -> str:
        """Return why the steps can't be taken back or written again; '' if they can."""
        _ = translator(self._context.lang)
        if not steps:
            return _("nothing was changed in this session that could be taken back or repeated")
        for step in steps:
            if any(name.partition(".")[0] not in _PLAN_FIELDS for name in step.after):
                text = _("the last change was another one, at {item}: u there takes it back")
                return text.format(item=step.item_id)
            expected = step.after if kind == "undo" else step.before
            if not has_values_of_step(self._stored_answer(step), expected):
                text = _("{item} was changed by another since; nothing was taken back")
                return text.format(item=step.item_id)
        return ""

    def _stored_answer(self, step: UndoStep) -> Answer:
        answers = self._content.opened[step.sheet].open_sheet.sheet.answers
        return answers.get(step.item_id, Answer())


_PLAN_FIELDS = ("remediation", "by", "at")
"""The fields that a change of a remediation writes."""
