"""Commands of the board that take back the last change of findings, and write it again."""

from __future__ import annotations

from collections.abc import Sequence

from assess.engine.outside_findings import outside_source_and_number
from assess.i18n import plural_translator, translator
from assess.model.answer import Answer
from assess.tui.board.content import BoardContent
from assess.tui.core.answer_change import AnswerChange, ChangeKind
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.undo import OutsideStep, UndoStep, has_values_of_step
from assess.workspace import Workspace
from assess.workspace.core.outside_findings import OutsideFindingChange
from assess.workspace.core.outside_restoring import restore_outside_findings


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
        context = self._context
        await context.shell.saver.wait_until_written()
        undo, is_undo = context.shell.session.undo, kind == "undo"
        outside = undo.outside_batch_to_undo() if is_undo else undo.outside_batch_to_redo()
        steps = undo.batch_to_undo() if is_undo else undo.batch_to_redo()
        if (
            outside
            and steps
            and (not outside[0].batch or steps[0].change.batch != outside[0].batch)
        ):
            steps = []
        refusal = self._refusal_text(steps, kind) if steps or not outside else ""
        if refusal := refusal or (outside and self._content.refusal_text_if_round_closed()) or "":
            context.show_message(refusal)
        elif outside:
            self._restore_outside_findings(outside, steps, kind)
        else:
            self._restore_answers(steps, kind)
            context.show_message(self._restored_text(len(steps), kind))

    def _restore_answers(self, steps: Sequence[UndoStep], kind: ChangeKind) -> None:
        for step in steps:
            wanted = step.before if kind == "undo" else step.after
            change = AnswerChange(step.sheet, step.item_id, wanted, kind, batch=step.change.batch)
            self._context.shell.saver.add_job(change)

    def _restored_text(self, count: int, kind: ChangeKind) -> str:
        _n = plural_translator(self._context.lang)
        text = (
            _n(
                "taken back: the remediation of {count} finding   U redo",
                "taken back: the remediation of {count} findings   U redo",
                count,
            )
            if kind == "undo"
            else _n(
                "written again: the remediation of {count} finding   u undo",
                "written again: the remediation of {count} findings   u undo",
                count,
            )
        )
        return text.format(count=count)

    def _restore_outside_findings(
        self, outside: Sequence[OutsideStep], steps: Sequence[UndoStep], kind: ChangeKind
    ) -> None:
        """Take back changes of findings of others or write them again, then those of answers."""
        context, undo = self._context, self._context.shell.session.undo
        changes = [step.change for step in outside]
        if kind == "undo":
            changes = [OutsideFindingChange(key, after, before) for key, before, after in changes]

        def restore_and_record(workspace: Workspace) -> None:
            restore_outside_findings(workspace, changes)
            record = undo.record_outside_undo if kind == "undo" else undo.record_outside_redo
            record(len(outside))

        def show_restored(_result: None) -> None:
            self._restore_answers(steps, kind)
            count = len(outside) + len(steps)
            text = self._restored_text(count, kind)
            if count == 1:
                text = self._restored_finding_text(changes[0], kind)
            context.show_message(text)

        context.jobs.write_shared_files_and_reread(restore_and_record, show_restored)

    def _restored_finding_text(self, change: OutsideFindingChange, kind: ChangeKind) -> str:
        lang, finding = self._context.lang, change.before or change.after
        _ = translator(lang)
        text = (
            _("taken back: the change of {finding}   U redo")
            if kind == "undo"
            else _("written again: the change of {finding}   u undo")
        )
        name = outside_source_and_number(finding, lang) if finding else change.id
        return text.format(finding=name)

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
