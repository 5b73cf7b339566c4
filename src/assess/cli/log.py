"""`assess log [ITEM]`: shows the history of the workspace, or of an answer, by meaning."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.china_time import format_china_time
from assess.cli.common import complete_ids, context
from assess.cli.common.command_group import NamedChoice, WholeNumber
from assess.cli.common.context import LANG, _, current_date, json_option
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.json_output import print_json

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.history.changes import HistoryEntry

FORMATS = ("text", "markdown")


def format_option(function: Any) -> Any:
    """Add --format."""
    return click.option(
        "--format", "form", type=NamedChoice(FORMATS), default="text", help=_("of the output")
    )(function)


@click.command("log", help=_("Show what changed in which answer, commit by commit, newest first."))
@click.argument("item", required=False, shell_complete=complete_ids.items)
@click.option("--checklist", metavar="ID", help=_("only this checklist's sheets"))
@click.option("--system", metavar="ID", help=_("the system, for system checklists"))
@click.option("--round", "round_id", metavar="R", help=_("only this round"))
@click.option("-n", "count", type=WholeNumber(1), default=20, help=_("how many commits; 20"))
@click.option("--all", "everything", is_flag=True, help=_("all of them"))
@format_option
@json_option
def log_command(
    item: str | None,
    checklist: str | None,
    system: str | None,
    round_id: str | None,
    count: int,
    everything: bool,
    form: str,
    as_json: bool,
) -> None:
    """Print each commit as soon as it is read."""
    from assess.workspace.history.changes import WorkspaceHistory  # noqa: PLC0415  # not for --help
    from assess.workspace.proof.report_closing import round_tags_by_commit  # noqa: PLC0415  # as above

    workspace = context.open_workspace()
    open_git_snapshot_for_command(workspace)
    with WorkspaceHistory(workspace, current_date()) as history:
        if checklist or system or round_id:
            paths = history.list_selected_sheet_paths(checklist, system, round_id)
        else:
            paths = [] if item is None else history.list_paths_of_sheets_answering(item)
        entries = history.read_log_entries(
            paths=paths, item=item, limit=None if everything else count
        )
        closings = round_tags_by_commit(workspace.root)
        if as_json:
            rows = [
                {**_entry_for_json(entry), "closings": closings.get(entry.commit.oid, [])}
                for entry in entries
            ]
            print_json(rows)
            return
        _print_entries(entries, read_names_by_person_id(workspace), form, closings)


def read_names_by_person_id(workspace: Workspace) -> Mapping[str, str]:
    """Return the names of the people of assess.yaml by id; none where it can't be read."""
    from assess.errors import FilesError  # noqa: PLC0415  # not for --help

    try:
        return {key: person.name for key, person in workspace.read_config().people.items()}
    except FilesError:
        return {}


def _print_entries(
    entries: Iterator[HistoryEntry],
    names: Mapping[str, str],
    form: str,
    closings: Mapping[str, Sequence[str]],
) -> None:
    from assess.engine.history import words  # noqa: PLC0415  # not for --help

    some = False
    for entry in entries:
        some = True
        lines = list(words.describe_changes(entry.changes, names, LANG))
        if form == "markdown":
            head = f"## {_entry_head(entry, closings)}\n\n"
            click.echo(head + words.format_lines_as_markdown(lines))
        else:
            inner = "".join(
                f"  {line}\n" for line in words.indent_and_join_lines(lines).splitlines()
            )
            click.echo(f"{_entry_head(entry, closings)}\n{inner}")
        if entry.commit.boundary:
            click.echo(
                _("history before this commit is not here (shallow clone): git fetch --unshallow"),
                err=True,
            )
        sys.stdout.flush()
    if not some:
        click.echo(_("nothing is committed there yet"), err=True)


def _entry_head(entry: HistoryEntry, closings: Mapping[str, Sequence[str]]) -> str:
    """Return the first line of a commit, with the tags of the closings that it is."""
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help

    commit = entry.commit
    marks = "".join(
        f"  [{clean_and_shorten_untrusted_text(tag)}]" for tag in closings.get(commit.oid, ())
    )
    head = f"{commit.short_id}  {format_china_time(commit.authored_at)}"
    author, subject = (
        clean_and_shorten_untrusted_text(commit.author),
        clean_and_shorten_untrusted_text(commit.subject),
    )
    return f"{head}  {author}  {subject}{marks}"


def _entry_for_json(entry: HistoryEntry) -> dict[str, Any]:
    from assess.cli.common.history_plain import changes_for_json  # noqa: PLC0415  # not for --help

    commit = entry.commit
    return {
        "commit": commit.oid,
        "parents": list(commit.parents),
        "at": commit.authored_at.isoformat(),
        "author": commit.author,
        "email": commit.email,
        "subject": commit.subject,
        "history_ends_here": commit.boundary,
        **changes_for_json(entry.changes, LANG),
    }
