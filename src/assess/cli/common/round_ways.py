"""`assess round carry | reopen`, and which of two closings stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, as_option, json_option
from assess.cli.common.saving import ask_identity, ask_trust, author, trust_option

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
@as_option
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
    """Write the answers and say where they stand now."""
    from assess.workspace.rounds.carry_answers import carry  # noqa: PLC0415  # not for --help

    here = context.workspace(acting)
    carried = carry(here, round_id, items, to=target, checklist=checklist, system=system)
    if as_json:
        rows = [one._asdict() for one in carried]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in carried:
        _tell_carried(one, round_id, target)
    undecided = any(one.undecided for one in carried)
    click.echo(_("next:") + ("  assess fill" if undecided else "  assess commit && assess sync"))


def _tell_carried(one: CarriedOver, round_id: str, target: str) -> None:
    said = _("{sheet}: carried from {round} to {to}: {items}")
    if one.items:
        words = {"sheet": one.sheet, "round": round_id, "to": target}
        click.echo(said.format(**words, items=", ".join(one.items)))
    if one.put_back:
        said = _("{sheet}: had been taken out of {round}, is there again: {items}")
        words = {"sheet": one.sheet, "round": round_id}
        click.echo(said.format(**words, items=", ".join(one.put_back)))
    if one.undecided:
        said = _("{sheet}: {to} has another answer already, both stand there, to decide: {items}")
        words = {"sheet": one.sheet, "to": target}
        click.echo(said.format(**words, items=", ".join(one.undecided)))


@click.command(
    "reopen",
    help=_(
        "Open a closed round again, in a commit that says who did it and why. Its tag stays;"
        " closing it again sets the next one."
    ),
)
@click.argument("round_id", metavar="ID", shell_complete=complete_ids.closed_rounds)
@click.option("--reason", metavar="TEXT", required=True, help=_("why; it stands in the history"))
@as_option
@trust_option
@json_option
def reopen_command(
    round_id: str, reason: str, acting: str | None, trust: bool, as_json: bool
) -> None:
    """Reopen it and say what comes next."""
    from assess.engine.closings import closing_words  # noqa: PLC0415  # not for --help
    from assess.workspace.rounds.reopen import reopen  # noqa: PLC0415  # not for --help

    here = context.workspace(acting)
    ask_trust(here, given=trust)
    ask_identity(here, acting)
    done = reopen(here, round_id, reason, environ=_author(here))
    if as_json:
        click.echo(json.dumps(done._asdict(), ensure_ascii=False, indent=2))
        return
    said = _("round {round} was {closed} and is open again: commit {commit}")
    closed = closing_words(done.tag, LANG)
    click.echo(said.format(round=round_id, closed=closed, commit=done.commit[:10]))
    click.echo(_("next:") + f"  assess sync; assess fill --round {round_id};", nl=False)
    click.echo(f" assess round close {round_id}")


def _author(here: Workspace) -> dict[str, str]:
    """Return who acts as the author, also the only one who fills in: the commit says who."""
    here.acting = here.acting or context.person(here.config(), None) or ""
    return author(here)


def keep(here: Workspace, round_id: str, which: str, *, as_json: bool) -> None:
    """Let one of two closings stand, and say which."""
    from assess.workspace.rounds.keep_closing import keep_closing  # noqa: PLC0415  # not for --help

    kept = keep_closing(here, round_id, "ours" if which == "ours" else "theirs")
    stands = kept.apart.ours if kept.which == "ours" else kept.apart.theirs
    other = kept.apart.theirs if kept.which == "ours" else kept.apart.ours
    if as_json:
        row = {"round": round_id, "tag": kept.apart.tag, "commit": stands.commit}
        click.echo(json.dumps({**row, "instead_of": other.commit}, ensure_ascii=False, indent=2))
        return
    said = _("round {round}: {tag} is {stands} now, here and at {remote}; it was {other}")
    words = {"round": round_id, "tag": kept.apart.tag, "remote": kept.remote}
    click.echo(said.format(**words, stands=stands.words(LANG), other=other.words(LANG)))
    click.echo(_("next:") + "  assess status")
