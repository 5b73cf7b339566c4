"""Names that some disks take for one."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from assess.workspace.core.alike_names import (
    find_names_differing_only_by_case,
    find_names_of_windows_devices,
)


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    """Each but the first is named, with what to do; folders count, other names don't."""
    decomposed = unicodedata.normalize("NFD", "evidence/2026/é.png")
    for path in (
        "checklists/Egov-Network.yaml",
        "checklists/egov-network.yaml",
        "evidence/2026/a.png",
        "evidence/2026/b.png",
        "evidence/2026/é.png",
        decomposed,
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", "utf-8")

    problems = find_names_differing_only_by_case(tmp_path, "en")

    assert [(one.file, one.code) for one in problems] == [
        ("checklists/egov-network.yaml", "name-alike"),
        ("evidence/2026/é.png", "name-alike"),
    ]
    assert "checklists/Egov-Network.yaml" in problems[0].message
    assert problems[0].hint == "rename or remove one: mv checklists/egov-network.yaml NEW_NAME"


def test_names_that_are_devices_on_windows(tmp_path: Path) -> None:
    """Whatever their case and suffix, also of a folder; longer names are none."""
    for path in ("answers/con/a.yaml", "evidence/2026/LPT1.tar.gz", "evidence/2026/console.png"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", "utf-8")

    problems = find_names_of_windows_devices(tmp_path, "en")

    assert [(one.file, one.code, one.severity) for one in problems] == [
        ("answers/con/a.yaml", "name-device", "warning"),
        ("evidence/2026/LPT1.tar.gz", "name-device", "warning"),
    ]
    assert "“con” is the name of a device" in problems[0].message
