"""`assess template list | copy`: the report templates, and copying one into the workspace."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import LANG, _, acting_person_option, json_option
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import print_table
from assess.errors import UsageError
from assess.harmless import mark_line_breaks_and_escape


@click.group(
    "template", cls=CommandGroup, help=_("Report templates of the program and of the workspace.")
)
def template_command_group() -> None:
    """Hold the subcommands."""


@template_command_group.command("list", help=_("List the report templates."))
@json_option
def list_templates(as_json: bool) -> None:
    """Print a line for each template: name, whose it is, and what it makes."""
    from assess.display.template_titles import TEMPLATE_TITLES  # noqa: PLC0415  # not for --help
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help
    from assess.workspace.setup import template_copy  # noqa: PLC0415  # not for --help

    workspace_names: list[str] = []
    with contextlib.suppress(UsageError):
        workspace = Workspace.find_workspace(Path.cwd(), LANG)
        workspace_names = template_copy.list_template_names_of_workspace(workspace)
    rows = [
        {
            "name": mark_line_breaks_and_escape(name),
            "source": "workspace" if name in workspace_names else "program",
            "title": _(TEMPLATE_TITLES[name]) if name in TEMPLATE_TITLES else "",
        }
        for name in dict.fromkeys([*template_copy.list_shipped_template_names(), *workspace_names])
    ]
    if as_json:
        print_json(rows)
        return
    sources = {"workspace": _("of this workspace"), "program": _("of the program")}
    cells = ((row["name"], sources[row["source"]], row["title"]) for row in rows)
    print_table((_("Template"), _("Whose"), _("Title")), cells)


@template_command_group.command(
    "copy",
    help=_(
        "Copy a report template of the program into templates/ of the workspace, to be changed "
        "there. Nothing is overwritten."
    ),
)
@click.argument("name", metavar="NAME", shell_complete=complete_ids.complete_shipped_template)
@click.argument("target", metavar="[TARGET]", required=False)
@acting_person_option
def copy_template_into_workspace(name: str, target: str | None, acting: str | None) -> None:
    """Write the files; print what was written, and how the template is used."""
    from assess.workspace.setup.template_copy import copy_template  # noqa: PLC0415  # not for --help

    copied = copy_template(context.open_workspace(acting), name, target)
    click.echo(_("written: {path}").format(path=f"{copied.folder} ({', '.join(copied.files)})"))
    used = copied.folder.rstrip("/").rpartition("/")[2]
    click.echo(_("next:") + f"  assess report --template {used} --watch")
