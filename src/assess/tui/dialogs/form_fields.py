"""The fields of a form: their widgets, typed values, proposed values and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from textual.geometry import Region
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from assess.display.text.forms import FieldErrors, FormField
from assess.display.text.name_completion import complete_name
from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import Lang
from assess.tui.core.widgets.pick import ChoiceWidget, TickWidget
from assess.tui.core.widgets.wrapped_text import WrappedText

TextField = TypeVar("TextField", Input, TextArea)


class FormFields:
    """The widgets of the fields; `find_widget` finds one on the screen by its selector."""

    def __init__(self, fields: tuple[FormField, ...], find_widget: Callable[[str], Widget]) -> None:
        self._fields = fields
        self._find_widget = find_widget
        self._proposed: dict[str, str] = {}

    def make_widgets(self, stored: Mapping[str, str], lang: Lang) -> Iterator[Widget]:
        """Return the widgets; `stored` are the values of a draft."""
        for field in self._fields:
            value = _shown_text(field, stored.get(field.name, field.value))
            is_last = field is self._fields[-1]
            yield from _field_widgets(field, value, lang, digit_focuses_next=not is_last)

    @property
    def initial_values(self) -> dict[str, str]:
        """The values before anything is typed."""
        return {field.name: field.value for field in self._fields}

    @property
    def values(self) -> dict[str, str]:
        """The typed values."""
        return {
            field.name: _value_of_shown_text(
                field, _widget_value(self._widget_of_field(field.name))
            )
            for field in self._fields
        }

    def widget_of_field_or_first(self, name: str) -> Widget:
        """Return the widget of a field; of the first one for ''."""
        return self._widget_of_field(name or self._fields[0].name)

    def region_with_label(self, widget: Widget) -> Region:
        """Return where a field is in its form, from its label to its error."""
        name = (widget.id or "").removeprefix("field-")
        place = self._find_widget(f"#label-{name}").virtual_region.union(widget.virtual_region)
        error = self._find_widget(f"#error-{name}")
        return place.union(error.virtual_region) if error.display else place

    @property
    def last_widget(self) -> Widget:
        """The widget of the last field."""
        return self._widget_of_field(self._fields[-1].name)

    def move_cursors_to_text_ends(self) -> None:
        """Set the cursor of each text to its end, or to its start where it is read first."""
        for field in self._fields:
            area = self._widget_of_field(field.name)
            if isinstance(area, TextArea) and not field.read_first:
                area.move_cursor(area.document.end)

    def restore_cursors_after_rewrap(self) -> None:
        """Let texts find their cursor again: Textual does not where lines wrap at a new width."""
        for field in self._fields:
            area = self._widget_of_field(field.name)
            if isinstance(area, TextArea):
                place = area.cursor_location
                area.move_cursor((0, 0))
                area.move_cursor(place)

    def find_file_input(self) -> tuple[FormField, Input] | None:
        """Return the first field for files or evidence with its input; None without one."""
        for field in self._fields:
            widget = self._widget_of_field(field.name)
            if field.kind in ("file", "piece") and isinstance(widget, Input):
                return field, widget
        return None

    def fill_field(self, field: FormField, widget: Input, value: str) -> None:
        """Put a value into a field for files or evidence."""
        fill_input(widget, _shown_text(field, value))

    def fill_proposed_values(self) -> None:
        """Fill fields whose value follows from others, unless the user typed in them."""
        for field in self._fields:
            widget = self._widget_of_field(field.name)
            if field.proposed is None or not isinstance(widget, Input):
                continue
            if widget.value == self._proposed.get(field.name, ""):
                self._proposed[field.name] = field.proposed(self.values)
                fill_input(widget, self._proposed[field.name])

    def complete_names(self) -> None:
        """Complete the typed beginnings of names."""
        for field in self._fields:
            widget = self._widget_of_field(field.name)
            if field.known and isinstance(widget, Input):
                name = complete_name(widget.value, field.known)
                if name != widget.value:
                    fill_input(widget, name)

    def insert_texts(self, offered: Mapping[str, str], focused: Widget | None) -> None:
        """Insert a text into the focused text area at its cursor, and others into empty fields."""
        for name, text in offered.items():
            widget = self._widget_of_field(name)
            if isinstance(widget, TextArea):
                if (widget is focused and text not in widget.text) or not widget.text.strip():
                    widget.insert(text)
            elif isinstance(widget, Input) and not widget.value.strip():
                fill_input(widget, text)

    def show_errors(self, errors: FieldErrors) -> Widget | None:
        """Show errors at their fields, the others below; return the first wrong field's widget."""
        by_field = {field.name: errors.get(field.name, "") for field in self._fields}
        for name, text in by_field.items():
            self._show_error(f"#error-{name}", text)
        others = [text for name, text in errors.items() if name not in by_field]
        self._show_error("#error", " ".join(others))
        wrong = [name for name, text in by_field.items() if text]
        return self._widget_of_field(wrong[0]) if wrong else None

    def _widget_of_field(self, name: str) -> Widget:
        return self._find_widget(f"#field-{name}")

    def _show_error(self, selector: str, text: str) -> None:
        label = self._find_widget(selector)
        if isinstance(label, WrappedText):
            label.show_text("! " + escape_as_single_line(text) if text else "")
            label.set_class(bool(text), "shown")


def do_digits_focus_next_field(fields: tuple[FormField, ...]) -> bool:
    """Return whether a digit chooses and goes to the next field: at every choice but the last."""
    return any(field.kind == "pick" for field in fields[:-1])


def fill_input(widget: Input, value: str) -> None:
    """Set the text of an input, with the cursor at its end."""
    widget.value = value
    widget.cursor_position = len(value)


def _shown_text(field: FormField, value: str) -> str:
    """Return what a field shows for a value: of a piece its name, else the value itself."""
    return dict(field.options).get(value, value) if field.kind == "piece" else value


def _value_of_shown_text(field: FormField, text: str) -> str:
    """Return the value that a field shows as a text."""
    if field.kind != "piece":
        return text
    return next((value for value, shown in field.options if shown == text.strip()), text)


def _field_widgets(
    field: FormField, value: str, lang: Lang, *, digit_focuses_next: bool
) -> Iterator[Widget]:
    hint = escape_as_single_line(format_bracketed_remark(field.hint, lang))
    label = escape_as_single_line(field.label)
    yield WrappedText(label, hint, id=f"label-{field.name}", classes="label")
    name = f"field-{field.name}"
    if field.kind == "text":
        yield _stop_blinking(TextArea(value, id=name, soft_wrap=True, show_line_numbers=False))
    elif field.kind == "pick":
        yield ChoiceWidget(field.options, value, id=name, leads_on=digit_focuses_next)
    elif field.kind == "ticks":
        yield TickWidget(field.options, value, id=name)
    else:
        names = SuggestFromList(field.known, case_sensitive=False) if field.known else None
        yield _stop_blinking(Input(value, id=name, select_on_focus=False, suggester=names))
    yield WrappedText("", id=f"error-{field.name}", classes="error")


def _stop_blinking(widget: TextField) -> TextField:
    """Return the widget with a cursor that does not blink: nothing moves by itself."""
    widget.cursor_blink = False
    return widget


def _widget_value(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    if isinstance(widget, Input | ChoiceWidget | TickWidget):
        return widget.value
    raise TypeError(widget)
