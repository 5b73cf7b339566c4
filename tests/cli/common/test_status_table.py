from __future__ import annotations

import io
import sys

import pytest

from assess.cli.common.coloured_lines import ColouredLine, ColouredText
from assess.cli.common.status_table import sheet_lines
from assess.cli.common.terminal import escape_controls_in_output, print_line
from assess.display.text.cells import width_of
from assess.model.answer import Answer
from assess.model.results import Assessment
from assess.workspace import SheetName
from factories import assessed, checklist, conformity, text


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Return True."""
        return True


def two_sheets() -> dict[SheetName, Assessment]:
    """Return a finished sheet with a short Chinese title, and one with a long title, unanswered."""
    items = [conformity("A-1"), conformity("A-2")]
    short = checklist(*items, id="egov", title=text("网络", "网络"))
    long = checklist(*items, id="self-built-systems", title=text("Systems", "Systems"))
    done = {"A-1": Answer(status="met"), "A-2": Answer(status="unmet", note="x")}
    return {
        SheetName("egov"): assessed(short, done),
        SheetName("self-built-systems", "portal"): assessed(long, {}),
    }


def test_columns_are_aligned() -> None:
    """Each column begins at the same cell in every row; a Chinese character takes two cells."""
    first, second = sheet_lines(two_sheets())

    assert [part.text.strip() for part in first.parts[:3]] == ["egov", "网络", "2/2 answered"]
    for index in range(len(first.parts)):
        before = [
            sum(width_of(part.text) for part in line.parts[:index]) for line in (first, second)
        ]
        assert before[0] == before[1]
    assert not first.parts[-1].text.endswith(" ")


def test_colours_say_what_presses() -> None:
    """What is finished is green, findings stand out, zeros step back."""
    first, second = sheet_lines(two_sheets())

    assert [part.colour for part in first.parts[2:5]] == ["green", None, "yellow"]
    assert [part.colour for part in second.parts[2:]] == [None, None, "dim", "dim", "dim"]


@pytest.mark.parametrize(
    ("term", "no_color", "shown"),
    [
        ("xterm", "", "a\x1b[31m\\u001b[2J\x1b[0m\n"),
        ("xterm", "1", "a\\u001b[2J\n"),
        ("dumb", "", "a\\u001b[2J\n"),
    ],
)
def test_colours_only_where_they_are_shown(
    term: str, no_color: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR and a dumb terminal get none; an escape in a title stays harmless on all."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", no_color)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with escape_controls_in_output():
        print_line(ColouredLine((ColouredText("a"), ColouredText("\x1b[2J", "red"))))

    assert terminal.getvalue() == shown


def test_no_colours_in_a_pipe(capfd: pytest.CaptureFixture[str]) -> None:
    """A script gets the text alone."""
    print_line(ColouredLine((ColouredText("a"), ColouredText("b", "red"))))
    print_line("c")

    assert capfd.readouterr().out == "ab\nc\n"
