"""What the leader is asked to decide."""

from __future__ import annotations

from msgspec.structs import replace

from assess.report.content.view.leader_page import list_decisions_asked
from report import factory


def test_decisions_count_what_needs_them() -> None:
    """Problems without a measure, with those of high risk; the last is to sign and send."""
    made = factory.inputs("egov-network", lang="en", answering=factory.status("unmet"))
    decisions = list_decisions_asked(made, factory.figures(made))
    (sheet,) = made.sheets
    rows = sheet.assessment.ledger
    without = sum(row.progress is None for row in rows)
    high = sum(row.progress is None and row.risk == "high" for row in rows)
    assert f"without a measure: {without}, of high risk: {high}." in decisions[0]
    assert decisions[-1].endswith("send it to Cyberspace Affairs Office of Qingxi District.")


def test_what_is_open_is_asked_for() -> None:
    """Unanswered items are counted; without an addressee the report is only signed."""
    made = factory.inputs("egov-network", lang="en", answering=factory.nothing)
    settings = replace(made.config.report, addressee=None)
    made = made._replace(config=replace(made.config, report=settings))
    assert list_decisions_asked(made, factory.figures(made)) == (
        "Not complete yet: unanswered items: 66. Have this answered.",
        "Approve the report and sign it.",
    )
