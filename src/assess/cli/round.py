"""`assess round new | close | carry | reopen | list`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context, round_ways
from assess.cli.common.context import LANG, _, as_option, json_option, today
from assess.cli.common.saving import ask_identity, ask_trust, author, trust_option
from assess.errors import UsageError
from assess.model.base import pick

if TYPE_CHECKING:
    from assess.engine.rounds import Closing, OpenRemediation
    from assess.workspace.rounds.lifecycle import NewRound


@click.group("round", help=_("Rounds of self-assessment."))
def round_command() -> None:
    """Hold the subcommands."""


round_command.add_command(round_ways.carry_command)
round_command.add_command(round_ways.reopen_command)


@round_command.command(
    "new",
    help=_(
        "Start a round after the last one: its answers stand beside the items as suggestions,"
        " only remediation that is still open is copied."
    ),
)
@click.argument("round_id", metavar="ID")
@click.option(
    "--from",
    "from_id",
    metavar="R",
    help=_("the round before; the newest"),
    shell_complete=complete_ids.rounds,
)
@click.option("--title", metavar="TEXT", help=_("as it is printed"))
@click.option("--due", metavar="D", help=_("when it is to be done"))
@as_option
@json_option
def new(
    round_id: str,
    from_id: str | None,
    title: str | None,
    due: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Write the round and say what it took over."""
    from assess.workspace.rounds import lifecycle as rounds  # noqa: PLC0415  # not for --help

    made = rounds.start(
        context.workspace(acting),
        round_id,
        today=today(),
        from_id=from_id,
        title=title,
        due=context.day(due, "--due"),
    )
    if as_json:
        click.echo(json.dumps(_made_plain(made), ensure_ascii=False, indent=2))
        return
    click.echo(_("round {round} started").format(round=round_id))
    for sheet, one in made.carried.items():
        said = _("{sheet}: {count} suggestions, {open} remediations go on")
        count, going_on = made.suggested[sheet], len(one.remediation)
        click.echo("  " + said.format(sheet=sheet, count=count, open=going_on))
        for plan in one.lost:
            said = _("{item}: open remediation, but the checklist has no such item: {action}")
            words = {"item": plan.item, "action": plan.plan.action or "–"}
            click.echo("  " + said.format(**words), err=True)
    for sheet in made.dropped:
        said = _("{sheet}: left out, its checklist or system is not there any more")
        click.echo("  " + said.format(sheet=sheet), err=True)
    click.echo(_("next:") + "  assess commit && assess fill")


def _made_plain(made: NewRound) -> dict[str, object]:
    return {
        "round": made.round_id,
        "from": made.from_id,
        "sheets": {
            sheet: {
                "suggestions": made.suggested[sheet],
                "remediation": [plan.item for plan in one.remediation],
                "lost": [plan.item for plan in one.lost],
            }
            for sheet, one in made.carried.items()
        },
        "left_out": list(made.dropped),
    }


@round_command.command(
    "close",
    help=_("Close a round: it must be committed and lint clean; tags it, and it stays as it is."),
)
@click.argument("round_id", metavar="ID", required=False, shell_complete=complete_ids.rounds)
@click.option(
    "--signed",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("take in the scan of the signed and stamped report as evidence"),
)
@click.option(
    "--keep",
    "which",
    type=click.Choice(("ours", "theirs")),
    help=_("closed on two sides: let our closing stand, or theirs, here and there"),
)
@as_option
@trust_option
@json_option
def close(
    *,
    round_id: str | None,
    signed: Path | None,
    which: str | None,
    acting: str | None,
    trust: bool,
    as_json: bool,
) -> None:
    """Close it and list what goes on."""
    from assess.engine.closings import closing_words  # noqa: PLC0415  # not for --help
    from assess.workspace.rounds import lifecycle as rounds  # noqa: PLC0415  # not for --help

    here = context.workspace(acting)
    if which is not None:
        if round_id is None or signed is not None:
            raise UsageError(
                _("--keep goes with a round, and without --signed"),
                "assess round close 2026 --keep theirs",
            )
        ask_trust(here, given=trust, tell=False)  # refused below, with the names
        round_ways.keep(here, round_id, which, as_json=as_json)
        return
    round_id = round_id or here.newest_open_round()
    ask_trust(here, given=trust)
    ask_identity(here, acting)
    by = context.person(here.config(), acting)
    done = rounds.close(
        here,
        round_id,
        today=today(),
        now=context.now(),
        by=by,
        signed=signed,
        environ=author(here),
    )
    if as_json:
        row = {
            "round": done.round_id,
            "tag": done.tag,
            "commit": done.commit,
            "signed": done.signed,
            "resumed": done.resumed,
            **_closing_plain(done.closing),
        }
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    said = _("round {round} is {closed}: commit {commit}")
    if done.resumed:
        said = _("round {round} was closed before; its missing tag {tag} is set: commit {commit}")
    words = {"closed": closing_words(done.tag, LANG), "tag": done.tag, "commit": done.commit[:10]}
    click.echo(said.format(round=round_id, **words))
    _tell(done.closing)
    click.echo(_("next:") + "  assess sync; assess round new ID")


def _tell(closing: Closing) -> None:
    """Say what was left undone, and list the remediation that goes on."""
    for count, text in (
        (closing.unanswered, _("{count} items unanswered")),
        (closing.unreviewed, _("{count} answers not accepted by a reviewer")),
        (closing.stale, _("{count} answers given to another wording")),
        (closing.warnings, _("{count} warnings of lint")),
    ):
        if count:
            click.echo("  " + text.format(count=count))
    for sheet, plans in closing.remediation.items():
        said = _("{sheet}: remediation that goes on in the next round:")
        click.echo("  " + said.format(sheet=sheet))
        for one in plans:
            click.echo("    " + _plan(one))


def _plan(one: OpenRemediation) -> str:
    from assess.engine.history.words import clean  # noqa: PLC0415  # not for --help
    from assess.engine.kinds.wording import name  # noqa: PLC0415  # not for --help

    plan = one.plan
    due = plan.due.isoformat() if plan.due else None
    parts = (one.item, name(plan.state, LANG), due, plan.owner, clean(plan.action or ""))
    return "  ".join(part for part in parts if part)


def _closing_plain(closing: Closing) -> dict[str, object]:
    return {
        "unanswered": closing.unanswered,
        "unreviewed": closing.unreviewed,
        "stale": closing.stale,
        "warnings": closing.warnings,
        "remediation": {
            sheet: [one.item for one in plans] for sheet, plans in closing.remediation.items()
        },
    }


@round_command.command("list", help=_("List the rounds."))
@json_option
def show(as_json: bool) -> None:
    """Print one a line: id, state, title, when it is due, its tag."""
    rows = {
        key: {
            "title": pick(one.title, LANG),
            "state": one.state,
            "due": one.due.isoformat() if one.due else None,
            "from": one.from_,
            "tag": one.tag,
            "sheets": list(one.sheets),
        }
        for key, one in context.workspace().config().rounds.items()
    }
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    states = {"open": _("open"), "closed": _("closed")}
    for key, row in rows.items():
        cells = (key, states[str(row["state"])], row["title"], row["due"] or "-", row["tag"] or "-")
        click.echo("\t".join(map(str, cells)))
