"""Sanitised exports of a round, open or closed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.engine.scoring.figures import count_figures
from assess.errors import UsageError, WriteError
from assess.store import files
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.checklists.local_variants import write_accepted_variant_digest
from assess.workspace.sharing.sanitised_export import KEY, write_sanitised_copy
from workspace.history.test_changes import ITEM, NAME, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.rounds.test_close import closed as closed  # noqa: PLC0414  # pytest finds the fixture by this name


def everything(folder: Path) -> str:
    """Return all text below a folder but the pinned checklists."""
    paths = [path for path in folder.rglob("*.yaml") if path.parent.name != "checklists"]
    return "".join(path.read_text("utf-8") for path in paths)


def test_a_copy_with_the_same_numbers(closed: Workspace, tmp_path: Path) -> None:
    """A closed round is read at its tag; the copy is a workspace of its own that lints clean."""
    source = tmp_path / "图.png"
    source.write_bytes(b"x")
    done = write_sanitised_copy(closed, "2026", tmp_path / "copy")
    copy = Workspace(tmp_path / "copy", "en")

    text = everything(tmp_path / "copy")
    for word in ("王敏", "李健", "wang", "收回", "ev-41c0de77"):
        assert word not in text
    assert SHEET in done.files
    assert not (tmp_path / "copy" / ".git").exists()
    was = closed.open_sheet(NAME, "2026").assess_on(TODAY)
    now = copy.open_sheet(NAME, "2026").assess_on(TODAY)
    assert (was.score, count_figures((was,))) == (now.score, count_figures((now,)))
    assert [f.state.item.id for f in now.findings] == [ITEM]
    assert not [one for one in copy.lint_workspace_files(today=TODAY) if one.severity == "error"]


def test_pseudonyms_stay_the_same(here: Workspace, tmp_path: Path) -> None:
    """Two exports of one workspace agree; its secret is readable by its owner only."""
    write_sanitised_copy(here, "2026", tmp_path / "one")
    write_sanitised_copy(here, "2026", tmp_path / "two")

    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert (here.root / ".assess" / "export-key").stat().st_mode & 0o077 == 0


def test_a_key_of_a_folder_from_elsewhere_is_made_anew(here: Workspace, tmp_path: Path) -> None:
    """Whoever packed an archive knows the key in it; a key that was made here stays."""
    sh(here.root, "config", "core.pager", "something of theirs")
    assert not is_repository_trusted(here.root)
    path = here.root / KEY
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"K" * 32)
    assert write_sanitised_copy(here, "2026", tmp_path / "one").has_new_key
    own = path.read_bytes()
    assert own != b"K" * 32
    assert not write_sanitised_copy(here, "2026", tmp_path / "two").has_new_key
    assert path.read_bytes() == own


def test_trust_in_the_programs_of_a_folder_is_no_trust_in_its_key(
    here: Workspace, tmp_path: Path
) -> None:
    """`--trust` is about hooks and settings: the packer of the folder still knows its key."""
    sh(here.root, "config", "core.pager", "something of theirs")
    record_trust_in_git_programs(here.root)
    assert is_repository_trusted(here.root)
    path = here.root / KEY
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"K" * 32)
    assert write_sanitised_copy(here, "2026", tmp_path / "one").has_new_key
    assert path.read_bytes() != b"K" * 32


def test_a_home_that_can_not_be_written(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export is made all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert write_sanitised_copy(here, "2026", tmp_path / "one").files


@pytest.mark.parametrize("kind", ["huge", "short", "link", "pipe", "committed"])
def test_a_key_that_others_may_know_is_made_anew(
    here: Workspace, tmp_path: Path, kind: str
) -> None:
    """A key of another size, behind a link, or that git has, is replaced, and that is told."""
    assert not write_sanitised_copy(here, "2026", tmp_path / "one").has_new_key
    path = here.root / KEY
    known = bytes(range(32))
    path.unlink()
    (tmp_path / "known").write_bytes(known)
    if kind == "link":
        path.symlink_to(tmp_path / "known")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"short" if kind == "short" else known)
    if kind == "huge":
        os.truncate(path, 3 * 1024**3)
    if kind == "committed":
        sh(here.root, "hash-object", "-w", "--no-filters", KEY)
    assert write_sanitised_copy(here, "2026", tmp_path / "two").has_new_key

    assert len(path.read_bytes()) == len(known)
    assert path.read_bytes() != known
    assert not path.is_symlink()
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "known").read_bytes() == known
    assert not write_sanitised_copy(here, "2026", tmp_path / "three").has_new_key


def test_evidence_is_not_copied(here: Workspace, tmp_path: Path) -> None:
    """A cited row is there under another id, its file is not."""
    source = tmp_path / "防火墙.png"
    source.write_bytes(b"x")
    row, _row = here.add_evidence_file(source, title="防火墙", round_id="2026", by="wang", now=NOW)
    put(here, ITEM, status="unmet", evidence={row: "other"})
    done = write_sanitised_copy(here, "2026", tmp_path / "copy")

    assert not any("防火墙" in name for name in done.files)
    assert row not in everything(tmp_path / "copy")
    assert len(Workspace(tmp_path / "copy", "en").read_register_or_empty().evidence) == 1


def test_where_it_may_go(here: Workspace, tmp_path: Path) -> None:
    """Never over something, never into the workspace's own parts."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(UsageError, match="not empty"):
        write_sanitised_copy(here, "2026", tmp_path / "full")
    with pytest.raises(UsageError, match="part of the workspace"):
        write_sanitised_copy(here, "2026", here.root / "answers" / "copy")
    (tmp_path / "file").touch()
    with pytest.raises(WriteError):
        write_sanitised_copy(here, "2026", tmp_path / "file" / "copy")


