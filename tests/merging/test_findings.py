"""findings.yaml of two clones is merged by id and by field."""

from __future__ import annotations

from typing import Any

from assess.engine.merge.trees import NewConflict
from assess.merging.texts import MergeOutcome, Versions, merge_bytes_by_meaning_or_lines
from assess.store.yaml.reading.decode import decode_yaml

HEAD = "format: assess/findings/1\nfindings:\n"
FIRST = "  f-01:\n    source: notice\n    text: 弱口令\n"
CLOSED = '    closed:\n      date: "2026-05-0{day}"\n      proof: 复函{day}\n'


def merge(ours: str, theirs: str, base: str = HEAD + FIRST) -> tuple[MergeOutcome, Any]:
    """Return the outcome, and the findings of the merged file."""
    outcome = merge_bytes_by_meaning_or_lines(
        Versions(base.encode(), ours.encode(), theirs.encode()), "findings.yaml", "en"
    )
    loaded = decode_yaml(outcome.data.decode(), "findings", "findings.yaml", "en")
    assert loaded.value is not None, loaded.problems
    return outcome, loaded.value.findings


def test_what_both_sides_entered_stays() -> None:
    """Also where the file is new on both sides."""
    ours = HEAD + "  f-0a:\n    source: scan\n    text: 甲\n"
    theirs = HEAD + "  f-0b:\n    source: scan\n    text: 乙\n"
    outcome, findings = merge(ours, theirs, base="")
    assert not outcome.unsettled
    assert {key: row.text for key, row in findings.items()} == {"f-0a": "甲", "f-0b": "乙"}


def test_a_plan_and_a_closing_of_two_people_are_both_taken() -> None:
    """Fields of a remediation are merged one by one, rows of evidence as a set."""
    plan = "    remediation:\n      {}\n    evidence: [{}]\n"
    ours = HEAD + FIRST + plan.format("owner: 李健", "ev-1") + CLOSED.format(day=1)
    theirs = HEAD + FIRST + plan.format("action: 改口令", "ev-2")
    outcome, findings = merge(ours, theirs)
    assert not outcome.unsettled
    row = findings["f-01"]
    assert (row.remediation.owner, row.remediation.action) == ("李健", "改口令")
    assert set(row.evidence) == {"ev-1", "ev-2"}
    assert row.closed.proof == "复函1"


def test_two_closings_are_decided_by_a_person() -> None:
    """Day and proof belong together: ours stands whole, theirs is in the conflict."""
    ours, theirs = (HEAD + FIRST + CLOSED.format(day=day) for day in (1, 2))
    outcome, findings = merge(ours, theirs)
    assert outcome.clashes == (NewConflict(("findings", "f-01"), "closed"),)
    assert findings["f-01"].closed.proof == "复函1"
    assert "复函2" in outcome.data.decode()
