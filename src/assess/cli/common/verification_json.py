"""What `verify --json` prints."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from assess.cli.common.reservation_lines import doubts_for_json
from assess.model.results import format_score

if TYPE_CHECKING:
    from assess.report.content.inputs import SheetInputs
    from assess.report.proof.digest import DigestMatch
    from assess.report.proof.doubts import ReportDoubts
    from assess.report.proof.result import VerificationResult


def verification_for_json(
    verification: VerificationResult, allowed: Collection[str]
) -> dict[str, Any]:
    """Return the result of a verification; `allowed` are kinds of reservations."""
    import msgspec  # noqa: PLC0415  # not for --help

    from assess.report.proof.words import signature_place_text  # noqa: PLC0415  # not for --help

    signed, proof = verification.commit_signature, verification.proof
    return {
        "verdict": verification.outcome,
        "report": verification.before,
        "inputs_agree": verification.inputs_agree,
        "causes": [{"code": cause.code, "text": cause.text} for cause in verification.causes],
        "other_tools": list(verification.tools),
        "program": msgspec.to_builtins(proof.program) if proof else None,
        "claims": verification.claims._asdict(),
        "commit": proof.commit if proof else None,
        "digest": proof.digest if proof else None,
        "round": proof.round if proof else None,
        "sheets": list(proof.sheets) if proof else [],
        "figures": {str(sheet.name): _figures_for_json(sheet) for sheet in verification.sheets},
        "texts": verification.texts._asdict(),
        "signatures": [
            {**msgspec.to_builtins(made), "place": signature_place_text(made.place, "en")}
            for made in verification.signatures
        ],
        **doubts_for_json(verification.doubts, allowed),
        "commit_signature": None if signed is None else {"holds": signed[0], "said": signed[1]},
    }


def _figures_for_json(sheet: SheetInputs) -> dict[str, Any]:
    from assess.engine.scoring.left_out import (  # noqa: PLC0415  # not for --help
        count_closed_sub_questions,
        count_items_left_out_by_facts,
    )

    counts, score = sheet.assessment.counts, sheet.assessment.score
    names = ("applicable", "met", "partial", "unmet", "not_applicable", "open")
    figures = {name: getattr(counts, name) for name in names}
    figures["left_out"] = count_items_left_out_by_facts(sheet.assessment)
    figures["closed"] = count_closed_sub_questions(sheet.assessment)
    return {"score": format_score(score.value if score else None)} | figures


def digest_match_for_json(
    match: DigestMatch, doubts: ReportDoubts | None, allowed: Collection[str]
) -> dict[str, Any]:
    """Return the report that a digest stands for."""
    scores = {
        str(name): format_score(assessment.score.value if assessment and assessment.score else None)
        for name, assessment in match.sheets.items()
    }
    return {
        "digest": match.digest,
        "commit": match.commit,
        "round": match.round_id,
        "template": match.template,
        "lang": match.lang,
        "date": match.day.isoformat(),
        "sheets": scores,
        **({} if doubts is None else doubts_for_json(doubts, allowed)),
    }
