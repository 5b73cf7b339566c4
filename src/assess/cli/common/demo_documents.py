"""The documents of the sample district, made by the commands that its officer would type."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

import click

from assess import locations
from assess.cli.common.context import PROGRAM

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

    campaign_ids = tuple(read_district().campaigns)
    for words in _list_commands(campaign_ids):
        show_command(" ".join((PROGRAM, *words)))
        _run_silently(office, words)
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


def _run_silently(office: Path, words: Sequence[str]) -> None:
    """Run a command in the folder of the office, in this process."""
    program = click.get_current_context().find_root().command
    with chdir(office), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        program.main(list(words), prog_name=PROGRAM, standalone_mode=False)
