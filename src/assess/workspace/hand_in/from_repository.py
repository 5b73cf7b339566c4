"""The hand-in of a closed round, made from a repository on a share; run in the limited child.

It is made as `assess submit` makes it, from the tag of the closing. The working tree is not read.
"""

from __future__ import annotations

from pathlib import Path

from assess import locations
from assess.china_time import find_day_in_china
from assess.errors import AssessError, FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.config import Config, Round
from assess.store.files import MAX_FILE
from assess.store.git.history.checked_history import read_checked_committer_seconds
from assess.store.git.run.batch import list_checked_files, open_checked_objects
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.shared_repository import open_shared_repository
from assess.store.tagged_files import decode_tagged_file
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import ClosedRoundFiles, find_tag_name_of_round
from assess.workspace.hand_in.make import HandInRequest, MadeHandIn, make_hand_in_of_files
from assess.workspace.hand_in.outcome import PassedFolder


def make_hand_in_or_fault(git_folder: Path, round_id: str, lang: Lang) -> MadeHandIn | PassedFolder:
    """Return the hand-in of a closed round of a workspace, or why there is none.

    No repository makes it raise an error, but for a lack of memory.
    """
    _ = translator(lang)
    try:
        repository = open_shared_repository(git_folder, lang)
        config = _read_newest_config(repository, lang)
        if config is None:
            text = _("its newest commit has no {file} at the top")
            return PassedFolder("no-workspace", text.format(file=locations.CONFIG))
        row = config.rounds.get(round_id)
        if row is None or row.state != "closed":
            return PassedFolder("not-closed", _describe_open_round(round_id, row, lang))
        return _make_hand_in_at_tag(git_folder, round_id, row, lang)
    except FilesError as error:
        return PassedFolder("folder-refused", _describe_first_problem(error))
    except (AssessError, OSError, ValueError) as error:
        return PassedFolder("folder-refused", str(error))


def _describe_first_problem(error: FilesError) -> str:
    for problem in error.problems:
        return f"{problem.file}:{problem.line}:{problem.column}: {problem.message}"
    return str(error)


def _describe_open_round(round_id: str, row: Round | None, lang: Lang) -> str:
    _ = translator(lang)
    text = _("round {round} is not closed") if row else _("there is no round {round}")
    return text.format(round=round_id)


def _read_newest_config(repository: Repository, lang: Lang) -> Config | None:
    """Return assess.yaml of the newest commit; None where it has none.

    Raises:
        FilesError: it can't be decoded.
        GitError: the commit can't be read.
        UsageError: it is too large.
    """
    commit = repository.resolve_head_commit()
    blobs = list_checked_files(repository, commit, (locations.CONFIG,)) if commit else {}
    if locations.CONFIG not in blobs:
        return None
    with open_checked_objects(repository) as objects:
        data = objects.read_blob_within_limit(blobs[locations.CONFIG].oid, MAX_FILE)
    if data is None:
        _ = translator(lang)
        message = _("{path} is larger than {limit} MB")
        raise UsageError(message.format(path=locations.CONFIG, limit=MAX_FILE >> 20))
    path = repository.root / locations.CONFIG
    config: Config = decode_tagged_file(data, path, "config", repository.root, "", lang).value
    return config


def _make_hand_in_at_tag(git_folder: Path, round_id: str, row: Round, lang: Lang) -> MadeHandIn:
    source = ClosedRoundFiles(git_folder, lang, round_id, find_tag_name_of_round(round_id, row))
    closed_row = source.read_config().value.rounds.get(round_id)
    if closed_row is None:
        raise UsageError(_describe_open_round(round_id, None, lang))
    day = find_day_in_china(read_checked_committer_seconds(source.repository, source.commit))
    names = [SheetName.parse_name(name) for name in closed_row.sheets]
    return make_hand_in_of_files(source, HandInRequest(round_id), names, (source.commit, day))
