"""`assess import`: takes in a filled-in form, or a return file of the higher body."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import context, import_return
from assess.cli.common.commit_preparation import trust_repository_option
from assess.cli.common.context import (
    _,
    acting_person_option,
    current_date,
    current_time,
    json_option,
)
from assess.cli.common.input_file import read_whole_file
from assess.cli.common.json_output import print_json

if TYPE_CHECKING:
    from assess.report.forms.import_form import EntryOutcome, FormImport


@click.command(
    "import",
    help=_(
        "Take over what was entered in FILE, a form made by `assess report --template blank`, and "
        "list what was taken, changed and ignored, and why. A return file of the higher body is "
        "known by its content: it opens its round again, and returns the items that it names."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("only show"))
@click.option("--yes", is_flag=True, help=_("take in a return file without asking"))
@acting_person_option
@trust_repository_option
@json_option
def import_command(
    *, file: Path, dry_run: bool, yes: bool, acting: str | None, trust: bool, as_json: bool
) -> None:
    """Take in a return file, or read a form, write the sheets, and print what was imported."""
    from assess.engine.return_file_json import is_start_of_json_object  # noqa: PLC0415  # deferred: not for --help

    data = read_whole_file(file)
    if is_start_of_json_object(data):
        options = import_return.ReturnOptions(dry_run, yes, trust, as_json)
        import_return.import_return_file(data, acting, options)
    else:
        _import_form(data, dry_run=dry_run, acting=acting, as_json=as_json)


def _import_form(data: bytes, *, dry_run: bool, acting: str | None, as_json: bool) -> None:
    """Read the form, write the sheets, and print what was imported."""
    from assess.report.forms.import_form import plan_form_import, write_form_import  # noqa: PLC0415  # deferred: not for --help

    workspace = context.open_workspace()
    imported = plan_form_import(workspace, data, current_date())
    if not dry_run:
        write_form_import(
            workspace,
            imported,
            by=context.choose_acting_person(workspace.read_config(), acting),
            now=current_time(),
        )
    if as_json:
        print_json(_import_for_json(imported))
        return
    _print_outcomes(imported)
    if dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)


def _print_outcomes(imported: FormImport) -> None:
    words = {
        "taken": _("taken"),
        "changed": _("changed"),
        "same": _("as it was"),
        "ignored": _("ignored"),
    }
    for outcome in imported.outcomes:
        place = _clean_as_single_line(f"{outcome.sheet} {outcome.item}")
        click.echo(f"{words[outcome.what]}  {place}: {_outcome_text(outcome)}")
    counts = {what: sum(outcome.what == what for outcome in imported.outcomes) for what in words}
    text = _(
        "{taken} taken, {changed} changed, {same} as they were, {ignored} ignored, {empty} empty"
    )
    click.echo(text.format(**counts, empty=imported.empty))


def _outcome_text(outcome: EntryOutcome) -> str:
    if outcome.what == "ignored":
        return _clean_as_single_line(outcome.why)
    before, after = (_clean_as_single_line(str(text)) for text in (outcome.before, outcome.after))
    return f"{before} → {after}" if outcome.what == "changed" else after


def _clean_as_single_line(text: str) -> str:
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help

    return clean_and_shorten_untrusted_text(" ".join(text.split()))


def _import_for_json(imported: FormImport) -> dict[str, object]:
    return {
        "round": imported.proof.round,
        "digest": imported.proof.digest,
        "outcomes": [outcome._asdict() for outcome in imported.outcomes],
        "empty": imported.empty,
    }
