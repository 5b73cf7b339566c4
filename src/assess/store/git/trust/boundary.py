"""Git writes only in the workspace's own folder: what would lead it elsewhere is refused before.

Git follows `core.worktree`, `.git` as a file, `.git/commondir` and links inside `.git` wherever
they lead, and some settings name places to write to. A workspace may come from anywhere, and
everything of it with it (docs/decisions/0011-no-write-outside.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import WriteError
from assess.harmless import typed
from assess.i18n import N_, Lang, translator
from assess.store.files import read_regular
from assess.store.git.run import plumbing as git
from assess.store.git.run.known_settings import setting_of
from assess.store.git.run.read_once import find_git_folders, list_settings
from assess.store.git.trust.trusted_programs import own_settings

_GIT: Final = ".git"
_TREES: Final = "worktrees"
_LINES: Final = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel")
_MAX_PATH: Final = 4096
_MAX_SHOWN: Final = 200
"""Letters of a path in a message."""

_MAX_ENTRIES: Final = 200_000
"""Names inside `.git`, without objects: no workspace comes near it."""

_UNSEEN: Final = ("hooks", "modules", "lfs", "annex")
"""Folders of `.git` that git does not write to here. Hooks are asked about (store.git.trust)."""

_OBJECTS: Final = re.compile(r"objects/[0-9a-f]{2}")
"""Folders of objects: git never writes to a name that is there already, but in `objects/pack`."""

_MADE_ANEW: Final = re.compile(
    r"logs(/.*)?|[A-Z_]+_(MSG|HEAD|EDITMSG)|.*\.lock|gc\.log|objects/pack/multi-.*"
)
"""What git makes again where it is missing."""


_FRESH: Final = N_("take a fresh copy: git clone THIS_FOLDER NEW_FOLDER")


class _Place(NamedTuple):
    """Where git works for a workspace; real paths."""

    top: Path
    """The top of the working tree."""
    folder: Path
    """Git's own folder for this working tree."""
    common: Path
    """Git's folder that linked working trees share; else the same."""


def refuse_outside(root: Path, lang: Lang) -> None:
    """Refuse a repository in which git would write outside of the folder that holds its `.git`.

    Nothing is refused where there is no repository: git writes nothing there.

    Raises:
        WriteError: names what leads out, where to, and the command that mends it.
        EnvironmentLacksError: git is not installed.
    """
    place = _place(root, lang)
    if place is None:
        return
    _refuse_elsewhere(root, place, lang)
    refuse_links({place.folder, place.common}, lang)
    _refuse_settings(root, place.top, lang)


def _place(root: Path, lang: Lang) -> _Place | None:
    if folders := find_git_folders(root):
        return _Place(_real(folders.top), _real(folders.folder), _real(folders.common))
    done = git.run(root, ["rev-parse", *_LINES], check=False)
    lines = os.fsdecode(done.stdout).splitlines()
    if done.returncode and not lines:
        return None
    if len(lines) != len(_LINES):
        _ = translator(lang)
        message = _("git takes {path} for a repository without files")
        raise WriteError(message.format(path=root), "git config --unset-all core.bare")
    folder, common, top = (_real(root / line) for line in lines)
    return _Place(top, folder, common)


def _refuse_elsewhere(root: Path, place: _Place, lang: Lang) -> None:
    above = (root.resolve(), *root.resolve().parents)
    holder = next((one for one in above if os.path.lexists(one / _GIT)), None)
    if holder != place.top:
        raise _other_place(root, place, lang)
    linked = _linked(holder, place)
    if place.common != place.folder and not linked:
        raise _other_common(holder, place, lang)
    if not (linked or place.folder.is_relative_to(holder) or _named(holder, place)):
        _ = translator(lang)
        message = _("{file} leads git to {path}, which does not name this folder")
        hint = f"git --git-dir={typed(str(place.folder))} config core.worktree {typed(str(holder))}"
        raise WriteError(message.format(file=holder / _GIT, path=place.folder), hint)


def _other_place(root: Path, place: _Place, lang: Lang) -> WriteError:
    """Return what is wrong where the working tree does not stand beside its `.git`."""
    _ = translator(lang)
    origin = _origin(root, place.top, "core.worktree")
    if origin is not None:
        message = _("core.worktree in {file} leads git out of this folder, to {path}")
        hint = f"git config --file {typed(str(origin))} --unset-all core.worktree"
        return WriteError(message.format(file=origin, path=place.top), hint)
    message = _("git would use the repository in {path}, which is not that of this folder")
    strange = os.path.lexists(root / _GIT)
    hint = f"mv {_GIT} git.old && git init" if strange else "git init"
    return WriteError(message.format(path=place.folder), hint)


