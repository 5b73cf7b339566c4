"""Files that a merge left undecided."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.sync.undecided_files import (
    list_undecided_files,
    settle_file_with_blob,
    settle_file_with_folder_content,
)
from store.git.run.test_commits import sh
from store.git.sync.test_whole_file_merge import merging, status, write
from store.git.sync.test_whole_file_merge import root as root  # noqa: PLC0414  # pytest finds the fixture by this name


def test_each_is_settled_with_one_of_its_versions(root: Path) -> None:
    """Changed, removed and renamed ones are told apart; what is chosen stands, or goes."""
    files: dict[str, str | None] = {name: f"first {name}\n" * 5 for name in "abcd"}
    files["old"] = "renamed\n" * 9
    write(root, files)
    sh(root, "branch", "-f", "theirs")
    ours: dict[str, str | None] = {"a": "o", "b": "o", "c": None, "d": "o", "old": None}
    theirs: dict[str, str | None] = {"a": "t", "b": "t", "c": "t", "d": None, "old": None}
    merging(
        root,
        {**ours, "evidence/z": "o", "new1": "renamed\n" * 9},
        {**theirs, "evidence/z": "t", "new2": "renamed\n" * 9},
    )

    waiting = {file.path: file for file in list_undecided_files(root)}
    kinds = {path: file.kind for path, file in waiting.items() if not path.startswith("evidence")}
    assert {kinds[path] for path in "ab"} == {"changed"}
    assert {kinds[path] for path in "cd"} == {"deleted"}
    assert (kinds["new1"], kinds["new2"], kinds["old"]) == ("renamed", "renamed", "gone")
    (root / "b").write_text("mended", "utf-8")
    settle_file_with_blob(root, "a", waiting["a"].theirs)
    settle_file_with_folder_content(root, "b")
    settle_file_with_blob(root, "c", waiting["c"].ours)
    settle_file_with_blob(root, "d", waiting["d"].ours)

    assert not {file.path for file in list_undecided_files(root)} & set("abcd")
    assert [(root / path).exists() for path in "abcd"] == [True, True, False, True]
    assert (root / "a").read_text("utf-8") == "t"
    assert "M  b" in status(root)


def test_without_a_repository_nothing_waits(tmp_path: Path) -> None:
    """No merge, no error."""
    assert list_undecided_files(tmp_path) == []
