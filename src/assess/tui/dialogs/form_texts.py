"""Commands that put texts into the fields of a form: files, proposals, phrases, ends of paths."""

from __future__ import annotations

import asyncio
from functools import partial

from textual.widgets import TextArea

from assess.display.text.forms import FormValues, InputForm
from assess.engine.punctuation import enumeration_comma_sign
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppModal
from assess.tui.dialogs.form_fields import FormFields, fill_input
from assess.workspace.evidence import file_choice


class FormTexts:
    """Puts texts into the fields of the form on a screen."""

    def __init__(
        self, screen: AppModal[FormValues | None], form: InputForm, fields: FormFields
    ) -> None:
        self._screen = screen
        self._form = form
        self._fields = fields

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "browse": self._browse_files,
            "insert_proposal": self._insert_proposal,
            "phrases": self._pick_and_insert_phrase,
        }

    async def _browse_files(self) -> None:
        """Fill a field for files or evidence from a list."""
        if (target := self._fields.find_file_input()) is None:
            return
        field, widget = target
        self._screen.set_focus(widget)
        dialogs = self._screen.shell.dialogs
        if field.kind == "file":
            dialogs.pick_file(partial(fill_input, widget))
        else:
            await dialogs.pick_evidence(partial(self._fields.fill_field, field, widget))

    def _insert_proposal(self) -> None:
        """Put what is proposed into the focused text and the other empty fields; say what lacks."""
        self._fields.insert_texts(self._form.offered, self._screen.focused)
        values, wanted = self._fields.values, self._form.offered_fields
        lacking = [
            field.label
            for field in self._form.fields
            if field.name in wanted and not values[field.name].strip()
        ]
        if lacking:
            _ = translator(self._screen.lang)
            text = _("nothing to put in for these yet, please type them: {fields}")
            labels = enumeration_comma_sign(self._screen.lang).join(lacking)
            self._screen.show_message(text.format(fields=escape_as_single_line(labels)))

    def _pick_and_insert_phrase(self) -> None:
        """Put a text in where the cursor is, which the user picks from a list."""
        area, phrases = self._screen.focused, self._form.phrases
        if not phrases or not isinstance(area, TextArea):
            return
        rows = [ListRow(str(index), phrase) for index, phrase in enumerate(phrases)]

        def take_row(value: str | None) -> None:
            if value is not None:
                area.insert(phrases[int(value)])

        _ = translator(self._screen.lang)
        self._screen.shell.dialogs.pick_row(_("Phrases"), make_row_search(rows), take_row)

    async def complete_path(self) -> bool:
        """Complete the path in a focused field for files as far as it is clear.

        Return whether there was something to complete, or several names were shown.
        """
        screen, target = self._screen, self._fields.find_file_input()
        if target is None or target[1] is not screen.focused:
            return False
        screen.show_message("")
        _field, widget = target
        typed = widget.value
        completion = await asyncio.to_thread(file_choice.complete_path, typed)
        if completion.path != typed:
            fill_input(widget, completion.path)
        elif len(completion.names) > 1:
            screen.show_message(
                enumeration_comma_sign(screen.lang).join(
                    map(escape_as_single_line, completion.names)
                )
            )
        else:
            return False
        return True
