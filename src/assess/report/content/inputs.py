"""What a report needs, gathered from the workspace; nothing is worded here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from assess import locations
from assess.engine.hidden_dangers import HiddenDanger
from assess.engine.outside_findings import (
    OutsideRow,
    list_outside_rows_of_round,
    select_rows_for_sheets_report,
)
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config, Round
from assess.model.evidence import Register
from assess.model.provenance import Provenance
from assess.model.results import Assessment
from assess.report.content.days import refuse_impossible_day
from assess.report.content.earlier import (
    EarlierState,
    PastRound,
    find_earlier_state,
    read_scores_of_past_rounds,
)
from assess.workspace import SheetName, Workspace
from assess.workspace.core.program_tables import load_hidden_dangers
from assess.workspace.core.provenance import day_of_commit, paths_of_yaml_inputs
from assess.workspace.core.published_files import PublishedFiles, find_published_files
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.core.sources import ClosedRoundFiles, RoundFiles
from assess.workspace.evidence.stored_files import FileFault, find_evidence_faults_by_id
from assess.workspace.history.history_before import HistoryBefore, find_newest_time_up_to_commit
from assess.workspace.proof.report_closing import RoundHistory, read_closings_if_ever_reopened
from assess.workspace.sharing.commit import refuse_undecided_conflicts

LETTERS = ("notice", "receipt")
"""Templates that are written while answers are still to be reviewed."""

BLANK_FORM = "blank"
"""The template that asks and shows no answers."""

_PICTURES = (".png", ".jpg", ".jpeg")


class SheetInputs(NamedTuple):
    """A sheet, and everything computed from it."""

    name: SheetName
    checklist: Checklist
    sheet: Sheet
    assessment: Assessment


class ReportInputs(NamedTuple):
    """What a report is made from."""

    request: ReportRequest
    config: Config
    register: Register
    sheets: tuple[SheetInputs, ...]
    provenance: Provenance
    today: date
    in_repository: bool
    earlier: EarlierState | None = None
    """What it is compared with."""
    past: tuple[PastRound, ...] = ()
    """The rounds before, oldest first."""
    faults: Mapping[str, FileFault] = MappingProxyType({})
    """What is wrong with files of cited evidence, by row."""
    story: RoundHistory | None = None
    """How the round was closed and reopened; None where it was closed once, or never."""
    dangers: Mapping[str, HiddenDanger] = MappingProxyType({})
    """Triggers of serious hidden dangers by code."""
    published: PublishedFiles = PublishedFiles()
    """The program's own checklists and templates, with which those of the report are compared."""
    usual_day: date | None = None
    """The day that the report speaks of unless another is set by hand."""
    outside: tuple[OutsideRow, ...] = ()
    """The findings of others that stand in the report."""
    history: HistoryBefore = HistoryBefore()
    """The times of the commit and of those before it."""

    @property
    def round_id(self) -> str:
        """The id of the round."""
        return self.request.round_id

    @property
    def round(self) -> Round:
        """The round in assess.yaml."""
        return self.config.rounds[self.round_id]

    @property
    def lang(self) -> Lang:
        """The language of the report."""
        return self.request.lang

    @property
    def template(self) -> str:
        """The name of the template."""
        return self.request.template

    @property
    def compared_commit_or_digest(self) -> str | None:
        """The commit or digest of what the request compares with; None where it names nothing."""
        return self.earlier.mark if self.request.against and self.earlier else None

    @property
    def compared_revision(self) -> str | None:
        """The round or the commit that the request compares with; None where it names nothing."""
        return self.earlier.revision if self.request.against and self.earlier else None


def gather_inputs(workspace: Workspace, request: ReportRequest, today: date) -> ReportInputs:
    """Return the inputs of a report; those of a closed round are read at its tag.

    The report is made as of the day of the request, else that of the commit that holds all inputs,
    else `today`.

    Raises:
        FilesError: files can't be read, are too large, or contain a conflict.
        UsageError: the state to compare with is neither a round nor a commit; the day of the
            request is after `today` or before the last answer.
        UnknownIdError: there is no such round.
    """
    workspace.list_sheets(request.round_id)
    source = workspace.find_round_files(request.round_id)
    source.refuse_large_files()
    usual_day = _day_of_commit(workspace, request) or today
    day = request.day or usual_day
    sheets = _assess_sheets(workspace, request, source, day)
    if day != usual_day:
        refuse_impossible_day(day, (sheet.sheet for sheet in sheets), today, workspace.lang)
    before = find_earlier_state(workspace, request, day)
    register = source.read_register_or_empty().value
    outside = _select_outside_rows(workspace, request, source, day)
    cited = list_cited_evidence_ids(sheets, outside)
    inputs = ReportInputs(
        request=request,
        config=source.read_config().value,
        register=register,
        sheets=sheets,
        provenance=_make_provenance(workspace, request, day, before),
        today=day,
        in_repository=_is_in_repository(workspace.root),
        earlier=before,
        past=tuple(read_scores_of_past_rounds(workspace, request, day)),
        faults=find_evidence_faults_by_id(source, register, cited),
        dangers=load_hidden_dangers(),
        published=_find_published_files(sheets, source),
        usual_day=usual_day,
        outside=outside,
    )
    if not inputs.in_repository:
        return inputs
    return inputs._replace(
        story=_read_round_history(workspace, inputs),
        history=find_newest_time_up_to_commit(workspace.root, inputs.provenance.commit),
    )


