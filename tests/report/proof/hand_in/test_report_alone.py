"""The PDF of a report that is handed in alone, as far as it carries its inputs."""

from __future__ import annotations

import io
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import hand_ins
from assess.report.proof.hand_in.check import check_hand_in
from assess.report.proof.hand_in.report_alone import unpack_report_alone
from assess.report.proof.sign import SigningKey
from assess.report.render.produce import produce_report
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.hand_in.outcome import (
    AcceptedHandIn,
    HandIn,
    HandInRefusedError,
    RefusedHandIn,
)
from hand_ins import closed_demo, hand_in_of
from report import office, signing
from samples import Samples


@pytest.fixture
def demo(samples: Samples, tmp_path: Path) -> Workspace:
    """The demo's workspace with its round closed."""
    return samples.copy(closed_demo, tmp_path / "unit")


@pytest.fixture(scope="module")
def closed_round(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo's workspace with its round closed, which no test changes."""
    return samples.copy(closed_demo, tmp_path_factory.mktemp("closed") / "unit")


@pytest.fixture(scope="module")
def report(closed_round: Workspace) -> bytes:
    """A report of the closed round that carries its data, set once for all tests."""
    return report_of_demo(closed_round)


@pytest.fixture(scope="module")
def whole_report(closed_round: Workspace) -> bytes:
    """A report of the closed round that carries all its inputs, set once for all tests."""
    return report_of_demo(closed_round, attachments="all")


def report_of_demo(demo: Workspace, **chosen: Any) -> bytes:
    """Return a report of all sheets of the demo's round."""
    sheets = tuple(demo.list_sheets(hand_ins.ROUND))
    request = ReportRequest(hand_ins.ROUND, sheets, "full", "zh")._replace(**chosen)
    return produce_report(demo, request, hand_ins.TODAY).rendered.pdf


@cache
def checked(data: bytes) -> HandIn:
    """Return what a file comes to, read in a child; the same file is read once."""
    return check_hand_in(data, hand_ins.TODAY, "en")


def accepted(data: bytes) -> AcceptedHandIn:
    """Return what an accepted file holds."""
    outcome = checked(data)
    assert isinstance(outcome, AcceptedHandIn), outcome.reason.write_sentence("en")
    return outcome


def codes(outcome: HandIn) -> list[str]:
    """Return the codes of the remarks, or of the reason for a refusal."""
    if isinstance(outcome, AcceptedHandIn):
        return [note.code for note in outcome.remarks]
    return [outcome.reason.code]


def refusal_of(data: bytes) -> str:
    """Return why a file is refused."""
    outcome = checked(data)
    assert isinstance(outcome, RefusedHandIn)
    return outcome.reason.write_sentence("en")


@pytest.mark.parametrize("attachments", ["inputs", "all"])
def test_it_gives_what_the_zip_gives(
    demo: Workspace, attachments: str, request: pytest.FixtureRequest
) -> None:
    """The same data, byte for byte, and the same unit, closing, commit and day; a remark more."""
    from_zip = accepted(hand_in_of(demo))
    pdf: bytes = request.getfixturevalue("whole_report" if attachments == "all" else "report")
    from_pdf = accepted(pdf)
    assert from_pdf.data == from_zip.data
    assert (from_pdf.inputs, from_pdf.counts) == (from_zip.inputs, from_zip.counts)
    claims = ("unit", "round", "state", "tag", "closing", "commit", "date", "sheets", "program")
    for field in claims:
        assert getattr(from_pdf.manifest, field) == getattr(from_zip.manifest, field)
    assert codes(from_pdf)[0] == "report-alone"
    assert "report-alone" not in codes(from_zip)
    assert (from_pdf.report, from_pdf.signed_scan, from_pdf.evidence) == (pdf, None, ())


def test_the_report_is_checked_by_its_own_inputs(whole_report: bytes) -> None:
    """With all its inputs it is made again, byte for byte."""
    outcome = accepted(whole_report)
    assert outcome.is_report_checked
    assert "report-not-checked" not in codes(outcome)


def test_who_signed_it(whole_report: bytes, tmp_path: Path) -> None:
    """As in a ZIP; what was appended is read by the check of signatures alone."""
    desk = signing.make(tmp_path / "keys")
    key = next(each for each in desk if isinstance(each, SigningKey))
    outcome = accepted(signing.signed(whole_report, key))
    (signature,) = outcome.signatures
    assert (signature.holds, len(signature.fingerprint)) == (True, 64)


def test_a_report_that_carries_no_inputs(closed_round: Workspace) -> None:
    """Nothing can be told of it: refused, with what to ask for."""
    words = refusal_of(report_of_demo(closed_round, template="summary", attachments="none"))
    assert words.startswith("it is no report that can be taken: it carries no data")


def test_a_report_that_leaves_out_sheets(closed_round: Workspace) -> None:
    """The round can't be computed from it."""
    sheets = tuple(closed_round.list_sheets(hand_ins.ROUND))
    chosen = {"template": "summary", "attachments": "inputs", "sheets": sheets[:1]}
    pdf = report_of_demo(closed_round, **chosen)
    words = refusal_of(pdf)
    assert words == f"it leaves out sheets of the round: {sheets[1]}"


def test_a_draft_is_taken_with_what_it_lacks(demo: Workspace) -> None:
    """From an open round that was not committed: the day is that of the report."""
    row = ("rounds", hand_ins.ROUND)
    fields = [FieldEdit((*row, name), value) for name, value in (("state", "open"), ("tag", None))]
    demo.edit_config(fields)
    outcome = accepted(report_of_demo(demo, attachments="all"))
    assert {"report-alone", "not-closed", "not-committed", "report-not-checked"} <= set(
        codes(outcome)
    )
    assert outcome.manifest.date == hand_ins.TODAY
    assert (outcome.manifest.tag, outcome.manifest.commit) == (None, None)


def test_an_input_that_is_not_the_one_it_names(closed_round: Workspace, report: bytes) -> None:
    """Another assess.yaml was attached, with another name of the unit."""
    settings = (closed_round.root / "assess.yaml").read_bytes()
    forged = office.attaching(report, "assess.yaml", settings.replace(b"Qingxi", b"Shiqiao"))
    assert "assess.yaml among the inputs is not the file that it names" in refusal_of(forged)


def test_settings_that_name_no_unit(report: bytes) -> None:
    """Somebody attached another assess.yaml, and made the provenance fit."""
    settings = b"a: ["
    pdf = office.attaching(report, "assess.yaml", settings)
    sums = {"assess.yaml": sha256(settings).hexdigest()}
    assert codes(checked(office.claiming(pdf, {}, sums=sums))) == ["settings-unreadable"]


def test_a_round_that_the_settings_do_not_have(report: bytes) -> None:
    """A round that the provenance alone claims is refused."""
    pdf = office.claiming(report, {"round": "2031"})
    assert codes(checked(pdf)) == ["round-missing"]


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_damaged_one(report: bytes, part: float) -> None:
    """A file that was cut off is refused."""
    assert codes(checked(report[: int(len(report) * part)])) == ["report-not-genuine"]


def test_pdfs_of_others(report: bytes) -> None:
    """One without provenance, one that is none, and one that needs a password are refused."""
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(report)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="x", user="x"))
    blank = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    words = {
        b"%PDF-1.7\n": "the PDF has no end",
        hand_ins.SCAN: "the PDF has no end",
        locked.getvalue(): "the PDF is encrypted",
        blank.getvalue(): "a readable PDF without provenance.json",
    }
    for data, text in words.items():
        assert text in refusal_of(data)


def test_a_pdf_that_is_too_large() -> None:
    """A report has at most 128 MB, whatever a ZIP may have."""
    with pytest.raises(HandInRefusedError) as refused:
        unpack_report_alone(b"%PDF-" + b" " * (128 << 20), "en")
    assert refused.value.reason.write_sentence("en").startswith("it is larger than 128 MB")
