"""The data of a round says what the report prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assess.display.figures import score_or_why_none_text
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.round_data_json import encode_round_data
from assess.i18n import LANGS, Lang
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from report.factory import DIGEST, Answering, inputs, mixed, nothing, status

COUNTS = ("applicable", "met", "partial", "unmet", "not_applicable", "answered", "unanswered")


def half(index: int, item: Any) -> Any:
    """Answer every other item."""
    return mixed(index, item) if index % 2 else None


def data_of(made: ReportInputs) -> dict[str, Any]:
    """Return the data of the round that a report is made from, read from its JSON."""
    head = make_round_data(
        made.config,
        make_round_record(made.round_id, made.round, sanitised=False),
        DataOrigin("0", made.today, made.provenance.commit),
        [make_checklist_record(one.name.checklist, one.checklist, DIGEST) for one in made.sheets],
    )
    records = [make_sheet_record(str(one.name), one.sheet, one.assessment) for one in made.sheets]
    plain: dict[str, Any] = json.loads(b"".join(encode_round_data(head, records)))
    return plain


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("answering", [mixed, half, nothing, status("not_applicable")])
def test_scores_verdicts_and_counts_are_those_of_the_report(
    answering: Answering, lang: Lang
) -> None:
    """By sheet and by section, in both languages; where nothing is answered there is no score."""
    made = inputs("egov-network", "self-built-systems", "annual-inspection", answering=answering)
    made = made._replace(request=made.request._replace(lang=lang))
    view = build_report_view(made)
    for printed, row, source in zip(view.sheets, data_of(made)["sheets"], made.sheets, strict=True):
        assert {name: str(row["counts"][name]) for name in COUNTS} == {
            name: getattr(printed.counts, name) for name in COUNTS
        }
        assert row["findings"] == len(printed.findings) == len(printed.ledger)
        assert row["overdue"] == sum(one.days_late > 0 for one in printed.ledger)
        assert row["high_risks"] == sum(one.tone == "high" for one in printed.findings)
        if row["score"] is None:
            assert (printed.score, printed.counts.score) == (None, "–")
            continue
        assert printed.score is not None
        shown = f"{row['score']['value']:.1f}"
        assert shown == printed.counts.score
        assert printed.score.value == score_or_why_none_text(source.assessment, lang)
        titles = {one.id: pick_text(one.title, lang) for one in source.checklist.scoring.bands}
        if row["score"]["complete"]:
            assert titles[row["verdict"]] == printed.counts.verdict
        else:
            assert row["verdict"] is None


def test_problems_and_days_late_are_those_of_the_ledger() -> None:
    """Each row of the ledger is an item with that risk, due day and delay."""
    made = inputs("egov-network")
    (sheet,) = build_report_view(made).sheets
    (row,) = data_of(made)["sheets"]
    items = {one["id"]: one for part in row["sections"] for one in part["items"]}
    assert {one.id for one in sheet.ledger} == {key for key, one in items.items() if "risk" in one}
    for line in sheet.ledger:
        one = items[line.id]
        measure = one.get("measure", {})
        assert (one["risk"], measure.get("days_late", 0)) == (line.tone, line.days_late)
        assert (measure.get("due", "–"), measure.get("state", "")) == (line.due, line.state_id)
