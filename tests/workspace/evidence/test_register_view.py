"""The register as people look at it: kinds by content, duplicates by hash, faults, copies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.evidence import register_view
from assess.workspace.setup.make_workspace import make_and_commit_workspace

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A fresh workspace."""
    return make_and_commit_workspace(
        tmp_path / "w", organization="A", language="en", today=TODAY, lang="en"
    )


def add(here: Workspace, path: Path, title: str = "t") -> register_view.AddedEvidence:
    """Register a file."""
    return register_view.add_evidence_file(
        here, path, title=title, round_id="2026", by=None, now=NOW
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        ("文本".encode(), "text"),
        (b"", "text"),
        (b"MZ\x00\x01", None),
        ("文".encode("gbk"), None),
        (b"a" * (64 * 1024 - 1) + "文".encode(), "text"),
        (b"a\0" + b"a" * (64 * 1024 - 3) + "文".encode(), None),
    ],
)
def test_kinds_are_known_by_content(tmp_path: Path, data: bytes, kind: str | None) -> None:
    """The name says nothing; a sign that the sample cuts in two is no fault."""
    path = tmp_path / "x.exe"
    path.write_bytes(data)
    assert register_view.detect_openable_kind(path) == kind
    assert register_view.detect_openable_kind(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("name", "data", "lies"),
    [
        ("a.pdf", b"text", True),
        ("a.PDF", b"%PDF-1.7", False),
        ("a.png", b"\xff\xd8\xff", True),
        ("a.jpeg", b"\xff\xd8\xff", False),
        ("a.txt", b"%PDF-1.7", True),
        ("a.txt", "文".encode("gbk"), False),
        ("a.docx", b"text", False),
        ("a", b"%PDF-1.7", False),
    ],
)
def test_names_that_lie_are_known(tmp_path: Path, name: str, data: bytes, lies: bool) -> None:
    """An ending of a kind that is opened must be that of the content; other endings say nothing."""
    (tmp_path / name).write_bytes(data)
    assert register_view.does_suffix_contradict_content(tmp_path / name) == lies
    assert not register_view.does_suffix_contradict_content(tmp_path / "none.pdf")


def test_one_content_is_one_row(here: Workspace, tmp_path: Path) -> None:
    """A copy under another name gives the row that is there, and no second file."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    first, again = add(here, tmp_path / "a.txt"), add(here, tmp_path / "b.txt")
    assert (first.known, again.known, again.id) == (False, True, first.id)
    assert [path.name for path in (here.root / "evidence" / "2026").iterdir()] == ["a-2d711642.txt"]
    with pytest.raises(UsageError):
        add(here, tmp_path / "none.txt")


def test_faults_and_the_same_content(here: Workspace, tmp_path: Path) -> None:
    """Missing, changed, expired and unused are told apart; twins are named; what went returns."""
    for name in ("gone", "other", "twin"):
        (tmp_path / name).write_text(name)
        add(here, tmp_path / name, name)
    rows = here.read_register_or_empty().evidence
    ids = {str(row.title): key for key, row in rows.items()}
    paths = {one.file.path.partition("-")[0]: one.file.path for one in rows.values() if one.file}
    (here.root / "evidence" / paths["2026/gone"]).unlink()
    (here.root / "evidence" / paths["2026/other"]).write_text("longer")
    register_view.change_register_row(here, ids["gone"], {"expires": "2026-05-31"})
    register_view.change_register_row(here, ids["other"], {"expires": "2026-06-15"})
    file = rows[ids["twin"]].file
    assert file is not None
    copy = {"title": "copy", "file": {"path": file.path, "sha256": file.sha256, "size": file.size}}
    here.edit_register([FieldEdit(("evidence", "ev-copy"), copy)])
    seen = {one.id: one for one in register_view.list_evidence_statuses(here, {}, TODAY)}
    assert seen[ids["gone"]].faults == ("missing", "expired", "unused")
    assert seen[ids["other"]].faults == ("changed", "expires_soon", "unused")
    assert seen[ids["twin"]].same == ("ev-copy",)
    assert add(here, tmp_path / "gone", "again").known
    assert (here.root / "evidence" / paths["2026/gone"]).read_text("utf-8") == "gone"
    register_view.remove_register_row_and_unshared_file(here, "ev-copy")
    assert (here.root / "evidence" / file.path).exists()
    with pytest.raises(UsageError):
        register_view.remove_register_row_and_unshared_file(here, "ev-copy")


def test_a_file_outside_is_never_reached(here: Workspace) -> None:
    """A row that leads out of evidence/ counts as missing."""
    row = {"title": "x", "file": {"path": "../assess.yaml", "sha256": "0" * 64, "size": 1}}
    here.edit_register([FieldEdit(("evidence", "ev-out"), row)])
    [one] = register_view.list_evidence_statuses(here, {}, TODAY)
    assert (one.kind, one.faults[0]) == (None, "missing")


def test_what_is_opened_is_a_copy_named_by_its_kind(here: Workspace, tmp_path: Path) -> None:
    """A PDF called .desktop is opened as .pdf; other kinds are refused."""
    (tmp_path / "x.desktop").write_bytes(b"%PDF-1.7")
    copy = register_view.make_read_only_copy(here, tmp_path / "x.desktop")
    assert copy.suffix == ".pdf"
    assert copy.stat().st_mode & 0o777 == 0o400
    assert register_view.make_read_only_copy(here, tmp_path / "x.desktop") == copy
    (tmp_path / "x.pdf").write_bytes(b"MZ\0")
    with pytest.raises(UsageError, match="only PDF"):
        register_view.make_read_only_copy(here, tmp_path / "x.pdf")
