"""Commits parsed from their own bytes, as git parses them."""

from __future__ import annotations

import codecs
import itertools
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, NamedTuple

from assess.store.git.run.commit_times import (
    EPOCH,
    parse_seconds_or_zero,
    replace_invalid_time_by_epoch,
)
from assess.store.git.run.plumbing import AmbiguousCommitError, UnreadableObjectError

_CHARSET: Final = re.compile(
    r"gb(k|2312|18030)|big5(-?hkscs)?|euc-?(cn|jp|kr|tw)|shift[_-]?jis|sjis|iso-?8859-?\d{1,2}"
    r"|latin-?\d{1,2}|(windows-?|cp)\d{3,4}|koi8-[ru]",
    re.IGNORECASE,
)
"""Names of the character sets that are decoded; all else is UTF-8. Python has codecs besides that
take long, or are no character sets."""

_TIME: Final = re.compile(rb"\s*(\d+)\s+([+-])(\d{1,4})(?!\d)")
"""Seconds and time zone, after the address of an author."""

_PEOPLE: Final = (b"author ", b"committer ")
"""The lines of people, in the order in which git writes them after the parents."""

_SINGLE: Final = (*_PEOPLE, b"encoding ")
"""Lines that a commit has at most once: of two, git takes the last at places, else the first."""

_MINUTES: Final = 60
_HOURS: Final = 24


class CommitContent(NamedTuple):
    """What a commit says of itself."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: str
    authored_at: datetime
    committed: int | None
    """The committer's time in seconds since the epoch; None for a commit without committer."""
    message: str

    def message_line_value(self, name: str) -> str:
        """Return the value of the line `name: …` of the message, '' without one.

        Lines end as git's do: a line separator of Unicode begins no line.
        """
        start = f"{name}: "
        lines = [line.rstrip("\r") for line in self.message.split("\n")]
        return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def parse_commit(oid: str, data: bytes) -> CommitContent:
    """Return a commit from its bytes.

    Git takes only those lines for parents that follow the tree; what stands elsewhere is none.

    Raises:
        UnreadableObjectError: it names no tree.
        AmbiguousCommitError: git reads it in two ways.
    """
    head, _blank, message = data.partition(b"\n\n")
    lines = head.split(b"\n")
    rest = list(itertools.dropwhile(lambda line: line.startswith(b"parent "), lines[1:]))
    if not lines[0].startswith(b"tree "):
        raise UnreadableObjectError(f"commit {oid} can't be read", "git fsck")
    if b"\0" in data or _is_read_in_two_ways(rest):
        raise AmbiguousCommitError(oid)
    parents = lines[1 : len(lines) - len(rest)]
    charset = _find_known_charset_or_utf_8(lines)
    author = _find_header_value(lines, b"author ")
    committer = _find_header_value(lines, b"committer ")
    return CommitContent(
        oid,
        lines[0][5:].decode("ascii", "replace"),
        tuple(line[7:].decode("ascii", "replace") for line in parents),
        _parse_name(author or b"").decode(charset, "replace"),
        _parse_author_time_or_epoch(author or b""),
        None if committer is None else _parse_committer_seconds_or_zero(committer),
        message.decode(charset, "replace"),
    )


def _is_read_in_two_ways(lines: list[bytes]) -> bool:
    """Return whether the lines after the parents are such as git never writes and reads variously.

    Some commands of git take the last of doubled lines, or search the author and the committer at
    their places only; the address ends at the first or at the last `>`, by version.
    """
    people = [line for line in lines if line.startswith(_PEOPLE)]
    return (
        any(sum(line.startswith(name) for line in lines) > 1 for name in _SINGLE)
        or people != lines[: len(people)]
        or people != sorted(people, key=lambda line: not line.startswith(_PEOPLE[0]))
        or any(line.count(b"<") > 1 or line.count(b">") > 1 for line in people)
    )


def _find_header_value(lines: list[bytes], name: bytes) -> bytes | None:
    return next((line.removeprefix(name) for line in lines if line.startswith(name)), None)


def _find_known_charset_or_utf_8(lines: list[bytes]) -> str:
    name = (_find_header_value(lines, b"encoding ") or b"").decode("ascii", "replace").strip()
    if not _CHARSET.fullmatch(name):
        return "utf-8"
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return name


def _parse_name(person: bytes) -> bytes:
    """Return the name before the address; git takes a person without an address for nobody."""
    name, address, _rest = person.partition(b"<")
    return name.strip() if address else b""


def _match_time(person: bytes) -> re.Match[bytes] | None:
    """Return the match of seconds and zone after the address, None where git reads none."""
    _before, address, after = person.partition(b">")
    return _TIME.match(after) if address else None


def _parse_author_time_or_epoch(person: bytes) -> datetime:
    """Return the author's time in the author's zone, the epoch if there is none."""
    time_match = _match_time(person)
    if time_match is None:
        return EPOCH
    hours, minutes = divmod(int(time_match[3]), 100)
    if hours >= _HOURS or minutes >= _MINUTES:
        return EPOCH
    offset = timedelta(hours=hours, minutes=minutes)
    zone = timezone(-offset if time_match[2] == b"-" else offset)
    return replace_invalid_time_by_epoch(
        datetime.fromtimestamp(parse_seconds_or_zero(time_match[1]), UTC).astimezone(zone)
    )


def _parse_committer_seconds_or_zero(person: bytes) -> int:
    time_match = _match_time(person)
    return 0 if time_match is None else parse_seconds_or_zero(time_match[1])
