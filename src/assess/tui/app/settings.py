"""What a person likes, kept per user: language, theme, contrast, marks, and who acts where."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from assess.display.text.forms import Field, Form, Values, fine
from assess.i18n import LANGS, Lang, translator

Theme = Literal["dark", "light"]

_REMEMBERED = 9
"""How many workspaces are remembered."""


class Settings(NamedTuple):
    """The settings of one user on one machine."""

    lang: Lang | None = None
    """None: the language of the machine's locale."""
    theme: Theme = "dark"
    high_contrast: bool = False
    ascii_marks: bool = False
    """Whether marks and borders are ASCII even where the terminal could draw finer ones."""
    people: Mapping[str, str] = {}
    """Who acts, by the path of the workspace."""
    opened: tuple[str, ...] = ()
    """The paths of the workspaces that were opened, the last one first."""

    @property
    def theme_name(self) -> str:
        """The name of the theme as the app knows it."""
        return f"assess-{self.theme}{'-high' if self.high_contrast else ''}"


class SettingsFile:
    """Where the settings are kept; `path` None keeps them in memory only. `write` blocks."""

    def __init__(self, path: Path | None = None, values: Settings | None = None) -> None:
        self.path = path
        self.values = values or Settings()

    @classmethod
    def load(cls, path: Path) -> SettingsFile:
        """Return the settings in a file; what can't be read is as if it were not there."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            held = {}
        return cls(path, _settings(held if isinstance(held, dict) else {}))

    def change(self, values: Settings) -> None:
        """Hold other settings; `write` puts them on disk."""
        self.values = values

    def write(self) -> None:
        """Put the settings on disk in one step. A disk that refuses is passed over."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(f".{os.getpid()}.tmp")
            text = json.dumps(self.values._asdict(), ensure_ascii=False, indent=2)
            fresh.write_text(text + "\n", encoding="utf-8")
            fresh.replace(self.path)
        except OSError:
            return


def own_file() -> Path:
    """Return where this user's settings are kept."""
    import platformdirs  # noqa: PLC0415  # only the start of the interface asks

    return platformdirs.user_config_path("assess") / "settings.json"


def _settings(held: Mapping[str, Any]) -> Settings:
    lang, people, opened = (held.get(name) for name in ("lang", "people", "opened"))
    return Settings(
        lang=lang if lang in LANGS else None,
        theme="light" if held.get("theme") == "light" else "dark",
        high_contrast=held.get("high_contrast") is True,
        ascii_marks=held.get("ascii_marks") is True,
        people={str(key): str(value) for key, value in people.items()}
        if isinstance(people, dict)
        else {},
        opened=tuple(map(str, opened)) if isinstance(opened, list) else (),
    )


def settings_form(values: Settings, lang: Lang) -> Form:
    """Return the form for language, theme, contrast and marks."""
    _ = translator(lang)
    no_yes = (("no", _("no")), ("yes", _("yes")))
    fields = (
        # Each language names itself, so that one who can't read the other finds it.
        Field("lang", "语言 / Language", "pick", lang, options=(("zh", "中文"), ("en", "English"))),
        Field(
            "theme",
            _("Theme"),
            "pick",
            values.theme,
            options=(("dark", _("dark")), ("light", _("light"))),
        ),
        Field(
            "high_contrast", _("High contrast"), "pick", _word(values.high_contrast), options=no_yes
        ),
        Field(
            "ascii_marks",
            _("Plain marks and borders"),
            "pick",
            _word(values.ascii_marks),
            _("where signs are shifted or missing"),
            no_yes,
        ),
    )
    return Form(_("Settings"), fields, fine)


def _word(value: bool) -> str:
    return "yes" if value else "no"


def settings_from(held: Settings, typed: Values) -> Settings:
    """Return the settings that a filled-in form means."""
    return held._replace(
        lang="zh" if typed["lang"] == "zh" else "en",
        theme="light" if typed["theme"] == "light" else "dark",
        high_contrast=typed["high_contrast"] == "yes",
        ascii_marks=typed["ascii_marks"] == "yes",
    )


def with_person(held: Settings, workspace: Path, person: str | None) -> Settings:
    """Return the settings with who acts in a workspace; None forgets."""
    people = {key: value for key, value in held.people.items() if key != str(workspace)}
    return held._replace(people={**people, str(workspace): person} if person else people)


def with_opened(held: Settings, workspace: Path) -> Settings:
    """Return the settings with a workspace as the one that was opened last."""
    others = (one for one in held.opened if one != str(workspace))
    return held._replace(opened=(str(workspace), *others)[:_REMEMBERED])


def opened_before(held: Settings) -> list[Path]:
    """Return the workspaces that were opened and are still there, the last one first."""
    return [path for path in map(Path, held.opened) if (path / "assess.yaml").is_file()]
