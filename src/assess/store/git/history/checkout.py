"""A checkout of a commit in a separate folder, by plumbing commands: no filter or hook runs.

The folder is the working tree of a small repository. It uses the objects of the other repository
and has the same branches and tags, but not its settings.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

from assess import locations
from assess.errors import DamagedError, UsageError
from assess.harmless import printable_path
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.commits import ObjectReader, find_path_in_git_folder
from assess.store.git.run.plumbing import Blob, Repository, run_git
from assess.store.git.trust.signing_settings import list_signature_checking_options

MAX_PICTURE: Final = 20 * 1024 * 1024
"""Bytes of a picture; larger ones are left out, because reports leave them out."""

MAX_TOTAL: Final = 1024 * 1024 * 1024
_PICTURES: Final = (".png", ".jpg", ".jpeg")
_FILES: Final = ("100644", "100755")


def is_commit_reachable(repository: Repository, commit: str) -> bool:
    """Return whether a commit is reachable from a branch, a tag or HEAD."""
    words = ["for-each-ref", "--count=1", "--format=%(refname)", f"--contains={commit}"]
    if run_git(repository.root, words, check=False).stdout.strip():
        return True
    words = ["merge-base", "--is-ancestor", commit, "HEAD"]
    return not run_git(repository.root, words, check=False).returncode


def check_out_report_inputs(repository: Repository, commit: str, folder: Path, lang: Lang) -> Path:
    """Write the inputs of a commit's report to the empty `folder`; return the workspace's root.

    Links, and evidence that is no picture, are left out.

    Raises:
        UsageError: the files have more than a gigabyte, or a path leads out of the folder.
        DamagedError: an object is missing or damaged.
        GitError: the commit can't be read.
    """
    _make_repository_with_borrowed_objects(repository, commit, folder)
    root = folder / repository.prefix
    left = MAX_TOTAL
    with ObjectReader(repository) as objects:
        for path, blob in list_checked_files(repository, commit, locations.INPUTS).items():
            if not _is_blob_to_check_out(blob):
                continue
            size = objects.object_size(blob.oid)
            if size is None:
                raise _make_missing_object_error(commit, blob, lang)
            if size > (MAX_PICTURE if _is_evidence(path) else MAX_FILE):
                continue
            left -= size
            if left < 0 or not _stays_inside_folder(path):
                _ = translator(lang)
                message = _("commit {commit} can't be laid out: {path}")
                raise UsageError(message.format(commit=commit[:10], path=path))
            data = objects.read_blob(blob.oid)
            if data is None:
                raise _make_missing_object_error(commit, blob, lang)
            _write_blob_file(root / path, data)
    return root


def _make_repository_with_borrowed_objects(
    repository: Repository, commit: str, folder: Path
) -> None:
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    run_git(folder, ["init", "-q", "--template=", f"--object-format={form}", "."])
    git = folder / ".git"
    objects = find_path_in_git_folder(repository.root, "objects").resolve()
    (git / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (git / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")
    words = ["for-each-ref", "--format=%(objectname) %(refname)"]
    refs = run_git(repository.root, words).stdout.decode("utf-8", "surrogateescape")
    (git / "packed-refs").write_text(refs, "utf-8", "surrogateescape")
    (git / "HEAD").write_text(f"{commit}\n", "ascii")
    shallow = find_path_in_git_folder(repository.root, "shallow")
    if shallow.is_file():
        (git / "shallow").write_bytes(shallow.read_bytes())


def _is_blob_to_check_out(blob: Blob) -> bool:
    if blob.mode not in _FILES:
        return False
    shown = not _is_evidence(blob.path) or blob.path.lower().endswith(_PICTURES)
    return shown or blob.path == locations.REGISTER


def _is_evidence(path: str) -> bool:
    return locations.is_evidence_file(path)


def _stays_inside_folder(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not PurePosixPath(path).is_absolute() and not {"..", ".git", "."} & set(parts)


def _make_missing_object_error(commit: str, blob: Blob, lang: Lang) -> DamagedError:
    """Return the error of a file whose object git does not have or can't read."""
    _ = translator(lang)
    message = _("commit {commit} can't be read whole: the object of {path} is missing or damaged")
    hint = _("which ones: git fsck; from the other side: git fetch --refetch")
    return DamagedError(message.format(commit=commit[:10], path=printable_path(blob.path)), hint)


def _write_blob_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


_SIGNATURE = re.compile(rb"^gpgsig(-sha256)? ", re.MULTILINE)


def verify_commit_signature(repository: Repository, commit: str) -> tuple[bool, str] | None:
    """Return whether a commit's signature is valid, with git's output; None without a signature.

    The programs are those on the user's path. The lists of allowed signers and of revoked keys, and
    the least trust, are those of the user or the machine; the repository's settings are not used.
    """
    raw = run_git(repository.root, ["cat-file", "commit", commit]).stdout.partition(b"\n\n")[0]
    if not _SIGNATURE.search(raw):
        return None
    options = ["core.fsmonitor=false", *list_signature_checking_options(repository.root)]
    done = run_git(repository.root, ["verify-commit", commit], check=False, options=options)
    output = done.stderr.decode("utf-8", "replace").strip()
    return not done.returncode, output
