"""A checklist from another git repository, `git+URL//PATH[@TAG]`, without running its programs.

The commit is fetched to an empty bare repository, and the file is read from it. Nothing is checked
out, so no filter or hook runs. The settings of the other repository are not read here.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.plumbing import GitError, run_git
from assess.store.git.state.refusals import explain_git_error

MARK: Final = "git+"
_SCHEMES: Final = ("file", "https", "ssh")
_FORM: Final = "git+file:///srv/checklists.git//checklists/x.yaml@v2"
_USERS_OWN: Final = ("core.sshCommand=false", "core.askPass=")
"""Settings that the user's configuration may decide: the empty repository has none."""

MAX_TEMPLATES: Final = 200
"""The largest number of template files that come with a checklist."""

_TAG: Final = re.compile(r"(?!-)[^\s~^:?*\[\\\x00-\x1f\x7f]+")
_NUMBERS: Final = re.compile(r"\d+")


class GitPlace(NamedTuple):
    """The place of a checklist: address of the repository, path in it, and tag (None: HEAD)."""

    git: str
    path: str
    tag: str | None = None

    def __str__(self) -> str:
        """Return the place in the form `git+URL//PATH[@TAG]`."""
        return f"{MARK}{self.git}//{self.path}" + (f"@{self.tag}" if self.tag else "")


def parse_git_source(source: str, lang: Lang) -> GitPlace:
    """Return the place that `git+URL//PATH[@TAG]` names.

    Raises:
        UsageError: the text has another form, or a scheme that is not supported.
    """
    scheme, _, rest = source.removeprefix(MARK).partition("://")
    repository, _, end = rest.rpartition("//")
    path, _, tag = end.rpartition("@") if "@" in end else (end, "", None)
    place = GitPlace(f"{scheme}://{repository}", path, tag)
    if scheme not in _SCHEMES or not repository.strip("/"):
        _raise_source_error(source, lang)
    return require_valid_place(place, lang)


def require_valid_place(place: GitPlace, lang: Lang) -> GitPlace:
    """Return the place if it is valid; it may come from a file.

    Raises:
        UsageError: address, path or tag is invalid.
    """
    path = PurePosixPath(place.path)
    fine = (
        place.git.startswith(tuple(f"{scheme}://" for scheme in _SCHEMES))
        and path.suffix == ".yaml"
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(sign in place.git + place.path for sign in "\0\n")
        and (place.tag is None or (_TAG.fullmatch(place.tag) and ".." not in place.tag))
    )
    if not fine:
        _raise_source_error(str(place), lang)
    return place


def _raise_source_error(source: str, lang: Lang) -> None:
    _ = translator(lang)
    raise UsageError(_("{source} names no file in a git repository").format(source=source), _FORM)


class FetchedChecklist(NamedTuple):
    """A checklist of another repository, with LF line ends, and its report templates."""

    data: bytes
    templates: dict[str, bytes]
    """By path below their folder."""


def fetch_checklist_and_templates(
    place: GitPlace, template_folder: str, lang: Lang
) -> FetchedChecklist:
    """Return the bytes of the checklist and of the files in `template_folder` of its commit.

    Raises:
        UsageError: the tag or the file does not exist, or files are too large or too many.
        GitError: the repository can't be reached or read.
    """
    _ = translator(lang)
    refs = _list_ids_of_head_and_tags(place, lang)
    wanted = "HEAD" if place.tag is None else f"refs/tags/{place.tag}"
    if wanted not in refs:
        known = ", ".join(_tags_sorted_by_numbers(refs)[-5:]) or "–"
        message = _("{git} has no tag {tag}").format(git=place.git, tag=place.tag or "HEAD")
        raise UsageError(message, _("it has: {known}").format(known=known))
    with _make_temporary_bare_repository(sha256=len(refs[wanted]) == 64) as folder:  # noqa: PLR2004  # hex digits of SHA-256
        words = [
            "fetch",
            "-q",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--end-of-options",
        ]
        _run_git_with_remote(folder, [*words, place.git, f"{wanted}:refs/pin"], place, lang)
        data = _read_blob_within_limit(
            folder, _find_blob_id_or_raise(folder, place, lang), place, lang
        )
        return FetchedChecklist(
            data.replace(b"\r\n", b"\n"),
            _read_templates_within_limit(folder, template_folder, place, lang),
        )


