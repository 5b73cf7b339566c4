"""Verification of a report: it is made again from its commit and compared byte by byte.

docs/verification.md lists what each outcome proves and does not prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from assess import locations
from assess.errors import (
    AssessError,
    DamagedError,
    EnvironmentLacksError,
    MissingHistoryError,
    RepositoryError,
)
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.report.proof.doubts import ReportDoubts, find_report_doubts
from assess.report.proof.making import (
    choose_program_of_remade_report,
    is_made_by_this_program,
)
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.remade import explain_differing_bytes, make_request_of_provenance
from assess.report.proof.result import UnprovedClaims, VerificationRequest, VerificationResult
from assess.report.proof.sheet_selections import is_possible_selection
from assess.report.proof.signature_check import check_appended_bytes
from assess.report.proof.submitted import (
    end_of_day,
    find_claimed_organization,
    make_result_without_provenance,
    read_provenance,
    read_report_and_original_size,
)
from assess.report.proof.words import (
    VerificationCause,
    VerificationOutcome,
    make_verification_cause,
    worst_outcome,
)
from assess.report.render.produce import produce_report
from assess.workspace import Workspace
from assess.workspace.core.provenance import digest_input_files
from assess.workspace.history.commit_folder import CommitWorkspace
from assess.workspace.history.history_before import HistoryBefore
from assess.workspace.history.report_commits import ReportCommits

_BYTES_ALONE: Final = ("bytes", "saved-again")
"""Causes that say only that the bytes differ."""

_KINDS: Final = {
    locations.ANSWERS: "answers",
    locations.CONFIG: "config",
    locations.FINDINGS: "findings",
    locations.CHECKLISTS: "checklist",
    locations.EVIDENCE: "evidence",
    locations.TEMPLATES: "template",
}


def verify_report(
    workspace: Workspace, pdf: bytes, roots: Sequence[bytes], at: date, today: date
) -> VerificationResult:
    """Return whether a report is the one that the workspace's repository produces.

    `roots` are certificates to trust, `at` the day on which those of signers must be valid.

    Raises:
        UsageError: the workspace is in no repository, or one of `roots` is no certificate.
        DamagedError: the repository is damaged.
        EnvironmentLacksError: the machine lacks what reports need, or a limit was reached.
    """
    commits = ReportCommits(workspace)
    reading, original = read_report_and_original_size(pdf, workspace.lang)
    if isinstance(reading, VerificationCause):
        return VerificationResult(reading.outcome, (reading,))
    asked = VerificationRequest(pdf, tuple(roots), end_of_day(at), today, workspace.lang, original)
    proof = read_provenance(reading, asked.lang)
    if isinstance(proof, VerificationCause):
        return make_result_without_provenance(proof, asked, reading)
    additions = check_appended_bytes(asked)
    verdict = _verify_against_commit(workspace, commits, asked, reading, proof)
    causes = (*verdict.causes, *additions.causes)
    return verdict._replace(
        outcome=_outcome_with_reservations(causes, verdict.doubts),
        before=_outcome_with_reservations(verdict.causes, verdict.doubts),
        causes=(*causes, *_other_organization_causes(workspace, reading, causes)),
        proof=proof,
        signatures=additions.signatures,
        claims=UnprovedClaims(find_claimed_organization(reading, asked.lang)),
    )


def _outcome_with_reservations(
    causes: tuple[VerificationCause, ...], doubts: ReportDoubts
) -> VerificationOutcome:
    """Return the worst outcome of the causes; a genuine report may still carry reservations."""
    outcome = worst_outcome(causes)
    return "reservations" if outcome == "genuine" and doubts.reservations else outcome


def _other_organization_causes(
    workspace: Workspace, reading: pdf_job.PdfReading, causes: Sequence[VerificationCause]
) -> Iterator[VerificationCause]:
    """Yield that the report claims another organization, where its commit is not here."""
    theirs = find_claimed_organization(reading, workspace.lang)
    organization = workspace.read_config().organization
    ours = f"{pick_text(organization.name, workspace.lang)} ({organization.id})"
    if theirs and theirs != ours and any(cause.code == "commit-missing" for cause in causes):
        yield make_verification_cause(
            "other-organization", workspace.lang, theirs=theirs, ours=ours
        )


def _verify_against_commit(
    workspace: Workspace,
    commits: ReportCommits,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
) -> VerificationResult:
    cause = _commit_cause(commits, proof, asked.lang)
    if cause is not None:
        return VerificationResult(cause.outcome, (cause,))
    commit = str(proof.commit)
    signed = commits.check_commit_signature(commit)
    with commits.check_out(commit, proof.round, choose_program_of_remade_report(proof)) as checkout:
        causes = tuple(_input_causes(checkout, proof, asked.lang))
        if causes:
            return VerificationResult("not-genuine", causes, commit_signature=signed)
        verdict = _remake_and_compare(workspace, checkout, asked, reading, proof)
    return verdict._replace(commit_signature=signed)


def _commit_cause(commits: ReportCommits, proof: ProofFile, lang: Lang) -> VerificationCause | None:
    """Return why the commit can't be used; None where it can.

    Raises:
        BrokenHeadError: it is not there, and the newest one can't be read.
    """
    if proof.commit is None:
        return make_verification_cause("uncommitted", lang)
    fault = commits.find_commit_fault(proof.commit)
    return None if fault is None else make_verification_cause(fault, lang, commit=proof.commit[:10])


def _input_causes(
    checkout: CommitWorkspace, proof: ProofFile, lang: Lang
) -> Iterator[VerificationCause]:
    """Yield causes about inputs that differ between the commit and the provenance."""
    files = digest_input_files(checkout.root, proof.round, proof.sheet_names, lang)
    digests = {file.path: file.sha256 for file in files}
    commit = str(proof.commit)[:10]
    for path, digest in proof.digests_by_path.items():
        if path not in digests:
            yield make_verification_cause(
                "input-missing", lang, path=escape_and_replace_tabs(path), commit=commit
            )
        elif digests[path] != digest:
            kind = _KINDS.get(path.split("/", 1)[0], "config")
            yield make_verification_cause(
                kind, lang, path=escape_and_replace_tabs(path), commit=commit
            )
    for path in sorted(digests.keys() - proof.digests_by_path.keys()):
        yield make_verification_cause(
            "input-unnamed", lang, path=escape_and_replace_tabs(path), commit=commit
        )


def _remake_and_compare(
    workspace: Workspace,
    checkout: CommitWorkspace,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
) -> VerificationResult:
    """Make the report again and compare."""
    try:
        request = make_request_of_provenance(proof, checkout.read_config().rounds)
        listed = checkout.list_sheets(proof.round)
        if not is_possible_selection(request.sheets, listed):
            cause = make_verification_cause("provenance", asked.lang, keys="sheets")
            return VerificationResult(cause.outcome, (cause,))
        produced = produce_report(checkout, request, asked.today)
    except (DamagedError, EnvironmentLacksError):
        raise
    except MissingHistoryError as error:
        return _result_of_missing_history(escape_and_replace_tabs(error.message), asked.lang)
    except RepositoryError as error:
        return _result_of_missing_history(escape_and_replace_tabs(str(error)), asked.lang)
    except (AssessError, ValueError) as error:
        words = {"commit": str(proof.commit)[:10], "detail": escape_and_replace_tabs(str(error))}
        code = "again" if is_made_by_this_program(proof) else "again-elsewhere"
        cause = make_verification_cause(code, asked.lang, **words)
        return VerificationResult(cause.outcome, (cause,))
    made_here = produced.rendered.pdf
    doubts = find_report_doubts(workspace, checkout, produced.inputs, asked.today)
    if asked.pdf[: asked.original] == made_here:
        verdict = VerificationResult("genuine")
    else:
        verdict = explain_differing_bytes(made_here, asked, reading, proof)
        verdict = _explain_by_missing_history(verdict, doubts, produced.inputs.history, asked.lang)
    return verdict._replace(
        sheets=produced.inputs.sheets,
        doubts=doubts,
        made_here=made_here,
    )


def _result_of_missing_history(detail: str, lang: Lang) -> VerificationResult:
    cause = make_verification_cause("history-missing", lang, detail=detail)
    return VerificationResult(cause.outcome, (cause,))


def _explain_by_missing_history(
    verdict: VerificationResult, doubts: ReportDoubts, history: HistoryBefore, lang: Lang
) -> VerificationResult:
    """Return the result of bytes that differ; what is not here may be the only reason.

    Without the tag of a round before, the report made here shows nothing of that round; without
    the commits before, it doubts no date.
    """
    _ = translator(lang)
    tags = [shown.tag for shown in doubts.rounds if shown.state in ("missing", "unknown")]
    details = [_("tag {list}").format(list=", ".join(tags))] if tags else []
    if not history.is_complete:
        details.append(_("commits before that of the report"))
    if not details:
        return verdict
    others = (cause for cause in verdict.causes if cause.code not in _BYTES_ALONE)
    detail = escape_and_replace_tabs(", ".join(details))
    causes = (*others, make_verification_cause("history-missing", lang, detail=detail))
    return verdict._replace(outcome=worst_outcome(causes), causes=causes)
