"""A checkout of a commit in a separate folder, by plumbing commands: no filter or hook runs.

The folder is the working tree of a small repository. It uses the objects of the other repository
and has the same branches and tags, but not its settings.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from assess import locations
from assess.errors import DamagedError, UsageError
from assess.harmless import escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.git.run.batch import list_checked_files, open_checked_objects
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.plumbing import Blob, Repository, UnreadableObjectError, run_git

MAX_PICTURE: Final = 20 * 1024 * 1024
"""Bytes of a picture; larger ones are left out, because reports leave them out."""

MAX_TOTAL: Final = 1024 * 1024 * 1024
_PICTURES: Final = (".png", ".jpg", ".jpeg")
_FILES: Final = ("100644", "100755")


def check_out_report_inputs(repository: Repository, commit: str, folder: Path, lang: Lang) -> Path:
    """Write the inputs of a commit's report to the empty `folder`; return the workspace's root.

    Links, and evidence that is no picture, are left out.

    Raises:
        UsageError: the files have more than a gigabyte, or a path leads out of the folder.
        DamagedError: an object is missing or damaged.
        GitError: the commit can't be read.
    """
    _make_repository_borrowing_objects_and_refs(repository, commit, folder)
    root = folder / repository.prefix
    left = MAX_TOTAL
    with open_checked_objects(repository) as objects:
        for path, blob in list_checked_files(repository, commit, locations.INPUTS).items():
            if not _is_blob_to_check_out(blob):
                continue
            try:
                data = objects.read_blob_within_limit(
                    blob.oid, MAX_PICTURE if _is_evidence(path) else MAX_FILE
                )
            except UnreadableObjectError as error:
                raise _make_missing_object_error(commit, blob, lang) from error
            if data is None:
                continue
            left -= len(data)
            if left < 0 or not stays_inside_folder(path):
                _ = translator(lang)
                message = _("commit {commit} can't be laid out: {path}")
                raise UsageError(message.format(commit=commit[:10], path=path))
            _write_blob_file(root / path, data)
    return root


def _make_repository_borrowing_objects_and_refs(
    repository: Repository, commit: str, folder: Path
) -> None:
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    run_git(folder, ["init", "-q", "--template=", f"--object-format={form}", "."])
    git = folder / ".git"
    objects = find_path_in_git_folder(repository.root, "objects").resolve()
    (git / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (git / "objects" / "info" / "alternates").write_text(
        f"{_quote_alternate(str(objects))}\n", "utf-8", "surrogateescape"
    )
    words = ["for-each-ref", "--format=%(objectname) %(refname)"]
    refs = run_git(repository.root, words).stdout.decode("utf-8", "surrogateescape")
    (git / "packed-refs").write_text(refs, "utf-8", "surrogateescape")
    (git / "HEAD").write_text(f"{commit}\n", "ascii")
    shallow = find_path_in_git_folder(repository.root, "shallow")
    if shallow.is_file():
        (git / "shallow").write_bytes(shallow.read_bytes())


def _quote_alternate(path: str) -> str:
    """Return a path for git's list of other folders with objects, one a line."""
    if "\n" not in path:
        return path
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _is_blob_to_check_out(blob: Blob) -> bool:
    if blob.mode not in _FILES:
        return False
    shown = not _is_evidence(blob.path) or blob.path.lower().endswith(_PICTURES)
    return shown or blob.path == locations.REGISTER


def _is_evidence(path: str) -> bool:
    return locations.is_evidence_file(path)


def stays_inside_folder(path: str) -> bool:
    """Return whether a path of a commit leads to a place below the folder that it is written to."""
    parts = PurePosixPath(path).parts
    return not PurePosixPath(path).is_absolute() and not {"..", ".git", "."} & set(parts)


def _make_missing_object_error(commit: str, blob: Blob, lang: Lang) -> DamagedError:
    """Return the error of a file whose object git does not have or can't read."""
    _ = translator(lang)
    message = _("commit {commit} can't be read whole: the object of {path} is missing or damaged")
    hint = _("which ones: git fsck; from the other side: git fetch --refetch")
    return DamagedError(
        message.format(commit=commit[:10], path=escape_non_utf8_path_bytes(blob.path)), hint
    )


def _write_blob_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
