"""Paths that stay inside a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.inner_paths import resolve_path_inside


@pytest.mark.parametrize(
    "relative",
    [
        "",
        ".",
        "/etc/passwd",
        "..",
        "a/../../x",
        "a\\b",
        "a\0b",
        "out/x",
        "out",
        "loop",
        "file/../x",
        "长" * 86,
        "long/" * 500,
    ],
)
def test_paths_that_lead_out_are_refused(tmp_path: Path, relative: str) -> None:
    """Absolute, upward, odd, and over a link: none is opened."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to("loop")
    assert resolve_path_inside(root, relative) is None


def test_paths_inside_are_taken(tmp_path: Path) -> None:
    """Also where the workspace is reached over a link, and where the file is still to come."""
    (tmp_path / "real" / "a").mkdir(parents=True)
    root = tmp_path / "link"
    root.symlink_to("real")
    (root / "in").symlink_to("a")
    assert resolve_path_inside(root, "2026/甲.png") == root / "2026/甲.png"
    assert resolve_path_inside(root, "in/x") == root / "in/x"
