"""Verification of a report: it is made again from its commit and compared byte by byte.

docs/verification.md lists what each outcome proves and does not prove.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from assess import locations
from assess.errors import (
    AssessError,
    DamagedError,
    EnvironmentLacksError,
    MissingHistoryError,
    RepositoryError,
)
from assess.harmless import make_visible
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.report.content.inputs import midnight_of_report_day
from assess.report.proof.compare import (
    find_attachment_causes,
    find_provenance_causes,
    find_text_differences,
    read_page_texts,
)
from assess.report.proof.doubts import ReportDoubts, find_report_doubts
from assess.report.proof.making import (
    choose_program_to_name_in_remade_report,
    find_program_and_tool_causes,
    is_this_program,
    list_differing_tools,
)
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.proof_file import ProofFile, decode_proof, is_newer_provenance
from assess.report.proof.result import UnprovedClaims, VerificationRequest, VerificationResult
from assess.report.proof.sheet_selections import is_possible_selection
from assess.report.proof.signature_check import check_appended_bytes, make_refusal_cause
from assess.report.proof.words import (
    VerificationCause,
    VerificationOutcome,
    make_verification_cause,
    worst_outcome,
)
from assess.report.render.produce import ProducedReport, produce_report
from assess.workspace import Workspace
from assess.workspace.core.provenance import digest_input_files
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.history.commit_folder import CommitWorkspace
from assess.workspace.history.history_before import HistoryBefore
from assess.workspace.history.report_commits import ReportCommits
from assess.workspace.proof.attached_files import decode_attached_config

_BYTES_ALONE: Final = ("bytes", "saved-again")
"""Causes that say only that the bytes differ."""

_END: Final = b"%%EOF\n"
_END_OF_DAY: Final = timedelta(hours=23, minutes=59, seconds=59)
_KINDS: Final = {
    locations.ANSWERS: "answers",
    locations.CONFIG: "config",
    locations.CHECKLISTS: "checklist",
    locations.EVIDENCE: "evidence",
    locations.TEMPLATES: "template",
}
_PRINTED_DIGEST: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")


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
    reading, original = _read_report(pdf, workspace.lang)
    if isinstance(reading, VerificationCause):
        return VerificationResult(reading.outcome, (reading,))
    moment_at = midnight_of_report_day(at) + _END_OF_DAY
    asked = VerificationRequest(pdf, tuple(roots), moment_at, today, workspace.lang, original)
    proof = _read_proof(reading, asked.lang)
    if isinstance(proof, VerificationCause):
        return _verify_without_proof(proof, asked, reading)
    additions = check_appended_bytes(asked)
    verdict = _verify_against_commit(workspace, commits, asked, reading, proof)
    causes = (*verdict.causes, *additions.causes)
    return verdict._replace(
        outcome=_outcome_with_reservations(causes, verdict.doubts),
        before=_outcome_with_reservations(verdict.causes, verdict.doubts),
        causes=(*causes, *_other_organization_causes(workspace, reading, causes)),
        proof=proof,
        signatures=additions.signatures,
        claims=UnprovedClaims(_claimed_organization(reading, asked.lang)),
    )


def _outcome_with_reservations(
    causes: tuple[VerificationCause, ...], doubts: ReportDoubts
) -> VerificationOutcome:
    """Return the worst outcome of the causes; a genuine report may still carry reservations."""
    outcome = worst_outcome(causes)
    return "reservations" if outcome == "genuine" and doubts.reservations else outcome


def _read_report(pdf: bytes, lang: Lang) -> tuple[pdf_job.PdfReading | VerificationCause, int]:
    """Return what the report itself holds, and how many bytes it has.

    A PDF that another program wrote may end in other ways than a report does: it is read whole.
    """
    original = pdf.find(_END) + len(_END) if _END in pdf else len(pdf)
    answer = ask_pdf_child(pdf_job.ReadPdfTask(pdf=pdf[:original]), lang)
    if not isinstance(answer, pdf_job.PdfReading) and original < len(pdf):
        original = len(pdf)
        answer = ask_pdf_child(pdf_job.ReadPdfTask(pdf=pdf), lang)
    if isinstance(answer, pdf_job.PdfReading):
        return answer, original
    cut_off = b"%%EOF" not in pdf
    return (
        make_verification_cause("cut-off", lang) if cut_off else make_refusal_cause(answer, lang)
    ), original


def _read_proof(reading: pdf_job.PdfReading, lang: Lang) -> ProofFile | VerificationCause:
    count = sum(file.name == "provenance.json" for file in reading.files)
    if count != 1:
        code = "provenance-doubled" if count else "no-provenance"
        return make_verification_cause(code, lang, count=count)
    proof = decode_proof(reading.provenance)
    if proof is None:
        code = (
            "provenance-newer" if is_newer_provenance(reading.provenance) else "provenance-broken"
        )
        return make_verification_cause(code, lang)
    return proof if proof.is_digest_right() else make_verification_cause("digest", lang)


def _verify_without_proof(
    cause: VerificationCause, asked: VerificationRequest, reading: pdf_job.PdfReading
) -> VerificationResult:
    """Return the result for a PDF without a credible provenance."""
    pages = read_page_texts(ask_pdf_child, asked.pdf, asked.lang)
    digests = dict.fromkeys(digest for page in pages for digest in _PRINTED_DIGEST.findall(page))
    return VerificationResult(
        cause.outcome,
        (cause,),
        signatures=check_appended_bytes(asked).signatures,
        claims=UnprovedClaims(_claimed_organization(reading, asked.lang), tuple(digests)),
    )


def _claimed_organization(reading: pdf_job.PdfReading, lang: Lang) -> str:
    """Return name and id of the organization in the attached assess.yaml; '' without one."""
    config = decode_attached_config(reading.settings, lang)
    if config is None:
        return ""
    return make_visible(f"{pick_text(config.organization.name, lang)} ({config.organization.id})")


def _other_organization_causes(
    workspace: Workspace, reading: pdf_job.PdfReading, causes: Sequence[VerificationCause]
) -> Iterator[VerificationCause]:
    """Yield that the report claims another organization, where its commit is not here."""
    theirs = _claimed_organization(reading, workspace.lang)
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
    with commits.check_out(
        commit, proof.round, choose_program_to_name_in_remade_report(proof)
    ) as checkout:
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
                "input-missing", lang, path=make_visible(path), commit=commit
            )
        elif digests[path] != digest:
            kind = _KINDS.get(path.split("/", 1)[0], "config")
            yield make_verification_cause(kind, lang, path=make_visible(path), commit=commit)
    for path in sorted(digests.keys() - proof.digests_by_path.keys()):
        yield make_verification_cause("input-unnamed", lang, path=make_visible(path), commit=commit)


def _remake_and_compare(
    workspace: Workspace,
    checkout: CommitWorkspace,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
) -> VerificationResult:
    """Make the report again and compare."""
    try:
        request = _make_request(proof, checkout.read_config().rounds)
        listed = checkout.list_sheets(proof.round)
        if not is_possible_selection(request.sheets, listed):
            cause = make_verification_cause("provenance", asked.lang, keys="sheets")
            return VerificationResult(cause.outcome, (cause,))
        produced = produce_report(checkout, request, asked.today)
    except (DamagedError, EnvironmentLacksError):
        raise
    except MissingHistoryError as error:
        return _result_of_missing_history(make_visible(error.message), asked.lang)
    except RepositoryError as error:
        return _result_of_missing_history(make_visible(str(error)), asked.lang)
    except (AssessError, ValueError) as error:
        words = {"commit": str(proof.commit)[:10], "detail": make_visible(str(error))}
        code = "again" if is_this_program(proof) else "again-elsewhere"
        cause = make_verification_cause(code, asked.lang, **words)
        return VerificationResult(cause.outcome, (cause,))
    made_here = produced.rendered.pdf
    doubts = find_report_doubts(workspace, produced.inputs, asked.today)
    if asked.pdf[: asked.original] == made_here:
        verdict = VerificationResult("genuine")
    else:
        verdict = _explain_differing_bytes(produced, asked, reading, proof)
        verdict = _blame_missing_history(verdict, doubts, produced.inputs.history, asked.lang)
    return verdict._replace(
        sheets=produced.inputs.sheets,
        doubts=doubts,
        left_out=tuple(
            name for name in checkout.list_all_sheets(proof.round) if name not in request.sheets
        ),
        made_here=made_here,
    )


def _result_of_missing_history(detail: str, lang: Lang) -> VerificationResult:
    cause = make_verification_cause("history-missing", lang, detail=detail)
    return VerificationResult(cause.outcome, (cause,))


def _blame_missing_history(
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
    detail = make_visible(", ".join(details))
    causes = (*others, make_verification_cause("history-missing", lang, detail=detail))
    return verdict._replace(outcome=worst_outcome(causes), causes=causes)


def _make_request(proof: ProofFile, rounds: Collection[str]) -> ReportRequest:
    """Return the request for the report that the provenance describes.

    What it is compared with is a round, or the commit by its id: the words in a report of an older
    program may be anything that git takes for a commit.

    Raises:
        ValueError: its date is none.
    """
    return ReportRequest(
        round_id=proof.round,
        sheets=tuple(proof.sheet_names),
        template=proof.template,
        lang=proof.lang,
        against=proof.against if proof.against in rounds else proof.against_mark,
        day=date.fromisoformat(proof.date),
    )


def _explain_differing_bytes(
    produced: ProducedReport,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
) -> VerificationResult:
    """Return the result with the reasons for different bytes, as far as they are known."""
    lang = asked.lang
    made_here = produced.rendered.pdf
    ours = ask_pdf_child(pdf_job.ReadPdfTask(pdf=made_here), lang)
    our_proof = decode_proof(ours.provenance) if isinstance(ours, pdf_job.PdfReading) else None
    if not isinstance(ours, pdf_job.PdfReading) or our_proof is None:
        return VerificationResult("not-checkable", (make_refusal_cause(ours, lang),))
    tools = tuple(list_differing_tools(proof, our_proof))
    causes = [
        *find_attachment_causes(reading, ours, lang),
        *find_provenance_causes(proof, our_proof, lang),
        *find_program_and_tool_causes(reading, ours, proof, tools, lang),
    ]
    pages = [read_page_texts(ask_pdf_child, pdf, lang) for pdf in (asked.pdf, made_here)]
    return VerificationResult(
        worst_outcome(tuple(causes)),
        tuple(causes),
        tools=tools,
        texts=find_text_differences(pages[0], pages[1]),
    )
