"""Sheets of closed rounds in the folder: compared with the tag, not with today's checklists.

The tag holds the results of a closed round. A file that differs from the tag changes no result, so
lint only warns.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from assess import locations
from assess.file_bytes import read_regular_file
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.problem import Problem
from assess.store.files import MAX_FILE
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.plumbing import Repository
from assess.workspace.core.late_answers import (
    LateSheet,
    find_late_answers,
    late_answers_text,
    late_commands_text,
    make_late_answer_commands,
    select_sheet_paths_of_tag,
)
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.untagged import hint_about_missing_tag

_CONFLICT: Final = re.compile(rb"^(\s*conflict:|<<<<<<< )", re.MULTILINE)


def separate_and_check_closed_sheets(
    root: Path, config: Config | None, sheets: Sequence[str], lang: Lang
) -> tuple[list[str], list[Problem]]:
    """Return the sheets of open rounds, and the problems of the sheets of closed rounds.

    A sheet of a closed round with conflicts of a merge counts as one of an open round.
    """
    rounds = config.rounds if config is not None else {}
    tags = {
        key: find_tag_name_of_round(key, round_)
        for key, round_ in rounds.items()
        if round_.state == "closed"
    }
    closed = [
        path
        for path in sheets
        if path.split("/")[1] in tags and not _may_contain_conflicts(root / path)
    ]
    open_paths = [path for path in sheets if path not in closed]
    problems = (
        _find_problems_of_closed_sheets(root, config, tags, closed, lang) if config and tags else []
    )
    return open_paths, problems


def _may_contain_conflicts(path: Path) -> bool:
    """Return whether a line of a sheet begins as conflicts, or the marks of a merge, do."""
    try:
        return bool(_CONFLICT.search(read_regular_file(path, MAX_FILE, os.O_NOFOLLOW)))
    except OSError:
        return False


def _find_problems_of_closed_sheets(
    root: Path, config: Config, tags_by_round: dict[str, str], sheets: Sequence[str], lang: Lang
) -> list[Problem]:
    _ = translator(lang)
    repository = Repository.find_repository(root)
    problems = []
    for path in sheets:
        round_id = path.split("/")[1]
        tag = tags_by_round[round_id]
        commit = resolve_checked_tag(repository, tag) if repository is not None else None
        if repository is None or commit is None:
            message = _("round {round} is closed, but its tag {tag} is not here")
            text = message.format(round=round_id, tag=tag)
            hint = hint_about_missing_tag(repository, round_id) if repository is not None else ""
            problems.append(_make_warning(path, "closed-tag-missing", text, hint))
        elif repository.select_changed_paths(
            [path], list_checked_files(repository, commit, [path])
        ):
            problems.append(
                _describe_closed_sheet_change(repository, config, path, tag, commit, lang)
            )
    return (
        [*problems, *_warnings_of_missing_closed_sheets(repository, tags_by_round, lang)]
        if repository is not None
        else problems
    )


def _warnings_of_missing_closed_sheets(
    repository: Repository, tags_by_round: dict[str, str], lang: Lang
) -> Iterator[Problem]:
    """Yield a warning for each sheet that is at a tag but not in the folder."""
    _ = translator(lang)
    for round_id, tag in tags_by_round.items():
        commit = resolve_checked_tag(repository, tag)
        blobs = (
            list_checked_files(repository, commit, [locations.round_path(round_id)])
            if commit is not None
            else {}
        )
        for path in sorted(select_sheet_paths_of_tag(blobs)):
            if not os.path.lexists(repository.root / path):
                message = _("round {round} is closed, and this file of it is gone")
                hint = _("the file as it was reported: {command}")
                command = f"git checkout {quote_for_shell(tag)} -- {quote_for_shell(path)}"
                text = message.format(round=round_id)
                yield _make_warning(path, "closed-changed", text, hint.format(command=command))


def _describe_closed_sheet_change(
    repository: Repository, config: Config, path: str, tag: str, commit: str, lang: Lang
) -> Problem:
    """Return the problem of a file that differs from the tag; it names late answers."""
    _ = translator(lang)
    _answers, round_id, file = path.split("/")
    blob = list_checked_files(repository, commit, [path]).get(path)
    late = find_late_answers(repository, path, blob, lang)
    if not late:
        message = _("round {round} is closed: this file is not what was reported")
        hint = _("no answer differs; the file as it was reported: {command}")
        command = f"git checkout {quote_for_shell(tag)} -- {quote_for_shell(path)}"
        text = message.format(round=round_id)
        return _make_warning(path, "closed-changed", text, hint.format(command=command))
    message = _("round {round} is closed, and these answers came after that: {names}")
    text = message.format(round=round_id, names=late_answers_text(late, config.people, lang))
    sheet = LateSheet(round_id, tag, file.removesuffix(".yaml"), late)
    ways = make_late_answer_commands(round_id, [sheet], config)
    return _make_warning(path, "closed-changed", text, late_commands_text(round_id, ways, lang))


def _make_warning(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, code, message, hint, severity="warning", line=1, column=1)
