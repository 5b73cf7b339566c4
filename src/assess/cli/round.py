"""`assess round new | set-due | close | carry | reopen | list`: rounds of self-assessment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context, round_after_closing, round_due
from assess.cli.common.asking import ask_yes_or_no
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    can_ask_user,
    git_author_environment,
    trust_repository_if_confirmed,
    trust_repository_option,
)
from assess.cli.common.context import (
    LANG,
    PROGRAM,
    _,
    acting_person_option,
    current_date,
    json_option,
)
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import print_table
from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.model.base import pick_text

if TYPE_CHECKING:
    from assess.engine.rounds import OpenRemediation, RoundClosing
    from assess.workspace import Workspace
    from assess.workspace.rounds.close import ClosedRound
    from assess.workspace.rounds.start import NewRound


@click.group("round", cls=CommandGroup, help=_("Rounds of self-assessment."))
def round_command_group() -> None:
    """Hold the subcommands."""


round_command_group.add_command(round_after_closing.carry_command)
round_command_group.add_command(round_after_closing.reopen_command)
round_command_group.add_command(round_due.set_due_command)


@round_command_group.command(
    "new",
    help=_(
        "Start a round after the last one: its answers stand beside the items as suggestions,"
        " only remediation that is still open is copied. ID names the round for ever: lower-case"
        " letters, digits and hyphens, as 2027 or 2027-h1."
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
@acting_person_option
@json_option
def new_round_command(
    round_id: str,
    from_id: str | None,
    title: str | None,
    due: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Start the round, and print what it took over from the last round."""
    from assess.workspace.rounds.start import start_round  # noqa: PLC0415  # not for --help

    made = start_round(
        context.open_workspace(acting),
        round_id,
        today=current_date(),
        from_id=from_id,
        title=title,
        due=context.parse_day(due, "--due"),
    )
    if as_json:
        print_json(_new_round_for_json(made))
    else:
        _print_new_round(made)


def _print_new_round(made: NewRound) -> None:
    """Print what a new round took over and left out, and the next command."""
    click.echo(_("round {round} started").format(round=made.round_id))
    for sheet, carried in made.carried.items():
        text = _("{sheet}: suggestions: {count}, remediation that goes on: {open}")
        count, going_on = made.suggested[sheet], len(carried.remediation)
        click.echo("  " + text.format(sheet=sheet, count=count, open=going_on))
        for plan in carried.lost:
            text = _("{item}: open remediation, but the checklist has no such item: {action}")
            words = {"item": plan.item, "action": plan.plan.action or "–"}
            click.echo("  " + text.format(**words), err=True)
    for sheet in made.dropped:
        text = _("{sheet}: left out, its checklist or system is not there any more")
        click.echo("  " + text.format(sheet=sheet), err=True)
    click.echo(_("next:") + "  assess commit && assess fill")


def _new_round_for_json(made: NewRound) -> dict[str, object]:
    return {
        "round": made.round_id,
        "from": made.from_id,
        "sheets": {
            sheet: {
                "suggestions": made.suggested[sheet],
                "remediation": [plan.item for plan in carried.remediation],
                "lost": [plan.item for plan in carried.lost],
            }
            for sheet, carried in made.carried.items()
        },
        "left_out": list(made.dropped),
    }


@round_command_group.command(
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
    type=NamedChoice(("ours", "theirs")),
    help=_("closed on two sides: let our closing stand, or theirs, here and there"),
)
@click.option("--yes", is_flag=True, help=_("close it even where items are open, without asking"))
@acting_person_option
@trust_repository_option
@json_option
def close_round_command(
    *,
    round_id: str | None,
    signed: Path | None,
    which: str | None,
    yes: bool,
    acting: str | None,
    trust: bool,
    as_json: bool,
) -> None:
    """Close the round, and list the remediation that continues."""
    from assess.workspace.rounds.close import close_round  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    if which is not None:
        _set_chosen_closing(workspace, round_id, which, signed=signed, trust=trust, as_json=as_json)
        return
    round_id = round_id or workspace.find_newest_open_round()
    trust_repository_if_confirmed(workspace, trust=trust)
    ask_and_set_committer_if_unknown(workspace, acting)
    closed = close_round(
        workspace,
        round_id,
        today=current_date(),
        now=context.current_time(),
        by=context.choose_acting_person(workspace.read_config(), acting),
        signed=signed,
        environ=git_author_environment(workspace),
        confirm=lambda closing: None if yes else _confirm_closing_or_exit(closing, round_id),
    )
    if as_json:
        print_json(_closed_round_for_json(closed))
    else:
        _print_closed_round(closed)
    if signed is not None and closed.signed is not None and closed.known_signed_title is not None:
        from assess.display.evidence.known_file import known_file_text  # noqa: PLC0415  # not for --help

        title = closed.known_signed_title
        click.echo(known_file_text(signed.name, closed.signed, title, LANG), err=True)