def test_comments_of_checklists_stay_here(here: Workspace, tmp_path: Path) -> None:
    """A checklist that was edited goes along without comments; it says the same, lint is clean."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    path = here.root / "checklists" / "egov-network.yaml"
    text = path.read_text("utf-8").replace("scope:", "# 问王敏 wang.min@qingxi.example\nscope:", 1)
    path.write_text(text, "utf-8")
    write_accepted_variant_digest(here, "egov-network", "备注", by="wang", accepted_at=NOW)
    write_sanitised_copy(here, "2026", tmp_path / "copy")
    copy = Workspace(tmp_path / "copy", "en")

    copied = (tmp_path / "copy" / "checklists" / "egov-network.yaml").read_text("utf-8")
    assert "wang.min" not in copied
    assert copy.read_checklist("egov-network") == here.read_checklist("egov-network")
    assert copy.open_sheet(NAME, "2026").sheet.answers
    problems = [one.code for one in copy.lint_workspace_files(today=TODAY)]
    assert problems == [
        one.code for one in here.lint_workspace_files(today=TODAY) if one.code in problems
    ]
    assert "checklist-digest" not in problems


def test_a_checklist_of_the_library_stays_as_it_is(here: Workspace, tmp_path: Path) -> None:
    """Its bytes are public, and whoever gets the copy can compare them."""
    write_sanitised_copy(here, "2026", tmp_path / "copy")
    path = "checklists/egov-network.yaml"

    assert (tmp_path / "copy" / path).read_bytes() == (here.root / path).read_bytes()


def test_title_and_notice_of_the_round_go(here: Workspace, tmp_path: Path) -> None:
    """They are free text: the title becomes that of any round of the id."""
    edits = [("title", "王敏牵头的自查"), ("notice", "王敏的通知")]
    here.edit_config([FieldEdit(("rounds", "2026", key), text) for key, text in edits])
    write_sanitised_copy(here, "2026", tmp_path / "copy")

    assert "王敏" not in everything(tmp_path / "copy")


def test_new_folders_of_a_copy_are_flushed(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is printed afterwards: a power cut must not take a part of it away."""
    flushed: list[Path] = []
    monkeypatch.setattr(files, "flush_folder", flushed.append)
    write_sanitised_copy(here, "2026", tmp_path / "new" / "copy")
    copy = tmp_path / "new" / "copy"
    assert {tmp_path, tmp_path / "new", copy, copy / "answers"} <= set(flushed)
