"""What a wide terminal shows beside the item: its clauses, last round, review, evidence in full."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.text.styled import Line, labelled, line
from assess.display.walk.pane import View, remediation_text
from assess.display.walk.risk_choice import clauses_text
from assess.display.walk.sides import person_name
from assess.engine.kinds.wording import name
from assess.i18n import translator
from assess.model.base import pick


def aside_lines(view: View, width: int) -> list[Line]:
    """Return the lines beside an item."""
    _ = translator(view.lang)
    blocks: list[tuple[str, Sequence[str]]] = [
        (_("Last time"), view.past),
        (_("Review"), _review(view)),
        (_("Evidence"), _evidence(view)),
        (_("Remediation"), _remediation(view)),
        (_("Clauses"), [clauses_text(view.state.item, view.checklist, view.lang)]),
    ]
    lines: list[Line] = []
    for label, texts in blocks:
        if any(texts):
            lines += [line(label, "label"), *labelled("", texts, width), ()]
    return lines


def _review(view: View) -> list[str]:
    review = view.answer.review
    if review is None:
        return []
    who = person_name(review.by, view.people)
    day = review.at.date().isoformat() if review.at else ""
    head = "  ".join(part for part in (name(review.state, view.lang), who, day) if part)
    return [head, *([review.comment] if review.comment else [])]


def _evidence(view: View) -> list[str]:
    _ = translator(view.lang)
    found = []
    for row_id in view.answer.evidence:
        row = view.evidence.get(row_id)
        if row is None:
            found.append(row_id)
            continue
        place = row.file.plain_path if row.file else row.paper or ""
        until = _("expires {date}").format(date=row.expires) if row.expires else ""
        found.append("  ".join(part for part in (pick(row.title, view.lang), place, until) if part))
    return found


def _remediation(view: View) -> list[str]:
    plan = view.answer.remediation
    return [remediation_text(plan, view.lang)] if plan else []
