from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.errors import FilesError, UnconfirmedError, WriteError
from assess.i18n import Lang
from assess.problem import Problem
from assess.store import files
from assess.store.files import (
    compute_file_sha256,
    create_file_unless_exists,
    decode_utf8,
    make_and_flush_missing_folders,
    read_utf8_file,
    write_atomic,
)


def _refusal(path: Path, limit: int = files.MAX_FILE) -> Problem:
    with pytest.raises(FilesError) as caught:
        read_utf8_file(path, "en", "x.yaml", limit)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("x.yaml", 1, 1)
    return problem


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    """Nothing is translated while reading, least of all line ends."""
    path = tmp_path / "x.yaml"
    path.write_bytes("甲: 乙\r\n\n".encode())
    assert read_utf8_file(path, "en") == "甲: 乙\r\n\n"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe that nobody writes: each said, none waited for."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    assert _refusal(tmp_path / "none").code == "file-missing"
    assert _refusal(tmp_path / "file" / "none").code == "file-missing"
    assert _refusal(tmp_path).code == "not-a-file"
    assert _refusal(tmp_path / "pipe").code == "not-a-file"


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No permission, and errors of the disk, are problems of that file."""
    for number, words in ((errno.EACCES, "may not read"), (errno.EIO, "error")):
        error = OSError(number, os.strerror(number))
        monkeypatch.setattr(os, "open", lambda *_a, error=error: _raise(error))
        problem = _refusal(tmp_path / "x")
        assert problem.code == "unreadable"
        assert words in problem.message


def _raise(error: OSError) -> int:
    raise error


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """One byte too many is refused; the limit itself is not. A sparse gigabyte costs nothing."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"x" * 100)
    assert read_utf8_file(path, "en", limit=100) == "x" * 100
    assert _refusal(path, limit=99).code == "too-large"
    os.truncate(path, 1 << 30)
    problem = _refusal(path)
    assert problem.message == "the file is larger than 16 MiB"


def test_bytes_that_are_not_utf_8_are_told_apart() -> None:
    """GBK is named where the bytes read as Hanzi; anything else is only not UTF-8."""
    for data, code in (
        ("填报人：王敏".encode("gbk"), "gbk"),
        (b"caf\xe9 ", "not-utf-8"),
        ("Ünïcödé".encode("latin-1"), "not-utf-8"),
    ):
        with pytest.raises(FilesError) as caught:
            decode_utf8(data, "en", "x.yaml")
        assert caught.value.problems[0].code == code


def test_writing_makes_or_replaces_a_file(tmp_path: Path) -> None:
    """New files follow the umask, old ones keep their mode; nothing is left beside them."""
    path = tmp_path / "x.yaml"
    write_atomic(path, b"old", "en")
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()
    path.chmod(0o640)
    write_atomic(path, "新".encode(), "en")
    assert path.read_text("utf-8") == "新"
    assert path.stat().st_mode & 0o777 == 0o640
    assert _names(tmp_path) == ["x.yaml"]


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may take fewer bytes than it was given."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:3])))
    write_atomic(tmp_path / "x", b"0123456789", "en")
    assert (tmp_path / "x").read_bytes() == b"0123456789"


@pytest.mark.parametrize(
    ("call", "number", "words"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("write", errno.EDQUOT, "quota"),
        ("fsync", errno.EIO, "error"),
        ("open", errno.EACCES, "may not write"),
        ("open", errno.EPERM, "may not write"),
        ("open", errno.EROFS, "read-only"),
        ("replace", errno.ENOSPC, "the disk is full"),
    ],
)
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    """Whatever step fails: the old bytes stand, no temporary file stays, the message helps."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        error = OSError(number, os.strerror(number))
        patched.setattr(os, call, lambda *_a, **_k: _raise(error))
        with pytest.raises(WriteError) as caught:
            write_atomic(path, b"new", "en")
    assert words in caught.value.message
    assert "old file is unchanged" in caught.value.hint
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["x.yaml"]


def _fail_on_folders(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the flush of every folder end with an error; files are flushed as ever."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("write", [write_atomic, create_file_unless_exists])
def test_a_folder_that_cannot_be_flushed_takes_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes, Lang], object]
) -> None:
    """FUSE, SMB and shared folders refuse to flush a folder: the file is written all the same."""
    _fail_on_folders(monkeypatch, errno.EINVAL)
    write(tmp_path / "x", b"new", "en")
    make_and_flush_missing_folders(tmp_path / "a" / "b", "en")
    assert (tmp_path / "x").read_bytes() == b"new"


@pytest.mark.parametrize("write", [write_atomic, create_file_unless_exists])
def test_a_disk_that_does_not_confirm_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes, Lang], object]
) -> None:
    """The new file stands there; nobody says that the old one is unchanged."""
    _fail_on_folders(monkeypatch, errno.EIO)
    with pytest.raises(UnconfirmedError) as caught:
        write(tmp_path / "x", b"new", "en")
    assert caught.value.message == (
        f"{tmp_path / 'x'} is written, but the disk did not confirm it: Input/output error"
    )
    assert "unchanged" not in caught.value.hint
    assert (tmp_path / "x").read_bytes() == b"new"
    with pytest.raises(UnconfirmedError):
        make_and_flush_missing_folders(tmp_path / "a" / "b", "en")


def test_new_folders_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of each folder that was made is flushed; of those that were there, none is."""
    flushed: list[Path] = []
    monkeypatch.setattr(files, "flush_folder", flushed.append)
    make_and_flush_missing_folders(tmp_path / "a" / "b", "en")
    assert flushed == [tmp_path / "a", tmp_path]
    make_and_flush_missing_folders(tmp_path / "a" / "b", "en")
    assert len(flushed) == 2
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="can't be written"):
        make_and_flush_missing_folders(tmp_path / "file" / "b", "en")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """The folder went away, or the workspace was moved."""
    with pytest.raises(WriteError, match="its folder is missing"):
        write_atomic(tmp_path / "gone" / "x", b"", "en")


