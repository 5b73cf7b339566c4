"""The limits of YAML files by kind: how large one may be, and how many parts it may have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from assess import locations
from assess.model.formats import FileKind


class FileLimits(NamedTuple):
    """What a file may have at most."""

    size: int
    """Bytes of the file."""
    events: int
    """Events of YAML: a value, a key, the beginning or the end of a list or mapping."""


USUAL_LIMITS: Final = FileLimits(16 << 20, 1_000_000)

LIMITS_BY_KIND: Final[Mapping[FileKind, FileLimits]] = {
    # an office writes them itself; ten thousand units with five sheets need half of it
    "receipts": FileLimits(48 << 20, 4_000_000),
}
"""The kinds that have other limits than the usual ones."""

HIGHEST_EVENTS: Final = max(limits.events for limits in (USUAL_LIMITS, *LIMITS_BY_KIND.values()))
"""Events that no file may pass, whatever its kind."""


def limits_of_kind(kind: FileKind) -> FileLimits:
    """Return the limits of a file of this kind."""
    return LIMITS_BY_KIND.get(kind, USUAL_LIMITS)


def limits_of_path(path: str) -> FileLimits:
    """Return the limits of a file that git names, whose kind its content does not prove.

    The path is from the root of the repository; the folder of an office may be a part of one.
    """
    is_receipts = PurePosixPath(path).match(locations.RECEIPT_FILES)
    return limits_of_kind("receipts") if is_receipts else USUAL_LIMITS
