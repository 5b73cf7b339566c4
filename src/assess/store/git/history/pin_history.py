"""Earlier versions of a pinned checklist in the repository's history."""

from __future__ import annotations

from collections.abc import Iterator

from assess.store.git.run.commits import ObjectReader
from assess.store.git.run.plumbing import Repository, run_git


def read_all_versions_of_file(repository: Repository, path: str) -> Iterator[bytes]:
    """Yield all versions of a file in commits reachable from a ref, newest commits first.

    This walks the whole history. It is for cases in which nothing else tells the version in use.
    """
    literal = f":(top,literal){repository.prefix}{path}"
    words = ["rev-list", "--objects", "--all", "--", literal]
    rows = run_git(repository.root, words, check=False).stdout.splitlines()
    with ObjectReader(repository) as objects:
        for row in rows:
            oid, _, name = row.decode("utf-8", "surrogateescape").partition(" ")
            data = objects.find_blob_within_limit(oid) if name.endswith(path) else None
            if data is not None:
                yield data
