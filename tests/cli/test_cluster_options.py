"""`assess rollup take --workers`: which words fit each other, and what is said without Dask."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assess.workspace.office.office import Office
from cli.conftest import Assess

LOOPBACK = "tcp://127.0.0.1:9"


@pytest.fixture
def files(tmp_path: Path, office: Office) -> Path:
    """A folder with a file, beside the folder of an office, which is the current one."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(b"PK\3\4a")
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--workers", "tcp://192.0.2.10:8786"], "another machine, which needs tls://"),
        (["--workers", "tls://192.0.2.10:8786"], "needs the three options"),
        (["--workers", "somewhere"], "is no address of a scheduler"),
        (["--tls-key", "key.pem"], "options of TLS need --workers"),
    ],
)
def test_words_that_do_not_fit(assess: Assess, files: Path, words: list[str], told: str) -> None:
    """Nothing is connected to, and nothing is written."""
    ran = assess("rollup", "take", str(files), *words)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert list(Path("inbox").iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "started_by", "told"),
    [
        ("zh", "", "在多台机器上核对需要 Dask，还没有安装"),
        ("en", "", "checking on several machines needs Dask, which is not installed"),
        ("en", "/opt/a b/run", "'/opt/a b/run' cluster"),
    ],
)
def test_without_dask_it_is_said_what_to_install(
    files: Path, tmp_path: Path, lang: str, started_by: str, told: str
) -> None:
    """By pip, or by the script that started the program; the exit code is that of a lack."""
    missing = tmp_path / "missing"
    missing.mkdir()
    block = "import sys; sys.modules['dask'] = sys.modules['distributed'] = None\n"
    (missing / "sitecustomize.py").write_text(block, "utf-8")
    environ = {
        **os.environ,
        "PYTHONPATH": str(missing),
        "ASSESS_LANG": lang,
        "ASSESS_RUN": started_by,
    }
    words = [sys.executable, "-P", "-m", "assess", "rollup", "take", str(files)]
    words += ["--workers", LOOPBACK]
    ran = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    assert (ran.returncode, told in ran.stderr) == (3, True), ran.stderr
    assert ("pip install 'assess[cluster]'" in ran.stderr) == (not started_by)
    assert list(Path("inbox").iterdir()) == []


@pytest.mark.scale
def test_a_scheduler_that_is_not_there(assess: Assess, files: Path) -> None:
    """The command ends and names it; what was not taken in is not."""
    pytest.importorskip("distributed", reason="no distributed")
    ran = assess("rollup", "take", str(files), "--workers", LOOPBACK)
    assert (ran.code, "tcp://127.0.0.1:9 does not answer" in ran.err) == (3, True), ran.err
    assert "Traceback" not in ran.err
