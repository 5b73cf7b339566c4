"""Shell completion of the ids in the current workspace; outside of one nothing is completed.

Names come from repositories of others, and bash inserts them unquoted: those that a shell would not
take as they stand (`note;touch x`) are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.errors import AssessError
from assess.harmless import is_plain_shell_word
from assess.i18n import Lang

if TYPE_CHECKING:
    from assess.workspace import Workspace

CompletionFunction = Callable[[click.Context, click.Parameter, str], list[str]]
_LANG: Lang = "en"
"""Any language: only ids are shown."""


def _make_completion_of(
    names: Callable[[Workspace, click.Context], Iterable[str]],
) -> CompletionFunction:
    """Return a completion function for names of the workspace; after an error it completes none."""

    def complete_id(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        from assess.workspace import Workspace  # noqa: PLC0415  # not for --help

        try:
            known = set(names(Workspace.find_workspace(Path.cwd(), _LANG), ctx))
        except AssessError:
            return []
        return select_plain_names_starting_with(known, begun)

    return complete_id


def select_plain_names_starting_with(names: Iterable[str], begun: str) -> list[str]:
    """Return the names that begin with `begun` and that a shell takes as they stand, sorted."""
    return sorted(name for name in names if name.startswith(begun) and is_plain_shell_word(name))


def _find_chosen_or_last_open_round(workspace: Workspace, ctx: click.Context) -> str:
    return ctx.params.get("round_id") or workspace.find_newest_open_round()


def _list_item_ids_of_chosen_round(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    for name in workspace.list_sheets(_find_chosen_or_last_open_round(workspace, ctx)):
        if ctx.params.get("checklist") in (None, name.checklist):
            yield from workspace.read_checklist(name.checklist).items()


def _list_possible_answers_to_item(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    """Return the statuses, rungs or options of the item that the command line names."""
    from assess.engine.kinds.registry import answer_kind  # noqa: PLC0415  # msgspec is not for --help
    from assess.engine.kinds.statuses import allowed_statuses  # noqa: PLC0415  # as above

    for name in workspace.list_sheets(_find_chosen_or_last_open_round(workspace, ctx)):
        item = workspace.read_checklist(name.checklist).items().get(ctx.params.get("item_id", ""))
        if item is not None:
            yield from (*allowed_statuses(item), *answer_kind(item).answer_ids(item))


def _list_round_ids_in_state(workspace: Workspace, state: str) -> list[str]:
    return [key for key, round_ in workspace.read_config().rounds.items() if round_.state == state]


def _list_item_ids_with_late_answers(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    """Return the items with late answers in the round that the command line names."""
    from assess.workspace.core.late_answers import find_late_sheets  # noqa: PLC0415  # not for --help

    for sheet in find_late_sheets(workspace.root, workspace.read_config(), _LANG):
        if sheet.round_id == ctx.params.get("round_id"):
            yield from (answer.item for answer in sheet.answers)


def complete_library_checklist_id(
    _ctx: click.Context, _param: click.Parameter, begun: str
) -> list[str]:
    """Return the ids of the library's checklists that begin with `begun`."""
    from assess.workspace import list_library_ids  # noqa: PLC0415  # not for --help

    return select_plain_names_starting_with(list_library_ids(), begun)


def complete_shipped_template(
    _ctx: click.Context, _param: click.Parameter, begun: str
) -> list[str]:
    """Return the names of the program's report templates that begin with `begun`."""
    from assess.workspace.setup.template_copy import list_shipped_template_names  # noqa: PLC0415  # not for --help

    return select_plain_names_starting_with(list_shipped_template_names(), begun)


def _list_undecided_file_paths(workspace: Workspace) -> list[str]:
    from assess.workspace.sharing.undecided_files import list_undecided_file_problems  # noqa: PLC0415  # not for --help

    return [problem.file for problem in list_undecided_file_problems(workspace)]


def _list_conflict_arguments(
    workspace: Workspace, ctx: click.Context
) -> list[tuple[str, str, str]]:
    """Return file, item and field of each conflict that the command line's words select."""
    from assess.workspace.sharing.settle_conflict import list_conflict_sides  # noqa: PLC0415  # not for --help

    rows = [
        (conflict.file_conflict.file, *conflict.name) for conflict in list_conflict_sides(workspace)
    ]
    file, item = ctx.params.get("file"), ctx.params.get("item")
    return [row for row in rows if file in (None, row[0]) and item in (None, row[1])]


def _list_outside_finding_ids(workspace: Workspace, *, closed: bool | None = None) -> list[str]:
    from assess.workspace.core.outside_findings import read_outside_findings  # noqa: PLC0415  # not for --help

    return [
        key
        for key, finding in read_outside_findings(workspace).items()
        if closed in (None, finding.closed is not None)
    ]


conflict_files = _make_completion_of(
    lambda workspace, ctx: (
        [row[0] for row in _list_conflict_arguments(workspace, ctx)]
        + _list_undecided_file_paths(workspace)
    )
)
conflict_items = _make_completion_of(
    lambda workspace, ctx: [row[1] for row in _list_conflict_arguments(workspace, ctx)]
)
conflict_fields = _make_completion_of(
    lambda workspace, ctx: [row[2] for row in _list_conflict_arguments(workspace, ctx)]
)
items = _make_completion_of(_list_item_ids_of_chosen_round)
answers = _make_completion_of(_list_possible_answers_to_item)
people = _make_completion_of(lambda workspace, _ctx: workspace.read_config().people)
rounds = _make_completion_of(lambda workspace, _ctx: workspace.read_config().rounds)
open_rounds = _make_completion_of(
    lambda workspace, _ctx: _list_round_ids_in_state(workspace, "open")
)
closed_rounds = _make_completion_of(
    lambda workspace, _ctx: _list_round_ids_in_state(workspace, "closed")
)
late_items = _make_completion_of(_list_item_ids_with_late_answers)
evidence_rows = _make_completion_of(
    lambda workspace, _ctx: workspace.read_register_or_empty().evidence
)
open_findings = _make_completion_of(
    lambda workspace, _ctx: _list_outside_finding_ids(workspace, closed=False)
)
closed_findings = _make_completion_of(
    lambda workspace, _ctx: _list_outside_finding_ids(workspace, closed=True)
)
all_findings = _make_completion_of(lambda workspace, _ctx: _list_outside_finding_ids(workspace))
systems = _make_completion_of(lambda workspace, _ctx: workspace.read_config().systems)
checklists = _make_completion_of(lambda workspace, _ctx: workspace.read_config().checklists)


def complete_pinned_or_library_id(
    ctx: click.Context, param: click.Parameter, begun: str
) -> list[str]:
    """Return the ids of pinned checklists and of the library's that begin with `begun`."""
    return sorted(
        {*checklists(ctx, param, begun), *complete_library_checklist_id(ctx, param, begun)}
    )
