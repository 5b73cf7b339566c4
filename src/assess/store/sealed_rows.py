"""A SQLite file of rows that can be made again: a row counts only where its seal holds.

Whoever may write the folder can forge the file. A row is sealed with a secret of the user and with
the version of the program; any other row counts as absent. Journals are never read, because a
forged one can name files for SQLite to delete: the file is read without a right to write, and
written only where no journal lies beside it.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Literal, NamedTuple

MOST_OF_A_ROW: Final = 64 << 20
"""Bytes of the content of a row."""

_APPLICATION: Final = 0x61737372
_LAYOUT: Final = 1
"""The number of the table's form; a file with another is set aside."""

_TABLE: Final = (
    "CREATE TABLE rows (kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, "
    "content BLOB NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (kind, name))"
)
_SCHEMA: Final = [("sqlite_autoindex_rows_1", None), ("rows", _TABLE)]
_FIND: Final = (
    "SELECT state, content, seal FROM rows WHERE kind = ? AND name = ? AND length(content) <= ? "
    "ORDER BY state LIMIT 1"
)
_WRITE: Final = (
    "INSERT OR REPLACE INTO rows (kind, name, state, content, seal) VALUES (?, ?, ?, ?, ?)"
)
_SIDE_FILES: Final = ("-journal", "-wal", "-shm")
_OLD: Final = ".old"
_WAIT: Final = 5.0
"""Seconds to wait for another process that writes."""

RowsFault = Literal["damaged", "foreign", "unavailable"]
"""Why a file can't be used: SQLite can't read it; it is no file of this program and this layout;
another process has it, or the disk does not let it be read or written."""

_UNAVAILABLE: Final = frozenset(
    (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    )
)
"""What SQLite reports where the file itself may be whole."""


class UnusableRowsError(Exception):
    """The file can't be used; the rows are made again."""

    def __init__(self, fault: RowsFault) -> None:
        super().__init__(fault)
        self.fault: RowsFault = fault


class SealedRow(NamedTuple):
    """A row: what it is of, in which state that was, and what was made of it."""

    kind: str
    name: str
    state: str
    content: bytes


class RowSeal:
    """Makes the seals of rows from a secret and the version of the program."""

    def __init__(self, secret: bytes, program: str) -> None:
        self._secret = secret
        self._program = program

    def make_seal(self, row: SealedRow) -> bytes:
        """Return the seal of a row."""
        head = repr((self._program, row.kind, row.name, row.state)).encode()
        text = b"".join((len(head).to_bytes(8, "big"), head, row.content))
        return hmac.digest(self._secret, text, "sha256")


class RowReader:
    """Finds rows in a file; a row whose seal does not hold is absent."""

    def __init__(self, connection: sqlite3.Connection, seal: RowSeal) -> None:
        self._connection = connection
        self._seal = seal

    def find_row(self, kind: str, name: str) -> SealedRow | None:
        """Return a row, None where there is none.

        Raises:
            UnusableRowsError: the file is damaged, or can't be read now.
        """
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN")  # SQLite locks the file once, not for each row
            cells = self._connection.execute(_FIND, (kind, name, MOST_OF_A_ROW)).fetchone()
        except sqlite3.Error as error:
            raise _make_unusable_error(error) from error
        if cells is None or not isinstance(cells[0], str) or not isinstance(cells[1], bytes):
            return None
        row = SealedRow(kind, name, cells[0], cells[1])
        seal = cells[2] if isinstance(cells[2], bytes) else b""
        return row if hmac.compare_digest(seal, self._seal.make_seal(row)) else None

    def release_file(self) -> None:
        """Let others write, until the next row is looked for."""
        self._connection.rollback()


@contextmanager
def open_rows_to_read(path: Path, seal: RowSeal) -> Iterator[RowReader | None]:
    """Open a file of rows, None where there is no file.

    Raises:
        UnusableRowsError: it can't be used.
    """
    if not os.path.lexists(path) or not path.lstat().st_size:
        yield None
        return
    with _open_connection(path, "ro") as connection:
        _refuse_other_schema(connection)
        yield RowReader(connection, seal)


def write_sealed_rows(path: Path, seal: RowSeal, rows: Iterable[SealedRow]) -> None:
    """Write rows into a file, in the place of rows of the same name; the file is made if need be.

    A row that is too large is left out. The folder must exist, and whoever calls holds the lock of
    the folder above.

    Raises:
        UnusableRowsError: the file can't be used.
        OSError: it can't be written.
    """
    if not os.path.lexists(path):
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        os.close(os.open(path, flags, 0o600))
    with _open_connection(path, "rw") as connection, _sqlite_errors_as_unusable():
        if path.stat().st_size == 0:
            _make_table(connection)
        _refuse_other_schema(connection)
        with connection:
            small = (row for row in rows if len(row.content) <= MOST_OF_A_ROW)
            connection.executemany(_WRITE, ((*row, seal.make_seal(row)) for row in small))


def set_rows_aside(path: Path) -> Path:
    """Rename a file that can't be used, with its journals, and return its new path.

    A file that was set aside before is replaced.

    Raises:
        OSError: it can't be renamed.
    """
    for name in ("", *_SIDE_FILES):
        side = path.with_name(path.name + name)
        if os.path.lexists(side):
            side.rename(f"{side}{_OLD}")
    return path.with_name(path.name + _OLD)


def remove_rows(path: Path) -> None:
    """Remove a file of rows, with what was set aside.

    Raises:
        OSError: a file can't be removed.
    """
    for name in ("", *_SIDE_FILES):
        side = path.with_name(path.name + name)
        side.unlink(missing_ok=True)
        side.with_name(side.name + _OLD).unlink(missing_ok=True)


@contextmanager
def _open_connection(path: Path, mode: Literal["ro", "rw"]) -> Iterator[sqlite3.Connection]:
    _refuse_other_than_file(path)
    with _sqlite_errors_as_unusable():
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", _WAIT, uri=True)
    with closing(connection):
        with _sqlite_errors_as_unusable():
            # SQLite has no bound parameters here; nothing of these lines comes from outside.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MOST_OF_A_ROW)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        yield connection


def _refuse_other_than_file(path: Path) -> None:
    """Refuse a link, a folder, a pipe, and a file that has a journal beside it.

    Raises:
        UnusableRowsError: it is such.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        raise UnusableRowsError("damaged") from None
    if not stat.S_ISREG(mode):
        raise UnusableRowsError("foreign")
    if any(os.path.lexists(f"{path}{name}") for name in _SIDE_FILES):
        raise UnusableRowsError("damaged")


def _make_table(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute(_TABLE)


def _refuse_other_schema(connection: sqlite3.Connection) -> None:
    """Refuse a file that holds anything but the table, such as a view or a trigger.

    Raises:
        UnusableRowsError: it does.
    """
    with _sqlite_errors_as_unusable():
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        query = "SELECT name, sql FROM sqlite_schema ORDER BY type LIMIT ?"
        schema = connection.execute(query, (len(_SCHEMA) + 1,)).fetchall()
    if (application, layout) != (_APPLICATION, _LAYOUT) or schema != _SCHEMA:
        raise UnusableRowsError("foreign")


@contextmanager
def _sqlite_errors_as_unusable() -> Iterator[None]:
    """Raise what SQLite reports as `UnusableRowsError`.

    Raises:
        UnusableRowsError: in its place.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _make_unusable_error(error) from error


def _make_unusable_error(error: sqlite3.Error) -> UnusableRowsError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return UnusableRowsError("unavailable" if code in _UNAVAILABLE else "damaged")
