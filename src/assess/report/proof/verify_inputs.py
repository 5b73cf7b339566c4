"""Verification of a report by its own inputs: without a repository, and so without a proof.

The inputs are attached to the report, or come in a ZIP. Whoever made both can make up both: at best
they agree.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from assess import locations
from assess.errors import (
    AssessError,
    EnvironmentLacksError,
    MissingHistoryError,
    RepositoryError,
)
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, translator
from assess.model.provenance import InputFile, Provenance
from assess.report.content.inputs_zip import EARLIER, FACTS, PICTURES, is_allowed_input_path
from assess.report.content.origins import find_template_origin, list_checklist_origins
from assess.report.content.repository_facts import RepositoryFacts, decode_repository_facts
from assess.report.content.view.reservation_kinds import list_reservations
from assess.report.proof.doubts import ReportDoubts
from assess.report.proof.inputs_lacking import (
    describe_missing_inputs,
    list_missing_repository_facts,
)
from assess.report.proof.inputs_workspace import InputsWorkspace
from assess.report.proof.making import choose_program_of_remade_report, is_made_by_this_program
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.remade import explain_differing_bytes, make_request_of_provenance
from assess.report.proof.result import UnprovedClaims, VerificationRequest, VerificationResult
from assess.report.proof.sheet_selections import is_possible_selection
from assess.report.proof.signature_check import check_appended_bytes, make_refusal_cause
from assess.report.proof.submitted import (
    end_of_day,
    find_claimed_organization,
    make_result_without_provenance,
    read_provenance,
    read_report_and_original_size,
)
from assess.report.proof.words import (
    VerificationCause,
    make_verification_cause,
    worst_outcome,
)
from assess.report.render.produce import ProducedReport, ReportProduction, produce_report
from assess.workspace.proof.attached_files import attachment_name_of_path

_HARMLESS: Final = ("genuine", "reservations")
"""Outcomes of what was added that leave the report what it is."""


class _GivenInputs(NamedTuple):
    """The files by which a report is verified, and what they tell of its repository."""

    files: Mapping[str, bytes]
    facts: RepositoryFacts | None


def verify_report_by_inputs(
    pdf: bytes, archive: bytes | None, roots: Sequence[bytes], at: date, today: date, lang: Lang
) -> VerificationResult:
    """Return whether a report is what its inputs give: those of a ZIP, None: those attached to it.

    `roots` are certificates to trust, `at` the day on which those of signers must be valid.

    Raises:
        UsageError: one of `roots` is no certificate.
        EnvironmentLacksError: the machine lacks what reports need, or a limit was reached.
    """
    reading, original = read_report_and_original_size(pdf, lang)
    if isinstance(reading, VerificationCause):
        return VerificationResult(reading.outcome, (reading,), by_inputs=True)
    asked = VerificationRequest(pdf, tuple(roots), end_of_day(at), today, lang, original)
    proof = read_provenance(reading, lang)
    if isinstance(proof, VerificationCause):
        return make_result_without_provenance(proof, asked, reading)._replace(by_inputs=True)
    additions = check_appended_bytes(asked)
    verdict = _verify_against_inputs(asked, reading, proof, archive)
    causes = (*verdict.causes, *additions.causes)
    agree = verdict.inputs_agree
    if agree and worst_outcome(additions.causes) not in _HARMLESS:
        agree = None
    return verdict._replace(
        outcome=worst_outcome(causes),
        before=worst_outcome(verdict.causes),
        causes=causes,
        proof=proof,
        signatures=additions.signatures,
        claims=UnprovedClaims(find_claimed_organization(reading, lang)),
        by_inputs=True,
        inputs_agree=False if worst_outcome(causes) == "not-genuine" else agree,
    )


def _verify_against_inputs(
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
    archive: bytes | None,
) -> VerificationResult:
    if proof.commit is None:
        return _result_of_cause(make_verification_cause("uncommitted", asked.lang))
    paths = {attachment_name_of_path(path): path for path in proof.digests_by_path}
    question = pdf_job.ReadInputsTask(
        pdf=asked.pdf[: asked.original] if archive is None else b"",
        archive=archive,
        paths_by_name=paths,
    )
    answer = ask_pdf_child(question, asked.lang)
    if not isinstance(answer, pdf_job.InputFiles):
        return _result_of_cause(make_refusal_cause(answer, asked.lang))
    # The child has read what anybody may have made: what it says of paths is not believed.
    files = {path: data for path, data in answer.files.items() if is_allowed_input_path(path)}
    cause = next(list_causes_of_inputs(files, proof, asked.lang), None)
    if cause is not None:
        return _result_of_cause(cause)
    facts = decode_repository_facts(files.get(FACTS, b""))
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        workspace = _write_inputs_to_folder(Path(name), files, proof, facts, asked.lang)
        return _remake_and_compare(workspace, asked, reading, proof, _GivenInputs(files, facts))


def _result_of_cause(cause: VerificationCause) -> VerificationResult:
    return VerificationResult(cause.outcome, (cause,))


def list_causes_of_inputs(
    files: Mapping[str, bytes], proof: ProofFile, lang: Lang
) -> Iterator[VerificationCause]:
    """Yield why the inputs are not those of the document: missing, other, or not named by it.

    Only files that the document names by their digest are laid out. Templates may be missing.
    """
    named = proof.digests_by_path
    named_files = {path: data for path, data in files.items() if not _has_no_recorded_digest(path)}
    needed = [path for path in named if not locations.is_below_folder(path, locations.TEMPLATES)]
    if not named_files and needed:
        yield make_verification_cause("inputs-none", lang)
    for path in needed:
        if path not in named_files:
            yield make_verification_cause(
                "inputs-missing", lang, path=escape_and_replace_tabs(path)
            )
    for path, data in sorted(named_files.items()):
        if path not in named:
            yield make_verification_cause(
                "inputs-unnamed", lang, path=escape_and_replace_tabs(path)
            )
        elif hashlib.sha256(data).hexdigest() != named[path]:
            yield make_verification_cause("inputs-other", lang, path=escape_and_replace_tabs(path))


def _has_no_recorded_digest(path: str) -> bool:
    """Return whether a file is one of which no document holds a digest."""
    return path == FACTS or path.startswith((f"{EARLIER}/", f"{PICTURES}/"))


def _write_inputs_to_folder(
    folder: Path,
    files: Mapping[str, bytes],
    proof: ProofFile,
    facts: RepositoryFacts | None,
    lang: Lang,
) -> InputsWorkspace:
    """Write the inputs to an empty folder; their paths stay inside it."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    claimed = Provenance(
        commit=proof.commit,
        commit_time=proof.commit_time,
        inputs=tuple(
            InputFile(path=input_file.path, sha256=input_file.sha256) for input_file in proof.inputs
        ),
        uncommitted=(),
        program=choose_program_of_remade_report(proof),
        digest=proof.digest,
    )
    return InputsWorkspace(
        folder,
        lang,
        round_id=proof.round,
        claimed=claimed,
        against_mark=proof.against_mark or "",
        earlier=folder / EARLIER,
        faults=facts.faults if facts is not None else {},
    )


