"""The command `assess` in `~/.local/bin`, and the completion files, that `./run install` writes.

Every file that it writes has a mark near its top; a file without the mark is somebody else's, and
is neither overwritten nor removed.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assess.cli.common.completion_scripts import completion_script
from assess.file_bytes import read_start_of_regular_file

MARK: Final = "# Written by `./run install` of assess; `./run install --remove` takes it away."
_HEAD: Final = 300
"""Bytes of a file in which its mark is looked for."""

_WRAPPER: Final = """\
#!/bin/sh
{mark}
run={run}
if [ ! -x "$run" ]; then
  echo "assess 已不在 $run：请到新的文件夹运行 ./run install" >&2
  echo "assess is not at $run any more: run ./run install in its new folder" >&2
  exit 3
fi
ASSESS_PROGRAM=assess
export ASSESS_PROGRAM
exec "$run" assess "$@"
"""
_RUN_LINE: Final = "\nrun="


def installed_command_path(environ: Mapping[str, str]) -> Path:
    """Return where the command is installed."""
    return Path(environ["HOME"]) / ".local" / "bin" / "assess"


def installed_command_script(run_script: Path) -> str:
    """Return the script that starts the checkout whose `run` is given."""
    return _WRAPPER.format(mark=MARK, run=shlex.quote(str(run_script)))


def is_written_by_run_install(path: Path) -> bool:
    """Return whether `./run install` wrote a file; a link is never one of its files."""
    if path.is_symlink() or not path.is_file():
        return False
    head = read_start_of_regular_file(path, _HEAD, os.O_NOFOLLOW)
    return MARK in head.decode("utf-8", "replace")


def read_run_script_path(path: Path) -> Path | None:
    """Return the `run` that the installed command starts.

    None where it is not installed, or its file was changed so that it names none.
    """
    if not is_written_by_run_install(path):
        return None
    _before, _mark, after = (
        path.read_bytes().decode("utf-8", "surrogateescape").partition(_RUN_LINE)
    )
    words = shlex.shlex(after, posix=True, punctuation_chars=False)  # a path may have line breaks
    words.whitespace_split, words.commenters = True, ""
    try:
        name = None if after.startswith("\n") else words.get_token()
    except ValueError:  # a quotation mark is open
        return None
    return Path(name) if name else None


def completion_file_text(shell: str) -> str:
    """Return the completion script of a shell with the mark, below the line that zsh reads."""
    first, rest = completion_script(shell).split("\n", 1)
    return f"{first}\n{MARK}\n{rest}" if shell == "zsh" else f"{MARK}\n{first}\n{rest}"
