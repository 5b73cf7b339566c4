"""Checks that a fetch or a push writes no other branches and tags here than the wanted ones.

Git writes further refs by itself: those to which a remote's settings map the branch
(`remote.origin.fetch`), also after a push, and the targets of symbolic refs. So the tag of a report
could be set to another commit without a message.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.git_facts import list_settings
from assess.store.git.run.ref_files import is_surely_not_symbolic_ref

NO_MAPPING: Final = "--refmap="
"""The option of a fetch by which it writes only the refs of its arguments."""

_SAME_NAME: Final = ("refs/tags/", "refs/notes/")
"""Prefixes of refs that may be mapped to themselves: a push leaves them unchanged here."""


def refuse_fetch_refspecs_and_symbolic_refs(
    root: Path, remote: str, names: tuple[str, ...], lang: Lang
) -> None:
    """Refuse settings of a remote by which git overwrites other refs, and symbolic refs `names`.

    Raises:
        UsageError: names the setting or the ref, and the command that corrects it.
    """
    _ = translator(lang)
    for value in _list_fetch_refspecs(root, remote):
        if not _is_harmless_refspec(value):
            message = _("remote.{remote}.fetch lets git overwrite other branches or tags: {value}")
            name = quote_for_shell(f"remote.{remote}.fetch")
            hint = f"git config --unset-all --fixed-value {name} {quote_for_shell(value)}"
            raise UsageError(message.format(remote=remote, value=value), hint)
    _refuse_symbolic_refs(root, names, lang)


def refuse_symbolic_tracking_refs(root: Path, remote: str, branch: str, lang: Lang) -> None:
    """Refuse symbolic refs to which the settings of a remote map a branch that is pushed.

    Git writes the mapped refs after a push.

    Raises:
        UsageError: names the ref, and the command that corrects it.
    """
    pushed = f"refs/heads/{branch}"
    targets = [_target_of_refspec(value, pushed) for value in _list_fetch_refspecs(root, remote)]
    _refuse_symbolic_refs(root, [target for target in targets if target], lang)


def _refuse_symbolic_refs(root: Path, names: Iterable[str], lang: Lang) -> None:
    _ = translator(lang)
    for name in names:
        if target := read_symbolic_ref_target(root, name):
            message = _("{name} only stands for {target}, which git would overwrite")
            hint = f"git symbolic-ref --delete {quote_for_shell(name)}"
            raise UsageError(message.format(name=name, target=target), hint)


def _list_fetch_refspecs(root: Path, remote: str) -> list[str]:
    rows = list_settings(root, check=True)
    return [row.value for row in rows if row.name == f"remote.{remote}.fetch"]


def _is_harmless_refspec(refspec: str) -> bool:
    source, _colon, target = refspec.removeprefix("+").rpartition(":")
    if not source or target.startswith("refs/remotes/"):
        return True
    return source == target and target.startswith(_SAME_NAME)


def _target_of_refspec(refspec: str, ref: str) -> str:
    """Return the ref to which a mapping of a remote leads from `ref`, '' for none."""
    source, _colon, target = refspec.removeprefix("+").rpartition(":")
    before, star, after = source.partition("*")
    if not star:
        return target if source == ref else ""
    if not (ref.startswith(before) and ref.endswith(after) and len(ref) > len(before + after)):
        return ""
    return target.replace("*", ref[len(before) : len(ref) - len(after)], 1)


def read_symbolic_ref_target(root: Path, name: str) -> str:
    """Return the target of a symbolic ref, '' for another ref or a missing one."""
    if is_surely_not_symbolic_ref(root, name):
        return ""
    words = ["symbolic-ref", "--quiet", name]
    return os.fsdecode(git.run_git(root, words, check=False).stdout).removesuffix("\n")
