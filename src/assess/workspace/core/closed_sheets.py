"""Sheets of closed rounds in the folder: not held against today's checklists, but against the tag.

What counts of a closed round stands at its tag. A file that differs from it is only confusing, so
lint warns; it changes no number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.problem import Problem
from assess.store.git.run.plumbing import Repository
from assess.workspace.core.late_answers import (
    LateSheet,
    late_in_sheet,
    late_names,
    sheets_at_tag,
    ways_out,
    ways_text,
)
from assess.workspace.core.sources import tag_of
from assess.workspace.core.untagged import tag_hint


def split(
    root: Path, config: Config | None, sheets: Sequence[str], lang: Lang
) -> tuple[list[str], list[Problem]]:
    """Return the sheets of rounds that are not closed, and the problems of those that are."""
    rounds = config.rounds if config is not None else {}
    tags = {key: tag_of(key, one) for key, one in rounds.items() if one.state == "closed"}
    closed = [path for path in sheets if path.split("/")[1] in tags]
    standing = [path for path in sheets if path not in closed]
    problems = _problems(root, config, tags, closed, lang) if config and tags else []
    return standing, problems


def _problems(
    root: Path, config: Config, tags: dict[str, str], sheets: Sequence[str], lang: Lang
) -> list[Problem]:
    _ = translator(lang)
    repository = Repository.find(root)
    found = []
    for path in sheets:
        round_id = path.split("/")[1]
        tag = tags[round_id]
        commit = repository.resolve(f"refs/tags/{tag}") if repository is not None else None
        if repository is None or commit is None:
            message = _("round {round} is closed, but its tag {tag} is not here")
            said = message.format(round=round_id, tag=tag)
            hint = tag_hint(repository, round_id) if repository is not None else ""
            found.append(_warning(path, "closed-tag-missing", said, hint))
        elif repository.changed([path], repository.tree(commit, [path])):
            found.append(_changed(repository, config, path, tag, commit, lang))
    return [*found, *_gone(repository, tags, lang)] if repository is not None else found


def _gone(repository: Repository, tags: dict[str, str], lang: Lang) -> Iterator[Problem]:
    """Yield a warning for each sheet that a tag has and the folder has not."""
    _ = translator(lang)
    for round_id, tag in tags.items():
        commit = repository.resolve(f"refs/tags/{tag}")
        blobs = repository.tree(commit, [f"answers/{round_id}"]) if commit is not None else {}
        for path in sorted(sheets_at_tag(blobs)):
            if not os.path.lexists(repository.root / path):
                message = _("round {round} is closed, and this file of it is gone")
                hint = _("the file as it was reported: {command}")
                command = f"git checkout {typed(tag)} -- {typed(path)}"
                said = message.format(round=round_id)
                yield _warning(path, "closed-changed", said, hint.format(command=command))


def _changed(
    repository: Repository, config: Config, path: str, tag: str, commit: str, lang: Lang
) -> Problem:
    """Return that a file is not as the tag has it; late answers in it are named."""
    _ = translator(lang)
    _answers, round_id, file = path.split("/")
    blob = repository.tree(commit, [path]).get(path)
    late = late_in_sheet(repository, path, blob, lang)
    if not late:
        message = _("round {round} is closed: this file is not what was reported")
        hint = _("no answer differs; the file as it was reported: {command}")
        command = f"git checkout {typed(tag)} -- {typed(path)}"
        said = message.format(round=round_id)
        return _warning(path, "closed-changed", said, hint.format(command=command))
    message = _("round {round} is closed, and these answers came after that: {names}")
    said = message.format(round=round_id, names=late_names(late, config.people, lang))
    sheet = LateSheet(round_id, tag, file.removesuffix(".yaml"), late)
    ways = ways_out(round_id, [sheet], config)
    return _warning(path, "closed-changed", said, ways_text(round_id, ways, lang))


def _warning(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, code, message, hint, severity="warning", line=1, column=1)
