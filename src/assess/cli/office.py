"""`assess office init | unit … | campaign …`: the folder of an office that units hand in to."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_office_ids
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.context import LANG, PROGRAM, _, current_date, json_option, parse_day
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import (
    commit_and_explain,
    open_office,
    print_missing_identity,
)
from assess.cli.common.table_lines import print_table
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import LANGS, N_, Lang

if TYPE_CHECKING:
    from assess.model.office import Unit


@click.group(
    "office", cls=CommandGroup, help=_("The folder of an office: its units and campaigns.")
)
def office_command_group() -> None:
    """Hold the subcommands."""


@office_command_group.command(
    "init", help=_("Make the folder of an office in DIR: a git repository, for its owner only.")
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="NAME", help=_("name of the office; that of DIR where left out"))
@click.option("--lang", type=NamedChoice(LANGS), default=LANG, help=_("language of its papers"))
@json_option
def make_office_command(folder: Path, name: str | None, lang: Lang, as_json: bool) -> None:
    """Make the folder, and print the next command."""
    from assess.workspace.office.make_office import make_and_commit_office  # noqa: PLC0415  # not for --help

    office, committed = make_and_commit_office(folder, name=name, language=lang, lang=LANG)
    if as_json:
        row = {"path": str(office.root), "committed": committed}
        print_json(row)
        return
    click.echo(_("the folder of the office is made: {path}").format(path=office.root))
    print_missing_identity(committed=committed)
    click.echo(_("Unclassified use only: never enter state or work secrets."))
    command = f"cd {shlex.quote(str(folder))} && {PROGRAM} office unit import FILE"
    click.echo(_("next:") + f"  {command}")


@office_command_group.group("unit", cls=CommandGroup, help=_("The units that hand in."))
def unit_command_group() -> None:
    """Hold the subcommands."""


@unit_command_group.command(
    "import", help=_("Take in a list of units from a CSV, TSV or XLSX file; all of it, or nothing.")
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def import_units_command(file: Path, as_json: bool) -> None:
    """Write the units, and print how many are new, changed, unchanged."""
    from assess.cli.common.unit_file import (  # noqa: PLC0415  # not for --help
        make_unit_problems,
        raise_unit_faults,
        read_unit_file,
    )
    from assess.workspace.office.units import find_unit_faults, import_units  # noqa: PLC0415  # as above

    office = open_office()
    listed = read_unit_file(file, current_date())
    if listed.problems:
        faults = find_unit_faults(office, listed.rows)
        raise_unit_faults([*listed.problems, *make_unit_problems(file, faults, listed.places)])
    outcome = import_units(office, listed.rows)
    raise_unit_faults(make_unit_problems(file, outcome.faults, listed.places))
    ids = {name: list(getattr(outcome, name)) for name in ("added", "changed", "unchanged")}
    counts = {name: len(listed) for name, listed in ids.items()}
    message = N_("Units: {added} new, {changed} changed")
    commit_and_explain(office, message, added=counts["added"], changed=counts["changed"])
    if as_json:
        print_json(ids)
        return
    text = _("units: {added} new, {changed} changed, {unchanged} unchanged")
    click.echo(text.format(**counts))


@unit_command_group.command("list", help=_("List the units of office.yaml."))
@click.option(
    "--category",
    metavar="NAME",
    help=_("only those of a category"),
    shell_complete=complete_office_ids.categories,
)
@json_option
def list_units_command(category: str | None, as_json: bool) -> None:
    """Print a line for each unit."""
    from assess.workspace.office.units import select_units  # noqa: PLC0415  # not for --help

    selected = select_units(open_office().read_office_file(), category)
    if as_json:
        rows = {key: _unit_for_json(unit) for key, unit in selected}
        print_json(rows)
        return
    heads = (
        *(_("Unit id"), _("Unit name"), _("Category"), _("Parent unit"), _("Contact")),
        _("Handing in"),
    )
    print_table(heads, (_list_unit_cells(key, unit) for key, unit in selected))


def _list_unit_cells(key: str, unit: Unit) -> tuple[str, ...]:
    exempt = _("need not hand in") if unit.exempt else "-"
    cells = (unit.name, unit.category, unit.parent, unit.contact_role)
    return (key, *(cell or "-" for cell in cells), exempt)


def _unit_for_json(unit: Unit) -> dict[str, object]:
    names = ("name", "category", "trade", "parent", "contact_role", "signer")
    exempt = unit.exempt.reason if unit.exempt else None
    expects = [row.checklist for row in unit.expects]
    row = {name: getattr(unit, name) for name in names}
    return {**row, "expects": expects, "exempt": exempt}


@unit_command_group.command(
    "exempt", help=_("Write that a unit need not hand in, and why; its state is then so.")
)
@click.argument("unit", metavar="UNIT", shell_complete=complete_office_ids.units)
@click.option("--reason", metavar="TEXT", required=True, help=_("why it need not"))
def exempt_unit_command(unit: str, reason: str) -> None:
    """Write it, and commit."""
    from assess.workspace.office.units import exempt_unit  # noqa: PLC0415  # not for --help

    office = open_office()
    exempt_unit(office, unit, reason)
    commit_and_explain(office, N_("{unit} need not hand in"), unit=unit)
    click.echo(_("{unit} need not hand in").format(unit=unit))


@office_command_group.group(
    "campaign", cls=CommandGroup, help=_("Campaigns: what units are to hand in, and by when.")
)
def campaign_command_group() -> None:
    """Hold the subcommands."""


@campaign_command_group.command(
    "add",
    help=_(
        "Add a campaign; ID is that of the round in the workspaces of the units. The checklists "
        "are copied into checklists/, and what units hand in is compared with them."
    ),
)
@click.argument("campaign_id", metavar="ID")
@click.option("--title", metavar="TEXT", required=True, help=_("what it is called"))
@click.option("--issued", metavar="D", required=True, help=_("the day of the announcement"))
@click.option("--due", metavar="D", required=True, help=_("the day by which units hand in"))
@click.option(
    "--checklist",
    "checklists",
    multiple=True,
    required=True,
    metavar="ID|FILE",
    help=_("a checklist that is issued; may be repeated"),
)
@click.option(
    "--units",
    metavar="UNIT,…|all",
    default="all",
    help=_("the units that hand in; all where left out"),
    shell_complete=complete_office_ids.units,
)
@json_option
def add_campaign_command(
    campaign_id: str,
    title: str,
    issued: str,
    due: str,
    checklists: tuple[str, ...],
    units: str,
    as_json: bool,
) -> None:
    """Write the campaign, and print the checklists with their digests."""
    from assess.workspace.office.campaigns import CampaignPlan, add_campaign  # noqa: PLC0415  # not for --help

    office = open_office()
    first, last = parse_day(issued, "--issued"), parse_day(due, "--due")
    chosen = () if units == "all" else tuple(filter(None, map(str.strip, units.split(","))))
    today = current_date()
    plan = CampaignPlan(campaign_id, title, first or today, last or today, checklists, chosen)
    rows = add_campaign(office, plan)
    commit_and_explain(office, N_("Campaign {name}"), name=campaign_id)
    if as_json:
        plain = [{"id": row.id, "version": row.version, "digest": row.digest} for row in rows]
        print_json(plain)
        return
    click.echo(_("added {name}").format(name=campaign_id))
    for row in rows:
        click.echo(f"  {row.id} {mark_line_breaks_and_escape(row.version)}  {row.digest}")
    click.echo(_("next:") + f"  {PROGRAM} rollup take DIR")
