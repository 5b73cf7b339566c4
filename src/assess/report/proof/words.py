"""Why a report is not proved genuine: each cause by a short name, with its outcome and in words."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

import msgspec

from assess.i18n import N_, Lang, translator
from assess.report.proof.pdf.job import SignaturePlace

VerificationOutcome = Literal[
    "genuine", "reservations", "not-proved", "not-checkable", "not-genuine"
]
"""The outcome of a verification, from the best to the worst.

`reservations`: genuine, but there is a doubt about something other than the report itself.
`not-proved`: the attachments match, but the bytes can't be made here, or the PDF has no provenance,
or something was appended in an unknown form. `not-checkable`: there is nothing to compare with.
"""

OUTCOMES: Final = get_args(VerificationOutcome)

CAUSES: Final[dict[str, tuple[VerificationOutcome, str]]] = {
    "unreadable": ("not-checkable", N_("this is no PDF that can be read: {detail}")),
    "encrypted": ("not-checkable", N_("the PDF is encrypted; reports never are")),
    "cut-off": ("not-checkable", N_("the PDF has no end; it is no PDF, or was cut off")),
    "commit-missing": (
        "not-checkable",
        N_(
            "commit {commit} is not in this repository; fetch what is missing, then again: "
            "git fetch --tags (in a shallow clone: git fetch --unshallow)"
        ),
    ),
    "history-missing": (
        "not-checkable",
        N_(
            "this repository lacks what the report was made from: {detail}; fetch it, then again: "
            "git fetch --tags (in a shallow clone: git fetch --unshallow --tags)"
        ),
    ),
    "other-organization": (
        "not-checkable",
        N_("it claims to be the report of {theirs}; this workspace is that of {ours}"),
    ),
    "provenance-newer": (
        "not-checkable",
        N_("a newer assess made it; update assess, then verify again"),
    ),
    "rollup-document": (
        "not-checkable",
        N_(
            "it is a document of an office's roll-up, and no report: verify it in the office's"
            " folder"
        ),
    ),
    "no-rollup": (
        "not-checkable",
        N_(
            "it is no document of a roll-up, and this is an office's folder: verify a report in the"
            " repository of whoever made it, or by its own data: assess verify … --inputs attached"
        ),
    ),
    "rollup-commit-missing": (
        "not-checkable",
        N_(
            "no commit of this folder has the files from which it says it was made ({paths}): they"
            " were not committed, or the commit is not here (git pull; in a shallow clone: git"
            " fetch --unshallow)"
        ),
    ),
    "rollup-purged": (
        "not-checkable",
        N_(
            "files that units handed in are not in inbox/ as the receipts name them, so that it"
            " can't be made again: {count} of {all}; they were purged, or taken in on another"
            " machine"
        ),
    ),
    "no-provenance": (
        "not-proved",
        N_(
            "a readable PDF without provenance.json: printed, scanned, saved by a program that "
            "drops attachments, or no report of this program"
        ),
    ),
    "uncommitted": (
        "not-proved",
        N_(
            "it is a draft, made from answers or other files that were not committed, so there is "
            "nothing to hold it against; make it again after `assess commit`"
        ),
    ),
    "other-tools": (
        "not-proved",
        N_("it says that it was set with other tools or fonts than those of this machine"),
    ),
    "other-program": (
        "not-proved",
        N_("it says that {theirs} made it; this is {ours}"),
    ),
    "own-data": (
        "not-proved",
        N_(
            "it agrees with its own data, not compared with git: whoever made the report can have "
            "made up its data too"
        ),
    ),
    "inputs-lacking": (
        "not-proved",
        N_(
            "it shows more than these inputs hold: {detail}; ask for the ZIP of assess report "
            "--inputs-zip, or verify it in the repository of whoever made it"
        ),
    ),
    "inputs-none": (
        "not-checkable",
        N_(
            "it carries no data: ask for the ZIP of assess report --inputs-zip, or verify it in "
            "the repository of whoever made it"
        ),
    ),
    "inputs-missing": (
        "not-checkable",
        N_("the inputs lack {path}, which it was made from"),
    ),
    "inputs-unreadable": (
        "not-checkable",
        N_("these inputs can't be read: {detail}"),
    ),
    "inputs-other": (
        "not-genuine",
        N_("{path} among the inputs is not the file that it names"),
    ),
    "inputs-unnamed": (
        "not-genuine",
        N_("{path} is among the inputs, but it was not made from such a file"),
    ),
    "inputs-again": (
        "not-genuine",
        N_("the report can't be made again from its inputs: {detail}"),
    ),
    "appended-unknown": (
        "not-proved",
        N_(
            "after the first {count} bytes {program} appended something in a form that this "
            "program does not know ({detail}): a PDF reader may show something else than the "
            "report; read what -o FILE writes"
        ),
    ),
    "visible-signature": (
        "reservations",
        N_(
            "signature {field} of {signer} shows something where the report has no field for it, "
            "{place}, and may cover text there; compare with what -o FILE writes"
        ),
    ),
    "untrusted": (
        "reservations",
        N_("signature {field} of {signer} leads to none of the given roots: {detail}"),
    ),
    "provenance-doubled": (
        "not-genuine",
        N_("{count} files named provenance.json are attached; there must be one"),
    ),
    "provenance-broken": (
        "not-genuine",
        N_("the attached provenance.json can't be read; it was changed"),
    ),
    "digest": (
        "not-genuine",
        N_("provenance.json was changed: its digest does not fit what it names"),
    ),
    "commit-unreachable": (
        "not-genuine",
        N_("commit {commit} is here, but no branch or tag leads to it: the history was rewritten"),
    ),
    "answers": (
        "not-genuine",
        N_("the answers differ: {path} is not what commit {commit} holds"),
    ),
    "checklist": (
        "not-genuine",
        N_("the checklist differs: {path} is not what commit {commit} holds"),
    ),
    "config": (
        "not-genuine",
        N_("the settings differ: {path} is not what commit {commit} holds"),
    ),
    "findings": (
        "not-genuine",
        N_("the findings of others differ: {path} is not what commit {commit} holds"),
    ),
    "evidence": (
        "not-genuine",
        N_("the evidence register differs: {path} is not what commit {commit} holds"),
    ),
    "template": (
        "not-genuine",
        N_("the template differs: {path} is not what commit {commit} holds"),
    ),
    "input-missing": (
        "not-genuine",
        N_("{path} is named as an input, but commit {commit} has no such file"),
    ),
    "input-unnamed": (
        "not-genuine",
        N_("commit {commit} holds {path}, which the provenance does not name"),
    ),
    "again": (
        "not-genuine",
        N_("the report can't be made again from commit {commit}: {detail}"),
    ),
    "again-elsewhere": (
        "not-proved",
        N_("this version of the program can't make the report from commit {commit}: {detail}"),
    ),
    "attachment-changed": (
        "not-genuine",
        N_("the attached {name} is not that of the report made here"),
    ),
    "attachment-missing": ("not-genuine", N_("{name} is not attached any more")),
    "attachment-extra": ("not-genuine", N_("{name} is attached, which no report attaches")),
    "attachment-doubled": ("not-genuine", N_("{name} is attached more than once")),
    "provenance": ("not-genuine", N_("provenance.json was changed: {keys}")),
    "bytes": (
        "not-genuine",
        N_("its bytes differ from the report made here with the same tools and fonts"),
    ),
    "saved-again": (
        "not-genuine",
        N_("another program saved it again, as the file says: {program}"),
    ),
    "appended": (
        "not-genuine",
        N_("{count} bytes follow the end of the report, and no signature covers them"),
    ),
    "changed-after": (
        "not-genuine",
        N_("more than signatures was added after the report was made: {detail}"),
    ),
    "signature": ("not-genuine", N_("signature {field} of {signer} does not hold: {detail}")),
    "signature-damaged": (
        "not-genuine",
        N_("what follows the report is damaged, a signature or what was added with it: {detail}"),
    ),
}
"""By the name in the output of `--json`."""


class VerificationCause(NamedTuple):
    """A reason why a report is not proved genuine, with its text."""

    code: str
    text: str

    @property
    def outcome(self) -> VerificationOutcome:
        """The outcome for this cause alone."""
        return CAUSES[self.code][0]


def make_verification_cause(code: str, lang: Lang, **words: object) -> VerificationCause:
    """Return a cause in words."""
    return VerificationCause(code, translator(lang)(CAUSES[code][1]).format(**words))


def worst_outcome(causes: tuple[VerificationCause, ...]) -> VerificationOutcome:
    """Return the worst outcome of the causes; `genuine` without any."""
    return max((cause.outcome for cause in causes), key=OUTCOMES.index, default="genuine")


def signature_place_text(place: SignaturePlace | None, lang: Lang) -> str:
    """Return where a signature shows something, as people read it; '' where it shows nothing."""
    if place is None:
        return ""
    _ = translator(lang)
    text = _("p. {page}, {width} × {height} mm (x {x}, y {y})")
    return text.format(**msgspec.structs.asdict(place))
