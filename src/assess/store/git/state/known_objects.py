"""Whether git has some bytes as an object, so that others may know them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assess.store.git.run.plumbing import Repository


def has_object_with_bytes(root: Path, data: bytes) -> bool:
    """Return whether the repository has an object with these bytes; False without a repository."""
    repository = Repository.find_repository(root)
    if repository is None:
        return False
    whole = b"blob %d\0" % len(data) + data
    oids = (hashlib.sha1(whole, usedforsecurity=False), hashlib.sha256(whole))
    return bool(repository.measure_object_sizes([oid.hexdigest() for oid in oids]))
