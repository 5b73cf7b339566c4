"""The lists of a workspace and of an office: on a terminal their columns have heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace.office.office import Office
from cli.conftest import Assess

IN_WORKSPACE = {
    "system list": "Id  System  Level  Reached from  Hosting",
    "person list": "Id  Name  Roles",
    "template list": "Template  Whose  Title",
    "round list": "Id  State  Title  Due  Tag",
}
IN_OFFICE = {
    "office unit list": "Unit id  Unit name  Category  Parent unit  Contact  Handing in",
    "rollup status": "Unit id  Unit name  Category  State",
}


def has_line(text: str, heads: str) -> bool:
    """Return whether a line has these heads, however wide its columns are."""
    wanted = heads.split()
    return any(line.split() == wanted for line in text.splitlines())


def check_heads(assess: Assess, monkeypatch: pytest.MonkeyPatch, lists: dict[str, str]) -> None:
    """Print each list into a pipe and on a terminal."""
    for command, heads in lists.items():
        assert not has_line(assess(*command.split()).out, heads)
        with monkeypatch.context() as patch:
            patch.setattr("assess.cli.common.table_lines.sys.stdout.isatty", lambda: True)
            assert has_line(assess(*command.split()).out, heads), command


def test_lists_of_a_workspace_have_heads_on_a_terminal(
    here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe the lines stay as they were, for scripts."""
    check_heads(assess, monkeypatch, IN_WORKSPACE)


def test_lists_of_an_office_have_heads_on_a_terminal(
    office: Office, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe the lines stay as they were, for scripts."""
    check_heads(assess, monkeypatch, IN_OFFICE)
