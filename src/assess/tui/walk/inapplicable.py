"""The command that says of several items, for one reason, that they do not apply."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.text.forms import FormValues
from assess.display.text.word_match import has_all_words_or_pinyin
from assess.display.walk.item_form import shared_inapplicability_reason_form
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import format_bracketed_remark
from assess.i18n import plural_translator, translator
from assess.model.base import pick_text
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.shell import ListRow
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState


class InapplicableCommands:
    """Answers ticked items as not applicable, each its own change."""

    def __init__(self, context: WalkContext, forms: ItemForms, moves: MoveCommands) -> None:
        self._context = context
        self._forms = forms
        self._moves = moves

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"not_applicable_many": self._ask_inapplicable_items}

    def _ask_inapplicable_items(self) -> None:
        """List the items of the section, or those of the sheet that a search finds."""
        if (walk_state := self._context.state_if_any_item_applies()) is None:
            return
        self._moves.save_unsaved_ticks()
        rows = [
            (section == walk_state.walk.current_section, self._make_item_row(walk_state, item_id))
            for item_id, section in zip(
                walk_state.walk.order, walk_state.walk.sections, strict=True
            )
        ]
        titles = {
            section.section.id: pick_text(section.section.title, self._context.lang)
            for section in walk_state.opened.assessment.sections
        }
        sections = [titles[section] for section in walk_state.walk.sections]

        def find_rows(words: str) -> list[ListRow]:
            if not words.strip():
                return [row for is_near, row in rows if is_near]
            return [
                row
                for (_is_near, row), section in zip(rows, sections, strict=True)
                if has_all_words_or_pinyin(f"{section} {row.words}", words)
            ]

        _ = translator(self._context.lang)
        title = _("Which do not apply? Typing searches the whole sheet")
        round_id = self._context.shell.session.round_id
        draft = DraftKey(round_id, str(walk_state.name), walk_state.item_id, "not_applicable_many")
        self._context.shell.dialogs.tick_rows(
            title, find_rows, lambda ticked: self._ask_reason_and_write(walk_state, ticked, draft)
        )

    def _make_item_row(self, walk_state: WalkState, item_id: str) -> ListRow:
        item, lang = walk_state.state_of(item_id).item, self._context.lang
        _ = translator(lang)
        result, refusal = walk_state.result_with_unwritten_changes(item_id), ""
        if not may_be_inapplicable(item):
            refusal = format_bracketed_remark(_("always applies"), lang)
        elif result is not None and not walk_state.is_inapplicable_without_reason(item_id):
            refusal = format_bracketed_remark(translate_code(result, lang), lang)
        return ListRow(item_id, f"{item_id} {item_label_and_title(item, lang)}", refusal)

    def _ask_reason_and_write(
        self, walk_state: WalkState, item_ids: Sequence[str], draft: DraftKey
    ) -> None:
        """Ask for the reason; its draft belongs to the item at which the list was opened."""
        items = [walk_state.state_of(item_id).item for item_id in item_ids]

        def take_values(values: FormValues | None) -> None:
            if values is not None:
                self._write_not_applicable_with_reason(
                    walk_state, item_ids, SubmittedForm(values, draft)
                )

        form = shared_inapplicability_reason_form(items, self._context.lang)
        self._context.shell.dialogs.ask_form(form, draft, take_values)

    def _write_not_applicable_with_reason(
        self, walk_state: WalkState, item_ids: Sequence[str], typed: SubmittedForm
    ) -> None:
        """Write result and reason of each item; a note that an item has stays before it."""
        reason = typed.values["note"].strip()
        for item_id in item_ids:
            note = (walk_state.answer_with_unwritten_changes(item_id).note or "").strip()
            walk_state.ticks.pop(item_id, None)
            fields = {"status": "not_applicable", "note": f"{note}\n{reason}".strip()}
            change = AnswerChange(walk_state.name, item_id, fields)
            if item_id == item_ids[-1]:
                self._context.shell.draft_writer.remove_draft_when_saved(
                    change, typed.draft, typed.values
                )
            self._forms.queue_save_job(change)
        self._moves.go_to_next_unanswered(walk_state)
        _ = translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        text = _n(
            "{count} item does not apply now.  u takes back one at a time",
            "{count} items do not apply now.  u takes back one at a time",
            len(item_ids),
        )
        self._context.show_message(text.format(count=len(item_ids)))
