"""The files of a push in a temporary folder, for a server that checks a push before it accepts it.

Git stores the objects of a push apart until the hook accepts it. The folder is a repository that
uses the objects of both places, so that closed rounds can be read at their tags. The pushed commit
is not trusted: files are written without checkout, filters, links and paths that lead out, up to a
limit of bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_undecodable_path_bytes, quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commits import ObjectReader
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.run.plumbing import Blob, Repository

LIMIT: Final = 1024**3
"""Bytes of the files that are written: a small push may unpack to any size."""

MOST_WORKSPACES: Final = 50
MOST_YAML_FILES: Final = 3000
MOST_FILES: Final = 50_000
"""What is checked of a commit: a push of a kilobyte may name one object in 100,000 folders."""

_HEADS: Final = "refs/heads/"
_TAGS: Final = "refs/tags/"


class LaidOutCommit(NamedTuple):
    """A commit's files in a folder, with the paths of workspaces in it ('' or ending in '/')."""

    root: Path
    tops: tuple[str, ...]


class RefUpdate(NamedTuple):
    """A change of a ref by a push: the ref and its new commit; None removes the ref."""

    ref: str
    new: str | None

    @property
    def sets_branch(self) -> bool:
        """Whether the push sets a branch to a commit."""
        return self.ref.startswith(_HEADS) and self.new is not None


def parse_ref_updates(lines: Iterable[str], lang: Lang) -> list[RefUpdate]:
    """Parse the input of a pre-receive hook: a line OLD NEW REF for each ref.

    Raises:
        UsageError: a line has another form.
    """
    ref_updates = []
    for line in lines:
        words = line.split()
        if len(words) != len(("old", "new", "ref")):
            _ = translator(lang)
            raise UsageError(_("git gives a line OLD NEW REF for each update"), "hooks/pre-receive")
        ref_updates.append(RefUpdate(words[2], words[1] if words[1].strip("0") else None))
    return ref_updates


