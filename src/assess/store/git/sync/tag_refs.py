"""The tags of a repository, from its refs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git
from assess.store.git.run.output_lines import list_output_lines

TAGS: Final = "refs/tags/"
"""The prefix of the refs of tags."""


def commits_by_local_tag(root: Path) -> dict[str, str]:
    """Return the tags of this repository with their commits."""
    commit = "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"
    out = git.run_git(root, ["for-each-ref", f"--format={commit} %(refname)", TAGS]).stdout
    rows = (line.partition(" ") for line in list_output_lines(out))
    return commits_by_tag({name: oid for oid, _blank, name in rows})


def commits_by_tag(commits_by_ref: Mapping[str, str]) -> dict[str, str]:
    """Return the tags of refs, by name without the prefix."""
    return {
        name.removeprefix(TAGS): oid
        for name, oid in commits_by_ref.items()
        if name.startswith(TAGS)
    }


def list_parent_names_of_tag(name: str) -> list[str]:
    """Return the parent names of a tag, `a` and `a/b` of `a/b/c`, which no other tag can have."""
    parts = name.split("/")
    return ["/".join(parts[:size]) for size in range(1, len(parts))]


def find_blocking_tag(name: str, tags: Iterable[str]) -> str | None:
    """Return the first of `tags` that keeps git from writing a tag: a parent or child of it."""
    above = list_parent_names_of_tag(name)
    blocking = (tag for tag in sorted(tags) if tag in above or tag.startswith(f"{name}/"))
    return next(blocking, None)
