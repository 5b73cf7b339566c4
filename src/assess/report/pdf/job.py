"""What passes between the program and the child process that reads and signs PDFs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from assess.i18n import Lang


class Task(msgspec.Struct, frozen=True, kw_only=True, tag_field="task"):
    """Base of what is asked."""

    pdf: bytes


class ReadTask(Task, frozen=True, kw_only=True, tag="read"):
    """What is in a report, in a form that can be compared."""


class FormTask(Task, frozen=True, kw_only=True, tag="form"):
    """What was filled in."""


class CheckTask(Task, frozen=True, kw_only=True, tag="check"):
    """The signatures, and what was changed after the first `original` bytes."""

    original: int
    roots: tuple[bytes, ...]
    """Certificates that are trusted, PEM or DER."""
    moment: datetime
    """When certificates must be valid, where no time stamp says otherwise."""


class SignTask(Task, frozen=True, kw_only=True, tag="sign"):
    """Sign once more."""

    key: bytes
    """PKCS#12."""
    password: bytes | None
    field: str | None
    seal: bytes | None
    """A picture of the seal."""
    tsa: str | None
    moment: datetime
    words: Lang


Question = ReadTask | FormTask | CheckTask | SignTask


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """It can't be done, and why; `code` is one of the words of `report.pdf_words`."""

    code: str
    detail: str = ""


class EmbeddedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside the PDF."""

    name: str
    sha256: str
    size: int


class Look(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """How a text is painted."""

    paint: str
    """Colours and how they are laid on; `covered` or `cut` where it can't be seen."""
    size: float
    """In points."""


class Piece(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A piece of text in reading order, without white space, and how its characters look."""

    page: int
    text: str
    looks: tuple[tuple[int, Look], ...]
    """How many characters look alike, from the first on; together as many as the text has."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, tag="reading"):
    """What a report holds; digests stand for what is only compared."""

    files: tuple[EmbeddedFile, ...]
    provenance: bytes
    """The only provenance.json; empty where there is none, or more than one."""
    info: dict[str, str]
    metadata: str
    pieces: tuple[Piece, ...]
    running: tuple[str, ...]
    """Heads and feet, a page each."""
    running_looks: tuple[tuple[Look, ...], ...]
    """How these look, a page each."""
    frames: tuple[str, ...]
    """What each page is beside its content: its boxes, how it is turned."""
    figures: tuple[str, ...]
    """A digest of each figure's shapes, wherever on its page it stands."""
    curves: int
    """Shapes beside figures that are neither lines nor boxes."""
    means: tuple[tuple[str, ...], ...]
    """What each page is painted with: operators and resources, as words."""
    parts: tuple[str, ...]
    """What the catalog and the form of the document hold, by name."""
    drawings: tuple[str, ...]
    """A digest of each page's content, resources included."""
    annotations: tuple[str, ...]
    bookmarks: tuple[str, ...]
    structure: str
    active: tuple[str, ...]
    """What would run when the file is opened or clicked."""


Level = Literal["none", "signatures", "forms", "other"]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature and what was found of it."""

    field: str
    signer: str
    at: datetime | None
    stamped: bool
    """Whether a trusted time stamp says when."""
    intact: bool
    """The signed bytes are as they were."""
    valid: bool
    """The signature fits certificate and bytes."""
    trusted: bool
    """The certificate leads to a given root."""
    whole: bool
    """Nothing but permitted changes came after it."""
    problem: str
    place: str
    """Page, size and place of what it shows; '' where it shows nothing."""


class Checked(msgspec.Struct, frozen=True, kw_only=True, tag="checked"):
    """The signatures of a file, in the order in which they were made."""

    signatures: tuple[Signature, ...]
    permitted: bool
    """After the original bytes came only signatures, and what belongs to them."""
    problem: str = ""


class SignedPdf(msgspec.Struct, frozen=True, kw_only=True, tag="signed"):
    """The PDF with one more signature."""

    pdf: bytes
    field: str
    signer: str


LONGEST = 100_000
"""Characters of one entry in a form that are taken; of a longer one only one more is read."""


class FormRead(msgspec.Struct, frozen=True, kw_only=True, tag="form-read"):
    """The values of a form by field name; empty fields are left out."""

    values: dict[str, str]
    names: tuple[str, ...]
    files: dict[str, bytes]


Answer = Refused | Reading | Checked | SignedPdf | FormRead
