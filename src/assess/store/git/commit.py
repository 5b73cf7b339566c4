"""Committing the workspace's own files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.store.git import plumbing as git
from assess.store.git.attributes import refuse_strange
from assess.store.git.boundary import refuse_links, refuse_outside
from assess.store.git.broken_head import refuse_broken_head
from assess.store.git.draft_index import FROM_INPUT, draft_index, listed, write_objects
from assess.store.git.own_git import has_identity
from assess.store.git.trust import settings, trust
from assess.store.git.writing import flush_repository, write


class NoIdentityError(AssessError):
    """Git does not know who commits."""


def start_repository(root: Path, lang: Lang = "zh") -> None:
    """Make `root` a repository of its own, if it is none yet, and trust it.

    One whose making was ended half way is made to the end; whether it is trusted stays as it was.

    Raises:
        WriteError: links in one that was half made lead out of it.
    """
    made = not os.path.lexists(root / ".git")
    if half_made := _half_made(root / ".git"):
        refuse_links({(root / ".git").resolve()}, lang)
    if made or half_made:
        write(root, ["init", "-q", "-b", "main"])
    if made:
        trust(root, lang)


def _half_made(folder: Path) -> bool:
    """Return whether `git init` was ended before it had written all that makes a repository."""
    parts = ("HEAD", "config", "objects", "refs")
    if folder.is_symlink() or os.path.lexists(folder / "commondir"):
        return False
    return folder.is_dir() and not all((folder / part).exists() for part in parts)


def refuse_nobody(root: Path, lang: Lang, environ: Mapping[str, str] | None = None) -> None:
    """Refuse to commit in nobody's name.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
    """
    if not has_identity(root, environ):
        _ = translator(lang)
        raise NoIdentityError(_("git does not know who commits"), "assess commit --as PERSON")


def commit(
    root: Path,
    paths: Sequence[str],
    message: str,
    *,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
) -> str:
    """Commit `paths` as they are on disk, leaving other staged work alone; return the commit id.

    Where nothing changed there is no new commit, and the last one's id is returned. Where git
    refuses, or is ended, all that is staged stays as it was.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        WriteError: git would write outside of the workspace's folder; a link, folder or pipe
            stands where git reads attributes; the disk is full.
        UnconfirmedError: the disk did not confirm what was written.
        GitError: git or a hook refused.
    """
    refuse_outside(root, lang)
    refuse_strange(root, lang)
    options = settings(root)
    refuse_nobody(root, lang, environ)
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    with draft_index(root, lang) as draft:
        staging = literal | draft.environ()
        write_objects(root, paths, options=options, environ=staging, lang=lang)
        changed = _staged(root, paths, staging)
        if changed:
            draft.write_paths(changed, lang)
            words = ["commit", "-q", "--only", "-F", "-", f"--pathspec-from-file={draft.paths}"]
            write(
                root,
                [*words, "--pathspec-file-nul"],
                options=(*options, *_NO_CLEANING),
                environ=staging,
                data=os.fsencode(message),
            )
    if changed:
        _unstage(root, paths, options, literal)
        flush_repository(root, lang)
    return git.run(root, ["rev-parse", "HEAD"]).stdout.decode("ascii").strip()


def commit_nothing(
    root: Path, message: str, *, lang: Lang, environ: Mapping[str, str] | None = None
) -> str:
    """Make a commit that changes no file, for what its message says; return its id.

    What is staged stays staged.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        WriteError: git would write outside of the workspace's folder; a link, folder or pipe
            stands where git reads attributes.
        UnconfirmedError: the disk did not confirm what was written.
        GitError: git or a hook refused; the newest commit can't be read.
    """
    refuse_outside(root, lang)
    refuse_broken_head(root, lang)
    refuse_strange(root, lang)
    refuse_nobody(root, lang, environ)
    words = ["commit", "-q", "--only", "--allow-empty", "-F", "-"]
    data = os.fsencode(message)
    write(root, words, options=settings(root), environ=environ, data=data)
    flush_repository(root, lang)
    return git.run(root, ["rev-parse", "HEAD"]).stdout.decode("ascii").strip()


_NO_CLEANING = ("gc.auto=0", "maintenance.auto=false")
"""Cleaning keeps what is staged: it must not take the draft for all that is."""


def _staged(root: Path, paths: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return the files below `paths` that are staged otherwise than in the last commit."""
    words = ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative"]
    out = git.run(root, words, environ=environ).stdout
    names = [os.fsdecode(name) for name in out.split(b"\0") if name]
    wanted = set(paths)
    return [name for name in names if wanted & {name, *map(str, PurePosixPath(name).parents)}]


def _unstage(
    root: Path, paths: Sequence[str], options: Sequence[str], environ: Mapping[str, str]
) -> None:
    """Let git's list of staged files say of `paths` what was committed, and let git clean up.

    Where another git holds the list it stays as it is until the next commit; nothing is lost.
    """
    words = ["reset", "-q", *FROM_INPUT]
    write(root, words, check=False, options=options, environ=environ, data=listed(paths))
    write(root, ["gc", "--auto", "-q"], check=False, options=options)
