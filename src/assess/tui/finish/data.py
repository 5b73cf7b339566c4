"""The data of Finish: the round, its gaps, and what a commit would take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.display.finish.lines import FinishFacts
from assess.display.profile.lines import (
    find_form_name_of_unanswered_facts,
    list_unanswered_profile_questions,
)
from assess.display.walk.filters import awaits_review
from assess.engine.finding_name import item_label_and_title
from assess.errors import AssessError
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.config import Config
from assess.model.results import Assessment
from assess.template_folders import list_template_names
from assess.tui.core.session import AssessedSheet, InterfaceSession
from assess.workspace import SheetName, Workspace
from assess.workspace.core.library import list_template_folders
from assess.workspace.rounds import missing_answers
from assess.workspace.rounds.missing_answers import GapItems


class FinishData(NamedTuple):
    """The data of the workspace."""

    config: Config
    sheets: Mapping[SheetName, Assessment]
    facts: FinishFacts
    templates: tuple[str, ...]
    titles: Mapping[str, str]

    @property
    def has_answers_to_review(self) -> bool:
        """Whether an answer waits for a reviewer."""
        return any(
            awaits_review(state, state.result)
            for assessment in self.sheets.values()
            for state in assessment.items
            if state.applies != "no"
        )

    def find_gap(self, key: str) -> GapItems:
        """Return the gap of a row."""
        return next(missing for missing in self.facts.missing if f"gap:{missing.gap}" == key)

    def narrative_text(self, field: str, lang: Lang) -> str:
        """Return a text of the narrative."""
        return pick_text(getattr(self.facts.round.narrative, field), lang)


def read_finish_data(session: InterfaceSession) -> FinishData:
    """Read the round, and the files that a commit would take."""
    opened = session.read_all_sheets()
    return session.run_job_exclusively(lambda workspace: _collect_data(session, workspace, opened))


def _collect_data(
    session: InterfaceSession, workspace: Workspace, opened: Mapping[SheetName, AssessedSheet]
) -> FinishData:
    config = workspace.read_config()
    sheets = {name: sheet.assessment for name, sheet in opened.items()}
    titles = {
        state.item.id: item_label_and_title(state.item, session.lang)
        for assessment in sheets.values()
        for state in assessment.items
    }
    return FinishData(
        config,
        sheets,
        _collect_facts(session, workspace, config, opened),
        tuple(list_template_names(list_template_folders(workspace.root))),
        titles,
    )


def _collect_facts(
    session: InterfaceSession,
    workspace: Workspace,
    config: Config,
    opened: Mapping[SheetName, AssessedSheet],
) -> FinishFacts:
    proposal, refused = None, ""
    try:
        proposal = missing_answers.propose_commit(workspace, session.today)
    except AssessError as error:
        refused = str(error)
    sheets = {name: sheet.open_sheet for name, sheet in opened.items()}
    assessments = {name: sheet.assessment for name, sheet in opened.items()}
    checklists = {name: sheet.checklist for name, sheet in sheets.items()}
    missing_facts = {name: sheet.missing_facts for name, sheet in assessments.items()}
    conflicts = {name: sheet.conflicted_items for name, sheet in opened.items()}
    return FinishFacts(
        missing_answers.list_gaps_in_sheets(assessments, conflicts),
        missing_answers.list_sheets_with_unfilled_roles(
            {name: sheet.sheet for name, sheet in sheets.items()}
        ),
        config.rounds[session.round_id],
        proposal,
        refused,
        list_unanswered_profile_questions(config, checklists, missing_facts, session.lang),
        [
            pick_text(checklist.title, session.lang)
            for checklist in missing_answers.list_checklists_without_system(workspace, config)
        ],
        find_form_name_of_unanswered_facts(config, checklists, missing_facts),
    )
