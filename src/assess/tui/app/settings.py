"""Settings of a user: language, theme, contrast, marks, and the person by workspace."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from assess import locations
from assess.display.text.forms import FormField, FormValues, InputForm, find_no_errors
from assess.file_bytes import write_file_atomically
from assess.i18n import LANGS, Lang, translator

Theme = Literal["dark", "light"]

_REMEMBERED = 9
"""Maximum number of recent workspaces."""

_ANY_BYTES = "surrogateescape"
"""A workspace's path may have bytes that are no UTF-8."""


class InterfaceSettings(NamedTuple):
    """The settings of one user on one machine."""

    lang: Lang | None = None
    """None: the language of the machine's locale."""
    theme: Theme = "dark"
    high_contrast: bool = False
    ascii_marks: bool = False
    """Whether marks and borders are ASCII even if the terminal draws finer ones."""
    outline_hidden: bool = False
    """Whether the list of sections beside an item is hidden, for longer lines of text."""
    people: Mapping[str, str] = {}
    """The acting person, by the path of the workspace."""
    opened: tuple[str, ...] = ()
    """The paths of recent workspaces, the last one first."""

    @property
    def theme_name(self) -> str:
        """The theme's name in the app."""
        return f"assess-{self.theme}{'-high' if self.high_contrast else ''}"


class SettingsFile:
    """The file of the settings; with `path` None they are in memory only.

    `write_file` blocks.
    """

    def __init__(self, path: Path | None = None, values: InterfaceSettings | None = None) -> None:
        self.path = path
        self.values = values or InterfaceSettings()

    @classmethod
    def load(cls, path: Path) -> SettingsFile:
        """Return the settings in a file; what can't be read has its default."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8", errors=_ANY_BYTES))
        except (OSError, ValueError):
            stored = {}
        return cls(path, _parse_settings(stored if isinstance(stored, dict) else {}))

    def set_values_in_memory(self, values: InterfaceSettings) -> None:
        """Set the settings in memory; `write_file` writes them to disk."""
        self.values = values

    def write_file(self) -> None:
        """Write the settings to disk atomically; ignore errors of the disk."""
        if self.path is None:
            return
        text = json.dumps(self.values._asdict(), ensure_ascii=False, indent=2)
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_file_atomically(self.path, f"{text}\n".encode("utf-8", _ANY_BYTES), flush=False)


def _parse_settings(stored: Mapping[str, Any]) -> InterfaceSettings:
    lang, people, opened = (stored.get(name) for name in ("lang", "people", "opened"))
    return InterfaceSettings(
        lang=lang if lang in LANGS else None,
        theme="light" if stored.get("theme") == "light" else "dark",
        high_contrast=stored.get("high_contrast") is True,
        ascii_marks=stored.get("ascii_marks") is True,
        outline_hidden=stored.get("outline_hidden") is True,
        people={str(key): str(value) for key, value in people.items()}
        if isinstance(people, dict)
        else {},
        opened=tuple(map(str, opened)) if isinstance(opened, list) else (),
    )


def settings_form(values: InterfaceSettings, lang: Lang) -> InputForm:
    """Return the form for language, theme, contrast and marks."""
    _ = translator(lang)
    yes_no = (("yes", _("yes")), ("no", _("no")))
    fields = (
        # Each language has its own name, for a reader who can't read the other.
        FormField(
            "lang", "语言 / Language", "pick", lang, options=(("zh", "中文"), ("en", "English"))
        ),
        FormField(
            "theme",
            _("Theme"),
            "pick",
            values.theme,
            options=(("dark", _("dark")), ("light", _("light"))),
        ),
        FormField(
            "high_contrast",
            _("High contrast"),
            "pick",
            _yes_no(values.high_contrast),
            options=yes_no,
        ),
        FormField(
            "ascii_marks",
            _("Plain marks and borders"),
            "pick",
            _yes_no(values.ascii_marks),
            _("where signs are shifted or missing"),
            yes_no,
        ),
    )
    return InputForm(_("Settings"), fields, find_no_errors)


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def settings_from_form(settings: InterfaceSettings, typed: FormValues) -> InterfaceSettings:
    """Return the settings of a filled-in form."""
    return settings._replace(
        lang="zh" if typed["lang"] == "zh" else "en",
        theme="light" if typed["theme"] == "light" else "dark",
        high_contrast=typed["high_contrast"] == "yes",
        ascii_marks=typed["ascii_marks"] == "yes",
    )


def settings_with_acting_person(
    settings: InterfaceSettings, workspace: Path, person: str | None
) -> InterfaceSettings:
    """Return the settings with the acting person of a workspace; None removes it."""
    people = {key: value for key, value in settings.people.items() if key != str(workspace)}
    return settings._replace(people={**people, str(workspace): person} if person else people)


def settings_with_opened_workspace(
    settings: InterfaceSettings, workspace: Path
) -> InterfaceSettings:
    """Return the settings with a workspace as the last opened one."""
    others = (path for path in settings.opened if path != str(workspace))
    return settings._replace(opened=(str(workspace), *others)[:_REMEMBERED])


def list_existing_recent_workspaces(settings: InterfaceSettings) -> list[Path]:
    """Return the recent workspaces that still exist, the last one first."""
    return [path for path in map(Path, settings.opened) if (path / locations.CONFIG).is_file()]
