"""The program that makes a report: its provenance names it, so that it can be made again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from assess import __version__
from assess.model.provenance import Program
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.plumbing import run_git
from assess.store.shipped_files import PACKAGE


@cache
def describe_running_program() -> Program:
    """Return version, commit and digest of the running program.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    return Program(
        version=__version__, commit=_read_checkout_commit(), files=_compute_package_digest()
    )


def find_checkout_folder() -> Path | None:
    """Return the folder of the checkout that the program runs from; None if it is installed."""
    folder = PACKAGE.parent.parent
    return folder if (folder / ".git").exists() else None


def _read_checkout_commit() -> str | None:
    """Return the commit of the program's checkout; None if it is installed, or can't be read.

    Git opens no repository of another user, as root's is who installed the program for everybody.
    This one may be opened: the program runs from its folder.
    """
    folder = find_checkout_folder()
    if folder is None:
        return None
    words = ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]
    opened = (*INERT, f"safe.directory={folder.resolve()}")
    done = run_git(folder, words, check=False, options=opened)
    return None if done.returncode else done.stdout.decode("ascii").strip()


def _compute_package_digest() -> str:
    """Return a SHA-256 over the names and bytes of the package's files.

    A checkout and the wheel built from it have the same digest: compiled files do not count, nor
    does `_share`, which only the wheel has.
    """
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE)
        if path.is_file() and not {"_share", "__pycache__"} & set(name.parts):
            file_digest = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{file_digest}  {name.as_posix()}\n".encode())
    return digest.hexdigest()
