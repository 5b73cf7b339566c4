"""`assess round carry | reopen`, and choosing between two closings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    git_author_environment,
    trust_repository_if_confirmed,
    trust_repository_option,
)
from assess.cli.common.context import LANG, _, acting_person_option, json_option
from assess.cli.common.json_output import print_json

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.rounds.carry_answers import CarriedOver


@click.command(
    "carry",
    help=_(
        "Carry answers that came after round ID was closed over into an open round, as they are:"
        " who gave them, when, with their evidence. All of them where no ITEM is named. Round ID"
        " is as it was reported again."
    ),
)
@click.argument("round_id", metavar="ID", shell_complete=complete_ids.closed_rounds)
@click.argument("items", metavar="[ITEM]...", nargs=-1, shell_complete=complete_ids.late_items)
@click.option(
    "--to",
    "target",
    metavar="R",
    required=True,
    help=_("the open round that takes them"),
    shell_complete=complete_ids.open_rounds,
)
@click.option(
    "--checklist",
    metavar="ID",
    help=_("only this checklist's sheets"),
    shell_complete=complete_ids.checklists,
)
@context.system_option
@acting_person_option
@json_option
def carry_command(
    *,
    round_id: str,
    items: tuple[str, ...],
    target: str,
    checklist: str | None,
    system: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Write the answers, and print where they are now."""
    from assess.workspace.rounds.carry_answers import move_late_answers  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    carried = move_late_answers(
        workspace, round_id, items, to=target, checklist=checklist, system=system
    )
    if as_json:
        rows = [carried_sheet._asdict() for carried_sheet in carried]
        print_json(rows)
        return
    for carried_sheet in carried:
        _print_carried_answers(carried_sheet, round_id, target)
    undecided = any(carried_sheet.undecided for carried_sheet in carried)
    click.echo(_("next:") + ("  assess fill" if undecided else "  assess commit && assess sync"))


def _print_carried_answers(carried: CarriedOver, round_id: str, target: str) -> None:
    text = _("{sheet}: carried from {round} to {to}: {items}")
    if carried.items:
        words = {"sheet": carried.sheet, "round": round_id, "to": target}
        click.echo(text.format(**words, items=", ".join(carried.items)))
    if carried.put_back:
        text = _("{sheet}: had been taken out of {round}, is there again: {items}")
        words = {"sheet": carried.sheet, "round": round_id}
        click.echo(text.format(**words, items=", ".join(carried.put_back)))
    if carried.undecided:
        text = _("{sheet}: {to} has another answer already, both stand there, to decide: {items}")
        words = {"sheet": carried.sheet, "to": target}
        click.echo(text.format(**words, items=", ".join(carried.undecided)))


@click.command(
    "reopen",
    help=_(
        "Open a closed round again, in a commit that says who did it and why. Its tag stays;"
        " closing it again sets the next one."
    ),
)
@click.argument("round_id", metavar="ID", shell_complete=complete_ids.closed_rounds)
@click.option("--reason", metavar="TEXT", required=True, help=_("why; it stands in the history"))
@acting_person_option
@trust_repository_option
@json_option
def reopen_command(
    round_id: str, reason: str, acting: str | None, trust: bool, as_json: bool
) -> None:
    """Reopen the round, and print the next command."""
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help
    from assess.workspace.rounds.reopen import reopen_round  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    trust_repository_if_confirmed(workspace, trust=trust)
    ask_and_set_committer_if_unknown(workspace, acting)
    done = reopen_round(
        workspace, round_id, reason, environ=_set_actor_and_make_environment(workspace)
    )
    if as_json:
        print_json(done._asdict())
        return
    text = _("round {round} was {closed} and is open again: commit {commit}")
    closed = format_closing_count_and_tag(done.tag, LANG)
    click.echo(text.format(round=round_id, closed=closed, commit=done.commit[:10]))
    click.echo(_("next:") + f"  assess sync; assess fill --round {round_id};", nl=False)
    click.echo(f" assess round close {round_id}")


def _set_actor_and_make_environment(workspace: Workspace) -> dict[str, str]:
    """Return git's environment for the acting person, or for the only filler, as the author."""
    workspace.acting = (
        workspace.acting or context.choose_acting_person(workspace.read_config(), None) or ""
    )
    return git_author_environment(workspace)


def set_chosen_closing_on_both_sides(
    workspace: Workspace, round_id: str, side: str, *, as_json: bool
) -> None:
    """Choose one of two closings, and print which one is valid now."""
    from assess.workspace.rounds.keep_closing import set_closing_on_both_sides  # noqa: PLC0415  # not for --help

    chosen = set_closing_on_both_sides(workspace, round_id, "ours" if side == "ours" else "theirs")
    stands = chosen.closing.ours if chosen.which == "ours" else chosen.closing.theirs
    other = chosen.closing.theirs if chosen.which == "ours" else chosen.closing.ours
    if as_json:
        row = {"round": round_id, "tag": chosen.closing.tag, "commit": stands.commit}
        print_json({**row, "instead_of": other.commit})
        return
    text = _("round {round}: {tag} is {stands} now, here and at {remote}; it was {other}")
    words = {"round": round_id, "tag": chosen.closing.tag, "remote": chosen.remote}
    click.echo(text.format(**words, stands=stands.as_text(LANG), other=other.as_text(LANG)))
    click.echo(_("next:") + "  assess status")
