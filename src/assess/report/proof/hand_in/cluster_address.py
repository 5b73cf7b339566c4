"""The address of a cluster that checks hand-ins, and the files that prove who talks to whom.

Whoever reaches a scheduler of Dask can let it run code. Without TLS an address must therefore be
one that no other machine reaches.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from assess.errors import UsageError
from assess.i18n import Lang, translator

TCP, TLS = "tcp", "tls"
TLS_OPTIONS: Final = ("--tls-ca-file", "--tls-cert", "--tls-key")


class TlsFiles(NamedTuple):
    """The files of TLS, in PEM: whom this side trusts, who it is, and its key."""

    authority: Path
    certificate: Path
    key: Path


class ClusterAddress(NamedTuple):
    """The scheduler of a cluster; `tls` is None on the loopback of this machine alone."""

    address: str
    tls: TlsFiles | None


def parse_cluster_address(
    text: str, files: tuple[Path | None, Path | None, Path | None], lang: Lang
) -> ClusterAddress:
    """Return an address as it is typed, with the files of TLS: authority, certificate, key.

    Raises:
        UsageError: it is no address, `tcp://` of another machine, `tls://` without all three files,
            `tcp://` with one, or a file can't be read.
    """
    _ = translator(lang)
    parts = _split_address(text)
    if parts is None:
        message = _("{text} is no address of a scheduler").format(text=text)
        raise UsageError(message, "--workers tls://192.0.2.10:8786")
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    address = f"{parts.scheme}://{host}:{parts.port}"
    authority, certificate, key = files
    if parts.scheme == TCP:
        if not is_loopback_address(address):
            message = _("{address} is another machine, which needs tls://: without TLS, Dask runs "
                        "the code of whoever reaches the port")  # fmt: skip
            raise UsageError(message.format(address=address), " ".join(TLS_OPTIONS))
        if any(files):
            message = _("{options} are for tls:// addresses")
            raise UsageError(message.format(options=", ".join(TLS_OPTIONS)), "--workers tls://…")
        return ClusterAddress(address, None)
    if authority is None or certificate is None or key is None:
        message = _("tls:// needs the three options {options}")
        raise UsageError(message.format(options=", ".join(TLS_OPTIONS)))
    tls = TlsFiles(authority, certificate, key)
    _refuse_unreadable_files(tls, lang)
    return ClusterAddress(address, tls)


def _split_address(text: str) -> SplitResult | None:
    """Return the parts of `tcp://HOST:PORT` or `tls://HOST:PORT`; None for any other text."""
    try:
        parts = urlsplit(text)
        has_port = parts.port is not None
    except ValueError:
        return None
    is_plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme in (TCP, TLS) and parts.hostname and has_port and is_plain and text.isascii():
        return parts
    return None


def is_loopback_address(address: str) -> bool:
    """Return whether no other machine reaches an address: `localhost`, 127.0.0.0/8, `::1`."""
    parts = _split_address(address)
    if parts is None or parts.hostname is None:
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def refuse_open_ports(addresses: Iterable[str], lang: Lang) -> None:
    """Refuse a cluster of which a part listens to other machines without TLS.

    Raises:
        UsageError: the message names the address.
    """
    for address in addresses:
        if not address.startswith(f"{TLS}://") and not is_loopback_address(address):
            _ = translator(lang)
            message = _(
                "a part of the cluster listens on {address} without TLS, where other machines reach"
                " it, and runs the code of whoever does"
            )
            raise UsageError(message.format(address=address), "--host 127.0.0.1")


def _refuse_unreadable_files(tls: TlsFiles, lang: Lang) -> None:
    for option, path in zip(TLS_OPTIONS, tls, strict=True):
        if not (path.is_file() and os.access(path, os.R_OK)):
            _ = translator(lang)
            message = _("{option}: {path} can't be read")
            raise UsageError(message.format(option=option, path=path))
