"""Where a report is written: what stands there may be somebody's work."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from assess.errors import UsageError, WriteError
from assess.store import files
from assess.workspace.proof import report_file
from assess.workspace.proof.report_file import (
    SealForm,
    refuse_replacing_edited_report,
    seal_report_if_possible,
    write_report_unless_edited,
)

MADE = seal_report_if_possible(b"# report\n", "comment")
SIGNED = b"%PDF-1.7\nsomebody signed this"


@pytest.mark.parametrize(
    ("seal", "old"),
    [
        ("structure", SIGNED),
        ("none", SIGNED),
        ("comment", MADE.replace(b"report", b"edited")),
        ("comment", b"x"),
    ],
)
def test_what_somebody_signed_or_changed_stays(tmp_path: Path, seal: SealForm, old: bytes) -> None:
    """No report is written over it, in whatever form; the file is named, with the way out."""
    path = tmp_path / "report"
    path.write_bytes(old)
    with pytest.raises(UsageError, match=r"it stays.*-o FILE") as caught:
        write_report_unless_edited(path, b"new", "en", seal)
    assert str(path) in caught.value.message
    assert path.read_bytes() == old
    with pytest.raises(UsageError):
        refuse_replacing_edited_report(path, "en", seal)


@pytest.mark.parametrize(
    ("seal", "old"), [("comment", MADE), ("none", b"a;b\n"), ("structure", b"")]
)
def test_what_can_be_made_again_is_replaced(tmp_path: Path, seal: SealForm, old: bytes) -> None:
    """A report as it was made, a table, an empty file of `mktemp`."""
    path = tmp_path / "report"
    path.write_bytes(old)
    write_report_unless_edited(path, b"new", "en", seal)
    assert path.read_bytes() == b"new"


def test_a_signature_may_be_added_to_a_signed_report(tmp_path: Path) -> None:
    """What is appended to all that stands in the file loses nothing."""
    path = tmp_path / "folder" / "report.pdf"
    write_report_unless_edited(path, SIGNED, "en")
    write_report_unless_edited(path, SIGNED + b"signed again", "en")
    assert path.read_bytes().endswith(b"signed again")


def test_a_file_that_cannot_be_read_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what it holds."""

    def refuse(*_words: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "report"
    path.write_bytes(SIGNED)
    monkeypatch.setattr(report_file, "read_regular_file", refuse)
    with pytest.raises(WriteError, match="Permission denied"):
        write_report_unless_edited(path, b"new", "en")


@pytest.mark.parametrize("seal", ["structure", "none"])
def test_a_vast_file_is_not_read(tmp_path: Path, seal: SealForm) -> None:
    """Its size tells that it is no report; it stays."""
    path = tmp_path / "report"
    path.touch()
    os.truncate(path, 60 << 30)
    with pytest.raises(UsageError, match="it stays"):
        write_report_unless_edited(path, b"new", "en", seal)
    assert path.stat().st_size == 60 << 30


@pytest.mark.parametrize("kind", ["pipe", "link", "link to nothing", "folder", "device"])
def test_what_is_no_ordinary_file_stays(tmp_path: Path, kind: str) -> None:
    """No file takes the place of a pipe, a link or a device, and none is waited for."""
    path, other = tmp_path / "report", tmp_path / "other"
    if kind == "link":
        other.touch()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            _put_device(path)
        case _:
            path.symlink_to(other)
    before = path.lstat()
    with pytest.raises(UsageError, match=r"no ordinary file.*it stays"):
        write_report_unless_edited(path, b"new", "en", "none")
    assert path.lstat() == before


def _put_device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only disk is called so, with what to do."""

    def read_only(*_words: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", read_only)
    with pytest.raises(WriteError, match="the folder is read-only") as caught:
        write_report_unless_edited(tmp_path / "2026" / "r.pdf", b"new", "en")
    assert "work in a copy" in caught.value.hint


def test_a_new_folder_of_a_report_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is printed afterwards: a power cut must not take the folder away with the report."""
    flushed: list[Path] = []
    monkeypatch.setattr(files, "flush_folder", flushed.append)
    write_report_unless_edited(tmp_path / "reports" / "2028" / "x.pdf", b"new", "en")
    assert {tmp_path, tmp_path / "reports", tmp_path / "reports" / "2028"} <= set(flushed)
