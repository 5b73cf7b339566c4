"""Many edits in one call: the same text as one after another, in one reading of the file."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.writing import edit as edit_module
from assess.store.yaml.writing.edit import apply_edits
from examples import times

TEXT = """# the office
format: assess/office/1
name: 青溪

units:
  # the first
  a:
    name: 甲  # said so
    signer: unsigned

  b: {name: 乙}
  c:
    name: 丙
    exempt:
      reason: |
        并入

        甲
  # the last one
  d:
    name: 丁
campaigns: {}
"""

EDITS = st.builds(
    lambda unit, field, value: FieldEdit(("units", unit, *field), value),
    st.sampled_from("abcde"),
    st.sampled_from([("name",), ("signer",), ("exempt",), ("exempt", "reason")]),
    st.sampled_from(["unsigned", "两行\n文字\n", "#", "", REMOVE]),
)


def is_possible(edit: FieldEdit) -> bool:
    """Return whether the path of an edit leads through no text."""
    return edit.path[2:] != ("exempt",) or edit.value is REMOVE


@pytest.mark.random
@settings(max_examples=times(4))
@given(st.lists(EDITS.filter(is_possible), max_size=8))
def test_together_is_one_after_another(edits: list[FieldEdit]) -> None:
    """Comments, blank lines and braces stay where they stand, whatever entries are missing."""
    one_by_one = reduce(lambda text, edit: apply_edits(text, [edit]), edits, TEXT)
    assert apply_edits(TEXT, edits) == one_by_one


def test_fields_of_many_entries_need_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signers of ten thousand units are recorded without ten thousand readings."""
    readings: list[str] = []
    read = edit_module._first_lines_by_path

    def read_and_count(text: str) -> object:
        readings.append(text)
        return read(text)

    cuts: list[object] = []
    cut = edit_module._FileRowsByKey

    def cut_and_count(*arguments: object) -> object:
        cuts.append(arguments)
        return cut(*arguments)  # type: ignore[arg-type]  # counted as it is called

    monkeypatch.setattr(edit_module, "_first_lines_by_path", read_and_count)
    monkeypatch.setattr(edit_module, "_FileRowsByKey", cut_and_count)
    edits = [FieldEdit(("units", unit, "signer"), "sha256:1") for unit in "abcd"]
    text = apply_edits(TEXT, edits)
    assert text.count("signer: sha256:1") == len("abcd")
    assert (len(readings), len(cuts)) == (1, 1)
