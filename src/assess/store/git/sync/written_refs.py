"""Checks that a fetch or a push writes no other branches and tags here than the wanted ones.

Git writes further refs by itself: those to which a remote's settings map the branch
(`remote.origin.fetch`), also after a push, and the targets of symbolic refs. So the tag of a report
could be set to another commit without a message.
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
"""The option of a fetch by which it writes only the refs of its arguments."""

_SAME_NAME: Final = ("refs/tags/", "refs/notes/")
"""Prefixes of refs that may be mapped to themselves: a push leaves them unchanged here."""


def refuse_other_refs(root: Path, remote: str, names: tuple[str, ...], lang: Lang) -> None:
    """Refuse a remote whose settings, and symbolic refs `names`, by which git writes other refs.

    Raises:
        UsageError: names the setting or the ref, and the command that corrects it.
    """
    _ = translator(lang)
    for value in _fetch_mappings(root, remote):
        if not _is_harmless(value):
            message = _("remote.{remote}.fetch lets git overwrite other branches or tags: {value}")
            name = typed(f"remote.{remote}.fetch")
            hint = f"git config --unset-all --fixed-value {name} {typed(value)}"
            raise UsageError(message.format(remote=remote, value=value), hint)
    for name in names:
        if target := symbolic_target(root, name):
            message = _("{name} only stands for {target}, which git would overwrite")
            hint = f"git symbolic-ref --delete {typed(name)}"
            raise UsageError(message.format(name=name, target=target), hint)


def _fetch_mappings(root: Path, remote: str) -> list[str]:
    rows = list_settings(root, check=True)
    return [row.value for row in rows if row.name == f"remote.{remote}.fetch"]


def _is_harmless(mapping: str) -> bool:
    source, _colon, target = mapping.removeprefix("+").rpartition(":")
    if not source or target.startswith("refs/remotes/"):
        return True
    return source == target and target.startswith(_SAME_NAME)


def symbolic_target(root: Path, name: str) -> str:
    """Return the target of a symbolic ref, '' for another ref or a missing one."""
    words = ["symbolic-ref", "--quiet", name]
    return os.fsdecode(git.run_git(root, words, check=False).stdout).removesuffix("\n")
