"""Setting a tag here or on the other side, whatever it is there."""

from __future__ import annotations

from pathlib import Path

from assess.i18n import Lang
from assess.store.git.boundary import refuse_outside
from assess.store.git.other_side import receiving, refuse_other_side
from assess.store.git.sync import FETCH, TAGS, reach
from assess.store.git.writing import WRITING
from assess.store.git.written_refs import refuse_other_refs


def take_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Set a tag as the other side has it, whatever it is here; `tag` is a name that is there.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or the tag can't be written.
    """
    refuse_outside(root, lang)
    refuse_other_refs(root, remote, (f"{TAGS}{tag}",), lang)
    reach(root, [*FETCH, "--no-tags", "--", remote, _forced(tag)], WRITING)


def hand_on_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Set a tag on the other side as it is here, whatever it is there.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached or refused.
    """
    refuse_outside(root, lang)
    refuse_other_side(root, remote, lang)
    reach(root, ["push", "-q", *receiving(root, remote), "--", remote, _forced(tag)], WRITING)


def _forced(tag: str) -> str:
    return f"+{TAGS}{tag}:{TAGS}{tag}"
