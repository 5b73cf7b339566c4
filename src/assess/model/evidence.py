"""The evidence register: one row a piece of evidence; many answers may cite one row."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from assess.model.base import Id, Node, Text

DIGITS = 8
"""Hex digits of a file's hash in its name and in its row's id."""


class EvidenceFile(Node, frozen=True, kw_only=True):
    """A file under evidence/: its path there (NFC), SHA-256 and size in bytes."""

    path: Annotated[str, msgspec.Meta(min_length=1)]
    """The path below `evidence/`."""
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    """The SHA-256 of its bytes, in hex digits."""
    size: Annotated[int, msgspec.Meta(ge=0)]
    """Its size in bytes."""

    @property
    def path_without_hash(self) -> str:
        """The path without the digits of its hash, for lists that people read."""
        return "".join(self.path.rsplit(f"-{self.sha256[:DIGITS]}", 1))


class EvidenceRow(Node, frozen=True, kw_only=True):
    """A file, or where a paper record is kept; it takes effect and may expire.

    Raises:
        ValueError: at construction, where neither or both of `file` and `paper` are given.
    """

    title: Text
    """What it is."""
    file: EvidenceFile | None = None
    """The file."""
    paper: str | None = None
    """Where the paper record is kept."""
    effective: date | None = None
    """The day from which it holds."""
    expires: date | None = None
    """The last day on which it holds."""
    by: Id | None = None
    """Who added it, by the id of a person."""
    at: datetime | None = None
    """When it was added."""

    def __post_init__(self) -> None:
        """Refuse neither and both."""
        if (self.file is None) == (self.paper is None):
            message = "evidence-form"
            raise ValueError(message)


class Register(Node, frozen=True, kw_only=True):
    """One evidence/register.yaml."""

    format: str
    """The format and its number."""
    evidence: dict[Id, EvidenceRow] = {}
    """The pieces of evidence by id."""
