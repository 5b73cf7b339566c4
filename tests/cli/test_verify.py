"""What `verify` prints of a signature: whose time it is, and what it holds for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.cli.common import signature_lines
from assess.cli.common.printed_digest import print_digest_match
from assess.cli.common.signature_lines import format_signature_line
from assess.i18n import translator
from assess.report.proof.digest import DigestMatch
from assess.report.proof.doubts import ReportDoubts
from assess.report.proof.pdf.job import CheckedSignature, SignaturePlace
from assess.report.proof.proof_file import decode_proof, is_valid_name
from assess.workspace import SheetName

from .conftest import Assess

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "stamped", "text"),
    [
        (AT, True, "2026-06-01 17:30 (time stamp)"),
        (AT, False, "2026-06-01 17:30 (time not proved)"),
        (None, False, "– (time not proved)"),
    ],
)
def test_only_a_trusted_time_stamp_proves_a_time(
    at: datetime | None, stamped: bool, text: str
) -> None:
    """The clock of the signer, of a document or of an untrusted stamp proves nothing."""
    signature = CheckedSignature(
        field="Signature1",
        signer="王敏",
        at=at,
        stamped=stamped,
        intact=True,
        valid=True,
        trusted=False,
        whole=True,
        problem="",
        place=SignaturePlace(page=1, width=35, height=14, x=106, y=106),
    )
    line = format_signature_line(signature, trusted=True)
    assert line == (
        f"signature “Signature1”: “王敏”, {text}, holds, not trusted, "
        "p. 1, 35 × 14 mm (x 106, y 106)"
    )


def test_a_name_of_a_signer_stays_a_name() -> None:
    """It stands in quotes that it can't end, so it can't go on as the rest of the line."""
    signature = CheckedSignature(
        field="filler”: “Li",
        signer="Wang”, 2026-01-01 (time stamp), holds, trusted, “",
        at=AT,
        stamped=False,
        intact=True,
        valid=True,
        trusted=False,
        whole=True,
        problem="",
        place=None,
    )
    line = format_signature_line(signature, trusted=False)
    assert line == (
        "signature “filler': 'Li”: “Wang', 2026-01-01 (time stamp), holds, trusted, '”, "
        "2026-06-01 17:30 (time not proved), holds"
    )


def make_match(template: str) -> DigestMatch:
    """Return the report of a digest."""
    name = SheetName.parse_name("a")
    return DigestMatch("0" * 64, "1" * 40, "2026", template, "en", AT.date(), {name: None})


def test_a_name_in_a_commit_is_no_line_of_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder's name may hold line breaks, which are shown as such."""
    print_digest_match(make_match("full\nworkforce: score 100.0"), ReportDoubts(), ())
    lines = capsys.readouterr().out.splitlines()
    assert "template: full ⏎ workforce: score 100.0" in lines
    assert "workforce: score 100.0" not in lines


@pytest.mark.parametrize(
    "commit", ["HEAD; touch /tmp/x\nGENUINE", f"{'1' * 40}\n", "HEAD", "1" * 41, "-b", ""]
)
def test_a_commit_of_a_program_is_an_id(commit: str) -> None:
    """It stands in a command that users are told to type."""
    program = {"version": "0.1.0", "commit": commit, "files": "0" * 64}
    assert decode_proof(json.dumps(PROOF | {"program": program}).encode()) is None
    whole = PROOF | {"program": program | {"commit": "1" * 40}}
    assert decode_proof(json.dumps(whole).encode()) is not None


def test_a_template_that_no_report_can_name() -> None:
    """No report of a commit has it, so no digest leads to it."""
    assert is_valid_name("full")
    assert not any(map(is_valid_name, ("full\nx", "full\n", ".git", "a/b", "x" * 201, "")))


PROOF: dict[str, Any] = {
    "format": "assess/provenance/1",
    "commit": None,
    "inputs": [],
    "digest": "0" * 64,
    "template": "full",
    "lang": "zh",
    "date": "2026-06-01",
    "round": "2026",
    "sheets": [],
}


@pytest.mark.parametrize("what", ["报告.pdf", "9e99e1ec7247"])
def test_whoever_received_a_report_needs_no_new_workspace(
    what: str, tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of a workspace: the ways to verify are named, not how to make a workspace."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告.pdf").write_bytes(b"%PDF-1.7")

    ran = assess("verify", what)

    assert ran.code == 2
    assert "the repository of whoever made the report" in ran.err
    assert "assess verify REPORT.pdf --inputs attached" in ran.err
    assert "assess init" not in ran.err


def test_a_signature_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Field, time, place and signs between them are those of a Chinese reader."""
    chinese = translator("zh")
    monkeypatch.setattr(signature_lines, "LANG", "zh")
    monkeypatch.setattr(signature_lines, "_", chinese)
    signature = CheckedSignature(
        field="filler",
        signer="王敏",
        at=AT,
        stamped=True,
        intact=True,
        valid=True,
        trusted=True,
        whole=True,
        problem="",
        place=SignaturePlace(page=3, width=35, height=14, x=106, y=80),
    )
    assert format_signature_line(signature, trusted=True) == (
        "签名“填报人”：“王敏”，2026-06-01 17:30（可信时间戳），有效，证书可信，"
        "第 3 页，宽 35 毫米、高 14 毫米（距左边 106、距下边 80）"
    )
