"""The child process that reads hand-ins: a question comes on stdin, the answer goes back.

`python -m assess.report.proof.hand_in.worker MEMORY CPU`. A hand-in is a stranger's file; its
inputs are laid out in the folder of this process, which is removed with it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from assess.i18n import Lang
from assess.report.render.worker import run_worker
from assess.report.render.worker_answer import answer_or_refuse, write_answer

if TYPE_CHECKING:
    from assess.workspace.hand_in.outcome import HandIn


class ReadHandInTask(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: the bytes of a hand-in, the day of today, the language of details."""

    data: bytes
    today: date
    lang: Lang


def serve_hand_in_question(source: BinaryIO, out: BinaryIO) -> None:
    """Read one question and write the answer to it."""

    def make_answer() -> bytes:
        task = msgspec.msgpack.decode(source.read(), type=ReadHandInTask)
        return msgspec.msgpack.encode(read_or_refuse(task, Path.cwd() / "inputs"))

    write_answer(out, make_answer)


def read_or_refuse(task: ReadHandInTask, folder: Path) -> HandIn:
    """Return the outcome; a refusal if the reading fails with any error.

    Raises:
        MemoryError: a limit was reached.
    """
    from assess.workspace.hand_in.outcome import RefusedHandIn, make_note  # noqa: PLC0415  # after the limits

    def refuse(error: Exception) -> HandIn:
        digest = hashlib.sha256(task.data).hexdigest()
        reason = make_note("unreadable", detail=type(error).__name__)
        return RefusedHandIn(digest=digest, size=len(task.data), reason=reason)

    return answer_or_refuse(lambda: _read_hand_in(task, folder), refuse)


def _read_hand_in(task: ReadHandInTask, folder: Path) -> HandIn:
    from assess.workspace.hand_in.archive import begins_as_pdf  # noqa: PLC0415  # after the limits
    from assess.workspace.hand_in.read import read_hand_in, unpack_zip  # noqa: PLC0415  # after the limits

    folder.mkdir()
    if not begins_as_pdf(task.data):
        return read_hand_in(task.data, folder, task.today, unpack_zip)
    from assess.report.proof.hand_in.report_alone import unpack_report_alone  # noqa: PLC0415  # only for a PDF

    return read_hand_in(task.data, folder, task.today, partial(unpack_report_alone, lang=task.lang))


if __name__ == "__main__":
    run_worker(serve_hand_in_question)
