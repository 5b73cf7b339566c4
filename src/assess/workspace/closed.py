"""Sheets of closed rounds in the folder: not held against today's checklists, but against the tag.

What counts of a closed round stands at its tag. A file that differs from it is only confusing, so
lint warns; it changes no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.problem import Problem
from assess.store.git.plumbing import Repository
from assess.workspace.sources import tag_of
from assess.workspace.untagged import tag_hint


def split(
    root: Path, config: Config | None, sheets: Sequence[str], lang: Lang
) -> tuple[list[str], list[Problem]]:
    """Return the sheets of rounds that are not closed, and the problems of those that are."""
    rounds = config.rounds if config is not None else {}
    tags = {key: tag_of(key, one) for key, one in rounds.items() if one.state == "closed"}
    closed = [path for path in sheets if path.split("/")[1] in tags]
    standing = [path for path in sheets if path not in closed]
    return standing, _problems(root, tags, closed, lang) if closed else []


def _problems(root: Path, tags: dict[str, str], sheets: Sequence[str], lang: Lang) -> list[Problem]:
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
            message = _("round {round} is closed: this file is not what was reported")
            hint = f"git checkout {typed(tag)} -- {typed(path)}"
            found.append(_warning(path, "closed-changed", message.format(round=round_id), hint))
    return found


def _warning(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, code, message, hint, severity="warning", line=1, column=1)
