"""The identity and the tags of the workspace's repository, and the programs that it would start.

A trusted repository stays trusted after a change of settings by this program.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import (
    flush_file_systems_of_repository,
    run_writing_git,
    write_repository_settings,
)
from assess.store.git.run.git_facts import ask_git_or_reuse_answer
from assess.store.git.run.known_settings import is_listed_or_assumed_answer
from assess.store.git.setup.local_settings import git_settings_to_write
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import (
    keep_trust_while_setting,
    list_git_options_by_trust,
    list_hook_paths,
    list_repository_settings,
)


def list_hooks_and_program_settings(root: Path) -> list[str]:
    """Return the hooks and settings by which a trusted repository would start programs.

    Without any of them the user needs not be asked for trust.
    """
    paths = list_hook_paths(root)
    names = [
        f"hooks/{path.relative_to(paths[0]).as_posix()}"
        for path in paths[1:]
        if path.suffix != ".sample" and _is_executable(path)
    ]
    ours = git_settings_to_write()
    rows = [
        (name, value) for name, value in list_repository_settings(root) if ours.get(name) != value
    ]
    keys = dict.fromkeys(name.lower() for name, _value in rows)
    return names + [key for key in keys if is_listed_or_assumed_answer(key, "asked")]


def _is_executable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def write_committer_identity(root: Path, name: str, email: str, lang: Lang = "zh") -> None:
    """Write the identity of the committer to the repository's settings.

    Raises:
        GitError, WriteError: the settings can't be written; git would write outside of the
            workspace's folder.
    """
    refuse_git_writing_outside(root, lang)
    ours = {"user.name": name, "user.email": email}
    with keep_trust_while_setting(root, ours):
        write_repository_settings(root, ours, lang)


def is_author_identity_known(root: Path, environ: Mapping[str, str] | None = None) -> bool:
    """Return whether git has name and e-mail of the author."""
    return not ask_git_or_reuse_answer(
        root, ["var", "GIT_AUTHOR_IDENT"], environ=environ
    ).returncode


def make_annotated_tag(
    root: Path,
    name: str,
    commit: str,
    message: str,
    environ: Mapping[str, str] | None = None,
    lang: Lang = "zh",
) -> None:
    """Tag a commit with a message; sign the tag if settings of the user, or trusted ones, say so.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: the tag exists already, or can't be written or signed.
        UnconfirmedError: the disk did not confirm the tag.
    """
    refuse_git_writing_outside(root, lang)
    words = ["tag", "-a", "--cleanup=whitespace", "-m", message, name, commit]
    run_writing_git(root, words, options=list_git_options_by_trust(root), environ=environ)
    flush_file_systems_of_repository(root, lang)
