"""The ids of git's objects, computed from their bytes: git itself does not look when it reads."""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

from assess.errors import DamagedError

_SHA256_DIGITS: Final = 64


class MisnamedObjectError(DamagedError):
    """An object of the repository is not the one of its id: somebody replaced its bytes."""


class ObjectHash(Protocol):
    """A hash that is being computed."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Return the hash of the bytes so far, in hexadecimal digits."""


def start_object_hash(oid: str, kind: str, size: int) -> ObjectHash:
    """Return the hash of an object's head, in the form of `oid`; the bytes are not added yet."""
    form = "sha256" if len(oid) == _SHA256_DIGITS else "sha1"
    return hashlib.new(form, b"%s %d\0" % (kind.encode(), size), usedforsecurity=False)


def refuse_other_object_id(oid: str, hashed: ObjectHash) -> None:
    """Refuse an object whose bytes do not have its id.

    Raises:
        MisnamedObjectError: they do not.
    """
    if hashed.hexdigest() != oid:
        message = f"object {oid} of the repository holds other bytes than its name says"
        raise MisnamedObjectError(message, "git fsck")


def verify_object_id(oid: str, kind: str, data: bytes) -> None:
    """Check that an object is the one of its id.

    Raises:
        MisnamedObjectError: it is another one.
    """
    hashed = start_object_hash(oid, kind, len(data))
    hashed.update(data)
    refuse_other_object_id(oid, hashed)
