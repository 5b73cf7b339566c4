"""`assess merge` for users, and `assess merge-driver` for git."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.common.context import LANG, _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.terminal import write_bytes_to_stdout

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    "merge",
    help=_(
        "Merge the files A (ours) and B (theirs) by meaning, as git does where it is set up; for "
        "servers and other places without a merge driver. Exit code 1: something is to be decided."
    ),
)
@click.argument("ours", metavar="A", type=FILE)
@click.argument("theirs", metavar="B", type=FILE)
@click.option(
    "--base",
    required=True,
    type=FILE,
    help=_("the version that both come from; /dev/null where there is none"),
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("write there instead of to standard output; may be A"),
)
def merge_command(ours: Path, theirs: Path, base: Path, output: Path | None) -> int:
    """Write the merged file, and print what is left to decide in it."""
    from assess.merging.explain import describe_unsettled_merge  # noqa: PLC0415  # not for --help
    from assess.merging.texts import Versions, merge_bytes_by_meaning_or_lines, write_merged_file  # noqa: PLC0415  # deferred: only this needs it

    versions = Versions(base.read_bytes(), ours.read_bytes(), theirs.read_bytes())
    name = str(output or ours)
    outcome = merge_bytes_by_meaning_or_lines(versions, name, LANG)
    if output is None:
        write_bytes_to_stdout(outcome.data)
    else:
        write_merged_file(output, outcome, LANG)
    for line in describe_unsettled_merge(outcome, name, LANG):
        click.echo(line, err=True)
    return ExitCode.NO if outcome.unsettled else ExitCode.OK


@click.command(
    "merge-driver",
    help=_("For git, which calls it while it merges: merge OURS and THEIRS into OURS."),
)
@click.argument("base", type=FILE)
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@click.argument("path", required=False)
def merge_driver_command(base: Path, ours: Path, theirs: Path, path: str | None) -> int:
    """Merge for git; `python -m assess merge-driver …` does the same without this module."""
    from assess.merging.driver import run_merge_driver  # noqa: PLC0415  # not for --help

    return run_merge_driver([str(base), str(ours), str(theirs), *([path] if path else [])])
