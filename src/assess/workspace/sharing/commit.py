"""Committing a workspace's own files: what is checked before, and the text from what changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.engine.history.message import message
from assess.engine.merge.settle import name_of
from assess.errors import FilesError, UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.problem import Problem
from assess.store import layout
from assess.store.file_types import merged_by_meaning
from assess.store.files import MAX_FILE, read_regular
from assess.store.folder_walk import walk_entries
from assess.store.git.commit.commit_files import NoIdentityError
from assess.store.git.commit.commit_files import commit as commit_files
from assess.store.git.commit.staged_list import follow_head
from assess.store.git.run.plumbing import Blob, GitError
from assess.store.git.setup import own_repository
from assess.store.git.state.refusals import explained
from assess.store.git.state.repository_state import open_repository, refuse_detached, shown
from assess.store.git.trust.boundary import refuse_outside
from assess.store.git.trust.trusted_programs import trust, trusted
from assess.store.sizes import file_bytes, refuse_vast
from assess.store.yaml.reading.positions import locate
from assess.store.yaml.reading.problem_words import check_characters
from assess.workspace.core import conflicts
from assess.workspace.core.unfinished_merge import refuse_unfinished
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import History
from assess.workspace.sharing.emptied_files import put_back

_TEXTS = (
    layout.CONFIG,
    "checklists",
    "answers",
    layout.REGISTER,
    "templates",
    ".gitattributes",
    ".gitignore",
)
"""Where markers are a merge's; a proof may hold whatever it holds."""

_MOST_NAMES = 5
"""Names in a message."""

_MARKERS = (b"<<<<<<< ", b">>>>>>> ")


class Committed(NamedTuple):
    """A commit that was made; `oid` None: nothing had changed."""

    oid: str | None
    message: str
    paths: tuple[str, ...]
    put_back: tuple[Problem, ...] = ()
    """Files that were empty and are as git has them again, as warnings."""


