"""A cluster with TLS on the loopback takes in as one process does, and outlives killed workers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import assess
from assess.errors import EnvironmentLacksError, UsageError
from assess.report.proof.hand_in import dask_cluster
from assess.report.proof.hand_in.batch_calls import run_calls
from assess.report.proof.hand_in.check_executor import open_check_executor
from assess.report.proof.hand_in.cluster_address import ClusterAddress
from assess.workspace.office.demo_district.make import FILES_FOLDER, make_demo_district
from assess.workspace.office.same_process import SameProcessExecutor
from assess.workspace.office.taking import TakenFile
from local_cluster import (
    KILLER,
    LocalCluster,
    check_or_kill,
    make_certificates,
    needs_dask,
    run_cluster,
)
from office_folder import list_written_files, make_office, take_in

pytestmark = needs_dask


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A scheduler and two workers."""
    with run_cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


def list_children(process: int) -> list[int]:
    """Return the processes that a process started."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(word) for path in tasks for word in path.read_text("ascii").split()]


def test_a_cluster_writes_the_same_bytes(
    tmp_path: Path, folder: Path, cluster: LocalCluster
) -> None:
    """Receipts, numbers and texts are those of one process, in the order of the files."""
    made = make_office(tmp_path / "office")
    shutil.copytree(made.root, tmp_path / "again")
    alone = take_in(made.root, folder, SameProcessExecutor())
    with open_check_executor(6, cluster.address, "en") as executor:
        assert take_in(tmp_path / "again", folder, executor) == alone
    assert list_written_files(tmp_path / "again") == list_written_files(made.root)


@pytest.mark.scale
def test_the_district_is_the_same_everywhere(tmp_path: Path, cluster: LocalCluster) -> None:
    """In this process, in a pool and on a cluster: all that 24 units handed in."""
    made = make_demo_district(
        tmp_path / "district", "en", lambda _done, _count: None, campaign_ids=("2026",)
    )
    files = tmp_path / "in"
    files.mkdir()
    for path in (tmp_path / "district" / FILES_FOLDER / "2026").rglob("*.zip"):
        shutil.copy(path, files / f"{path.parent.name}-{path.name}")
    count = len(list(files.iterdir()))
    assert count > 20
    written: list[tuple[list[TakenFile], dict[str, bytes]]] = []
    places: tuple[AbstractContextManager[Executor], ...] = (
        nullcontext(SameProcessExecutor()),
        open_check_executor(count),
        open_check_executor(count, cluster.address, "en"),
    )
    for number, opened in enumerate(places):
        root = tmp_path / f"office-{number}"
        shutil.copytree(made.root, root)
        for name in ("inbox", "receipts"):
            shutil.rmtree(root / name)
            (root / name).mkdir()
        with opened as executor:
            taken = take_in(root, files, executor)
        written.append((taken, list_written_files(root)))
    assert written[0] == written[1] == written[2]
    assert {"taken", "held", "refused"} <= {row.outcome for row in written[0][0]}


@pytest.mark.scale
def test_killed_workers_start_again_and_lose_nothing(
    tmp_path: Path, folder: Path, cluster: LocalCluster
) -> None:
    """Their batches run again."""
    made = make_office(tmp_path / "office")
    shutil.copytree(made.root, tmp_path / "again")
    alone = take_in(made.root, folder, SameProcessExecutor())
    with open_check_executor(6, cluster.address, "en") as executor:
        sleeping = [executor.submit(time.sleep, 1) for _ in range(4)]
        killed = [list_children(nanny.pid) for nanny in cluster.workers]
        for process in (process for children in killed for process in children):
            os.kill(process, signal.SIGKILL)
        assert take_in(tmp_path / "again", folder, executor) == alone
        assert [future.result() for future in sleeping] == [None] * 4
    assert list_written_files(tmp_path / "again") == list_written_files(made.root)
    assert not set(killed[0]) & set(list_children(cluster.workers[0].pid))


@pytest.mark.scale
def test_only_the_file_that_kills_is_refused(
    tmp_path: Path, folder: Path, cluster: LocalCluster
) -> None:
    """It is named, with its cause; the files of its batch and all others are as ever."""
    made = make_office(tmp_path / "office")
    (folder / "2a.zip").write_bytes(KILLER)
    with open_check_executor(200, cluster.address, "en") as executor:
        taken = take_in(made.root, folder, executor, check_or_kill)
    outcomes = {row.name: row.outcome for row in taken}
    assert outcomes == {
        "0.zip": "taken",
        "1.zip": "refused",
        "2.zip": "same-file",
        "2a.zip": "refused",
        "3.zip": "refused",
        "4.zip": "refused",
        "5.zip": "no-hand-in",
    }
    codes = {
        row.name: [note.code for note in row.receipt.reasons]
        for row in taken
        if row.receipt is not None and row.outcome == "refused"
    }
    assert codes.pop("2a.zip") == ["workers-ended"]
    assert "workers-ended" not in {code for each in codes.values() for code in each}


def test_a_worker_of_another_version_is_refused(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent; and by the worker itself, if it comes later."""
    actual = assess.__version__
    monkeypatch.setattr(assess, "__version__", "9.9")
    named = rf"has version {actual} of this program, and this machine version 9\.9"
    with (
        pytest.raises(EnvironmentLacksError, match=named),
        open_check_executor(6, cluster.address, "en"),
    ):
        pytest.fail("it was opened")
    monkeypatch.undo()
    with open_check_executor(6, cluster.address, "en") as executor:
        later = executor.submit(run_calls, "9.9", ())
        with pytest.raises(EnvironmentLacksError, match=rf"came later has version {actual}"):
            later.result()


