"""The documents of the sample district, made by the commands that its officer would type."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess import locations
from assess.cli.common.context import LANG, PROGRAM
from assess.cli.common.exit_codes import ExitCode
from assess.errors import AssessError, EnvironmentLacksError

if TYPE_CHECKING:
    from assess.workspace.office.demo_district.data import District

_LAST_FORMS: Final = ("xlsx", "html", "pdf", "docx")


def make_demo_documents(office: Path, show_command: Callable[[str], None]) -> Path:
    """Make the figures of all campaigns, and workbook, page, circular and letters of the last one.

    Returns the folder of the last campaign's documents. `show_command` gets each command before it
    runs.

    Raises:
        EnvironmentLacksError: the machine lacks what sets a document.
        AssessError: a command failed.
    """
    from assess.workspace.office.demo_district.data import read_district  # noqa: PLC0415  # not for --help

    district = read_district()
    environ = {**os.environ, "ASSESS_LANG": LANG, **_make_identity(district)}
    campaign_ids = tuple(district.campaigns)
    for words in _list_commands(campaign_ids):
        show_command(" ".join((PROGRAM, *words)))
        _run_command(office, words, environ)
    return office / locations.ROLLUPS / campaign_ids[-1]


def _list_commands(campaign_ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the commands; a year is compared with the figures of those before it."""
    *earlier, last = campaign_ids
    for campaign_id in earlier:
        yield "rollup", "make", campaign_id, "--format", "json"
    for form in _LAST_FORMS:
        yield "rollup", "make", last, "--format", form
    yield "rollup", "remind", last
    yield "rollup", "notice", last


def _make_identity(district: District) -> dict[str, str]:
    """Return git's environment variables of the officer."""
    officer = district.officer
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", officer.name), ("EMAIL", officer.email))
    }


def _run_command(office: Path, words: Sequence[str], environ: Mapping[str, str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "assess", *words],
        cwd=office,
        env=environ,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if ran.returncode == ExitCode.OK:
        return
    message = ran.stderr.decode("utf-8", "replace").strip()
    lacks = ran.returncode == ExitCode.ENVIRONMENT
    raise EnvironmentLacksError(message) if lacks else AssessError(message)
