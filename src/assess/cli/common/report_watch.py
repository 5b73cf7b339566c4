"""`assess report --watch`: writes the report again whenever a file or a template is saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, _
from assess.cli.common.write_report import write_requested_report
from assess.errors import AssessError, FilesError

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import ReportRequest

PAUSE = 0.3
"""Seconds between two checks: short enough to seem immediate, and cheap."""

FileStamps = dict[Path, tuple[int, int]]


def rewrite_report_after_each_save(workspace: Workspace, request: ReportRequest) -> None:
    """Write the report now and after each save, until Ctrl+C; errors are printed."""
    from assess.workspace.core.watched_files import list_report_sources  # noqa: PLC0415  # not for --help

    for _state in yield_file_stamps_on_change(list_report_sources(workspace)):
        _write_report_and_print_result(workspace, request)


def yield_file_stamps_on_change(roots: tuple[Path, ...]) -> Iterator[FileStamps]:
    """Yield the state now, and whenever a file under `roots` is saved, added or removed."""
    last: FileStamps | None = None
    while True:
        now = read_file_stamps(roots)
        if now != last:
            last = now
            yield now
        time.sleep(PAUSE)


def read_file_stamps(roots: tuple[Path, ...]) -> FileStamps:
    """Return the time of saving (nanoseconds) and the size of each file.

    Raises:
        FilesError: folders are nested too deep.
    """
    from assess.workspace.core.watched_files import list_files_below  # noqa: PLC0415  # not for --help

    saved: FileStamps = {}
    for path in chain.from_iterable(list_files_below(root, LANG) for root in roots):
        try:
            status = path.stat()
        except OSError:  # a program saves by renaming: the file is missing for a moment
            continue
        if path.is_file():
            saved[path] = (status.st_mtime_ns, status.st_size)
    return saved


def _write_report_and_print_result(workspace: Workspace, request: ReportRequest) -> None:
    begin = time.monotonic()
    try:
        with workspace.git.open_snapshot():
            path, made = write_requested_report(workspace, request, lambda _progress: None)
    except AssessError as error:
        click.echo(_("error: {text}").format(text=error), err=True)
        for problem in error.problems if isinstance(error, FilesError) else ():
            click.echo(f"  {problem}", err=True)
        return
    seconds = f"{time.monotonic() - begin:.1f}"
    text = _("{path}, pages: {pages}, {seconds} s")
    click.echo(text.format(path=path, pages=made.rendered.pages, seconds=seconds))