def test_a_really_read_only_folder_is_said() -> None:
    """A user without the right to write gets a WriteError; the old file stands."""
    code = """
import os, sys
from pathlib import Path
from assess.errors import WriteError
from assess.store.files import write_atomic
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    write_atomic(Path(sys.argv[1]), b"new", "en")
except WriteError as error:
    print(error.message)
"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.yaml")
        path.write_bytes(b"old")
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
        )
        Path(folder).chmod(0o755)
        assert done.stdout.strip().endswith("this user may not write in the folder")
        assert path.read_bytes() == b"old"


WRITER = """
import sys
from pathlib import Path
from assess.store.files import write_atomic
path = Path(sys.argv[1])
print("ready", flush=True)
for turn in range(1_000_000):
    write_atomic(path, bytes([97 + turn % 26]) * 300_000, "en")
"""


def test_a_writer_killed_at_any_moment_leaves_whole_bytes(tmp_path: Path) -> None:
    """Kill -9 again and again: the file always holds one complete version, and no litter stays."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"z" * 300_000)
    for turn in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.003 + turn * 0.0017)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        data = path.read_bytes()
        assert len(data) == 300_000
        assert len(set(data)) == 1
    write_atomic(path, b"after", "en")
    assert _names(tmp_path) == ["x.yaml"]


def test_only_litter_of_the_dead_is_swept(tmp_path: Path) -> None:
    """Temporary files of living writers, and files of other names, are left alone."""
    dead = subprocess.Popen(["true"])
    dead.wait()
    names = {
        f".x.{dead.pid}-aaaaaaaa.tmp": False,
        f".x.{os.getpid()}-aaaaaaaa.tmp": True,
        ".x.abc.tmp": True,
        f".y.{dead.pid}-aaaaaaaa.tmp": True,
        f".x.{dead.pid}-aaaaaaaa.txt": True,
    }
    for name in names:
        (tmp_path / name).touch()
    write_atomic(tmp_path / "x", b"", "en")
    kept = set(_names(tmp_path))
    assert {name: name in kept for name in names} == names


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    """The digest is the one that every other program computes."""
    (tmp_path / "x").write_bytes(b"abc" * 100_000)
    assert compute_file_sha256(tmp_path / "x") == hashlib.sha256(b"abc" * 100_000).hexdigest()


def test_a_link_in_place_of_a_file(tmp_path: Path) -> None:
    """Files of a workspace are no links: what they lead to is not committed with them."""
    (tmp_path / "a.yaml").write_text("a\n", "utf-8")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert files.read_utf8_file(tmp_path / "b.yaml", "en") == "a\n"
    with pytest.raises(FilesError) as caught:
        files.read_utf8_file(tmp_path / "b.yaml", "en", follow_links=False)
    assert caught.value.problems[0].code == "link"


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_takes_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """A name that is taken stays with its file, also where there are no hard links (sticks)."""

    def refuse(_old: Path, _new: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "x"

    assert create_file_unless_exists(path, b"one", "en")
    assert not create_file_unless_exists(path, b"two", "en")
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_new_file_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing folder and a full disk are said as they are for any file."""

    def full(_old: Path, _new: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(WriteError, match="folder is missing"):
        create_file_unless_exists(tmp_path / "gone" / "x", b"", "en")
    monkeypatch.setattr(os, "link", full)
    with pytest.raises(WriteError, match="disk is full"):
        create_file_unless_exists(tmp_path / "x", b"", "en")
    assert not list(tmp_path.iterdir())
