"""Starting a round after the last one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from assess import locations
from assess.engine import rounds as rules
from assess.engine.rounds import AnswerSuggestion, CarriedAnswers
from assess.errors import UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.model.config import Config
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.names import SheetName, refuse_invalid_id
from assess.workspace.core.workspace import Workspace


class NewRound(NamedTuple):
    """A round that was started, and what it took over from the last round, by sheet."""

    round_id: str
    from_id: str | None
    carried: Mapping[str, CarriedAnswers]
    suggested: Mapping[str, int]
    """By sheet: number of answers of the last round that are shown beside its items."""
    dropped: tuple[str, ...]
    """Sheets of the last round whose checklist or system no longer exists."""


def start_round(
    workspace: Workspace,
    round_id: str,
    *,
    today: date,
    from_id: str | None = None,
    title: str | None = None,
    due: date | None = None,
    checklists: Collection[str] | None = None,
) -> NewRound:
    """Start a round after the last one (or after `from_id`) with the remediation that is open.

    `checklists` are those whose sheets go on; None: all of the last round.

    After an interruption the same call continues: sheets with the expected content are accepted.

    Raises:
        UsageError: the id is not valid, or taken.
        UnknownIdError: there is no round to start from.
        FilesError: files of the last round can't be read.
    """
    config = workspace.read_config()
    _refuse_invalid_or_used_round_id(workspace, config, round_id)
    last = _choose_round_to_start_from(workspace, config, from_id)
    names, dropped = _split_sheets_of_last_round(config, last)
    names = [name for name in names if checklists is None or name.checklist in checklists]
    carried = {
        name: _select_remediation_to_carry(workspace, name, last)
        for name in names
        if last is not None
    }
    suggested = {
        str(name): len(_suggest_answers_from_last_round(workspace, name, last, today))
        for name in names
        if last is not None
    }
    _write_sheets_with_remediation(workspace, round_id, carried)
    fields: dict[str, Any] = {
        "title": title or rules.default_round_title(round_id),
        "state": "open",
    }
    fields |= {"from": last} if last is not None else {}
    fields |= {"due": due.isoformat()} if due is not None else {}
    fields["sheets"] = [str(name) for name in names]
    workspace.edit_config([FieldEdit(("rounds", round_id), fields)])
    carried_by_sheet = {str(name): carried_answers for name, carried_answers in carried.items()}
    return NewRound(round_id, last, carried_by_sheet, suggested, dropped)


def _choose_round_to_start_from(
    workspace: Workspace, config: Config, from_id: str | None
) -> str | None:
    """Return the round to start from, None before the first.

    Raises:
        UnknownIdError: there is no such round.
    """
    last = from_id or rules.find_newest_round(config.rounds)
    if last is not None and last not in config.rounds:
        _ = translator(workspace.lang)
        raise UnknownIdError(_("no round {round}").format(round=last), last, config.rounds)
    return last


def _write_sheets_with_remediation(
    workspace: Workspace, round_id: str, carried: Mapping[SheetName, CarriedAnswers]
) -> None:
    """Write the sheets to which open remediation is carried.

    Raises:
        UsageError: the folder of the round holds other files.
    """
    new_sheets = [
        _prepare_new_sheet(workspace, name, round_id, carried_answers)
        for name, carried_answers in carried.items()
        if carried_answers.remediation
    ]
    _refuse_files_in_new_round(
        workspace, round_id, {sheet.file.path: sheet.text for sheet in new_sheets}
    )
    for sheet in new_sheets:
        if not sheet.file.path.exists():
            sheet.file.save(sheet.edits)


def _refuse_invalid_or_used_round_id(workspace: Workspace, config: Config, round_id: str) -> None:
    _ = translator(workspace.lang)
    refuse_invalid_id(round_id, workspace.lang, "assess round new 2027")
    if round_id in config.rounds:
        message = _("round {round} exists already").format(round=round_id)
        raise UsageError(message, "assess round list")


def _refuse_files_in_new_round(
    workspace: Workspace, round_id: str, texts_by_path: Mapping[Path, str]
) -> None:
    """Refuse a folder with files other than those of an interrupted start of this round.

    Raises:
        UsageError: the folder holds such a file.
    """
    folder = workspace.root / locations.round_folder_path(round_id)
    for path in folder.iterdir() if folder.is_dir() else ():
        left_over = path.name.startswith(".") and path.name.endswith(".tmp")
        if left_over or (
            path in texts_by_path and path.read_bytes() == texts_by_path[path].encode()
        ):
            continue
        _ = translator(workspace.lang)
        message = _("answers/{round} holds files already").format(round=round_id)
        raise UsageError(message, f"mv answers/{round_id} answers/{round_id}-old")


def _split_sheets_of_last_round(
    config: Config, last: str | None
) -> tuple[list[SheetName], tuple[str, ...]]:
    """Return the sheets of a new round, and the sheets of the last round that it leaves out."""
    listed = config.rounds[last].sheets if last is not None else ()
    names = [SheetName.parse_name(sheet) for sheet in listed]
    remaining = [
        name
        for name in names
        if name.checklist in config.checklists and name.system in (None, *config.systems)
    ]
    return remaining, tuple(str(name) for name in names if name not in remaining)


def _select_remediation_to_carry(
    workspace: Workspace, name: SheetName, last: str
) -> CarriedAnswers:
    answers = workspace.open_sheet(name, last).sheet.answers
    return rules.select_remediation_for_new_round(answers, workspace.read_checklist(name.checklist))


class _NewSheet(NamedTuple):
    """A new sheet, and the edits that copy open remediation into it."""

    file: OpenFile[Sheet]
    edits: Sequence[FieldEdit]

    @property
    def text(self) -> str:
        """The content of the file after saving."""
        return self.file.with_edits(self.edits).text


def _prepare_new_sheet(
    workspace: Workspace, name: SheetName, round_id: str, carried: CarriedAnswers
) -> _NewSheet:
    source = workspace.find_round_files(round_id)
    file = source.open_unwritten_sheet(
        name, round_id, source.read_config(), source.read_checklist(name.checklist)
    )
    plans = [
        FieldEdit(("answers", plan.item, "remediation"), plan.plan) for plan in carried.remediation
    ]
    return _NewSheet(file, plans)


def _suggest_answers_from_last_round(
    workspace: Workspace, name: SheetName, last: str, today: date
) -> list[AnswerSuggestion]:
    assessment = workspace.open_sheet(name, last).assess_on(today)
    return list(rules.suggest_answers(assessment, workspace.read_checklist(name.checklist)))
