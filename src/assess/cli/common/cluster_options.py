"""The options of a command that checks files on several machines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assess.cli.common.context import LANG, _
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.report.proof.hand_in.cluster_address import ClusterAddress

_Function = TypeVar("_Function", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)


def add_cluster_options(command: _Function) -> _Function:
    """Add `--workers` and the files of TLS; `parse_cluster_options` reads their values."""
    options = (
        click.option(
            "--workers",
            metavar="ADDRESS",
            help=_("check on the machines of this Dask scheduler, as tls://192.0.2.10:8786"),
        ),
        click.option(
            "--tls-ca-file",
            metavar="FILE",
            type=_FILE,
            help=_("for tls://: the certificate of the cluster's own authority (PEM)"),
        ),
        click.option(
            "--tls-cert",
            metavar="FILE",
            type=_FILE,
            help=_("for tls://: the certificate of this machine (PEM)"),
        ),
        click.option(
            "--tls-key", metavar="FILE", type=_FILE, help=_("for tls://: the key of --tls-cert")
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def parse_cluster_options(
    workers: str | None, authority: Path | None, certificate: Path | None, key: Path | None
) -> ClusterAddress | None:
    """Return the scheduler; None where files are checked on this machine.

    Raises:
        UsageError: the options don't fit each other; see `parse_cluster_address`.
    """
    files = (authority, certificate, key)
    if workers is None:
        if any(files):
            raise UsageError(_("options of TLS need --workers"), "--workers tls://192.0.2.10:8786")
        return None
    from assess.report.proof.hand_in.cluster_address import parse_cluster_address  # noqa: PLC0415  # not for --help

    return parse_cluster_address(workers, files, LANG)
