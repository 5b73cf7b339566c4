"""Files that a commit would leave out, or store with other bytes than in the folder.

A rule in `.gitignore` leaves a file out, and an attribute may convert its line ends. The commit
would then lack a piece of evidence of its register, or have other bytes of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.harmless import escape_on_one_line, quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.commit.converting_lines import (
    find_command_to_stop_converting,
    find_converting_lines,
)
from assess.store.git.run import plumbing as git
from assess.store.git.run.file_ids import ContentComparison
from assess.store.git.run.git_facts import find_workspace_prefix
from assess.store.git.run.index_file import read_staged_entries_without_git
from assess.store.git.run.plumbing import GitError

_MOST: Final = 5
"""Names in a message."""

_UNCONVERTIBLE: Final = re.compile(
    r"^fatal: (?:failed to encode|BOM is (?:required|prohibited) in) '(.+)' (?:from|if) ",
    re.MULTILINE,
)
"""What git says of a file whose bytes are not in the encoding that its attributes say."""

_FIELDS: Final = 4
"""The fields of `git check-ignore -v`: the rule's file, line and pattern, and the path."""


def list_existing_files_missing_in_index(
    root: Path, files: Sequence[str], environ: Mapping[str, str]
) -> list[str]:
    """Return those of `files` that exist in the folder and are not in git's list.

    `environ` names the list.
    """
    staged = _staged_object_ids_by_path(root, environ)
    return [path for path in files if path not in staged and _is_regular_file(root / path)]


def list_ignored_untracked_files(root: Path, paths: Sequence[str]) -> frozenset[str]:
    """Return those of `paths` that git is told to ignore and has not in its list."""
    data = b"".join(os.fsencode(path) + b"\0" for path in paths)
    done = git.run_git(root, ["check-ignore", "-z", "--stdin"], check=False, data=data)
    return frozenset(os.fsdecode(record) for record in done.stdout.split(b"\0") if record)


def refuse_left_out_files(
    root: Path, files: Sequence[str], environ: Mapping[str, str], lang: Lang
) -> None:
    """Refuse a commit of git's list that would not have `files`.

    Raises:
        GitError: files would be left out; names them, and the rule or the command that shows why.
    """
    ignored = list_existing_files_missing_in_index(root, files, environ)
    if ignored:
        raise _make_ignored_files_error(root, ignored, lang)
    staged = _staged_object_ids_by_path(root, environ)
    missing = [path for path in files if path in staged and not os.path.lexists(root / path)]
    if missing:
        raise _make_missing_files_error(missing, lang)


def list_converted_files(root: Path, files: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return those of `files` that git's list has with other bytes than the folder."""
    staged, comparison = _staged_object_ids_by_path(root, environ), ContentComparison({})
    return [
        path
        for path in files
        if path in staged
        and _is_regular_file(root / path)
        and not comparison.has_same_content(root / path, staged[path])
    ]


def refuse_converted_files(
    root: Path, files: Sequence[str], environ: Mapping[str, str], lang: Lang
) -> None:
    """Refuse a commit of git's list that would have other bytes of `files` than the folder.

    Raises:
        GitError: names the files, the lines with these attributes, and what makes git store them.
    """
    if changed := list_converted_files(root, files, environ):
        raise _make_converted_files_error(root, changed, lang)


def refuse_if_conversion_failed(root: Path, error: GitError, lang: Lang) -> None:
    """Refuse a file that git can't convert as its attributes say, if `error` says so.

    Raises:
        GitError: names the file, the lines with these attributes, and what makes git store it.
    """
    if match := _UNCONVERTIBLE.search(error.output):
        path = match[1].removeprefix(find_workspace_prefix(root))
        raise _make_converted_files_error(root, [path], lang) from error


def _make_converted_files_error(root: Path, paths: Sequence[str], lang: Lang) -> GitError:
    """Return the error of files that git would store with other bytes."""
    _ = translator(lang)
    lines = find_converting_lines(root, paths[0])
    message = _("git would commit other bytes than these files hold: {names}")
    text = message.format(names=_join_first_shell_names(paths))
    if lines:
        places = "; ".join(line.describe_place_and_text(root) for line in lines)
        text = f"{text} ({escape_on_one_line(places)})"
    command = find_command_to_stop_converting(root, paths[0], lines) if lines else ""
    if not command:
        hint = _("nothing was committed; look at their attributes: {command}")
        command = f"git check-attr -a -- {quote_for_shell(paths[0])}"
        return GitError(text, hint.format(command=command))
    hint = _("nothing was committed; have git store them as they are: {command}")
    return GitError(text, hint.format(command=f"{command} && assess commit"))


def _is_regular_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _join_first_shell_names(paths: Sequence[str]) -> str:
    names = ", ".join(quote_for_shell(path) for path in paths[:_MOST])
    return names + ("…" if paths[_MOST:] else "")


def _make_ignored_files_error(root: Path, ignored: Sequence[str], lang: Lang) -> GitError:
    """Return the error of a commit that would leave files out, with the rule for the first."""
    _ = translator(lang)
    rule = _find_ignore_rule(root, ignored[0])
    message = _("a commit would leave out these files, which git is told to ignore: {names}")
    text = message.format(names=_join_first_shell_names(ignored))
    if rule:
        text = f"{text} ({quote_for_shell(rule)})"
    hint = _(
        "nothing was committed; take that rule out, or commit the file all the same: git add -f"
        " {path}; or move it out of this folder"
    )
    return GitError(text, hint.format(path=" ".join(map(quote_for_shell, ignored))))


def _make_missing_files_error(missing: Sequence[str], lang: Lang) -> GitError:
    """Return the error of a commit that would keep files that are not in the folder."""
    _ = translator(lang)
    message = _("these files are not in the folder, and git is told to leave them out: {names}")
    hint = _("nothing was committed; have git lay them out: {command}")
    names = _join_first_shell_names(missing)
    return GitError(message.format(names=names), hint.format(command="git sparse-checkout disable"))


def _find_ignore_rule(root: Path, path: str) -> str:
    """Return file, line and pattern of the rule by which git ignores a file, '' without one."""
    words = ["check-ignore", "-v", "-z", "--no-index", "--stdin"]
    done = git.run_git(root, words, check=False, data=os.fsencode(f"{path}\0"))
    fields = os.fsdecode(done.stdout).split("\0")
    return ":".join(fields[: _FIELDS - 1]) if len(fields) > _FIELDS else ""


def _staged_object_ids_by_path(root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the object ids of the files in git's list, by path from `root`."""
    entries = read_staged_entries_without_git(root, environ)
    if entries is not None:
        return {entry.path: entry.oid for entry in entries if not entry.is_intended}
    out = git.run_git(root, ["ls-files", "-s", "-z"], environ=environ).stdout
    rows = (os.fsdecode(record).partition("\t") for record in out.split(b"\0") if record)
    return {path: meta.split()[1] for meta, _tab, path in rows}
