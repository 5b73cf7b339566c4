"""Set up what git needs to merge and show the workspace's files: attributes and local settings.

Attributes travel with the repository, settings do not: a clone without them merges line by line
(docs/decisions/0007-merge.md), so every clone is asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import WriteError
from assess.i18n import N_, Lang, translator
from assess.store import git
from assess.store.commit import trust, trusted
from assess.store.files import write_atomic

MERGED: Final = (
    "/assess.yaml merge=assess diff=assess",
    "/answers/**/*.yaml merge=assess diff=assess",
    "/checklists/*.yaml merge=assess diff=assess",
    "/evidence/register.yaml merge=assess diff=assess",
)
"""Lines of .gitattributes: the files that are merged by meaning."""

_MISSING: Final = N_("assess is not on the PATH: git cannot merge this file, nothing was changed")

DRIVER: Final = (
    "sh -c 'command -v assess >/dev/null || "
    f'{{ echo "{_MISSING}" >&2; exit 130; }}; '
    """exec assess merge-driver "$@"' -- %O %A %B %P"""
)
"""The guard makes git stop where `assess` is missing. Without it git would take our side for the
result and show a conflict without a marker: `git add` would then drop theirs."""

_HUNK_HEADER: Final = "^ *- id: (.*)$\n^  ([A-Za-z0-9][A-Za-z0-9.-]*):( |$)"
"""Sections and items of checklists, answers, people, rows: what a hunk of a diff is about."""

SETTINGS: Final = {
    "merge.assess.name": "merge by meaning (assess)",
    "merge.assess.driver": DRIVER,
    "diff.assess.xfuncname": _HUNK_HEADER,
}

CURE: Final = "assess git setup"
"""The one command that mends it."""


class Setup(NamedTuple):
    """What is there in a workspace."""

    repository: bool
    """Whether it stands in a git repository; nothing is needed where it does not."""
    driver: bool
    """Whether git here calls the merge driver, and guarded."""
    attributes: bool
    """Whether .gitattributes says which files are merged by meaning."""

    @property
    def complete(self) -> bool:
        """Whether two people's changes will be merged by meaning here."""
        return not self.repository or (self.driver and self.attributes)


def state(root: Path) -> Setup:
    """Return what is set up. Runs git once.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    words = ["config", "--get", "merge.assess.driver"]
    found = git.run(root, words, check=False).stdout.decode("utf-8", "replace").rstrip("\n")
    if found != DRIVER and git.Repository.find(root) is None:
        return Setup(repository=False, driver=False, attributes=False)
    return Setup(
        repository=True, driver=found == DRIVER, attributes=not _lacking(_attributes(root))
    )


def set_up(root: Path, lang: Lang) -> list[str]:
    """Write what is missing, and return the names of what was written.

    A repository that was trusted stays so: the change of its settings is ours.

    Raises:
        EnvironmentLacksError: git is not installed.
        WriteError: .gitattributes or the settings can't be written.
    """
    was_trusted = trusted(root)
    written = _write_attributes(root, lang)
    for name, value in SETTINGS.items():
        found = git.run(root, ["config", "--local", "--get", name], check=False).stdout
        if found.decode("utf-8", "replace").rstrip("\n") == value:
            continue
        done = git.run(root, ["config", "--local", name, value], check=False)
        if done.returncode:
            raise _refused(done.stderr, lang)
        written.append(name)
    if was_trusted:
        trust(root)
    return written


def _refused(said: bytes, lang: Lang) -> WriteError:
    _ = translator(lang)
    text = said.decode("utf-8", "replace").strip().removeprefix("error: ")
    hint = _("look whether .git may be written, and whether .git/config.lock was left behind")
    return WriteError(_("git can't write its settings: {reason}").format(reason=text), hint)


def _write_attributes(root: Path, lang: Lang) -> list[str]:
    text = _attributes(root)
    lacking = _lacking(text)
    if not lacking:
        return []
    if text and not text.endswith("\n"):
        text += "\n"
    whole = text + "".join(f"{line}\n" for line in lacking)
    write_atomic(root / ".gitattributes", whole.encode("utf-8", "surrogateescape"), lang)
    return [".gitattributes"]


def _attributes(root: Path) -> str:
    try:
        return (root / ".gitattributes").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _lacking(text: str) -> list[str]:
    known: Iterable[str] = {line.strip() for line in text.split("\n")}
    return [line for line in MERGED if line not in known]
