"""A commit in a folder of its own: written by plumbing, so that no filter or hook has a say.

The folder is a working tree of a small repository that borrows the objects and knows the same
branches and tags; git's settings of the other repository are not taken over.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.files import MAX_FILE
from assess.store.git.run.commits import Objects, git_path
from assess.store.git.run.plumbing import Blob, GitError, Repository, run

MAX_PICTURE: Final = 20 * 1024 * 1024
"""Bytes of a piece of evidence; larger ones are left out, as reports leave them out."""

MAX_TOTAL: Final = 1024 * 1024 * 1024
_PICTURES: Final = (".png", ".jpg", ".jpeg")
_FILES: Final = ("100644", "100755")


def reachable(repository: Repository, commit: str) -> bool:
    """Return whether a branch, a tag or HEAD leads to the commit."""
    words = ["for-each-ref", "--count=1", "--format=%(refname)", f"--contains={commit}"]
    if run(repository.root, words, check=False).stdout.strip():
        return True
    words = ["merge-base", "--is-ancestor", commit, "HEAD"]
    return not run(repository.root, words, check=False).returncode


def check_out(repository: Repository, commit: str, folder: Path, lang: Lang) -> Path:
    """Write what a report of the commit needs into the empty `folder`; return the workspace's root.

    Evidence that is no picture is left out, and so are links.

    Raises:
        UsageError: the commit holds more than a gigabyte, or paths that lead out of it.
        GitError: an object is missing or damaged.
    """
    _borrow(repository, commit, folder)
    root = folder / repository.prefix
    left = MAX_TOTAL
    with Objects(repository) as objects:
        for path, blob in repository.tree(commit, layout.INPUTS).items():
            size = objects.size(blob.oid) if _wanted(blob) else None
            if size is None or size > (MAX_PICTURE if _is_evidence(path) else MAX_FILE):
                continue
            left -= size
            if left < 0 or not _inside(path):
                _ = translator(lang)
                message = _("commit {commit} can't be laid out: {path}")
                raise UsageError(message.format(commit=commit[:10], path=path))
            _write(root / path, objects.read(blob.oid))
    return root


def _borrow(repository: Repository, commit: str, folder: Path) -> None:
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    run(folder, ["init", "-q", "--template=", f"--object-format={form}", "."])
    git = folder / ".git"
    objects = git_path(repository.root, "objects").resolve()
    (git / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (git / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")
    words = ["for-each-ref", "--format=%(objectname) %(refname)"]
    refs = run(repository.root, words).stdout.decode("utf-8", "surrogateescape")
    (git / "packed-refs").write_text(refs, "utf-8", "surrogateescape")
    (git / "HEAD").write_text(f"{commit}\n", "ascii")
    shallow = git_path(repository.root, "shallow")
    if shallow.is_file():
        (git / "shallow").write_bytes(shallow.read_bytes())


def _wanted(blob: Blob) -> bool:
    if blob.mode not in _FILES:
        return False
    shown = not _is_evidence(blob.path) or blob.path.lower().endswith(_PICTURES)
    return shown or blob.path == layout.REGISTER


def _is_evidence(path: str) -> bool:
    return path.startswith("evidence/") and path != layout.REGISTER


def _inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not PurePosixPath(path).is_absolute() and not {"..", ".git", "."} & set(parts)


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        raise GitError(f"object of {path.name} is missing", "git fsck")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


_SIGNATURE = re.compile(rb"^gpgsig(-sha256)? ", re.MULTILINE)


def signature(repository: Repository, commit: str) -> tuple[bool, str] | None:
    """Return whether a commit's signature holds, and what was found; None where it has none.

    The programs are those on the user's path, and the list of allowed signers is the user's own:
    what the repository's settings name is not run and not believed.
    """
    raw = run(repository.root, ["cat-file", "commit", commit]).stdout.partition(b"\n\n")[0]
    if not _SIGNATURE.search(raw):
        return None
    words = ["config", "--global", "--type=path", "gpg.ssh.allowedSignersFile"]
    asked = run(repository.root, words, check=False).stdout.decode("utf-8", "surrogateescape")
    options = ["gpg.program=gpg", "gpg.ssh.program=ssh-keygen", "gpg.x509.program=gpgsm"]
    options += ["core.fsmonitor=false", f"gpg.ssh.allowedSignersFile={asked.strip()}"]
    done = run(repository.root, ["verify-commit", commit], check=False, options=options)
    said = done.stderr.decode("utf-8", "replace").strip()
    return not done.returncode, said
