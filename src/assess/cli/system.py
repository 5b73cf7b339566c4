"""`assess system add | list`: adds and lists information systems."""

from __future__ import annotations

import click

from assess.cli.common import context
from assess.cli.common.command_group import CommandGroup, WholeNumber
from assess.cli.common.context import LANG, _, acting_person_option, json_option
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import print_table
from assess.errors import UsageError
from assess.model.base import pick_text

LEVEL = WholeNumber(1, 4)


@click.group("system", cls=CommandGroup, help=_("Information systems of the organization."))
def system_command_group() -> None:
    """Hold the subcommands."""


@system_command_group.command(
    "add", help=_("Add a system; the round's system checklists get a sheet for it.")
)
@click.argument("system_id", metavar="ID")
@click.option("--name", metavar="NAME", help=_("as it is printed; the id where left out"))
@click.option("--level", type=LEVEL, help=_("protection level (G follows it)"))
@click.option("--s", "s_level", type=LEVEL, help=_("level of S; as --level where left out"))
@click.option("--a", "a_level", type=LEVEL, help=_("level of A; as --level where left out"))
@acting_person_option
def add_system(
    system_id: str,
    name: str | None,
    level: int | None,
    s_level: int | None,
    a_level: int | None,
    acting: str | None,
) -> None:
    """Write the system."""
    grade = None
    if level is not None:
        grade = {"level": level, "s": s_level or level, "a": a_level or level}
        if max(grade["s"], grade["a"]) != level:
            raise UsageError(_("the level is the higher one of S and A"), "--level N --s N --a N")
    elif s_level or a_level:
        raise UsageError(_("S and A need the level beside them"), "--level N")
    context.open_workspace(acting).add_system_and_its_sheets(system_id, name or system_id, grade)
    click.echo(_("added {name}").format(name=system_id))


@system_command_group.command("list", help=_("List the systems of assess.yaml."))
@json_option
def list_systems(as_json: bool) -> None:
    """Print a line for each system, with its grade."""
    rows = {}
    for key, system in context.open_workspace().read_config().systems.items():
        grade = system.grade
        rows[key] = {
            "name": pick_text(system.name, LANG),
            "grade": f"S{grade.s}A{grade.a}G{grade.level}" if grade else None,
            "exposure": system.exposure,
            "hosting": system.hosting,
        }
    if as_json:
        print_json(rows)
        return
    heads = (_("Id"), _("System"), _("Level"), _("Reached from"), _("Hosting"))
    cells = ([key, *(value or "-" for value in row.values())] for key, row in rows.items())
    print_table(heads, cells)
