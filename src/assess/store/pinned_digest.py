"""The digest of a pinned file."""

from __future__ import annotations

import hashlib


def digest_with_prefix(data: bytes) -> str:
    """Return the digest of a pinned file in the form that sheets have."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
