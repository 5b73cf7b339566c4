"""A real terminal: tmux at 80×24, keys sent and the screen read as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SIZE = ("COLUMNS", "LINES")
PATIENCE = 20.0
"""Seconds until a screen that does not come is a failure."""


class Terminal:
    """One tmux session with the program in it."""

    def __init__(self, folder: Path, environ: dict[str, str], *, width: int, height: int) -> None:
        self.socket = f"assess-test-{uuid.uuid4().hex[:8]}"
        self._term = environ["TERM"]
        settings = [f"{name}={value}" for name, value in environ.items()]
        size = ["-x", str(width), "-y", str(height)]
        self._tmux(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            *size,
            "-c",
            str(folder),
            *(word for setting in settings for word in ("-e", setting)),
            "sh",
        )
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self.socket, *words]
        # What is set here would hide the terminal's own size.
        environ = {key: value for key, value in os.environ.items() if key not in SIZE}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environ)
        return done.stdout

    def start(self, *words: str) -> None:
        """Type a command line that runs `assess` with the given words."""
        # tmux gives each session a TERM of its own.
        self.type(f"exec env TERM={self._term} {sys.executable} -m assess {' '.join(words)}")
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text, as an input method commits it."""
        self._tmux("send-keys", "-l", text)

    def paste(self, text: str, *settings: str) -> None:
        """Paste a text between the marks of a paste."""
        self._tmux("set-buffer", "--", text)
        self._tmux("paste-buffer", "-p", *settings)

    def screen(self) -> str:
        """Return what is on the screen."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *texts: str) -> str:
        """Return the screen as soon as it shows all the texts."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), str(texts))

    def wait_until(self, holds: Callable[[str], bool], what: str = "") -> str:
        """Return the screen as soon as something holds of it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(0.05)
        pytest.fail(f"not seen: {what}\n{self.screen()}")

    def pid(self) -> int:
        """Return the process in the terminal."""
        return int(self._tmux("display-message", "-p", "#{pane_pid}"))

    def wait_for_end(self) -> None:
        """Wait until the process in the terminal has ended."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._tmux("display-message", "-p", "#{pane_dead}").strip() == "1":
                return
            time.sleep(0.05)
        pytest.fail(f"still running\n{self.screen()}")

    def close(self) -> None:
        """End the session and what runs in it."""
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True)


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open terminals; all are closed at the end."""
    if shutil.which("tmux") is None:
        pytest.fail("tmux is missing: ./run setup installs it")
    opened: list[Terminal] = []
    own = tmp_path_factory.mktemp("settings")

    def open_one(folder: Path, *, width: int = 80, height: int = 24, **more: str) -> Terminal:
        environ = {
            "ASSESS_LANG": "zh",
            "LC_ALL": "C.UTF-8",
            "TERM": "tmux-256color",
            "HOME": os.environ["HOME"],
            "XDG_CONFIG_HOME": str(own),
            "COVERAGE_PROCESS_START": os.environ.get("COVERAGE_PROCESS_START", ""),
            **more,
        }
        opened.append(Terminal(folder, environ, width=width, height=height))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
