"""What `status`, `sync` and `commit` say of closed rounds: late answers, and two closings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG, PROGRAM, _

if TYPE_CHECKING:
    from assess.model.config import Config
    from assess.workspace.core.late_answers import LateSheet
    from assess.workspace.sharing.two_closings import Apart, ClosingSide


def late_lines(late: Sequence[LateSheet], config: Config) -> Iterator[str]:
    """Give the answers that came after their round was closed, and the two ways out."""
    if not late:
        return
    from assess.engine.closings import closing_words  # noqa: PLC0415  # seldom
    from assess.workspace.core.late_answers import late_names, ways_out  # noqa: PLC0415  # seldom

    for round_id in dict.fromkeys(one.round_id for one in late):
        mine = [one for one in late if one.round_id == round_id]
        said = _("came after round {round} was {closed}, so its report does not have them:")
        yield said.format(round=round_id, closed=closing_words(mine[0].tag, LANG))
        for sheet in mine:
            yield f"  {sheet.sheet}  {late_names(sheet.answers, config.people, LANG)}"
        ways = ways_out(round_id, mine, config)
        carry, reopen = (_as_called(command) for command in ways)
        said = _("to count them elsewhere, {round} stays as reported: {command}")
        yield "  " + said.format(round=round_id, command=carry)
        said = _("to count them in {round}, its report is to be made and signed again: {command}")
        yield "  " + said.format(round=round_id, command=reopen)


def _as_called(command: str) -> str:
    return command.replace("assess ", f"{PROGRAM} ")


def late_plain(late: Sequence[LateSheet]) -> list[dict[str, Any]]:
    """Return late answers as JSON has them."""
    return [
        {
            "round": sheet.round_id,
            "tag": sheet.tag,
            "sheet": sheet.sheet,
            "item": one.item,
            "kind": one.kind,
            "by": one.by,
            "at": one.at.isoformat() if one.at else None,
        }
        for sheet in late
        for one in sheet.answers
    ]


def apart_text(apart: Apart, remote: str) -> str:
    """Return that a round was closed on two sides: both commits, and how to keep either."""
    said = _(
        "round {round} was closed on both sides, and each reads its own: {tag} is {ours} here, and"
        " {theirs} at {remote}. Keep theirs: {take}; keep ours: {keep}"
    )
    command = f"{PROGRAM} round close {apart.round_id} --keep"
    return said.format(
        round=apart.round_id,
        tag=apart.tag,
        ours=apart.ours.words(LANG),
        theirs=apart.theirs.words(LANG),
        remote=remote,
        take=f"{command} theirs",
        keep=f"{command} ours",
    )


def apart_plain(apart: Apart) -> dict[str, Any]:
    """Return a round that was closed twice as JSON has it."""
    sides = {"ours": _side_plain(apart.ours), "theirs": _side_plain(apart.theirs)}
    return {"round": apart.round_id, "tag": apart.tag, **sides}


def _side_plain(side: ClosingSide) -> dict[str, str | None]:
    at = side.at.isoformat() if side.at is not None else None
    return {"commit": side.commit, "by": side.by, "at": at}