def _select_outside_rows(
    workspace: Workspace, request: ReportRequest, source: RoundFiles, day: date
) -> tuple[OutsideRow, ...]:
    rows = list_outside_rows_of_round(
        source.read_findings_or_empty().value.findings, request.round_id, day
    )
    return select_rows_for_sheets_report(
        rows, request.sheets, workspace.list_sheets(request.round_id)
    )


def _find_published_files(sheets: Iterable[SheetInputs], source: RoundFiles) -> PublishedFiles:
    checklists = {sheet.name.checklist: sheet.checklist for sheet in sheets}
    return find_published_files(
        (
            checklist,
            f"sha256:{source.sha256_unless_missing_or_large(locations.checklist_path(checklist_id))}",
        )
        for checklist_id, checklist in checklists.items()
    )


def _assess_sheets(
    workspace: Workspace, request: ReportRequest, source: RoundFiles, day: date
) -> tuple[SheetInputs, ...]:
    sheets = [workspace.open_sheet(name, request.round_id) for name in request.sheets]
    _refuse_conflicts(workspace, request, source)
    return tuple(
        SheetInputs(sheet.name, sheet.checklist, sheet.sheet, sheet.assess_on(day))
        for sheet in sheets
    )


def _make_provenance(
    workspace: Workspace, request: ReportRequest, day: date, before: EarlierState | None
) -> Provenance:
    mark = before.mark if before and request.against else None
    chosen = list_settings_in_digest(request.template, request.lang, day, mark)
    return workspace.make_provenance(request.round_id, request.sheets, chosen)


def _read_round_history(workspace: Workspace, inputs: ReportInputs) -> RoundHistory | None:
    """Return how the round was closed and reopened, by the assess.yaml of the round."""
    round_id = inputs.round_id
    row = inputs.config.rounds.get(round_id) or workspace.read_config().rounds[round_id]
    return read_closings_if_ever_reopened(
        workspace.root, round_id, row, inputs.provenance.commit, workspace.lang
    )


def list_settings_in_digest(
    template: str, lang: Lang, day: date, against: str | None = None
) -> tuple[str, ...]:
    """Return the settings that the digest covers; `against` only if it was given."""
    chosen = (template, lang, day.isoformat())
    return chosen if against is None else (*chosen, against)


def find_cited_picture_files(root: Path, inputs: ReportInputs) -> dict[str, str]:
    """Return the cited evidence that may be a picture: its file by id, links left out."""
    folder = (root / locations.EVIDENCE).resolve()
    picture_files = {}
    for row_id in list_cited_evidence_ids(inputs.sheets, inputs.outside):
        row = inputs.register.evidence.get(row_id)
        if row is None or row.file is None or not row.file.path.lower().endswith(_PICTURES):
            continue
        path = folder / row.file.path
        if path.is_file() and path.resolve() == path:
            picture_files[row_id] = str(path)
    return picture_files


def group_item_ids_by_evidence(sheets: Iterable[SheetInputs]) -> dict[str, list[str]]:
    """Return which items cite each row of evidence, by row, in the order of the items."""
    rows: dict[str, list[str]] = {}
    for sheet_inputs in sheets:
        for state in sheet_inputs.assessment.items:
            if state.answer is not None and state.applies != "no":
                for row_id in state.answer.evidence:
                    rows.setdefault(row_id, []).append(state.item.id)
    return rows


def list_cited_evidence_ids(
    sheets: Iterable[SheetInputs], outside: Iterable[OutsideRow]
) -> list[str]:
    """Return the rows of evidence that answers cite, then those of findings of others alone."""
    by_findings = (row_id for row in outside for row_id in row.finding.evidence)
    return list(dict.fromkeys((*group_item_ids_by_evidence(sheets), *by_findings)))


def midnight_of_report_day(day: date) -> datetime:
    """Return the time that is written into a report of `day`: midnight, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _day_of_commit(workspace: Workspace, request: ReportRequest) -> date | None:
    provenance = workspace.make_provenance(request.round_id, request.sheets, ())
    return day_of_commit(provenance)


def _is_in_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _refuse_conflicts(workspace: Workspace, request: ReportRequest, source: RoundFiles) -> None:
    """Refuse files in which a merge left conflicts: what counts is not decided.

    A closed round was closed without any.
    """
    if isinstance(source, ClosedRoundFiles):
        return
    paths = paths_of_yaml_inputs(request.round_id, request.sheets)
    refuse_undecided_conflicts(workspace.root, workspace.lang, paths)
