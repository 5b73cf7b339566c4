"""Shell completion of ids: what the workspace that one stands in has; nothing where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.errors import AssessError
from assess.i18n import Lang

if TYPE_CHECKING:
    from assess.workspace import Workspace

Complete = Callable[[click.Context, click.Parameter, str], list[str]]
_LANG: Lang = "en"
"""Ids only: no word of a language is shown."""


def _ids(names: Callable[[Workspace, click.Context], Iterable[str]]) -> Complete:
    """Return what completes from names of the workspace; errors complete nothing."""

    def found(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        from assess.workspace import Workspace  # noqa: PLC0415  # not for --help

        try:
            known = set(names(Workspace.find(Path.cwd(), _LANG), ctx))
        except AssessError:
            return []
        return sorted(name for name in known if name.startswith(begun))

    return found


def _round(here: Workspace, ctx: click.Context) -> str:
    return ctx.params.get("round_id") or here.newest_open_round()


def _items(here: Workspace, ctx: click.Context) -> Iterable[str]:
    for name in here.sheets(_round(here, ctx)):
        if ctx.params.get("checklist") in (None, name.checklist):
            yield from here.checklist(name.checklist).items()


def _answers(here: Workspace, ctx: click.Context) -> Iterable[str]:
    """Return the statuses, rungs or options that the item named before takes."""
    from assess.model.answer import STATUSES  # noqa: PLC0415  # msgspec is not for --help
    from assess.model.item import Choice, Choices, Conformity, Ladder  # noqa: PLC0415  # as above

    for name in here.sheets(_round(here, ctx)):
        item = here.checklist(name.checklist).items().get(ctx.params.get("item_id", ""))
        if isinstance(item, Conformity):
            yield from STATUSES
        elif item is not None:
            yield "not_applicable"
        if isinstance(item, Ladder):
            yield from (rung.id for rung in item.rungs)
        elif isinstance(item, Choice | Choices):
            yield from (option.id for option in item.options)


def _in_state(here: Workspace, state: str) -> list[str]:
    return [key for key, one in here.config().rounds.items() if one.state == state]


def _late_items(here: Workspace, ctx: click.Context) -> Iterable[str]:
    """Return the items whose answers came after the round that was named before was closed."""
    from assess.workspace.core.late_answers import late_sheets  # noqa: PLC0415  # not for --help

    for sheet in late_sheets(here.root, here.config(), _LANG):
        if sheet.round_id == ctx.params.get("round_id"):
            yield from (one.item for one in sheet.answers)


def library(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Complete the checklists of the library."""
    from assess.workspace import library_ids  # noqa: PLC0415  # not for --help

    return sorted(name for name in library_ids() if name.startswith(begun))


def _waiting_files(here: Workspace) -> list[str]:
    from assess.workspace.sharing import undecided_files as waiting_files  # noqa: PLC0415  # not for --help

    return [one.file for one in waiting_files.undecided_files(here)]


def _conflicts(here: Workspace, ctx: click.Context) -> list[tuple[str, str, str]]:
    """Return file, item and field of each conflict that fits the words before."""
    from assess.workspace.sharing.settle_conflict import sides  # noqa: PLC0415  # not for --help

    rows = [(one.standing.file, *one.name) for one in sides(here)]
    file, item = ctx.params.get("file"), ctx.params.get("item")
    return [row for row in rows if file in (None, row[0]) and item in (None, row[1])]


conflict_files = _ids(
    lambda here, ctx: [row[0] for row in _conflicts(here, ctx)] + _waiting_files(here)
)
conflict_items = _ids(lambda here, ctx: [row[1] for row in _conflicts(here, ctx)])
conflict_fields = _ids(lambda here, ctx: [row[2] for row in _conflicts(here, ctx)])
items = _ids(_items)
answers = _ids(_answers)
people = _ids(lambda here, _ctx: here.config().people)
rounds = _ids(lambda here, _ctx: here.config().rounds)
open_rounds = _ids(lambda here, _ctx: _in_state(here, "open"))
closed_rounds = _ids(lambda here, _ctx: _in_state(here, "closed"))
late_items = _ids(_late_items)
systems = _ids(lambda here, _ctx: here.config().systems)
checklists = _ids(lambda here, _ctx: here.config().checklists)
