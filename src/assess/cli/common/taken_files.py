"""What became of files that were taken in: lines, rows for JSON, and the summary."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assess.cli.common.context import LANG, _, _n
from assess.cli.common.table_lines import format_table_line
from assess.harmless import escape_non_utf8_path_bytes, mark_line_breaks_and_escape
from assess.i18n import N_

if TYPE_CHECKING:
    from assess.model.receipt import ReceiptRemark
    from assess.workspace.office.taking import FileOutcome, TakenFile

_OUTCOMES: Final[Mapping[FileOutcome, str]] = {
    "taken": N_("taken in"),
    "held": N_("held"),
    "refused": N_("refused"),
    "confirmed": N_("confirmed"),
    "returned": N_("sent back"),
    "reviewed": N_("reviewed and accepted"),
    "same-file": N_("the same file as before"),
    "no-hand-in": N_("no hand-in"),
    "too-large": N_("too large"),
    "unreadable": N_("can't be read"),
    "missing": N_("there is no such file"),
    "link": N_("refused: a link"),
    "special-file": N_("refused: a pipe or a device"),
    "folder": N_("refused: a folder that can't be read, or is nested too deep"),
    "not-closed": N_("not closed"),
    "folder-refused": N_("refused: a repository"),
    "no-workspace": N_("no workspace"),
}
"""The word for each outcome, in the order of the summary."""

_NEW: Final = ("taken", "held", "refused", "confirmed")
_BESIDE: Final = ("no-hand-in", "no-workspace")
_GOOD: Final = ("taken", "confirmed", "same-file")
_FEWEST_TO_ESTIMATE: Final = 5
"""Files from which the remaining time is told."""

_SHOWN: Final = 10
"""Files without a receipt that are named."""


def is_not_taken(row: TakenFile, named: Collection[str]) -> bool:
    """Return whether a file was not taken; what lies in a folder beside hand-ins does not count."""
    if row.outcome in _BESIDE:
        return row.name in named
    return row.outcome not in _GOOD


def describe_taking_progress(done: int, count: int, path: Path, elapsed: float) -> str:
    """Return the line that shows how far the run is, after so many seconds."""
    name = mark_line_breaks_and_escape(escape_non_utf8_path_bytes(path.name))
    if done < _FEWEST_TO_ESTIMATE:
        return _("{done} of {count}: {name}").format(done=done + 1, count=count, name=name)
    minutes = math.ceil(elapsed / done * (count - done) / 60)
    text = _("{done} of {count}, {minutes} min left: {name}")
    return text.format(done=done + 1, count=count, minutes=minutes, name=name)


def make_taken_row(row: TakenFile) -> dict[str, object]:
    """Return what became of a file as a row of JSON."""
    receipt = row.receipt
    return {
        "file": escape_non_utf8_path_bytes(row.name),
        "outcome": row.outcome,
        "number": row.number,
        "unit": receipt.unit if receipt else None,
        "received": f"{receipt.received}" if receipt else None,
        "digest": receipt.file.digest if receipt and receipt.file else None,
        "signer": receipt.signer if receipt else None,
        "replaces": receipt.replaces if receipt else None,
        "remarks": [
            {"code": remark.code, "text": text} for remark, text in _list_remark_texts(row)
        ],
        "detail": row.detail,
    }


def print_taken_files(taken: Sequence[TakenFile], write_slip: Callable[[str], str]) -> None:
    """Print a line for each file with a receipt, then the others and the summary.

    Of a single file the text to send back is printed whole.
    """
    beside = sorted(
        (row for row in taken if row.receipt is None), key=lambda row: row.outcome in _BESIDE
    )
    for row in taken:
        if row.receipt is not None:
            _print_row_with_remarks(row)
    for row in beside[:_SHOWN]:
        name = escape_non_utf8_path_bytes(row.name)
        cells = (_(_OUTCOMES[row.outcome]), name, *filter(None, [row.detail]))
        click.echo(format_table_line(cells), err=True)
    if len(beside) > _SHOWN:
        text = _("and {count} more without a receipt")
        click.echo(text.format(count=len(beside) - _SHOWN), err=True)
    with_receipt = [row for row in taken if row.number is not None]
    if len(with_receipt) == 1 and with_receipt[0].outcome in _NEW:
        click.echo()
        click.echo(write_slip(with_receipt[0].number or ""))
    _print_summary(taken)


def _print_row_with_remarks(row: TakenFile) -> None:
    unit = row.receipt.unit if row.receipt else None
    cells = (_(_OUTCOMES[row.outcome]), row.number or "-", unit or "-", row.name)
    click.echo(format_table_line(cells))
    for _remark, text in _list_remark_texts(row):
        click.echo(f"  {text}")


def _list_remark_texts(row: TakenFile) -> Iterator[tuple[ReceiptRemark, str]]:
    from assess.workspace.office.remark_words import write_remark  # noqa: PLC0415  # not for --help

    for remark in row.receipt.reasons if row.receipt else ():
        yield remark, write_remark(remark, LANG)


def _print_summary(taken: Sequence[TakenFile]) -> None:
    counts = Counter(row.outcome for row in taken)
    words = [f"{_(name)} {counts[code]}" for code, name in _OUTCOMES.items() if counts[code]]
    text = _n("{count} file: {counts}", "{count} files: {counts}", len(taken))
    click.echo(text.format(count=len(taken), counts=_(", ").join(words) or "-"), err=True)
