"""The signature of a commit, held against the commit's own bytes."""

from __future__ import annotations

import re
import tempfile
import zlib
from pathlib import Path
from typing import Final

from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.plumbing import Repository, run_git
from assess.store.git.trust.signing_settings import list_signature_checking_options

_SIGNATURE: Final = re.compile(rb"^gpgsig(-sha256)? ", re.MULTILINE)


def verify_commit_signature(repository: Repository, commit: str) -> tuple[bool, str] | None:
    """Return whether a commit's signature is valid, with git's output; None without a signature.

    The programs are those on the user's path. The lists of allowed signers and of revoked keys, and
    the least trust, are those of the user or the machine; the repository's settings are not used.
    Git looks at the checked bytes, in a repository that has nothing else: another process might
    find other bytes under the id.

    Raises:
        MisnamedObjectError: the commit is another one than its id says.
        UnreadableObjectError: the commit is missing.
    """
    with open_checked_objects(repository) as objects:
        data = objects.read_commit_bytes(commit)
    if not _SIGNATURE.search(data.partition(b"\n\n")[0]):
        return None
    settings = ["core.fsmonitor=false", *list_signature_checking_options(repository.root)]
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        git = _make_repository_of_commit(Path(name), commit, data)
        options = [f"--git-dir={git}", *settings]
        words = ["verify-commit", commit]
        done = run_git(repository.root, words, check=False, options=options)
    output = done.stderr.decode("utf-8", "replace").strip()
    return not done.returncode, output


def _make_repository_of_commit(folder: Path, commit: str, data: bytes) -> Path:
    """Make a repository that has only the object of a commit; return git's folder."""
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    run_git(folder, ["init", "-q", "--bare", "--template=", f"--object-format={form}", "."])
    path = folder / "objects" / commit[:2] / commit[2:]
    path.parent.mkdir(parents=True)
    path.write_bytes(zlib.compress(b"commit %d\0" % len(data) + data))
    return folder
