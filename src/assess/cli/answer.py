"""`assess answer`: answers an item from a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.broken_checks import print_broken_checks
from assess.cli.common.context import (
    LANG,
    _,
    _n,
    acting_person_option,
    checklist_of_item_option,
    current_date,
    current_time,
    json_option,
    system_and_round_options,
)
from assess.cli.common.json_output import print_json
from assess.errors import UnknownIdError, UsageError
from assess.harmless import mark_line_breaks_and_escape

if TYPE_CHECKING:
    from assess.model.item import Item
    from assess.workspace import OpenSheet


@click.command(
    "answer",
    help=_(
        "Answer ITEM: met, partial, unmet or not_applicable, also in the words of the interface; a "
        "rung or option, by its id or its words; PART/WHOLE; a number, date or text; ids joined by "
        "commas for tick-many. A table gets its rows from a file: --rows. Many items get their "
        "answers from a file: --from."
    ),
)
@click.argument("item_id", metavar="ITEM", required=False, shell_complete=complete_ids.items)
@click.argument(
    "words", metavar="STATUS|VALUE", required=False, shell_complete=complete_ids.answers
)
@click.option(
    "--rows",
    "rows_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_(
        "the rows of a table from a CSV, TSV or XLSX file, in place of those that are there; its "
        "heads are titles or ids of columns"
    ),
)
@click.option(
    "--from",
    "answers_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_(
        "answers of many items from a CSV, TSV, XLSX, YAML or JSON file with item, answer and "
        "note; a fault in one row stops all"
    ),
)
@click.option("--dry-run", is_flag=True, help=_("with --from: show what would be written"))
@click.option("--note", metavar="TEXT", help=_("what was found, or the reason"))
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="[PROOF=]FILE",
    help=_("attach this file; PROOF: which of the item's proofs it is"),
)
@checklist_of_item_option
@system_and_round_options
@acting_person_option
@json_option
def answer_command(
    *,
    item_id: str | None,
    words: str | None,
    rows_file: Path | None,
    answers_file: Path | None,
    dry_run: bool,
    note: str | None,
    files: tuple[str, ...],
    checklist: str | None,
    system: str | None,
    round_id: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """Answer one item, or those of a file."""
    if answers_file is not None:
        if any((item_id, words, rows_file, note, files)):
            text = _("--from takes everything from the file")
            raise UsageError(text, _("leave out ITEM, the answer, --rows, --note and --evidence"))
        from assess.cli.common.answer_many import write_answers_from_file  # noqa: PLC0415  # not for --help

        write_answers_from_file(
            answers_file,
            checklist=checklist,
            system=system,
            round_id=round_id,
            acting=acting,
            dry_run=dry_run,
            as_json=as_json,
        )
        return
    if dry_run:
        raise UsageError(_("--dry-run goes with --from"), "assess answer --from FILE --dry-run")
    if item_id is None:
        command = click.get_current_context()
        raise click.MissingParameter(ctx=command, param=command.command.params[0])
    open_sheet = open_sheet_with_item(item_id, checklist, system, round_id)
    changes = _parse_answer(open_sheet, open_sheet.find_item(item_id), words, rows_file, note)
    by = context.choose_acting_person(open_sheet.config, acting)
    # This check comes before files are attached, so that a refused answer leaves nothing behind.
    open_sheet.refuse_long_texts(item_id, changes)
    changes |= _add_evidence_files_to_register(open_sheet, item_id, files, by)
    _warn_about_uncommon_symbols(f"{words or ''} {note or ''}")
    open_sheet = open_sheet.write_answer(
        item_id, changes, by=by, now=current_time(), lang=open_sheet.config.language
    )
    _print_answer_and_broken_checks(
        open_sheet, item_id, as_json=as_json, is_from_file=rows_file is not None
    )


def _add_evidence_files_to_register(
    open_sheet: OpenSheet, item_id: str, proof_and_file_arguments: tuple[str, ...], by: str | None
) -> dict[str, Any]:
    """Attach files as evidence; return the fields of the answer that cite them.

    Raises:
        UnknownIdError: the item asks for no such proof.
    """
    from assess.display.evidence.known_file import known_file_text  # noqa: PLC0415  # not for --help
    from assess.workspace.evidence.register_view import (  # noqa: PLC0415  # as above
        add_evidence_file,
        does_suffix_contradict_content,
    )

    item = open_sheet.find_item(item_id)
    fields = {}
    for path, proof in [_parse_proof_and_file(item, name) for name in proof_and_file_arguments]:
        added = add_evidence_file(
            context.open_workspace(),
            path,
            title=path.stem,
            round_id=open_sheet.round,
            by=by,
            now=current_time(),
        )
        fields[f"evidence.{added.id}"] = proof
        if added.known:
            click.echo(known_file_text(path.name, added.id, added.row.title, LANG), err=True)
        if does_suffix_contradict_content(path):
            text = _("what it holds is not what its name says; it is opened by what it holds")
            line = _("{field}: {value}").format(
                field=mark_line_breaks_and_escape(path.name), value=text
            )
            click.echo(line, err=True)
    return fields


def _print_answer_and_broken_checks(
    open_sheet: OpenSheet, item_id: str, *, as_json: bool, is_from_file: bool
) -> None:
    """Print an answer and the checks that it breaks; of rows from a file their count first."""
    from assess.engine.field_checks.judge import list_broken_checks  # noqa: PLC0415  # not for --help

    answer = open_sheet.sheet.answers[item_id]
    broken_checks = list_broken_checks(open_sheet.assess_on(current_date()), {item_id})
    if as_json:
        from assess.cli.common.assessment_json import broken_checks_for_json  # noqa: PLC0415  # as above
        from assess.cli.common.history_plain import value_for_json  # noqa: PLC0415  # as above

        row = {"round": open_sheet.round, "sheet": str(open_sheet.name), "item": item_id}
        checks = broken_checks_for_json(broken_checks)
        plain = {**row, "answer": value_for_json(answer), "field_checks": checks}
        print_json(plain)
        return
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help
    from assess.engine.kinds.values import answer_text  # noqa: PLC0415  # as above

    place = f"{open_sheet.round} {open_sheet.name} {item_id}"
    item = open_sheet.find_item(item_id)
    shown = answer_text(item, answer, LANG)
    if is_from_file and isinstance(answer.value, list | tuple):
        count = _n("{count} row", "{count} rows", len(answer.value)).format(count=len(answer.value))
        shown = _("{field}: {value}").format(field=count, value=shown)
    click.echo(
        _("{field}: {value}").format(field=place, value=clean_and_shorten_untrusted_text(shown))
    )
    print_broken_checks(broken_checks)
    _warn_if_answer_is_not_counted(open_sheet, item)


def _warn_if_answer_is_not_counted(open_sheet: OpenSheet, item: Item) -> None:
    """Print that the answer does not count, and what would open its question, if it is closed."""
    from assess.display.text.condition_words import ConditionWords  # noqa: PLC0415  # not for --help

    opening = ConditionWords(open_sheet.checklist, LANG).format_opening_condition(item)
    states = open_sheet.assess_on(current_date()).items if opening else ()
    if any(state.item.id == item.id and state.has_uncounted_answer for state in states):
        click.echo(_("kept, not counted: no answer opens the question"), err=True)
        click.echo(_("it is asked only if {condition}").format(condition=opening), err=True)


def _parse_answer(
    open_sheet: OpenSheet, item: Item, words: str | None, rows_file: Path | None, note: str | None
) -> dict[str, Any]:
    """Return the fields of the answer from its words, or from a file with rows.

    Raises:
        UsageError: there is neither, or both; the value does not fit the item.
        FilesError: rows of the file have faults.
    """
    if (words is None) == (rows_file is None):
        hint = _("assess answer ITEM VALUE, or assess answer ITEM --rows FILE")
        raise UsageError(_("give either an answer or --rows FILE"), hint)
    if rows_file is not None:
        from assess.cli.common.table_file import read_table_file  # noqa: PLC0415  # not for --help

        rows = read_table_file(item, rows_file, current_date())
        return {"value": rows} if note is None else {"value": rows, "note": note}
    from assess.workspace.answers.typed_values import parse_typed_answer  # noqa: PLC0415  # not for --help

    return parse_typed_answer(open_sheet, item, words or "", note, current_date())


def _warn_about_uncommon_symbols(text: str) -> None:
    from assess.engine.lint.symbols import uncommon_symbols_text  # noqa: PLC0415  # not for --help

    symbols = uncommon_symbols_text(text)
    if symbols:
        message = _("where no font has them, reports print codes for: {given}")
        click.echo(message.format(given=symbols), err=True)


def _parse_proof_and_file(item: Item, argument: str) -> tuple[Path, str]:
    """Return the path and the proof of `[PROOF=]FILE`; the proof is `other` where none is named.

    Raises:
        UnknownIdError: the item requires no such proof.
    """
    from assess.model.item import PROOFS_OF_EVERY_ITEM  # noqa: PLC0415  # not for --help

    name, sign, path = argument.partition("=")
    known = [*(proof.id for proof in item.evidence), *PROOFS_OF_EVERY_ITEM]
    if sign and name in known:
        return Path(path), name
    if sign and not Path(argument).exists():
        message = _("{item} asks for no proof {name}").format(item=item.id, name=name)
        raise UnknownIdError(message, name, known)
    return Path(argument), "other"


def open_sheet_with_item(
    item_id: str, checklist: str | None, system: str | None, round_id: str | None
) -> OpenSheet:
    """Return the sheet whose checklist has the item.

    Raises:
        UnknownIdError: no sheet has the item, or there is no such sheet.
        UsageError: several sheets have the item.
    """
    workspace = context.open_workspace()
    round_id = round_id or workspace.find_newest_open_round()
    names = context.choose_sheets(workspace, round_id, checklist, system)
    items = {name: workspace.read_checklist(name.checklist).items() for name in names}
    having = [name for name in names if item_id in items[name]]
    if not having:
        known = [key for checklist_items in items.values() for key in checklist_items]
        message = _("no item {item} in round {round}").format(item=item_id, round=round_id)
        raise UnknownIdError(message, item_id, known)
    if len(having) > 1:
        listed = ", ".join(map(str, having))
        raise UsageError(
            _("several sheets have the item: {names}").format(names=listed), "--system"
        )
    return workspace.open_sheet(having[0], round_id)
