"""Tables of commands: a row is one line, whatever names and titles hold."""

from __future__ import annotations

from pathlib import Path

from assess.cli.common.table_lines import format_table_line
from cli.conftest import Assess
from cli.conftest import assess as assess  # noqa: PLC0414  # pytest finds the fixture by this name
from cli.conftest import here as here  # noqa: PLC0414  # as above


def test_a_row_is_one_line() -> None:
    """Line breaks and tabs of a cell are shown, and make no line and no cell."""
    assert format_table_line(["a\nb", "c\td", 1]) == "a ⏎ b\tc d\t1"


def test_names_and_titles_make_no_lines_of_their_own(here: Path, assess: Assess) -> None:
    """A colleague's name or title can not pass for another row."""
    assert assess("person", "add", "li", "--name", "Li\nFORGED\tx").code == 0
    config = here / "assess.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("title:", 'title: "x\\nFORGED" #', 1), "utf-8")
    for table in ("person", "round"):
        lines = assess(table, "list").out.splitlines()
        assert not any(line.startswith("FORGED") for line in lines)
