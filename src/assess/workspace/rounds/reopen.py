"""Opening a closed round again, with a reason; its tag stays, and closing it sets the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.engine.closings import closing_words
from assess.errors import UsageError
from assess.harmless import harmless
from assess.i18n import translator
from assess.model.config import Round
from assess.store import layout
from assess.store.git.commit.commit_files import commit as commit_files
from assess.store.git.commit.commit_files import commit_nothing
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.state.repository_state import open_repository, refuse_detached
from assess.store.git.trust.boundary import refuse_outside
from assess.store.yaml.writing.edit import Edit
from assess.workspace.core.reopening_history import (
    REASON_MARK,
    ROUND_MARK,
    is_reopened,
    reopening_since,
)
from assess.workspace.core.sources import tag_of
from assess.workspace.core.unfinished_merge import refuse_unfinished
from assess.workspace.core.untagged import tag_hint
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import changed_files, refused
from assess.workspace.sharing.undo_writes import taking_back, written_config


class Reopened(NamedTuple):
    """A round that is open again."""

    round_id: str
    tag: str
    """The tag of the closing that was in force; it stays."""
    commit: str
    reason: str


def reopen(
    here: Workspace, round_id: str, reason: str, *, environ: Mapping[str, str] | None = None
) -> Reopened:
    """Open a closed round again, in a commit that says who did it and why.

    A round that was opened in an editor gets the commit that says why. Where git refuses the
    commit, that is taken out of assess.yaml again.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: there is no reason; the round was never closed, or was reopened already; its tag
            is not here; assess.yaml is not committed; something is in progress.
        ChangedOnDiskError: git refused, and another program changed the round meanwhile.
        NotTakenBackError: git refused, and what was written can't be put back.
        GitError: git or a hook refused.
    """
    here.sheets(round_id)  # refuses a round that is not there
    why = harmless(" ".join(reason.split()))
    this = here.config().rounds[round_id]
    repository = open_repository(here.root, here.lang)
    refuse_outside(here.root, here.lang)
    refuse_unfinished(here.root, here.lang)
    refuse_detached(here.root, here.lang)
    _refuse_unready(here, repository, round_id, this, why)
    saved = here.edit_config([Edit(("rounds", round_id, "state"), "open")])
    with taking_back(here, [written_config(saved)]):
        commit = _commit(here, round_id, why, environ)
    return Reopened(round_id, tag_of(round_id, this), commit, why)


def _refuse_unready(
    here: Workspace, repository: Repository, round_id: str, this: Round, why: str
) -> None:
    _ = translator(here.lang)
    again = f"assess round reopen {round_id} --reason WHY"
    if not why:
        raise UsageError(_("reopening a round needs a reason"), again)
    tag = tag_of(round_id, this)
    if this.state == "open":
        _refuse_open(here, repository, round_id, this)
    elif repository.resolve(f"refs/tags/{tag}") is None:
        message = _("round {round} is closed, but its tag {tag} is not here")
        hint = tag_hint(repository, round_id)
        raise UsageError(message.format(round=round_id, tag=tag), hint)
    elif layout.CONFIG in changed_files(here):
        message = _("{file} is not committed").format(file=layout.CONFIG)
        raise UsageError(message, f"assess commit && {again}")


def _refuse_open(here: Workspace, repository: Repository, round_id: str, this: Round) -> None:
    _ = translator(here.lang)
    if not is_reopened(this):
        message = _("round {round} is open: its answers count already")
        raise UsageError(message.format(round=round_id), f"assess fill --round {round_id}")
    earlier = reopening_since(repository, round_id, this)
    if earlier is not None:
        message = _("round {round} was reopened already, on {day} by {who}: {reason}")
        words = {"day": earlier.at.date().isoformat(), "who": earlier.by, "reason": earlier.reason}
        raise UsageError(message.format(round=round_id, **words), f"assess round close {round_id}")


def _commit(here: Workspace, round_id: str, why: str, environ: Mapping[str, str] | None) -> str:
    _ = translator(here.config().language)
    head = _("Reopen round {round}: {reason}").format(round=round_id, reason=why)
    message = f"{head}\n\n{ROUND_MARK}: {round_id}\n{REASON_MARK}: {why}\n"
    try:
        if layout.CONFIG not in changed_files(here):  # opened in an editor and committed so
            return commit_nothing(here.root, message, lang=here.lang, environ=environ)
        return commit_files(here.root, [layout.CONFIG], message, lang=here.lang, environ=environ)
    except GitError as error:
        raise refused(error, here) from error


def reopened_text(here: Workspace, round_id: str, this: Round) -> str:
    """Return that a round is open again: how it was closed before, when, by whom and why."""
    _ = translator(here.lang)
    closed = closing_words(tag_of(round_id, this), here.lang)
    earlier = reopening_since(open_repository(here.root, here.lang), round_id, this)
    if earlier is None:
        text = _("round {round} was {closed} and is open again; why: {command}")
        command = f"assess round reopen {round_id} --reason WHY"
        return text.format(round=round_id, closed=closed, command=command)
    text = _("round {round} was {closed}; reopened on {day} by {who}: {reason}")
    return text.format(
        round=round_id,
        closed=closed,
        day=earlier.at.date().isoformat(),
        who=earlier.by,
        reason=earlier.reason,
    )
