"""`assess settle`: decide what a merge left undecided, without the screens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import PROGRAM, _, as_option, json_option, now
from assess.errors import UsageError
from assess.harmless import one_line, typed

if TYPE_CHECKING:
    from assess.problem import Problem
    from assess.workspace import Workspace
    from assess.workspace.sharing.settle_conflict import Sides
    from assess.workspace.sharing.undecided_files import Side

_LONGEST = 60
"""Characters of a value in a list."""


@click.command(
    "settle",
    help=_(
        "Decide a conflict that a merge left: FIELD of ITEM in FILE, as `assess status` names it."
        " ITEM `.` is the file itself, FIELD `.` a whole answer or row. FILE alone: a file that is"
        " not merged field by field. Without words: list them."
    ),
)
@click.argument("file", required=False, shell_complete=complete_ids.conflict_files)
@click.argument("item", required=False, shell_complete=complete_ids.conflict_items)
@click.argument("field", required=False, shell_complete=complete_ids.conflict_fields)
@click.option("--ours", is_flag=True, help=_("keep what stands here"))
@click.option("--theirs", is_flag=True, help=_("take what the other side wrote"))
@click.option("--edited", is_flag=True, help=_("the whole FILE as you have mended it"))
@click.option("--value", metavar="VALUE", help=_("another value, as `assess answer` takes it"))
@as_option
@json_option
def settle_command(
    *,
    file: str | None,
    item: str | None,
    field: str | None,
    ours: bool,
    theirs: bool,
    edited: bool,
    value: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Write the decision, then print what is left and what comes next."""
    from assess.workspace.sharing import settle_conflict as settling  # noqa: PLC0415  # not for --help

    side = _side(ours=ours, theirs=theirs, edited=edited)
    here = context.workspace(acting)
    settled, place = None, ""
    if file is not None and item is None and value is None:
        _settle_whole(here, file, side)
        place = typed(file)
    elif file is not None or side is not None or value is not None:
        _refuse_incomplete(file, item, field, side, value)
        settled = settling.find_conflict(here, file or "", item or "", field or "")
        if value is None:
            settling.decide(here, settled, theirs=side == "theirs")
        else:
            by = context.person(here.config(), acting)
            settling.decide_value(here, settled, value, by=by, now=now())
    _tell(here, settled, settled.place if settled is not None else place, as_json=as_json)


def _side(**flags: bool) -> str | None:
    """Return the option that was given.

    Raises:
        UsageError: there are several.
    """
    chosen = [name for name, is_set in flags.items() if is_set]
    if len(chosen) > 1:
        raise UsageError(_("say how to decide, in one way"), "--ours, --theirs, --edited")
    return chosen[0] if chosen else None


def _settle_whole(here: Workspace, file: str, side: str | None) -> None:
    """Settle a whole file.

    Raises:
        UsageError: it is not said how; or as waiting_files.settle_whole.
    """
    from assess.workspace.sharing import undecided_files as waiting_files  # noqa: PLC0415  # not for --help

    sides: dict[str | None, Side] = {"ours": "ours", "theirs": "theirs", "edited": "edited"}
    if side not in sides:
        raise UsageError(_("say how to decide, in one way"), "--ours, --theirs, --edited")
    waiting_files.settle_whole(here, file, sides[side])


def _refuse_incomplete(
    file: str | None, item: str | None, field: str | None, side: str | None, value: str | None
) -> None:
    """Refuse a command that does not say what to decide, and how.

    Raises:
        UsageError: something is missing, or there is too much.
    """
    if None in (file, item, field):
        raise UsageError(_("name FILE, ITEM and FIELD of the conflict"), "assess settle")
    if (side is None) == (value is None) or side == "edited":
        message = _("say how to decide, in one way")
        raise UsageError(message, "--ours, --theirs, --value VALUE")


def _tell(here: Workspace, settled: Sides | None, place: str, *, as_json: bool) -> None:
    """Print what was settled, what is left, and what comes next."""
    from assess.workspace.core import unfinished_merge as unfinished  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import settle_conflict as settling  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import undecided_files as waiting_files  # noqa: PLC0415  # not for --help

    left = settling.sides(here)
    whole = waiting_files.undecided_files(here)
    step = unfinished.next_step(here.root, here.lang)
    if as_json:
        row = {
            "settled": conflict_plain(settled) if settled is not None else place or None,
            "left": [conflict_plain(one) for one in left],
            "files": [problem.file for problem in whole],
            "next": step or None,
        }
        click.echo(json.dumps(row, ensure_ascii=False, indent=2, default=str))
        return
    if place:
        click.echo(_("settled: {place}").format(place=place))
    for line in [*conflict_lines(left), *whole_lines(whole)]:
        click.echo(line)
    if not left and not whole:
        click.echo(nothing_left(step))


def nothing_left(step: str) -> str:
    """Return that no conflict stands, and the next command."""
    command = step.replace("assess", PROGRAM, 1)
    return _("no conflict is left to settle; next: {command}").format(command=command)


def conflict_lines(left: list[Sides]) -> Iterator[str]:
    """Yield how many conflicts stand and how to settle them, then each with both sides."""
    if left:
        text = _("conflicts to decide: {count} ({command}, or: {screen})")
        command = f"{PROGRAM} settle FILE ITEM FIELD --ours|--theirs|--value VALUE"
        yield text.format(count=len(left), command=command, screen=f"{PROGRAM} fill")
    for one in left:
        ours, theirs = _brief(one.ours), _brief(one.theirs)
        yield "  " + _("{place}: here {ours}, there {theirs}").format(
            place=one.place, ours=ours, theirs=theirs
        )


def whole_lines(problems: list[Problem]) -> Iterator[str]:
    """Yield each of these files, and how to settle it."""
    for problem in problems:
        yield f"  {problem.file}: {problem.message} ({problem.hint})"


def _brief(value: Any) -> str:
    text = "–" if value is None else one_line(str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def conflict_plain(one: Sides) -> dict[str, Any]:
    """Return a conflict as JSON has it."""
    conflict = one.standing.conflict
    return {
        "file": one.standing.file,
        "item": one.name.item,
        "field": one.name.field,
        "path": [*conflict.path, conflict.row.field],
        "ours": one.ours,
        "theirs": one.theirs,
    }
