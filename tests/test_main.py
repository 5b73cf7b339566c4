"""The program's own beginning and end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SLEEPER = """
import sys, tempfile, time
from assess.__main__ import end_tidily
end_tidily()
with tempfile.TemporaryDirectory() as name:
    print(name, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_leaves_no_temporary_files(number: signal.Signals) -> None:
    """A closed terminal and `timeout` end as Ctrl+C does: what was laid out is removed."""
    words = [sys.executable, "-P", "-c", SLEEPER]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert folder.is_dir()
        process.send_signal(number)
        assert process.wait() == 128 + number
    assert not folder.exists()


def test_what_is_to_be_ignored_stays_so() -> None:
    """`nohup assess report` goes on when the terminal is closed."""
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from assess.__main__ import end_tidily; end_tidily()\n"
        "assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
