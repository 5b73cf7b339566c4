"""The folder of an office is made: a repository that only its owner may enter."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from assess import locations
from assess.errors import UsageError
from assess.store.file_types import OFFICE_FILE_TYPES
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from office_folder import make_office


def git(root: Path, *words: str) -> str:
    """Run git, and return what it prints."""
    done = subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)
    return done.stdout.decode()


def make(root: Path, name: str | None = "青溪区网信办") -> Office:
    """Make the folder of an office."""
    return make_and_commit_office(root, name=name, language="zh", lang="en")[0]


def test_only_the_owner_may_enter(tmp_path: Path) -> None:
    """The folder and those with what units handed in have the mode 0700."""
    root = make(tmp_path / "office").root
    for name in (".", locations.INBOX, locations.RECEIPTS, locations.STORE):
        assert stat.S_IMODE((root / name).stat().st_mode) == 0o700


def test_everything_is_committed_and_what_units_hand_in_is_ignored(tmp_path: Path) -> None:
    """Inbox and store stay outside of git."""
    root = make(tmp_path / "office").root
    (root / "inbox" / "a").write_bytes(b"PK")
    (root / "store" / "cache").write_bytes(b"x")
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "ls-files").split() == [".gitattributes", ".gitignore", "office.yaml"]


def test_git_does_with_each_file_what_the_table_says(tmp_path: Path) -> None:
    """How a file is merged, and whether git ignores it, as git itself tells."""
    root = make(tmp_path / "office").root
    paths = {
        "office.yaml": "office",
        "receipts/2026.yaml": "receipts",
        "thresholds.yaml": "thresholds",
        "receipts/2026/20260401-0a1b2c3d.txt": "slip",
        "checklists/egov-network-0a1b2c3d4e5f.yaml": "issued-checklist",
        "rollups/2026/figures.json": "rollup-figures",
        "rollups/2026/rollup-2026.json": "rollup-data",
        "rollups/2026/rollup-2026.xlsx": "made-rollup",
        "rollups/2026/returns/a.json": "rollup",
        "templates/own/main.html": "template",
        ".gitattributes": "git-attributes",
        ".gitignore": "git-ignore",
        "inbox/0a1b": "inbox",
        "store/records.duckdb": "store",
        ".assess/lock": "private",
        "receipts/.2026.yaml.4711-0a1b2c3d.tmp": "temporary",
        ".merge_file_a1B2c3": "git-temporary",
    }
    assert {row.id for row in OFFICE_FILE_TYPES} == set(paths.values())
    rows = {row.id: row for row in OFFICE_FILE_TYPES}
    fields = git(root, "check-attr", "-z", "merge", "--", *paths).split("\0")
    merges = {path: value for path, _name, value in zip(*[iter(fields)] * 3, strict=False)}
    words = ["git", "-C", str(root), "check-ignore", "--no-index", *paths]
    ignored = subprocess.run(words, check=False, capture_output=True, text=True).stdout.split()
    for path, kind in paths.items():
        assert (path in ignored) == (rows[kind].merge == "not-in-git"), path
        assert (merges[path] == "assess") == (rows[kind].merge == "meaning"), path
        if path not in ignored:  # git merges nothing that it ignores
            assert (merges[path] == "unset") == (rows[kind].merge == "whole"), path


def test_an_interrupted_init_is_completed(tmp_path: Path) -> None:
    """Files that were written stay; the second call commits."""
    root = tmp_path / "office"
    make(root)
    written = (root / "office.yaml").read_text("utf-8")
    git(root, "update-ref", "-d", "HEAD")
    make(root, "另一个名称")
    assert (root / "office.yaml").read_text("utf-8") == written
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"


def test_a_folder_that_is_in_use_is_refused(tmp_path: Path) -> None:
    """An office, a workspace, a folder with other files, a file."""
    make(tmp_path / "office")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "assess.yaml").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()
    for name in ("office", "work", "full", "file"):
        with pytest.raises(UsageError):
            make(tmp_path / name)
    assert stat.S_IMODE((tmp_path / "full").stat().st_mode) != 0o700


@pytest.mark.parametrize("name", ["", "  ", "长" * 201])
def test_an_office_has_a_name(tmp_path: Path, name: str) -> None:
    """Of a length that can be printed; without one it has that of the folder."""
    if name:
        with pytest.raises(UsageError):
            make(tmp_path / "office", name)
    else:
        assert make(tmp_path / "office", name).read_office_file().name == "office"


def test_controls_in_a_name_are_stored_as_escapes(tmp_path: Path) -> None:
    """A terminal obeys nothing that a file holds."""
    office = make(tmp_path / "office", "网信\x1b[31m办")
    assert office.read_office_file().name == "网信\\u001b[31m办"


def test_git_does_not_know_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is made all the same; only the commit lacks."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    office, committed = make_and_commit_office(
        tmp_path / "office", name="x", language="zh", lang="en"
    )
    assert not committed
    assert office.read_office_file().name == "x"


def test_the_office_is_found_from_its_folders(tmp_path: Path) -> None:
    """Outside of it there is none; a folder that is a link out of it is refused."""
    office = make_office(tmp_path / "office")
    assert Office.find_office(office.root / "receipts", "en").root == office.root.resolve()
    with pytest.raises(UsageError, match="no office here"):
        Office.find_office(tmp_path, "en")
    (office.root / "receipts" / "2026").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="receipts/2026 is a link that leads out"):
        Office.find_office(office.root, "en")
    (office.root / "receipts" / "2026").unlink()
    (office.root / "inbox").rmdir()
    (office.root / "inbox").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="leads out"):
        Office.find_office(office.root, "en")


def test_a_campaign_is_chosen(tmp_path: Path) -> None:
    """The one that was announced last, where none is named."""
    office = make_office(tmp_path / "office")
    assert office.choose_campaign(None)[0] == "2026"
    with pytest.raises(UsageError, match="no campaign 2025"):
        office.choose_campaign("2025")
    empty = make(tmp_path / "other")
    with pytest.raises(UsageError, match="no campaign yet"):
        empty.choose_campaign(None)
