"""The state in a few sentences."""

from __future__ import annotations

from datetime import date

from assess.model.answer import Answer, Remediation, RemediationState
from assess.model.item import Item
from assess.report.content.view.brief import write_summary_sentences
from report import factory

STATES: tuple[RemediationState, ...] = ("planned", "done", "verified")


def in_each_state(index: int, item: Item) -> Answer:
    """Answer that it is not met; the plans of the first items are in each state in turn."""
    plan = (
        Remediation(action="改", due=date(2026, 6, 1), state=STATES[index]) if index < 3 else None
    )
    return Answer(status="unmet", note="无", remediation=plan)


def test_only_what_was_verified_is_closed() -> None:
    """What is done and waits to be looked at is neither closed nor overdue."""
    made = factory.inputs(
        checklists=[factory.with_item("x", count=4)], lang="en", answering=in_each_state
    )
    sentences = write_summary_sentences(made, factory.figures(made))
    assert "mended: 2 (verified and closed off: 1), being mended: 0, planned: 1" in sentences[-1]
    assert sentences[-1].endswith("without a measure so far: 1; overdue: 1.")
