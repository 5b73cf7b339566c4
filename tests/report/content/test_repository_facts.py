"""What a document shows of its repository, taken along as JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assess.report.content.repository_facts import (
    decode_repository_facts,
    encode_repository_facts,
)
from assess.workspace.core.reopening_history import Reopening
from assess.workspace.history.history_before import HistoryBefore
from assess.workspace.proof.report_closing import RoundHistory
from report import factory
from report.factory import with_item

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_facts_come_back() -> None:
    """Faults of evidence, times of the history, reasons of reopenings: all are as they were."""
    story = RoundHistory("round/2026.2", True, (Reopening("a" * 40, "王敏", AT, "漏填一项"),))
    inputs = factory.inputs(checklists=[with_item("题")])._replace(
        faults={"ev-2": "missing", "ev-1": "changed"}, history=HistoryBefore(9), story=story
    )
    facts = decode_repository_facts(encode_repository_facts(inputs))
    assert facts is not None
    assert facts.faults == inputs.faults
    bare = inputs._replace(history=HistoryBefore(), story=None)
    assert facts.replace_in_inputs(bare) == inputs


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"faults": {"ev-1": "x"}}',
        b'{"story": 1}',
        *(b'{"newest_seconds": %d}' % seconds for seconds in (-1, 253_370_764_800, 10**18, 10**19)),
    ],
)
def test_other_words_are_none(data: bytes) -> None:
    """Whatever somebody wrote there is not half believed."""
    assert decode_repository_facts(data) is None