def _other_common(holder: Path, place: _Place, lang: Lang) -> WriteError:
    """Return what is wrong where git shares the folder of another repository."""
    _ = translator(lang)
    file = place.folder / "commondir"
    message = _("{file} leads git to {path}, which does not name this folder")
    hint = f"rm {typed(str(file))}"
    if place.folder.parent.name == _TREES:
        hint = f"git -C {typed(str(place.common))} worktree repair {typed(str(holder))}"
    return WriteError(message.format(file=file, path=place.common), hint)


def _origin(root: Path, top: Path, key: str) -> Path | None:
    """Return the file that sets a setting here, None where none does."""
    origins = [row.origin for row in list_settings(root) if row.name == key]
    files = [origin.removeprefix("file:") for origin in origins if origin.startswith("file:")]
    # Git names files from where it works: it goes to the top only from below it.
    real = root.resolve()
    return _real((top if real.is_relative_to(top) else real) / files[-1]) if files else None


def _linked(holder: Path, place: _Place) -> bool:
    """Return whether git's folder is that of a linked working tree, and names it."""
    if place.folder.parent != place.common / _TREES:
        return False
    try:
        text = os.fsdecode(read_regular(place.folder / "gitdir", _MAX_PATH, os.O_NOFOLLOW))
    except OSError:
        return False
    back = place.folder / text.removesuffix("\n")
    return back.name == _GIT and _real(back.parent) == holder


def _named(holder: Path, place: _Place) -> bool:
    """Return whether git's folder says itself that its files are here, as that of a submodule."""
    words = ["config", "--file", str(place.folder / "config"), "--get", "core.worktree"]
    text = os.fsdecode(git.run(place.folder, words, check=False).stdout).removesuffix("\n")
    return bool(text) and _real(place.folder / text) == holder


def refuse_links(folders: set[Path], lang: Lang) -> None:
    """Refuse links inside git's folders that lead out of them, and what can't be looked through.

    Raises:
        WriteError: names the link, where it leads, and how to take it away.
    """
    for folder in sorted(folders):
        if any(folder.is_relative_to(one) for one in folders - {folder}):
            continue
        for link in _links(folder, lang):
            if not any(_real(link).is_relative_to(one) for one in folders):
                raise _leading_out(link, folder, lang)


def _real(path: Path) -> Path:
    """Return where a path leads; a link in a circle leads nowhere else."""
    return Path(os.path.realpath(path))


def _links(folder: Path, lang: Lang) -> Iterator[Path]:
    """Yield the links below git's folder, where it writes."""
    waiting, seen = [""], 0
    while waiting:
        inner = waiting.pop()
        for entry in _entries(folder, inner, lang):
            seen += 1
            name = f"{inner}/{entry.name}".removeprefix("/")
            if seen > _MAX_ENTRIES:
                raise _endless(folder, lang)
            if name in _UNSEEN:
                continue
            if entry.is_symlink():
                yield folder / name
            elif entry.is_dir(follow_symlinks=False) and not _OBJECTS.fullmatch(name):
                waiting.append(name)


def _entries(folder: Path, inner: str, lang: Lang) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder / inner) as entries:
            return list(entries)
    except OSError as error:
        raise _endless(folder / inner, lang) from error


def _endless(folder: Path, lang: Lang) -> WriteError:
    _ = translator(lang)
    message = _("what git keeps in {path} can't be looked through")
    return WriteError(message.format(path=str(folder)[:_MAX_SHOWN]), _(_FRESH))


def _leading_out(link: Path, folder: Path, lang: Lang) -> WriteError:
    _ = translator(lang)
    message = _("{file} is a link, and leads git to {path}")
    name = link.relative_to(folder).as_posix()
    remove = f"rm {typed(str(link))}"
    if name == "index":
        hint = f"{remove} && git reset -q"
    elif _MADE_ANEW.fullmatch(name):
        hint = remove
    else:
        hint = _(_FRESH)
    return WriteError(message.format(file=link, path=_real(link)), hint)


def _refuse_settings(root: Path, top: Path, lang: Lang) -> None:
    for key, value in own_settings(root):
        row = setting_of(key)
        if row is None or "refused" not in row.answers or value.lower() in row.allowed:
            continue
        _ = translator(lang)
        message = _("{name} in {file} lets git write elsewhere: {value}")
        if row.kind == "rights":
            message = _(
                "{name} in {file} lets everybody here read or write what git keeps: {value}"
            )
        origin = _origin(root, top, key)
        hint = f"git config --file {typed(str(origin))} --unset-all {typed(key)}"
        raise WriteError(message.format(name=key, file=origin, value=value), hint)
