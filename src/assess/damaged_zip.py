"""Errors of the standard library for a damaged ZIP, and the mark of an encrypted file in it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What `zipfile` raises for a damaged ZIP, or one of another kind."""

ENCRYPTED: Final = 0x1
"""The bit of `ZipInfo.flag_bits` that an encrypted file has."""
