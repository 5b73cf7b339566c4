"""A program that runs too long or prints too much is ended, with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError
from assess.store.git.run import process as running
from assess.store.git.run.process import (
    ProcessWatch,
    StoppedError,
    end_process_tree,
    list_descendants,
    run_program_within_limits,
    start_process,
    wait_for_output,
)
from test_parent_process import ends_soon

PATIENT = ProcessWatch(lambda _seconds, _silence: "")
HURRIED = ProcessWatch(lambda _seconds, _silence: "is late")


def run(
    code: str, data: bytes | None = None, watch: ProcessWatch = PATIENT
) -> tuple[int, bytes, bytes]:
    """Run Python code, and return its exit code and what it printed."""
    done = run_program_within_limits([sys.executable, "-c", code], Path(), os.environ, data, watch)
    return done.returncode, done.stdout, done.stderr


def test_input_and_output_go_through_whole() -> None:
    """More than a pipe holds goes in and comes out, on both streams, and the exit code too."""
    data = os.urandom(300_000)
    code = (
        "import sys; d = sys.stdin.buffer.read(); sys.stdout.buffer.write(d);"
        " sys.stderr.buffer.write(d[::-1]); sys.exit(3)"
    )
    assert run(code, data) == (3, data, data[::-1])


def test_no_input_is_an_empty_one() -> None:
    """Without data a program reads nothing, whatever the terminal would give it."""
    code = "import sys; print(len(sys.stdin.read()))"
    assert run(code) == run(code, b"") == (0, b"0\n", b"")


def test_a_program_that_reads_nothing_is_no_error() -> None:
    """What can't be written any more is not wanted any more."""
    assert run("import os; os.close(0)", b"x" * 1_000_000)[0] == 0


def test_what_is_said_for_people_is_heard_as_it_comes() -> None:
    """Parts of stderr are handed on; what is printed as data is not."""
    heard: list[bytes] = []
    code = "import sys; print('data'); print('person', file=sys.stderr)"
    run(code, watch=PATIENT._replace(listener=heard.append))
    assert b"".join(heard) == b"person\n"


def test_a_program_that_closes_its_output_is_waited_for() -> None:
    """Its exit code is its own, not that of a signal."""
    assert run("import os, time; os.close(1); os.close(2); time.sleep(0.1); os._exit(5)")[0] == 5


def test_whoever_keeps_the_pipes_open_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared connection stays behind a git that has ended, and holds the same streams."""
    monkeypatch.setattr(running, "_LOOK", 0.02)
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c',"
        " 'import time; time.sleep(600)']); print(p.pid, flush=True)"
    )
    child = int(run(code)[1])
    os.kill(child, signal.SIGKILL)


def test_a_late_program_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """The grandchild is gone too, also where the child ignores the request to end."""
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        " p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f" open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid)); time.sleep(600)"
    )

    def complaint(_seconds: float, _silence: float) -> str:
        known = tmp_path / "pid"
        return "is late" if known.exists() and known.read_text() else ""

    with pytest.raises(StoppedError, match="is late"):
        run(code, watch=ProcessWatch(complaint))
    assert ends_soon(int((tmp_path / "pid").read_text()))


def test_whoever_interrupts_ends_the_program() -> None:
    """Ctrl+C leaves no process behind."""
    heard: list[bytes] = []

    def interrupt(part: bytes) -> None:
        heard.append(part)
        raise KeyboardInterrupt

    code = (
        "import os, sys, time; sys.stderr.write(str(os.getpid())); sys.stderr.flush();"
        " time.sleep(600)"
    )
    with pytest.raises(KeyboardInterrupt):
        run(code, watch=PATIENT._replace(listener=interrupt))
    assert ends_soon(int(heard[0]))


def test_too_much_output_is_refused() -> None:
    """What a program prints is kept in memory, so it has an end."""
    with pytest.raises(StoppedError, match="printed too much"):
        run("print('x' * 10000)", watch=PATIENT._replace(most=1000))


def test_silence_is_counted_from_the_last_word() -> None:
    """Who says something now and then is not silent."""
    looks: list[tuple[float, float]] = []

    def complaint(seconds: float, silence: float) -> str:
        looks.append((seconds, silence))
        return ""

    run(
        "import time; print(1, flush=True); time.sleep(0.5); print(2)",
        watch=ProcessWatch(complaint),
    )
    assert looks[-1][1] < looks[-1][0]


def test_a_missing_program_and_a_missing_folder_are_told_apart(tmp_path: Path) -> None:
    """Without git it is said how to get it; without the folder that is the error."""
    with pytest.raises(EnvironmentLacksError, match="git is not installed"):
        start_process(["no-such-program"], tmp_path, {}, errors=subprocess.PIPE, data=False)
    with pytest.raises(FileNotFoundError):
        start_process(["git"], tmp_path / "gone", {}, errors=subprocess.PIPE, data=False)


def test_who_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process that answers questions is waited for, until the watch complains."""
    monkeypatch.setattr(running, "_LOOK", 0.02)
    code = "import os, time; time.sleep(0.3); os.write(1, b'1'); time.sleep(60)"
    words = [sys.executable, "-c", code]
    process = start_process(words, tmp_path, os.environ, errors=subprocess.DEVNULL, data=True)
    assert process.stdout is not None
    with process:
        wait_for_output(process, process.stdout, PATIENT)
        answer = os.read(process.stdout.fileno(), 10)
        with pytest.raises(StoppedError, match="is late"):
            wait_for_output(process, process.stdout, HURRIED)
    assert answer == b"1"
    assert process.returncode == -signal.SIGTERM


def test_a_process_that_has_ended_is_not_signalled(tmp_path: Path) -> None:
    """Its number may be another one's by now."""
    process = start_process(["true"], tmp_path, os.environ, errors=subprocess.DEVNULL, data=False)
    with process:
        process.wait()
        end_process_tree(process)
        assert process.returncode == 0


def test_without_proc_only_the_process_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system has no /proc; a process that ends while it is read is left out."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", lambda _path: ["self", "999999999"])
        assert list_descendants(os.getpid()) == []
    monkeypatch.setattr(os, "listdir", lambda path: (_ for _ in ()).throw(FileNotFoundError(path)))
    assert list_descendants(os.getpid()) == []


def test_who_waits_for_the_disk_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Flushing to a slow stick says nothing for a while; a process that is gone waits for none."""
    states = iter("DD")
    monkeypatch.setattr(running, "_read_process_state", lambda _pid: next(states, "S"))
    with pytest.raises(StoppedError, match="is late"):
        run("import time; time.sleep(600)", watch=HURRIED)
    assert next(states, "") == ""
    monkeypatch.undo()
    assert running._read_process_state(os.getpid()) in "RS"
    assert running._read_process_state(999_999_999) == ""
    assert running.stop_reason_of_waiting_for_pipe(999_999_999) == ""
