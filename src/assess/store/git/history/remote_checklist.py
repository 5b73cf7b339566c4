"""A checklist of another git repository, by plain git and without running anything of that one.

`git+URL//PATH[@TAG]`: the commit is fetched into an empty bare repository of our own and one file
is read out of it. Nothing is checked out, so no filter or hook has a say; the other repository's
configuration is not read here.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.plumbing import GitError, run
from assess.store.git.state.refusals import explained

MARK: Final = "git+"
_SCHEMES: Final = ("file", "https", "ssh")
_FORM: Final = "git+file:///srv/checklists.git//checklists/x.yaml@v2"
_USERS_OWN: Final = ("core.sshCommand=false", "core.askPass=")
"""Settings that the user's own configuration may decide: there is no strange one here."""

_TAG: Final = re.compile(r"(?!-)[^\s~^:?*\[\\\x00-\x1f\x7f]+")
_NUMBERS: Final = re.compile(r"\d+")


class GitPlace(NamedTuple):
    """Where a checklist is: the repository's address, the path in it, and a tag (None: HEAD)."""

    git: str
    path: str
    tag: str | None = None

    def __str__(self) -> str:
        """Return the place as a person writes it."""
        return f"{MARK}{self.git}//{self.path}" + (f"@{self.tag}" if self.tag else "")


def parse(source: str, lang: Lang) -> GitPlace:
    """Return the place that `git+URL//PATH[@TAG]` names.

    Raises:
        UsageError: it is not of that form, or of a scheme that is not taken.
    """
    scheme, _, rest = source.removeprefix(MARK).partition("://")
    repository, _, end = rest.rpartition("//")
    path, _, tag = end.rpartition("@") if "@" in end else (end, "", None)
    place = GitPlace(f"{scheme}://{repository}", path, tag)
    if scheme not in _SCHEMES or not repository.strip("/"):
        _refuse(source, lang)
    return checked(place, lang)


def checked(place: GitPlace, lang: Lang) -> GitPlace:
    """Return the place, which may come from a file.

    Raises:
        UsageError: address, path or tag is none.
    """
    path = PurePosixPath(place.path)
    fine = (
        place.git.startswith(tuple(f"{one}://" for one in _SCHEMES))
        and path.suffix == ".yaml"
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(sign in place.git + place.path for sign in "\0\n")
        and (place.tag is None or (_TAG.fullmatch(place.tag) and ".." not in place.tag))
    )
    if not fine:
        _refuse(str(place), lang)
    return place


def _refuse(source: str, lang: Lang) -> None:
    _ = translator(lang)
    raise UsageError(_("{source} names no file in a git repository").format(source=source), _FORM)


def fetch(place: GitPlace, lang: Lang) -> bytes:
    """Return the bytes of the checklist, line ends as LF.

    Raises:
        UsageError: there is no such tag, or no such file in it, or it is too large.
        GitError: the repository can't be reached or read.
    """
    _ = translator(lang)
    refs = _refs(place, lang)
    wanted = "HEAD" if place.tag is None else f"refs/tags/{place.tag}"
    if wanted not in refs:
        known = ", ".join(_tags(refs)[-5:]) or "–"
        message = _("{git} has no tag {tag}").format(git=place.git, tag=place.tag or "HEAD")
        raise UsageError(message, _("it has: {known}").format(known=known))
    with _empty(sha256=len(refs[wanted]) == 64) as folder:  # noqa: PLR2004  # hex digits of SHA-256
        words = [
            "fetch",
            "-q",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--end-of-options",
        ]
        _net(folder, [*words, place.git, f"{wanted}:refs/pin"], place, lang)
        blob = _blob(folder, place, lang)
        size = int(run(folder, ["cat-file", "-s", blob]).stdout)
        if size > MAX_FILE:
            message = _("the file is larger than {limit} MiB").format(limit=MAX_FILE // 1024**2)
            raise UsageError(message, str(place))
        return run(folder, ["cat-file", "blob", blob]).stdout.replace(b"\r\n", b"\n")


def newest(place: GitPlace, lang: Lang) -> GitPlace:
    """Return the place at its repository's newest tag of the same form (v2 → v10); itself if none.

    Tags are of the same form where they differ in numbers only; the greater numbers are the newer.

    Raises:
        GitError: the repository can't be reached.
    """
    if place.tag is None:
        return place
    form = _NUMBERS.sub("0", place.tag)
    alike = [tag for tag in _tags(_refs(place, lang)) if _NUMBERS.sub("0", tag) == form]
    return place._replace(tag=max([place.tag, *alike], key=_order))


def _order(tag: str) -> list[int]:
    return [int(one) for one in _NUMBERS.findall(tag)]


def _tags(refs: dict[str, str]) -> list[str]:
    names = [name.removeprefix("refs/tags/") for name in refs if name.startswith("refs/tags/")]
    return sorted((name for name in names if _TAG.fullmatch(name)), key=_order)


def _refs(place: GitPlace, lang: Lang) -> dict[str, str]:
    """Return the refs of the repository that matter: HEAD and tags, with object ids."""
    with _empty() as folder:
        words = ["ls-remote", "-q", "--refs", "--end-of-options", place.git]
        tags = _net(folder, [*words, "refs/tags/*"], place, lang)
        words.remove("--refs")
        head = _net(folder, [*words, "HEAD"], place, lang)
    rows = (row.split("\t") for row in (tags + head).splitlines() if "\t" in row)
    return {name: oid for oid, name in rows}


def _blob(folder: Path, place: GitPlace, lang: Lang) -> str:
    words = ["ls-tree", "-z", "--full-tree", "refs/pin^{tree}", "--", place.path]
    out = run(folder, words).stdout.split(b"\0")[0].decode("utf-8", "surrogateescape")
    meta, _tab, name = out.partition("\t")
    mode, kind, oid = (meta.split() or ["", "", ""])[:3]
    if kind == "blob" and mode.startswith("100") and name == place.path:
        return oid
    _ = translator(lang)
    where = f"{place.git}@{place.tag}" if place.tag else place.git
    message = _("{git} has no file {path}").format(git=where, path=place.path)
    raise UsageError(message, str(place))


@contextmanager
def _empty(*, sha256: bool = False) -> Iterator[Path]:
    """Give an empty bare repository for a while, made without the user's template and its hooks."""
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        folder = Path(name)
        form = "sha256" if sha256 else "sha1"
        run(folder, ["init", "-q", "--bare", "--template=", f"--object-format={form}", "."])
        yield folder


def _net(folder: Path, words: Sequence[str], place: GitPlace, lang: Lang) -> str:
    """Run git with the one transport that the address needs, and nothing else switched on."""
    scheme = place.git.partition("://")[0]
    inert = [one for one in INERT if one not in _USERS_OWN]
    options = [*inert, "fetch.fsckObjects=true"]
    try:
        out = run(folder, words, options=options, environ={"GIT_ALLOW_PROTOCOL": scheme}).stdout
    except GitError as error:
        raise _said(error, folder, place, lang) from error
    return out.decode("utf-8", "surrogateescape")


def _said(error: GitError, folder: Path, place: GitPlace, lang: Lang) -> GitError:
    better = explained(error, folder, lang)
    # What is said of the workspace's own remote does not help here; what to trust does.
    hint = better.hint if "safe.directory" in better.hint else f"git ls-remote {place.git}"
    _ = translator(lang)
    message = _("git can't read {git}: {reason}").format(git=place.git, reason=better.message)
    return GitError(message, hint)
