"""Which addresses of a cluster are taken: without TLS only those that no other machine reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.report.proof.hand_in.cluster_address import (
    ClusterAddress,
    TlsFiles,
    is_loopback_address,
    parse_cluster_address,
    refuse_open_ports,
)

NO_FILES = (None, None, None)


@pytest.fixture
def files(tmp_path: Path) -> TlsFiles:
    """Three files; what is in them is Dask's to read."""
    made = TlsFiles(*(tmp_path / name for name in ("ca.pem", "cert.pem", "key.pem")))
    for path in made:
        path.touch()
    return made


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "[::1]", "localhost"])
def test_loopback_needs_no_tls(host: str) -> None:
    """No other machine reaches these."""
    address = f"tcp://{host}:8786"
    assert parse_cluster_address(address, NO_FILES, "en") == ClusterAddress(address, None)


@pytest.mark.parametrize(
    "host",
    ["192.0.2.10", "0.0.0.1", "[::]", "128.0.0.1", "localhost.example", "127.1", "127.0.0.1.nip"],
)
def test_another_machine_needs_tls(host: str, files: TlsFiles) -> None:
    """Without it, whoever reaches the port has Dask run code."""
    with pytest.raises(UsageError, match="without TLS, Dask runs the code of whoever"):
        parse_cluster_address(f"tcp://{host}:8786", NO_FILES, "en")
    taken = parse_cluster_address(f"tls://{host}:8786", files, "en")
    assert taken == ClusterAddress(f"tls://{host}:8786", files)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "127.0.0.1:8786",
        "tcp://127.0.0.1",
        "tcp://:8786",
        "tcp://127.0.0.1:99999",
        "inproc://127.0.0.1:1",
        "ucx://127.0.0.1:1",
        "tcp://127.0.0.1:8786/x",
        "tcp://127.0.0.1@192.0.2.10:8786",
        "tls://[192.0.2.10:8786",
        "tcp://１２７.0.0.1:8786",
        "tcp://127.0.0.1:8786?x",
    ],
)
def test_other_texts_are_no_address(text: str) -> None:
    """A protocol, a host and a port, and nothing that Dask might read in another way."""
    with pytest.raises(UsageError, match="is no address of a scheduler"):
        parse_cluster_address(text, NO_FILES, "en")


def test_tls_needs_its_three_files(files: TlsFiles) -> None:
    """Each of them; and they are for nothing else."""
    address = "tls://192.0.2.10:8786"
    for left_out in range(3):
        words = [None if number == left_out else path for number, path in enumerate(files)]
        with pytest.raises(UsageError, match="needs the three options"):
            parse_cluster_address(address, (words[0], words[1], words[2]), "en")
    with pytest.raises(UsageError, match="are for tls://"):
        parse_cluster_address("tcp://127.0.0.1:8786", files, "en")
    files.key.unlink()
    with pytest.raises(UsageError, match=r"--tls-key: .*key\.pem can't be read"):
        parse_cluster_address(address, files, "en")


def test_a_part_that_listens_openly_is_refused() -> None:
    """A scheduler without `--host 127.0.0.1` listens to all machines, and names one address."""
    refuse_open_ports(["tcp://127.0.0.1:1", "tls://192.0.2.10:1"], "en")
    for address in ("tcp://192.0.2.10:8786", "ucx://192.0.2.10:1", "nonsense"):
        with pytest.raises(UsageError, match="without TLS, where other machines reach it"):
            refuse_open_ports(["tcp://127.0.0.1:1", address], "en")
    assert not is_loopback_address("nonsense")
