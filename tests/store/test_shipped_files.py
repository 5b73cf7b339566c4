"""Where the library and the templates stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError
from assess.store import shipped_files


def test_checkout_has_both_folders() -> None:
    """In a checkout the folders are those at its root."""
    root = Path(__file__).resolve().parents[2]

    assert shipped_files.find_shipped_folder("checklists") == root / "checklists"
    assert shipped_files.find_shipped_folder("templates") == root / "templates"
    assert "egov-network" in shipped_files.list_library_files_by_id()


def test_wheel_folders_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package finds them inside itself, wherever it stands."""
    package = tmp_path / "lib" / "python" / "assess"
    (package / "_share" / "checklists").mkdir(parents=True)
    monkeypatch.setattr(shipped_files, "PACKAGE", package)

    assert shipped_files.find_shipped_folder("checklists") == package / "_share" / "checklists"
    with pytest.raises(EnvironmentLacksError, match="templates"):
        shipped_files.find_shipped_folder("templates")
