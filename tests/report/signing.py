"""A signed report: keys of an authority of our own, what a signature holds, the verdict on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assess.report.proof import remade, signature_check, submitted
from assess.report.proof import sign as command
from assess.report.proof import verify as verifying
from assess.report.proof import verify_inputs as verifying_by_inputs
from assess.report.proof.pdf.job import (
    CheckedSignature,
    CheckedSignatures,
    CheckSignaturesTask,
    PdfAnswer,
    PdfQuestion,
    ReadPdfTask,
    ReadPdfTextsTask,
)
from assess.report.proof.pdf.worker import answer_question
from assess.report.proof.result import VerificationResult
from assess.report.proof.sign import SigningKey, sign_report
from assess.report.proof.verify import verify_report
from assess.report.render.produce import ProducedReport, ReportProduction, produce_report
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from report import office

PASSWORD = b"pass"
DRAFT = office.NOW
_read_once = lru_cache(maxsize=32)(answer_question)
_REPORTS: dict[Any, ProducedReport] = {}
"""Reports that were made in this process."""


class Office(NamedTuple):
    """A report, and who signs it."""

    here: Workspace
    pdf: bytes
    authority: office.Authority
    person: SigningKey
    seal: SigningKey


def make(folder: Path) -> Office:
    """Return a report and two keys."""
    here = office.make_final(folder)
    authority = office.Authority()
    keys = [
        SigningKey(authority.key(name, PASSWORD), PASSWORD) for name in ("王敏", "示例市数据局")
    ]
    return Office(here, office.report_of_desk(here), authority, *keys)


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign and check here, and make each report once: the children have tests of their own."""

    def asked(question: PdfQuestion, _lang: str) -> PdfAnswer:
        is_reading = isinstance(question, ReadPdfTask | ReadPdfTextsTask)
        return _read_once(question) if is_reading else answer_question(question)

    for module in (command, submitted, remade, signature_check, verifying_by_inputs):
        monkeypatch.setattr(module, "ask_pdf_child", asked)
    for module in (verifying, verifying_by_inputs):
        monkeypatch.setattr(module, "produce_report", make_once)


def make_once(
    workspace: Workspace, request: ReportRequest, today: date, *production: ReportProduction
) -> ProducedReport:
    """Return the report of these inputs, which is made at the first call."""
    key = (
        request,
        today,
        workspace.make_provenance(request.round_id, request.sheets, ()),
        tuple(_digests_of_files(workspace.root)) if production else (),
    )
    if key not in _REPORTS:
        _REPORTS[key] = produce_report(workspace, request, today, *production)
    return _REPORTS[key]


def _digests_of_files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a folder of inputs, which has no repository that fixes them."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()


def signed(data: bytes, key: SigningKey, **chosen: Any) -> bytes:
    """Return the PDF with one more signature."""
    words = {"field": None, "seal": None, "tsa": None, "now": DRAFT, "lang": "en"} | chosen
    return sign_report(data, key, **words).pdf


def checked(desk: Office, data: bytes, *roots: bytes) -> CheckedSignatures:
    """Return the signatures of a PDF that begins with the report."""
    task = CheckSignaturesTask(
        pdf=data,
        original=len(desk.pdf),
        roots=roots or (desk.authority.pem,),
        moment=DRAFT,
    )
    found = answer_question(task)
    assert isinstance(found, CheckedSignatures), found
    return found


def good(one: CheckedSignature) -> bool:
    """Return whether nothing is wrong with a signature."""
    return one.intact and one.valid and one.trusted and one.whole and not one.problem


def judged(desk: Office, data: bytes, *roots: bytes) -> VerificationResult:
    """Return the verdict on a PDF, as of today: the keys were made just now."""
    return verify_report(desk.here, data, roots, DRAFT.date(), office.TODAY)
