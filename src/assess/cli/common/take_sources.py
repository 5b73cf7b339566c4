"""What `rollup take` takes in: files, folders of files, and workspaces on a share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess.cli.common.context import LANG

if TYPE_CHECKING:
    from assess.workspace.office.taking import ReadSource


class TakeSources(NamedTuple):
    """The files and folders named on the command line, for a campaign."""

    campaign_id: str
    files: Sequence[Path]
    shares: Sequence[Path]
    """Folders of workspaces and bare repositories."""


def list_source_paths(
    sources: TakeSources, show_count: Callable[[int], None]
) -> tuple[list[Path], ReadSource]:
    """Return the paths of all files and of all folders of the shares, and what reads each."""
    from assess.report.proof.hand_in.read_folder import read_git_folder_in_child  # noqa: PLC0415  # not for --help
    from assess.workspace.office.inbox import list_incoming_paths, read_incoming_file  # noqa: PLC0415  # as above
    from assess.workspace.office.shared_folders import list_shared_folders, read_shared_folder  # noqa: PLC0415  # as above

    folders = [folder for share in sources.shares for folder in list_shared_folders(share, LANG)]
    paths = [*list_incoming_paths(sources.files, LANG, show_count), *folders]
    of_shares = frozenset(folders)
    read_git = partial(read_git_folder_in_child, round_id=sources.campaign_id, lang=LANG)
    return (
        paths,
        lambda path: (
            read_shared_folder(path, read_git, LANG)
            if path in of_shares
            else read_incoming_file(path)
        ),
    )
