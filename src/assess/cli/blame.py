"""`assess blame ITEM`: who set each field of an answer, and when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from assess.cli.answer import desk_with
from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, json_option, sheet_options, today
from assess.cli.log import people

if TYPE_CHECKING:
    from assess.workspace.history.changes import Blamed


@click.command("blame", help=_("Show which commit set each field of the answer to ITEM."))
@click.argument("item", shell_complete=complete_ids.items)
@click.option(
    "--checklist",
    metavar="ID",
    help=_("the checklist, where several have the item"),
    shell_complete=complete_ids.checklists,
)
@sheet_options
@json_option
def blame_command(
    item: str, checklist: str | None, system: str | None, round_id: str | None, as_json: bool
) -> None:
    """Print a line a field."""
    from assess.engine.history.words import field_line  # noqa: PLC0415  # not for --help
    from assess.workspace.history.changes import History  # noqa: PLC0415  # not for --help

    here = context.workspace()
    desk = desk_with(item, checklist, system, round_id)
    with History(here, today()) as history:
        rows = history.blame(desk, item)
    if as_json:
        click.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    about = desk.checklist.items().get(item)
    names = people(here)
    for row in rows:
        who = names.get(row.by or "", row.by or "")
        click.echo(f"{_where(row)}  {who}  {field_line(row.field, row.value, about, LANG)}")


def _where(row: Blamed) -> str:
    from assess.engine.history.words import clean  # noqa: PLC0415  # not for --help

    if row.commit is None:
        return _("not committed yet")
    one = row.commit
    mark = "^" if row.boundary else ""
    return f"{mark}{one.short}  {one.at:%Y-%m-%d %H:%M}  {clean(one.author)}"


def _plain(row: Blamed) -> dict[str, Any]:
    from assess.cli.common.history_plain import value  # noqa: PLC0415  # not for --help

    one = row.commit
    return {
        "field": row.field,
        "value": value(row.value),
        "by": row.by,
        "commit": one.oid if one else None,
        "at": one.at.isoformat() if one else None,
        "author": one.author if one else None,
        "subject": one.subject if one else None,
        "or_earlier": row.boundary,
    }
