"""Starting a Python of our own: in a folder of its own, with a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.parent_process import environ_naming_this_parent

_KEPT = (
    "ASSESS_DEBUG",
    "HOME",
    "PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
)
"""Variables that fontconfig and the loader need; no other variable is passed on."""


def start_module(
    module_and_arguments: Sequence[str], folder: str, *, stdin: int, stdout: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a module (`words[0]`) in `folder` and return its process; stderr is discarded.

    The module ends when this process ends (`assess.parent_process`).
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", *module_and_arguments],
        cwd=folder,
        stdin=stdin,
        stdout=stdout,
        stderr=None if os.environ.get("ASSESS_DEBUG") else subprocess.DEVNULL,
        env=environ_naming_this_parent(make_child_environment(os.environ, folder)),
        # Ctrl+C reaches this process only, which then ends the child.
        start_new_session=True,
    )


def make_child_environment(environ: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return the few variables that the child gets: no locale, no hash seed, no tokens."""
    kept_variables = {name: environ[name] for name in _KEPT if name in environ}
    # Where this package stands: the child does not look into the current folder (-P).
    package = Path(__file__).resolve().parent.parent.parent.parent
    fixed = {
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(package),
        "TMPDIR": folder,
        "TZ": "UTC",
    }
    return kept_variables | fixed
