"""Thumbnails of evidence: made small in the child, before anything else looks at the files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageFile

SIDE = 480
"""Pixels of a thumbnail's longer side: 4 cm at 300 to the inch."""

MAX_PIXELS = 50_000_000
"""A picture that claims more is not opened: a small file can unfold to gigabytes."""

MAX_BYTES = 20 * 1024 * 1024
FORMATS = ("PNG", "JPEG")


def make_thumbnails(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return thumbnails as JPEG by evidence id; broken, vast and other files are left out."""
    # WeasyPrint tells Pillow to fill in what is cut off; half a proof is none.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        made = {name: _make_thumbnail(Path(path)) for name, path in files.items()}
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return {name: data for name, data in made.items() if data}


def read_existing_thumbnails(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return thumbnails that were made before, by evidence id; what is none is left out."""
    contents = {name: _read_existing_thumbnail(Path(path)) for name, path in files.items()}
    return {name: data for name, data in contents.items() if data}


def _read_existing_thumbnail(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            return data if max(picture.size) <= SIDE else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _make_thumbnail(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return None
            # JPEG decodes at a fraction of its size where that is enough.
            picture.draft("RGB", (SIDE, SIDE))
            picture.thumbnail((SIDE, SIDE))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=80)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # What Pillow raises for broken files, by format.
        return None
