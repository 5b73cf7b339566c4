"""Attributes by which git would convert files at checkout, or merge them in another way.

A file whose bytes in the folder differ from those in the commit counts as changed for ever: no
commit contains it, and every sync stops.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_on_one_line, quote_for_shell
from assess.i18n import Lang, translator
from assess.store.file_types import is_merged_by_meaning
from assess.store.git.commit.converting_lines import find_attribute_lines
from assess.store.git.run import plumbing as git
from assess.store.git.run.git_facts import find_workspace_prefix
from assess.store.git.trust.attribute_files import NAME

_NONE: Final = ("unspecified", "unset")

_HARMLESS: Final = {
    "ident": _NONE,
    "filter": _NONE,
    "working-tree-encoding": (*_NONE, "UTF-8"),
    "conflict-marker-size": ("unspecified",),
    "eol": (*_NONE, "lf"),
    "text": (*_NONE, "set", "auto", "input"),
    "crlf": (*_NONE, "set", "auto", "input"),
    "merge": ("unspecified", "assess"),
}
"""Values by which a text with LF line ends is not converted, and is merged by the program.

`crlf` is the older name of `text`; git uses it if `text` is not specified.
"""

_ANY_BYTES: Final = (f"{locations.EVIDENCE}/", f"{locations.REPORTS}/")
"""Folders of files with any bytes, whose line ends must not be converted."""

_TEMPLATES: Final = f"{locations.TEMPLATES}/"
"""The folder for whose files the workspace's .gitattributes has no lines of the program."""

_ALWAYS: Final = ("ident", "working-tree-encoding", "eol", "conflict-marker-size")
"""Attributes that no arriving file may have, not even by lines that exist here already."""

_IDENT: Final = b"$Id"
"""The text in a file that git changes by `ident`."""

_MOST_COMMITS: Final = 100
"""New commits with attributes that are looked through for the one to name."""

_MOST: Final = 5
"""Names in a message."""


class _HarmfulAttribute(NamedTuple):
    """A file, and an attribute by which git would convert it or merge it in another way."""

    path: str
    attribute: str
    value: str


class _AttributeOrigin(NamedTuple):
    """The commit that brings an attribute, its author, and its files of attributes."""

    commit: str
    author: str
    files: tuple[str, ...]
    """From the workspace; those outside of it begin with `../`."""


def refuse_merge_that_converts_files(root: Path, commit: str, tree: str, lang: Lang) -> None:
    """Refuse to merge a commit if attributes would let git convert files of the workspace.

    The attributes come with the commit, or they exist here and apply to a file of the commit.
    `tree` is the result of the merge. Git before 2.40 can't tell the attributes of a tree, so
    nothing is refused there.

    Raises:
        UsageError: files would be converted; names the files and the attributes.
    """
    changed = _changed_workspace_and_attribute_files(root, tree)
    if not changed:
        return
    paths = [path for path in changed if not path.startswith("../")]
    if any(path.rpartition("/")[2] == NAME for path in changed):
        words = ["ls-tree", "-r", "-z", "--name-only", tree, "--", *locations.OWN]
        paths = _split_at_nul(git.run_git(root, words, most=git.MOST_NAMES).stdout)
    known = set(_find_harmful_attributes(root, "HEAD", paths))
    rows = list(_find_harmful_attributes(root, tree, paths))
    if arriving := [row for row in rows if row not in known]:
        raise _make_arriving_attributes_error(root, arriving, commit, lang)
    harmful = [
        row for row in rows if row.path in changed and _does_attribute_convert_file(root, tree, row)
    ]
    if harmful:
        raise _make_present_attributes_error(root, harmful, lang)


def _make_arriving_attributes_error(
    root: Path, rows: list[_HarmfulAttribute], commit: str, lang: Lang
) -> UsageError:
    """Return the error of attributes that come with a commit."""
    _ = translator(lang)
    message = _("what others committed lets git change files as it lays them out: {names}")
    text = message.format(names=_join_files_and_attributes(rows))
    origin = _find_commit_adding_attribute(root, commit, rows[0])
    if origin is None:
        hint = _("nothing was merged; who committed it takes that line out: {look}")
        look = f"git diff HEAD...{commit[:10]} -- ':(top,glob)**/{NAME}'"
        return UsageError(text, hint.format(look=look))
    files = ", ".join(map(quote_for_shell, origin.files))
    text += f" ({files}: {origin.commit[:10]}, {escape_on_one_line(origin.author)})"
    if any(file == NAME or file.startswith("../") for file in origin.files) and not any(
        row.path.startswith(_TEMPLATES) for row in rows
    ):
        hint = _(
            "nothing was merged; whoever committed it, or anybody in a fresh clone, types:"
            " {command}; then here once more: assess sync"
        )
        return UsageError(text, hint.format(command="assess upgrade --workspace && assess sync"))
    hint = _(
        "nothing was merged; whoever committed it, or anybody in a fresh clone, takes that line out"
        " of {files} and types: {command}; then here once more: assess sync"
    )
    return UsageError(text, hint.format(files=files, command="assess commit && assess sync"))


