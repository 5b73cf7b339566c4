"""The report inside a hand-in: of this unit, this round and these answers, and what its data give.

It is held against the inputs that it carries itself, as `assess verify --inputs attached` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from assess import locations
from assess.errors import EnvironmentLacksError
from assess.i18n import Lang
from assess.model.base import Bilingual
from assess.model.hand_in import REPORT
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.result import VerificationResult
from assess.report.proof.verify_inputs import verify_report_by_inputs
from assess.workspace.hand_in.inputs import describe_unit
from assess.workspace.hand_in.outcome import (
    AcceptedHandIn,
    HandIn,
    HandInNote,
    HandInRefusedError,
    HandInSignature,
    RefusedHandIn,
    make_note,
)

_NO_REPORT: Final = ("unreadable", "encrypted", "cut-off", "provenance-newer")
"""Causes for which a file is refused that can't be read as a report of this program."""
_AGREES: Final = "own-data"
_FIXED: Final = (f"{locations.CHECKLISTS}/", f"{locations.ANSWERS}/")
"""The inputs that a closing does not change."""


def check_report_of_hand_in(
    hand_in: AcceptedHandIn, report: bytes, today: date, lang: Lang
) -> HandIn:
    """Return the hand-in with the remarks on its report and its signatures, or the refusal."""
    try:
        verification = verify_report_by_inputs(report, None, (), today, today, lang)
    except EnvironmentLacksError as error:
        remark = make_note("report-not-checked", REPORT, detail=error.message)
        return replace(hand_in, remarks=(*hand_in.remarks, remark))
    try:
        remarks = tuple(_list_remarks_or_refuse(hand_in, verification))
    except HandInRefusedError as refused:
        return RefusedHandIn(
            digest=hand_in.digest,
            size=hand_in.size,
            reason=refused.reason,
            manifest=hand_in.manifest,
        )
    if verification.signatures and not _is_of_all_sheets(hand_in, verification.proof):
        remarks = (*remarks, make_note("report-signature-elsewhere", REPORT))
        return replace(hand_in, remarks=(*hand_in.remarks, *remarks))
    signatures = tuple(
        HandInSignature(
            signer=each.signer,
            holds=each.intact and each.valid and each.whole,
            fingerprint=each.fingerprint,
        )
        for each in verification.signatures
    )
    return replace(hand_in, signatures=signatures, remarks=(*hand_in.remarks, *remarks))


def _is_of_all_sheets(hand_in: AcceptedHandIn, proof: ProofFile | None) -> bool:
    """Return whether the report names the digests of all sheets that are handed in.

    Else its signatures tell nothing of who hands in: anybody who has a signed PDF of the unit can
    put it beside other answers.
    """
    start = f"{locations.ANSWERS}/"
    sheets = {path for path in hand_in.inputs if path.startswith(start)}
    return (
        proof is not None
        and set(hand_in.manifest.sheets) <= set(proof.sheets)
        and sheets <= proof.digests_by_path.keys()
    )


def _list_remarks_or_refuse(
    hand_in: AcceptedHandIn, verification: VerificationResult
) -> Iterator[HandInNote]:
    """Yield remarks on the report.

    Raises:
        HandInRefusedError: it is no report, or of another unit or round or of other answers, or not
            what its own data give.
    """
    proof = verification.proof
    if proof is not None:
        _refuse_other_round_or_unit(hand_in, proof, verification.claims.organization)
        yield from _compare_inputs_or_refuse(hand_in, proof)
    causes = [cause for cause in verification.causes if cause.code != _AGREES]
    if not causes:
        return
    detail = causes[0].text
    if verification.outcome == "not-genuine" or causes[0].code in _NO_REPORT:
        raise HandInRefusedError(make_note("report-not-genuine", REPORT, detail=detail))
    code = "report-reservation" if verification.inputs_agree else "report-not-checked"
    yield make_note(code, REPORT, detail=detail)


def _refuse_other_round_or_unit(
    hand_in: AcceptedHandIn, proof: ProofFile, organization: str
) -> None:
    """Refuse the report of another round or unit; `organization` ends with the id in brackets.

    A report that carries no assess.yaml names its unit by the digest of that file alone.
    """
    manifest = hand_in.manifest
    if proof.round != manifest.round:
        words = {"claimed": manifest.round, "actual": proof.round}
        raise HandInRefusedError(make_note("report-other-round", REPORT, **words))
    if organization and not organization.endswith(f" ({manifest.unit.id})"):
        claimed = describe_unit(manifest.unit.id, manifest.unit.name)
        note = make_note("report-other-unit", REPORT, claimed=claimed, actual=organization)
        raise HandInRefusedError(note)


def _compare_inputs_or_refuse(hand_in: AcceptedHandIn, proof: ProofFile) -> Iterator[HandInNote]:
    """Yield which settings differ from those handed in, and which sheets the report leaves out.

    Raises:
        HandInRefusedError: it was made from other answers or another checklist.
    """
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in hand_in.inputs.items()}
    other = [
        path
        for path, digest in sorted(proof.digests_by_path.items())
        if digests.get(path) != digest and not locations.is_below_folder(path, locations.TEMPLATES)
    ]
    for path in other:
        if path.startswith(_FIXED):
            raise HandInRefusedError(make_note("report-other-answers", REPORT, path=path))
    if other:
        yield make_note("report-other-settings", REPORT, paths=_join_names(other))
    left_out = [name for name in hand_in.manifest.sheets if name not in proof.sheets]
    if left_out:
        yield make_note("report-without-sheets", REPORT, sheets=_join_names(left_out))


def _join_names(names: Sequence[str]) -> Bilingual:
    return Bilingual(zh="、".join(names), en=", ".join(names))
