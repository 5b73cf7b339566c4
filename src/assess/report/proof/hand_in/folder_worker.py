"""The child process that makes a hand-in from a repository on a share, which strangers write to.

`python -m assess.report.proof.hand_in.folder_worker MEMORY CPU`. The question comes on stdin, and
the answer goes back. The processes of git that it starts have the same limits.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import BinaryIO

import msgspec

from assess.i18n import Lang
from assess.report.render.worker import OUT_OF_MEMORY, is_memory_nearly_used_up, run_worker
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
    from assess.report.render.job import RenderDone  # noqa: PLC0415  # after the limits

    try:
        task = msgspec.msgpack.decode(source.read(), type=ReadFolderTask)
        data = msgspec.msgpack.encode(read_folder_or_refuse(task))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    out.write(msgspec.json.encode(RenderDone(size=len(data), pages=0)) + b"\n" + data)


def read_folder_or_refuse(task: ReadFolderTask) -> FolderAnswer:
    """Return the hand-in; a refusal if the reading fails with any error.

    Raises:
        MemoryError: a limit was reached.
    """
    from assess.workspace.hand_in.from_repository import make_hand_in_or_fault  # noqa: PLC0415  # after the limits

    try:
        made = make_hand_in_or_fault(Path(task.git_folder), task.round_id, task.lang)
    except MemoryError:
        raise
    except Exception as error:
        if is_memory_nearly_used_up():
            raise MemoryError from error
        if os.environ.get("ASSESS_DEBUG"):
            traceback.print_exc()
        return FolderAnswer(detail=type(error).__name__)
    if isinstance(made, PassedFolder):
        return FolderAnswer(fault=made.fault, detail=made.detail)
    return FolderAnswer(data=made.data)


if __name__ == "__main__":
    run_worker(serve_folder_question)
