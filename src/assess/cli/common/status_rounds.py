"""What `assess status` prints about closed and reopened rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assess.china_time import find_day_in_china
from assess.cli.common.context import LANG, PROGRAM, _
from assess.harmless import mark_line_breaks_and_escape
from assess.model.base import pick_text

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.core.reopening_history import Reopening
    from assess.workspace.rounds.closed_rounds import ClosedState


def closed_round_lines(workspace: Workspace, state: ClosedState) -> Iterator[str]:
    """Yield lines about a closed round: title, number of closings, author, reopenings."""
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # seldom

    title = pick_text(workspace.read_config().rounds[state.round_id].title, LANG)
    words = format_closing_count_and_tag(state.tag, LANG)
    line = (
        _("round {round}").format(round=state.round_id)
        + f"  {mark_line_breaks_and_escape(title)}  {words}"
    )
    if state.closing is not None:
        by = _("by {who} on {day}")
        words = mark_line_breaks_and_escape(state.closing.by)
        line += "  " + by.format(who=words, day=find_day_in_china(state.closing.at).isoformat())
    yield line
    if state.closing is None:
        yield "  " + _("its tag is not here; why, and what to do: {command}").format(
            command=f"{PROGRAM} lint"
        )
    for reopening in state.reopened:
        yield "  " + _reopening_line(reopening)


def _reopening_line(reopening: Reopening) -> str:
    text = _("reopened on {day} by {who}: {reason}")
    day = find_day_in_china(reopening.at).isoformat()
    who, reason = (
        mark_line_breaks_and_escape(reopening.by),
        mark_line_breaks_and_escape(reopening.reason),
    )
    return text.format(day=day, who=who, reason=reason)


def line_with_next_round_command() -> str:
    """Return the line with the next command after all rounds are closed."""
    return _("no round is open; the next one: {command}").format(command=f"{PROGRAM} round new ID")


def reopened_round_lines(workspace: Workspace) -> Iterator[str]:
    """Yield a line for each reopened round, with the reason."""
    from assess.workspace.core.reopening_history import (  # noqa: PLC0415  # not for --help
        describe_reopened_round,
        is_round_reopened,
    )

    for key, round_ in workspace.read_config().rounds.items():
        if is_round_reopened(round_):
            text = describe_reopened_round(workspace.root, key, round_, workspace.lang)
            yield mark_line_breaks_and_escape(text)


def reopened_rounds_for_json(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the reopened rounds for JSON output; the reason is None where none is recorded."""
    from assess.workspace.core.reopening_history import last_reopening_by_round  # noqa: PLC0415  # seldom

    config = workspace.read_config()
    rows = []
    for key, why in last_reopening_by_round(workspace.root, config).items():
        rows.append(
            {
                "round": key,
                "tag": config.rounds[key].tag,
                "by": why.by if why else None,
                "at": why.at.isoformat() if why else None,
                "reason": why.reason if why else None,
            }
        )
    return rows


def closed_round_for_json(
    state: ClosedState, sheets: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a closed round for JSON output; `sheets` are its sheets as they were reported."""
    closing = state.closing
    return {
        "round": state.round_id,
        "tag": state.tag,
        "commit": closing.commit if closing else None,
        "closed_by": closing.by if closing else None,
        "closed_at": closing.at.isoformat() if closing else None,
        "reopened": [
            {
                "commit": reopening.commit,
                "by": reopening.by,
                "at": reopening.at.isoformat(),
                "reason": reopening.reason,
            }
            for reopening in state.reopened
        ],
        "sheets": list(sheets),
    }
