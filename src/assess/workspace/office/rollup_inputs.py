"""The files of an office from which a roll-up is made, and the commit that has them.

What units handed in is not among them: the receipts name each file by its digest.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assess import locations
from assess.model.office import Campaign
from assess.model.provenance import InputFile
from assess.store.files import compute_file_sha256
from assess.store.git.history.checked_history import walk_checked_history
from assess.store.git.history.checkout import stays_inside_folder
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.state.repository_state import open_repository
from assess.workspace.office.office import Office

_FILE_MODES: Final = ("100644", "100755")


def list_campaigns_before(campaigns: Mapping[str, Campaign], campaign_id: str) -> list[str]:
    """Return the campaigns that were announced before another one, the last one first."""
    order = sorted(campaigns, key=lambda key: (campaigns[key].issued, key))
    return order[: order.index(campaign_id)][::-1]


def digest_rollup_inputs(
    office: Office, campaigns: Mapping[str, Campaign], campaign_id: str
) -> tuple[InputFile, ...]:
    """Return office.yaml, the receipts of a campaign and the figures of those before it, by path.

    Issued checklists are not among them: office.yaml has their digests.
    """
    earlier = list_campaigns_before(campaigns, campaign_id)
    paths = [locations.OFFICE, locations.receipts_path(campaign_id)]
    paths += [f"{locations.ROLLUPS}/{key}/{locations.FIGURES}" for key in earlier]
    return tuple(
        InputFile(path=path, sha256=compute_file_sha256(office.root / path))
        for path in sorted(paths)
        if (office.root / path).is_file()
    )


class OfficeHistory:
    """The committed states of an office's folder."""

    def __init__(self, office: Office) -> None:
        """Open the repository.

        Raises:
            UsageError: there is none.
            GitError: git does not open it.
        """
        self._office = office
        self._repository = open_repository(office.root, office.lang)

    def find_commit_with_files(self, digests: Mapping[str, str]) -> str | None:
        """Return the newest commit whose files have these digests by path; None without one.

        Raises:
            GitError: a commit is damaged, or another one than its id says.
        """
        head = self._repository.resolve_head_commit()
        known: dict[str, str] = {}
        with open_checked_objects(self._repository) as objects:
            ends = list_shallow_commits(self._repository)
            for commit in walk_checked_history(objects, [head] if head else [], ends):
                if all(
                    _digest_file_at_commit(objects, commit.oid, path, known) == digest
                    for path, digest in digests.items()
                ):
                    return commit.oid
        return None

    @contextmanager
    def lay_out_commit(self, commit: str, paths: Iterable[str]) -> Iterator[Office]:
        """Yield files of a commit as an office in a temporary folder, with the inbox of today.

        Issued checklists are laid out, too.

        Raises:
            GitError: an object is missing or damaged.
        """
        with tempfile.TemporaryDirectory(prefix="assess-") as name:
            root = Path(name)
            with open_checked_objects(self._repository) as objects:
                for path, blob in objects.list_files(
                    commit, [*paths, locations.CHECKLISTS]
                ).items():
                    is_file = blob.mode in _FILE_MODES and stays_inside_folder(path)
                    data = objects.read_blob_within_limit(blob.oid) if is_file else None
                    if data is not None:
                        target = root / path
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(data)
            (root / locations.INBOX).symlink_to(self._office.root.resolve() / locations.INBOX)
            yield Office(root, self._office.lang)


def _digest_file_at_commit(
    objects: CheckedObjects, commit: str, path: str, known: dict[str, str]
) -> str | None:
    """Return the SHA-256 of a file of a commit; None without it. `known` has those by object id."""
    oid = objects.find_file_object_id(commit, path)
    if oid is None:
        return None
    if oid not in known:
        data = objects.read_blob_within_limit(oid)
        known[oid] = "" if data is None else hashlib.sha256(data).hexdigest()
    return known[oid]
