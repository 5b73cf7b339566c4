"""What a signature must not hide: a report that changed before, with or after it."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from assess.report.proof.pdf.job import SignaturePlace
from assess.report.proof.sign import SigningKey
from report import office, signing
from report.signing import Office, checked, good, judged, signed


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each question."""
    signing.in_this_process(monkeypatch)


def test_changed_bytes_break_the_signature(desk: Office) -> None:
    """One bit of the report that was signed, in a comment that nobody reads."""
    data = bytearray(signed(desk.pdf, desk.person))
    data[desk.pdf.index(b"%", 1) + 1] ^= 1
    found = judged(desk, bytes(data), desk.authority.pem)
    assert found.outcome == "not-genuine"
    assert "signature" in [one.code for one in found.causes]


def test_an_update_after_the_signature(desk: Office) -> None:
    """A page turned after the leader signed: the signature no longer covers what is shown."""
    data = turned(signed(desk.pdf, desk.person))
    codes = [one.code for one in judged(desk, data, desk.authority.pem).causes]
    assert codes == ["signature", "changed-after"]


def test_a_change_signed_along(desk: Office) -> None:
    """An insider changes a page and signs it in one go: the signature holds, the report doesn't."""
    writer = _turn(desk.pdf)
    signer = SimpleSigner.load_pkcs12_data(desk.person.data, [], desk.person.password)
    meta = PdfSignatureMetadata(field_name="extra", subfilter=SigSeedSubFilter.PADES)
    out = PdfSigner(meta, signer, new_field_spec=SigFieldSpec("extra")).sign_pdf(writer)
    found = judged(desk, out.getvalue(), desk.authority.pem)
    assert good(found.signatures[0])
    assert [one.code for one in found.causes] == ["changed-after"]
    assert (found.outcome, found.before) == ("not-genuine", "genuine")


def test_a_link_added_under_a_signature(desk: Office) -> None:
    """Signature fields may be added, links may not."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(desk.pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    name: Any = generic.NameObject
    made: Any = generic.DictionaryObject
    link = writer.add_object(made({name("/Subtype"): name("/Link")}))
    page["/Annots"] = generic.ArrayObject([link])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    out = io.BytesIO()
    writer.write(out)
    data = signed(out.getvalue(), desk.person)
    found = checked(desk, data)
    assert not found.permitted
    assert "link" in found.problem


Box = tuple[int, int, int, int]
PAGE: Box = (0, 0, 595, 842)
SEAL: Box = (100, 100, 240, 240)


def _named(kind: str) -> Any:
    return generic.NameObject(f"/{kind}")


def _dictionary(**values: Any) -> Any:
    made: Any = generic.DictionaryObject
    return made({_named(key): value for key, value in values.items()})


def _box(rect: Box) -> Any:
    number: Any = generic.NumberObject
    return generic.ArrayObject([number(side) for side in rect])


def _covering(writer: Any, rect: Box) -> Any:
    """Return an appearance that is white all over."""
    made: Any = generic.StreamObject
    words = _dictionary(Type=_named("XObject"), Subtype=_named("Form"), BBox=_box(rect))
    stream = made(words, stream_data=b"1 1 1 rg 0 0 999 999 re f")
    return _dictionary(N=writer.add_object(stream))


def _with_annotation(data: bytes, key: SigningKey, rect: Box = PAGE, **values: Any) -> bytes:
    """Return the PDF with an annotation that calls itself a signature, signed along."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    words = {"FT": _named("Sig"), "Rect": _box(rect), "AP": _covering(writer, rect)} | values
    added = writer.add_object(_dictionary(Type=_named("Annot"), **words))
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), added])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    return _new_signature(writer, key)


def _new_signature(writer: Any, key: SigningKey, box: Any = None) -> bytes:
    signer = SimpleSigner.load_pkcs12_data(key.data, [], key.password)
    meta = PdfSignatureMetadata(field_name="extra", subfilter=SigSeedSubFilter.PADES)
    spec = SigFieldSpec("extra", on_page=0, box=box)
    return bytes(PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(writer).getvalue())


def _script() -> Any:
    action = _dictionary(S=_named("JavaScript"), JS=generic.TextStringObject("app.alert(1)"))
    return _dictionary(PV=action)


POSING: dict[str, dict[str, Any]] = {
    "stamp": {"Subtype": _named("Stamp")},
    "small stamp": {"Subtype": _named("Stamp"), "rect": SEAL},
    "note": {"Subtype": _named("FreeText"), "Contents": generic.TextStringObject("x")},
    "link": {"Subtype": _named("Link"), "A": _dictionary(S=_named("URI"))},
    "script": {"Subtype": _named("Widget"), "AA": _script()},
    "field in no form": {"Subtype": _named("Widget"), "rect": SEAL},
}


@pytest.mark.parametrize("name", POSING)
def test_what_only_calls_itself_a_signature(desk: Office, name: str) -> None:
    """An annotation over a page is no signature because its /FT says so."""
    data = _with_annotation(desk.pdf, desk.person, **POSING[name])
    found = judged(desk, data, desk.authority.pem)
    assert ([one.code for one in found.causes], found.before) == (["changed-after"], "genuine")


def test_a_new_signature_is_no_larger_than_a_seal(desk: Office) -> None:
    """A seal's client may add a field of its own; the verdict names its page and place.

    It may lie on text of the report, so this is a reservation.
    """
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(desk.pdf))
    found = judged(desk, _new_signature(writer, desk.person, SEAL), desk.authority.pem)
    assert [one.code for one in found.causes] == ["visible-signature"]
    assert "p. 1, 49 × 49 mm (x 35, y 35)" in found.causes[0].text
    assert found.outcome == "reservations"
    assert [one.place for one in found.signatures] == [
        SignaturePlace(page=1, width=49, height=49, x=35, y=35)
    ]
    writer = IncrementalPdfFileWriter(io.BytesIO(desk.pdf))
    found = judged(desk, _new_signature(writer, desk.person, PAGE), desk.authority.pem)
    assert [one.code for one in found.causes] == ["changed-after"]
    assert "seal" in found.causes[0].text


def test_another_report_is_not_saved_by_its_signature(desk: Office) -> None:
    """A report that was changed first and signed then is different."""

    def retitle(document: pikepdf.Pdf) -> None:
        document.docinfo["/Title"] = "别的报告"

    data = signed(office.changed(desk.pdf, retitle), desk.person)
    codes = [one.code for one in judged(desk, data, desk.authority.pem).causes]
    assert "bytes" in codes


def turned(data: bytes) -> bytes:
    """Return the PDF with a page turned by an update after its end."""
    out = io.BytesIO()
    _turn(data).write(out)
    return out.getvalue()


def _turn(data: bytes) -> Any:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    number: Any = generic.NumberObject
    writer.root["/Pages"]["/Kids"][0]["/Rotate"] = number(180)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    return writer
