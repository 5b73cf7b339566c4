"""A newest commit that can't be read, as a power cut leaves it: what is told, and the way out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE, read_regular
from assess.store.git.run.commits import git_path
from assess.store.git.run.plumbing import BrokenHeadError, Repository, run

_LINE: Final = re.compile(r"[0-9a-f]{40,64} ([0-9a-f]{40,64}) ")
"""How a line of git's log of a branch begins: the commit before, and the one after."""

_REF: Final = "ref: "
"""How git's HEAD begins where it names a branch."""

_MOST_TRIED: Final = 20
"""Commits of the log that are tried."""


def explained_head(error: BrokenHeadError, root: Path, lang: Lang) -> BrokenHeadError:
    """Return the error in words, with the commands that go back to the last whole commit."""
    _ = translator(lang)
    message = _(
        "the newest commit can't be read ({commit}), as after a power cut;"
        " your files in the folder are not touched by this"
    )
    name = error.oid[:10] or _("its name is lost")
    whole = _last_whole(root)
    hint = (
        _way_back(root, whole) if whole else _("look: git fsck; else clone anew and take its .git")
    )
    better = BrokenHeadError(message.format(commit=name), hint, error.oid)
    better.said = error.said
    return better


def refuse_broken_head(root: Path, lang: Lang) -> None:
    """Refuse to say that something is not there where the newest commit can't be read.

    Raises:
        BrokenHeadError: it can't be read.
    """
    broken = broken_head(root)
    if broken is not None:
        raise explained_head(broken, root, lang)


def broken_head(root: Path) -> BrokenHeadError | None:
    """Return that the newest commit can't be read; None where it can, or where there is none."""
    repository = Repository.find(root)
    if repository is None:
        return None
    try:
        head = repository.head()
    except BrokenHeadError as error:
        return error
    if head is None or _is_whole(root, head):
        return None
    return BrokenHeadError("objects of the newest commit are missing or empty", oid=head)


def _branch(root: Path) -> str:
    """Return the branch that git's HEAD names; '' where it names none. Git gives no broken one."""
    try:
        data = read_regular(git_path(root, "HEAD"), MAX_FILE, 0)
    except OSError:
        return ""
    text = data.decode("utf-8", "surrogateescape").strip()
    return text.removeprefix(_REF) if text.startswith(_REF) else ""


def _last_whole(root: Path) -> str | None:
    """Return the newest commit of git's log whose files can all be read."""
    try:
        data = read_regular(git_path(root, "logs/HEAD"), MAX_FILE, 0)
    except OSError:
        return None
    found = (_LINE.match(line) for line in reversed(data.decode("utf-8", "replace").splitlines()))
    commits = list(dict.fromkeys(match[1] for match in found if match))
    return next((oid for oid in commits[:_MOST_TRIED] if _is_whole(root, oid)), None)


def _is_whole(root: Path, commit: str) -> bool:
    """Return whether all objects of a commit are there; git itself takes an empty file for one."""
    words = ["rev-list", "--objects", "--no-object-names", "--max-count=1", commit]
    done = run(root, words, check=False)
    objects = git_path(root, "objects")
    oids = done.stdout.decode("ascii").split()
    return not done.returncode and not any(_is_empty(objects / oid[:2] / oid[2:]) for oid in oids)


def _is_empty(path: Path) -> bool:
    return path.is_file() and not path.stat().st_size


def _way_back(root: Path, commit: str) -> str:
    """Return the commands that let the branch end in a commit again; no file is touched.

    The branch is written as a file: git itself writes none that it can't read, or that is locked.
    """
    objects, name = git_path(root, "objects"), git_path(root, _branch(root) or "HEAD")
    empty = f"find {typed(str(objects))} -type f -empty -delete"
    return f"{empty}; echo {commit} > {typed(str(name))}; git reset -q; assess commit"
