"""Hashes of the font files of a report: they distinguish other fonts from other text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from weasyprint.text.ffi import ffi, harfbuzz

_MAPS = Path("/proc/self/maps")
"""The file of Linux that lists the mapped files of this process (proc(5))."""


def font_digests_by_face_name(fonts: Iterable[Any]) -> dict[str, str]:
    """Return the SHA-256 of each font file by a name of a face in it.

    Args:
        fonts: WeasyPrint's fonts of a document that is drawn already.
    """
    file_digests: dict[str, str] = {}
    seen: dict[int, str] = {}
    for font in fonts:
        blob = ffi.gc(harfbuzz.hb_face_reference_blob(font.hb_face), harfbuzz.hb_blob_destroy)
        size = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, size)
        place = int(ffi.cast("uintptr_t", data))
        if place not in seen:
            seen[place] = _digest_font_file(place, ffi.buffer(data, size[0]))
        name = font.name.decode("utf-8", "replace").partition("+")[2]
        file_digests.setdefault(name, seen[place])
    return dict(sorted(file_digests.items()))


def _digest_font_file(place: int, data: Any) -> str:
    """Hash a font by its file: to hash what is mapped would fetch all of it into memory.

    Args:
        place: where the first byte of the file is mapped.
        data: the mapped bytes, for a font that is no mapped file.
    """
    path = _file_mapped_at_address(place)
    if path is None:
        return hashlib.sha256(data).hexdigest()
    return _digest_file(path)


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file_mapped_at_address(address: int) -> Path | None:
    """Return the file whose begin is mapped at an address."""
    try:
        lines = _MAPS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    for line in lines:
        span, _access, offset, _device, _inode, *path = line.split(maxsplit=5)
        if path and int(span.partition("-")[0], 16) == address and not int(offset, 16):
            font_path = Path(path[0])
            return font_path if font_path.is_file() else None
    return None
