"""Git writes only in the workspace's folder: repositories that lead it elsewhere are refused.

Git follows `core.worktree`, `.git` as a file, `.git/commondir` and links inside `.git` to any path,
and some settings name paths to write to. A workspace may come from an unknown source together with
its `.git` (docs/decisions/0011-no-write-outside.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import WriteError
from assess.file_bytes import read_start_of_regular_file
from assess.harmless import quote_for_shell
from assess.i18n import N_, Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.git_facts import find_reusable_git_folders, list_settings
from assess.store.git.run.known_settings import find_known_setting
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.trust.trusted_programs import list_repository_settings

_GIT: Final = ".git"
_TREES: Final = "worktrees"
_LINES: Final = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel")
_MAX_PATH: Final = 4096
_MAX_SHOWN: Final = 200
"""Characters of a path in a message."""

_MAX_ENTRIES: Final = 200_000
"""Entries inside `.git` without objects; no workspace has nearly as many."""

_UNSEEN: Final = ("hooks", "modules", "lfs", "annex")
"""Folders of `.git` that git does not write to here. The user is asked about hooks."""

_OBJECTS: Final = re.compile(r"objects/[0-9a-f]{2}")
"""Folders of objects: git never writes to an existing file of them, only in `objects/pack`."""

_NO_LINKS: Final = re.compile(r"(worktrees/[^/]+/)?(refs|logs)(/.*)?")
"""Paths that must be no links: through a link git would write other refs."""

_STATE_FILE: Final = r"[A-Z]+(_[A-Z]+)+"
"""The names at the top of git's folder of files that git empties and writes, such as `MERGE_MODE`.

`HEAD` is renamed into its place. Strace showed no other files that the commands of this program let
git write in place, but logs.
"""

_WRITTEN_IN_PLACE: Final = re.compile(rf"(worktrees/[^/]+/)?(logs/.*|{_STATE_FILE})")
"""Files of a workspace that git writes in place; it makes them anew if they are missing."""

_MOST_NAMED: Final = 5
"""Files in a message; the command in the hint has all of them."""

_MADE_ANEW: Final = re.compile(
    rf"logs(/.*)?|refs/remotes(/.*)?|{_STATE_FILE}|.*\.lock|gc\.log|objects/pack/multi-.*"
)
"""Files that git makes again if they are missing."""


_FRESH: Final = N_("take a fresh copy: git clone THIS_FOLDER NEW_FOLDER")


class _GitLocation(NamedTuple):
    """The folders that git uses for a workspace, as real paths."""

    top: Path
    """The top of the working tree."""
    folder: Path
    """Git's folder for this working tree."""
    common: Path
    """Git's folder that linked working trees share; the same as `folder` without them."""


def refuse_git_writing_outside(root: Path, lang: Lang) -> None:
    """Refuse a repository in which git would write outside of the folder with its `.git`.

    Nothing is refused without a repository: git writes nothing there.

    Raises:
        WriteError: a file, link or setting leads out; names it, its target and the command that
            corrects it.
        EnvironmentLacksError: git is not installed.
    """
    location = _find_git_location(root, lang)
    if location is None:
        return
    _refuse_git_files_elsewhere(root, location, lang)
    refuse_links_out_of_git_folders({location.folder, location.common}, lang)
    _refuse_settings_of_other_paths_and_rights(root, location.top, lang)


def _find_git_location(root: Path, lang: Lang) -> _GitLocation | None:
    if folders := find_reusable_git_folders(root):
        return _GitLocation(
            _resolve_real_path(folders.top),
            _resolve_real_path(folders.folder),
            _resolve_real_path(folders.common),
        )
    done = git.run_git(root, ["rev-parse", *_LINES], check=False)
    lines = list_output_lines(done.stdout)
    if len(lines) > len(_LINES):
        raise _make_line_break_error(root, lang)
    if done.returncode and not lines:
        return None
    if len(lines) != len(_LINES):
        _ = translator(lang)
        message = _("git takes {path} for a repository without files")
        raise WriteError(message.format(path=root), "git config --unset-all core.bare")
    folder, common, top = (_resolve_real_path(root / line) for line in lines)
    return _GitLocation(top, folder, common)


def _make_line_break_error(root: Path, lang: Lang) -> WriteError:
    """Return the error of a folder with a newline in its name: git prints a path on one line."""
    _ = translator(lang)
    message = _("the name of this folder, or of one above it, has a line break: {path}")
    above = (root.resolve(), *root.resolve().parents)
    folder = next((folder for folder in above if "\n" in folder.name), above[0])
    new = folder.with_name(folder.name.replace("\n", "-"))
    hint = f"mv -- {quote_for_shell(str(folder))} {quote_for_shell(str(new))}"
    return WriteError(message.format(path=quote_for_shell(str(folder))), hint)


