"""A PDF report that is handed in without a ZIP: its files as a hand-in has them; in the child only.

What a hand-in says in its manifest is taken from the report's provenance and settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.closings import parse_closing_number_or_one
from assess.i18n import Lang
from assess.model.config import Config
from assess.model.hand_in import (
    HAND_IN_FORMAT,
    INPUTS_FOLDER,
    MANIFEST,
    REPORT,
    Manifest,
    UnitRecord,
)
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.worker import answer_or_refuse
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.signature_check import make_refusal_cause
from assess.report.proof.submitted import read_provenance, read_report_and_original_size
from assess.report.proof.verify_inputs import list_causes_of_inputs
from assess.report.proof.words import VerificationCause
from assess.workspace.core.provenance import paths_of_yaml_inputs
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.hand_in.archive import most_of_file
from assess.workspace.hand_in.manifest import encode_manifest, make_member_records
from assess.workspace.hand_in.outcome import HandInRefusedError, make_note
from assess.workspace.hand_in.read import UnpackedHandIn
from assess.workspace.proof.attached_files import attachment_name_of_path, decode_attached_config


def unpack_report_alone(pdf: bytes, lang: Lang) -> UnpackedHandIn:
    """Return the files of a hand-in that holds nothing but this report and its inputs.

    Raises:
        HandInRefusedError: it is no report of this program, or does not carry all its inputs.
    """
    if len(pdf) > most_of_file(REPORT):
        raise HandInRefusedError(make_note("zip-file-large", limit=most_of_file(REPORT) >> 20))
    reading, original = read_report_and_original_size(
        pdf, lang, lambda question, _lang: answer_or_refuse(question)
    )
    if isinstance(reading, VerificationCause):
        raise _make_refusal(reading)
    proof = read_provenance(reading, lang)
    if isinstance(proof, VerificationCause):
        raise _make_refusal(proof)
    inputs = _read_inputs_or_refuse(pdf[:original], proof, lang)
    files = {f"{INPUTS_FOLDER}/{path}": data for path, data in inputs.items()} | {REPORT: pdf}
    manifest = _make_manifest(proof, _read_config_or_refuse(inputs, proof, lang), files)
    return UnpackedHandIn(files | {MANIFEST: encode_manifest(manifest)}, is_report_alone=True)


def _make_refusal(cause: VerificationCause) -> HandInRefusedError:
    return HandInRefusedError(make_note("report-not-genuine", detail=cause.text))


def _read_inputs_or_refuse(pdf: bytes, proof: ProofFile, lang: Lang) -> dict[str, bytes]:
    """Return the YAML files that are attached, each with the digest that the report names."""
    paths = {attachment_name_of_path(path): path for path in proof.digests_by_path}
    question = pdf_job.ReadInputsTask(pdf=pdf, archive=None, paths_by_name=paths)
    answer = answer_or_refuse(question)
    if not isinstance(answer, pdf_job.InputFiles):
        raise _make_refusal(make_refusal_cause(answer, lang))
    for cause in list_causes_of_inputs(answer.files, proof, lang):
        raise _make_refusal(cause)
    wanted = paths_of_yaml_inputs(proof.round, proof.sheet_names)
    return {path: data for path, data in answer.files.items() if path in wanted}


def _read_config_or_refuse(inputs: Mapping[str, bytes], proof: ProofFile, lang: Lang) -> Config:
    """Return the settings that are attached, in which the reported round has to stand."""
    config = decode_attached_config(inputs.get(locations.CONFIG, b""), lang)
    path = f"{INPUTS_FOLDER}/{locations.CONFIG}"
    if config is None:
        raise HandInRefusedError(make_note("settings-unreadable", path))
    if proof.round not in config.rounds:
        raise HandInRefusedError(make_note("round-missing", path, round=proof.round))
    left_out = [name for name in config.rounds[proof.round].sheets if name not in proof.sheets]
    if left_out:
        sheets = ", ".join(left_out)
        raise HandInRefusedError(make_note("report-without-sheets", sheets=sheets))
    return config


def _make_manifest(proof: ProofFile, config: Config, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest that `assess submit` would have written for these files."""
    row, organization = config.rounds[proof.round], config.organization
    tag = find_tag_name_of_round(proof.round, row) if row.state == "closed" else None
    return Manifest(
        format=HAND_IN_FORMAT,
        program=proof.program.version if proof.program is not None else proof.tool_version,
        unit=UnitRecord(id=organization.id, name=organization.name),
        round=proof.round,
        state=row.state,
        tag=tag,
        closing=parse_closing_number_or_one(tag) if tag else None,
        commit=proof.commit,
        date=_find_day_or_refuse(proof),
        sheets=row.sheets,
        left_out=("evidence", "signed_scan"),
        members=make_member_records(files),
    )


def _find_day_or_refuse(proof: ProofFile) -> date:
    """Return the day of the commit, as a hand-in has it; of a draft the day of the report."""
    if proof.commit_time is not None:
        return find_day_in_china(proof.commit_time)
    try:
        return date.fromisoformat(proof.date)
    except ValueError as error:
        note = make_note("manifest-unreadable", "", "provenance.json:$.date")
        raise HandInRefusedError(note) from error
