"""What the reading of a hand-in comes to: accepted with remarks, or refused for a reason."""

from __future__ import annotations

from typing import Literal

import msgspec

from assess.i18n import Lang, translator
from assess.model.hand_in import Manifest, MemberRecord
from assess.workspace.hand_in.words import SENTENCES


class HandInNote(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a hand-in, or the reason why it is refused."""

    code: str
    """A key of `SENTENCES`."""
    member: str = ""
    """The path of the file in the ZIP that it is about; '' for the ZIP itself."""
    place: str = ""
    """Where in that file: LINE:COLUMN, or ids of items."""
    words: dict[str, str] = {}
    """What the sentence names, without control characters."""

    def write_sentence(self, lang: Lang) -> str:
        """Return the note in words, as one line: file, place, what is wrong and what to do."""
        sentence = translator(lang)(SENTENCES[self.code]).format(**self.words)
        where = ":".join(filter(None, (self.member, self.place)))
        return f"{where}: {sentence}" if where else sentence


class HandInChecklist(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist of a hand-in, by which an office tells whether it is the one that it issued."""

    pinned_as: str
    id: str
    version: str
    digest: str
    """`sha256:` and the digest of its file."""
    origin: Literal["library", "changed", "other"]
    """An edition of the library; one that claims to be and is not; any other checklist."""


class HandInCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What is unfinished in the inputs, counted in items over all sheets; `warnings` of lint."""

    unanswered: int = 0
    stale: int = 0
    returned: int = 0
    unreviewed: int = 0
    """Answers that no reviewer has looked at, in sheets that name a reviewer."""
    unproved: int = 0
    warnings: int = 0


class SignedScan(msgspec.Struct, frozen=True, kw_only=True):
    """The scan of the stamped page; it proves nobody's identity."""

    path: str
    data: bytes


class HandInSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature of the report inside a hand-in."""

    signer: str
    holds: bool
    """Whether it fits its certificate and the bytes, and nothing else was added afterwards."""


class AcceptedHandIn(msgspec.Struct, frozen=True, kw_only=True, tag="accepted"):
    """A hand-in whose parts agree with each other; what it claims of its commit is not proved."""

    digest: str
    """SHA-256 of the whole file."""
    size: int
    manifest: Manifest
    data: bytes
    """data.json, which is what the inputs give."""
    inputs: dict[str, bytes]
    """The files of the unit's workspace, by their paths there."""
    checklists: tuple[HandInChecklist, ...]
    counts: HandInCounts
    report: bytes | None = None
    signatures: tuple[HandInSignature, ...] = ()
    signed_scan: SignedScan | None = None
    evidence: tuple[MemberRecord, ...] = ()
    """The files of evidence in the ZIP; their bytes are read from there where they are wanted."""
    remarks: tuple[HandInNote, ...] = ()


class RefusedHandIn(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A file that can't be taken; `manifest` is what it claims, where that can be read."""

    digest: str
    size: int
    reason: HandInNote
    manifest: Manifest | None = None


HandIn = AcceptedHandIn | RefusedHandIn
