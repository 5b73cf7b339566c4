"""What `status`, `sync` and `commit` print about closed rounds and late answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG, PROGRAM, _

if TYPE_CHECKING:
    from assess.model.config import Config
    from assess.workspace.core.late_answers import LateSheet
    from assess.workspace.sharing.two_closings import ClosingSide, DoubleClosing


def late_answer_lines(late: Sequence[LateSheet], config: Config) -> Iterator[str]:
    """Yield lines with the late answers of each round, and the two commands for them."""
    if not late:
        return
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # seldom
    from assess.workspace.core.late_answers import late_answers_text, make_late_answer_commands  # noqa: PLC0415  # seldom

    for round_id in dict.fromkeys(late_sheet.round_id for late_sheet in late):
        round_sheets = [late_sheet for late_sheet in late if late_sheet.round_id == round_id]
        text = _("came after round {round} was {closed}, so its report does not have them:")
        yield text.format(
            round=round_id, closed=format_closing_count_and_tag(round_sheets[0].tag, LANG)
        )
        for sheet in round_sheets:
            yield f"  {sheet.sheet}  {late_answers_text(sheet.answers, config.people, LANG)}"
        ways = make_late_answer_commands(round_id, round_sheets, config)
        carry, reopen = (_replace_assess_by_program_name(command) for command in ways)
        text = _("to count them elsewhere, {round} stays as reported: {command}")
        yield "  " + text.format(round=round_id, command=carry)
        text = _("to count them in {round}, its report is to be made and signed again: {command}")
        yield "  " + text.format(round=round_id, command=reopen)


def _replace_assess_by_program_name(command: str) -> str:
    return command.replace("assess ", f"{PROGRAM} ")


def late_answers_for_json(late: Sequence[LateSheet]) -> list[dict[str, Any]]:
    """Return late answers for JSON output."""
    return [
        {
            "round": sheet.round_id,
            "tag": sheet.tag,
            "sheet": sheet.sheet,
            "item": answer.item,
            "kind": answer.kind,
            "by": answer.by,
            "at": answer.at.isoformat() if answer.at else None,
        }
        for sheet in late
        for answer in sheet.answers
    ]


def double_closing_text(double_closing: DoubleClosing, remote: str) -> str:
    """Return a text about a round closed on both sides: both commits, and how to choose one."""
    text = _(
        "round {round} was closed on both sides, and each reads its own: {tag} is {ours} here, and"
        " {theirs} at {remote}. Keep theirs: {take}; keep ours: {keep}"
    )
    command = f"{PROGRAM} round close {double_closing.round_id} --keep"
    return text.format(
        round=double_closing.round_id,
        tag=double_closing.tag,
        ours=double_closing.ours.as_text(LANG),
        theirs=double_closing.theirs.as_text(LANG),
        remote=remote,
        take=f"{command} theirs",
        keep=f"{command} ours",
    )


def double_closing_for_json(double_closing: DoubleClosing) -> dict[str, Any]:
    """Return a round that was closed on both sides for JSON output."""
    sides = {
        "ours": _side_for_json(double_closing.ours),
        "theirs": _side_for_json(double_closing.theirs),
    }
    return {"round": double_closing.round_id, "tag": double_closing.tag, **sides}


def _side_for_json(side: ClosingSide) -> dict[str, str | None]:
    time = side.at.isoformat() if side.at is not None else None
    return {"commit": side.commit, "by": side.by, "at": time}
