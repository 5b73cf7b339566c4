"""Hand-ins checked the whole way: in the limited child, and with the report inside."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import hand_ins
from assess.errors import EnvironmentLacksError
from assess.model.base import Bilingual
from assess.report.proof.hand_in import check, report_check
from assess.report.proof.hand_in.check import check_hand_in, read_hand_in_in_child
from assess.report.proof.hand_in.worker import ReadHandInTask, read_or_refuse
from assess.report.proof.sign import SigningKey
from assess.report.render import worker_answer
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.hand_in import read as reading
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn, RefusedHandIn
from assess.workspace.rounds.close import close_round
from assess.workspace.setup.make_workspace import commit_all_files
from hand_ins import closed_demo, forge, hand_in_of
from report import office, signing
from report.content.test_inputs import ENVIRON
from report.office import NOW, ROUND, SHEET, TODAY
from samples import Samples


@pytest.fixture
def closed(samples: Samples, tmp_path: Path) -> Workspace:
    """The demo's workspace with its round closed."""
    return samples.copy(closed_demo, tmp_path / "unit")


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A small workspace whose round can be closed; PDFs are read in this process."""
    signing.in_this_process(monkeypatch)
    return office.make_final(tmp_path / "w")


def close(workspace: Workspace) -> Workspace:
    """Close the round."""
    close_round(workspace, ROUND, today=TODAY, now=NOW, environ=ENVIRON)
    return workspace


def handed_in(workspace: Workspace, report: bytes) -> HandIn:
    """Return what a hand-in with this report comes to."""
    made = make_hand_in(workspace, HandInRequest(ROUND, report=report), TODAY)
    return check_hand_in(made.data, TODAY, "en")


def codes(outcome: HandIn) -> list[str]:
    """Return the codes of the remarks on the report, or of the reason for a refusal.

    The round has a sheet more, which nobody answered.
    """
    if isinstance(outcome, AcceptedHandIn):
        remarks = [note.code for note in outcome.remarks if note.code.startswith("report-")]
        return [code for code in remarks if code != "report-without-sheets"]
    return [outcome.reason.code]


# The child


def test_it_is_read_in_a_child(closed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process never unpacks it; the child's folder is gone afterwards."""
    data = hand_in_of(closed)
    monkeypatch.setattr(reading, "unpack_hand_in", None)
    outcome = check_hand_in(data, hand_ins.TODAY, "en")
    assert isinstance(outcome, AcceptedHandIn)
    assert outcome.manifest.unit.id == "qingxi-data"


def test_a_forged_one_is_refused_by_the_child(closed: Workspace) -> None:
    """With reason and claims, as this process would refuse it."""
    outcome = check_hand_in(forge(hand_in_of(closed), claims={"closing": 3}), hand_ins.TODAY, "en")
    assert isinstance(outcome, RefusedHandIn)
    assert (outcome.reason.code, outcome.reason.place) == ("claim-other", "$.closing")
    assert outcome.manifest is not None


@pytest.mark.parametrize("limits", [{"memory": 40}, {"wall": 0.01}])
def test_limits_are_a_refusal(
    closed: Workspace, monkeypatch: pytest.MonkeyPatch, limits: dict[str, Any]
) -> None:
    """A file that takes more memory or time than is allowed is no crash."""
    monkeypatch.setattr(check, "_LIMITS", check._LIMITS._replace(**limits))
    outcome = check_hand_in(hand_in_of(closed), hand_ins.TODAY, "en")
    assert codes(outcome) == ["limit-reached"]


