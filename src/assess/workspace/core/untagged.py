"""A round that was closed and committed, but whose tag is missing: which commit closed it.

So it is where `assess round close` was ended between its commit and its tag, and where somebody
committed by hand what it had written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from assess.engine.closings import first_tag
from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import shallow_edge
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode


def closing_commit(root: Path, round_id: str, tag: str, lang: Lang, *, signed_late: bool) -> str:
    """Return the commit in which a round became closed; its answers must stand as they did there.

    `signed_late`: a signed report is given, but the round was closed without one.

    Raises:
        UsageError: the tag is there already; `signed_late`; the commit is not there, or not known
            for certain; answers were changed since.
    """
    _ = translator(lang)
    repository = open_repository(root, lang)
    if repository.resolve(f"refs/tags/{tag}") is not None:
        message = _("round {round} is closed already").format(round=round_id)
        raise UsageError(message, f"assess report --round {round_id}")
    if signed_late:
        message = _("round {round} was closed without a signed report").format(round=round_id)
        raise UsageError(message, f"assess round close {round_id}")
    commit = _first_closed(repository, round_id, tag, lang)
    _refuse_changed(repository, commit, round_id, lang)
    return commit


def _first_closed(repository: Repository, round_id: str, tag: str, lang: Lang) -> str:
    _ = translator(lang)
    ways = _ways(repository)
    head = next(iter(ways), "")
    closed = _is_closed(repository, round_id, tag, lang)
    if not closed(head):
        message = _("round {round} is closed in {file}, but that is not committed")
        again = f"assess commit && assess round close {round_id}"
        raise UsageError(message.format(round=round_id, file=layout.CONFIG), again)
    first = [commit for commit in ways if closed(commit) and not any(map(closed, ways[commit]))]
    if len(first) != 1 or first[0] in shallow_edge(repository):
        message = _("round {round} is closed, and which commit closed it can't be told from here")
        raise UsageError(message.format(round=round_id), tag_hint(repository, round_id))
    return first[0]


def _ways(repository: Repository) -> dict[str, list[str]]:
    """Return the commits that changed assess.yaml, newest first, each with those before it."""
    words = ["rev-list", "--topo-order", "--parents", "HEAD", "--", layout.CONFIG]
    rows = git.run(repository.root, words).stdout.decode("ascii").splitlines()
    return {commit: parents for commit, *parents in map(str.split, rows)}


def _is_closed(
    repository: Repository, round_id: str, tag: str, lang: Lang
) -> Callable[[str], bool]:
    """Return what tells of a commit whether it has the round closed under this tag."""

    @cache
    def closed(commit: str) -> bool:
        blob = repository.tree(commit, [layout.CONFIG]).get(layout.CONFIG) if commit else None
        if blob is None:
            return False
        text = repository.read(blob.oid).decode("utf-8", "replace").replace("\r\n", "\n")
        config = decode(text, "config", layout.CONFIG, lang).value
        one = config.rounds.get(round_id) if config is not None else None
        return one is not None and one.state == "closed" and (one.tag or first_tag(round_id)) == tag

    return closed


def _refuse_changed(repository: Repository, commit: str, round_id: str, lang: Lang) -> None:
    folder = f"answers/{round_id}"
    blobs = repository.tree(commit, [folder])
    here = (repository.root / folder).glob("*.yaml")
    paths = {*blobs, *(path.relative_to(repository.root).as_posix() for path in here)}
    changed = repository.changed(sorted(paths), blobs)
    if changed:
        _ = translator(lang)
        message = _("{path} is not what it was when round {round} was closed")
        hint = f"git checkout {commit[:10]} -- {typed(changed[0])}"
        raise UsageError(message.format(path=changed[0], round=round_id), hint)


def tag_hint(repository: Repository, round_id: str) -> str:
    """Return what to type where the tag of a closed round is not here: fetch it, else set it."""
    close = f"assess round close {round_id}"
    if not git.run(repository.root, ["remote"]).stdout:
        return close
    shallow = " --unshallow" if shallow_edge(repository) else ""
    return f"git fetch --tags{shallow}; {close}"