def test_certificates_of_another_authority_are_refused(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    """Neither side talks to the other."""
    address = ClusterAddress(cluster.address.address, make_certificates(tmp_path / "other"))
    with (
        pytest.raises(EnvironmentLacksError, match=r"does not answer.*certificate"),
        open_check_executor(6, address, "en"),
    ):
        pytest.fail("it was opened")


def test_what_a_worker_cannot_run_is_said(cluster: LocalCluster) -> None:
    """An error of Dask, or a function that is not there, ends the command with a message."""
    with open_check_executor(6, cluster.address, "en") as executor:
        broken = executor.submit(int, "x")
        with pytest.raises(EnvironmentLacksError, match="a worker of the cluster failed: ValueE"):
            broken.result()


@pytest.mark.scale
@pytest.mark.parametrize("ended", ["scheduler", "workers"])
def test_nothing_waits_for_what_has_ended(
    ended: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the scheduler, or without workers for a minute, files are checked in this process."""
    monkeypatch.setattr(dask_cluster, "_PAUSE", 0.5)
    monkeypatch.setattr(dask_cluster, "_LONGEST_WITHOUT_WORKERS", 1)
    made = make_office(tmp_path / "office")
    shutil.copytree(made.root, tmp_path / "again")
    alone = take_in(made.root, folder, SameProcessExecutor())
    place = tmp_path / "cluster"
    place.mkdir()
    with (
        run_cluster(place) as ending,
        open_check_executor(6, ending.address, "en") as executor,
    ):
        sleeping = executor.submit(time.sleep, 60)
        for process in [ending.scheduler] if ended == "scheduler" else ending.workers:
            os.killpg(process.pid, signal.SIGKILL)
        with pytest.raises(BrokenExecutor):
            sleeping.result()
        assert take_in(tmp_path / "again", folder, executor) == alone
    assert list_written_files(tmp_path / "again") == list_written_files(made.root)


@pytest.mark.scale
def test_a_cluster_without_workers_is_refused(tmp_path: Path) -> None:
    """Nobody waits for workers that nobody started."""
    with (
        run_cluster(tmp_path, workers=0) as empty,
        pytest.raises(EnvironmentLacksError, match="has no workers"),
        open_check_executor(6, empty.address, "en"),
    ):
        pytest.fail("it was opened")


@pytest.mark.scale
def test_ctrl_c_ends_the_command_and_the_same_command_goes_on(
    tmp_path: Path, folder: Path, cluster: LocalCluster
) -> None:
    """Nothing hangs, no traceback is printed, and no file has two receipts."""
    made = make_office(tmp_path / "office")
    for number in range(40):
        (folder / f"z{number:02}.zip").write_bytes(b"PK\3\4" + bytes([number]))
    words = [sys.executable, "-P", "-m", "assess", "rollup", "take", str(folder), *cluster.words]
    with subprocess.Popen(
        words, cwd=made.root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        start_new_session=True, text=True,
    ) as process:  # fmt: skip
        while len(list((made.root / "inbox").iterdir())) < 20 and process.poll() is None:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert (process.returncode, "the same command goes on" in told) == (130, True), told
    assert "Traceback" not in told
    done = subprocess.run(words, cwd=made.root, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "distributed" not in done.stderr
    rows = yaml.safe_load((made.root / "receipts" / "2026.yaml").read_text("utf-8"))["receipts"]
    assert len(rows) == len({row["file"]["digest"] for row in rows.values()}) == 44


class _Listener(NamedTuple):
    listen_address: str


class _Worker(NamedTuple):
    listeners: list[_Listener]


class _OpenWorkers:
    """A client of workers that were started without `--host`."""

    def run(self, work: Callable[[_Worker], list[str]]) -> dict[str, list[str]]:
        """Return what a worker of Dask answers."""
        return {"tcp://127.0.0.1:40001": work(_Worker([_Listener("tcp://0.0.0.0:40001")]))}


def test_a_worker_that_listens_openly_is_refused() -> None:
    """It tells its address of the loopback all the same."""
    with pytest.raises(UsageError, match=r"listens on tcp://0\.0\.0\.0:40001 without TLS"):
        dask_cluster._refuse_workers_that_listen_openly(_OpenWorkers(), "en")


@pytest.mark.scale
def test_without_tls_the_loopback_is_enough(tmp_path: Path) -> None:
    """Nothing listens elsewhere."""
    with run_cluster(tmp_path, workers=1, encrypted=False) as plain:
        assert plain.address.tls is None
        with open_check_executor(1, plain.address, "en") as executor:
            assert executor.submit(len, b"123").result() == 3


class _OpenScheduler:
    """A client of a scheduler that listens to all machines: it names one of its addresses."""

    def scheduler_info(self) -> dict[str, object]:
        """Return what Dask tells."""
        return {"address": "tcp://192.0.2.10:8786", "workers": {}}


def test_a_scheduler_that_listens_openly_is_refused() -> None:
    """Its port runs the code of whoever reaches it, though this command came by the loopback."""
    address = ClusterAddress("tcp://127.0.0.1:8786", None)
    with pytest.raises(UsageError, match="without TLS, where other machines reach it"):
        dask_cluster._count_threads(_OpenScheduler(), address, "en")