def test_a_file_that_is_too_large_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child would only refuse it."""
    monkeypatch.setattr(check, "MOST_OF_A_HAND_IN", 10)
    monkeypatch.setattr(check, "RenderChild", None)
    assert codes(read_hand_in_in_child(b"x" * 11, hand_ins.TODAY, "en")) == ["zip-large"]


def test_an_error_that_nobody_foresaw_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the error; a lack of memory goes on to the limit."""
    for number, error in enumerate((RuntimeError, RecursionError, KeyError)):

        def fail(*_arguments: object, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(reading, "read_hand_in", fail)
        task = ReadHandInTask(data=b"x", today=hand_ins.TODAY, lang="en")
        outcome = read_or_refuse(task, tmp_path / str(number))
        assert codes(outcome) == ["unreadable"]
        assert error.__name__ in outcome.reason.write_sentence("zh")  # type: ignore[union-attr]  # refused, as codes show
    monkeypatch.setattr(worker_answer, "is_memory_nearly_used_up", lambda: True)
    with pytest.raises(MemoryError):
        read_or_refuse(
            ReadHandInTask(data=b"x", today=hand_ins.TODAY, lang="en"), tmp_path / "more"
        )


# The report inside


def test_a_report_of_the_closed_round(unit: Workspace) -> None:
    """It agrees with its own inputs, and these are the ones handed in."""
    report = office.report(close(unit), "brief", attachments="all")
    outcome = handed_in(unit, report)
    assert codes(outcome) == []
    assert isinstance(outcome, AcceptedHandIn)
    assert outcome.report == report
    assert outcome.is_report_checked
    assert outcome.signatures == ()


def test_a_report_that_was_signed_before_the_closing(unit: Workspace, tmp_path: Path) -> None:
    """The usual way: the closing changed assess.yaml after that; the signer is named."""
    desk = signing.make(tmp_path / "keys")
    unit.edit_config([FieldEdit(("rounds", ROUND, "sheets"), [str(SHEET)])])
    commit_all_files(unit, "one sheet alone", ENVIRON)
    report = office.report(unit, "brief", attachments="all")
    outcome = handed_in(close(unit), signing.signed(report, _key_of(desk)))
    assert codes(outcome) == ["report-other-settings"]
    assert isinstance(outcome, AcceptedHandIn)
    assert [each.holds for each in outcome.signatures] == [True]
    assert [len(each.fingerprint) for each in outcome.signatures] == [64]
    remark = next(note for note in outcome.remarks if note.code == "report-other-settings")
    assert "assess.yaml changed" in remark.write_sentence("en")


def test_a_signature_of_something_else(unit: Workspace, tmp_path: Path) -> None:
    """A signed PDF without provenance, or of a part of the sheets, names nobody as the sender."""
    key = _key_of(signing.make(tmp_path / "keys"))
    report = office.report(close(unit), "brief", attachments="all")
    for pdf in (report, _blank_pdf()):
        outcome = handed_in(unit, signing.signed(pdf, key))
        assert "report-signature-elsewhere" in codes(outcome)
        assert isinstance(outcome, AcceptedHandIn)
        assert outcome.signatures == ()


def _blank_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def _key_of(desk: signing.Office) -> SigningKey:
    return next(key for key in desk if isinstance(key, SigningKey))


def test_a_report_of_other_answers(unit: Workspace) -> None:
    """Made before an answer was changed: its own data agree, and it is refused."""
    report = office.report(unit, "brief", attachments="all")
    sheet = unit.open_sheet(SHEET, ROUND)
    sheet.write_answer("KND-01", {"status": "unmet"}, by="wang", now=NOW, lang="zh")
    commit_all_files(unit, "worse", ENVIRON)
    outcome = handed_in(close(unit), report)
    assert codes(outcome) == ["report-other-answers"]


def test_a_report_of_another_round(unit: Workspace) -> None:
    """Whoever made it, it is not what is handed in."""
    report = office.report(unit, "brief")
    outcome = handed_in(close(unit), office.claiming(report, {"round": "2025"}))
    assert codes(outcome) == ["report-other-round"]


def test_a_report_of_another_unit(unit: Workspace, tmp_path: Path) -> None:
    """It names the other one; a name that ends in the id of this one deceives nobody."""
    other = office.make_final(tmp_path / "other")
    own = unit.read_config().organization.id
    name = f"示例市青溪区档案馆 ({own})"
    other.edit_config([FieldEdit(("organization",), {"id": "archive", "name": name})])
    commit_all_files(other, "another unit", ENVIRON)
    outcome = handed_in(close(unit), office.report(other, "brief", attachments="all"))
    assert codes(outcome) == ["report-other-unit"]


def test_a_report_that_is_not_what_its_data_give(unit: Workspace) -> None:
    """Another page in it: refused, with the words of `assess verify`."""

    def add_page(document: pikepdf.Pdf) -> None:
        document.pages.append(document.pages[0])

    report = office.changed(office.report(close(unit), "brief", attachments="all"), add_page)
    outcome = handed_in(unit, report)
    assert codes(outcome) == ["report-not-genuine"]


@pytest.mark.parametrize("data", [b"no PDF", b"%PDF-1.7\n%%EOF\n", b""])
def test_a_file_that_is_no_report(unit: Workspace, data: bytes) -> None:
    """A file by that name must at least be a PDF."""
    assert codes(handed_in(close(unit), data)) == ["report-not-genuine"]


def test_a_scan_by_the_name_of_a_report(unit: Workspace) -> None:
    """A PDF without provenance: nothing can be told of it, which is said."""
    outcome = handed_in(close(unit), _blank_pdf())
    assert codes(outcome) == ["report-not-checked"]
    assert isinstance(outcome, AcceptedHandIn)
    assert not outcome.is_report_checked


def test_a_report_that_leaves_out_sheets(unit: Workspace) -> None:
    """The office sees which."""
    outcome = handed_in(unit, office.report(close(unit), "brief", attachments="all"))
    assert isinstance(outcome, AcceptedHandIn)
    remark = next(note for note in outcome.remarks if note.code == "report-without-sheets")
    others = [name for name in outcome.manifest.sheets if name != str(SHEET)]
    assert remark.words["sheets"] == Bilingual(zh="、".join(others), en=", ".join(others))


def test_a_machine_that_can_not_set_reports(
    unit: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so; the rest of the hand-in is checked all the same."""

    def lack_library(*_arguments: object) -> None:
        message = "Pango is not installed"
        raise EnvironmentLacksError(message)

    report = office.report(close(unit), "brief")
    monkeypatch.setattr(report_check, "verify_report_by_inputs", lack_library)
    outcome = handed_in(unit, report)
    assert codes(outcome) == ["report-not-checked"]
    assert isinstance(outcome, AcceptedHandIn)
    assert "Pango" in outcome.remarks[-1].write_sentence("zh")
