"""The serious hidden dangers (重大风险隐患) whose triggers a finding matches, in words."""

from __future__ import annotations

from assess.engine.hidden_dangers import select_matching_dangers_by_code
from assess.i18n import translator
from assess.model.base import pick_text
from assess.model.results import ItemState
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.words import join_enumeration


def list_danger_titles(state: ItemState, inputs: ReportInputs) -> tuple[str, ...]:
    """Return code and title of each trigger that a result matches."""
    return tuple(
        f"{code} {pick_text(danger.title, inputs.lang)}"
        for code, danger in select_matching_dangers_by_code(state, inputs.dangers).items()
    )


def danger_text(state: ItemState, inputs: ReportInputs) -> str:
    """Return the triggers, and what makes the finding a serious hidden danger; '' without one."""
    titles = list_danger_titles(state, inputs)
    if not titles:
        return ""
    _ = translator(inputs.lang)
    text = _(
        "matches trigger {dangers}; it is a serious hidden danger if it is relevant, severe and "
        "likely to be exploited, all three"
    )
    return text.format(dangers=join_enumeration(titles, inputs.lang))
