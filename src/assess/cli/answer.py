"""`assess answer`: one answer from a script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, as_option, json_option, now, sheet_options, today
from assess.errors import UnknownIdError, UsageError
from assess.harmless import one_line

if TYPE_CHECKING:
    from assess.model.item import Item
    from assess.workspace import Desk


@click.command(
    "answer",
    help=_(
        "Answer ITEM: met, partial, unmet or not_applicable; a rung or option id; PART/WHOLE; a "
        "number, date or text; ids joined by commas for tick-many."
    ),
)
@click.argument("item_id", metavar="ITEM", shell_complete=complete_ids.items)
@click.argument("words", metavar="STATUS|VALUE", shell_complete=complete_ids.answers)
@click.option("--note", metavar="TEXT", help=_("what was found, or the reason"))
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="[PROOF=]FILE",
    help=_("attach this file; PROOF: which of the item's proofs it is"),
)
@click.option(
    "--checklist",
    metavar="ID",
    help=_("the checklist, where several have the item"),
    shell_complete=complete_ids.checklists,
)
@sheet_options
@as_option
@json_option
def answer_command(
    *,
    item_id: str,
    words: str,
    note: str | None,
    files: tuple[str, ...],
    checklist: str | None,
    system: str | None,
    round_id: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Check the answer, attach the files, save."""
    from assess.store.length_limits import refuse_long_texts  # noqa: PLC0415  # not for --help
    from assess.store.yaml.writing.edit import Edit  # noqa: PLC0415  # not for --help
    from assess.workspace.answers.typed_values import typed_answer  # noqa: PLC0415  # not for --help
    from assess.workspace.evidence.register_view import misnamed  # noqa: PLC0415  # not for --help

    desk = desk_with(item_id, checklist, system, round_id)
    item = desk.checklist.items()[item_id]
    changes = typed_answer(desk, item, words, note, today())
    by = context.person(desk.config, acting)
    # Before a file is attached: nothing is left behind where the answer is refused.
    refuse_long_texts([Edit(("answers", item_id), changes)], LANG)
    for path, proof in [_proof(item, name) for name in files]:
        row_id, _row = context.workspace().attach_file(
            path, title=path.stem, round_id=desk.round, by=by, now=now()
        )
        changes[f"evidence.{row_id}"] = proof
        if misnamed(path):
            told = _("what it holds is not what its name says; it is opened by what it holds")
            click.echo(
                _("{field}: {value}").format(field=one_line(path.name), value=told), err=True
            )
    desk = desk.put(item_id, changes, by=by, now=now(), lang=desk.config.language)
    if as_json:
        from assess.cli.common.history_plain import value  # noqa: PLC0415  # not for --help

        row = {"round": desk.round, "sheet": str(desk.name), "item": item_id}
        answer = value(desk.sheet.answers[item_id])
        click.echo(json.dumps({**row, "answer": answer}, ensure_ascii=False, indent=2))
        return
    from assess.engine.history.words import clean  # noqa: PLC0415  # not for --help

    click.echo(f"{desk.round} {desk.name} {item_id}: {clean(words)}")


def _proof(item: Item, given: str) -> tuple[Path, str]:
    """Return the file of `[PROOF=]FILE`, and which proof it is; `other` where none is named.

    Raises:
        UnknownIdError: the item asks for no such proof.
    """
    name, sign, path = given.partition("=")
    known = [*(one.id for one in item.evidence), *_ALWAYS]
    if sign and name in known:
        return Path(path), name
    if sign and not Path(given).exists():
        message = _("{item} asks for no proof {name}").format(item=item.id, name=name)
        raise UnknownIdError(message, name, known)
    return Path(given), "other"


_ALWAYS = ("remediation", "other")
"""What evidence of any item may be, beside the proofs that the item names."""


def desk_with(
    item_id: str, checklist: str | None, system: str | None, round_id: str | None
) -> Desk:
    """Return the desk whose checklist has the item.

    Raises:
        UnknownIdError: none has it, or there is no such sheet.
        UsageError: several sheets have it.
    """
    here = context.workspace()
    round_id = round_id or here.newest_open_round()
    names = context.sheets(here, round_id, checklist, system)
    items = {name: here.checklist(name.checklist).items() for name in names}
    having = [name for name in names if item_id in items[name]]
    if not having:
        known = [key for one in items.values() for key in one]
        message = _("no item {item} in round {round}").format(item=item_id, round=round_id)
        raise UnknownIdError(message, item_id, known)
    if len(having) > 1:
        listed = ", ".join(map(str, having))
        raise UsageError(
            _("several sheets have the item: {names}").format(names=listed), "--system"
        )
    return here.desk(having[0], round_id)
