"""The second level of sections in the tree beside the item."""

from __future__ import annotations

import pytest

from assess.display.text.styled import join_lines_without_styles
from assess.display.walk.outline import outline_lines
from assess.model.checklist import Checklist, Section
from factories import assessed, checklist, conformity

GROUPS = (None, "Access", "Access", "Audit", None)


def _grouped() -> Checklist:
    sections: list[Section] = [
        Section(id=f"s{at}", title=f"Part {at}", items=(conformity(f"A-{at}"),), group=group)
        for at, group in enumerate(GROUPS)
    ]
    return checklist(sections=tuple(sections))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (None, ["1 Part 0", "Access", "2 Part 1", "3 Part 2", "Audit", "4 Part 3", "5 Part 4"]),
        ({"A-2", "A-4"}, ["Access", "3 Part 2", "5 Part 4"]),
    ],
)
def test_a_group_stands_above_its_sections(shown: set[str] | None, expected: list[str]) -> None:
    """Once, above the first of them that is shown; the line of the item is still found."""
    state = assessed(_grouped())
    drawn = outline_lines(
        state.sections, "A-2", state.sections[2].section.id, lambda _state: ".", "en", 40, shown
    )
    lines = join_lines_without_styles(drawn.lines).splitlines()
    heads = [line.strip(" >").split("  ")[0] for line in lines if "Title" not in line]
    assert heads == expected
    assert drawn.cursor is not None
    assert "Title" in lines[drawn.cursor]