def _refuse_git_files_elsewhere(root: Path, location: _GitLocation, lang: Lang) -> None:
    above = (root.resolve(), *root.resolve().parents)
    holder = next((folder for folder in above if os.path.lexists(folder / _GIT)), None)
    if holder != location.top:
        raise _make_other_worktree_error(root, location, lang)
    linked = _is_linked_worktree(holder, location)
    if location.common != location.folder and not linked:
        raise _make_shared_git_folder_error(holder, location, lang)
    if not (
        linked
        or location.folder.is_relative_to(holder)
        or _does_git_folder_name_worktree(holder, location)
    ):
        _ = translator(lang)
        message = _("{file} leads git to {path}, which does not name this folder")
        command = f"git --git-dir={quote_for_shell(str(location.folder))} config core.worktree"
        hint = f"{command} {quote_for_shell(str(holder))}"
        raise WriteError(message.format(file=holder / _GIT, path=location.folder), hint)


def _make_other_worktree_error(root: Path, location: _GitLocation, lang: Lang) -> WriteError:
    """Return the error of a working tree that is not beside its `.git`."""
    _ = translator(lang)
    origin = _find_file_of_setting(root, location.top, "core.worktree")
    if origin is not None:
        message = _("core.worktree in {file} leads git out of this folder, to {path}")
        hint = f"git config --file {quote_for_shell(str(origin))} --unset-all core.worktree"
        return WriteError(message.format(file=origin, path=location.top), hint)
    message = _("git would use the repository in {path}, which is not that of this folder")
    strange = os.path.lexists(root / _GIT)
    hint = f"mv {_GIT} git.old && git init" if strange else "git init"
    return WriteError(message.format(path=location.folder), hint)


def _make_shared_git_folder_error(holder: Path, location: _GitLocation, lang: Lang) -> WriteError:
    """Return the error of a git folder that shares the folder of another repository."""
    _ = translator(lang)
    file = location.folder / "commondir"
    message = _("{file} leads git to {path}, which does not name this folder")
    hint = f"rm {quote_for_shell(str(file))}"
    if location.folder.parent.name == _TREES:
        common = quote_for_shell(str(location.common))
        hint = f"git -C {common} worktree repair {quote_for_shell(str(holder))}"
    return WriteError(message.format(file=file, path=location.common), hint)


def _find_file_of_setting(root: Path, top: Path, key: str) -> Path | None:
    """Return the file with the value that a setting has here, None if it is not set."""
    origins = [row.origin for row in list_settings(root) if row.name == key]
    files = [origin.removeprefix("file:") for origin in origins if origin.startswith("file:")]
    # Git prints paths from its working folder, which is the top only if `root` is below it.
    real = root.resolve()
    return (
        _resolve_real_path((top if real.is_relative_to(top) else real) / files[-1])
        if files
        else None
    )


def _is_linked_worktree(holder: Path, location: _GitLocation) -> bool:
    """Return whether git's folder belongs to a linked working tree and names that tree."""
    if location.folder.parent != location.common / _TREES:
        return False
    try:
        text = os.fsdecode(
            read_start_of_regular_file(location.folder / "gitdir", _MAX_PATH, os.O_NOFOLLOW)
        )
    except OSError:
        return False
    back = location.folder / text.removesuffix("\n")
    return back.name == _GIT and _resolve_real_path(back.parent) == holder


def _does_git_folder_name_worktree(holder: Path, location: _GitLocation) -> bool:
    """Return whether git's folder names this working tree itself, as that of a submodule does."""
    words = ["config", "--file", str(location.folder / "config"), "--get", "core.worktree"]
    text = os.fsdecode(git.run_git(location.folder, words, check=False).stdout).removesuffix("\n")
    return bool(text) and _resolve_real_path(location.folder / text) == holder