@contextmanager
def check_out_pushed_commit(
    server: Path, commit: str, tags: Iterable[RefUpdate], environ: Mapping[str, str], lang: Lang
) -> Iterator[LaidOutCommit]:
    """Yield the workspaces of a commit as folders, which are removed afterwards.

    Raises:
        UsageError: the name or mode of a file is refused, or the files are too large or too many.
        GitError: the commit can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        root = Path(name).resolve()
        _make_repository_with_borrowed_objects(root, server, commit, environ)
        _write_tag_refs_and_head(root, server, commit, tags)
        tree = Repository(root, "").list_files(commit)
        tops = sorted(
            path.removesuffix(locations.CONFIG)
            for path in tree
            if path.rpartition("/")[2] == locations.CONFIG
        )
        _ = translator(lang)
        _refuse_too_many(_("workspaces"), len(tops), MOST_WORKSPACES, lang)
        inside = [blob for blob in tree.values() if blob.path.startswith(tuple(tops))]
        for blob in inside:
            _refuse_link_or_repository(blob, lang)
        blobs = [blob for blob in inside if _is_workspace_input(blob.path, tops)]
        yaml_files = sum(blob.path.endswith(".yaml") for blob in blobs)
        _refuse_too_many(_("YAML files"), yaml_files, MOST_YAML_FILES, lang)
        _refuse_too_many(_("files"), len(blobs), MOST_FILES, lang)
        _write_checked_blob_files(root, blobs, lang)
        yield LaidOutCommit(root, tuple(tops))


def refuse_ambiguous_pushed_commits(
    server: Path, updates: Iterable[RefUpdate], environ: Mapping[str, str]
) -> None:
    """Refuse a push with a commit, new to the server, that git reads in two ways.

    With one in its history nothing that follows could be proved any more.

    Raises:
        AmbiguousCommitError: there is such a commit; names it.
        GitError: a commit can't be read.
    """
    pushed = [update.new for update in updates if update.new]
    apart = {name: environ[name] for name in _OBJECT_FOLDERS if name in environ}
    data = "".join(f"{oid}\n" for oid in pushed).encode("ascii")
    words = ["rev-list", "--stdin", "--not", "--all"]
    new = git.run_git(server, words, environ=apart, data=data).stdout.decode("ascii").split()
    if not new:
        return
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        root = Path(name).resolve()
        _make_repository_with_borrowed_objects(root, server, new[0], environ)
        with open_checked_objects(Repository(root, "")) as objects:
            for oid in new:
                objects.read_commit(oid)


_OBJECT_FOLDERS: Final = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
"""Variables by which git tells a hook where the objects of the push are."""


def _refuse_too_many(what: str, count: int, most: int, lang: Lang) -> None:
    """Refuse a commit with more of something than a server checks in a reasonable time.

    Raises:
        UsageError: names what there is too much of.
    """
    if count > most:
        _ = translator(lang)
        message = _("a pushed commit has more than {most} {what}, too many to be checked")
        hint = _("look at it: {command}").format(command="git show --stat HEAD")
        raise UsageError(message.format(most=most, what=what), hint)


def _is_workspace_input(path: str, tops: Iterable[str]) -> bool:
    inner = (path.removeprefix(top) for top in tops if path.startswith(top))
    return any(relative.split("/")[0] in locations.INPUTS for relative in inner)


def _make_repository_with_borrowed_objects(
    root: Path, server: Path, commit: str, environ: Mapping[str, str]
) -> None:
    form = "sha256" if len(commit) == 64 else "sha1"  # noqa: PLR2004  # hex digits of SHA-256
    git.run_git(root, ["init", "-q", "--template=", f"--object-format={form}", "."])
    objects = git.run_git(server, ["rev-parse", "--git-path", "objects"]).stdout.removesuffix(b"\n")
    known = [os.fsdecode(objects), environ.get("GIT_OBJECT_DIRECTORY", "")]
    folders = dict.fromkeys(os.path.abspath(server / folder) for folder in known if folder)  # noqa: PTH100  # git wants no link resolved
    (root / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (root / ".git" / "objects" / "info" / "alternates").write_bytes(
        b"".join(os.fsencode(folder) + b"\n" for folder in folders)
    )


def _write_tag_refs_and_head(
    root: Path, server: Path, commit: str, tags: Iterable[RefUpdate]
) -> None:
    form = "--format=%(refname) %(objectname)"
    listed = git.run_git(server, ["for-each-ref", form, _TAGS]).stdout
    refs = dict(line.rsplit(" ", 1) for line in list_output_lines(listed))
    refs |= {
        update.ref: update.new for update in tags if update.ref.startswith(_TAGS) and update.new
    }
    lines = [f"create {name} {oid}\n" for name, oid in refs.items()]
    data = os.fsencode("".join([*lines, f"create HEAD {commit}\n"]))
    git.run_git(root, ["update-ref", "--stdin"], data=data)


def _write_checked_blob_files(root: Path, blobs: Iterable[Blob], lang: Lang) -> None:
    left = LIMIT
    with ObjectReader(Repository(root, "")) as objects:
        for blob in blobs:
            _refuse_unsafe_name(blob, lang)
            left -= objects.object_size(blob.oid) or 0
            if left < 0:
                _ = translator(lang)
                message = _("the pushed files are larger than {limit} MiB")
                raise UsageError(message.format(limit=LIMIT // 1024**2), blob.path)
            data = objects.find_blob_within_limit(blob.oid)
            if data is None:
                _ = translator(lang)
                message = _("{path} is missing among what was pushed, or too large")
                raise UsageError(
                    message.format(path=escape_undecodable_path_bytes(blob.path)), "git fsck"
                )
            path = root / blob.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _refuse_unsafe_name(blob: Blob, lang: Lang) -> None:
    """Refuse names that lead out of the folder or into `.git`.

    Raises:
        UsageError: the file has such a name.
    """
    parts = blob.path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        _ = translator(lang)
        raise UsageError(
            _("{path} is no name for a file").format(path=escape_undecodable_path_bytes(blob.path)),
            "git fsck",
        )


def _refuse_link_or_repository(blob: Blob, lang: Lang) -> None:
    """Refuse links and submodules, wherever they stand in a workspace.

    Raises:
        UsageError: the file is one of these.
    """
    if not blob.mode.startswith("100"):
        _ = translator(lang)
        message = _("{path} is a link or a repository inside, not a file")
        hint = f"git rm --cached -- {quote_for_shell(blob.path)}"
        raise UsageError(message.format(path=escape_undecodable_path_bytes(blob.path)), hint)
