"""Files that decode and are wrong all the same: what `assess lint` says of each."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assess.problem import Problem
from assess.workspace import Workspace
from assess.workspace.office.checking import lint_office_files
from bad_files import BadFile, bad_files, report
from office_folder import make_office

GOOD = Path(__file__).parents[1] / "data" / "good"
DAY = date(2026, 11, 24)

# The checklist of the base is a part of the library's, and its sheet has no fingerprints.
OF_EVERY_FILE = ("checklist-changed", "fingerprint-missing")

PLACES = {
    "config": "assess.yaml",
    "checklist": "checklists/egov-network.yaml",
    "sheet": "answers/2026/egov-network.yaml",
    "register": "evidence/register.yaml",
    "findings": "findings.yaml",
}

OFFICE_PLACES = {
    "office": "office.yaml",
    "receipts": "receipts/2025.yaml",
    "thresholds": "thresholds.yaml",
}
"""Files of an office, which has a folder of its own."""


def _lint_in_office(file: BadFile, folder: Path) -> list[Problem]:
    """Return what lint says of a file in the folder of an office."""
    office = make_office(folder)
    shutil.copyfile(file.path, office.root / OFFICE_PLACES[file.kind])
    return lint_office_files(office, [office.root / OFFICE_PLACES[file.kind]])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound workspace without answers, and with one evidence file."""
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    (root / PLACES["sheet"]).unlink()
    config = (root / "assess.yaml").read_text("utf-8").replace(", mlps-level3@portal", "")
    config = config.replace(
        "    profile: {personal_information: true, outsourced_operation: true}\n", ""
    )
    (root / "assess.yaml").write_text(config, "utf-8")
    register = (root / PLACES["register"]).read_text("utf-8").splitlines(keepends=True)
    papers = [line for line in register if "file:" not in line and not line.startswith("    ")]
    (root / PLACES["register"]).write_text(
        "".join(line for line in papers if "ev-7c1f09aa" not in line), "utf-8"
    )
    config = (root / "assess.yaml").read_text("utf-8").replace(", signed: ev-41c0de77", "")
    (root / "assess.yaml").write_text(config, "utf-8")
    (root / "evidence" / "2026").mkdir()
    (root / "evidence" / "2026" / "there.txt").write_text("evidence\n", "utf-8")
    return root


def test_the_base_is_sound(root: Path) -> None:
    """Without a bad file there is nothing to report: the tests below speak of the file alone."""
    problems = Workspace(root, "en").lint_workspace_files(today=DAY)
    assert [str(one) for one in problems if one.code not in OF_EVERY_FILE] == []


@pytest.mark.parametrize("file", bad_files("lint"), ids=lambda file: file.path.stem)
def test_bad_file_is_reported_as_it_says(file: BadFile, root: Path) -> None:
    """Each file gives exactly the report that its first lines state, positions included."""
    if file.kind in OFFICE_PLACES:
        assert report(_lint_in_office(file, root.parent / "office")) == file.expected
        return
    shutil.copyfile(file.path, root / PLACES[file.kind])

    problems = Workspace(root, "en").lint_workspace_files([root / PLACES[file.kind]], today=DAY)

    said = [one for one in problems if one.code not in OF_EVERY_FILE]
    assert report(said) == file.expected
    assert file.expected
