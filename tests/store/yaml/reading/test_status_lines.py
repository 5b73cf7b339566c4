"""Statuses read from the lines of a sheet: those that decoding it would give, or fewer."""

from __future__ import annotations

from assess.store.yaml.reading.status_lines import read_probable_statuses_by_item

SHEET = """\
format: assess/answers/1
checklist: {id: egov-network, version: "1"}
answers:
  EGN-ACC-01:
    status: met
    note: |-
      status: unmet
          status: unmet

      说明
  EGN-ACC-02:
    note: 说明
    status: unmet
  EGN-ACC-03: {status: partial}
  EGN-ACC-04:
    value: full
parked:
  EGN-OLD-01:
    status: unmet
"""


def test_statuses_of_answers_are_read() -> None:
    """Those of answers alone: not of parked ones, and no line of a note."""
    assert read_probable_statuses_by_item(SHEET) == {"EGN-ACC-01": "met", "EGN-ACC-02": "unmet"}


def test_a_sheet_without_answers_has_none() -> None:
    """An empty file, and one whose answers stand in braces."""
    assert read_probable_statuses_by_item("") == {}
    assert read_probable_statuses_by_item("answers: {EGN-ACC-01: {status: met}}\n") == {}
    assert read_probable_statuses_by_item("answers:\n    status: met\n") == {}
