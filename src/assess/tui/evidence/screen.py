"""The evidence register: the pieces, their faults and citations; adding and viewing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from assess.display.evidence.lines import (
    misnamed_text,
    new_file_form,
    new_paper_form,
    piece_lines,
    register_lines,
    row_changes,
    row_details_form,
)
from assess.display.text.forms import InputForm, Values, parse_path
from assess.display.text.styled import Drawn
from assess.errors import UsageError
from assess.model.base import Bilingual, pick_text
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.desktop_open import open_file
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.shell import ListRow
from assess.workspace import Workspace
from assess.workspace.evidence import register_view
from assess.workspace.evidence.register_view import EvidenceStatus

_TEXT = 256 * 1024
"""Maximum number of bytes of a text file that are shown."""


Writer = Callable[[Workspace, Values], str]
"""Writes the typed values and returns the id of their row."""


class EvidenceScreen(RowsScreen):
    """The register, row by row."""

    SCOPE: ClassVar[Scope] = "evidence"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("evidence")]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[EvidenceStatus] = []
        self._titles: dict[str, str] = {}
        self._to = ""

    def load_data(self) -> None:
        """Read the register, and the sheets that cite it."""
        session = self.shell.session
        sheets = {name: sheet.assessment for name, sheet in session.read_all_sheets().items()}
        self._rows = session.run_job(
            lambda workspace: register_view.list_evidence(workspace, sheets, session.today)
        )
        self._titles = {
            state.item.id: pick_text(state.item.title, self.lang)
            for sheet in sheets.values()
            for state in sheet.items
        }

    def head_texts(self) -> tuple[str, str]:
        """Return the screen's name and the acting person."""
        count = self._("{count} pieces").format(count=len(self._rows))
        return self._("Evidence register") + "  " + count, self.shell.session.who

    def count_rows(self) -> int:
        """Return the number of pieces."""
        return len(self._rows)

    def row_lines(self, width: int) -> Drawn:
        """Return one line for each piece."""
        return register_lines(self._rows, self.cursor, self.lang, width)

    def detail_lines(self, width: int) -> Drawn:
        """Return the details of the chosen piece."""
        piece = self._chosen
        people = self.shell.session.people
        return Drawn(piece_lines(piece, self._titles, people, self.lang, width) if piece else ())

    @property
    def _chosen(self) -> EvidenceStatus | None:
        return self._rows[self.cursor] if self._rows else None

    # Writing

    def open_form(self, form: str) -> None:
        """Open the form of a new piece, or of a registered one that still exists."""
        ids = [piece.id for piece in self._rows]
        if form == "file":
            self._ask_file("")
        elif form == "paper":
            self.action_add_paper()
        elif form in ids:
            self.cursor = ids.index(form)
            self.draw_all()
            self.action_edit()

    def action_add(self) -> None:
        """Pick a file, describe it, and register it."""
        self.shell.dialogs.pick_file(self._ask_file)

    def _ask_file(self, path: str) -> None:
        session = self.shell.session
        form = new_file_form(self.lang, path, session.today)
        self._ask_piece(form, "file", self._register_file)

    def _register_file(self, workspace: Workspace, values: Values) -> str:
        """Register a file; refuse content that is registered already."""
        session = self.shell.session
        added = register_view.add_evidence_file(
            workspace,
            parse_path(values["file"]),
            title=values["title"].strip(),
            round_id=session.round_id,
            by=session.person,
            now=session.now(),
        )
        if added.known:
            title = pick_text(added.row.title, self.lang)
            raise UsageError(
                self._("this content is registered already: {id} {title}").format(
                    id=added.id, title=title
                )
            )
        register_view.change_row(workspace, added.id, row_changes(values))
        return added.id

    def action_add_paper(self) -> None:
        """Describe a paper record and where it is kept, and register it."""
        form = new_paper_form(self.lang, self.shell.session.today)
        self._ask_piece(form, "paper", self._register_paper)

    def _register_paper(self, workspace: Workspace, values: Values) -> str:
        session = self.shell.session
        typed = row_changes(values)
        row_id, _row = workspace.attach_paper(
            typed["paper"], title=typed["title"], by=session.person, now=session.now()
        )
        register_view.change_row(workspace, row_id, typed)
        return row_id

    def action_edit(self) -> None:
        """Change title, location and dates of the chosen piece."""
        piece = self._chosen
        if piece is None:
            self.action_add()
            return

        def write_row(workspace: Workspace, values: Values) -> str:
            typed = row_changes(values)
            if isinstance(piece.row.title, Bilingual):
                typed[f"title.{self.lang}"] = typed.pop("title")
            register_view.change_row(workspace, piece.id, typed)
            return piece.id

        self._ask_piece(row_details_form(piece.row, piece.id, self.lang), piece.id, write_row)

    def _ask_piece(self, form: InputForm, name: str, write: Writer) -> None:
        """Show a form; write its values, then move to their row."""

        def write_values(values: Values, drop_draft: Callable[[], None]) -> None:
            def go_to_row(row_id: str) -> None:
                self._to = row_id
                drop_draft()

            self.change_workspace(lambda workspace: write(workspace, values), go_to_row)

        self.ask_with_draft(form, name, write_values)

    def _show_loaded(self) -> None:
        """Move to the row that was just written."""
        ids = [piece.id for piece in self._rows]
        if self._to in ids:
            self.cursor = ids.index(self._to)
            self._to = ""
            self._warn_misnamed(self._rows[self.cursor])
        super()._show_loaded()

    def _warn_misnamed(self, piece: EvidenceStatus) -> None:
        if "misnamed" in piece.faults and piece.row.file is not None:
            self.show_message(misnamed_text(Path(piece.row.file.plain_path).name, self.lang))

    def action_drop(self) -> None:
        """Remove a piece that nothing cites from the register, after confirmation."""
        piece = self._chosen
        if piece is None:
            return
        if piece.cited:
            self.show_message(self._("{count} items cite it").format(count=len(piece.cited)))
            return
        text = self._("The row goes, and its file in evidence/. Commits keep both.")
        self.shell.dialogs.ask_confirmation(
            self._("Remove {id}?").format(id=piece.id),
            f"{pick_text(piece.row.title, self.lang)}\n\n{text}",
            lambda: self.change_workspace(
                lambda workspace: register_view.remove_row(workspace, piece.id)
            ),
        )

    # Looking

    def action_view(self) -> None:
        """Show the file: a text here, other kinds in the desktop's program."""
        piece = self._chosen
        if piece is None:
            return
        if piece.row.file is None:
            self.show_message(self._("on paper: {place}").format(place=piece.row.paper or ""))
        elif piece.kind == "text":
            title = pick_text(piece.row.title, self.lang)
            self.run_job(
                lambda: self._piece_text(piece),
                lambda text: self.shell.dialogs.read_text(title, text),
            )
        else:
            self.run_job(lambda: self._open_piece(piece), self.show_message)

    def _piece_path(self, piece: EvidenceStatus) -> Path:
        path = register_view.find_file(self.shell.session.workspace, piece.row.file)
        if path is None:
            raise UsageError(self._("the file is missing"))
        return path

    def _piece_text(self, piece: EvidenceStatus) -> str:
        with self._piece_path(piece).open("rb") as stream:
            return stream.read(_TEXT).decode("utf-8", "replace")

    def _open_piece(self, piece: EvidenceStatus) -> str:
        path = self._piece_path(piece)
        copy = register_view.make_view_copy(self.shell.session.workspace, path)
        open_file(copy, path, os.environ, self.lang)
        name = Path(piece.row.file.plain_path).name if piece.row.file else path.name
        return self._("opened: {path}").format(path=name)

    def action_cited_by(self) -> None:
        """Open an item that cites the piece; the user picks one of several."""
        piece = self._chosen
        if piece is None or not piece.cited:
            self.show_message(self._("cited by no item"))
            return
        if len(piece.cited) == 1:
            self.shell.navigation.show_sheet(*piece.cited[0])
            return
        rows = [
            ListRow(str(index), f"{where.item_id} {self._titles.get(where.item_id, '')}")
            for index, where in enumerate(piece.cited)
        ]

        def find_rows(words: str) -> list[ListRow]:
            return [row for row in rows if words.strip().lower() in row.words.lower()]

        def take_row(value: str | None) -> None:
            if value is not None:
                self.shell.navigation.show_sheet(*piece.cited[int(value)])

        self.shell.dialogs.pick_row(self._("Cited by"), find_rows, take_row)
