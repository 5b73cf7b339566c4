"""Signing: fields, seals and keys, against a certificate authority of our own."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from PIL import Image

from assess.errors import EnvironmentLacksError, UsageError
from assess.report.proof.pdf.job import CheckedSignatures, CheckSignaturesTask
from assess.report.proof.pdf.worker import answer_question
from assess.report.proof.sign import SigningKey, sign_report
from assess.report.proof.verify import verify_report
from report import office, read_pdf, signing
from report.signing import DRAFT, Office, checked, good, judged, signed


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each question."""
    signing.in_this_process(monkeypatch)


def seal() -> bytes:
    """Return a picture of a seal, transparent where there is no ink."""
    out = io.BytesIO()
    Image.new("RGBA", (80, 80), (220, 0, 0, 128)).save(out, "PNG")
    return out.getvalue()


def test_two_signatures_in_order(desk: Office) -> None:
    """The report stays byte for byte; both signatures hold, the first also after the second."""
    first = signed(desk.pdf, desk.person)
    second = signed(first, desk.seal, seal=seal())
    assert second.startswith(first)
    assert first.startswith(desk.pdf)
    found = checked(desk, second)
    assert found.permitted
    assert [(one.field, one.signer) for one in found.signatures] == [
        ("filler", "王敏"),
        ("seal", "示例市数据局"),
    ]
    assert all(good(one) for one in found.signatures)
    assert all(one.place is not None for one in found.signatures)


def test_signed_reports_are_verified(desk: Office) -> None:
    """The part before the signatures is what the commit gives, and the chain is checked."""
    data = signed(signed(desk.pdf, desk.person), desk.seal, field="单位盖章", seal=seal())
    found = judged(desk, data, desk.authority.pem)
    assert (found.outcome, found.causes) == ("genuine", ())
    assert len(found.signatures) == 2
    assert judged(desk, data).outcome == "genuine"
    stranger = judged(desk, data, office.Authority("别家").pem)
    assert [one.code for one in stranger.causes] == ["untrusted", "untrusted"]
    assert (stranger.outcome, stranger.before) == ("reservations", "genuine")
    later = verify_report(
        desk.here, data, [desk.authority.pem], office.TODAY + timedelta(days=3650), office.TODAY
    )
    assert "untrusted" in [one.code for one in later.causes]


def test_a_field_is_signed_by_name_or_label(desk: Office) -> None:
    """The leader's field, by the name in the file and by what a screen reader says."""
    for name in ("leader", "分管领导"):
        made = sign_report(
            desk.pdf, desk.person, field=name, seal=None, tsa=None, now=DRAFT, lang="en"
        )
        assert (made.field, made.signer) == ("分管领导", "王敏")


def test_a_report_without_fields_gets_an_invisible_signature(desk: Office) -> None:
    """Where there is no field to sign, a signature is added that shows nothing."""

    def strip(document: pikepdf.Pdf) -> None:
        del document.Root.AcroForm
        for page in document.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]

    data = office.changed(desk.pdf, strip)
    once = signed(data, desk.person)
    twice = signed(once, desk.person)
    task = CheckSignaturesTask(
        pdf=twice, original=len(data), roots=(desk.authority.pem,), moment=DRAFT
    )
    found = answer_question(task)
    assert isinstance(found, CheckedSignatures)
    assert [one.field for one in found.signatures] == ["signature-1", "signature-2"]
    assert all(good(one) and not one.place for one in found.signatures)
    with pytest.raises(UsageError, match="seal"):
        signed(data, desk.person, seal=seal())


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"field": "nobody"}, "filler, reviewer, leader, seal"),
        ({"seal": b"no picture"}, "picture of the seal"),
        ({"tsa": "http://127.0.0.1:9/"}, "time stamp"),
    ],
)
def test_what_cannot_be_signed(desk: Office, chosen: dict[str, Any], said: str) -> None:
    """An unknown field, a broken picture, a dead server: each is said."""
    with pytest.raises((UsageError, EnvironmentLacksError), match=said):
        signed(desk.pdf, desk.person, **chosen)


def test_wrong_keys(desk: Office) -> None:
    """A wrong passphrase and a file that is no key are refused, and SM2 is named."""
    for key in (SigningKey(desk.person.data, b"wrong"), SigningKey(b"nonsense", None)):
        with pytest.raises(UsageError, match="SM2"):
            signed(desk.pdf, key)


def test_a_signed_field_is_not_signed_again(desk: Office) -> None:
    """The fields that are still empty are named."""
    once = signed(desk.pdf, desk.person, field="leader")
    with pytest.raises(UsageError, match=r"signed already.*filler"):
        signed(once, desk.person, field="leader")


def test_no_pdf_is_refused(desk: Office) -> None:
    """Something else than a PDF."""
    with pytest.raises(UsageError, match="can't be signed"):
        signed(b"no PDF", desk.person)


def test_the_fields_are_heard(desk: Office) -> None:
    """Each field has its label and stands in the structure tree as a form, empty and tagged."""
    document = read_pdf.opened(desk.pdf)
    fields: Any = document.Root.AcroForm.Fields
    assert [str(one.T) for one in fields] == ["filler", "reviewer", "leader", "seal"]
    assert [str(one.TU) for one in fields] == ["填报人", "审核人", "分管领导", "单位盖章"]
    held = {
        kid.Obj.objgen
        for one in read_pdf.elements(document)
        if str(one.S) == "/Form"
        for kid in one.K
        if "/Obj" in kid
    }
    assert held == {one.objgen for one in fields}
