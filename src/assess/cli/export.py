"""`assess export`: a round for a higher body, as a sanitised copy or as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import context
from assess.cli.common.context import LANG, _, json_option, round_option
from assess.cli.common.json_output import print_json
from assess.cli.common.terminal import write_bytes_to_stdout
from assess.cli.common.write_report import STDOUT
from assess.errors import UsageError
from assess.harmless import quote_for_shell

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.sharing.data_export import DataExport


@click.command(
    "export",
    help=_(
        "Write a round for a higher body: as a workspace of its own (--sanitised), or as data for"
        " other programs (--data). Sanitised, people, addresses, notes and evidence are removed or"
        " replaced by pseudonyms that stay the same; scores and findings are the same."
    ),
)
@click.option("--data", "as_data", is_flag=True, help=_("the round as data: one JSON file"))
@click.option("--sanitised", is_flag=True, help=_("without people, addresses, notes, evidence"))
@round_option
@click.option(
    "-o",
    "--output",
    metavar="DIR|FILE",
    type=click.Path(path_type=Path),
    help=_("a new folder; with --data a file, - is standard output"),
)
@json_option
def export_command(
    as_data: bool, sanitised: bool, round_id: str | None, output: Path | None, as_json: bool
) -> None:
    """Write the copy or the data, and print what was written."""
    if not (as_data or sanitised):
        text = _("say what to export: a sanitised copy, or data")
        raise UsageError(text, "assess export --sanitised -o DIR; assess export --data")
    workspace = context.open_workspace()
    chosen = round_id or workspace.find_newest_open_round()
    if as_data:
        _export_data(workspace, chosen, output, sanitised=sanitised, as_json=as_json)
    else:
        _export_sanitised_copy(workspace, chosen, output, as_json=as_json)


def _export_sanitised_copy(
    workspace: Workspace, round_id: str, output: Path | None, *, as_json: bool
) -> None:
    from assess.workspace.sharing.sanitised_export import write_sanitised_copy  # noqa: PLC0415  # not for --help

    if output is None or str(output) == STDOUT:
        text = _("an export is a folder; standard output can't hold one")
        raise UsageError(text, "assess export --sanitised -o DIR")
    done = write_sanitised_copy(workspace, round_id, output)
    _warn_if_pseudonym_key_is_new(has_new_key=done.has_new_key)
    if as_json:
        row = {"folder": str(done.folder), "files": list(done.files)}
        print_json(row)
        return
    for path in done.files:
        click.echo(f"{done.folder}/{path}")
    click.echo(_("this is round {round}; another one: --round").format(round=round_id), err=True)
    click.echo(
        _(
            "kept as they are: names and ids of the organization and its systems (also in file"
            " names), the id of the round, texts of checklists, answers in words that a checklist"
            " with marks does not mark as personal, addressee, marking and heads of reports; read"
            " them through before you hand the folder on"
        ),
        err=True,
    )
    _warn_about_unmarked_checklists(done.unmarked)
    click.echo(_("next:") + f"  cd {quote_for_shell(str(done.folder))} && assess report")


def _export_data(
    workspace: Workspace, round_id: str, output: Path | None, *, sanitised: bool, as_json: bool
) -> None:
    """Write the data into the file, by default one in `reports`, or to standard output."""
    from assess.locations import round_data_path  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.data_export import (  # noqa: PLC0415  # not for --help
        make_round_data_export,
        write_round_data_unless_other_file,
    )

    to_stdout = output is not None and str(output) == STDOUT
    if to_stdout and as_json:
        words = _("these don't go together: {words}").format(words="--json -o -")
        raise UsageError(words, "assess export --data -o -")
    done = make_round_data_export(workspace, round_id, context.current_date(), sanitised=sanitised)
    if to_stdout:
        write_bytes_to_stdout(done.data)
    else:
        path = output or workspace.root / round_data_path(round_id, sanitised=sanitised)
        write_round_data_unless_other_file(path, done.data, LANG)
        _print_data_file_path_or_json(path, done, as_json=as_json)
    _warn_if_pseudonym_key_is_new(has_new_key=done.has_new_key)
    _warn_about_unmarked_checklists(done.unmarked)
    if done.head.commit is None:
        text = _("not everything is committed, so the data names no commit")
        click.echo(f"{text}  (assess commit)", err=True)
    if not sanitised:
        text = _("it holds notes, and names of people; without them: {command}")
        click.echo(text.format(command="assess export --data --sanitised"), err=True)


def _print_data_file_path_or_json(path: Path, done: DataExport, *, as_json: bool) -> None:
    if not as_json:
        click.echo(str(path))
        return
    row = {
        "file": str(path),
        "format": done.head.format,
        "sanitised": done.head.sanitised,
        "date": done.head.date.isoformat(),
        "commit": done.head.commit,
        "unmarked": list(done.unmarked),
    }
    print_json(row)


def _warn_if_pseudonym_key_is_new(*, has_new_key: bool) -> None:
    from assess.workspace.sharing.sanitised_export import KEY  # noqa: PLC0415  # not for --help

    if has_new_key:
        text = _(
            "{path} was no key of this workspace's own, so it was made anew: pseudonyms differ from"
            " those of earlier exports"
        )
        click.echo(text.format(path=KEY), err=True)


def _warn_about_unmarked_checklists(names: tuple[str, ...]) -> None:
    if names:
        text = _(
            "these checklists do not mark what is personal, so all answers in words are removed:"
            " {names}; their issuer can mark it: personal: true"
        )
        click.echo(text.format(names=", ".join(names)), err=True)
