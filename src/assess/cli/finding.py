"""`assess finding add | list | edit | close | reopen`: findings of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.context import (
    LANG,
    _,
    _n,
    acting_person_option,
    current_date,
    current_time,
    json_option,
)
from assess.cli.common.finding_options import (
    CLEARED,
    finding_fields_from_options,
    finding_options,
    source_option,
)
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import format_table_line
from assess.errors import UsageError
from assess.harmless import escape_control_characters

if TYPE_CHECKING:
    from assess.engine.outside_findings import OutsideRow
    from assess.workspace import Workspace
    from assess.workspace.core.outside_findings import FindingAuthor

_WIDE = 60
"""Characters of a finding in a list."""


@click.group(
    "finding",
    cls=CommandGroup,
    help=_("Findings of others: circulars, assessments, penetration tests, scans, inspections."),
)
def finding_command_group() -> None:
    """Hold the subcommands."""


@finding_command_group.command(
    "add",
    help=_(
        "Enter a finding; it stands in the ledger of each round until it is closed, and changes no "
        "result and no score."
    ),
)
@click.argument("text", metavar="TEXT")
@source_option(required=True)
@finding_options
@acting_person_option
@json_option
def add_finding_command(text: str, acting: str | None, as_json: bool, **options: Any) -> None:
    """Write the finding, and print its id."""
    from assess.workspace.core.outside_findings import add_outside_finding  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    fields = {
        "source": options["source"],
        "text": escape_control_characters(text),
        **_finding_fields_with_checklist(workspace, options),
    }
    key = add_outside_finding(workspace, fields, _finding_author(workspace, acting)).id
    if as_json:
        _print_rows_as_json(_list_outside_rows(workspace, [key]))
        return
    click.echo(_("added {name}").format(name=key))
    planning = "" if "remediation.action" in fields else f"assess finding edit {key} --action …; "
    click.echo(_("next:") + f"  {planning}assess fill")


def _finding_fields_with_checklist(
    workspace: Workspace, options: dict[str, Any], system: str | None = None
) -> dict[str, Any]:
    """Return the fields of the options, with the checklist of the item.

    Raises:
        UsageError, UnknownIdError: the item can't be found; a day is none.
    """
    from assess.workspace.core.outside_findings import find_checklist_of_item  # noqa: PLC0415  # not for --help

    fields = finding_fields_from_options(options)
    if item := fields.get("item"):
        fields["checklist"] = find_checklist_of_item(
            workspace, item, fields.get("checklist"), fields.get("system") or system
        )
    elif "checklist" in fields:
        raise UsageError(_("--checklist goes with --item"), "--item ITEM")
    return fields


def _finding_author(workspace: Workspace, acting: str | None) -> FindingAuthor:
    from assess.workspace.core.outside_findings import FindingAuthor  # noqa: PLC0415  # not for --help

    return FindingAuthor(
        context.choose_acting_person(workspace.read_config(), acting), current_time()
    )


@finding_command_group.command(
    "edit", help=_("Change a finding, or what is done about it; what is left out stays.")
)
@click.argument("finding", metavar="ID", shell_complete=complete_ids.all_findings)
@click.option("--text", metavar="TEXT", help=_("what was found"))
@source_option(required=False)
@finding_options
@click.option("--clear", multiple=True, type=NamedChoice(CLEARED), help=_("take this out"))
@acting_person_option
@json_option
def edit_finding_command(
    finding: str,
    text: str | None,
    clear: tuple[str, ...],
    acting: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Write the changes, and print the finding as it is then."""
    from assess.engine.remediation_stamps import remediation_fields_set_by_state  # noqa: PLC0415  # not for --help
    from assess.workspace import REMOVE  # noqa: PLC0415  # as above
    from assess.workspace.core.outside_findings import (  # noqa: PLC0415  # as above
        edit_outside_finding,
        find_outside_finding,
    )

    workspace = context.open_workspace(acting)
    stored = find_outside_finding(workspace, finding)
    fields = _finding_fields_with_checklist(workspace, options, stored.system)
    fields |= {name: options[name] for name in ("source",) if options[name] is not None}
    if text is not None:
        fields["text"] = escape_control_characters(text)
    fields |= dict.fromkeys(_field_names_to_clear(clear), REMOVE)
    if not fields:
        raise UsageError(_("nothing to change was given"), f"assess finding edit {finding} --due D")
    author = _finding_author(workspace, acting)
    if state := fields.get("remediation.state"):
        stamps = remediation_fields_set_by_state(state, author.by, current_date())
        fields |= {f"remediation.{name}": value or REMOVE for name, value in stamps.items()}
    edit_outside_finding(workspace, finding, fields, author)
    _print_findings(workspace, [finding], as_json=as_json)