def _remake_and_compare(
    workspace: InputsWorkspace,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
    inputs: _GivenInputs,
) -> VerificationResult:
    """Make the report again from its inputs and compare."""
    lang, files = asked.lang, inputs.files
    lacking = ""
    try:
        request = make_request_of_provenance(proof, workspace.read_config().rounds)
        listed = workspace.list_sheets(proof.round)
        if not is_possible_selection(request.sheets, listed):
            return _result_of_cause(make_verification_cause("provenance", lang, keys="sheets"))
        lacking = describe_missing_inputs(workspace, request, proof, files)
        thumbnails = {
            PurePosixPath(path).stem: str(workspace.root / path)
            for path in files
            if path.startswith(f"{PICTURES}/")
        }
        production = ReportProduction(thumbnails=thumbnails, facts=inputs.facts)
        produced = produce_report(workspace, request, asked.today, production)
    except EnvironmentLacksError:
        raise
    except (MissingHistoryError, RepositoryError) as error:
        return _make_missing_inputs_result(lacking or escape_and_replace_tabs(str(error)), lang)
    except (AssessError, ValueError) as error:
        if lacking:
            return _make_missing_inputs_result(lacking, lang)
        words = {"commit": str(proof.commit)[:10], "detail": escape_and_replace_tabs(str(error))}
        code = "inputs-again" if is_made_by_this_program(proof) else "again-elsewhere"
        return _result_of_cause(make_verification_cause(code, lang, **words))
    if inputs.facts is None:
        lacks = (lacking, *list_missing_repository_facts(produced.inputs, lang))
        lacking = translator(lang)("; ").join(filter(None, lacks))
    verdict = _compare_bytes(produced, asked, reading, proof, lacking)
    return verdict._replace(
        sheets=produced.inputs.sheets,
        made_here=produced.rendered.pdf,
        doubts=ReportDoubts(
            list_reservations(produced.inputs, lang),
            list_checklist_origins(produced.inputs, lang),
            find_template_origin(produced.inputs, lang),
            left_out=tuple(name for name in listed if name not in request.sheets),
        ),
    )


def _compare_bytes(
    produced: ProducedReport,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofFile,
    lacking: str,
) -> VerificationResult:
    if asked.pdf[: asked.original] == produced.rendered.pdf:
        cause = make_verification_cause("own-data", asked.lang)
        return _result_of_cause(cause)._replace(inputs_agree=True)
    verdict = explain_differing_bytes(produced.rendered.pdf, asked, reading, proof)
    if lacking and verdict.outcome == "not-genuine":
        # What the inputs lack may be all that differs.
        return _make_missing_inputs_result(lacking, asked.lang)._replace(texts=verdict.texts)
    return verdict


def _make_missing_inputs_result(detail: str, lang: Lang) -> VerificationResult:
    return _result_of_cause(make_verification_cause("inputs-lacking", lang, detail=detail))
