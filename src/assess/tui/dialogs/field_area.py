"""The part of a form that scrolls: it follows the focus, and keeps the field's label in sight."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget


class FieldArea(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields of a form. It has no keys of its own, so Up and Down lead to another field.

    `find_region` returns where a field is in the area, with its label.
    """

    def __init__(self, find_region: Callable[[Widget], Region], *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._find_region = find_region

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the field with its label, once Textual has scrolled to the field alone."""
        self.call_after_refresh(self._scroll_to_field_with_label, event.widget)

    def _scroll_to_field_with_label(self, widget: Widget) -> None:
        if widget.has_focus and self.is_attached:
            region = self._find_region(widget)
            is_whole = region.height <= self.scrollable_content_region.height
            self.scroll_to_region(region, animate=False, top=not is_whole, x_axis=False)
