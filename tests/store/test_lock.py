from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assess.errors import LockedError, WriteError
from assess.store.lock import workspace_lock, workspace_lock_over_several_saves

HOLDER = """
import sys, time
from pathlib import Path
from assess.store.lock import workspace_lock
with workspace_lock(Path(sys.argv[1]), "王敏"):
    print("held", flush=True)
    time.sleep(600)
"""


def _hold(root: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def test_a_living_holder_is_named_and_a_dead_one_is_followed(tmp_path: Path) -> None:
    """Who waits learns person, process and host; after kill -9 the lock is free at once."""
    process = _hold(tmp_path)
    try:
        with (
            pytest.raises(LockedError, match=rf"王敏, process {process.pid} on .+, since \d"),
            workspace_lock(tmp_path, "", "en", wait=0.05),
        ):
            pass
    finally:
        _end(process)
    with workspace_lock(tmp_path, "li-jian", wait=0):
        assert '"person": "li-jian"' in (tmp_path / ".assess/lock").read_text("utf-8")


def test_a_holder_without_name_is_somebody(tmp_path: Path) -> None:
    """A lock inside a lock is another holder, in the same process too."""
    with (
        workspace_lock(tmp_path),
        pytest.raises(LockedError, match=f"somebody, process {os.getpid()}"),
        workspace_lock(tmp_path, "", "en", wait=0),
    ):
        pass


@pytest.mark.parametrize("signed", ["", "{", "[]", "{}", "[" * 4000])
def test_a_lock_that_is_not_signed_yet_still_holds(tmp_path: Path, signed: str) -> None:
    """Between taking and signing a lock its file may hold anything."""
    with workspace_lock(tmp_path):
        (tmp_path / ".assess/lock").write_text(signed)
        with (
            pytest.raises(LockedError, match="is writing here"),
            workspace_lock(tmp_path, "", "en", 0),
        ):
            pass


def test_a_full_disk_does_not_stop_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the holder is for people; the lock holds without it."""

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "pwrite", full)
    with workspace_lock(tmp_path), pytest.raises(LockedError), workspace_lock(tmp_path, wait=0):
        pass


def test_a_folder_that_cannot_be_locked_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No right to write, or a file system without locks: a WriteError, not a traceback."""
    with pytest.raises(WriteError), workspace_lock(tmp_path / "gone", "", "en"):
        pass

    def none(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(WriteError, match="No locks available"), workspace_lock(tmp_path, "", "en"):
        pass


def test_who_waits_goes_before_who_comes_again(tmp_path: Path) -> None:
    """A process that saves without pause can't keep the lock from one that waits for it."""
    turns = []

    def wait() -> None:
        with workspace_lock(tmp_path, wait=60):
            turns.append("waiting")

    waiting = threading.Thread(target=wait)
    with workspace_lock(tmp_path):
        waiting.start()
        while not _is_locked(tmp_path / ".assess/queue"):
            pass
    with workspace_lock(tmp_path, wait=60):
        turns.append("again")
    waiting.join()
    assert turns == ["waiting", "again"]


def _is_locked(path: Path) -> bool:
    with path.open() as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_a_queue_is_no_longer_waited_for_than_the_lock(tmp_path: Path) -> None:
    """Where another waits already, the holder of the lock is named all the same."""
    with workspace_lock(tmp_path, "王敏"), (tmp_path / ".assess/queue").open() as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        with pytest.raises(LockedError, match="王敏"), workspace_lock(tmp_path, "", "en", 0.01):
            pass


def test_a_lock_over_several_saves(tmp_path: Path) -> None:
    """Saves inside go through in this thread; other threads wait, and so does everybody after."""
    refusals: list[LockedError] = []

    def save() -> None:
        try:
            with workspace_lock(tmp_path, "", "en", 0):
                pass
        except LockedError as error:
            refusals.append(error)

    with workspace_lock_over_several_saves(tmp_path, "wang", "en"):
        save()
        other = threading.Thread(target=save)
        other.start()
        other.join()
    save()
    assert len(refusals) == 1


@pytest.mark.parametrize("kind", ["hard link", "pipe"])
def test_a_lock_that_is_more_than_a_file_of_its_own_is_locked_only(
    kind: str, tmp_path: Path
) -> None:
    """The holder is not written to a file whose other name may be anywhere; the lock holds."""
    proof, lock = tmp_path / "proof", tmp_path / ".assess" / "lock"
    proof.write_text("proof", "utf-8")
    lock.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.hardlink_to(proof)

    with (
        workspace_lock(tmp_path, "li-jian", wait=0),
        pytest.raises(LockedError, match=r"another process is writing here \("),
        workspace_lock(tmp_path, "", "en", wait=0.05),
    ):
        pass
    assert proof.read_text("utf-8") == "proof"


@pytest.mark.parametrize("kind", ["file", "dead-link", "lock-folder", "lock-link"])
def test_what_is_in_the_place_of_the_lock_is_moved_away(tmp_path: Path, kind: str) -> None:
    """The command that is named makes room, and the next save works."""
    folder = tmp_path / ".assess"
    if kind == "file":
        folder.write_text("x", "utf-8")
    elif kind == "dead-link":
        folder.symlink_to(tmp_path / "nowhere")
    else:
        folder.mkdir()
        if kind == "lock-folder":
            (folder / "lock").mkdir()
        else:
            (folder / "lock").symlink_to(tmp_path / "other")
    with pytest.raises(WriteError) as caught, workspace_lock(tmp_path, lang="en"):
        pass
    assert caught.value.hint.startswith("mv -- ")
    subprocess.run(["/bin/sh", "-c", caught.value.hint], check=True)
    with workspace_lock(tmp_path, lang="en"):
        pass
