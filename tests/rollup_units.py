"""Units that hand in for a roll-up, made by the commands of the program on real workspaces."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from assess.cli.boundary import run_and_explain_errors

UNITS: Mapping[str, tuple[str, str]] = {
    "data-bureau": ("示例市青溪区数据局", "部门"),
    "education": ("</script><img src=x onerror=alert(1)>", "部门"),
    "health": ("=cmd|' /C calc'!A1", "部门"),
    "culture": ("示例市青溪区文旅局", "部门"),
    "qingxi-town": ("示例市青溪区青溪镇", "乡镇街道"),
    "street": ("示例市青溪区东风街道", "乡镇街道"),
    "museum": ("示例市青溪区博物馆", "企事业"),
}
"""The units by id; `street` does not hand in, `museum` need not."""

ANSWERED: Mapping[str, str] = {
    "data-bureau": "met",
    "education": "met",
    "health": "unmet",
    "culture": "partial",
    "qingxi-town": "met",
}
"""What each unit answers to every item that is a question of conformity."""


class MadeOffice(NamedTuple):
    """The folder of an office, and the workspaces of the units by id."""

    root: Path
    units: Mapping[str, Path]


def run_command(folder: Path, *words: str) -> None:
    """Run a command of the program in a folder, which must end with 0."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert run_and_explain_errors(list(words)) == 0, words
    finally:
        os.chdir(before)


def run_git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it prints."""
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    return done.stdout.decode()
