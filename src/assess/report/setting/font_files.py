"""Which font files a report was set with: hashes, so that other fonts are told from other text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from weasyprint.text.ffi import ffi, harfbuzz


def digests(fonts: Iterable[Any]) -> dict[str, str]:
    """Return the SHA-256 of each font file by a name of a face in it.

    Args:
        fonts: WeasyPrint's fonts of a document that is drawn already.
    """
    found: dict[str, str] = {}
    seen: dict[int, str] = {}
    for font in fonts:
        blob = ffi.gc(harfbuzz.hb_face_reference_blob(font.hb_face), harfbuzz.hb_blob_destroy)
        size = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, size)
        place = int(ffi.cast("uintptr_t", data))
        if place not in seen:
            # The file is mapped by Pango already; hashing it copies nothing.
            seen[place] = hashlib.sha256(ffi.buffer(data, size[0])).hexdigest()
        name = font.name.decode("utf-8", "replace").partition("+")[2]
        found.setdefault(name, seen[place])
    return dict(sorted(found.items()))
