"""What a push brings, laid out in a folder of our own: for a server that checks before it takes.

Git keeps the objects of a push apart until the hook has said yes. The folder is a repository that
borrows objects from both places, so that closed rounds can be read at their tags. Nothing of the
pushed commit is trusted: no checkout, no filter, no link, no path that leads out, no more bytes
than a limit.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import Objects
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.git.state.repository_state import shown

LIMIT: Final = 1024**3
"""Bytes of a workspace that are laid out at most: a small push may unpack to anything."""

_HEADS: Final = "refs/heads/"
_TAGS: Final = "refs/tags/"


class Arrived(NamedTuple):
    """A commit laid out: the folder, and where in it workspaces are ('' or ending in '/')."""

    root: Path
    tops: tuple[str, ...]


class Update(NamedTuple):
    """A line of what a push wants: the ref, and the commit it is to be at; None: to be removed."""

    ref: str
    new: str | None

    @property
    def branch(self) -> bool:
        """Whether files arrive on a branch."""
        return self.ref.startswith(_HEADS) and self.new is not None


def updates(lines: Iterable[str], lang: Lang) -> list[Update]:
    """Read what git gives a pre-receive hook: a line an update, OLD NEW REF.

    Raises:
        UsageError: a line is none of these.
    """
    found = []
    for line in lines:
        words = line.split()
        if len(words) != len(("old", "new", "ref")):
            _ = translator(lang)
            raise UsageError(_("git gives a line OLD NEW REF for each update"), "hooks/pre-receive")
        found.append(Update(words[2], words[1] if words[1].strip("0") else None))
    return found


@contextmanager
def laid_out(
    server: Path, commit: str, tags: Iterable[Update], environ: Mapping[str, str], lang: Lang
) -> Iterator[Arrived]:
    """Give the workspaces of a commit as folders, for a while.

    Raises:
        UsageError: a file's name or kind, or the size of all, is not taken.
        GitError: the commit can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        root = Path(name).resolve()
        _borrow(root, server, commit, environ)
        _refs(root, server, commit, tags)
        tree = Repository(root, "").tree(commit)
        tops = sorted(
            path.removesuffix(layout.CONFIG)
            for path in tree
            if PurePosixPath(path).name == layout.CONFIG
        )
        _write(root, [one for one in tree.values() if _is_input(one.path, tops)], lang)
        yield Arrived(root, tuple(tops))


def _is_input(path: str, tops: Iterable[str]) -> bool:
    inner = (path.removeprefix(top) for top in tops if path.startswith(top))
    return any(one.split("/")[0] in layout.INPUTS for one in inner)


def _borrow(root: Path, server: Path, commit: str, environ: Mapping[str, str]) -> None:
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    git.run(root, ["init", "-q", "--template=", f"--object-format={form}", "."])
    kept = git.run(server, ["rev-parse", "--git-path", "objects"]).stdout.removesuffix(b"\n")
    known = [os.fsdecode(kept), environ.get("GIT_OBJECT_DIRECTORY", "")]
    folders = dict.fromkeys(os.path.abspath(server / one) for one in known if one)  # noqa: PTH100  # git wants no link resolved
    (root / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (root / ".git" / "objects" / "info" / "alternates").write_bytes(
        b"".join(os.fsencode(one) + b"\n" for one in folders)
    )


def _refs(root: Path, server: Path, commit: str, tags: Iterable[Update]) -> None:
    form = "--format=%(refname) %(objectname)"
    listed = git.run(server, ["for-each-ref", form, _TAGS]).stdout.decode("utf-8")
    refs = dict(line.rsplit(" ", 1) for line in listed.splitlines())
    refs |= {one.ref: one.new for one in tags if one.ref.startswith(_TAGS) and one.new}
    lines = [f"create {name} {oid}\n" for name, oid in refs.items()]
    git.run(
        root, ["update-ref", "--stdin"], data="".join([*lines, f"create HEAD {commit}\n"]).encode()
    )


def _write(root: Path, blobs: Iterable[Blob], lang: Lang) -> None:
    left = LIMIT
    with Objects(Repository(root, "")) as objects:
        for one in blobs:
            _refuse_strange(one, lang)
            left -= objects.size(one.oid) or 0
            if left < 0:
                _ = translator(lang)
                message = _("the pushed files are larger than {limit} MiB")
                raise UsageError(message.format(limit=LIMIT // 1024**2), one.path)
            path = root / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(objects.read(one.oid) or b"")


def _refuse_strange(one: Blob, lang: Lang) -> None:
    """Refuse links, repositories inside, and names that lead out of the folder or into `.git`."""
    _ = translator(lang)
    parts = one.path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise UsageError(_("{path} is no name for a file").format(path=shown(one.path)), "git fsck")
    if not one.mode.startswith("100"):
        message = _("{path} is a link or a repository inside, not a file")
        hint = f"git rm --cached -- {typed(one.path)}"
        raise UsageError(message.format(path=shown(one.path)), hint)
