"""The evidence register: what is there, what is wrong with it, what cites it; adding, viewing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from assess.display.evidence.lines import (
    exhibit_lines,
    misnamed_text,
    new_file_form,
    new_paper_form,
    register_lines,
    row_changes,
    row_details_form,
)
from assess.display.text.forms import Form, Values, path_from
from assess.display.text.styled import Drawn
from assess.errors import UsageError
from assess.model.base import Bilingual, pick
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.desktop_open import open_file
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.shell import ListRow
from assess.workspace import Workspace
from assess.workspace.evidence import register_view
from assess.workspace.evidence.register_view import Exhibit

_TEXT = 256 * 1024
"""Bytes of a text file that are shown."""


Writer = Callable[[Workspace, Values], str]
"""Writes what was typed, and gives the id of the row it became."""


class EvidenceScreen(RowsScreen):
    """Shows the register row by row."""

    SCOPE: ClassVar[Scope] = "evidence"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("evidence")]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Exhibit] = []
        self._titles: dict[str, str] = {}
        self._to = ""

    def load(self) -> None:
        """Read the register, and the sheets that cite it."""
        session = self.shell.session
        sheets = {name: seen.assessment for name, seen in session.everything().items()}
        self._rows = session.do(lambda here: register_view.exhibits(here, sheets, session.today))
        self._titles = {
            state.item.id: pick(state.item.title, self.lang)
            for seen in sheets.values()
            for state in seen.items
        }

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen and who acts."""
        count = self._("{count} pieces").format(count=len(self._rows))
        return self._("Evidence register") + "  " + count, self.shell.session.who

    def count(self) -> int:
        """Return how many pieces there are."""
        return len(self._rows)

    def rows(self, width: int) -> Drawn:
        """Return one line a piece."""
        return register_lines(self._rows, self.cursor, self.lang, width)

    def details(self, width: int) -> Drawn:
        """Return what is known of the chosen piece."""
        one = self._chosen
        people = self.shell.session.people
        return Drawn(exhibit_lines(one, self._titles, people, self.lang, width) if one else ())

    @property
    def _chosen(self) -> Exhibit | None:
        return self._rows[self.cursor] if self._rows else None

    # Writing

    def go_on_with(self, form: str) -> None:
        """Open the form of a new piece, or of a registered one that is still there."""
        ids = [one.id for one in self._rows]
        if form == "file":
            self._ask_file("")
        elif form == "paper":
            self.action_add_paper()
        elif form in ids:
            self.cursor = ids.index(form)
            self.draw_all()
            self.action_edit()

    def action_add(self) -> None:
        """Choose a file, say what it shows, and register it."""
        self.shell.pick_file(self._ask_file)

    def _ask_file(self, path: str) -> None:
        session = self.shell.session
        form = new_file_form(self.lang, path, session.today)
        self._ask(form, "file", self._register_file)

    def _register_file(self, here: Workspace, values: Values) -> str:
        """Register a file; what is known by its content stays as it is."""
        session = self.shell.session
        added = register_view.add_file(
            here,
            path_from(values["file"]),
            title=values["title"].strip(),
            round_id=session.round_id,
            by=session.person,
            now=session.now(),
        )
        if added.known:
            title = pick(added.row.title, self.lang)
            raise UsageError(
                self._("this content is registered already: {id} {title}").format(
                    id=added.id, title=title
                )
            )
        register_view.change_row(here, added.id, row_changes(values))
        return added.id

    def action_add_paper(self) -> None:
        """Say what a paper record shows and where it is kept, and register it."""
        form = new_paper_form(self.lang, self.shell.session.today)
        self._ask(form, "paper", self._register_paper)

    def _register_paper(self, here: Workspace, values: Values) -> str:
        session = self.shell.session
        typed = row_changes(values)
        row_id, _row = here.attach_paper(
            typed["paper"], title=typed["title"], by=session.person, now=session.now()
        )
        register_view.change_row(here, row_id, typed)
        return row_id

    def action_edit(self) -> None:
        """Change title, place and days of the chosen piece."""
        one = self._chosen
        if one is None:
            self.action_add()
            return

        def write(here: Workspace, values: Values) -> str:
            typed = row_changes(values)
            if isinstance(one.row.title, Bilingual):
                typed[f"title.{self.lang}"] = typed.pop("title")
            register_view.change_row(here, one.id, typed)
            return one.id

        self._ask(row_details_form(one.row, one.id, self.lang), one.id, write)

    def _ask(self, form: Form, name: str, write: Writer) -> None:
        """Show a form; write what was typed, then go to the row it became."""

        def done(values: Values, kept: Callable[[], None]) -> None:
            def written(row_id: str) -> None:
                self._to = row_id
                kept()

            self.change(lambda here: write(here, values), written)

        self.ask(form, name, done)

    def _loaded(self) -> None:
        """Go to the row that was just written."""
        ids = [one.id for one in self._rows]
        if self._to in ids:
            self.cursor = ids.index(self._to)
            self._to = ""
            self._tell_misnamed(self._rows[self.cursor])
        super()._loaded()

    def _tell_misnamed(self, one: Exhibit) -> None:
        if "misnamed" in one.faults and one.row.file is not None:
            self.say(misnamed_text(Path(one.row.file.plain_path).name, self.lang))

    def action_drop(self) -> None:
        """Take a piece that nothing cites out of the register, once that is confirmed."""
        one = self._chosen
        if one is None:
            return
        if one.cited:
            self.say(self._("{count} items cite it").format(count=len(one.cited)))
            return
        text = self._("The row goes, and its file in evidence/. Commits keep both.")
        self.shell.confirm(
            self._("Remove {id}?").format(id=one.id),
            f"{pick(one.row.title, self.lang)}\n\n{text}",
            lambda: self.change(lambda here: register_view.remove_row(here, one.id)),
        )

    # Looking

    def action_view(self) -> None:
        """Show the file: text here, other kinds in the desktop's program."""
        one = self._chosen
        if one is None:
            return
        if one.row.file is None:
            self.say(self._("on paper: {place}").format(place=one.row.paper or ""))
        elif one.kind == "text":
            title = pick(one.row.title, self.lang)
            self.work(lambda: self._text(one), lambda text: self.shell.read_text(title, text))
        else:
            self.work(lambda: self._open(one), self.say)

    def _path(self, one: Exhibit) -> Path:
        path = register_view.file_of(self.shell.session.workspace, one.row.file)
        if path is None:
            raise UsageError(self._("the file is missing"))
        return path

    def _text(self, one: Exhibit) -> str:
        with self._path(one).open("rb") as stream:
            return stream.read(_TEXT).decode("utf-8", "replace")

    def _open(self, one: Exhibit) -> str:
        path = self._path(one)
        copy = register_view.viewed_copy(self.shell.session.workspace, path)
        open_file(copy, path, os.environ, self.lang)
        name = Path(one.row.file.plain_path).name if one.row.file else path.name
        return self._("opened: {path}").format(path=name)

    def action_cited_by(self) -> None:
        """Go to an item that cites the piece; where several do, one is chosen."""
        one = self._chosen
        if one is None or not one.cited:
            self.say(self._("cited by no item"))
            return
        if len(one.cited) == 1:
            self.shell.show_sheet(*one.cited[0])
            return
        rows = [
            ListRow(str(index), f"{where.item_id} {self._titles.get(where.item_id, '')}")
            for index, where in enumerate(one.cited)
        ]

        def found(words: str) -> list[ListRow]:
            return [row for row in rows if words.strip().lower() in row.words.lower()]

        def taken(value: str | None) -> None:
            if value is not None:
                self.shell.show_sheet(*one.cited[int(value)])

        self.shell.pick(self._("Cited by"), found, taken)
