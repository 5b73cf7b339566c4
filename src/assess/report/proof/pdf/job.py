"""What passes between the program and the child process that reads and signs PDFs."""

from __future__ import annotations

from datetime import datetime

import msgspec

from assess.i18n import Lang


class PdfTask(msgspec.Struct, frozen=True, kw_only=True, tag_field="task"):
    """Base of what is asked."""

    pdf: bytes


class ReadPdfTask(PdfTask, frozen=True, kw_only=True, tag="read"):
    """Which files a PDF embeds, and which programs wrote it."""


class ReadPdfTextsTask(PdfTask, frozen=True, kw_only=True, tag="text"):
    """The text of each page."""


class ReadPdfFormTask(PdfTask, frozen=True, kw_only=True, tag="form"):
    """What was filled in."""


class ReadInputsTask(PdfTask, frozen=True, kw_only=True, tag="inputs"):
    """The files that a document was made from: those of a ZIP, else those attached to it."""

    archive: bytes | None
    paths_by_name: dict[str, str]
    """The paths of the inputs by their names as attachments."""


class CheckSignaturesTask(PdfTask, frozen=True, kw_only=True, tag="check"):
    """The signatures, and what was changed after the first `original` bytes."""

    original: int
    roots: tuple[bytes, ...]
    """Certificates that are trusted, PEM or DER."""
    moment: datetime
    """The time at which certificates must be valid, if there is no time stamp."""


class SignPdfTask(PdfTask, frozen=True, kw_only=True, tag="sign"):
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


PdfQuestion = (
    ReadPdfTask
    | ReadPdfTextsTask
    | ReadPdfFormTask
    | ReadInputsTask
    | CheckSignaturesTask
    | SignPdfTask
)


class PdfRefused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """It can't be done, and why; `code` is one of the words of `report.pdf_words`."""

    code: str
    detail: str = ""


class EmbeddedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside the PDF."""

    name: str
    sha256: str
    size: int


class PdfReading(msgspec.Struct, frozen=True, kw_only=True, tag="reading"):
    """The parts of a PDF that are used for verification."""

    files: tuple[EmbeddedFile, ...]
    provenance: bytes
    """The only provenance.json; empty where there is none, or more than one."""
    settings: bytes
    """The only assess.yaml that is attached; empty where there is none, or more than one."""
    producers: tuple[str, ...]
    """The programs that wrote the content and the file, as named in the file."""


class PdfTexts(msgspec.Struct, frozen=True, kw_only=True, tag="text-read"):
    """The text of each page."""

    pages: tuple[str, ...]


class SignaturePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a signature shows something: a page, and millimetres on it."""

    page: int
    width: int
    height: int
    x: int
    """From the left edge of the page."""
    y: int
    """From the lower edge of the page."""


class CheckedSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature and what was found of it."""

    field: str
    signer: str
    at: datetime | None
    stamped: bool
    """Whether a trusted time stamp proves the time."""
    intact: bool
    """The signed bytes are as they were."""
    valid: bool
    """The signature fits certificate and bytes."""
    trusted: bool
    """The certificate leads to a given root."""
    whole: bool
    """Nothing but permitted changes came after it."""
    problem: str
    place: SignaturePlace | None
    """Where it shows something; None where it shows nothing."""
    outside: bool = False
    """It shows something where the report has no field for it."""
    fingerprint: str = ""
    """The SHA-256 of the certificate, in hexadecimal."""


class CheckedSignatures(msgspec.Struct, frozen=True, kw_only=True, tag="checked"):
    """The signatures of a file, in the order in which they were made."""

    signatures: tuple[CheckedSignature, ...]
    permitted: bool
    """After the original bytes came only signatures, and what belongs to them."""
    problem: str = ""
    changed: bool = False
    """What came may show another report than the original bytes do."""
    program: str = ""
    """The last writing program that the file names, if something other was appended."""


class SignedPdf(msgspec.Struct, frozen=True, kw_only=True, tag="signed"):
    """The PDF with one more signature."""

    pdf: bytes
    field: str
    signer: str


LONGEST = 100_000
"""Characters of one entry in a form that are taken; of a longer one only one more is read."""


class PdfFormFields(msgspec.Struct, frozen=True, kw_only=True, tag="form-read"):
    """The values of a form by field name; empty fields are left out."""

    values: dict[str, str]
    names: tuple[str, ...]
    """The names of all fields but the unclear ones."""
    unclear: tuple[str, ...]
    """The names of fields that have different values, or one that is no text."""
    files: dict[str, bytes]


class InputFiles(msgspec.Struct, frozen=True, kw_only=True, tag="inputs-read"):
    """The files that a document was made from, by path."""

    files: dict[str, bytes]


PdfAnswer = (
    PdfRefused | PdfReading | PdfTexts | CheckedSignatures | SignedPdf | PdfFormFields | InputFiles
)
