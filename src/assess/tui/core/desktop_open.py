"""Open files of known kinds in the desktop's program, without a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang, translator

_OPENERS = ("xdg-open", "open")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_in_desktop_program(
    path: Path, original: Path, environ: Mapping[str, str], lang: Lang
) -> None:
    """Start the desktop's program for a file and don't wait for it.

    Raises:
        EnvironmentLacksError: there is no desktop, as over SSH; the message names the file.
    """
    _ = translator(lang)
    opener = next((program for name in _OPENERS if (program := shutil.which(name))), None)
    if opener is None or not any(environ.get(name) for name in _DISPLAYS):
        message = _("no desktop here to show it; the file is {path}").format(path=original)
        raise EnvironmentLacksError(message)
    subprocess.Popen(
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=dict(os.environ),
    )
