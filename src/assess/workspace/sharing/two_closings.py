"""A round that was closed on both sides: the tag names another commit on each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from assess.engine.closings import parse_round_id
from assess.harmless import escape_and_mark_line_breaks
from assess.i18n import Lang, translator
from assess.store.git.state.repository_state import open_repository
from assess.store.git.sync.tag_refs import commits_by_local_tag
from assess.workspace.core.reopening_history import read_closing_author_and_time
from assess.workspace.core.workspace import Workspace


class ClosingSide(NamedTuple):
    """The commit of the tag on one side; `by` and `at` are None where it is missing here."""

    commit: str
    by: str | None = None
    at: datetime | None = None

    def as_text(self, lang: Lang) -> str:
        """Return the commit with its author and time, as text."""
        _ = translator(lang)
        if self.by is None or self.at is None:
            return _("{commit}, which is not here").format(commit=self.commit[:10])
        text = _("{commit} of {who}, {time}")
        time = f"{self.at:%Y-%m-%d %H:%M}"
        return text.format(
            commit=self.commit[:10], who=escape_and_mark_line_breaks(self.by), time=time
        )


class DoubleClosing(NamedTuple):
    """A round whose tag names another commit on the other side."""

    round_id: str
    tag: str
    ours: ClosingSide
    theirs: ClosingSide


def find_double_closings(
    workspace: Workspace, other_tags: Mapping[str, str]
) -> Iterator[DoubleClosing]:
    """Yield the tags of rounds that name another commit in `other_tags` (tag to commit).

    Tags of earlier closings count too, because reports were made from them.
    """
    ours = commits_by_local_tag(workspace.root)
    for round_id, round_ in workspace.read_config().rounds.items():
        for tag in sorted(ours) if round_.tag is not None else ():
            if (
                parse_round_id(tag) == round_id
                and tag in other_tags
                and ours[tag] != other_tags[tag]
            ):
                yield DoubleClosing(
                    round_id,
                    tag,
                    _closing_side(workspace, ours[tag]),
                    _closing_side(workspace, other_tags[tag]),
                )


def _closing_side(workspace: Workspace, commit: str) -> ClosingSide:
    repository = open_repository(workspace.root, workspace.lang)
    if repository.resolve_commit(commit) is None:
        return ClosingSide(commit)
    return ClosingSide(*read_closing_author_and_time(repository, commit))
