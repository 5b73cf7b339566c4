"""A scheduler of Dask and two workers as processes on the loopback, with certificates of their own.

Workers find the functions of this file, which tests send to them.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assess.i18n import Lang
from assess.report.proof.hand_in.check import check_hand_in
from assess.report.proof.hand_in.cluster_address import ClusterAddress, TlsFiles
from assess.workspace.hand_in.outcome import HandIn

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="no distributed"
)

SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
    "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "1s",
}
"""As `docs/rollup.en.md` tells an office to set them."""

KILLER = b"PK\3\4killer"

_LONGEST_START = 60
"""Seconds that the processes may take on a machine with other work."""


class LocalCluster(NamedTuple):
    """What runs: the scheduler first, then the nannies of the workers."""

    address: ClusterAddress
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]

    @property
    def words(self) -> list[str]:
        """The options of a command that uses this cluster."""
        return ["--workers", self.address.address, *_list_tls_words(self.address.tls)]


def _list_tls_words(files: TlsFiles | None) -> list[str]:
    if files is None:
        return []
    words = zip(("--tls-ca-file", "--tls-cert", "--tls-key"), map(str, files), strict=True)
    return [word for pair in words for word in pair]


def make_certificates(folder: Path) -> TlsFiles:
    """Write an authority, and a certificate that scheduler, workers and the office share."""
    folder.mkdir(parents=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _make_certificate("authority", authority_key, "authority", authority_key)
    certificate = _make_certificate("cluster", key, "authority", authority_key)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(authority.public_bytes(pem))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return TlsFiles(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")


def _make_certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    now = datetime.now(UTC)
    subject_name, issuer_name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject_name)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(subject == issuer, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def check_or_kill(data: bytes, today: date, lang: Lang) -> HandIn:
    """Check a hand-in; the file `KILLER` kills the process."""
    if data == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    return check_hand_in(data, today, lang)


@contextlib.contextmanager
def run_cluster(
    folder: Path, workers: int = 2, *, encrypted: bool = True
) -> Iterator[LocalCluster]:
    """Run a cluster until the end of the body, with TLS unless it is left out."""
    files = make_certificates(folder / "certificates") if encrypted else None
    place = folder / "scheduler.json"
    host = f"{'tls' if encrypted else 'tcp'}://127.0.0.1"
    usual = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0", *_list_tls_words(files)]
    words = ["scheduler", "--host", host, "--port", "0", "--scheduler-file", str(place), *usual]
    with run_commands(folder, [words]) as (scheduler,):
        address = ClusterAddress(_read_address(place), files)
        words = ["worker", address.address, "--host", "127.0.0.1", "--nthreads", "1", *usual]
        words += ["--memory-limit", "0", "--local-directory", str(folder)]
        with run_commands(folder, [words] * workers) as nannies:
            if workers:
                wait_for_workers(address, workers)
            yield LocalCluster(address, scheduler, tuple(nannies))


@contextlib.contextmanager
def run_commands(
    folder: Path, commands: Sequence[Sequence[str]]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run commands of Dask until the end of the body."""
    environ = {**os.environ, **SETTINGS, "PYTHONPATH": str(Path(__file__).parent)}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for words in commands:
            with (folder / f"{words[0]}.log").open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "dask", *words],
                    env=environ,
                    cwd=folder,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            processes.append(process)
        yield processes
    finally:
        for process in reversed(processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _read_address(place: Path) -> str:
    """Return the address that a scheduler writes when it has started."""
    until = time.monotonic() + _LONGEST_START
    while not place.exists() or not place.read_bytes().endswith(b"}"):
        assert time.monotonic() < until, "the scheduler has not started"
        time.sleep(0.05)
    return str(json.loads(place.read_text("utf-8"))["address"])


def wait_for_workers(address: ClusterAddress, count: int) -> None:
    """Wait until so many workers have joined."""
    from assess.report.proof.hand_in.dask_cluster import connect_to_scheduler  # noqa: PLC0415  # skipped where Dask is missing

    client = connect_to_scheduler(address, "en")
    try:
        client.wait_for_workers(count, timeout=_LONGEST_START)
    finally:
        client.close()
