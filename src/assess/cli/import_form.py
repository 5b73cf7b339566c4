"""`assess import`: what was filled in in a blank form, into the answer sheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import context
from assess.cli.common.context import _, as_option, json_option, now, today
from assess.cli.common.whole_file import read_whole

if TYPE_CHECKING:
    from assess.report.forms.import_form import Imported, Outcome


@click.command(
    "import",
    help=_(
        "Take over what was entered in FORM.pdf, a form made by `assess report --template blank`, "
        "and list what was taken, changed and ignored, and why."
    ),
)
@click.argument("form", metavar="FORM.pdf", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("only show"))
@as_option
@json_option
def import_command(*, form: Path, dry_run: bool, acting: str | None, as_json: bool) -> None:
    """Read the form, write the sheets, tell."""
    from assess.report.forms.import_form import read, write  # noqa: PLC0415  # deferred: not for --help

    here = context.workspace()
    found = read(here, read_whole(form), today())
    if not dry_run:
        write(here, found, by=context.person(here.config(), acting), now=now())
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    _tell(found)
    if dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)


def _tell(found: Imported) -> None:
    words = {
        "taken": _("taken"),
        "changed": _("changed"),
        "same": _("as it was"),
        "ignored": _("ignored"),
    }
    for one in found.outcomes:
        place = f"{one.sheet} {one.item}".strip()
        click.echo(f"{words[one.what]}  {place}: {_said(one)}")
    counts = {what: sum(one.what == what for one in found.outcomes) for what in words}
    text = _(
        "{taken} taken, {changed} changed, {same} as they were, {ignored} ignored, {empty} empty"
    )
    click.echo(text.format(**counts, empty=found.empty))


def _said(one: Outcome) -> str:
    from assess.engine.history.words import clean  # noqa: PLC0415  # not for --help

    if one.what == "ignored":
        return clean(one.why)
    before, after = (clean(" ".join(str(text).split())) for text in (one.before, one.after))
    return f"{before} → {after}" if one.what == "changed" else after


def _plain(found: Imported) -> dict[str, object]:
    return {
        "round": found.proof.round,
        "digest": found.proof.digest,
        "outcomes": [one._asdict() for one in found.outcomes],
        "empty": found.empty,
    }
