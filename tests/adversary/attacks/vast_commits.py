"""Commits of a few thousand bytes that hold millions of files, or gigabytes."""

from __future__ import annotations

import string
import subprocess
from itertools import product

from adversary.attack import Place, attack

MEBIBYTE = 1024 * 1024


def git_with(place: Place, *words: str, data: bytes) -> str:
    """Run git with something on its input, and return the object that it names."""
    command = ["git", *words]
    done = subprocess.run(command, cwd=place.workspace, input=data, check=True, capture_output=True)
    return done.stdout.decode("ascii").strip()


def commit_with_evidence(place: Place, tree: str) -> str:
    """Return a commit after HEAD whose evidence is a tree."""
    lines = place.git("ls-tree", "HEAD").splitlines()
    kept = [line for line in lines if not line.endswith("\tevidence")]
    top = "\n".join([*kept, f"040000 tree {tree}\tevidence"])
    whole = git_with(place, "mktree", data=f"{top}\n".encode())
    return place.git("commit-tree", "-m", "theirs", "-p", "HEAD", whole).strip()


def endless_folders(place: Place) -> str:
    """Return a tree of 1.8 million names of one empty file."""
    blob = git_with(place, "hash-object", "-w", "--stdin", data=b"")
    names = ["".join(pair) for pair in product(string.ascii_lowercase, repeat=2)]
    files = "".join(f"100644 blob {blob}\t{a}{b}\n" for a, b in product(names, "12"))
    inner = git_with(place, "mktree", data=files.encode())
    folders = "".join(f"040000 tree {inner}\t{a}{b}\n" for a, b in product(names, "12"))
    return git_with(place, "mktree", data=folders.encode())


@attack("status", "log", "commit", "report --format json", exhaustive=True)
def names_that_share_objects(place: Place) -> None:
    """The newest commit has 1.8 million files."""
    place.git("reset", "-q", "--soft", commit_with_evidence(place, endless_folders(place)))


def synchronize_with(place: Place, commit: str) -> None:
    """Let the other side, a repository in the workspace, have a commit more."""
    place.git("clone", "-q", "--bare", ".", "theirs.git")
    place.git("push", "-q", "theirs.git", f"{commit}:refs/heads/main")
    place.git("remote", "add", "origin", "theirs.git")


@attack("sync", code=1, says="more files than a workspace can have", exhaustive=True)
def names_that_arrive(place: Place) -> None:
    """What a colleague pushed has 1.8 million files."""
    synchronize_with(place, commit_with_evidence(place, endless_folders(place)))


@attack("sync", says="files that are too large", exhaustive=True)
def files_that_fill_the_disk(place: Place) -> None:
    """What a colleague pushed lays out files of 200 MiB, all of one object."""
    blob = git_with(place, "hash-object", "-w", "--stdin", data=bytes(200 * MEBIBYTE))
    files = "".join(f"100644 blob {blob}\tf{number}\n" for number in range(8))
    synchronize_with(
        place, commit_with_evidence(place, git_with(place, "mktree", data=files.encode()))
    )
