"""Earlier bytes of a pinned checklist, as the repository's history holds them."""

from __future__ import annotations

from collections.abc import Iterator

from assess.store.git.run.commits import Objects
from assess.store.git.run.plumbing import Repository, run


def earlier(repository: Repository, path: str) -> Iterator[bytes]:
    """Yield all bytes that a file ever had in commits that a ref reaches, newest commits first.

    Walks the history: only for where the version in use can't be told otherwise.
    """
    literal = f":(top,literal){repository.prefix}{path}"
    words = ["rev-list", "--objects", "--all", "--", literal]
    rows = run(repository.root, words, check=False).stdout.splitlines()
    with Objects(repository) as objects:
        for row in rows:
            oid, _, name = row.decode("utf-8", "surrogateescape").partition(" ")
            data = objects.read(oid) if name.endswith(path) else None
            if data is not None:
                yield data
