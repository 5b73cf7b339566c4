"""A file system that keeps only what was flushed: rebuilt from the system calls of commands.

`calls_of` reads the system calls of commands that ran under strace. `Disk` does those on files
below a folder again in memory, and knows what the disk was told to keep; `Disk.cut` gives a state
in which a power cut may leave it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

Journal = Literal["journal", "none"]
"""Names appear on the disk in the order in which they were made (ext4, XFS), or in any (FAT)."""

CALLS = (
    "openat,open,creat,write,pwrite64,ftruncate,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,syncfs,chdir,fchdir,clone,clone3,"
    "fork,vfork"
)
OPTIONS = ("-y", "-xx", "-s", "100000000")

_LINE = re.compile(r"(\d+) +(.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?)(?:<([^>]*)>)?", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")
_TEXT = r'"((?:\\x[0-9a-f]{2})*)"'
_TOKEN = re.compile(rf"{_TEXT}|(AT_FDCWD|\d+)<([^>]*)>|([A-Z][A-Z_|]*)|(\d+)")


class Call(NamedTuple):
    """A system call that succeeded, with paths as they are from the root."""

    name: str
    paths: tuple[str, ...] = ()
    data: bytes = b""
    handle: int = -1
    flags: str = ""
    offset: int = 0


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _text(hexed: str) -> str:
    return os.fsdecode(_bytes(hexed)) if "\\x" in hexed else hexed


def calls_of(log: str, folder: Path) -> Iterator[Call]:
    """Yield the calls of a log of strace that succeeded; `folder` is where the program began."""
    lines = [match.groups() for match in map(_LINE.match, log.splitlines()) if match]
    parents = {}
    for pid, text in lines:
        made = re.search(r"(?:clone3?|v?fork)(?:\(| resumed>).* = (\d+)", text)
        if made:
            parents[made[1]] = pid
    here: dict[str, str] = {}
    begun: dict[str, str] = {}
    for pid, text in lines:
        if pid not in here:
            here[pid] = here.get(parents.get(pid, ""), str(folder))
        if text.endswith("<unfinished ...>"):
            begun[pid] = text.removesuffix("<unfinished ...>")
            continue
        whole = begun.pop(pid, "") + _RESUMED.sub("", text) if "resumed>" in text else text
        match = _CALL.match(whole)
        if match is None or match[3].startswith(("-", "?")):
            continue
        call = _call(match, here[pid])
        if call is not None and call.name == "chdir":
            here[pid] = call.paths[0]
        elif call is not None:
            yield call


def _call(match: re.Match[str], cwd: str) -> Call | None:
    name, arguments, _result, opened = match.groups()
    tokens = list(_TOKEN.finditer(arguments))
    texts = [token[1] for token in tokens if token[1] is not None]
    handles = [(token[2], _text(token[3])) for token in tokens if token[2] is not None]
    if name in ("write", "pwrite64"):
        offset = int(tokens[-1][5]) if name == "pwrite64" else 0
        return Call(name, (handles[0][1],), _bytes(texts[0]), int(handles[0][0]), offset=offset)
    if name in ("fsync", "fdatasync", "syncfs", "ftruncate", "fchdir"):
        path, length = handles[0][1], int(tokens[-1][5] or 0) if name == "ftruncate" else 0
        return Call("chdir" if name == "fchdir" else name, (path,), offset=length)
    flags = "|".join(token[4] for token in tokens if token[4])
    if name in ("openat", "open", "creat"):
        handle = int(match[3])
        return Call("open", (_text(opened or ""),), handle=handle, flags=flags or "O_CREAT|O_TRUNC")
    if name in ("clone", "clone3", "fork", "vfork"):
        return None
    bases = [path for _number, path in handles] or [cwd, cwd]
    if name.startswith("symlink"):
        return Call("symlink", (_join(bases[0], texts[1]),), data=_bytes(texts[0]))
    paths = tuple(_join(bases[min(at, len(bases) - 1)], one) for at, one in enumerate(texts))
    short = re.sub(r"at2?$", "", name)
    return Call("rmdir" if "AT_REMOVEDIR" in flags else short, paths)


def _join(base: str, hexed: str) -> str:
    return os.path.normpath(os.path.join(base, _text(hexed)))  # noqa: PTH118  # no link is followed


class Node:
    """A file or a folder: what programs see, and what the disk was told to keep."""

    def __init__(self, kind: str, data: bytes = b"", number: int = -1) -> None:
        self.kind = kind
        self.data = data
        self.number = number
        """Which of the files it is that were made, -1 for one that was there."""
        self.kept = b""
        self.names: dict[str, Node] = {}
        self.kept_names: dict[str, Node] = {}

    def keep(self) -> None:
        """Flush the content."""
        self.kept = self.data


class Change(NamedTuple):
    """Names that change together: folder, name, and what the name stands for afterwards."""

    rows: tuple[tuple[Node, str, Node | None], ...]

    def keep(self) -> None:
        """Let the disk know of it."""
        for folder, name, node in self.rows:
            if node is None:
                folder.kept_names.pop(name, None)
            else:
                folder.kept_names[name] = node


class Disk:
    """The folder `base` on a disk; what `source` holds was flushed at the beginning.

    `packs` are contents by the number of the file: git writes a pack, reads it and writes into it,
    which can't be done again from the calls alone; `agree` takes them from the real disk.
    """

    def __init__(self, base: Path, source: Path, packs: dict[int, bytes] | None = None) -> None:
        self._base = str(base)
        self._root = Node("folder")
        self._made = 0
        self.packs = {} if packs is None else packs
        self._pending: list[Change] = []
        self._at: dict[tuple[int, int], int] = {}
        self._load(self._root, source)

    def _load(self, node: Node, folder: Path) -> None:
        for path in folder.iterdir():
            if path.is_symlink():
                child = Node("link", os.fsencode(path.readlink()))
            elif path.is_dir():
                child = Node("folder")
                self._load(child, path)
            else:
                child = Node("file", path.read_bytes())
            child.keep()
            node.names[path.name] = node.kept_names[path.name] = child

    # What programs do

    def do(self, call: Call) -> None:
        """Do a call again."""
        inside = [path for path in call.paths if path.startswith(self._base)]
        if inside and len(inside) == len(call.paths):
            getattr(self, f"_{call.name}")(call)

    def _find(self, path: str) -> Node | None:
        node: Node | None = self._root
        for part in path.removeprefix(self._base).strip("/").split("/"):
            if node is not None and part:
                node = node.names.get(part)
        return node

    def _place(self, path: str) -> tuple[Node, str]:
        folder, _slash, name = path.rpartition("/")
        node = self._find(folder)
        assert node is not None, path
        return node, name

    def _change(self, *rows: tuple[Node, str, Node | None]) -> None:
        for folder, name, node in rows:
            if node is None:
                folder.names.pop(name, None)
            else:
                folder.names[name] = node
        self._pending.append(Change(rows))

    def _open(self, call: Call) -> None:
        node = self._find(call.paths[0])
        if node is None and "O_CREAT" in call.flags:
            node = Node("file", number=self._made)
            self._made += 1
            self._change((*self._place(call.paths[0]), node))
        if node is not None:
            node.data = b"" if "O_TRUNC" in call.flags else node.data
            self._at[call.handle, id(node)] = len(node.data) if "O_APPEND" in call.flags else 0

    def _write(self, call: Call) -> None:
        node = self._find(call.paths[0])
        if node is not None:
            at = self._at.get((call.handle, id(node)), 0)
            node.data = node.data[:at] + call.data + node.data[at + len(call.data) :]
            self._at[call.handle, id(node)] = at + len(call.data)
            node.data = self.packs.get(node.number, node.data)

    def _pwrite64(self, call: Call) -> None:
        node = self._find(call.paths[0])
        if node is not None:
            whole = node.data.ljust(call.offset, b"\0")
            node.data = whole[: call.offset] + call.data + whole[call.offset + len(call.data) :]
            node.data = self.packs.get(node.number, node.data)

    def _ftruncate(self, call: Call) -> None:
        node = self._find(call.paths[0])
        if node is not None:
            node.data = node.data[: call.offset].ljust(call.offset, b"\0")

    def _mkdir(self, call: Call) -> None:
        self._change((*self._place(call.paths[0]), Node("folder")))

    def _symlink(self, call: Call) -> None:
        self._change((*self._place(call.paths[0]), Node("link", call.data)))

    def _link(self, call: Call) -> None:
        self._change((*self._place(call.paths[1]), self._find(call.paths[0])))

    def _rename(self, call: Call) -> None:
        node = self._find(call.paths[0])
        self._change((*self._place(call.paths[0]), None), (*self._place(call.paths[1]), node))

    def _unlink(self, call: Call) -> None:
        self._change((*self._place(call.paths[0]), None))

    _rmdir = _unlink

    # What the disk is told

    def _fsync(self, call: Call) -> None:
        node = self._find(call.paths[0])
        if node is not None:
            node.keep()
            touching = [one for one in self._pending if any(row[0] is node for row in one.rows)]
            self._keep(touching)

    _fdatasync = _fsync

    def _syncfs(self, _call: Call) -> None:
        self._keep(list(self._pending))
        for node in _nodes(self._root):
            node.keep()

    def _keep(self, changes: list[Change]) -> None:
        for change in changes:
            change.keep()
            self._pending.remove(change)

    # What a cut leaves

    def agree(self, folder: Path) -> None:
        """Take packs from the real disk, and compare all else with it."""
        for path, node in _files(self._root, folder):
            if path.is_symlink() or not path.is_file():
                assert node.kind == "link", path
            elif "pack" in path.parts:
                if node.number >= 0:
                    self.packs[node.number] = path.read_bytes()
            else:
                assert node.data == path.read_bytes(), path
        known = {path for path, _node in _files(self._root, folder)}
        real = {path for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
        assert known == real, known ^ real

    def cut(self, chance: Random, journal: Journal, folder: Path) -> None:
        """Write a state that a power cut may leave now into an empty folder."""
        names = {id(node): dict(node.kept_names) for node in _nodes(self._root)}
        for change in _some(self._pending, chance, journal):
            for place, name, node in change.rows:
                row = names.setdefault(id(place), dict(place.kept_names))
                if node is None:
                    row.pop(name, None)
                else:
                    row[name] = node
                    names.setdefault(id(node), dict(node.kept_names))
        self._lay_out(self._root, names, chance, folder)

    def _lay_out(
        self, node: Node, names: dict[int, dict[str, Node]], chance: Random, folder: Path
    ) -> None:
        folder.mkdir(exist_ok=True)
        for name, child in names.get(id(node), node.kept_names).items():
            path = folder / name
            if child.kind == "folder":
                self._lay_out(child, names, chance, path)
            elif child.kind == "link":
                path.symlink_to(os.fsdecode(child.data))
            else:
                lucky = child.kept == child.data or chance.random() < _LUCK
                path.write_bytes(child.data if lucky else child.kept)


_LUCK = 0.2
"""How often content that was not flushed is there all the same."""


def _some(pending: list[Change], chance: Random, journal: Journal) -> list[Change]:
    """Return the changes of names that the disk has, though nobody waited for it."""
    if journal == "journal":
        return pending[: chance.randint(0, len(pending))]
    return [change for change in pending if chance.random() < chance.choice((0.1, 0.5, 0.9))]


def _nodes(node: Node, seen: set[int] | None = None) -> Iterator[Node]:
    """Yield all nodes that programs see or the disk keeps."""
    seen = set() if seen is None else seen
    if id(node) not in seen:
        seen.add(id(node))
        yield node
        for child in (*node.names.values(), *node.kept_names.values()):
            yield from _nodes(child, seen)


def _files(node: Node, folder: Path) -> Iterator[tuple[Path, Node]]:
    for name, child in node.names.items():
        if child.kind == "folder":
            yield from _files(child, folder / name)
        else:
            yield folder / name, child
