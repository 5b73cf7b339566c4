"""A form over the screen: fields, errors at them, what was typed kept as a draft."""

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

from assess.display.text.forms import Field, Form, Values
from assess.display.text.safe import one_line
from assess.engine.punctuation import bracketed
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, bindings, footer
from assess.tui.core.drafts import DraftKey
from assess.tui.core.pasting import in_one_line
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.pick import Pick

_PAUSE = 0.5
"""Seconds after the last key until a draft goes to disk."""


class FormScreen(AppModal[Values | None]):
    """Asks for the fields of a form; gives what was typed once nothing is wrong with it, else None.

    With a `draft` key, what was typed is kept on disk within a second, and shown again next time.
    """

    SCOPE: ClassVar[Scope] = "form"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]

    def __init__(self, form: Form, draft: DraftKey | None = None) -> None:
        super().__init__()
        self._form = form
        self._draft = draft
        self._timer: Timer | None = None
        self._before: dict[str, str] = {field.name: field.value for field in form.fields}
        self._proposed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, fields and hints."""
        held = self.shell.drafts.get(self._draft) if self._draft else None
        single = " single" if len(self._form.fields) == 1 else ""
        with Vertical(classes="box" + single):
            yield Static(one_line(self._form.title), markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._form.fields:
                    value = (held or {}).get(field.name, field.value)
                    yield from _widgets(field, value, self.shell.session.lang)
            yield Static("", id="error", classes="error", markup=False)
            yield self.draft_line()
            yield Static(self._hints(restored=bool(held)), classes="hints", markup=False)

    def _hints(self, *, restored: bool) -> str:
        lang = self.shell.session.lang
        alone = len(self._form.fields) == 1
        text = footer("form", lang, 74, without="next_field" if alone else "")
        _ = translator(lang)
        return _("(draft)") + text if restored else text

    def on_mount(self) -> None:
        """Put the cursor into the first field, behind what is there."""
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        self.set_focus(self._field(self._form.fields[0].name))

    def _field(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}")

    @property
    def values(self) -> dict[str, str]:
        """What is typed now."""
        return {field.name: _value(self._field(field.name)) for field in self._form.fields}

    def pasted_text(self, text: str) -> str | None:
        """Return a pasted text as the field in focus takes it; None: it is one to choose in."""
        if isinstance(self.focused, TextArea):
            return text
        return in_one_line(text) if isinstance(self.focused, Input) else None

    def on_input_changed(self) -> None:
        """Propose what follows from it; keep what was typed, soon."""
        self._propose()
        self._changed()

    def _propose(self) -> None:
        """Fill the fields that follow from others, where nobody typed into them."""
        for field in self._form.fields:
            widget = self._field(field.name)
            if field.proposed is None or not isinstance(widget, Input):
                continue
            if widget.value == self._proposed.get(field.name, ""):
                self._proposed[field.name] = field.proposed(self.values)
                _fill(widget, self._proposed[field.name])

    def on_text_area_changed(self) -> None:
        """Keep what was typed, soon."""
        self._changed()

    def on_pick_changed(self) -> None:
        """Keep what was chosen, soon."""
        self._changed()

    def _changed(self) -> None:
        if self._draft is None or not self.is_attached:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._write_draft)

    async def _write_draft(self) -> None:
        if self._draft is not None and self.is_attached and self._remember():
            await asyncio.to_thread(self.shell.drafts.write, self._draft)
            self.show_draft_trouble()

    def _remember(self) -> bool:
        """Put what is typed into the drafts; whether there is anything to write."""
        drafts = self.shell.drafts
        if self._draft is None:
            return False
        if self.values == self._before:
            had = drafts.get(self._draft) is not None
            drafts.drop(self._draft)
            return had
        drafts.keep(self._draft, self.values)
        return True

    def hold(self) -> None:
        """Keep what is typed on disk at once: the program is about to end."""
        if self._draft is not None and self._remember():
            self.shell.drafts.write(self._draft)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to a text of several lines: there it starts a new one."""
        return action != "enter_field" or not isinstance(self.focused, TextArea)

    def action_enter_field(self) -> None:
        """Go on to the next field; save at the last one."""
        focused = self.focused
        if focused is not None and focused.id == f"field-{self._form.fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    def action_next_field(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Go to the field above."""
        self.focus_previous()

    async def action_browse(self) -> None:
        """Fill the field from a list, where it is one for files or pieces of evidence."""
        for field in self._form.fields:
            widget = self._field(field.name)
            if field.kind not in ("file", "piece") or not isinstance(widget, Input):
                continue
            self.set_focus(widget)
            if field.kind == "file":
                self.shell.pick_file(partial(_fill, widget))
            else:
                await self.shell.pick_evidence(partial(_fill, widget))
            return

    def action_save(self) -> None:
        """Give what was typed, or show what is wrong with it at the field."""
        self._propose()
        values = self.values
        found = self._form.check(values)
        for field in self._form.fields:
            self._show_error(f"#error-{field.name}", found.pop(field.name, ""))
        self._show_error("#error", " ".join(found.values()))
        wrong = [field.name for field in self._form.fields if self._has_error(field.name)]
        if wrong:
            self.set_focus(self._field(wrong[0]))
        if wrong or found:
            return
        self._stop()
        if self._draft is not None:
            self.shell.drafts.drop(self._draft)
        self.dismiss(values)

    def _show_error(self, selector: str, text: str) -> None:
        label = self.query_one(selector, Static)
        label.update("! " + one_line(text) if text else "")
        label.set_class(bool(text), "shown")

    def _has_error(self, name: str) -> bool:
        return self.query_one(f"#error-{name}", Static).has_class("shown")

    async def action_put_down(self) -> None:
        """Close; what was typed stays as a draft."""
        self._stop()
        await self._write_draft()
        self.dismiss(None)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()


def _widgets(field: Field, value: str, lang: Lang) -> Iterator[Widget]:
    said = one_line(field.label + bracketed(field.hint, lang))
    yield Static(said, classes="label", markup=False)
    name = f"field-{field.name}"
    if field.kind == "text":
        yield TextArea(value, id=name, soft_wrap=True, show_line_numbers=False)
    elif field.kind == "pick":
        yield Pick(field.options, value, id=name)
    else:
        yield Input(value, id=name, select_on_focus=False)
    yield Static("", id=f"error-{field.name}", classes="error", markup=False)


def _fill(widget: Input, value: str) -> None:
    widget.value = value
    widget.cursor_position = len(value)


def _value(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    if isinstance(widget, Input | Pick):
        return widget.value
    raise TypeError(widget)
