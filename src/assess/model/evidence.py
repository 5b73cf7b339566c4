"""The evidence register: one row a piece of evidence; many answers may cite one row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

from assess.model.base import Id, Node, Text

DIGITS = 8
"""Hex digits of a file's hash in its name and in its row's id."""


class EvidenceFile(Node, frozen=True, kw_only=True):
    """A file under evidence/: its path there (NFC), SHA-256 and size in bytes."""

    path: Annotated[str, msgspec.Meta(min_length=1)]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    size: Annotated[int, msgspec.Meta(ge=0)]

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
    file: EvidenceFile | None = None
    paper: str | None = None
    effective: date | None = None
    expires: date | None = None
    by: Id | None = None
    at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse neither and both."""
        if (self.file is None) == (self.paper is None):
            message = "evidence-form"
            raise ValueError(message)


class Register(Node, frozen=True, kw_only=True):
    """One evidence/register.yaml."""

    format: str
    evidence: dict[Id, EvidenceRow] = {}
