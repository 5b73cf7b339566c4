"""Where things stand in a workspace."""

from __future__ import annotations

from pathlib import Path

from assess.store import layout


def test_root_is_found_upwards(tmp_path: Path) -> None:
    """Any folder inside a workspace leads to it; outside there is none."""
    inside = tmp_path / "w" / "answers" / "2026"
    inside.mkdir(parents=True)

    assert layout.find_workspace_root(inside) is None

    (tmp_path / "w" / "assess.yaml").write_text("x\n", "utf-8")

    assert layout.find_workspace_root(inside) == (tmp_path / "w").resolve()


def test_files_of_leaves_links_and_private_files_out(tmp_path: Path) -> None:
    """Only regular files of the named parts count; a link may lead anywhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("x\n", "utf-8")
    root = tmp_path / "w"
    (root / "answers" / "2026").mkdir(parents=True)
    (root / ".assess").mkdir()
    (root / ".assess" / "lock").write_text("x\n", "utf-8")
    (root / "assess.yaml").write_text("x\n", "utf-8")
    (root / "answers" / "2026" / "a.yaml").write_text("x\n", "utf-8")
    (root / "answers" / "2026" / ".a.yaml.4711-0a1b2c3d.tmp").write_text("x", "utf-8")
    (root / "answers" / "2026" / "b.yaml").symlink_to(outside / "secret.yaml")
    (root / "evidence").symlink_to(outside)

    assert list(layout.list_workspace_files(root, "en")) == ["assess.yaml", "answers/2026/a.yaml"]


def test_folders_that_lead_out(tmp_path: Path) -> None:
    """A link in place of a folder, or right inside one, is found; one that stays inside is fine."""
    root = tmp_path / "w"
    (tmp_path / "out").mkdir()
    for name in ("answers", "checklists", ".git", "evidence/2025"):
        (root / name).mkdir(parents=True)
    assert layout.list_folder_links_leading_out(root) == []

    for name in ("evidence/2026", "reports", ".assess"):
        (root / name).symlink_to(tmp_path / "out")
    (root / "answers" / "2026").symlink_to(root / ".git")
    (root / "evidence" / "inside").symlink_to(root / "evidence" / "2025")
    (root / "checklists" / "x.yaml").symlink_to(tmp_path / "nothing")
    found = {"evidence/2026", "reports", ".assess", "answers/2026"}
    assert set(layout.list_folder_links_leading_out(root)) == found


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    """Where a folder may be meant nothing could be written; other links stay as they are."""
    root = tmp_path / "w"
    (root / "evidence").mkdir(parents=True)
    for name in (".assess", "reports", "evidence/2026", ".gitignore", "evidence/scan.pdf"):
        (root / name).symlink_to(tmp_path / "nothing")
    (root / "evidence" / "moved").symlink_to(root / "later")
    (root / "evidence" / "circle").symlink_to(root / "evidence" / "circle")
    assert set(layout.list_folder_links_leading_out(root)) == {
        ".assess",
        "reports",
        "evidence/2026",
    }


def test_yaml_files_have_their_kinds(tmp_path: Path) -> None:
    """Settings come first, sheets last; what is no file, or another kind of file, is left out."""
    for path in ("assess.yaml", "checklists/b.yaml", "checklists/a.yaml", "answers/2026/a.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("", "utf-8")
    (tmp_path / "checklists" / "c.yaml").mkdir()
    (tmp_path / "answers" / "a.yaml").write_text("", "utf-8")
    files = [(path.name, kind) for path, kind in layout.list_yaml_files(tmp_path)]
    kinds = ["config", "checklist", "checklist", "sheet"]
    assert files == list(zip(["assess.yaml", "a.yaml", "b.yaml", "a.yaml"], kinds, strict=True))
