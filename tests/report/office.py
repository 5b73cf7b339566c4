"""A small workspace with a report, for the tests of proof: every kind of item, committed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from assess.engine.fingerprint import reviewed_answer_digest
from assess.model.provenance import InputFile
from assess.report.render.produce import produce_report
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import SheetName, Workspace
from assess.workspace.core.provenance import compute_report_digest
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from report.content.test_inputs import ENVIRON
from report.factory import ROOT
from report.in_process import share_reports
from report.set_once import SharedReports

TODAY = date(2026, 7, 1)
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
ROUND = "2026"
SHEET = SheetName("kinds")
ANSWERS: dict[str, dict[str, Any]] = {
    "KND-01": {"status": "met", "note": "策略已核对"},
    "KND-02": {"value": "yearly"},
    "KND-03": {"value": {"part": 3, "whole": 4}},
    "KND-07": {"value": {"other": "外包队伍"}},
}
FURTHER: dict[str, dict[str, Any]] = {
    "KND-04": {"value": 5},
    "KND-05": {"value": "2026-05-20"},
    "KND-06": {"value": "0731-12345678"},
    "KND-08": {"value": ["antivirus", "admission"]},
    "KND-09": {"value": [{"carrier": "电信", "mbps": 100, "backup": True, "since": "2020-01-01"}]},
}
PEOPLE = {
    "wang": {"name": "王敏", "roles": ["filler"]},
    "li": {"name": "李健", "roles": ["reviewer"]},
}
Change = Callable[[pikepdf.Pdf], None]


def make(root: Path) -> Workspace:
    """Make a committed workspace with four answers and a template of its own."""
    return SharedReports.samples.copy(with_four_answers, root)


def make_final(root: Path) -> Workspace:
    """Make that workspace with all answers, given by one person and accepted by another."""
    return SharedReports.samples.copy(with_all_answers, root)


def with_four_answers(root: Path) -> Workspace:
    """Make the sample of `make`."""
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        today=TODAY,
        lang="en",
        environ=ENVIRON,
    )
    made.checklists.pin_source_and_add_sheets(str(ROOT / "tests/tui/data/kinds.yaml"))
    made.open_sheet(SHEET, ROUND).write_answers(ANSWERS, by=None, now=NOW, lang="zh")
    (root / "templates" / "own").mkdir(parents=True)
    (root / "templates" / "own" / "main.html").write_text("<p>{{ report.title }}</p>", "utf-8")
    commit_all_files(made, "answers", ENVIRON)
    return made


def with_all_answers(root: Path) -> Workspace:
    """Make the sample of `make_final`."""
    made = make(root)
    made.edit_config([FieldEdit(("people",), PEOPLE), FieldEdit(("profile", "egov_access"), True)])
    answers = ANSWERS | FURTHER
    made.open_sheet(SHEET, ROUND).write_answers(answers, by="wang", now=NOW, lang="zh")
    accept_answers(made, answers)
    commit_all_files(made, "accepted", ENVIRON)
    return made


def accept_answers(made: Workspace, items: Iterable[str], by: str = "li") -> None:
    """Accept answers as they are now."""
    sheet = made.open_sheet(SHEET, ROUND)
    review = {"state": "accepted", "by": by, "at": NOW.isoformat()}
    reviews = {
        item: {"review": review | {"of": reviewed_answer_digest(sheet.sheet.answers[item])}}
        for item in items
    }
    sheet.write_answers(reviews, by=by, now=NOW, lang="zh")


def report(here: Workspace, template: str = "full", **chosen: Any) -> bytes:
    """Return the report of the sheet, as `assess report` makes it."""
    request = ReportRequest(ROUND, (SHEET,), template, "zh")._replace(**chosen)
    return produce_report(here, request, TODAY).rendered.pdf


def report_of_desk(here: Workspace, template: str = "full") -> bytes:
    """Return the report for a fixture that tests share, which is made before theirs are."""
    with pytest.MonkeyPatch.context() as patch:
        share_reports(patch)
        return report(here, template)


def changed(pdf: bytes, change: Change, **options: Any) -> bytes:
    """Return a PDF that was opened, changed and saved as one piece."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(out, **({"deterministic_id": True, "fix_metadata_version": False} | options))
    data = out.getvalue()
    return data if data.endswith(b"%%EOF\n") else data + b"\n"


def proof_of(pdf: bytes) -> dict[str, Any]:
    """Return what provenance.json says."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        data = document.attachments["provenance.json"].get_file().read_bytes()
    found: dict[str, Any] = json.loads(data)
    return found


def claiming(
    pdf: bytes,
    claims: Mapping[str, Any],
    *,
    refit: bool = True,
    sums: Mapping[str, str] | None = None,
    mark: str | None = None,
) -> bytes:
    """Return the PDF with other words in its provenance, its digest made to fit or not."""
    proof = proof_of(pdf) | dict(claims)
    inputs = {one["path"]: one["sha256"] for one in proof["inputs"]} | dict(sums or {})
    proof["inputs"] = [{"path": path, "sha256": said} for path, said in sorted(inputs.items())]
    if refit:
        files = [InputFile(path=path, sha256=said) for path, said in sorted(inputs.items())]
        settings = [proof["template"], proof["lang"], proof["date"], *([mark] if mark else [])]
        proof["digest"] = compute_report_digest(proof["commit"], files, settings)
    return attaching(pdf, "provenance.json", json.dumps(proof).encode())


def attaching(pdf: bytes, name: str, data: bytes) -> bytes:
    """Return the PDF with other bytes in one of its attachments."""

    def change(document: pikepdf.Pdf) -> None:
        names: Any = document.Root.Names.EmbeddedFiles.Names
        for at in range(0, len(names), 2):
            if str(names[at]) == name:
                names[at + 1].EF.F.write(data)

    return changed(pdf, change)


def with_file(pdf: bytes, name: str, data: bytes) -> bytes:
    """Return the PDF with a file that only the list of associated files names."""

    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(data)
        spec = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=name,
            UF=name,
            EF=pikepdf.Dictionary(F=stream),
        )
        document.Root.AF.append(document.make_indirect(spec))

    return changed(pdf, change)


class Authority:
    """A certificate authority of our own, and keys that it vouches for."""

    def __init__(self, name: str = "示例根证书", now: datetime = NOW) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        self._now = now
        usage = x509.KeyUsage(
            digital_signature=False,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        basic = x509.BasicConstraints(ca=True, path_length=None)
        built = self._builder(self._name, self._key.public_key())
        built = built.add_extension(basic, critical=True).add_extension(usage, critical=True)
        self._certificate = built.sign(self._key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        """The root certificate."""
        data: bytes = self._certificate.public_bytes(serialization.Encoding.PEM)
        return data

    def key(self, name: str, password: bytes) -> bytes:
        """Return a new key with its certificate as PKCS#12."""
        key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        built = self._builder(_named(name), key.public_key())
        certificate = built.add_extension(usage, critical=True).sign(self._key, hashes.SHA256())
        sealed = serialization.BestAvailableEncryption(password)
        made: bytes = pkcs12.serialize_key_and_certificates(
            b"key", key, certificate, [self._certificate], sealed
        )
        return made

    def _builder(self, name: x509.Name, public: ec.EllipticCurvePublicKey) -> Any:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=1))
            .not_valid_after(self._now + timedelta(days=30))
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
