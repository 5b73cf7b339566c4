"""What is written to one's own repository beside commits: identity, tags; and what would run there.

A change of settings that this program makes itself leaves a trusted repository trusted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import flush_repository, write, write_settings
from assess.store.git.run.known_settings import has_answer
from assess.store.git.run.read_once import ask_settings
from assess.store.git.setup.local_settings import own
from assess.store.git.trust.boundary import refuse_outside
from assess.store.git.trust.trusted_programs import hooks, keeping_trust, own_settings, settings


def programs(root: Path) -> list[str]:
    """Return what would start programs here once the repository is trusted: hooks and settings.

    Empty where nothing would: such a repository needs no question.
    """
    kept = hooks(root)
    names = [
        f"hooks/{one.relative_to(kept[0]).as_posix()}"
        for one in kept[1:]
        if one.suffix != ".sample" and _runs(one)
    ]
    ours = own()
    rows = [(name, value) for name, value in own_settings(root) if ours.get(name) != value]
    keys = dict.fromkeys(name.lower() for name, _value in rows)
    return names + [key for key in keys if has_answer(key, "asked")]


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def set_identity(root: Path, name: str, email: str, lang: Lang = "zh") -> None:
    """Write who commits into the repository's own settings.

    Raises:
        GitError, WriteError: they can't be written; git would write outside of the workspace's
            folder.
    """
    refuse_outside(root, lang)
    ours = {"user.name": name, "user.email": email}
    with keeping_trust(root, ours):
        write_settings(root, ours, lang)


def has_identity(root: Path, environ: Mapping[str, str] | None = None) -> bool:
    """Return whether git knows who commits here."""
    return not ask_settings(root, ["var", "GIT_AUTHOR_IDENT"], environ=environ).returncode


def make_tag(
    root: Path,
    name: str,
    commit: str,
    message: str,
    environ: Mapping[str, str] | None = None,
    lang: Lang = "zh",
) -> None:
    """Tag a commit with a message, signed where git is told to sign and is trusted.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: the tag is there already, or can't be written or signed.
        UnconfirmedError: the disk did not confirm the tag.
    """
    refuse_outside(root, lang)
    words = ["tag", "-a", "--cleanup=whitespace", "-m", message, name, commit]
    write(root, words, options=settings(root), environ=environ)
    flush_repository(root, lang)
