"""The lines of the overview about closed rounds and answers that came after a closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.display.overview.todo import Todo
from assess.engine.closings import format_closing_count_and_tag
from assess.i18n import Lang
from assess.model.config import Config
from assess.workspace.core.late_answers import LateSheet, late_answers_text


def closed_round_todos(
    config: Config, round_id: str, late: Sequence[LateSheet], lang: Lang
) -> Iterator[Todo]:
    """Yield the lines about closed rounds; each opens the possible actions."""
    current_round = config.rounds.get(round_id)
    if (
        current_round is not None
        and current_round.state == "closed"
        and current_round.tag is not None
    ):
        yield Todo("closed", (format_closing_count_and_tag(current_round.tag, lang),))
    names = tuple(
        f"{sheet.round_id} {late_answers_text([answer], config.people, lang)}"
        for sheet in late
        for answer in sheet.answers
    )
    if names:
        yield Todo("late", names)