def _field_names_to_clear(clear: Sequence[str]) -> Iterable[str]:
    for name in clear:
        if name in ("plan-due", "budget", "people", "no-due-reason"):
            yield f"remediation.{name.removeprefix('plan-').replace('-', '_')}"
        elif name == "item":
            yield from ("item", "checklist")
        else:
            yield name


@finding_command_group.command(
    "close", help=_("Close a finding that is mended, with what proves it.")
)
@click.argument("finding", metavar="ID", shell_complete=complete_ids.open_findings)
@click.option(
    "--proof", metavar="TEXT", required=True, help=_("letter, retest or record that proves it")
)
@click.option("--on", metavar="D", help=_("when it was closed; today"))
@acting_person_option
@json_option
def close_finding_command(
    finding: str, proof: str, on: str | None, acting: str | None, as_json: bool
) -> None:
    """Close the finding, and print it."""
    from assess.workspace.core.outside_findings import close_outside_finding  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    day = context.parse_day(on, "--on") or current_date()
    cleaned = escape_control_characters(proof)
    close_outside_finding(workspace, finding, day, cleaned, _finding_author(workspace, acting))
    _print_findings(workspace, [finding], as_json=as_json)


@finding_command_group.command("reopen", help=_("Open a closed finding again; its plan goes on."))
@click.argument("finding", metavar="ID", shell_complete=complete_ids.closed_findings)
@click.option("--reason", metavar="TEXT", required=True, help=_("why it is opened again"))
@acting_person_option
@json_option
def reopen_finding_command(finding: str, reason: str, acting: str | None, as_json: bool) -> None:
    """Open the finding again, and print it."""
    from assess.workspace.core.outside_findings import reopen_outside_finding  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    cleaned = escape_control_characters(reason)
    reopen_outside_finding(workspace, finding, cleaned, _finding_author(workspace, acting))
    _print_findings(workspace, [finding], as_json=as_json)


@finding_command_group.command("list", help=_("List the findings, overdue ones first."))
@click.option("--open", "only", flag_value="open", help=_("only those that are not closed"))
@click.option("--closed", "only", flag_value="closed", help=_("only those that are closed"))
@click.option(
    "--system", metavar="ID", help=_("only those of a system"), shell_complete=complete_ids.systems
)
@source_option(required=False)
@json_option
def list_findings_command(
    only: str | None, system: str | None, source: str | None, as_json: bool
) -> None:
    """Print a line for each finding."""
    rows = [
        row
        for row in _list_outside_rows(context.open_workspace())
        if (only is None or row.is_closed is (only == "closed"))
        and system in (None, row.finding.system)
        and source in (None, row.finding.source)
    ]
    if as_json:
        _print_rows_as_json(rows)
        return
    for row in rows:
        click.echo(_outside_finding_line(row))


def _list_outside_rows(workspace: Workspace, keys: Sequence[str] | None = None) -> list[OutsideRow]:
    """Return the findings of these ids, or all of them."""
    from assess.engine.outside_findings import list_all_outside_rows  # noqa: PLC0415  # not for --help
    from assess.workspace.core.outside_findings import read_outside_findings  # noqa: PLC0415  # as above

    rows = list_all_outside_rows(read_outside_findings(workspace), current_date())
    return [row for row in rows if keys is None or row.id in keys]


def _print_findings(workspace: Workspace, keys: Sequence[str], *, as_json: bool) -> None:
    rows = _list_outside_rows(workspace, keys)
    if as_json:
        _print_rows_as_json(rows)
        return
    for row in rows:
        click.echo(_outside_finding_line(row))


def _outside_finding_line(row: OutsideRow) -> str:
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help
    from assess.engine.kinds.wording import translate_code  # noqa: PLC0415  # not for --help
    from assess.engine.outside_findings import outside_source_and_number  # noqa: PLC0415  # not for --help

    finding = row.finding
    state = translate_code(row.progress, LANG) if row.progress else _("Nothing planned")
    if finding.closed is not None:
        state = _("closed on {day}").format(day=finding.closed.on)
    elif row.overdue:
        late = _n("{days} day late", "{days} days late", row.days_late)
        state = late.format(days=row.days_late)
    return format_table_line(
        (
            row.id,
            clean_and_shorten_untrusted_text(outside_source_and_number(finding, LANG)),
            finding.system or "-",
            finding.item or "-",
            translate_code(row.risk, LANG),
            row.due or "-",
            state,
            clean_and_shorten_untrusted_text(finding.text, _WIDE),
        )
    )


def _print_rows_as_json(rows: Iterable[OutsideRow]) -> None:
    from assess.cli.common.history_plain import value_for_json  # noqa: PLC0415  # not for --help

    plain = [
        {"id": row.id, **value_for_json(row.finding), "overdue_days": row.days_late} for row in rows
    ]
    print_json(plain)
