"""A form over the screen: fields, their errors, and a draft of the typed values."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from assess.display.text.forms import FormField, InputForm, Values
from assess.display.text.safe import one_line
from assess.engine.punctuation import append_in_brackets
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, footer_text, make_bindings
from assess.tui.core.drafts import DraftKey
from assess.tui.core.pasting import join_lines
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.pick import Pick

_PAUSE = 0.5
"""Seconds after the last key until the draft is written."""


class FormScreen(AppModal[Values | None]):
    """Returns the values of a form once they have no errors; None if it was closed.

    With a `draft` key the values are on disk within a second, and shown again the next time.
    """

    SCOPE: ClassVar[Scope] = "form"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("form")]

    def __init__(self, form: InputForm, draft: DraftKey | None = None) -> None:
        super().__init__()
        self._form = form
        self._draft = draft
        self._timer: Timer | None = None
        self._before: dict[str, str] = {field.name: field.value for field in form.fields}
        self._proposed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, fields and hints."""
        stored = self.shell.drafts.get_values(self._draft) if self._draft else None
        single = " single" if len(self._form.fields) == 1 else ""
        with Vertical(classes="box" + single):
            yield Static(one_line(self._form.title), markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._form.fields:
                    value = (stored or {}).get(field.name, field.value)
                    yield from _field_widgets(field, value, self.shell.session.lang)
            yield Static("", id="error", classes="error", markup=False)
            yield self.draft_line()
            yield Static(self._hints_text(restored=bool(stored)), classes="hints", markup=False)

    def _hints_text(self, *, restored: bool) -> str:
        lang = self.shell.session.lang
        alone = len(self._form.fields) == 1
        text = footer_text("form", lang, 74, without="next_field" if alone else "")
        _ = translator(lang)
        return _("(draft)") + text if restored else text

    def on_mount(self) -> None:
        """Focus the first field, with the cursor at the end of its text."""
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        self.set_focus(self._field_widget(self._form.fields[0].name))

    def _field_widget(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}")

    @property
    def values(self) -> dict[str, str]:
        """The typed values."""
        return {
            field.name: _widget_value(self._field_widget(field.name)) for field in self._form.fields
        }

    def pasted_text(self, text: str) -> str | None:
        """Return a pasted text for the focused field; None for a choice."""
        if isinstance(self.focused, TextArea):
            return text
        return join_lines(text) if isinstance(self.focused, Input) else None

    def on_input_changed(self) -> None:
        """Propose values for other fields, and schedule the draft."""
        self._fill_proposed()
        self._schedule_draft()

    def _fill_proposed(self) -> None:
        """Fill fields whose value follows from others, unless the user typed in them."""
        for field in self._form.fields:
            widget = self._field_widget(field.name)
            if field.proposed is None or not isinstance(widget, Input):
                continue
            if widget.value == self._proposed.get(field.name, ""):
                self._proposed[field.name] = field.proposed(self.values)
                _fill_input(widget, self._proposed[field.name])

    def on_text_area_changed(self) -> None:
        """Schedule the draft."""
        self._schedule_draft()

    def on_pick_option_chosen(self) -> None:
        """Schedule the draft."""
        self._schedule_draft()

    def _schedule_draft(self) -> None:
        if self._draft is None or not self.is_attached:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._write_draft)

    async def _write_draft(self) -> None:
        if self._draft is not None and self.is_attached and self._remember_draft():
            await asyncio.to_thread(self.shell.drafts.write_draft, self._draft)
            self.show_draft_trouble()

    def _remember_draft(self) -> bool:
        """Update the draft in memory; return whether it must be written."""
        drafts = self.shell.drafts
        if self._draft is None:
            return False
        if self.values == self._before:
            had = drafts.get_values(self._draft) is not None
            drafts.drop_values(self._draft)
            return had
        drafts.set_values(self._draft, self.values)
        return True

    def save_pending(self) -> None:
        """Write the draft at once, because the program ends."""
        if self._draft is not None and self._remember_draft():
            self.shell.drafts.write_draft(self._draft)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to a text of several lines, where it starts a new line."""
        is_enter = parameters[:1] == ("enter_field",)
        return not is_enter or not isinstance(self.focused, TextArea)

    def action_enter_field(self) -> None:
        """Move to the next field; save at the last one."""
        focused = self.focused
        if focused is not None and focused.id == f"field-{self._form.fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    def action_next_field(self) -> None:
        """Move to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Move to the field above."""
        self.focus_previous()

    async def action_browse(self) -> None:
        """Fill a field for files or evidence from a list."""
        for field in self._form.fields:
            widget = self._field_widget(field.name)
            if field.kind not in ("file", "piece") or not isinstance(widget, Input):
                continue
            self.set_focus(widget)
            if field.kind == "file":
                self.shell.pick_file(partial(_fill_input, widget))
            else:
                await self.shell.pick_evidence(partial(_fill_input, widget))
            return

    def action_save(self) -> None:
        """Return the values, or show their errors at the fields."""
        self._fill_proposed()
        values = self.values
        errors = self._form.check(values)
        for field in self._form.fields:
            self._show_error(f"#error-{field.name}", errors.pop(field.name, ""))
        self._show_error("#error", " ".join(errors.values()))
        wrong = [field.name for field in self._form.fields if self._has_error(field.name)]
        if wrong:
            self.set_focus(self._field_widget(wrong[0]))
        if wrong or errors:
            return
        self._stop_timer()
        if self._draft is not None:
            self.shell.drafts.drop_values(self._draft)
        self.dismiss(values)

    def _show_error(self, selector: str, text: str) -> None:
        label = self.query_one(selector, Static)
        label.update("! " + one_line(text) if text else "")
        label.set_class(bool(text), "shown")

    def _has_error(self, name: str) -> bool:
        return self.query_one(f"#error-{name}", Static).has_class("shown")

    async def action_put_down(self) -> None:
        """Close the form; the values stay as a draft."""
        self._stop_timer()
        await self._write_draft()
        self.dismiss(None)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()


def _field_widgets(field: FormField, value: str, lang: Lang) -> Iterator[Widget]:
    label = one_line(field.label + append_in_brackets(field.hint, lang))
    yield Static(label, classes="label", markup=False)
    name = f"field-{field.name}"
    if field.kind == "text":
        yield TextArea(value, id=name, soft_wrap=True, show_line_numbers=False)
    elif field.kind == "pick":
        yield Pick(field.options, value, id=name)
    else:
        yield Input(value, id=name, select_on_focus=False)
    yield Static("", id=f"error-{field.name}", classes="error", markup=False)


def _fill_input(widget: Input, value: str) -> None:
    widget.value = value
    widget.cursor_position = len(value)


def _widget_value(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    if isinstance(widget, Input | Pick):
        return widget.value
    raise TypeError(widget)
