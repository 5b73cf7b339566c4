"""Children that need not load: this process has loaded what renders, and each report is a fork.

`python -m assess.report.setting.nursery`; stdin is a socket of whole messages. Each is a `Birth`
and three descriptors: where the job comes from, where the replies go, and a socket for the end. On
that socket the exit code is sent; anything that comes from the other side, its closing too, kills
the child. When stdin closes, all are killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket

import msgspec

from assess.parent_process import end_with_named_parent, end_with_parent
from assess.report.job import Birth
from assess.report.setting.refusal import RefusedError
from assess.report.setting.worker import MEGABYTE, WIDER, limit, renderer, serve

_MESSAGE = 64 * 1024


class _Nursery:
    """Forks on request, kills on request, and tells how each child ended."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._ends: dict[int, socket.socket] = {}
        """By process: told how it ended."""
        self._woken, waker = os.pipe()
        os.set_blocking(waker, False)
        signal.set_wakeup_fd(waker)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(requests, selectors.EVENT_READ)
        self._waiting.register(self._woken, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until nobody asks any more."""
        while True:
            for key, _events in self._waiting.select():
                if key.fileobj is self._requests:
                    if not self._bear():
                        return self._end()
                elif key.fd == self._woken:
                    os.read(self._woken, _MESSAGE)
                    self._reap()
                else:
                    self._waiting.unregister(key.fileobj)
                    self._kill(key.data)

    def _bear(self) -> bool:
        message, descriptors, _flags, _address = socket.recv_fds(self._requests, _MESSAGE, 3)
        if not message:
            return False
        birth = msgspec.json.decode(message, type=Birth)
        source, out, end = descriptors
        nursery = os.getpid()
        child = os.fork()
        if not child:
            _live(birth, source, out, nursery)
        os.close(source)
        os.close(out)
        self._ends[child] = socket.socket(fileno=end)
        self._waiting.register(self._ends[child], selectors.EVENT_READ, child)
        return True

    def _reap(self) -> None:
        while self._ends:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            end = self._ends.pop(child)
            if end.fileno() in self._waiting.get_map():
                self._waiting.unregister(end)
            with end, contextlib.suppress(OSError):  # nobody may want to know any more
                end.send(str(os.waitstatus_to_exitcode(status)).encode())

    def _kill(self, child: int) -> None:
        if child in self._ends:  # not reaped, so the number is still its own
            os.kill(child, signal.SIGKILL)

    def _end(self) -> None:
        for child in self._ends:
            os.kill(child, signal.SIGKILL)


def _live(birth: Birth, source: int, out: int, nursery: int) -> None:
    """Be a child of the process `nursery`: take limits and folder, serve one job, end."""
    code = 1
    try:
        end_with_parent(nursery)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.chdir(birth.folder)
        os.environ["TMPDIR"] = birth.folder
        limit(birth.memory * MEGABYTE, birth.cpu, WIDER)
        with open(source, "rb") as questions, open(out, "wb") as replies:  # descriptors
            serve(questions, replies)
        code = 0
    finally:
        # Neither the loop of the nursery nor its end is the child's affair.
        os._exit(code)


def main() -> None:
    """Load what renders, then serve."""
    end_with_named_parent(signal.SIGKILL)
    with contextlib.suppress(RefusedError):  # each child says so itself
        renderer()
    gc.freeze()
    with socket.socket(fileno=0) as requests:
        _Nursery(requests).run()


if __name__ == "__main__":
    main()
