"""A form over the screen: fields, their errors, and a draft of the typed values."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Input, TextArea

from assess.display.text.bars import KeyChip
from assess.display.text.forms import FormValues, InputForm, complete_short_dates
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.pasting import ParsedPaste, join_lines
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.wrapped_text import WrappedText
from assess.tui.dialogs.field_area import FieldArea
from assess.tui.dialogs.form_draft import FormDraft
from assess.tui.dialogs.form_fields import FormFields, do_digits_focus_next_field, fill_input
from assess.tui.dialogs.form_texts import FormTexts

_PAUSE = 0.5
"""Seconds after the last key until the draft is written."""


class FormScreen(AppModal[FormValues | None]):
    """Returns the values of a form once they have no errors; None if it was closed.

    With a `draft` the values are on disk within a second, and shown again the next time.
    """

    SCOPE: ClassVar[Scope] = "form"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("form")]

    def __init__(self, form: InputForm, draft: FormDraft | None = None) -> None:
        super().__init__()
        self._form = form
        self._fields = FormFields(form.fields, self.query_one)
        self._stored_draft = draft
        self._draft = draft.key if draft else None
        self._timer: Timer | None = None
        self._texts = FormTexts(self, form, self._fields)
        self.handlers = {
            **self._texts.handlers(),
            "enter_field": self._focus_next_field_or_save,
            "next_field": self._complete_path_or_focus_next,
            "previous_field": self._focus_previous_field,
            "save": self._close_with_values_if_valid,
            "put_down": self._close_with_draft,
        }

    def compose(self) -> ComposeResult:
        """Lay out title, fields and hints."""
        stored = self._stored_draft.stored_values() if self._stored_draft else {}
        alone = len(self._form.fields) == 1
        remark = self._("(draft)") if stored else ""
        chips = _key_chips_of_form(self._form, self.lang, has_draft=self._stored_draft is not None)
        classes = "single" if alone else ""
        with DialogBox(self._form.title, chips, classes=classes, remark=remark):
            with FieldArea(self._fields.region_with_label, id="fields"):
                yield from self._fields.make_widgets(stored, self.lang)
            yield WrappedText("", id="error", classes="error")
            yield self.make_draft_warning_widget()

    def on_resize(self) -> None:
        """Let the fields scroll where they don't fit: title and keys stay in sight."""
        self._fit_fields()
        self.call_after_refresh(self._fields.restore_cursors_after_rewrap)

    def show_message(self, message: str) -> None:
        """Show a message above the keys, which both stay in sight; an empty one removes it."""
        super().show_message(message)
        self._fit_fields()

    def _fit_fields(self) -> None:
        self.query_one("#fields").styles.max_height = self.query_one(DialogBox).rows_that_fit()

    def on_mount(self) -> None:
        """Focus the field that is asked for; the cursor is where one goes on with its text."""
        self._fields.move_cursors_to_text_ends()
        start = self._fields.widget_of_field_or_first(self._form.start_at)
        if self._form.typed_before and isinstance(start, Input):
            fill_input(start, self._form.typed_before)
        elif self._form.typed_before and isinstance(start, TextArea):
            start.insert(self._form.typed_before)
        self.set_focus(start)

    @property
    def values(self) -> dict[str, str]:
        """The typed values."""
        return self._fields.values

    def accept_or_refuse_paste(self, pasted: ParsedPaste) -> str | None:
        """Return a paste for the focused field; say so where the form takes none with tabs."""
        if self._form.no_tabs and "\t" in pasted.text.strip("\n"):
            self.show_message(self._form.no_tabs)
            return None
        return super().accept_or_refuse_paste(pasted)

    def convert_paste_for_field(self, text: str) -> str | None:
        """Return a pasted text for the focused field; None for a choice."""
        if isinstance(self.focused, TextArea):
            return text
        return join_lines(text) if isinstance(self.focused, Input) else None

    def on_input_changed(self) -> None:
        """Propose values for other fields, and schedule the draft."""
        self._fields.fill_proposed_values()
        self._schedule_draft_write()

    def on_text_area_changed(self) -> None:
        """Schedule the draft."""
        self._schedule_draft_write()

    def on_choice_widget_option_chosen(self) -> None:
        """Schedule the draft."""
        self._schedule_draft_write()

    def _schedule_draft_write(self) -> None:
        if self._stored_draft is None or not self.is_attached:
            return
        self._stop_draft_timer()
        self._timer = self.set_timer(_PAUSE, self._write_draft)

    async def _write_draft(self) -> None:
        draft = self._stored_draft
        if draft is not None and self.is_attached and self._update_draft_in_memory(draft):
            await asyncio.to_thread(draft.write_file)
            self.show_or_hide_draft_warning()

    def _update_draft_in_memory(self, draft: FormDraft) -> bool:
        return draft.update_values_in_memory(self._fields.values, self._fields.initial_values)

    def save_unsaved_input(self) -> None:
        """Write the draft at once, because the program ends."""
        if self._stored_draft is not None and self._update_draft_in_memory(self._stored_draft):
            self._stored_draft.write_file()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to a text of several lines, where it starts a new line."""
        is_enter = parameters[:1] == ("enter_field",)
        return not is_enter or not isinstance(self.focused, TextArea)

    def _focus_next_field_or_save(self) -> None:
        """Move to the next field; save at the last one."""
        if self.focused is self._fields.last_widget:
            self._close_with_values_if_valid()
        else:
            self._focus_next_field()

    def _focus_next_field(self) -> None:
        self._fields.complete_names()
        self.focus_next()

    async def _complete_path_or_focus_next(self, key: str) -> None:
        """Let Tab complete a path; go to the next field else. Down stays at the last one."""
        if key == "down" and self.focused is self._fields.last_widget:
            return
        if key != "tab" or not await self._texts.complete_path():
            self._focus_next_field()

    def _focus_previous_field(self) -> None:
        """Move to the field above; Up stays at the first one."""
        self._fields.complete_names()
        if self.focused is not self._fields.widget_of_field_or_first(""):
            self.focus_previous()

    def _close_with_values_if_valid(self) -> None:
        """Return the values, or show their errors at the fields."""
        self._fields.complete_names()
        self._fields.fill_proposed_values()
        values = self._fields.values
        if self._form.has_dates:
            values = complete_short_dates(self._form, values, self.shell.session.today)
        errors = self._form.check(values)
        if (wrong := self._fields.show_errors(errors)) is not None:
            self.set_focus(wrong)
        if errors:
            return
        self._stop_draft_timer()
        if self._stored_draft is not None:
            self._stored_draft.drop_values_from_memory()
        self.dismiss(values)

    async def _close_with_draft(self) -> None:
        """Close the form; the values stay as a draft."""
        self._stop_draft_timer()
        await self._write_draft()
        self.dismiss(None)

    def _stop_draft_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()


def _key_chips_of_form(form: InputForm, lang: Lang, *, has_draft: bool) -> list[KeyChip]:
    """Return the keys of a form, in the words of what saving and closing do there.

    A single field has no next one. Where a digit leads on in every field, Tab would skip one.
    """
    _ = translator(lang)
    leads_on = do_digits_focus_next_field(form.fields)
    no_tab = len(form.fields) == 1 or all(field.kind == "pick" for field in form.fields)
    chips = footer_chips("form", lang, omitted_command="next_field" if no_tab else "")
    labels = {"Ctrl+S": form.save_label, "Esc": "" if has_draft else _("close")}
    chips = [chip._replace(label=labels.get(chip.key) or chip.label) for chip in chips]
    if leads_on:
        chips.append(KeyChip("1-9", _("choose, and go to the next field")))
    if form.phrases:
        chips.append(KeyChip("F6", _("phrases")))
    if form.offered:
        chips.append(KeyChip("F7", form.offer_label))
    return chips
