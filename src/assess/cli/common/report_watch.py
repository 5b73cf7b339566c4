"""`assess report --watch`: renders again whenever a file or a template is saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, _
from assess.errors import AssessError, FilesError

if TYPE_CHECKING:
    from assess.cli.common.report_wish import Wish
    from assess.workspace import Workspace

PAUSE = 0.3
"""Seconds between looks: a save is seen at once, and looking costs nothing."""

_WATCHED = ("assess.yaml", "answers", "checklists", "evidence", "templates")

State = dict[Path, tuple[int, int]]


def watch_report(here: Workspace, wish: Wish, output: str | None) -> None:
    """Render, and again after each save, until Ctrl+C; mistakes are told, and waited out."""
    from assess.store.shipped_files import share  # noqa: PLC0415  # not for --help

    roots = (*(here.root / one for one in _WATCHED), share("templates"))
    for _state in changes(roots):
        _render(here, wish, output)


def changes(roots: tuple[Path, ...]) -> Iterator[State]:
    """Yield once, and again whenever a file under `roots` was saved, added or removed."""
    last: State | None = None
    while True:
        now = state(roots)
        if now != last:
            last = now
            yield now
        time.sleep(PAUSE)


def state(roots: tuple[Path, ...]) -> State:
    """Return when each file was saved (nanoseconds) and its size.

    Raises:
        FilesError: folders are nested too deep.
    """
    files = chain.from_iterable([root] if root.is_file() else _below(root) for root in roots)
    found: State = {}
    for path in files:
        try:
            told = path.stat()
        except OSError:  # saved by renaming: gone for a moment
            continue
        if path.is_file():
            found[path] = (told.st_mtime_ns, told.st_size)
    return found


def _below(folder: Path) -> Iterator[Path]:
    from assess.store.folder_walk import walk_entries  # noqa: PLC0415  # not for --help

    for entry in walk_entries(folder.parent, folder.name, LANG):
        yield folder.parent / entry.path


def _render(here: Workspace, wish: Wish, output: str | None) -> None:
    from assess.cli.common.report_wish import make  # noqa: PLC0415  # deferred: only this needs it

    begin = time.monotonic()
    try:
        with here.snapshot():
            path, made = make(here, wish, output, lambda _progress: None)
    except AssessError as error:
        click.echo(_("error: {text}").format(text=error), err=True)
        for problem in error.problems if isinstance(error, FilesError) else ():
            click.echo(f"  {problem}", err=True)
        return
    seconds = f"{time.monotonic() - begin:.1f}"
    text = _("{path}, pages: {pages}, {seconds} s")
    click.echo(text.format(path=path, pages=made.rendered.pages, seconds=seconds))
