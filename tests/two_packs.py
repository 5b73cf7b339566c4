"""Two packs in a repository that hold other bytes under one id: git sees it in `fsck` alone.

Each git process reads such an object from the pack in which it last found something.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

GitObject = tuple[str, bytes]
"""The kind and the bytes of an object."""

_KINDS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}


def read_all_objects(root: Path) -> dict[str, GitObject]:
    """Return all objects of a repository by id."""
    words = ["git", "cat-file", "--batch-all-objects", "--batch"]
    out = subprocess.run(words, cwd=root, capture_output=True, check=True).stdout
    position, objects = 0, {}
    while position < len(out):
        end = out.index(b"\n", position)
        oid, kind, size = out[position:end].decode().split()
        objects[oid] = (kind, out[end + 1 : end + 1 + int(size)])
        position = end + 2 + int(size)
    return objects


def id_of_object(kind: str, data: bytes) -> str:
    """Return the id that an object has by rights."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) + data).hexdigest()  # noqa: S324  # git's ids


def put_into_two_packs(
    root: Path,
    forged: Mapping[str, GitObject],
    near: Iterable[str],
    *,
    is_forged_pack_newer: bool = False,
) -> None:
    """Put all objects into two packs.

    The first one has all objects, with those of `forged` in the place of the genuine ones; the
    other has those of `near`, all genuine. Git begins with the newer pack.
    """
    objects = read_all_objects(root)
    for folder in (root / ".git" / "objects").glob("??"):
        shutil.rmtree(folder)
    packs = root / ".git" / "objects" / "pack"
    for path in packs.glob("*"):
        path.unlink()
    now = int(time.time())
    times = (now, now - 1000) if is_forged_pack_newer else (now - 1000, now)
    _write_pack(packs, objects | dict(forged), times[0])
    _write_pack(packs, {oid: objects[oid] for oid in near}, times[1])


def _write_pack(folder: Path, objects: Mapping[str, GitObject], mtime: int) -> None:
    """Write a pack whose index gives the bytes the ids that they are said to have."""
    folder.mkdir(parents=True, exist_ok=True)
    body = b"PACK" + struct.pack(">II", 2, len(objects))
    rows = []
    for oid, (kind, data) in sorted(objects.items()):
        piece = _head_in_pack(kind, len(data)) + zlib.compress(data)
        rows.append((bytes.fromhex(oid), zlib.crc32(piece), len(body)))
        body += piece
    total = hashlib.sha1(body).digest()  # noqa: S324  # git's format
    counts = [sum(oid[0] <= byte for oid, _crc, _start in rows) for byte in range(256)]
    index = b"\377tOc" + struct.pack(">I", 2) + struct.pack(">256I", *counts)
    index += b"".join(oid for oid, _crc, _start in rows)
    index += b"".join(struct.pack(">I", crc) for _oid, crc, _start in rows)
    index += b"".join(struct.pack(">I", start) for _oid, _crc, start in rows) + total
    index += hashlib.sha1(index).digest()  # noqa: S324  # git's format
    for ending, content in (("pack", body + total), ("idx", index)):
        path = folder / f"pack-{total.hex()}.{ending}"
        path.write_bytes(content)
        os.utime(path, (mtime, mtime))


def _head_in_pack(kind: str, size: int) -> bytes:
    head, byte = [], _KINDS[kind] << 4 | size & 15
    size >>= 4
    while size:
        head.append(byte | 128)
        byte, size = size & 127, size >> 7
    return bytes([*head, byte])
