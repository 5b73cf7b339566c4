"""What `assess status` says of rounds that are closed, or open again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG, PROGRAM, _
from assess.harmless import one_line
from assess.model.base import pick

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.core.reopening_history import Reopening
    from assess.workspace.rounds.closed_rounds import ClosedState


def closing_lines(here: Workspace, state: ClosedState) -> Iterator[str]:
    """Give a closed round: its title, how often it was closed, by whom, why it was reopened."""
    from assess.engine.closings import closing_words  # noqa: PLC0415  # seldom

    title = pick(here.config().rounds[state.round_id].title, LANG)
    words = closing_words(state.tag, LANG)
    said = _("round {round}").format(round=state.round_id) + f"  {one_line(title)}  {words}"
    if state.closing is not None:
        by = _("by {who} on {day}")
        words = one_line(state.closing.by)
        said += "  " + by.format(who=words, day=state.closing.at.date().isoformat())
    yield said
    if state.closing is None:
        yield "  " + _("its tag is not here; why, and what to do: {command}").format(
            command=f"{PROGRAM} lint"
        )
    for one in state.reopened:
        yield "  " + _reopening(one)


def _reopening(one: Reopening) -> str:
    text = _("reopened on {day} by {who}: {reason}")
    day = one.at.date().isoformat()
    return text.format(day=day, who=one_line(one.by), reason=one_line(one.reason))


def next_line() -> str:
    """Return what comes after all rounds are closed."""
    return _("no round is open; the next one: {command}").format(command=f"{PROGRAM} round new ID")


def reopened_lines(here: Workspace) -> Iterator[str]:
    """Give the rounds that were closed and are open again, each with the reason."""
    from assess.workspace.core.reopening_history import is_reopened  # noqa: PLC0415  # seldom
    from assess.workspace.rounds.reopen import reopened_text  # noqa: PLC0415  # seldom

    for key, one in here.config().rounds.items():
        if is_reopened(one):
            yield one_line(reopened_text(here, key, one))


def reopened_plain(here: Workspace) -> list[dict[str, Any]]:
    """Return the rounds that are open again as JSON has them; without a reason where none is."""
    from assess.store.git.run.plumbing import Repository  # noqa: PLC0415  # seldom
    from assess.workspace.core.reopening_history import is_reopened, reopening_since  # noqa: PLC0415  # seldom

    again = {key: one for key, one in here.config().rounds.items() if is_reopened(one)}
    repository = Repository.find(here.root) if again else None
    rows = []
    for key, one in again.items():
        why = reopening_since(repository, key, one) if repository is not None else None
        rows.append(
            {
                "round": key,
                "tag": one.tag,
                "by": why.by if why else None,
                "at": why.at.isoformat() if why else None,
                "reason": why.reason if why else None,
            }
        )
    return rows


def state_plain(state: ClosedState, sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a closed round as JSON has it; `sheets` as it was reported."""
    closing = state.closing
    return {
        "round": state.round_id,
        "tag": state.tag,
        "commit": closing.commit if closing else None,
        "closed_by": closing.by if closing else None,
        "closed_at": closing.at.isoformat() if closing else None,
        "reopened": [
            {"commit": one.commit, "by": one.by, "at": one.at.isoformat(), "reason": one.reason}
            for one in state.reopened
        ],
        "sheets": list(sheets),
    }
