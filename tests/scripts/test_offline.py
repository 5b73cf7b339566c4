"""Bringing the program to a machine without network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.offline
def test_a_machine_without_network_runs_what_was_packed() -> None:
    """Packed in one clean Debian 13, unpacked and run in another, and removed without a trace."""
    for program in ("debootstrap", "unshare"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}")
    if os.geteuid() != 0:
        pytest.skip("no root")
    done = subprocess.run(
        [str(ROOT / "scripts" / "check_offline.sh")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