def refuse_links_out_of_git_folders(
    folders: set[Path], lang: Lang, files_written_in_place: re.Pattern[str] = _WRITTEN_IN_PLACE
) -> None:
    """Refuse links inside git's folders that lead out of them, or to other refs.

    `files_written_in_place` matches the files that the next git command does not make anew.

    Raises:
        WriteError: a link leads out, or files that git writes to have a second name; names them,
            and the command that corrects it. A folder can't be read or has too many entries.
    """
    shared: list[Path] = []
    for folder in sorted(folders):
        if any(folder.is_relative_to(other_folder) for other_folder in folders - {folder}):
            continue
        for link in _find_links_in_git_folder(folder, lang, files_written_in_place):
            name = link.relative_to(folder).as_posix()
            inside = any(
                _resolve_real_path(link).is_relative_to(git_folder) for git_folder in folders
            )
            if not link.is_symlink():
                shared.append(link)
            elif not inside or _NO_LINKS.fullmatch(name):
                raise _make_link_leading_out_error(link, folder, lang)
    if shared:
        raise _make_hard_links_error(sorted(shared), lang)


def _resolve_real_path(path: Path) -> Path:
    """Return the real path; a circular link has its own path."""
    return Path(os.path.realpath(path))


def _find_links_in_git_folder(
    folder: Path, lang: Lang, in_place: re.Pattern[str]
) -> Iterator[Path]:
    """Yield the links below git's folder in places that git writes to.

    A file that matches `in_place` is a link if it has another hard link.
    """
    waiting, seen = [""], 0
    while waiting:
        inner = waiting.pop()
        for entry in _list_git_folder_entries(folder, inner, lang):
            seen += 1
            name = f"{inner}/{entry.name}".removeprefix("/")
            if seen > _MAX_ENTRIES:
                raise _make_unreadable_folder_error(folder, lang)
            if name in _UNSEEN:
                continue
            if entry.is_symlink() or (in_place.fullmatch(name) and _has_several_hard_links(entry)):
                yield folder / name
            elif entry.is_dir(follow_symlinks=False) and not _OBJECTS.fullmatch(name):
                waiting.append(name)


def _list_git_folder_entries(folder: Path, inner: str, lang: Lang) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder / inner) as entries:
            return list(entries)
    except OSError as error:
        raise _make_unreadable_folder_error(folder / inner, lang) from error


def _make_unreadable_folder_error(folder: Path, lang: Lang) -> WriteError:
    _ = translator(lang)
    message = _("what git keeps in {path} can't be looked through")
    return WriteError(message.format(path=str(folder)[:_MAX_SHOWN]), _(_FRESH))


def _has_several_hard_links(entry: os.DirEntry[str]) -> bool:
    """Return whether a file has another hard link."""
    if not entry.is_file(follow_symlinks=False):
        return False
    return entry.stat(follow_symlinks=False).st_nlink > 1


def _make_hard_links_error(paths: Sequence[Path], lang: Lang) -> WriteError:
    """Return the error of files with second names; its hint gives each a content of its own.

    Nothing is lost by the hint: a log is the way back to earlier commits.
    """
    _ = translator(lang)
    message = _(
        "these files have a second name elsewhere (a hard link), and git writes into them: {names}"
    )
    names = ", ".join(str(path) for path in paths[:_MOST_NAMED])
    names += "…" if paths[_MOST_NAMED:] else ""
    words = " ".join(quote_for_shell(str(path)) for path in paths)
    # A link in the place of the copy would be written through.
    copy = 'rm -f "$f.new" && cp -p "$f" "$f.new" && mv "$f.new" "$f"'
    return WriteError(message.format(names=names), f"for f in {words}; do {copy}; done")


def _make_link_leading_out_error(link: Path, folder: Path, lang: Lang) -> WriteError:
    _ = translator(lang)
    message = _("{file} is a link, and leads git to {path}")
    name = link.relative_to(folder).as_posix()
    remove = f"rm {quote_for_shell(str(link))}"
    if name == "index":
        hint = f"{remove} && git reset -q"
    elif _MADE_ANEW.fullmatch(name):
        hint = remove
    else:
        hint = _(_FRESH)
    return WriteError(message.format(file=link, path=_resolve_real_path(link)), hint)


def _refuse_settings_of_other_paths_and_rights(root: Path, top: Path, lang: Lang) -> None:
    for key, value in list_repository_settings(root):
        row = find_known_setting(key)
        if row is None or "refused" not in row.answers or value.lower() in row.allowed:
            continue
        _ = translator(lang)
        message = _("{name} in {file} lets git write elsewhere: {value}")
        if row.kind == "rights":
            message = _(
                "{name} in {file} lets everybody here read or write what git keeps: {value}"
            )
        origin = _find_file_of_setting(root, top, key)
        hint = (
            f"git config --file {quote_for_shell(str(origin))} --unset-all {quote_for_shell(key)}"
        )
        raise WriteError(message.format(name=key, file=origin, value=value), hint)
