"""Branches and tags that a fetch or a push writes here: those of the other side, and no others.

Git writes further names by itself: those that the settings of a remote map the branch to
(`remote.origin.fetch`), also after a push, and those that a name stands for (a symbolic ref). So a
tag on which a report stands could be set to another commit without a word.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.read_once import list_settings

NO_MAPPING: Final = "--refmap="
"""The option of a fetch by which it writes the name that it is given and no others."""

_SAME_NAME: Final = ("refs/tags/", "refs/notes/")
"""Names that may be mapped to themselves: a push writes them as they are here already."""


def refuse_other_refs(root: Path, remote: str, names: tuple[str, ...], lang: Lang) -> None:
    """Refuse a remote whose settings, and `names` that, would let git write names of another kind.

    Raises:
        UsageError: names the setting or the name, and the command that mends it.
    """
    _ = translator(lang)
    for value in _mappings(root, remote):
        if not _is_harmless(value):
            message = _("remote.{remote}.fetch lets git overwrite other branches or tags: {value}")
            name = typed(f"remote.{remote}.fetch")
            hint = f"git config --unset-all --fixed-value {name} {typed(value)}"
            raise UsageError(message.format(remote=remote, value=value), hint)
    for name in names:
        if target := symbolic(root, name):
            message = _("{name} only stands for {target}, which git would overwrite")
            hint = f"git symbolic-ref --delete {typed(name)}"
            raise UsageError(message.format(name=name, target=target), hint)


def _mappings(root: Path, remote: str) -> list[str]:
    rows = list_settings(root, check=True)
    return [row.value for row in rows if row.name == f"remote.{remote}.fetch"]


def _is_harmless(mapping: str) -> bool:
    source, _colon, target = mapping.removeprefix("+").rpartition(":")
    if not source or target.startswith("refs/remotes/"):
        return True
    return source == target and target.startswith(_SAME_NAME)


def symbolic(root: Path, name: str) -> str:
    """Return the name that a name stands for; '' where it is one of its own, or none."""
    words = ["symbolic-ref", "--quiet", name]
    return os.fsdecode(git.run(root, words, check=False).stdout).removesuffix("\n")
