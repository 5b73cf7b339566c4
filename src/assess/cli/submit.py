"""`assess submit`: a round as one file for the higher body; `--check` reads such a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, current_date, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.input_file import read_whole_file
from assess.cli.common.json_output import print_json
from assess.errors import UsageError
from assess.harmless import quote_for_shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assess.workspace.hand_in.make import MadeHandIn
    from assess.workspace.hand_in.outcome import AcceptedHandIn, HandInNote


@click.command(
    "submit",
    help=_(
        "Write a closed round as one file to hand in: its inputs, its data, the scan of the"
        " stamped page; no git, no history. It is checked as the higher body will check it. With"
        " --check, check a file that was handed in; no workspace is needed for that."
    ),
)
@click.option(
    "--round",
    "round_id",
    metavar="R",
    help=_("a round; the newest closed one"),
    shell_complete=complete_ids.rounds,
)
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("the folder to write to; the current one"),
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help=_("the file to write")
)
@click.option("--sanitised", is_flag=True, help=_("without people, addresses, notes, evidence"))
@click.option("--evidence", is_flag=True, help=_("with the files of evidence that answers cite"))
@click.option(
    "--report",
    "pdf",
    metavar="PDF",
    type=click.Path(path_type=Path),
    help=_("with the PDF of the report, signed or not"),
)
@click.option(
    "--open",
    "allow_open",
    is_flag=True,
    help=_("where the higher body allows it: a round that is not closed, or not finished"),
)
@click.option(
    "--check",
    "checked",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("check this file instead, and say what it holds"),
)
@json_option
def submit_command(
    *,
    round_id: str | None,
    folder: Path | None,
    output: Path | None,
    sanitised: bool,
    evidence: bool,
    pdf: Path | None,
    allow_open: bool,
    checked: Path | None,
    as_json: bool,
) -> None:
    """Write the hand-in, or check one."""
    options = {
        "--round": round_id,
        "--to": folder,
        "--output": output,
        "--sanitised": sanitised,
        "--evidence": evidence,
        "--report": pdf,
        "--open": allow_open,
    }
    _refuse_conflicting_options({name for name, value in options.items() if value}, checked)
    if checked is not None:
        _check_and_exit(checked, as_json=as_json)
    from assess.workspace.hand_in.make import (  # noqa: PLC0415  # not for --help
        HandInRequest,
        find_newest_round_to_hand_in,
        make_hand_in,
        write_hand_in,
    )

    workspace = context.open_workspace()
    open_git_snapshot_for_command(workspace)
    chosen = round_id or find_newest_round_to_hand_in(workspace, is_open=allow_open)
    report = None if pdf is None else read_whole_file(pdf)
    request = HandInRequest(chosen, sanitised, evidence, report)
    made = make_hand_in(workspace, request, current_date())
    outcome = _check_made_file_or_exit(made, allow_open=allow_open)
    path = output or (folder or Path()) / made.file_name
    write_hand_in(workspace, path, made.data)
    _print_written(path, made, outcome, as_json=as_json)


def _refuse_conflicting_options(options: set[str], checked: Path | None) -> None:
    conflicts = [
        {"--to", "--output"},
        {"--sanitised", "--evidence"},
        {"--sanitised", "--report"},
    ]
    wrong = next((names for names in conflicts if names <= options), None)
    if checked is not None and options:
        wrong = {"--check", min(options)}
    if wrong is not None:
        words = _("these don't go together: {words}").format(words=" ".join(sorted(wrong)))
        raise UsageError(words, "assess submit --help")


def _check_made_file_or_exit(made: MadeHandIn, *, allow_open: bool) -> AcceptedHandIn:
    """Return the outcome of reading what was just made; print why it can't be handed in."""
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.workspace.hand_in.outcome import RefusedHandIn  # noqa: PLC0415  # not for --help
    from assess.workspace.hand_in.words import UNFINISHED  # noqa: PLC0415  # not for --help

    outcome = check_hand_in(made.data, current_date(), LANG)
    round_id = made.manifest.round
    if isinstance(outcome, RefusedHandIn):
        _print_obstacles_and_exit(round_id, (outcome.reason, *outcome.others))
    obstacles = [note for note in outcome.remarks if note.code in UNFINISHED and not allow_open]
    if obstacles:
        _print_obstacles_and_exit(round_id, obstacles)
    return outcome


def _print_obstacles_and_exit(round_id: str, notes: Sequence[HandInNote]) -> NoReturn:
    """Print why a round can't be handed in, and end with 1."""
    from assess.cli.common.hand_in_lines import list_note_lines  # noqa: PLC0415  # not for --help
    from assess.workspace.hand_in.words import UNFINISHED  # noqa: PLC0415  # not for --help

    click.echo(_("nothing was written, because the round can't be handed in like this:"), err=True)
    for line in list_note_lines(notes):
        click.echo(line, err=True)
    codes = {note.code for note in notes}
    if codes <= set(UNFINISHED):
        hint = _(
            "finish it and close the round; where the higher body allows open rounds: {option}"
        )
        if "not-closed" not in codes:
            hint = _(
                "round {round} is closed; {again} opens it; finish it and close it once more; where"
                " the higher body allows it: {option}"
            )
        again = f"assess round reopen {quote_for_shell(round_id)} --reason …"
        words = {"round": round_id, "again": again, "option": "assess submit --open"}
        click.echo(hint.format(**words), err=True)
    raise click.exceptions.Exit(ExitCode.NO)


def _print_written(path: Path, made: MadeHandIn, outcome: AcceptedHandIn, *, as_json: bool) -> None:
    from assess.cli.common.hand_in_lines import (  # noqa: PLC0415  # not for --help
        describe_manifest,
        list_note_lines,
        outcome_for_json,
    )

    if as_json:
        row = {"file": str(path), **outcome_for_json(outcome), "unmarked": list(made.unmarked)}
        print_json(row)
    else:
        click.echo(str(path))
        for line in describe_manifest(made.manifest):
            click.echo(f"  {line}")
    for line in list_note_lines(outcome.remarks):
        click.echo(line, err=True)
    if made.unmarked:
        text = _(
            "these checklists do not mark what is personal, so all answers in words are removed:"
            " {names}; their issuer can mark it: personal: true"
        )
        click.echo(text.format(names=", ".join(made.unmarked)), err=True)
    if not made.manifest.sanitised:
        text = _("it holds notes, and names of people; without them: {command}")
        click.echo(text.format(command="assess submit --sanitised"), err=True)
    hint = _("what the higher body will see of it: {command}")
    command = f"assess submit --check {quote_for_shell(str(path))}"
    click.echo(hint.format(command=command), err=True)


def _check_and_exit(path: Path, *, as_json: bool) -> NoReturn:
    """Print what the check of a file came to, and end: 0 in order, 6 with remarks, 1 refused."""
    from assess.cli.common.hand_in_lines import describe_outcome, outcome_for_json  # noqa: PLC0415  # not for --help
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.workspace.hand_in.archive import MOST_OF_A_HAND_IN  # noqa: PLC0415  # not for --help
    from assess.workspace.hand_in.outcome import RefusedHandIn  # noqa: PLC0415  # not for --help

    outcome = check_hand_in(read_whole_file(path, MOST_OF_A_HAND_IN + 1), current_date(), LANG)
    if as_json:
        print_json(outcome_for_json(outcome))
    else:
        for line in describe_outcome(outcome):
            click.echo(line)
    if isinstance(outcome, RefusedHandIn):
        raise click.exceptions.Exit(ExitCode.NO)
    raise click.exceptions.Exit(ExitCode.RESERVATIONS if outcome.remarks else ExitCode.OK)
