"""Strict decoding of the provenance.json of a report, which other people may have written."""

from __future__ import annotations

import re
from typing import Annotated, Final

import msgspec

from assess.i18n import Lang
from assess.model.base import Id
from assess.model.provenance import CalendarSeconds, InputFile, Program
from assess.model.rollup import ROLLUP_FORMAT, ROLLUP_PROVENANCE_FORMAT
from assess.workspace import SheetName
from assess.workspace.core.provenance import compute_report_digest
from assess.workspace.core.report_request import AttachmentChoice

_Oid = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})\Z")]
_Sha = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Name = Annotated[str, msgspec.Meta(pattern=r"^[^./\\\x00-\x1f][^/\\\x00-\x1f]{0,199}\Z")]
_Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
_Version = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z.+!_-]{0,64}\Z")]
_Words = Annotated[str, msgspec.Meta(max_length=1000)]
_Path = Annotated[str, msgspec.Meta(max_length=4096)]


def is_valid_name(text: str) -> bool:
    """Return whether a report can name a template, a round or a sheet like this."""
    try:
        msgspec.convert(text, _Name)
    except msgspec.ValidationError:
        return False
    return True


class _ProvedFile(InputFile, frozen=True, kw_only=True):
    """An input as the provenance of a PDF names it."""

    path: _Path
    sha256: _Sha


class _ProvedProgram(Program, frozen=True, kw_only=True):
    """The program as the provenance of a PDF names it: no field has room for a sentence."""

    version: _Version
    commit: _Oid | None
    files: _Sha


class ProofOfMaking(msgspec.Struct, frozen=True, kw_only=True):
    """What the provenance of a report and of a roll-up have alike: inputs, program and tools."""

    inputs: tuple[_ProvedFile, ...]
    lang: Lang
    date: _Day
    tool_version: _Version = ""
    """The program's version in reports that do not name the program itself."""
    program: _ProvedProgram | None = None
    machine: dict[_Words, _Words] = {}
    tools: dict[_Words, _Words] = {}
    fonts: dict[_Words, _Words] = {}
    templates: _Words = ""

    @property
    def digests_by_path(self) -> dict[str, str]:
        """The digests of the files it is made from, by path."""
        return {input_file.path: input_file.sha256 for input_file in self.inputs}

    def tools_and_fonts(self) -> dict[str, str]:
        """Return the tools and fonts, which influence the bytes like the inputs and the program."""
        fonts = {f"font {name}": digest for name, digest in self.fonts.items()}
        return self.tools | fonts | {"templates": self.templates}


class ProofFile(ProofOfMaking, frozen=True, kw_only=True):
    """The provenance that a report contains."""

    format: Annotated[str, msgspec.Meta(pattern=r"^assess/provenance/[12]\Z")]
    commit: _Oid | None
    commit_time: CalendarSeconds | None = None
    digest: _Sha
    template: _Name
    round: _Name
    sheets: tuple[_Name, ...]
    against: _Words | None = None
    """A round or a commit; reports of older programs hold the words of the request."""
    against_mark: _Oid | None = None
    """The commit, or the digest of the round's files."""
    attachments: AttachmentChoice = "inputs"
    """The files inside the document; reports of the first format attach the inputs."""

    @property
    def sheet_names(self) -> list[SheetName]:
        """The sheets that are reported."""
        return [SheetName.parse_name(name) for name in self.sheets]

    def is_digest_right(self) -> bool:
        """Return whether the digest is that of commit, files and settings named here."""
        settings = [self.template, self.lang, self.date]
        settings += [self.against_mark] if self.against_mark else []
        return compute_report_digest(self.commit, self.inputs, settings) == self.digest


class RollUpProof(ProofOfMaking, frozen=True, kw_only=True):
    """The provenance that the circular of a roll-up contains (docs/verification.md)."""

    format: Annotated[str, msgspec.Meta(pattern=rf"^{ROLLUP_PROVENANCE_FORMAT}\Z")]
    campaign: Id
    category: _Words | None = None
    """The category whose units alone are in it."""
    anonymous: bool = False
    marking: _Words
    number: _Words | None = None
    """The document number; None where it is left blank."""
    copies: _Words | None = None
    """Who gets a copy; None where the imprint names nobody."""


def decode_rollup_proof(data: bytes) -> RollUpProof | None:
    """Return the provenance of a roll-up, None where it is none."""
    try:
        return msgspec.json.decode(data, type=RollUpProof)
    except (msgspec.DecodeError, RecursionError):
        return None


class _RollUpJson(msgspec.Struct, frozen=True, kw_only=True):
    """What the JSON of a roll-up says of itself; its tables are passed over."""

    format: Annotated[str, msgspec.Meta(pattern=rf"^{ROLLUP_FORMAT}\Z")]
    program: _Version
    lang: Lang
    campaign: Id
    category: _Words | None
    anonymous: bool
    reckoned: _Day
    marking: _Words
    inputs: tuple[_ProvedFile, ...] = ()


def decode_proof_of_rollup_json(data: bytes) -> RollUpProof | None:
    """Return what the JSON of a roll-up names as a provenance does, None where it is none."""
    try:
        head = msgspec.json.decode(data, type=_RollUpJson)
    except (msgspec.DecodeError, RecursionError):
        return None
    return RollUpProof(
        format=ROLLUP_PROVENANCE_FORMAT,
        inputs=head.inputs,
        lang=head.lang,
        date=head.reckoned,
        tool_version=head.program,
        campaign=head.campaign,
        category=head.category,
        anonymous=head.anonymous,
        marking=head.marking,
    )


def decode_proof(data: bytes) -> ProofFile | None:
    """Return the provenance, None where it is none."""
    try:
        return msgspec.json.decode(data, type=ProofFile)
    except (msgspec.DecodeError, RecursionError):
        return None


class _FormatHead(msgspec.Struct):
    format: str


_NEWER: Final = re.compile(
    r"assess/provenance/(?:[3-9]|[1-9][0-9]{1,8})"
    r"|assess/rollup-provenance/(?:[2-9]|[1-9][0-9]{1,8})"
)
_ROLLUP_START: Final = "assess/rollup-provenance/"


def is_newer_provenance(data: bytes) -> bool:
    """Return whether it is the provenance of a newer program."""
    return _NEWER.fullmatch(_read_format(data)) is not None


def is_rollup_provenance(data: bytes) -> bool:
    """Return whether it is the provenance of a roll-up, of whatever program."""
    return _read_format(data).startswith(_ROLLUP_START)


def _read_format(data: bytes) -> str:
    try:
        return msgspec.json.decode(data, type=_FormatHead).format
    except (msgspec.DecodeError, RecursionError):
        return ""
