"""A pool of processes takes in as one process does, is stopped by Ctrl+C, and outlives a kill."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from multiprocessing import active_children
from pathlib import Path

import pytest
import yaml

from assess.report.proof.hand_in.check_executor import open_check_executor
from assess.workspace.office.same_process import SameProcessExecutor
from office_folder import list_written_files, make_office, take_in


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two cores, however many there are."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})


@pytest.mark.usefixtures("two_cores")
def test_a_pool_writes_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    """Receipts, numbers and texts are those of one process, in the order of the files."""
    made = make_office(tmp_path / "office")
    shutil.copytree(made.root, tmp_path / "again")
    alone = take_in(made.root, folder, SameProcessExecutor())
    with open_check_executor(6) as pool:
        assert not isinstance(pool, SameProcessExecutor)
        assert take_in(tmp_path / "again", folder, pool) == alone
    assert list_written_files(tmp_path / "again") == list_written_files(made.root)
    outcomes = ["taken", "refused", "same-file", "refused", "refused", "no-hand-in"]
    assert [row.outcome for row in alone] == outcomes
    assert active_children() == []


@pytest.mark.usefixtures("two_cores")
def test_files_of_a_killed_process_are_checked_all_the_same(tmp_path: Path, folder: Path) -> None:
    """The pool breaks; the results are the same."""
    made = make_office(tmp_path / "office")
    shutil.copytree(made.root, tmp_path / "again")
    alone = take_in(made.root, folder, SameProcessExecutor())
    with open_check_executor(6) as pool:
        pool.submit(os.getpid).result()
        for process in active_children():
            process.kill()
        assert take_in(tmp_path / "again", folder, pool) == alone
    assert list_written_files(tmp_path / "again") == list_written_files(made.root)


@pytest.mark.usefixtures("two_cores")
def test_killed_processes_leave_nothing_to_wait_for() -> None:
    """A large file is being sent when its reader is killed, and no process starts in that time."""
    begun = time.monotonic()
    for _ in range(6):
        with open_check_executor(6) as pool, contextlib.suppress(BrokenExecutor):
            pool.submit(os.getpid).result()
            for process in active_children():
                process.kill()
            for _ in range(3):
                pool.submit(len, bytes(1_000_000))
    assert time.monotonic() < begun + 60
    assert active_children() == []


@pytest.mark.usefixtures("two_cores")
def test_few_files_or_one_core_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting one takes longer than a file."""
    with open_check_executor(3) as few:
        assert isinstance(few, SameProcessExecutor)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    with open_check_executor(100) as single:
        assert isinstance(single, SameProcessExecutor)


@pytest.mark.usefixtures("two_cores")
def test_an_error_ends_what_still_runs() -> None:
    """Nothing is waited for."""
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupt_pool()
    assert time.monotonic() < begun + 30
    assert active_children() == []


def interrupt_pool() -> None:
    """Be interrupted while a process of the pool works."""
    with open_check_executor(6) as pool:
        pool.submit(os.getpid).result()
        pool.submit(time.sleep, 60)
        raise KeyboardInterrupt


@pytest.mark.usefixtures("two_cores")
def test_a_process_that_misses_the_signal_is_ended_too(tmp_path: Path) -> None:
    """Python loses what a signal raises in some places, as in a callback."""
    begun: list[float] = []
    with pytest.raises(KeyboardInterrupt):
        interrupt_call_that_misses_signal(tmp_path / "begun", begun)
    assert time.monotonic() < begun[0] + 30
    assert active_children() == []


def interrupt_call_that_misses_signal(mark: Path, begun: list[float]) -> None:
    """Be interrupted once the call has begun; note when."""
    with open_check_executor(6) as pool:
        pool.submit(miss_signal_and_sleep, mark)
        while not mark.exists():
            time.sleep(0.02)
        begun.append(time.monotonic())
        raise KeyboardInterrupt


def miss_signal_and_sleep(mark: Path) -> None:
    """Sleep for a minute after what a signal raised was lost."""
    mark.touch()
    with contextlib.suppress(SystemExit):
        time.sleep(60)
    time.sleep(60)


def test_a_process_of_the_pool_ends_with_its_parent() -> None:
    """It would wait for ever for the next file."""
    code = (
        "import os, sys, time; from assess.report.proof.hand_in import check_executor as made;"
        "made._prepare_worker(int(sys.argv[1])); time.sleep(60)"
    )
    parent = (
        "import os, subprocess, sys;"
        f"subprocess.Popen([sys.executable, '-c', {code!r}, str(os.getpid())])"
    )
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", parent], check=True, stderr=subprocess.PIPE)
    assert time.monotonic() < begun + 30


def test_a_process_that_ends_while_it_starts_says_nothing() -> None:
    """The pool prints the traceback of what its start raises."""
    code = (
        "import os; from assess.report.proof.hand_in import check_executor as made;"
        "made.end_self_when_parent_ends = lambda _parent, how: os.kill(os.getpid(), how);"
        "made._prepare_worker(1)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, "")


def test_ctrl_c_stops_the_pool_and_the_same_command_goes_on(tmp_path: Path, folder: Path) -> None:
    """What was taken in is written; no file is lost, and none has two receipts."""
    made = make_office(tmp_path / "office")
    for number in range(40):
        (folder / f"z{number:02}.zip").write_bytes(b"PK\3\4" + bytes([number]))
    words = [sys.executable, "-P", "-m", "assess", "rollup", "take", str(folder)]
    with subprocess.Popen(
        words, cwd=made.root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        start_new_session=True, text=True,
    ) as process:  # fmt: skip
        while len(list((made.root / "inbox").iterdir())) < 4 and process.poll() is None:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert (process.returncode, "the same command goes on" in told) == (130, True), told
    assert "Traceback" not in told
    done = subprocess.run(words, cwd=made.root, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    rows = yaml.safe_load((made.root / "receipts" / "2026.yaml").read_text("utf-8"))["receipts"]
    assert len(rows) == len({row["file"]["digest"] for row in rows.values()}) == 44
