"""What the proposals of a sheet are made from, read from the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from assess.engine.proposals.known_value import index_places_by_question
from assess.engine.proposals.proposal import EarlierSheet, KnownPlace, ProposalContext
from assess.engine.scoring.conditions import facts_of_scope
from assess.errors import AssessError
from assess.i18n import Lang
from assess.model.checklist import Checklist, FactDef
from assess.workspace.core.names import SheetName
from assess.workspace.core.program_tables import load_proposal_tables
from assess.workspace.core.reader import WorkspaceReader
from assess.workspace.core.sheet_file import OpenSheet

_ORGANIZATION = "organization."


def read_earlier_sheet(
    workspace: WorkspaceReader, name: SheetName, round_id: str
) -> EarlierSheet | None:
    """Return the same sheet in the round before; None without one.

    Raises:
        AssessError: the round before can't be read.
    """
    open_sheet = open_earlier_sheet(workspace, name, round_id)
    return None if open_sheet is None else make_earlier_sheet(workspace, open_sheet)


def open_earlier_sheet(
    workspace: WorkspaceReader, name: SheetName, round_id: str
) -> OpenSheet | None:
    """Return the same sheet in the round before, at its tag where it is closed; None without one.

    Raises:
        AssessError: the round before can't be read.
    """
    rounds = workspace.read_config().rounds
    this = rounds.get(round_id)
    if this is None or this.from_ is None or this.from_ not in rounds:
        return None
    if str(name) not in rounds[this.from_].sheets:
        return None
    return workspace.open_sheet(name, this.from_)


def make_earlier_sheet(workspace: WorkspaceReader, open_sheet: OpenSheet) -> EarlierSheet:
    """Return a sheet of the round before as proposals need it."""
    return EarlierSheet(
        round=open_sheet.round,
        title=workspace.read_config().rounds[open_sheet.round].title,
        checklist=open_sheet.checklist,
        items=open_sheet.checklist.items(),
        answers=open_sheet.sheet.answers,
        people=open_sheet.config.people,
    )


def list_other_sheets_of_same_scope(
    workspace: WorkspaceReader, name: SheetName, round_id: str
) -> list[SheetName]:
    """Return the other sheets of a round about the same unit or system."""
    return [
        other
        for other in workspace.list_sheets(round_id)
        if other.system == name.system and other != name
    ]


def read_proposal_context(
    workspace: WorkspaceReader, open_sheet: OpenSheet, today: date, lang: Lang
) -> ProposalContext:
    """Return the context of a sheet; other sheets that can't be read are left out.

    Raises:
        AssessError: the round before can't be read.
    """
    name, round_id = open_sheet.name, open_sheet.round
    others = {
        other: opened
        for other in list_other_sheets_of_same_scope(workspace, name, round_id)
        if (opened := _open_sheet_or_none(workspace, other, round_id)) is not None
    }
    earlier = read_earlier_sheet(workspace, name, round_id)
    return make_proposal_context(workspace, open_sheet, earlier, others, today, lang)


def make_proposal_context(
    workspace: WorkspaceReader,
    open_sheet: OpenSheet,
    earlier: EarlierSheet | None,
    others: Mapping[SheetName, OpenSheet],
    today: date,
    lang: Lang,
) -> ProposalContext:
    """Return the context of a sheet from the sheets that were read for it."""
    sheets = {open_sheet.name: open_sheet, **others}
    config, tables = open_sheet.config, load_proposal_tables()
    facts = facts_of_scope(config, open_sheet.name.system)
    named = {
        condition.fact
        for item_id in open_sheet.checklist.items()
        for condition in tables.absence_conditions_by_item.get(item_id, ())
        if condition.fact in facts
    }
    known = dict(_list_questions_with_condition_names(sheet.checklist for sheet in sheets.values()))
    if any(str(name).startswith(_ORGANIZATION) and name not in known for name in named):
        pinned = (_read_checklist_or_none(workspace, name) for name in config.checklists)
        known |= _list_questions_with_condition_names(
            checklist for checklist in pinned if checklist is not None
        )
    return ProposalContext(
        sheet=str(open_sheet.name),
        lang=lang,
        today=today,
        register=open_sheet.register.evidence,
        earlier=earlier,
        facts=facts,
        questions=known,
        systems=config.systems,
        tables=tables,
        places=index_places_by_question(_list_items_as_known_places(sheets), lang),
        answers={str(name): sheet.sheet.answers for name, sheet in sheets.items()},
    )


def _list_questions_with_condition_names(
    checklists: Iterable[Checklist],
) -> Iterator[tuple[str, FactDef]]:
    """Yield the questions of checklists by the names that conditions have for their facts."""
    for checklist in checklists:
        for name, question in checklist.profile.items():
            if checklist.scope == "organization":
                yield f"{_ORGANIZATION}{name}", question
            else:
                yield name, question


def _list_items_as_known_places(sheets: Mapping[SheetName, OpenSheet]) -> Iterator[KnownPlace]:
    for name, sheet in sheets.items():
        for item in sheet.checklist.items().values():
            yield KnownPlace(str(name), name.checklist, item)


def _open_sheet_or_none(
    workspace: WorkspaceReader, name: SheetName, round_id: str
) -> OpenSheet | None:
    try:
        return workspace.open_sheet(name, round_id)
    except AssessError:
        return None


def _read_checklist_or_none(workspace: WorkspaceReader, name: str) -> Checklist | None:
    try:
        return workspace.read_checklist(name)
    except AssessError:
        return None
