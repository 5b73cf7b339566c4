"""Tests that the table of file types knows every file that the commands write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess import locations
from assess.cli.checklist import KINDS, SCHEMAS
from assess.model.formats import ADDITIONS, NAMES
from assess.model.rollup import ROLLUP_FORMAT
from assess.model.rollup_figures import ROLLUP_FIGURES_FORMAT
from assess.model.round_data import DATA_FORMAT
from assess.report.export.json_view import FORMAT
from assess.store.file_types import FILE_TYPES, OFFICE_FILE_TYPES, find_file_type
from assess.tui.core.drafts import DraftKey, Drafts
from assess.workspace import Workspace
from cli.conftest import Assess
from samples import Samples
from samples import demo as make_english_demo

pytestmark = pytest.mark.untraced


def _paths(root: Path) -> list[str]:
    """Return the files below a folder, git's own left out."""
    every = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [path.as_posix() for path in every if path.parts[0] != ".git"]


def _types(root: Path) -> set[str]:
    """Return the types of all files below a folder; each has one."""
    found = {path: find_file_type(path) for path in _paths(root)}
    assert [path for path, row in found.items() if row is None] == []
    return {row.id for row in found.values() if row is not None}


@pytest.fixture
def demo(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The demo's workspace is the current folder."""
    made = samples.copy(make_english_demo, tmp_path / "demo")
    monkeypatch.chdir(made.root)
    return made


def test_every_file_that_commands_write_has_one_type(
    demo: Workspace, assess: Assess, tmp_path: Path
) -> None:
    """Also drafts, and what is left where a program is killed while it writes."""
    proof = tmp_path / "图.png"
    proof.write_bytes(b"\x89PNG\r\n\x1a\n")
    item = demo.open_sheet(demo.list_sheets("2026")[0], "2026").checklist.sections[0].items[0].id
    assert assess("answer", item, "met", "--evidence", str(proof)).code == 0
    assert assess("report", "--format", "json", "--lang", "zh").code == 0
    assert assess("report", "--format", "csv", "--lang", "zh").code == 0
    assert assess("export", "--data").code == 0
    assert assess("export", "--data", "--sanitised").code == 0
    assert assess("system", "add", "new", "--name", "新").code == 0
    assert assess("finding", "add", "弱口令", "--source", "scan").code == 0
    assert assess("round", "new", "2027").code == 0
    assert assess("commit").code == 0
    drafts, key = Drafts(demo.root), DraftKey("2026", "a", "b", "note")
    drafts.set_values_in_memory(key, {"note": "好"})
    drafts.write_or_remove_draft_file(key)
    copy = tmp_path / "copy"
    copied = assess("export", "--sanitised", "--round", "2026", "-o", str(copy))
    assert copied.code == 0
    assert "this is round 2026; another one: --round" in copied.err
    own = demo.root / "templates" / "own" / "main.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>", "utf-8")
    left = demo.root / "answers" / "2026" / f".x.yaml.{os.getpid()}-0a0a0a0a.tmp"
    left.write_bytes(b"x")

    git_only = {"git-temporary"}
    assert _types(demo.root) == {row.id for row in FILE_TYPES} - git_only
    kept = {row.id for row in FILE_TYPES if row.sanitised != "left-out"}
    assert _types(copy) == kept


def test_no_report_has_the_name_of_data() -> None:
    """Whatever the ids of checklist and template: the file of a report has one dot."""
    rows = {
        path: find_file_type(path)
        for path in (
            locations.round_data_path("2026", sanitised=False),
            locations.round_data_path("2026", sanitised=True),
            locations.report_path("2026", "data", "data", "zh", "json"),
            locations.report_path("2026", "data@portal", "sanitised", "en", "json"),
        )
    }
    assert [row.id for row in rows.values() if row] == [
        "round-data",
        "round-data",
        "report-data",
        "report-data",
    ]


def test_what_a_commit_takes_is_what_is_in_git() -> None:
    """locations.OWN and the table say the same of every row; so do those of an office."""
    for row in FILE_TYPES:
        top = row.pattern.split("/")[0]
        in_git = row.merge != "not-in-git"
        assert (top in locations.OWN) == in_git, row.id
    tops = {row.pattern.split("/")[0] for row in FILE_TYPES if row.merge != "not-in-git"}
    assert tops == set(locations.OWN)
    rows = [row for row in OFFICE_FILE_TYPES if row.merge != "not-in-git"]
    assert {row.pattern.split("/")[0] for row in rows} == set(locations.OFFICE_OWN)


def test_formats_and_schemas_are_those_of_the_program() -> None:
    """The YAML formats have their additions; each format has a schema that a command prints."""
    every = (*FILE_TYPES, *OFFICE_FILE_TYPES)
    assert {row.kind: row.format for row in every if row.kind} == dict(NAMES)
    assert set(KINDS) == set(ADDITIONS) == set(NAMES)
    others = {row.format for row in every if row.format and not row.kind}
    formats = (FORMAT, DATA_FORMAT, ROLLUP_FORMAT, ROLLUP_FIGURES_FORMAT)
    assert others == {name.rpartition("/")[0] for name in formats}
    schemas = {row.kind or row.schema for row in every if row.format}
    # The manifest of a hand-in and a return file are in no workspace.
    assert set(SCHEMAS) == schemas | {"hand-in", "return"}
