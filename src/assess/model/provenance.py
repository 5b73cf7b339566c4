"""Where a report comes from: commit, inputs, and why it is a draft."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from assess.model.results import Value

DraftReason = Literal[
    "unanswered", "returned", "proof", "unreviewed", "uncommitted", "no_repository"
]

CalendarSeconds = Annotated[int, msgspec.Meta(ge=0, lt=253_370_764_800)]
"""Seconds since the epoch, before the year 9999: a day in every time zone, as times of commits."""


class InputFile(Value, frozen=True, kw_only=True):
    """A file that a report is made from, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class Program(Value, frozen=True, kw_only=True):
    """Which program makes a report."""

    version: str
    commit: str | None
    """The commit of the checkout that it runs from; None where it is installed."""
    files: str
    """SHA-256 over the files of its package."""


class Provenance(Value, frozen=True, kw_only=True):
    """The inputs of a report.

    `commit` is the commit that holds them all as they are; None where one of them is not committed.
    `digest` is a SHA-256 over commit, inputs, template, language and date.
    """

    commit: str | None
    commit_time: int | None
    """Seconds since the epoch."""
    inputs: tuple[InputFile, ...]
    uncommitted: tuple[str, ...]
    program: Program
    digest: str
