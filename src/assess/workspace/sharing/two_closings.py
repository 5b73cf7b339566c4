"""A round that was closed on two sides: one tag, two commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from assess.engine.closings import round_of_tag
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.store.git.state.repository_state import open_repository
from assess.store.git.sync import exchange
from assess.workspace.core.reopening_history import closed_by
from assess.workspace.core.workspace import Workspace


class ClosingSide(NamedTuple):
    """The commit that one side has under the tag; who and when are None where it is not here."""

    commit: str
    by: str | None = None
    at: datetime | None = None

    def words(self, lang: Lang) -> str:
        """Return the commit with who made it and when."""
        _ = translator(lang)
        if self.by is None or self.at is None:
            return _("{commit}, which is not here").format(commit=self.commit[:10])
        text = _("{commit} of {who}, {time}")
        time = f"{self.at:%Y-%m-%d %H:%M}"
        return text.format(commit=self.commit[:10], who=one_line(self.by), time=time)


class Apart(NamedTuple):
    """A round whose tag is of another commit on the other side."""

    round_id: str
    tag: str
    ours: ClosingSide
    theirs: ClosingSide


def closings_apart(here: Workspace, there: Mapping[str, str]) -> Iterator[Apart]:
    """Yield the tags of rounds that are of another commit there; `there`: tags and their commits.

    Tags of earlier closings count too: reports stand on them.
    """
    ours = exchange.tags_here(here.root)
    for round_id, one in here.config().rounds.items():
        for tag in sorted(ours) if one.tag is not None else ():
            if round_of_tag(tag) == round_id and tag in there and ours[tag] != there[tag]:
                yield Apart(round_id, tag, _side(here, ours[tag]), _side(here, there[tag]))


def _side(here: Workspace, commit: str) -> ClosingSide:
    repository = open_repository(here.root, here.lang)
    if repository.resolve(commit) is None:
        return ClosingSide(commit)
    return ClosingSide(*closed_by(repository, commit))
