"""What the reading of a hand-in comes to: accepted with remarks, or refused for a reason."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec

from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.model.base import Bilingual, Text, pick_text
from assess.model.hand_in import Manifest, MemberRecord
from assess.workspace.hand_in.words import SENTENCES

_LONGEST_WORD: Final = 300
"""Characters of a stranger's word that are shown."""


class HandInNote(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a hand-in, or a reason why it is refused; `make_note` makes it."""

    code: str
    """A key of `SENTENCES`."""
    member: str = ""
    """The path of the file in the ZIP that it is about; '' for the ZIP itself."""
    place: str = ""
    """Where in that file: LINE:COLUMN, ids of items, or a path in JSON."""
    words: dict[str, Text] = {}
    """What the sentence names."""

    def write_sentence(self, lang: Lang) -> str:
        """Return the note as one line: file and place, what is wrong, what to do."""
        words = {name: pick_text(word, lang) for name, word in self.words.items()}
        sentence = translator(lang)(SENTENCES[self.code]).format(**words)
        where = ":".join(filter(None, (self.member, self.place)))
        return f"{where}: {sentence}" if where else sentence


def make_note(code: str, member: str = "", place: str = "", **words: Text | int) -> HandInNote:
    """Return a note; texts of strangers become harmless and are cut."""
    return HandInNote(
        code=code,
        member=_make_short_and_harmless(member),
        place=_make_short_and_harmless(place),
        words={
            name: Bilingual(
                zh=_make_short_and_harmless(word.zh or ""),
                en=_make_short_and_harmless(word.en or ""),
            )
            if isinstance(word, Bilingual)
            else _make_short_and_harmless(str(word))
            for name, word in words.items()
        },
    )


def _make_short_and_harmless(text: str) -> str:
    cut = text if len(text) <= _LONGEST_WORD else f"{text[:_LONGEST_WORD]}…"
    return mark_line_breaks_and_escape(cut)


class HandInRefusedError(Exception):
    """Ends the reading of a hand-in; `others` are further reasons of the same sort."""

    def __init__(self, reason: HandInNote, others: tuple[HandInNote, ...] = ()) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.others = others


class HandInChecklist(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist of a hand-in, by which an office tells whether it is the one that it issued."""

    pinned_as: str
    id: str
    version: str
    digest: str
    """`sha256:` and the digest of its file."""
    origin: Literal["library", "changed", "other"]
    """An edition of the library; one that claims or seems to be and is not; any other."""


class HandInCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What is unfinished in the inputs, counted in items over all sheets; `warnings` of lint."""

    unanswered: int = 0
    stale: int = 0
    """Answers given to another wording."""
    returned: int = 0
    unreviewed: int = 0
    """Answers that no reviewer has looked at, in sheets that name a reviewer."""
    unproved: int = 0
    """Items without evidence that a final report must have."""
    warnings: int = 0


class SignedScan(msgspec.Struct, frozen=True, kw_only=True):
    """The scan of the stamped page; it proves nobody's identity."""

    path: str
    data: bytes


class HandInSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature of the report inside a hand-in."""

    signer: str
    holds: bool
    """Whether it fits its certificate and the bytes, and nothing but signatures came after it."""
    fingerprint: str = ""
    """The SHA-256 of the certificate, in hexadecimal."""


class AcceptedHandIn(msgspec.Struct, frozen=True, kw_only=True, tag="accepted"):
    """A hand-in whose parts agree with each other; what it claims of its commit is not proved."""

    digest: str
    """SHA-256 of the whole file."""
    size: int
    manifest: Manifest
    data: bytes
    """The data of the round as this program computes it from the inputs."""
    inputs: dict[str, bytes]
    """The files of the unit's workspace, by their paths there."""
    checklists: tuple[HandInChecklist, ...]
    counts: HandInCounts
    report: bytes | None = None
    signatures: tuple[HandInSignature, ...] = ()
    """Those of the report, where it was made from all sheets that are handed in."""
    signed_scan: SignedScan | None = None
    evidence: tuple[MemberRecord, ...] = ()
    """The files of evidence in the ZIP; their bytes are read from there where they are wanted."""
    newest_answer: date | None = None
    """The day of the newest answer, as the sheets say; None where no answer has a time."""
    remarks: tuple[HandInNote, ...] = ()

    @property
    def is_report_checked(self) -> bool:
        """Whether the report inside was made again from its own data, and is these bytes."""
        codes = {note.code for note in self.remarks}
        return self.report is not None and "report-not-checked" not in codes


class RefusedHandIn(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A file that can't be taken; `manifest` is what it claims, where that can be read."""

    digest: str
    size: int
    reason: HandInNote
    others: tuple[HandInNote, ...] = ()
    """Further reasons of the same sort, such as the next errors of lint."""
    manifest: Manifest | None = None


HandIn = AcceptedHandIn | RefusedHandIn

FolderFault = Literal["no-workspace", "not-closed", "folder-refused"]
"""Why a folder on a share gives no hand-in: it has no workspace; the round is not closed, or is
not there; it is refused, or can't be read."""


class PassedFolder(NamedTuple):
    """A folder on a share that gives no hand-in, and why in words."""

    fault: FolderFault
    detail: str
