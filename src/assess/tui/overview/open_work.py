"""The open work of a round, collected from its sheets, drafts and git for the overview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assess.display.overview.closed_rounds import closed_todos
from assess.display.overview.todo import Todo, list_todos
from assess.display.profile.lines import missing_questions
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.tui.core.drafts import DraftKey
from assess.tui.core.resume_drafts import draft_name
from assess.tui.core.session import AssessedSheet, Session
from assess.tui.overview.git_state import GitState
from assess.workspace import SheetName


def list_open_work(
    session: Session,
    config: Config | None,
    opened: Mapping[SheetName, AssessedSheet],
    drafts: Sequence[DraftKey],
    git: GitState,
) -> list[Todo]:
    """Return the open work of the sheets in `opened`, the most urgent first.

    `config` is None until assess.yaml is read.
    """
    lang = session.lang
    closed = closed_todos(config, session.round_id, git.late, lang) if config else ()
    checklists = {name: sheet.open_sheet.checklist for name, sheet in opened.items()}
    todos = list_todos(
        {name: sheet.assessment for name, sheet in opened.items()},
        next((sheet.open_sheet.register for sheet in opened.values()), None),
        list(_conflict_names(opened)),
        [draft_name(draft, lang) for draft in drafts],
        session.today,
        lang,
        git.lack,
        missing_questions(config, checklists, lang) if config else (),
        git.outdated,
    )
    return [*closed, *todos]


def _conflict_names(opened: Mapping[SheetName, AssessedSheet]) -> Iterator[str]:
    for sheet in opened.values():
        yield from map(_conflict_name, sheet.open_sheet.conflicts)


def _conflict_name(conflict: Conflict) -> str:
    """Return the item of a conflict, or else its field."""
    path = conflict.path
    return str(path[1]) if path[:1] == ("answers",) and len(path) > 1 else conflict.row.field
