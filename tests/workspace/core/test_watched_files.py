"""The files whose changes make a report anew."""

from __future__ import annotations

from pathlib import Path

from assess.workspace import Workspace
from assess.workspace.core.watched_files import list_files_below, list_report_sources


def test_files_below_a_folder_and_a_file(tmp_path: Path) -> None:
    """A folder gives what is in it at any depth, a file itself, a missing path nothing."""
    inner = tmp_path / "answers" / "2026"
    inner.mkdir(parents=True)
    sheet = inner / "sheet.yaml"
    sheet.touch()

    assert list(list_files_below(tmp_path / "answers", "en")) == [sheet]
    assert list(list_files_below(sheet, "en")) == [sheet]
    assert list(list_files_below(tmp_path / "evidence", "en")) == []


def test_templates_of_the_program_are_sources(tmp_path: Path) -> None:
    """A template is looked for in the workspace and in the program."""
    sources = list_report_sources(Workspace(tmp_path, "en"))

    assert tmp_path / "assess.yaml" in sources
    assert [path.name for path in sources].count("templates") == 2