def _read_blob_within_limit(folder: Path, blob: str, place: GitPlace, lang: Lang) -> bytes:
    size = int(run_git(folder, ["cat-file", "-s", blob]).stdout)
    if size > MAX_FILE:
        _ = translator(lang)
        message = _("the file is larger than {limit} MiB").format(limit=MAX_FILE // 1024**2)
        raise UsageError(message, str(place))
    return run_git(folder, ["cat-file", "blob", blob]).stdout


def _read_templates_within_limit(
    folder: Path, template_folder: str, place: GitPlace, lang: Lang
) -> dict[str, bytes]:
    """Return the ordinary files below a folder of the fetched commit, by path in it."""
    words = ["ls-tree", "-r", "-z", "--full-tree", "refs/pin^{tree}", "--", f"{template_folder}/"]
    rows = run_git(folder, words).stdout.decode("utf-8", "surrogateescape").split("\0")
    blobs = {}
    for row in rows:
        meta, _tab, path = row.partition("\t")
        if meta.startswith("100"):
            blobs[path.removeprefix(f"{template_folder}/")] = meta.split()[2]
    if len(blobs) > MAX_TEMPLATES:
        _ = translator(lang)
        message = _("{place} has more than {count} templates")
        raise UsageError(message.format(place=place, count=MAX_TEMPLATES))
    return {
        path: _read_blob_within_limit(folder, blob, place, lang)
        for path, blob in sorted(blobs.items())
    }


def find_place_of_newest_similar_tag(place: GitPlace, lang: Lang) -> GitPlace:
    """Return the place at the newest tag of the same form (v2 → v10), itself without a newer tag.

    Tags have the same form if they differ only in numbers; greater numbers are newer.

    Raises:
        GitError: the repository can't be reached.
    """
    if place.tag is None:
        return place
    form = _NUMBERS.sub("0", place.tag)
    alike = [
        tag
        for tag in _tags_sorted_by_numbers(_list_ids_of_head_and_tags(place, lang))
        if _NUMBERS.sub("0", tag) == form
    ]
    return place._replace(tag=max([place.tag, *alike], key=_numbers_in_tag))


def _numbers_in_tag(tag: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(tag)]


def _tags_sorted_by_numbers(commits_by_ref: dict[str, str]) -> list[str]:
    names = [
        name.removeprefix("refs/tags/") for name in commits_by_ref if name.startswith("refs/tags/")
    ]
    return sorted((name for name in names if _TAG.fullmatch(name)), key=_numbers_in_tag)


def _list_ids_of_head_and_tags(place: GitPlace, lang: Lang) -> dict[str, str]:
    """Return HEAD and the tags of the repository with their object ids."""
    with _make_temporary_bare_repository() as folder:
        words = ["ls-remote", "-q", "--refs", "--end-of-options", place.git]
        tags = _run_git_with_remote(folder, [*words, "refs/tags/*"], place, lang)
        words.remove("--refs")
        head = _run_git_with_remote(folder, [*words, "HEAD"], place, lang)
    rows = (row.split("\t") for row in (tags + head).split("\n") if "\t" in row)
    return {name: oid for oid, name in rows}


def _find_blob_id_or_raise(folder: Path, place: GitPlace, lang: Lang) -> str:
    words = ["ls-tree", "-z", "--full-tree", "refs/pin^{tree}", "--", place.path]
    out = run_git(folder, words).stdout.split(b"\0")[0].decode("utf-8", "surrogateescape")
    meta, _tab, name = out.partition("\t")
    mode, kind, oid = (meta.split() or ["", "", ""])[:3]
    if kind == "blob" and mode.startswith("100") and name == place.path:
        return oid
    _ = translator(lang)
    where = f"{place.git}@{place.tag}" if place.tag else place.git
    message = _("{git} has no file {path}").format(git=where, path=place.path)
    raise UsageError(message, str(place))


@contextmanager
def _make_temporary_bare_repository(*, sha256: bool = False) -> Iterator[Path]:
    """Yield a temporary empty bare repository, made without the user's template and its hooks."""
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        folder = Path(name)
        form = "sha256" if sha256 else "sha1"
        run_git(folder, ["init", "-q", "--bare", "--template=", f"--object-format={form}", "."])
        yield folder


def _run_git_with_remote(folder: Path, words: Sequence[str], place: GitPlace, lang: Lang) -> str:
    """Run git with only the transport that the address needs."""
    scheme = place.git.partition("://")[0]
    inert = [setting for setting in INERT if setting not in _USERS_OWN]
    options = [*inert, "fetch.fsckObjects=true"]
    try:
        out = run_git(folder, words, options=options, environ={"GIT_ALLOW_PROTOCOL": scheme}).stdout
    except GitError as error:
        raise _explain_source_error(error, folder, place, lang) from error
    return out.decode("utf-8", "surrogateescape")


def _explain_source_error(error: GitError, folder: Path, place: GitPlace, lang: Lang) -> GitError:
    better = explain_git_error(error, folder, lang)
    # Hints about the workspace's remote don't help here; the one about safe.directory does.
    listing = f"git ls-remote {quote_for_shell(place.git)}"
    hint = better.hint if "safe.directory" in better.hint else listing
    _ = translator(lang)
    message = _("git can't read {git}: {reason}").format(git=place.git, reason=better.message)
    return GitError(message, hint)
