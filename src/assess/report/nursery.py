"""Many children without loading for each what renders: from the side of the program."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import threading
from typing import IO, Self

import msgspec

from assess.report.job import Birth
from assess.report.process import start

WORKER = "assess.report.setting.nursery"


class Nursery:
    """A process that has loaded what renders, and forks a child for each report.

    Leaving the context ends it and every child that is left.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="assess-")
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking = threading.Lock()
        with theirs:
            self._process = start(
                [WORKER], self._folder.name, stdin=theirs.fileno(), stdout=subprocess.DEVNULL
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._requests.close()
        self._process.wait()
        self._folder.cleanup()

    def bear(self, birth: Birth) -> Born:
        """Return a new child. If the nursery has died, it is one that was killed."""
        source, stdin = os.pipe()
        stdout, out = os.pipe()
        end, theirs = socket.socketpair()
        given = (source, out, theirs.fileno())
        # Where the nursery has died, the ends close unheard, as those of a killed child do.
        with self._asking, contextlib.suppress(OSError):
            socket.send_fds(self._requests, [msgspec.json.encode(birth)], given)
        os.close(source)
        os.close(out)
        theirs.close()
        return Born(stdin, stdout, end)


class Born:
    """A child of a nursery; it is spoken to as a `Popen` is."""

    def __init__(self, stdin: int, stdout: int, end: socket.socket) -> None:
        self.stdin: IO[bytes] | None = open(stdin, "wb")  # noqa: SIM115  # a descriptor
        self.stdout: IO[bytes] | None = open(stdout, "rb", buffering=0)  # noqa: SIM115  # likewise
        self._end = end
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once, where it has not ended."""
        with contextlib.suppress(OSError):  # it has ended
            self._end.send(b"kill")

    def wait(self) -> int:
        """Return its exit code, or the signal that ended it, negative."""
        if self._code is None:
            with self._end:
                told = self._end.recv(16)
            self._code = int(told) if told else -signal.SIGKILL
        return self._code
