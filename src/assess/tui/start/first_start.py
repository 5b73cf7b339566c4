"""First start: no workspace here; one that was opened before, or three questions make one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assess.display.text.forms import Errors, Field, Form, Values, path_from
from assess.display.text.safe import visible
from assess.display.text.styled import Drawn, Line, Part, line, rule
from assess.display.text.wrap import fit, wrap
from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.tui.app.key_queue import OrderedKeys
from assess.tui.app.settings import Settings, opened_before
from assess.tui.core.shell import ListRow
from assess.tui.core.themes import THEMES
from assess.tui.core.widgets.lines import LinesView
from assess.tui.dialogs.form import FormScreen
from assess.tui.dialogs.picker import PickerScreen
from assess.workspace import Workspace


class _Speaking(NamedTuple):
    """What a form asks of a session here: its language."""

    lang: Lang


Maker = Callable[[Path, str, str], Workspace]
"""Makes a workspace in a folder, of a unit, with a person; blocks."""


def welcome_lines(trouble: str, lang: Lang, width: int) -> list[Line]:
    """Return what is said above the questions; `trouble` is why the last try did not work."""
    _ = translator(lang)
    lines: list[Line] = [
        line(fit(" " + _("Network-security self-assessment"), width), "bar"),
        rule(width),
    ]
    notice = _("Unclassified use only: no state or work secrets")
    lines += [line(" " + piece, "warn") for piece in wrap(notice, width - 1)]
    text = _(
        "There is no workspace here yet. Three answers make one: a folder with this year's round "
        "and the basic checklist, in which every version is kept by git."
    )
    lines += [(Part(" " + piece),) for piece in wrap(text, width - 1)]
    if trouble:
        lines += [line(" " + piece, "bad") for piece in wrap("! " + visible(trouble), width - 1)]
    return lines


def first_form(folder: str, lang: Lang, typed: Values | None = None) -> Form:
    """Return the three questions; `typed` is what was answered before."""
    _ = translator(lang)
    held = typed or {"organization": "", "person": "", "folder": folder}

    def check(values: Values) -> Errors:
        return {
            name: _("this is needed")
            for name in ("organization", "folder")
            if not values[name].strip()
        }

    fields = (
        Field("organization", _("1. Name of the unit"), value=held["organization"]),
        Field("person", _("2. Who fills in"), value=held["person"], hint=_("your name")),
        Field("folder", _("3. Folder"), value=held["folder"], hint=_("it is made")),
    )
    return Form(_("A new workspace"), fields, check)


class _Welcome(Screen[None]):
    """What stands above the questions."""

    AUTO_FOCUS = None

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang
        self.view = LinesView(id="welcome")

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield self.view
        self.say("")

    def say(self, trouble: str) -> None:
        """Show the text, and why the last try did not work."""
        self.view.draw(lambda width: Drawn(welcome_lines(trouble, self._lang, width)))


class FirstApp(OrderedKeys, inherit_bindings=False):
    """Offers the workspaces opened `before`, else asks the three questions.

    `made` is the workspace, None where it was left.
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
        settings: Settings,
        *,
        fine: bool,
        before: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme_name
        self.set_class(fine and not settings.ascii_marks, "-fine")
        self.session = _Speaking(lang)
        self.made: Workspace | None = None
        self._folder = folder
        self._make = make
        self._before = before

    def on_mount(self) -> None:
        """Ask."""
        self._welcome = _Welcome(self.session.lang)
        self.push_screen(self._welcome)
        if self._before:
            self._offer()
        else:
            self._ask(None)

    def _offer(self) -> None:
        """Offer what was opened before; making a new one stands below."""
        _ = translator(self.session.lang)
        rows = [ListRow(str(path), _path_words(path)) for path in self._before]
        rows.append(ListRow("", _("a new workspace ...")))
        title = _("No workspace in this folder. Enter opens the one used last:")
        self.push_screen(PickerScreen(title, partial(_having, rows)), self._taken)

    def _taken(self, value: str | None) -> None:
        if value == "":
            self._ask(None)
            return
        if value is not None:
            self.made = Workspace(Path(value), self.session.lang)
        self.exit()

    def _ask(self, typed: Values | None) -> None:
        form = first_form(str(self._folder), self.session.lang, typed)
        self.push_screen(FormScreen(form), self._answered)

    def _answered(self, values: Values | None) -> None:
        if values is None:
            self.exit()
        else:
            self.run_worker(self._begin(values), group="make", exclusive=True)

    async def _begin(self, values: Values) -> None:
        folder = path_from(values["folder"])
        unit, person = values["organization"].strip(), values["person"].strip()
        try:
            self.made = await asyncio.to_thread(self._make, folder, unit, person)
        except AssessError as error:
            self._again(str(error), values)
        except OSError as error:
            self._again(error.strerror or str(error), values)
        else:
            self.exit()

    def _again(self, trouble: str, values: Values) -> None:
        self._welcome.say(trouble)
        self._ask(values)


def _path_words(path: Path) -> str:
    """Return the name of a folder, and where it is."""
    inside, home = path.parent, Path.home()
    if inside.is_relative_to(home):
        inside = Path("~") / inside.relative_to(home)
    return f"{path.name}    {inside}"


def _having(rows: list[ListRow], words: str) -> list[ListRow]:
    return [row for row in rows if words.strip().lower() in row.words.lower()]


def first_start(
    folder: Path, today: date, lang: Lang, settings: Settings, *, fine: bool
) -> Workspace | None:
    """Offer the workspaces opened before, or make one, in this terminal; None where it was left."""
    from assess.workspace.setup.new_workspace import begin  # noqa: PLC0415  # only here

    def make(where: Path, unit: str, person: str) -> Workspace:
        return begin(where, organization=unit, person=person, today=today, lang=lang)

    before = opened_before(settings)
    app = FirstApp(folder, make, lang, settings, fine=fine, before=before)
    app.run(mouse=False)
    return app.made
