"""`assess checklist …`: the library, and the pinned checklists of the workspace."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.context import (
    LANG,
    _,
    acting_person_option,
    current_date,
    current_time,
    json_option,
)
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.table_lines import format_aligned_table
from assess.cli.lint import FORMATS, print_problems
from assess.engine.finding_name import item_label_and_title
from assess.errors import UsageError
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import LANGS, Lang, translator
from assess.model.base import pick_text

if TYPE_CHECKING:
    from assess.model.checklist import Checklist
    from assess.model.item import Item

KINDS = (
    *("checklist", "sheet", "config", "register", "findings"),
    *("office", "receipts", "thresholds"),
)
SCHEMAS = (*KINDS, "report", "data", "rollup", "rollup-figures", "hand-in", "return")
TABLES = ("text", "markdown", "json")
DIFFS = ("text", "json")


@click.group(
    "checklist", cls=CommandGroup, help=_("Checklists of the library and of the workspace.")
)
def checklist_command_group() -> None:
    """Hold the subcommands."""


@checklist_command_group.command("list", help=_("List the checklists of the library."))
@json_option
def list_library_checklists(as_json: bool) -> None:
    """Print a line of heads and one for each checklist: id, version, scope, items, title."""
    from assess.engine.kinds.wording import SCOPE_NAMES  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace import read_library_checklists  # noqa: PLC0415  # deferred: only this needs it

    rows = [
        {
            "id": checklist.id,
            "version": checklist.version,
            "scope": checklist.scope,
            "items": len(checklist.items()),
            "title": pick_text(checklist.title, LANG),
        }
        for checklist in read_library_checklists(LANG)
    ]
    if as_json:
        print_json(rows)
        return
    heads = (_("id"), _("version"), _("of whom"), _("items"), _("title"))
    cells = [[*row.values()] for row in rows]
    for line in cells:
        line[2] = _(SCOPE_NAMES[str(line[2])])
    for text in format_aligned_table(heads, cells, numbers=frozenset({3})):
        click.echo(text)


@checklist_command_group.command(
    "show",
    help=_(
        "Show a checklist: its sections and items. In a workspace that is the pinned one; else "
        "that of the library, or a file."
    ),
)
@click.argument(
    "source", metavar="ID|FILE", shell_complete=complete_ids.complete_pinned_or_library_id
)
@click.option("--lang", type=NamedChoice(LANGS), default=LANG, help=_("language to show"))
@json_option
def show_checklist(source: str, lang: Lang, as_json: bool) -> None:
    """Print the title and each item; with --json the whole checklist in both languages."""
    from assess.model.checklist import list_headings_of_new_groups  # noqa: PLC0415  # deferred: only this needs it

    checklist = _read_pinned_or_library_checklist(source)
    if as_json:
        from assess.cli.common.history_plain import value_for_json  # noqa: PLC0415  # deferred: only this needs it

        print_json(value_for_json(checklist))
        return
    title, version = (
        mark_line_breaks_and_escape(text)
        for text in (pick_text(checklist.title, lang), checklist.version)
    )
    click.echo(f"{title}  {checklist.id} {version}")
    headings = list_headings_of_new_groups(checklist.sections, lang)
    for section, heading in zip(checklist.sections, headings, strict=True):
        if heading:
            click.echo(f"\n{mark_line_breaks_and_escape(heading)}")
        click.echo(f"\n{mark_line_breaks_and_escape(pick_text(section.title, lang))}")
        for item in section.items:
            title = mark_line_breaks_and_escape(item_label_and_title(item, lang))
            click.echo(f"  {item.id}  {title}  {_kind_and_weight_text(item, lang)}")
            for line in pick_text(item.requirement, lang).splitlines():
                click.echo(f"      {line}")


def _kind_and_weight_text(item: Item, lang: Lang) -> str:
    """Return the kind of an item in brackets, with its weight where its answers score."""
    from assess.engine.kinds.values import can_answers_have_degree  # noqa: PLC0415  # deferred: only this needs it
    from assess.engine.kinds.wording import KIND_NAMES  # noqa: PLC0415  # deferred: only this needs it
    from assess.model.item import find_kind_of_item  # noqa: PLC0415  # deferred: only this needs it

    _t = translator(lang)
    kind = _t(KIND_NAMES[find_kind_of_item(item)])
    if not can_answers_have_degree(item):
        return _t("[{kind}]").format(kind=kind)
    return _t("[{kind}, weight {weight}]").format(kind=kind, weight=item.weight)


def _read_pinned_or_library_checklist(source: str) -> Checklist:
    """Return a checklist: a file, the one that the workspace pins under an id, or the library's.

    Raises:
        UnknownIdError: there is none with the id; the nearest ids are named.
        FilesError: the file can't be read.
    """
    from assess.workspace import Workspace  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace.core.library import find_checklist_file, read_checklist_file  # noqa: PLC0415  # deferred: only this needs it

    if not source.endswith(".yaml"):
        with contextlib.suppress(UsageError):
            workspace = Workspace.find_workspace(Path.cwd(), LANG)
            if source in workspace.read_config().checklists:
                return workspace.read_checklist(source)
    return read_checklist_file(find_checklist_file(source, LANG), LANG)


@checklist_command_group.command("lint", help=_("Check checklist files, content rules too."))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help=_("warnings are errors"))
@click.option(
    "--format", "form", type=NamedChoice(FORMATS), default="text", help=_("of the output")
)
@click.option("--summary", is_flag=True, help=_("each rule once: how often, and an example"))
def lint_checklist_files(paths: tuple[Path, ...], strict: bool, form: str, summary: bool) -> int:
    """Print each problem, or a summary; exit with 1 if there are errors."""
    if summary and form != "text":
        raise UsageError(_("a summary is text"), "assess checklist lint --summary FILE")
    from assess.workspace.checklists.content_check import lint_checklists  # noqa: PLC0415  # deferred: only this needs it

    files = [
        file
        for path in paths
        for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]
    problems = lint_checklists(files, LANG)
    return print_problems(problems, strict=strict, form=form, summary=summary)


@checklist_command_group.command("coverage", help=_("Show what the library covers of each basis."))
@click.option("--format", "form", type=NamedChoice(TABLES), default="text", help=_("of the output"))
def print_library_coverage(form: str) -> None:
    """Print the table, and the clauses that no item covers."""
    from assess.cli.common import coverage_table  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace.checklists.content_check import compute_coverage_by_library  # noqa: PLC0415  # deferred: only this needs it

    parts = compute_coverage_by_library(LANG)
    click.echo(coverage_table.FORMS[form](parts, LANG))


@checklist_command_group.command("diff", help=_("Show what changed between two versions."))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "form", type=NamedChoice(DIFFS), default="text", help=_("of the output"))
def print_checklist_diff(old: str, new: str, form: str) -> int:
    """Print the changes between two files or ids; exit with 1 if there are any."""
    from assess.cli.common import diff_text  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace.checklists.content_check import compare_checklists  # noqa: PLC0415  # deferred: only this needs it

    changes = compare_checklists(old, new, LANG)
    click.echo(
        diff_text.diff_as_json(changes) if form == "json" else diff_text.diff_as_text(changes, LANG)
    )
    return ExitCode.OK if changes.is_empty else ExitCode.NO


@checklist_command_group.command(
    "add",
    help=_(
        "Pin a checklist of the library, a file of your own, or one of another git repository "
        "(git+file:///srv/lists.git//checklists/x.yaml@v2)."
    ),
)
@click.argument(
    "source",
    metavar="ID|FILE|git+URL//PATH@TAG",
    shell_complete=complete_ids.complete_library_checklist_id,
)
@acting_person_option
def pin_checklist_and_add_sheets(source: str, acting: str | None) -> None:
    """Copy the checklist into the workspace, and add its sheets to the open round."""
    workspace = context.open_workspace(acting)
    if source.startswith("git+"):
        from assess.workspace.checklists.pin_sources import pin_git_checklist_and_add_sheets  # noqa: PLC0415  # not for --help

        name = pin_git_checklist_and_add_sheets(workspace, source)
    else:
        name = workspace.checklists.pin_source_and_add_sheets(source)
    click.echo(_("added {name}").format(name=name))
    config = workspace.read_config()
    if not config.systems and workspace.read_checklist(name).scope == "system":
        click.echo(
            _("it is filled in for each system; add the first: {command}").format(
                command="assess system add ID --name NAME --level N"
            )
        )
    templates = config.checklists[name].templates
    if templates:
        text = _("its templates were taken in too: {names}")
        click.echo(
            text.format(names=", ".join(map(mark_line_breaks_and_escape, sorted(templates))))
        )


@checklist_command_group.command(
    "accept", help=_("Accept a pinned checklist that was edited by hand as a local variant.")
)
@click.argument("checklist_id", metavar="ID", shell_complete=complete_ids.checklists)
@click.option("--reason", required=True, metavar="TEXT", help=_("why; the report says it"))
@acting_person_option
def accept_variant(checklist_id: str, reason: str, acting: str | None) -> None:
    """Write digest, reason, person and time into assess.yaml."""
    from assess.workspace.checklists.local_variants import write_accepted_variant_digest  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    by = context.choose_acting_person(workspace.read_config(), acting)
    digest = write_accepted_variant_digest(
        workspace, checklist_id, reason, by=by, accepted_at=current_time()
    )
    text = _("accepted {name} as a local variant: {digest}")
    click.echo(text.format(name=checklist_id, digest=digest))


@checklist_command_group.command("new", help=_("Start an own checklist from a commented skeleton."))
@click.argument("checklist_id", metavar="ID")
@acting_person_option
def create_checklist_skeleton(checklist_id: str, acting: str | None) -> None:
    """Write the skeleton into the workspace."""
    path = context.open_workspace(acting).checklists.write_skeleton_file(
        checklist_id, current_date()
    )
    click.echo(_("written: {path}").format(path=path))
    click.echo(_("next:") + f"  assess checklist lint {path}")


@checklist_command_group.command("schema", help=_("Print the JSON Schema of a format."))
@click.argument("kind", type=NamedChoice(SCHEMAS), default="checklist")
def print_json_schema(kind: str) -> None:
    """Print the JSON Schema."""
    from assess.workspace import json_schema_text  # noqa: PLC0415  # deferred: only this needs it

    click.echo(json_schema_text(kind), nl=False)
