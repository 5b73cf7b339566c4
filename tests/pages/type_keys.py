"""Run a command at a terminal and type keys whenever it is silent, until it ends.

`python type_keys.py q assess fill` types `q`, `"secret Enter"` a word and the key that ends it.
What the command shows is printed, its exit code is returned.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
from typing import Final

KEYS: Final = {"Enter": "\r"}
SILENCE: Final = 0.5
"""Seconds; keys that come too early are typed again."""

MOST_TURNS: Final = 240


def type_until_end(keys: str, words: list[str]) -> int:
    """Return the exit code of a command; 124 where it does not end."""
    typed = "".join(KEYS.get(key, key) for key in keys.split()).encode()
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(words[0], words)  # noqa: S606  # the words are those of the page
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    for _turn in range(MOST_TURNS):
        while select.select([terminal], [], [], SILENCE)[0]:
            try:
                shown = os.read(terminal, 4096)
            except OSError:  # the terminal is closed with its last program
                shown = b""
            if not shown:
                return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            os.write(sys.stdout.fileno(), shown)
        os.write(terminal, typed)
    os.kill(child, 9)
    return 124


if __name__ == "__main__":
    sys.exit(type_until_end(sys.argv[1], sys.argv[2:]))
