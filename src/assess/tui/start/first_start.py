"""First start without a workspace: open a recent one, or make one from three answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assess.display.text.bars import screen_head_line
from assess.display.text.forms import (
    FieldErrors,
    FormField,
    FormValues,
    InputForm,
    expand_typed_path,
)
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, styled_line
from assess.display.text.wrap import wrap_text
from assess.errors import AssessError
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, translator
from assess.tui.app.key_queue import OrderedKeysApp
from assess.tui.app.settings import InterfaceSettings, list_existing_recent_workspaces
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow, list_row_in_columns
from assess.tui.core.themes import apply_theme
from assess.tui.core.widgets.lines import LINE_STYLE_CLASSES, LinesView
from assess.tui.dialogs.form import FormScreen
from assess.tui.dialogs.picker import PickerScreen
from assess.workspace import Workspace


class _FormSession(NamedTuple):
    """The part of a session that forms use: the language."""

    lang: Lang


Maker = Callable[[Path, str, str], Workspace]
"""Makes a workspace in a folder, for a unit, with a person. It blocks."""


def welcome_lines(trouble: str, lang: Lang, width: int) -> list[StyledLine]:
    """Return the lines above the questions; `trouble` is the error of the last attempt."""
    _ = translator(lang)
    lines: list[StyledLine] = [
        screen_head_line([_("Network-security self-assessment")], [], width),
        (),
    ]
    notice = _("Unclassified use only: no state or work secrets")
    lines += [styled_line(" " + piece, "warn") for piece in wrap_text(notice, width - 1)]
    text = _(
        "No self-assessment is kept here yet. Three answers set one up: a folder (the workspace) "
        "with this year's self-assessment and the basic checklist. Answers are saved at once, and "
        "earlier versions can be looked up. Other checklists are added later, under unit (i)."
    )
    lines += [(LinePart(" " + piece),) for piece in wrap_text(text, width - 1)]
    if trouble:
        lines += [
            styled_line(" " + piece, "bad")
            for piece in wrap_text("! " + escape_and_replace_tabs(trouble), width - 1)
        ]
    return lines


def first_start_form(folder: str, lang: Lang, typed: FormValues | None = None) -> InputForm:
    """Return the form of the three questions; `typed` are earlier answers."""
    _ = translator(lang)
    answers = typed or {"organization": "", "person": "", "folder": folder}

    def check_values(values: FormValues) -> FieldErrors:
        return {
            name: _("this is needed")
            for name in ("organization", "folder")
            if not values[name].strip()
        }

    fields = (
        FormField("organization", _("1. Name of the unit"), value=answers["organization"]),
        FormField("person", _("2. Who fills in"), value=answers["person"], hint=_("your name")),
        FormField("folder", _("3. Folder"), value=answers["folder"], hint=_("it is made")),
    )
    return InputForm(_("A new self-assessment"), fields, check_values, save_label=_("set it up"))


class _Welcome(Screen[None]):
    """The screen behind the questions."""

    AUTO_FOCUS = None
    COMPONENT_CLASSES: ClassVar[set[str]] = {*LINE_STYLE_CLASSES}

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang
        self.view = LinesView(id="welcome")

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield self.view
        self.show_welcome_and_error("")

    def show_welcome_and_error(self, trouble: str) -> None:
        """Show the text, and the error of the last attempt."""
        self.view.draw_lines(lambda width: DrawnLines(welcome_lines(trouble, self._lang, width)))


class FirstApp(OrderedKeysApp, inherit_bindings=False):
    """Offers the workspaces of `before`, or asks the three questions.

    `made` is the workspace; None if the user left.
    """

    CSS_PATH = "../styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True)
    ]

    def __init__(
        self,
        folder: Path,
        make: Maker,
        lang: Lang,
        settings: InterfaceSettings,
        *,
        fine: bool,
        before: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        apply_theme(self, settings.theme_name, fine=fine and not settings.ascii_marks)
        self.session = _FormSession(lang)
        self.made: Workspace | None = None
        self._folder = folder
        self._make = make
        self._before = before

    def on_mount(self) -> None:
        """Show the list or the questions."""
        self._welcome = _Welcome(self.session.lang)
        self.push_screen(self._welcome)
        if self._before:
            self._offer_recent_workspaces()
        else:
            self._ask_questions(None)

    def _offer_recent_workspaces(self) -> None:
        """Offer the recent workspaces, and a new one as the last row."""
        _ = translator(self.session.lang)
        rows = [_path_row(path) for path in self._before]
        rows.append(ListRow("", _("a new workspace ...")))
        title = _("No workspace in this folder. Enter opens the one used last:")
        self.push_screen(
            PickerScreen(title, make_row_search(rows)), self._open_workspace_or_ask_questions
        )

    def _open_workspace_or_ask_questions(self, value: str | None) -> None:
        if value == "":
            self._ask_questions(None)
            return
        if value is not None:
            self.made = Workspace(Path(value), self.session.lang)
        self.exit()

    def _ask_questions(self, typed: FormValues | None) -> None:
        form = first_start_form(str(self._folder), self.session.lang, typed)
        self.push_screen(FormScreen(form), self._make_workspace_or_exit)

    def _make_workspace_or_exit(self, values: FormValues | None) -> None:
        if values is None:
            self.exit()
        else:
            self.run_worker(self._make_workspace(values), group="make", exclusive=True)

    async def _make_workspace(self, values: FormValues) -> None:
        folder = expand_typed_path(values["folder"])
        unit, person = values["organization"].strip(), values["person"].strip()
        try:
            self.made = await asyncio.to_thread(self._make, folder, unit, person)
        except AssessError as error:
            self._show_error_and_ask_again(str(error), values)
        except OSError as error:
            self._show_error_and_ask_again(error.strerror or str(error), values)
        else:
            self.exit()

    def _show_error_and_ask_again(self, trouble: str, values: FormValues) -> None:
        self._welcome.show_welcome_and_error(trouble)
        self._ask_questions(values)


def _path_row(path: Path) -> ListRow:
    """Return the name of a folder, and its parent folder."""
    inside, home = path.parent, Path.home()
    if inside.is_relative_to(home):
        inside = Path("~") / inside.relative_to(home)
    return list_row_in_columns(str(path), LinePart(path.name), LinePart(str(inside), "dim"))


def choose_or_make_workspace(
    folder: Path, today: date, lang: Lang, settings: InterfaceSettings, *, fine: bool
) -> Workspace | None:
    """Open a recent workspace or make a new one in this terminal; None if the user left."""
    from assess.workspace.setup.new_workspace import make_first_workspace  # noqa: PLC0415  # only here

    def make_workspace(where: Path, unit: str, person: str) -> Workspace:
        return make_first_workspace(where, organization=unit, person=person, today=today, lang=lang)

    before = list_existing_recent_workspaces(settings)
    app = FirstApp(folder, make_workspace, lang, settings, fine=fine, before=before)
    app.run(mouse=False)
    return app.made
