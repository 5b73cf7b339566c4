"""The marks of the library belong to the library that is shipped."""

from __future__ import annotations

import make_library_marks as made


def test_the_marks_are_up_to_date() -> None:
    """Run scripts/make_library_marks.py after a change of an id or a title in checklists/."""
    assert made.marks_text() == made.TARGET.read_text("utf-8")
