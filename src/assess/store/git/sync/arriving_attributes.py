"""Attributes by which a merge would lay files out otherwise than they are stored, or mix them.

A file whose bytes in the folder are not those of the commit counts as changed for ever: no commit
takes it, and no sync goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.file_types import merged_by_meaning
from assess.store.git.run import plumbing as git
from assess.store.git.state.repository_state import printable_path
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
"""Values under which a text with plain line ends is stored as it is, and merged as it is to be.

`crlf` is the older name of `text`, which counts where `text` is not specified.
"""

_ANY_BYTES: Final = ("evidence/", "reports/")
"""Where files hold whatever they hold: there no line ends may be changed at all."""

_ALWAYS: Final = ("ident", "working-tree-encoding", "eol", "conflict-marker-size")
"""Attributes under which no file may arrive, also where they stand here already."""

_IDENT: Final = b"$Id"
"""What a file holds that git changes by `ident`."""

_MOST: Final = 5
"""Names in a message."""


class _Harmful(NamedTuple):
    """A file, and an attribute of it under which git changes it, or merges it otherwise."""

    path: str
    attribute: str
    value: str


def refuse_converting(root: Path, commit: str, tree: str | None, lang: Lang) -> None:
    """Refuse to merge a commit where attributes would let git change files of the workspace.

    They arrive with the commit, or stand here already and hit a file that arrives. `tree` is what
    the merge gives. Nothing is refused where git can't say it: one before 2.40 tells attributes of
    the folder only.

    Raises:
        UsageError: names the files and the attributes.
    """
    changed = _changed(root, tree) if tree is not None else ()
    if tree is None or not changed:
        return
    paths = [path for path in changed if not path.startswith("../")]
    if any(path.rpartition("/")[2] == NAME for path in changed):
        words = ["ls-tree", "-r", "-z", "--name-only", tree, "--", *layout.OWN]
        paths = _names(git.run_git(root, words, most=git.MOST_NAMES).stdout)
    known = set(_harmful(root, "HEAD", paths))
    rows = list(_harmful(root, tree, paths))
    if arriving := [row for row in rows if row not in known]:
        raise _refusal(arriving, commit, lang)
    hit = [row for row in rows if row.path in changed and _is_hit(root, tree, row)]
    if hit:
        raise _refusal(hit, None, lang)


def _refusal(rows: list[_Harmful], commit: str | None, lang: Lang) -> UsageError:
    """Return the refusal of a commit that brings attributes; without one they stand here."""
    _ = translator(lang)
    names = [f"{typed(printable_path(row.path))} ({row.attribute})" for row in rows[:_MOST]]
    text = ", ".join(names) + ("…" if rows[_MOST:] else "")
    if commit is None:
        message = _("attributes here let git change files that others committed: {names}")
        hint = _("nothing was merged; look for the line, and take it out: {look}")
        look = f"grep -n {rows[0].attribute} {NAME} */{NAME} .git/info/attributes"
    else:
        message = _("what others committed lets git change files as it lays them out: {names}")
        hint = _("nothing was merged; who committed it takes that line out: {look}")
        look = f"git diff HEAD...{commit[:10]} -- ':(top,glob)**/{NAME}'"
    return UsageError(message.format(names=text), hint.format(look=look))


def _changed(root: Path, tree: str) -> frozenset[str]:
    """Return the workspace's files, and those of attributes, that a tree has otherwise than HEAD.

    By path from the workspace; `../` stands before those outside of it.
    """
    words = ["diff-tree", "-r", "-z", "--name-only", "--diff-filter=d", "--no-renames"]
    words += ["HEAD", tree, "--", *layout.OWN, f":(top,glob)**/{NAME}"]
    names = _names(git.run_git(root, words, most=git.MOST_NAMES).stdout)
    repository = git.Repository.find(root) if names else None
    prefix = repository.prefix if repository is not None else ""
    return frozenset(
        name.removeprefix(prefix) if name.startswith(prefix) else f"../{name}" for name in names
    )


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _harmful(root: Path, source: str, paths: Iterable[str]) -> Iterator[_Harmful]:
    """Yield the files that git would change, or merge, by the attributes of a commit or tree."""
    words = ["check-attr", f"--source={source}", "--stdin", "-z", *_HARMLESS]
    data = os.fsencode("".join(f"{path}\0" for path in paths))
    done = git.run_git(root, words, check=False, data=data)
    parts = [] if done.returncode else os.fsdecode(done.stdout).split("\0")
    rows = map(_Harmful._make, zip(parts[::3], parts[1::3], parts[2::3], strict=False))
    files: dict[str, dict[str, str]] = {}
    for row in rows:
        files.setdefault(row.path, {})[row.attribute] = row.value
        if len(files[row.path]) == len(_HARMLESS):
            yield from _harmful_of(row.path, files[row.path])


def _harmful_of(path: str, values: Mapping[str, str]) -> Iterator[_Harmful]:
    """Yield the attributes of a file that are not harmless, with their values."""
    for attribute, value in values.items():
        if _counts(path, attribute, values) and not _is_harmless(path, attribute, value):
            yield _Harmful(path, attribute, value)


def _counts(path: str, attribute: str, values: Mapping[str, str]) -> bool:
    """Return whether git follows an attribute of a file, as its other attributes are."""
    if attribute == "crlf":
        return values["text"] == "unspecified"
    if attribute == "eol":
        return values["text"] != "unset"
    return attribute != "merge" or merged_by_meaning(path)


def _is_harmless(path: str, attribute: str, value: str) -> bool:
    if attribute in ("text", "crlf", "eol") and path.startswith(_ANY_BYTES):
        return value in _NONE or path == layout.REGISTER
    return value in _HARMLESS[attribute]


def _is_hit(root: Path, tree: str, row: _Harmful) -> bool:
    """Return whether git changes a file of the tree by an attribute that stands here."""
    if row.attribute not in _ALWAYS or (row.attribute == "eol" and row.value != "crlf"):
        return False
    if row.attribute != "ident":
        return True
    return _IDENT in git.run_git(root, ["cat-file", "blob", f"{tree}:./{row.path}"]).stdout
