"""The column beside the item on a wide terminal: clauses, last round, review, evidence."""

from __future__ import annotations

from collections.abc import Sequence

from assess.china_time import find_day_in_china
from assess.display.text.styled import StyledLine, labelled_lines, styled_line
from assess.display.walk.pane import ShownItem, remediation_text
from assess.display.walk.risk_choice import clauses_text
from assess.display.walk.sides import person_name
from assess.engine.kinds.wording import translate_code
from assess.i18n import translator
from assess.model.base import pick_text


def item_side_pane_lines(view: ShownItem, width: int) -> list[StyledLine]:
    """Return the lines beside an item."""
    _ = translator(view.lang)
    blocks: list[tuple[str, Sequence[str]]] = [
        (_("Last time"), view.past),
        (_("Review"), _review_texts(view)),
        (_("Evidence"), _evidence_texts(view)),
        (_("Remediation"), _remediation_texts(view)),
        (_("Clauses"), [clauses_text(view.state.item, view.checklist, view.lang)]),
    ]
    lines: list[StyledLine] = []
    for label, texts in blocks:
        if any(texts):
            lines += [styled_line(label, "label"), *labelled_lines("", texts, width), ()]
    return lines


def _review_texts(view: ShownItem) -> list[str]:
    review = view.answer.review
    if review is None:
        return []
    reviewer = person_name(review.by, view.people)
    day = find_day_in_china(review.at).isoformat() if review.at else ""
    head = "  ".join(
        part for part in (translate_code(review.state, view.lang), reviewer, day) if part
    )
    return [head, *([review.comment] if review.comment else [])]


def _evidence_texts(view: ShownItem) -> list[str]:
    _ = translator(view.lang)
    texts = []
    for row_id in view.answer.evidence:
        row = view.evidence.get(row_id)
        if row is None:
            texts.append(row_id)
            continue
        place = row.file.path_without_hash if row.file else row.paper or ""
        until = _("expires {date}").format(date=row.expires) if row.expires else ""
        texts.append(
            "  ".join(part for part in (pick_text(row.title, view.lang), place, until) if part)
        )
    return texts


def _remediation_texts(view: ShownItem) -> list[str]:
    plan = view.answer.remediation
    return [remediation_text(plan, view.lang)] if plan else []
