"""By construction: no file, YAML or git call on the event loop's thread, else it raises.

Python tells an audit hook of every file that is opened, listed, renamed or removed, and of every
program that is started. Where that happens on a thread with a running loop, on behalf of the
terminal interface, the call fails, and the test with it. What ends the program may write: then
nobody waits for the screen any more.
"""

from __future__ import annotations

import sys
from asyncio import events
from pathlib import Path
from types import FrameType
from typing import Any

import assess.tui

_TUI = str(Path(assess.tui.__file__).parent)
_FILES = ("open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.mkdir")
_ENDING = ("save_unsaved_input",)
"""Methods that put on disk what is typed when the program is about to end."""


class BlockedLoopError(AssertionError):
    """The event loop's thread was made to wait for the disk or another program."""


class Guard:
    """Whether the hook looks; hooks stay for as long as the process lives."""

    folder = ""
    """Files below it count; '' lets everything pass."""
    installed = False


def install() -> None:
    """Begin to look, once a process."""
    if not Guard.installed:
        Guard.installed = True
        sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not Guard.folder or events._get_running_loop() is None:
        return
    is_file = event in _FILES and str(arguments[0]).startswith(Guard.folder)
    if (is_file or event == "subprocess.Popen") and _for_the_interface(sys._getframe(1)):
        message = f"{event} on the event loop's thread: {arguments[0]}"
        raise BlockedLoopError(message)


def _for_the_interface(frame: FrameType | None) -> bool:
    ours = False
    while frame is not None:
        if frame.f_code.co_filename.startswith(_TUI):
            ours = True
            if frame.f_code.co_name in _ENDING:
                return False
        frame = frame.f_back
    return ours
