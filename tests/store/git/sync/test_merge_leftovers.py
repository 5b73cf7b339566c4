"""What a killed merge left behind."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.sync.merge_leftovers import remove_leftover_merge_files
from store.git.run.test_commits import save
from store.git.sync.test_whole_file_merge import root as root  # noqa: PLC0414  # pytest finds the fixture by this name


def test_copies_of_a_killed_merge_go(root: Path) -> None:
    """Only files of git's own pattern that are not tracked; not while a git runs."""
    assert remove_leftover_merge_files(root) == []
    save(root, ".merge_file_tracke", "1", "somebody's own")
    for name in (".merge_file_aB3dE6", ".merge_file_toolong7", "merge_file_aB3dE6"):
        (root / name).write_text("answers", "utf-8")
    (root / ".merge_file_folder").mkdir()
    (root / ".merge_file_link00").symlink_to("README")
    lock = root / ".git" / "index.lock"
    lock.touch()
    assert remove_leftover_merge_files(root) == []
    assert lock.exists()
    lock.unlink()

    inner = root / "evidence"
    assert remove_leftover_merge_files(inner) == [".merge_file_aB3dE6"]

    assert not lock.exists()
    assert {path.name for path in root.glob("*merge_file*")} == {
        ".merge_file_tracke",
        ".merge_file_toolong7",
        "merge_file_aB3dE6",
        ".merge_file_folder",
        ".merge_file_link00",
    }
