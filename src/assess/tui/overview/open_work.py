"""The open work of a round, collected from its sheets, drafts and git for the overview."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assess.display.overview.closed_rounds import closed_round_todos
from assess.display.overview.todo import Todo, WaitingAnswers, list_todos
from assess.display.profile.lines import (
    find_form_name_of_unanswered_facts,
    list_unanswered_profile_questions,
)
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.conflict import Conflict
from assess.tui.core.drafts import DraftKey
from assess.tui.core.resume_drafts import draft_label
from assess.tui.core.session import AssessedSheet
from assess.tui.overview.context import OverviewContext
from assess.workspace import SheetName


class OpenWork:
    """Lists the open work of the round, the most urgent first."""

    def __init__(self, context: OverviewContext) -> None:
        self._context = context

    def list_todos(self) -> list[Todo]:
        """Return the lines of the open work; none until all sheets are read.

        A digit stands for a line, so no line changes its place while the user reads the list.
        """
        if not self._context.state.are_all_sheets_read:
            return []
        state, lang = self._context.state, self._context.lang
        session, opened = self._context.shell.session, state.sheets_read
        todos = list_todos(
            {name: sheet.summary for name, sheet in opened.items()},
            next((sheet.open_sheet.register for sheet in opened.values()), None),
            list(_items_or_fields_of_conflicts(opened)),
            [draft_label(draft, lang) for draft in self._list_drafts()],
            session.today,
            lang,
            state.git.lack,
            self._list_unanswered_questions(),
            state.git.outdated,
            state.changed_sources,
            self._count_answers_to_review(),
            next((sheet.outside for sheet in opened.values()), ()),
            sum(state.takeable.values()),
            self._id_of_completed_open_round_or_empty(),
            [pick_text(checklist.title, lang) for checklist in state.without_system],
        )
        unwritable = [Todo("unwritable", (state.unwritable,))] if state.unwritable else []
        return [*unwritable, *self._list_closed_round_todos(), *todos]

    def _list_drafts(self) -> Sequence[DraftKey]:
        shell = self._context.shell
        return shell.drafts.list_drafts_of_round(shell.session.round_id, self._context.state.names)

    def _list_unanswered_questions(self) -> Sequence[str]:
        """Return the facts that are not given; none until assess.yaml is read."""
        config = self._context.state.config
        if config is None:
            return ()
        return list_unanswered_profile_questions(
            config, self._checklists(), self._missing_facts(), self._context.lang
        )

    def find_form_name_of_unanswered_facts(self) -> str:
        """Return the form of the profile that lacks facts; '' where none does."""
        config = self._context.state.config
        if config is None:
            return ""
        return find_form_name_of_unanswered_facts(config, self._checklists(), self._missing_facts())

    def _checklists(self) -> dict[SheetName, Checklist]:
        sheets = self._context.state.sheets_read
        return {name: sheet.open_sheet.checklist for name, sheet in sheets.items()}

    def _missing_facts(self) -> dict[SheetName, Collection[str]]:
        sheets = self._context.state.sheets_read
        return {name: sheet.assessment.missing_facts for name, sheet in sheets.items()}

    def _count_answers_to_review(self) -> WaitingAnswers:
        """Return how many answers wait for a review, and whether it is the acting person's."""
        state = self._context.state
        people = state.config.people if state.config else {}
        person = people.get(self._context.shell.session.person or "")
        return WaitingAnswers(
            sum(sheet.summary.to_review for sheet in state.sheets_read.values()),
            person is not None and "reviewer" in person.roles,
        )

    def _id_of_completed_open_round_or_empty(self) -> str:
        """Return the id of the round where it is open and nothing is left but closing it; '' else.

        What was returned or waits for a review comes first, as does a system that is not entered.
        """
        state, round_id = self._context.state, self._context.shell.session.round_id
        config = state.config
        shown = config.rounds.get(round_id) if config else None
        if config is None or shown is None or shown.state == "closed" or not state.names:
            return ""
        has_reviewer = any("reviewer" in person.roles for person in config.people.values())
        is_open = bool(state.without_system) or any(
            sheet.summary.counts.open
            or "returned" in sheet.summary.open_items
            or (has_reviewer and sheet.summary.to_review)
            for sheet in state.sheets_read.values()
        )
        return "" if is_open else round_id

    def _list_closed_round_todos(self) -> Iterable[Todo]:
        """Return the lines about closed rounds; none until assess.yaml is read."""
        state, lang = self._context.state, self._context.lang
        if state.config is None:
            return ()
        round_id = self._context.shell.session.round_id
        return closed_round_todos(state.config, round_id, state.git.late, lang)


def _items_or_fields_of_conflicts(opened: Mapping[SheetName, AssessedSheet]) -> Iterator[str]:
    for sheet in opened.values():
        yield from map(_item_or_field_of_conflict, sheet.open_sheet.conflicts)


def _item_or_field_of_conflict(conflict: Conflict) -> str:
    """Return the item of a conflict, or else its field."""
    path = conflict.path
    return str(path[1]) if path[:1] == ("answers",) and len(path) > 1 else conflict.row.field
