"""`assess blame ITEM`: who set each field of an answer, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from assess.china_time import format_china_time
from assess.cli.answer import open_sheet_with_item
from assess.cli.common import complete_ids, context
from assess.cli.common.context import (
    LANG,
    _,
    checklist_of_item_option,
    current_date,
    json_option,
    system_and_round_options,
)
from assess.cli.common.json_output import print_json
from assess.cli.log import read_names_by_person_id

if TYPE_CHECKING:
    from assess.workspace.history.changes import BlamedField


@click.command("blame", help=_("Show which commit set each field of the answer to ITEM."))
@click.argument("item", shell_complete=complete_ids.items)
@checklist_of_item_option
@system_and_round_options
@json_option
def blame_command(
    item: str, checklist: str | None, system: str | None, round_id: str | None, as_json: bool
) -> None:
    """Print a line for each field."""
    from assess.engine.history.words import format_field_name_and_value  # noqa: PLC0415  # not for --help
    from assess.workspace.history.changes import WorkspaceHistory  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace()
    open_sheet = open_sheet_with_item(item, checklist, system, round_id)
    with WorkspaceHistory(workspace, current_date()) as history:
        rows = history.blame_answer(open_sheet, item)
    if as_json:
        print_json([_field_for_json(row) for row in rows])
        return
    about = open_sheet.checklist.items().get(item)
    names = read_names_by_person_id(workspace)
    for row in rows:
        who = names.get(row.by or "", row.by or "")
        field = format_field_name_and_value(row.field, row.value, about, LANG)
        click.echo(f"{_commit_text(row)}  {who}  {field}")


def _commit_text(row: BlamedField) -> str:
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help

    if row.commit is None:
        return _("not committed yet")
    commit = row.commit
    mark = "^" if row.boundary else ""
    author = clean_and_shorten_untrusted_text(commit.author)
    return f"{mark}{commit.short_id}  {format_china_time(commit.authored_at)}  {author}"


def _field_for_json(row: BlamedField) -> dict[str, Any]:
    from assess.cli.common.history_plain import value_for_json  # noqa: PLC0415  # not for --help

    commit = row.commit
    return {
        "field": row.field,
        "value": value_for_json(row.value),
        "by": row.by,
        "commit": commit.oid if commit else None,
        "at": commit.authored_at.isoformat() if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        "or_earlier": row.boundary,
    }
