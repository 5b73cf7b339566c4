"""Open a file at a line in the user's editor, without a shell."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang, translator

_USUAL = ("sensible-editor", "nano", "vi")
"""Editors that are tried without VISUAL and EDITOR."""

_LINE_PLUS = (
    *("vi", "vim", "nvim", "view", "ex", "elvis", "vis", "kak"),
    *("nano", "pico", "ne", "joe", "jed", "jmacs", "mg", "micro", "emacs", "emacsclient"),
    *("sensible-editor", "editor"),
)
"""Editors that take the line as `+LINE` before the file."""


def editor_command(environ: Mapping[str, str], path: Path, line: int, lang: Lang) -> list[str]:
    """Return the command line that starts the editor at a line of a file.

    Raises:
        EnvironmentLacksError: no editor is set and none of the usual ones is installed.
    """
    words = _split_command(environ.get("VISUAL")) or _split_command(environ.get("EDITOR"))
    if not words:
        words = [next(filter(shutil.which, _USUAL), "")]
    program = shutil.which(words[0])
    if program is None:
        _ = translator(lang)
        message = _("no editor here: {name}").format(name=words[0] or "EDITOR")
        raise EnvironmentLacksError(message, "export EDITOR=vi")
    place = [f"+{line}"] if Path(words[0]).name in _LINE_PLUS else []
    return [program, *words[1:], *place, str(path)]


def _split_command(setting: str | None) -> list[str]:
    try:
        return shlex.split(setting or "")
    except ValueError:
        return []  # an open quotation mark: treated as not set


def run_editor(command: list[str]) -> None:
    """Run the editor until it ends; it has the terminal for that time."""
    subprocess.run(command, check=False)
