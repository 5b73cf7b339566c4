"""Problems as values."""

from __future__ import annotations

from assess.problem import Problem, select_errors, sort_problems


def test_one_line() -> None:
    """A problem reads path:line:column: code: message (hint)."""
    problem = Problem("a.yaml", "status-unknown", "no “mett”", "met?", line=11, column=13)

    assert str(problem) == "a.yaml:11:13: status-unknown: no “mett” (met?)"
    assert str(problem._replace(hint="")) == "a.yaml:11:13: status-unknown: no “mett”"


def test_what_files_hold_is_shown_as_escapes() -> None:
    """Line breaks and controls of quoted values neither begin a line nor reach a terminal."""
    problem = Problem("a\nb.yaml", "x", "“\x1b[31m\n::error::”", "y\r\nz", line=1, column=2)

    assert str(problem) == "a ⏎ b.yaml:1:2: x: “\\u001b[31m ⏎ ::error::” (y ⏎ z)"
    assert str(problem.with_texts_escaped_on_one_line()) == str(problem)
    assert problem.with_texts_escaped_on_one_line()[:4] == (
        "a ⏎ b.yaml",
        "x",
        "“\\u001b[31m ⏎ ::error::”",
        "y ⏎ z",
    )


def test_order_and_severity() -> None:
    """Problems sort by place; warnings are no errors."""
    one = Problem("b", "x", "", line=1, column=1)
    two = Problem("a", "x", "", severity="warning", line=9, column=1)
    three = Problem("a", "x", "", line=2, column=5)

    assert sort_problems([one, two, three]) == [three, two, one]
    assert select_errors([one, two, three]) == [one, three]
