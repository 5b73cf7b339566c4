"""Tests of reading one answer out of versions of a sheet."""

from __future__ import annotations

from typing import cast

import pytest

from assess.model import formats
from assess.model.formats import FormatAddition
from assess.store.git.run.commits import ObjectReader
from assess.workspace.history.blame import AnswerReader

SHEET = b"""\
format: assess/answers/2
checklist: {id: a, version: "1"}
scope: {organization: b}
round: "2026"
answers:
  A-1:
    status: met
    note: new
"""


class _OneObject:
    def find_blob_within_limit(self, _oid: str) -> bytes:
        return SHEET


def test_an_answer_with_a_newer_field_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are read under the newest number, whatever the file says."""
    rows = (FormatAddition(2, ("answers", "*", "note")),)
    monkeypatch.setitem(formats.ADDITIONS, "sheet", rows)
    answer = AnswerReader("A-1", cast(ObjectReader, _OneObject()), "en").read_answer("0")
    assert answer is not None
    assert answer.note == "new"
