"""`assess person add | list`: adds and lists people."""

from __future__ import annotations

import click

from assess.cli.common import context
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.context import _, acting_person_option, json_option
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import print_table
from assess.model.config import ROLES


@click.group("person", cls=CommandGroup, help=_("People who act in this workspace."))
def person_command_group() -> None:
    """Hold the subcommands."""


@person_command_group.command("add", help=_("Add a person to assess.yaml."))
@click.argument("person_id", metavar="ID")
@click.option("--name", metavar="NAME", help=_("as it is printed; the id where left out"))
@click.option("--role", "roles", multiple=True, type=NamedChoice(ROLES), help=_("may be repeated"))
@acting_person_option
def add_person(
    person_id: str, name: str | None, roles: tuple[str, ...], acting: str | None
) -> None:
    """Write the person."""
    context.open_workspace(acting).add_person(person_id, name or person_id, roles or ("filler",))
    click.echo(_("added {name}").format(name=person_id))


@person_command_group.command("list", help=_("List the people of assess.yaml."))
@json_option
def list_people(as_json: bool) -> None:
    """Print a line for each person."""
    people = context.open_workspace().read_config().people
    if as_json:
        rows = {
            key: {"name": person.name, "roles": list(person.roles)}
            for key, person in people.items()
        }
        print_json(rows)
        return
    cells = ((key, person.name, ", ".join(person.roles)) for key, person in people.items())
    print_table((_("Id"), _("Name"), _("Roles")), cells)
