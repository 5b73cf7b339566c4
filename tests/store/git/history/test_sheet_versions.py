"""Many versions of a sheet: reading what differs gives what reading all gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.model.answer import Answer
from assess.store.git.history.sheet_versions import (
    cut_sheet_into_head_and_answer_rows,
    decode_sheet_version,
    find_probable_answer_rows,
)
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.writing.edit import apply_edits

HEAD = """\
format: assess/answers/1
checklist: {id: egov, version: "1"}
scope: {organization: qingxi}
round: "2026"
people:
  filler: wang
"""
TEXT = (
    HEAD
    + """\
answers:
  # the first
  A-1:
    status: met
    note: |-
      一行
      answers:
    by: wang
  A-2: {value: yearly}
"""
)

fields = st.fixed_dictionaries(
    {"status": st.sampled_from(["met", "partial", "unmet"])},
    optional={"note": st.sampled_from(["一", "a: b", "多\n行"]), "by": st.just("wang")},
)
changes = st.lists(
    st.tuples(st.sampled_from(["A-1", "A-2", "A-3", "A-4.b"]), fields | st.just(REMOVE)),
    max_size=6,
)


@given(st.lists(changes, min_size=1, max_size=4))
def test_the_same_as_reading_all(versions: list[list[tuple[str, object]]]) -> None:
    """Whatever changed from one version to the next, the sheet is what decoding the text gives."""
    near, text = None, TEXT
    for some in versions:
        text = apply_edits(text, [FieldEdit(("answers", item), value) for item, value in some])
        near = decode_sheet_version(text.encode(), near, "en")
        assert near is not None
        whole = decode_yaml(text, "sheet", "", "en").value
        assert near.sheet == whole
        assert list(near.sheet.answers) == list(whole.answers)


def test_what_did_not_change_is_the_very_same() -> None:
    """Answers that are alike in both versions are taken over, not read again."""
    first = decode_sheet_version(TEXT.encode(), None, "en")
    assert first is not None
    second = decode_sheet_version(TEXT.replace("yearly", "never").encode(), first, "en")
    assert second is not None

    assert second.sheet.answers["A-1"] is first.sheet.answers["A-1"]
    assert second.sheet.answers["A-2"] == Answer(value="never")
    assert decode_sheet_version(TEXT.encode(), first, "en") is first


def test_the_same_answers_in_another_order() -> None:
    """Where answers only changed places, the sheet has them in their new places."""
    rows = "  A-1: {status: met}\n", "  A-2: {status: unmet}\n"
    first = decode_sheet_version((HEAD + "answers:\n" + "".join(rows)).encode(), None, "en")
    second = decode_sheet_version(
        (HEAD + "answers:\n" + "".join(reversed(rows))).encode(), first, "en"
    )
    assert second is not None

    assert list(second.sheet.answers) == ["A-2", "A-1"]


def test_an_answer_removed_and_the_head_changed() -> None:
    """With no answer to read, the head alone is read."""
    first = decode_sheet_version(TEXT.encode(), None, "en")
    text = TEXT.replace("  A-2: {value: yearly}\n", "").replace("wang\n  A", "wang\n  A")
    second = decode_sheet_version(text.encode(), first, "en")
    assert second is not None
    assert list(second.sheet.answers) == ["A-1"]

    third = decode_sheet_version(TEXT.replace("filler: wang", "filler: li").encode(), first, "en")
    assert third is not None
    assert third.sheet.people.filler == "li"
    assert len(third.sheet.answers) == 2


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "answers: {A-1: {status: met}}\n",
        HEAD + "answers:\n    A-1:\n        status: met\n",
        HEAD + "answers:\n  A-1:\n    status: met",
        HEAD + 'answers:\n  "A-1": {status: met}\n',
        (HEAD + "answers:\n  A-1: {status: met}\n").replace("\n", "\r\n"),
    ],
)
def test_other_layouts_are_read_whole(text: str) -> None:
    """What the writer would not write is read all the same, or told as unreadable by both."""
    near = decode_sheet_version(TEXT.encode(), None, "en")
    found = decode_sheet_version(text.encode(), near, "en")
    whole = decode_yaml(text, "sheet", "", "en").value

    assert cut_sheet_into_head_and_answer_rows(text) is None
    assert (found.sheet if found else None) == whole


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "answers:\n  A-1:\n    status: met\n  A-1:\n    status: unmet\n",
        HEAD + "answers:\n  A-1:\n    status: perhaps\n",
        HEAD + "answers:\n<<<<<<< ours\n  A-1:\n    status: met\n",
        "format: other\nanswers:\n  A-1:\n    status: met\n",
    ],
)
def test_broken_versions_are_none(text: str) -> None:
    """A history may hold files that were broken for a while."""
    near = decode_sheet_version(TEXT.encode(), None, "en")

    assert decode_sheet_version(text.encode(), near, "en") is None
    assert decode_sheet_version(text.encode(), None, "en") is None
    assert decode_sheet_version(b"\xff\xfe", None, "en") is None


def test_the_rows_of_one_answer() -> None:
    """A quick look finds an answer's rows and nothing of its neighbours."""
    data = TEXT.encode()

    assert (
        find_probable_answer_rows(data, "A-1")
        == data[data.index(b"\n  A-1") : data.index(b"\n  A-2")]
    )
    assert find_probable_answer_rows(data, "A-2") == b"\n  A-2: {value: yearly}\n"
    assert find_probable_answer_rows(data, "A") is None
    tail = data + b"parked:\n"
    assert find_probable_answer_rows(tail, "A-2") == b"\n  A-2: {value: yearly}"
