"""Attributes that a merge would bring, by which git lays files out otherwise than it stores them.

A file whose bytes in the folder are not those of the commit counts as changed for ever: no commit
takes it, and no sync goes on.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.git.run import plumbing as git
from assess.store.git.state.repository_state import shown
from assess.store.git.trust.attribute_files import NAME

_NONE: Final = ("unspecified", "unset")

_HARMLESS: Final = {
    "ident": _NONE,
    "filter": _NONE,
    "working-tree-encoding": (*_NONE, "UTF-8"),
    "eol": (*_NONE, "lf"),
    "text": (*_NONE, "set", "auto"),
}
"""Values under which a text with plain line ends is stored as it is."""

_ANY_BYTES: Final = ("evidence/", "reports/")
"""Where files hold whatever they hold: there no line ends may be changed at all."""

_MOST: Final = 5
"""Names in a message."""


class _Converted(NamedTuple):
    """A file that git changes as it lays it out or takes it in, and the attribute that says so."""

    path: str
    attribute: str
    value: str


def refuse_converting(root: Path, commit: str, tree: str | None, lang: Lang) -> None:
    """Refuse to merge a commit whose attributes would let git change files of the workspace.

    `tree` is what the merge gives. Nothing is refused where git can't say it: one before 2.40 tells
    attributes of the folder only.

    Raises:
        UsageError: names the files and the attributes.
    """
    if tree is None or not _brings_attributes(root, tree):
        return
    words = ["ls-tree", "-r", "-z", "--name-only", tree, "--", *layout.OWN]
    paths = git.run(root, words, most=git.MOST_NAMES).stdout
    known = set(_converted(root, "HEAD", paths))
    arriving = [one for one in _converted(root, tree, paths) if one not in known]
    if arriving:
        _ = translator(lang)
        message = _("what others committed lets git change files as it lays them out: {names}")
        names = [f"{typed(shown(one.path))} ({one.attribute})" for one in arriving[:_MOST]]
        text = ", ".join(names) + ("…" if arriving[_MOST:] else "")
        hint = _("nothing was merged; who committed it takes that line out: {look}")
        look = f"git diff HEAD...{commit[:10]} -- ':(top,glob)**/{NAME}'"
        raise UsageError(message.format(names=text), hint.format(look=look))


def _brings_attributes(root: Path, tree: str) -> bool:
    words = ["diff-tree", "-r", "--name-only", "HEAD", tree, "--", f":(top,glob)**/{NAME}"]
    return bool(git.run(root, words).stdout)


def _converted(root: Path, source: str, paths: bytes) -> Sequence[_Converted]:
    """Return the files that git would change by the attributes of a commit or tree."""
    words = ["check-attr", f"--source={source}", "--stdin", "-z", *_HARMLESS]
    done = git.run(root, words, check=False, data=paths)
    parts = [] if done.returncode else os.fsdecode(done.stdout).split("\0")
    rows = map(_Converted._make, zip(parts[::3], parts[1::3], parts[2::3], strict=False))
    return [row for row in rows if not _is_harmless(row)]


def _is_harmless(row: _Converted) -> bool:
    if row.attribute in ("text", "eol") and row.path.startswith(_ANY_BYTES):
        return row.value in _NONE or row.path == layout.REGISTER
    return row.value in _HARMLESS[row.attribute]
