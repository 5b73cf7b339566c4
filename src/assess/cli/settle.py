"""`assess settle`: decides conflicts of a merge from the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import PROGRAM, _, acting_person_option, current_time, json_option
from assess.cli.common.json_output import print_json
from assess.errors import UsageError
from assess.harmless import mark_line_breaks_and_escape, quote_for_shell

if TYPE_CHECKING:
    from assess.problem import Problem
    from assess.workspace import Workspace
    from assess.workspace.sharing.settle_conflict import ConflictSides
    from assess.workspace.sharing.undecided_files import WholeFileChoice

_LONGEST = 60
"""Maximum length of a value in a list."""


@click.command(
    "settle",
    help=_(
        "Decide a conflict that a merge left: FIELD of ITEM in FILE, as `assess status` names it."
        " ITEM `.` is the file itself, FIELD `.` a whole answer or row. FILE alone: all conflicts"
        " in it, or a file that is not merged field by field. Without words: list them."
    ),
)
@click.argument("file", required=False, shell_complete=complete_ids.conflict_files)
@click.argument("item", required=False, shell_complete=complete_ids.conflict_items)
@click.argument("field", required=False, shell_complete=complete_ids.conflict_fields)
@click.option("--ours", is_flag=True, help=_("keep what stands here"))
@click.option("--theirs", is_flag=True, help=_("take what the other side wrote"))
@click.option("--edited", is_flag=True, help=_("the whole FILE as you have mended it"))
@click.option("--value", metavar="VALUE", help=_("another value, as `assess answer` takes it"))
@acting_person_option
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
    """Write the decision, then print the remaining conflicts and the next command."""
    from assess.workspace.sharing.settle_conflict import (  # noqa: PLC0415  # not for --help
        decide_conflict,
        decide_conflict_with_value,
        find_conflict,
    )

    side = _find_set_flag(ours=ours, theirs=theirs, edited=edited)
    workspace = context.open_workspace(acting)
    settled, place = None, ""
    if file is not None and item is None and value is None:
        _settle_file_by_side(workspace, file, side)
        place = quote_for_shell(file)
    elif file is not None or side is not None or value is not None:
        _refuse_invalid_arguments(file, item, field, side, value)
        settled = find_conflict(workspace, file or "", item or "", field or "")
        if value is None:
            decide_conflict(workspace, settled, theirs=side == "theirs")
        else:
            by = context.choose_acting_person(workspace.read_config(), acting)
            decide_conflict_with_value(workspace, settled, value, by=by, now=current_time())
    _print_settled_and_left_conflicts(
        workspace, settled, settled.place if settled is not None else place, as_json=as_json
    )


def _find_set_flag(**flags: bool) -> str | None:
    """Return the name of the flag that is set; None where none is.

    Raises:
        UsageError: several flags are set.
    """
    chosen = [name for name, is_set in flags.items() if is_set]
    if len(chosen) > 1:
        raise UsageError(_("say how to decide, in one way"), "--ours, --theirs, --edited")
    return chosen[0] if chosen else None


def _settle_file_by_side(workspace: Workspace, file: str, side: str | None) -> None:
    """Settle a file as a whole, or all conflicts of a file that is merged field by field.

    Raises:
        UsageError: the command does not say how; or as `settle_whole_file`.
    """
    from assess.workspace.sharing.settle_conflict import decide_all_conflicts  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.undecided_files import settle_whole_file  # noqa: PLC0415  # as above

    sides: dict[str | None, WholeFileChoice] = {
        "ours": "ours",
        "theirs": "theirs",
        "edited": "edited",
    }
    if side not in sides:
        raise UsageError(_("say how to decide, in one way"), "--ours, --theirs, --edited")
    if side != "edited" and decide_all_conflicts(workspace, file, theirs=side == "theirs"):
        return
    settle_whole_file(workspace, file, sides[side])


def _refuse_invalid_arguments(
    file: str | None, item: str | None, field: str | None, side: str | None, value: str | None
) -> None:
    """Refuse a command that does not say what to decide and how.

    Raises:
        UsageError: an argument is missing, or there is one too many.
    """
    if None in (file, item, field):
        raise UsageError(_("name FILE, ITEM and FIELD of the conflict"), "assess settle")
    if (side is None) == (value is None) or side == "edited":
        message = _("say how to decide, in one way")
        raise UsageError(message, "--ours, --theirs, --value VALUE")


def _print_settled_and_left_conflicts(
    workspace: Workspace, settled: ConflictSides | None, place: str, *, as_json: bool
) -> None:
    """Print what was settled, the remaining conflicts, and the next command."""
    from assess.workspace.core.unfinished_merge import next_command_after_conflicts  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.settle_conflict import list_conflict_sides  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.undecided_files import list_undecided_file_problems  # noqa: PLC0415  # not for --help

    left = list_conflict_sides(workspace)
    whole = list_undecided_file_problems(workspace)
    step = next_command_after_conflicts(workspace.root, workspace.lang)
    if as_json:
        row = {
            "settled": conflict_for_json(settled) if settled is not None else place or None,
            "left": [conflict_for_json(conflict) for conflict in left],
            "files": [problem.file for problem in whole],
            "next": step or None,
        }
        print_json(row, encode_other_type=str)
        return
    if place:
        click.echo(_("settled: {place}").format(place=place))
    for line in [*conflict_lines_for_settling(left), *undecided_file_lines(whole)]:
        click.echo(line)
    if not left and not whole:
        click.echo(no_conflict_left_text(step))


def no_conflict_left_text(next_command: str) -> str:
    """Return the text that no conflict is left, with the next command."""
    command = next_command.replace("assess", PROGRAM, 1)
    return _("no conflict is left to settle; next: {command}").format(command=command)


def conflict_lines_for_settling(left: Sequence[ConflictSides]) -> Iterator[str]:
    """Yield the number of conflicts and how to settle them, then each conflict with both sides."""
    if left:
        text = _("conflicts to decide: {count} ({command}, or: {screen})")
        command = f"{PROGRAM} settle FILE ITEM FIELD --ours|--theirs|--value VALUE"
        yield text.format(count=len(left), command=command, screen=f"{PROGRAM} fill")
    for conflict in left:
        ours, theirs = _shorten_value(conflict.ours), _shorten_value(conflict.theirs)
        yield "  " + _("{place}: here {ours}, there {theirs}").format(
            place=conflict.place, ours=ours, theirs=theirs
        )


def undecided_file_lines(problems: list[Problem]) -> Iterator[str]:
    """Yield a line for each file to decide as a whole, with the command that settles it."""
    for problem in problems:
        yield f"  {problem.file}: {problem.message} ({problem.hint})"


def _shorten_value(value: Any) -> str:
    text = "–" if value is None else mark_line_breaks_and_escape(str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def conflict_for_json(sides: ConflictSides) -> dict[str, Any]:
    """Return a conflict for JSON output."""
    conflict = sides.file_conflict.conflict
    return {
        "file": sides.file_conflict.file,
        "item": sides.name.item,
        "field": sides.name.field,
        "path": [*conflict.path, conflict.row.field],
        "ours": sides.ours,
        "theirs": sides.theirs,
    }