def commit(
    here: Workspace,
    *,
    today: date,
    said: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Committed:
    """Commit the workspace's own files, and only these, saying what changed unless `said` does.

    Raises:
        UsageError: there is no repository; a merge or rebase is in progress; no branch is checked
            out; a folder of the workspace holds a repository of its own.
        FilesError: conflicts stand in files; a file has line ends of Windows, or is too large.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused; nothing was committed.
    """
    with here.snapshot():
        return _commit(here, today, said, environ)


def _commit(
    here: Workspace, today: date, said: str | None, environ: Mapping[str, str] | None
) -> Committed:
    open_repository(here.root, here.lang)
    emptied = put_back(here)
    refuse_unfinished(here.root, here.lang)
    refuse_detached(here.root, here.lang)
    refuse_conflicts(here.root, here.lang)
    _refuse_nested(here.root, here.lang)
    with History(here, today) as history:
        changes = history.diff()
    text = said or message(changes, here.config().language)
    paths = changed_files(here)
    if not paths:
        _follow_head(here)
        return Committed(None, text, (), emptied)
    refuse_vast(here.root, paths, here.lang)
    _refuse_crlf(here, paths)
    parts = _parts(here.root, paths)
    before = _files_of_head(here)
    try:
        oid = commit_files(here.root, parts, text, lang=here.lang, environ=environ)
    except GitError as error:
        raise refused(error, here) from error
    _refuse_left_out(here, paths, before)
    return Committed(oid, text, tuple(paths), emptied)


def _follow_head(here: Workspace) -> None:
    """Let git's list of staged files follow the newest commit, where a git that died left it."""
    refuse_outside(here.root, here.lang)
    try:
        follow_head(here.root, layout.OWN)
    except GitError as error:
        raise refused(error, here) from error


def _refuse_left_out(here: Workspace, paths: Sequence[str], before: Mapping[str, Blob]) -> None:
    """Refuse to call files committed of which git kept what it had before.

    Raises:
        GitError: names them, with the command that shows why.
    """
    after = _files_of_head(here)
    same = [path for path in paths if before.get(path) == after.get(path)]
    left = open_repository(here.root, here.lang).changed(same, after)
    if left:
        _ = translator(here.lang)
        message = _("git did not take what changed in these files: {names}")
        names = [typed(shown(path)) for path in left]
        text = ", ".join(names[:_MOST_NAMES]) + ("…" if names[_MOST_NAMES:] else "")
        raise GitError(message.format(names=text), f"git check-attr -a -- {names[0]}")


def _refuse_crlf(here: Workspace, paths: Iterable[str]) -> None:
    """Refuse line ends of Windows, as all other commands do: git would keep other bytes than these.

    Raises:
        FilesError: names the files, with the command that mends each.
    """
    problems = []
    for path in filter(merged_by_meaning, paths):
        with contextlib.suppress(OSError):
            data = read_regular(here.root / path, MAX_FILE, os.O_NOFOLLOW)
            found = check_characters(data.decode("utf-8", "replace"), path, here.lang)
            problems += [one for one in found if one.code == "crlf"]
    if problems:
        _ = translator(here.lang)
        raise FilesError(_("files can't be read; nothing was committed"), problems)


def changed_files(here: Workspace) -> list[str]:
    """Return the workspace's own files that differ from the last commit, by path, sorted.

    Files of the folder are compared by their content; nothing is asked of git's index.
    """
    repository = open_repository(here.root, here.lang)
    blobs = _files_of_head(here)
    files = set(layout.files_of(here.root, here.lang, layout.OWN))
    return repository.changed(sorted(files | set(blobs)), blobs)


def _files_of_head(here: Workspace) -> dict[str, Blob]:
    """Return the workspace's own files as the last commit has them; nothing before the first."""
    repository = open_repository(here.root, here.lang)
    head = repository.head()
    tree = repository.tree(head, layout.OWN) if head is not None else {}
    return {path: blob for path, blob in tree.items() if blob.mode.startswith("100")}


def refused(error: GitError, here: Workspace, then: str = "") -> GitError:
    """Return git's refusal in words; that of a hook in its own, with what is so afterwards."""
    better = explained(error, here.root, here.lang)
    if better is not error:
        return better
    _ = translator(here.lang)
    said = _("git or a hook refused: {reason}").format(reason=error.message)
    return GitError(said, then or _("nothing was committed; the files are as they were saved"))


def refuse_conflicts(root: Path, lang: Lang, only: Collection[str] | None = None) -> None:
    """Refuse files in which a merge left something undecided; all, or those of these paths.

    Raises:
        FilesError: conflicts or conflict markers stand in files; with the place of each.
    """
    _ = translator(lang)
    marked = marker_problems(root, layout.files_of(root, lang, _TEXTS), lang)
    problems = [one for one in marked if only is None or one.file in only]
    standing = [] if problems else conflicts.conflicts(root, lang)
    for file, conflict in standing:
        if only is not None and file not in only:
            continue
        place = ".".join(map(str, conflict.path)) or file
        said = _("both sides changed {field} of {place}").format(
            field=conflict.row.field, place=place
        )
        path = (*conflict.path, "conflict")
        name = " ".join(map(typed, (file, *name_of(conflict))))
        hint = f"assess settle {name} --ours|--theirs; assess fill"
        found = Problem(file, "conflict", said, hint, path=path)
        problems += locate((root / file).read_text("utf-8"), [found])
    if problems:
        raise FilesError(_("conflicts must be settled first (assess lint)"), problems)


def marker_problems(root: Path, paths: Iterable[str], lang: Lang) -> list[Problem]:
    """Return where the markers of a line-by-line merge stand in files."""
    _ = translator(lang)
    said, hint = _("an unresolved merge: markers stand here"), _("decide, and remove the markers")
    problems = []
    for path in paths:
        if file_bytes(root / path) > MAX_FILE:
            continue  # no text that git merged; `refuse_vast` names it where it is in the way
        lines = read_regular(root / path, MAX_FILE, os.O_NOFOLLOW).split(b"\n")
        at = [number for number, line in enumerate(lines, 1) if line.startswith(_MARKERS)]
        problems += [
            Problem(shown(path), "merge-marker", said, hint, line=number, column=1) for number in at
        ]
    return problems


def _refuse_nested(root: Path, lang: Lang) -> None:
    """Refuse repositories inside: git would commit a pointer to them and none of their files."""
    for part in layout.OWN:
        entries = walk_entries(root, part, lang) if (root / part).is_dir() else ()
        for inner in (entry for entry in entries if entry.path.endswith("/.git")):
            _ = translator(lang)
            name = inner.path.removesuffix("/.git")
            raise UsageError(
                _("{path} is a git repository of its own; its files would be lost").format(
                    path=shown(name)
                ),
                f"mv {typed(f'{name}/.git')} {typed(f'{name}.git-backup')}",
            )


def _parts(root: Path, paths: Sequence[str]) -> list[str]:
    """Return the parts of the workspace to commit: those that are there, or were."""
    there = [part for part in layout.OWN if (root / part).exists()]
    gone = {part for part in layout.OWN for path in paths if path.split("/")[0] == part}
    return [*there, *sorted(gone - set(there))]


def needs_trust(here: Workspace) -> list[str]:
    """Return the hooks and settings that stay off until the user trusts them; else nothing."""
    open_repository(here.root, here.lang)
    return [] if trusted(here.root) else own_repository.programs(here.root)


def trust_here(here: Workspace) -> None:
    """Remember that this user trusts the repository's hooks and settings as they are now.

    Raises:
        WriteError: git would write outside of the workspace's folder.
    """
    refuse_outside(here.root, here.lang)
    trust(here.root, here.lang)


def address_of(config: Config, person_id: str | None) -> str:
    """Return the address a person commits with: their own, else one made up of their id.

    Git wants one, and machines without a network have none; `.invalid` is nobody's (RFC 2606).
    """
    person = config.people.get(person_id or "")
    if person is not None and person.emails:
        return person.emails[0]
    return f"{person_id or 'filler'}@{config.organization.id}.invalid"


def identify(here: Workspace, name: str, email: str) -> None:
    """Write who commits into the repository's settings.

    Raises:
        UsageError: the name or the address is none.
        GitError, WriteError: the settings can't be written; git would write outside of the
            workspace's folder.
    """
    _ = translator(here.lang)
    if not name.strip() or "@" not in email or set(name + email) & set("<>\n"):
        message = _("a name and an e-mail address are needed")
        raise UsageError(message, 'git config user.name "…"; git config user.email "…"')
    try:
        own_repository.set_identity(here.root, name.strip(), email.strip(), here.lang)
    except GitError as error:
        raise explained(error, here.root, here.lang) from error


def identity_known(here: Workspace) -> bool:
    """Return whether git knows who commits here."""
    return own_repository.has_identity(here.root)


__all__ = ["Committed", "NoIdentityError", "commit"]
