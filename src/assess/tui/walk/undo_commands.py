"""Commands that take back what was written in this session, and write it again."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import N_, Lang, translator
from assess.tui.core.answer_change import AnswerChange, ChangeKind
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.undo import UndoStep, has_values_of_step
from assess.tui.walk.context import WalkContext
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState, open_and_close_sub_questions
from assess.tui.walk.sub_questions import sub_question_message


class UndoCommands:
    """Undoes and redoes changes."""

    def __init__(self, context: WalkContext, moves: MoveCommands) -> None:
        self._context = context
        self._moves = moves

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "undo": lambda: self._undo_or_redo("undo"),
            "redo": lambda: self._undo_or_redo("redo"),
        }

    async def _undo_or_redo(self, kind: ChangeKind) -> None:
        context = self._context
        if (walk_state := context.state) is None:
            return
        self._moves.save_unsaved_ticks()
        await context.shell.saver.wait_until_written()
        undo = context.shell.session.undo
        find_step = undo.step_to_undo if kind == "undo" else undo.step_to_redo
        step = find_step(walk_state.name)
        if step is None or step.item_id not in walk_state.walk.order:
            text = _no_step_left_text(kind, context.lang)
        else:
            text = self._apply_undo_step(walk_state, step, kind)
        context.draw_all()
        context.show_message(text)

    def _apply_undo_step(self, walk_state: WalkState, step: UndoStep, kind: ChangeKind) -> str:
        """Write what was before or after the step; return what is to be shown."""
        context, _ = self._context, translator(self._context.lang)
        expected, wanted = (
            (step.after, step.before) if kind == "undo" else (step.before, step.after)
        )
        walk_state.walk = walk_state.walk.go_to_applicable_item(step.item_id) or walk_state.walk
        context.written_item = context.reasoned_item = ""
        if not has_values_of_step(walk_state.stored_answer(step.item_id), expected):
            text = _("{item} was changed by another since; it is left as it is")
            return text.format(item=step.item_id)
        context.shell.saver.add_job(AnswerChange(walk_state.name, step.item_id, wanted, kind))
        change = open_and_close_sub_questions(walk_state, step.item_id)
        text = (
            _("taken back: {item}, {fields}   U redo")
            if kind == "undo"
            else _("written again: {item}, {fields}   u undo")
        )
        fields = changed_fields_text(step.after, context.lang)
        text = text.format(item=step.item_id, fields=fields)
        return f"{text}   {sub_question_message(change, context.lang)}" if change else text


_FIELD_WORDS = {
    "status": N_("result"),
    "value": N_("result"),
    "note": N_("note"),
    "evidence": N_("evidence"),
    "remediation": N_("remediation"),
    "mitigation": N_("mitigation"),
    "risk": N_("risk by hand"),
    "review": N_("review"),
}


def changed_fields_text(fields: Iterable[str], lang: Lang) -> str:
    """Return the names of the fields that a step changed, each once."""
    _ = translator(lang)
    names = [name.partition(".")[0] for name in fields]
    words = dict.fromkeys(_(_FIELD_WORDS[name]) for name in names if name in _FIELD_WORDS)
    return enumeration_comma_sign(lang).join(words)


def _no_step_left_text(kind: ChangeKind, lang: Lang) -> str:
    _ = translator(lang)
    if kind == "undo":
        return _("nothing was written here in this session that could be taken back")
    return _("nothing was taken back that could be written again")
