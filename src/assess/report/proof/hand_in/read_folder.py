"""Asking the limited child for the hand-in of a folder on a share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang
from assess.report.proof.hand_in.folder_worker import FolderAnswer, ReadFolderTask
from assess.report.render.child import RenderChild, RenderLimits
from assess.workspace.hand_in.outcome import PassedFolder, make_note

WORKER: Final = "assess.report.proof.hand_in.folder_worker"
_LIMITS: Final = RenderLimits(memory=3072, cpu=60, wall=120)


def read_git_folder_in_child(git_folder: Path, round_id: str, lang: Lang) -> bytes | PassedFolder:
    """Return the ZIP of the hand-in of a closed round, or why there is none.

    No folder makes it raise an error.
    """
    path = os.fspath(git_folder.absolute())
    try:
        task = msgspec.msgpack.encode(ReadFolderTask(git_folder=path, round_id=round_id, lang=lang))
        with RenderChild(_LIMITS, lang, WORKER) as child:
            data = child.send_question_and_wait(task, lambda _progress: None)[1]
    except (EnvironmentLacksError, UnicodeEncodeError) as error:
        note = make_note("limit-reached", detail=str(error))
        return PassedFolder("folder-refused", note.write_sentence(lang))
    answer: FolderAnswer = msgspec.msgpack.decode(data, type=FolderAnswer)
    return answer.data or PassedFolder(answer.fault, answer.detail)
