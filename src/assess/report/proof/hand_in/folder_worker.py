"""The child process that makes a hand-in from a repository on a share, which strangers write to.

`python -m assess.report.proof.hand_in.folder_worker MEMORY CPU`. The question comes on stdin, and
the answer goes back. The processes of git that it starts have the same limits.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from assess.i18n import Lang
from assess.report.render.worker import run_worker
from assess.report.render.worker_answer import answer_or_refuse, write_answer
from assess.workspace.hand_in.outcome import FolderFault, PassedFolder


class ReadFolderTask(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: git's folder, the round, and the language of the words."""

    git_folder: str
    round_id: str
    lang: Lang


class FolderAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The ZIP of the hand-in; without one why there is none."""

    data: bytes = b""
    fault: FolderFault = "folder-refused"
    detail: str = ""


def serve_folder_question(source: BinaryIO, out: BinaryIO) -> None:
    """Read one question and write the answer to it."""

    def make_answer() -> bytes:
        task = msgspec.msgpack.decode(source.read(), type=ReadFolderTask)
        return msgspec.msgpack.encode(read_folder_or_refuse(task))

    write_answer(out, make_answer)


def read_folder_or_refuse(task: ReadFolderTask) -> FolderAnswer:
    """Return the hand-in; a refusal if the reading fails with any error.

    Raises:
        MemoryError: a limit was reached.
    """
    return answer_or_refuse(
        lambda: _read_folder(task), lambda error: FolderAnswer(detail=type(error).__name__)
    )


def _read_folder(task: ReadFolderTask) -> FolderAnswer:
    from assess.workspace.hand_in.from_repository import make_hand_in_or_fault  # noqa: PLC0415  # after the limits

    made = make_hand_in_or_fault(Path(task.git_folder), task.round_id, task.lang)
    if isinstance(made, PassedFolder):
        return FolderAnswer(fault=made.fault, detail=made.detail)
    return FolderAnswer(data=made.data)


if __name__ == "__main__":
    run_worker(serve_folder_question)
