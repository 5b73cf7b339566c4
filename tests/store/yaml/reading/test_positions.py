from __future__ import annotations

from typing import Any

import pytest

from assess.problem import Problem
from assess.store.yaml.reading.positions import locate_problems

TEXT = """\
# head
a:
  b: {c: [1, 2], d: x}
  e:
    - f: 1
      g: 2
    - h
? [x, y]
: [1, {z: 1}]
"2026": 甲
"""


def _at(path: tuple[Any, ...], code: str = "x", text: str = TEXT) -> tuple[int, int]:
    (problem,) = locate_problems(text, [Problem("x.yaml", code, "", path=path)])
    return problem.line, problem.column


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (2, 1)),
        (("a",), (2, 1)),
        (("a", "b"), (3, 3)),
        (("a", "b", "c"), (3, 7)),
        (("a", "b", "c", 1), (3, 14)),
        (("a", "b", "d"), (3, 21)),
        (("a", "e", 0), (5, 7)),
        (("a", "e", 0, "g"), (6, 10)),
        (("a", "e", 1), (7, 7)),
        (("2026",), (10, 9)),
        (("a", "e", 0, "none", "x"), (5, 7)),
        (("a", "e", 9), (4, 3)),
        (("none",), (2, 1)),
        (("a", "b", "d", "deeper"), (3, 18)),
    ],
)
def test_paths_are_found(path: tuple[Any, ...], place: tuple[int, int]) -> None:
    """Scalars at their value, collections at their key, missing ones at what should hold them."""
    assert _at(path) == place


def test_problems_about_keys_are_shown_at_the_key() -> None:
    """An unknown field with a scalar value is underlined where its name stands."""
    assert _at(("a", "b", "d"), "unknown-field") == (3, 18)


def test_positions_that_are_known_stay() -> None:
    """Problems that have a line are passed on, in their place."""
    known = Problem("x.yaml", "y", "", line=7, column=3)
    unknown = Problem("x.yaml", "y", "", path=("a",))
    assert locate_problems(TEXT, [known]) == [known]
    assert locate_problems(TEXT, [known, unknown]) == [known, unknown._replace(line=2, column=1)]


def test_text_that_is_no_yaml_gives_what_it_can() -> None:
    """Up to the fault positions are found; without any they stay 0."""
    assert _at(("a",), text="a: 1\nb: [") == (1, 4)
    assert _at(("a",), text="[") == (1, 1)
    assert _at(("a",), text="") == (0, 0)
    assert _at(("a",), text="\0") == (0, 0)
