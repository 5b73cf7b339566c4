"""`assess answer --from FILE`: many answers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from assess.cli.common import context
from assess.cli.common.answer_file import AnswerFile, read_answer_file
from assess.cli.common.assessment_json import broken_checks_for_json
from assess.cli.common.broken_checks import print_broken_checks
from assess.cli.common.context import LANG, PROGRAM, _, current_date, current_time
from assess.cli.common.json_output import print_json
from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.gaps import Gap, list_item_gaps_by_urgency, make_item_with_stored_answer
from assess.engine.punctuation import colon_sign, enumeration_comma_sign
from assess.errors import FilesError
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import N_
from assess.model.results import Assessment
from assess.problem import Problem
from assess.workspace import OpenSheet, SheetName
from assess.workspace.answers.many_answers import (
    AnswerPlan,
    assess_sheet_as_if_written,
    plan_answers,
)

_MOST_NAMED: Final = 20
"""How many items a line names."""

_GAP_WORDS: Final[Mapping[str, tuple[str, tuple[Gap, ...]]]] = {
    "reason": (N_("taken, but without the reason"), ("reason",)),
    "evidence": (N_("lacking required evidence"), ("high_evidence", "evidence")),
    "remediation": (N_("findings without remediation"), ("remediation",)),
}
"""What taken answers may lack: the words, and the gaps that they stand for."""


def write_answers_from_file(
    path: Path,
    *,
    checklist: str | None,
    system: str | None,
    round_id: str | None,
    acting: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Check all rows of a file, then write their answers; a fault in one stops all.

    Raises:
        FilesError: rows have faults; each is a problem with its place.
        UsageError: the file can't be read.
    """
    workspace = context.open_workspace()
    round_id = round_id or workspace.find_newest_open_round()
    names = context.choose_sheets(workspace, round_id, checklist, system)
    open_sheets = [workspace.open_sheet(name, round_id) for name in names]
    by = context.choose_acting_person(open_sheets[0].config, acting)
    answer_file = read_answer_file(path)
    plan = plan_answers(open_sheets, answer_file.rows, current_date(), LANG)
    changed_sheets = [sheet for sheet in open_sheets if sheet.name in plan.fields]
    _refuse_rows_with_faults(path, plan)
    _refuse_long_texts(changed_sheets, plan)
    assessments = {
        open_sheet.name: assess_sheet_as_if_written(
            open_sheet, plan.fields[open_sheet.name], current_date()
        )
        for open_sheet in changed_sheets
    }
    lacking = _list_items_by_gap(assessments, plan)
    broken_checks = [
        broken
        for name, assessment in assessments.items()
        for broken in list_broken_checks(assessment, plan.fields[name])
    ]
    if not dry_run:
        for open_sheet in changed_sheets:
            open_sheet.write_answers(
                plan.fields[open_sheet.name],
                by=by,
                now=current_time(),
                lang=open_sheet.config.language,
            )
    if as_json:
        checks = broken_checks_for_json(broken_checks)
        plain = {**_plan_for_json(plan, lacking, dry_run=dry_run), "field_checks": checks}
        print_json(plain)
    else:
        _print_plan(plan, answer_file, lacking, dry_run=dry_run)
        print_broken_checks(broken_checks)


def _refuse_rows_with_faults(path: Path, plan: AnswerPlan) -> None:
    """Refuse rows with faults.

    Raises:
        FilesError: there are some.
    """
    problems = [
        Problem(path.name, "row", message, hint, line=row.line, column=row.column)
        for row, message, hint in plan.faults
    ]
    if problems:
        raise FilesError(_("rows have faults; nothing was changed"), problems)


def _refuse_long_texts(changed_sheets: Sequence[OpenSheet], plan: AnswerPlan) -> None:
    """Refuse texts that no answer may have.

    Raises:
        TooLongError: there is one.
    """
    for open_sheet in changed_sheets:
        for item_id, fields in plan.fields[open_sheet.name].items():
            open_sheet.refuse_long_texts(item_id, fields)


def _list_items_by_gap(
    assessments: Mapping[SheetName, Assessment], plan: AnswerPlan
) -> dict[str, tuple[str, ...]]:
    """Return the items that lack something once the plan is carried out, by what they lack."""
    states = [
        state
        for name, assessment in assessments.items()
        for state in assessment.items
        if state.item.id in plan.fields[name]
    ]
    gaps_by_item = {
        state.item.id: list_item_gaps_by_urgency(make_item_with_stored_answer(state))
        for state in states
        if not state.closed
    }
    lacking = {
        name: tuple(item_id for item_id, gaps in gaps_by_item.items() if set(gaps) & set(wanted))
        for name, (_words, wanted) in _GAP_WORDS.items()
    }
    return lacking | {
        "open_question": tuple(state.item.id for state in states if state.has_uncounted_answer)
    }


def _plan_for_json(
    plan: AnswerPlan, lacking: Mapping[str, tuple[str, ...]], *, dry_run: bool
) -> dict[str, Any]:
    names = {"new": plan.new, "changed": plan.changed, "ignored": plan.ignored}
    return {"written": not dry_run, **names, "lacking": lacking}


def _print_plan(
    plan: AnswerPlan,
    answer_file: AnswerFile,
    lacking: Mapping[str, tuple[str, ...]],
    *,
    dry_run: bool,
) -> None:
    if dry_run:
        click.echo(_("nothing was written; without --dry-run this happens:"))
    for words, item_ids in (
        (_("new answers"), plan.new),
        (_("other answers than before"), plan.changed),
        (_("ignored, for they say nothing or what is there already"), plan.ignored),
        *((_(words), lacking[name]) for name, (words, _gaps) in _GAP_WORDS.items()),
        (_("kept, not counted: no answer opens the question"), lacking["open_question"]),
    ):
        if item_ids:
            click.echo(_count_and_first_items_text(words, item_ids))
    if answer_file.ignored_columns:
        columns = enumeration_comma_sign(LANG).join(
            map(mark_line_breaks_and_escape, answer_file.ignored_columns)
        )
        click.echo(_("columns that were not read") + colon_sign(LANG) + columns)
    if lacking["reason"] and not dry_run:
        hint = _("add the missing reasons before the report: {command}")
        click.echo(hint.format(command=f"{PROGRAM} fill"))


def _count_and_first_items_text(label: str, item_ids: Sequence[str]) -> str:
    """Return a number of items, and the first of them by their ids."""
    named = enumeration_comma_sign(LANG).join(item_ids[:_MOST_NAMED])
    more = " …" if len(item_ids) > _MOST_NAMED else ""
    return f"{label}{colon_sign(LANG)}{len(item_ids)} ({named}{more})"