def _make_present_attributes_error(
    root: Path, rows: list[_HarmfulAttribute], lang: Lang
) -> UsageError:
    """Return the error of attributes that exist here and apply to a file that comes."""
    _ = translator(lang)
    message = _("attributes here let git change files that others committed: {names}")
    lines = find_attribute_lines(root, rows[0].path, [rows[0].attribute])
    hint = _("nothing was merged; look for the line, and take it out: {look}")
    look = "; ".join(line.describe_place_and_text(root) for line in lines)
    look = look or f"grep -n {rows[0].attribute} {NAME} */{NAME} .git/info/attributes"
    return UsageError(
        message.format(names=_join_files_and_attributes(rows)),
        hint.format(look=escape_on_one_line(look)),
    )


def _join_files_and_attributes(rows: Sequence[_HarmfulAttribute]) -> str:
    names = [f"{quote_for_shell(row.path)} ({row.attribute})" for row in rows[:_MOST]]
    return ", ".join(names) + ("…" if rows[_MOST:] else "")


def _find_commit_adding_attribute(
    root: Path, tip: str, row: _HarmfulAttribute
) -> _AttributeOrigin | None:
    """Return the first new commit under whose attributes a file has a harmful one."""
    files = f":(top,glob)**/{NAME}"
    words = ["rev-list", "--reverse", "--topo-order", f"--max-count={_MOST_COMMITS}"]
    out = git.run_git(root, [*words, f"HEAD..{tip}", "--", files], check=False).stdout
    for commit in out.decode("ascii").split():
        if row in _find_harmful_attributes(root, commit, [row.path]):
            words = ["log", "-1", "-m", "--first-parent", "--format=%an%x00", "--name-only", "-z"]
            shown_commit = git.run_git(root, [*words, commit, "--", files], check=False)
            author, *names = os.fsdecode(shown_commit.stdout).split("\0")
            named = filter(None, (name.strip("\n") for name in names))
            return _AttributeOrigin(
                commit, author, tuple(_paths_relative_to_workspace(root, named))
            )
    return None


def _changed_workspace_and_attribute_files(root: Path, tree: str) -> frozenset[str]:
    """Return the files of the workspace and of attributes in which a tree differs from HEAD.

    The paths are from the workspace; those outside of it begin with `../`.
    """
    words = ["diff-tree", "-r", "-z", "--name-only", "--diff-filter=d", "--no-renames"]
    words += ["HEAD", tree, "--", *locations.OWN, f":(top,glob)**/{NAME}"]
    names = _split_at_nul(git.run_git(root, words, most=git.MOST_NAMES).stdout)
    return frozenset(_paths_relative_to_workspace(root, names))


def _paths_relative_to_workspace(root: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield paths from the workspace; those outside of it begin with `../`."""
    prefix = find_workspace_prefix(root)
    for name in names:
        yield name.removeprefix(prefix) if name.startswith(prefix) else f"../{name}"


def _split_at_nul(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _find_harmful_attributes(
    root: Path, source: str, paths: Iterable[str]
) -> Iterator[_HarmfulAttribute]:
    """Yield the harmful attributes that files have by the attributes of a commit or tree."""
    words = ["check-attr", f"--source={source}", "--stdin", "-z", *_HARMLESS]
    data = os.fsencode("".join(f"{path}\0" for path in paths))
    done = git.run_git(root, words, check=False, data=data)
    parts = [] if done.returncode else os.fsdecode(done.stdout).split("\0")
    rows = map(_HarmfulAttribute._make, zip(parts[::3], parts[1::3], parts[2::3], strict=False))
    files: dict[str, dict[str, str]] = {}
    for row in rows:
        files.setdefault(row.path, {})[row.attribute] = row.value
        if len(files[row.path]) == len(_HARMLESS):
            yield from _harmful_attributes_of_file(row.path, files[row.path])


def _harmful_attributes_of_file(
    path: str, values_by_attribute: Mapping[str, str]
) -> Iterator[_HarmfulAttribute]:
    """Yield the attributes of a file that are not harmless, with their values."""
    for attribute, value in values_by_attribute.items():
        if _does_git_use_attribute(
            path, attribute, values_by_attribute
        ) and not _is_harmless_attribute(path, attribute, value):
            yield _HarmfulAttribute(path, attribute, value)


def _does_git_use_attribute(
    path: str, attribute: str, values_by_attribute: Mapping[str, str]
) -> bool:
    """Return whether git uses an attribute of a file together with its other attributes."""
    if attribute == "crlf":
        return values_by_attribute["text"] == "unspecified"
    if attribute == "eol":
        return values_by_attribute["text"] != "unset"
    return attribute != "merge" or is_merged_by_meaning(path)


def _is_harmless_attribute(path: str, attribute: str, value: str) -> bool:
    if attribute in ("text", "crlf", "eol") and path.startswith(_ANY_BYTES):
        return value in _NONE or path == locations.REGISTER
    return value in _HARMLESS[attribute]


def _does_attribute_convert_file(root: Path, tree: str, row: _HarmfulAttribute) -> bool:
    """Return whether git converts a file of the tree by an attribute that exists here."""
    if row.attribute not in _ALWAYS or (row.attribute == "eol" and row.value != "crlf"):
        return False
    if row.attribute != "ident":
        return True
    return _IDENT in git.run_git(root, ["cat-file", "blob", f"{tree}:./{row.path}"]).stdout