def _confirm_closing_or_exit(closing: RoundClosing, round_id: str) -> None:
    """Ask whether a round in which something is left undone is to be closed.

    Where nobody can be asked, answers that are not accepted prevent nothing.

    Raises:
        UsageError: items are open, and there is no terminal to ask on.
        click.exceptions.Exit: the user does not want it; with the code of "the answer is no".
    """
    from assess.display.rounds.closing_words import closing_question_and_state, list_unfinished_work  # noqa: PLC0415  # not for --help

    if not list_unfinished_work(closing, LANG):
        return
    question, statement = closing_question_and_state(round_id, closing, LANG)
    if not can_ask_user():
        if not closing.open_items:
            return
        hint = _("assess status; to close it all the same: {command}")
        command = f"assess round close {quote_for_shell(round_id)} --yes"
        raise UsageError(statement.splitlines()[0], hint.format(command=command))
    click.echo(statement, err=True)
    if not ask_yes_or_no(question):
        click.echo(
            _("not closed; the open items: {command}").format(command=f"{PROGRAM} fill"), err=True
        )
        raise click.exceptions.Exit(ExitCode.NO)


def _set_chosen_closing(
    workspace: Workspace,
    round_id: str | None,
    side: str,
    *,
    signed: Path | None,
    trust: bool,
    as_json: bool,
) -> None:
    """Choose one of two closings of a round.

    Raises:
        UsageError: no round is named, or a signed report is.
    """
    if round_id is None or signed is not None:
        raise UsageError(
            _("--keep goes with a round, and without --signed"),
            "assess round close 2026 --keep theirs",
        )
    trust_repository_if_confirmed(
        workspace, trust=trust, show_untrusted=False
    )  # refused below, with the names
    round_after_closing.set_chosen_closing_on_both_sides(workspace, round_id, side, as_json=as_json)


def _closed_round_for_json(closed: ClosedRound) -> dict[str, object]:
    """Return a closed round for JSON output."""
    return {
        "round": closed.round_id,
        "tag": closed.tag,
        "commit": closed.commit,
        "signed": closed.signed,
        "resumed": closed.resumed,
        **_closing_for_json(closed.closing),
    }


def _print_closed_round(closed: ClosedRound) -> None:
    """Print the commit of a closing, what was left undone, and the next command."""
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help

    text = _("round {round} is {closed}: commit {commit}")
    if closed.resumed:
        text = _("round {round} was closed before; its missing tag {tag} is set: commit {commit}")
    words = {"closed": format_closing_count_and_tag(closed.tag, LANG), "tag": closed.tag}
    click.echo(text.format(round=closed.round_id, commit=closed.commit[:10], **words))
    _print_unfinished_work(closed.closing)
    if closed.closing.returned:
        hint = _(
            "`assess submit` does not hand it in before the returned answers are changed: {command}"
        )
        command = f"assess round reopen {quote_for_shell(closed.round_id)} --reason …"
        click.echo(hint.format(command=command), err=True)
        return
    click.echo(_("next:") + "  assess sync; assess round new ID")


def _print_unfinished_work(closing: RoundClosing) -> None:
    """Print what was left undone, and the remediation that continues."""
    from assess.display.rounds.closing_words import list_unfinished_work  # noqa: PLC0415  # not for --help

    for text in list_unfinished_work(closing, LANG):
        click.echo("  " + text)
    for sheet, plans in closing.remediation.items():
        heading = _("{sheet}: remediation that goes on in the next round:")
        click.echo("  " + heading.format(sheet=sheet))
        for plan in plans:
            click.echo("    " + _open_remediation_text(plan))


def _open_remediation_text(remediation: OpenRemediation) -> str:
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help
    from assess.engine.kinds.wording import translate_code  # noqa: PLC0415  # not for --help

    plan = remediation.plan
    due = plan.due.isoformat() if plan.due else None
    parts = (
        remediation.item,
        translate_code(plan.state, LANG),
        due,
        plan.owner,
        clean_and_shorten_untrusted_text(plan.action or ""),
    )
    return "  ".join(part for part in parts if part)


def _closing_for_json(closing: RoundClosing) -> dict[str, object]:
    return {
        "unanswered": closing.unanswered,
        "stale": closing.stale,
        "returned": closing.returned,
        "unreviewed": closing.unreviewed,
        "unproved": closing.unproved,
        "warnings": closing.warnings,
        "remediation": {
            sheet: [plan.item for plan in plans] for sheet, plans in closing.remediation.items()
        },
    }


@round_command_group.command("list", help=_("List the rounds."))
@json_option
def list_rounds_command(as_json: bool) -> None:
    """Print a line for each round: id, state, title, due date, tag."""
    rows = {
        key: {
            "title": pick_text(round_.title, LANG),
            "state": round_.state,
            "due": round_.due.isoformat() if round_.due else None,
            "from": round_.from_,
            "tag": round_.tag,
            "sheets": list(round_.sheets),
        }
        for key, round_ in context.open_workspace().read_config().rounds.items()
    }
    if as_json:
        print_json(rows)
        return
    states = {"open": _("open"), "closed": _("closed")}
    cells = (
        (key, states[str(row["state"])], row["title"], row["due"] or "-", row["tag"] or "-")
        for key, row in rows.items()
    )
    print_table((_("Id"), _("State"), _("Title"), _("Due"), _("Tag")), cells)
