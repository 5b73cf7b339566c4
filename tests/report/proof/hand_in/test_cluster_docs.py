"""The commands by which `docs/rollup.md` starts a cluster: they are run here, on the loopback."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

import local_cluster
from assess.report.proof.hand_in.check_executor import open_check_executor
from assess.report.proof.hand_in.cluster_address import parse_cluster_address

ROOT = Path(__file__).resolve().parents[4]
PAGES = ("rollup.md", "rollup.en.md")
_MARK = f"<!-- checked by: tests/report/proof/hand_in/{Path(__file__).name} -->"
_BLOCK = re.compile(_MARK + "\n```sh\n(.*?)```", re.DOTALL)


def read_blocks(page: str) -> list[str]:
    """Return the blocks of a page that this test runs."""
    return _BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))


def list_commands(block: str, start: str) -> list[list[str]]:
    """Return the words of each command of a block, without its start."""
    lines = block.replace("\\\n", " ").splitlines()
    return [shlex.split(line.removeprefix(start)) for line in lines if line.startswith(start)]


def test_settings_are_those_of_run_and_of_the_tests() -> None:
    """The page, `./run cluster` and the tests set the same."""
    script = (ROOT / "run").read_text("utf-8")
    for page in PAGES:
        exports = list_commands(read_blocks(page)[2], "export ")
        settings = dict(word.split("=", 1) for words in exports for word in words)
        assert settings == local_cluster.SETTINGS
        for line in read_blocks(page)[2].splitlines():
            assert f"  {line}\n" in script


@pytest.mark.scale
@local_cluster.needs_dask
@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_start_a_cluster(page: str, tmp_path: Path) -> None:
    """Certificates by openssl, a scheduler and workers with TLS, and a command that uses them."""
    certificates, start, _settings, take = read_blocks(page)
    subprocess.run(["bash", "-e"], input=certificates.encode(), cwd=tmp_path, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    local = start.replace("192.0.2.10", "127.0.0.1").replace("8786", port)
    commands = list_commands(local.replace("--nworkers 8", "--nworkers 1"), "./run cluster ")
    assert [words[0] for words in commands] == ["scheduler", "worker"]
    (words,) = list_commands(take, "assess rollup take ")
    options = dict(zip(words[1::2], words[2::2], strict=True))
    files = [tmp_path / options[name] for name in ("--tls-ca-file", "--tls-cert", "--tls-key")]
    address = options["--workers"].replace("192.0.2.10", "127.0.0.1").replace("8786", port)
    cluster = parse_cluster_address(address, (files[0], files[1], files[2]), "en")
    with local_cluster.run_commands(tmp_path, commands):
        local_cluster.wait_for_workers(cluster, 1)
        with open_check_executor(1, cluster, "en") as executor:
            assert executor.submit(os.getpid).result() != os.getpid()
