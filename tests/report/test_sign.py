"""Signing and checking signatures, against a certificate authority of our own."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pikepdf
import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from assess.errors import EnvironmentLacksError, UsageError
from assess.report import sign as signing
from assess.report.pdf.job import Answer, Checked, CheckTask, Question, Signature
from assess.report.pdf.worker import answer
from assess.report.sign import Key, sign
from assess.report.verifying import verify as verifying
from assess.report.verifying.verify import Verdict, verify
from assess.workspace import Workspace
from report import office, read_pdf

PASSWORD = b"pass"
DRAFT = datetime.now(UTC)


class Office(NamedTuple):
    """A report, and who signs it."""

    here: Workspace
    pdf: bytes
    authority: office.Authority
    person: Key
    seal: Key


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A report and two keys, made once."""
    here = office.make(tmp_path_factory.mktemp("sign") / "w")
    authority = office.Authority()
    keys = [Key(authority.key(name, PASSWORD), PASSWORD) for name in ("王敏", "示例市数据局")]
    return Office(here, office.report(here), authority, *keys)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign and check in this process: the child has a test of its own."""

    def asked(question: Question, _lang: str) -> Answer:
        return answer(question)

    monkeypatch.setattr(signing, "ask", asked)
    monkeypatch.setattr(verifying, "ask", asked)


def signed(data: bytes, key: Key, **chosen: Any) -> bytes:
    """Return the PDF with one more signature."""
    words = {"field": None, "seal": None, "tsa": None, "now": DRAFT, "lang": "en"} | chosen
    return sign(data, key, **words).pdf


def checked(desk: Office, data: bytes, *roots: bytes) -> Checked:
    """Return the signatures of a PDF that begins with the report."""
    task = CheckTask(
        pdf=data,
        original=len(desk.pdf),
        roots=roots or (desk.authority.pem,),
        moment=datetime.now(UTC),
    )
    found = answer(task)
    assert isinstance(found, Checked), found
    return found


def good(one: Signature) -> bool:
    """Return whether nothing is wrong with a signature."""
    return one.intact and one.valid and one.trusted and one.whole and not one.problem


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
    assert all("mm" in one.place for one in found.signatures)


def test_signed_reports_are_verified(desk: Office) -> None:
    """The part before the signatures is what the commit gives, and the chain is checked."""
    data = signed(signed(desk.pdf, desk.person), desk.seal, field="单位盖章", seal=seal())
    found = judged(desk, data, desk.authority.pem)
    assert (found.kind, found.causes) == ("same", ())
    assert len(found.signatures) == 2
    assert judged(desk, data).kind == "same"
    stranger = judged(desk, data, office.Authority("别家").pem)
    assert [one.code for one in stranger.causes] == ["untrusted", "untrusted"]
    later = verify(
        desk.here, data, [desk.authority.pem], office.TODAY + timedelta(days=3650), office.TODAY
    )
    assert "untrusted" in [one.code for one in later.causes]


def judged(desk: Office, data: bytes, *roots: bytes) -> Verdict:
    """Return the verdict on a PDF, as of today: the keys were made just now."""
    return verify(desk.here, data, roots, datetime.now(UTC).date(), office.TODAY)


def test_a_field_is_signed_by_name_or_label(desk: Office) -> None:
    """The leader's field, by the name in the file and by what a screen reader says."""
    for name in ("leader", "分管领导"):
        made = sign(desk.pdf, desk.person, field=name, seal=None, tsa=None, now=DRAFT, lang="en")
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
    task = CheckTask(
        pdf=twice, original=len(data), roots=(desk.authority.pem,), moment=datetime.now(UTC)
    )
    found = answer(task)
    assert isinstance(found, Checked)
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
    for key in (Key(desk.person.data, b"wrong"), Key(b"nonsense", None)):
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


# Changes that signatures must not hide


def test_changed_bytes_break_the_signature(desk: Office) -> None:
    """One bit of the report that was signed."""
    data = bytearray(signed(desk.pdf, desk.person))
    data[len(desk.pdf) // 2] ^= 1
    found = judged(desk, bytes(data), desk.authority.pem)
    assert found.kind == "different"
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
    assert (found.kind, found.before) == ("different", "same")


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


def _with_annotation(data: bytes, key: Key, rect: Box = PAGE, **values: Any) -> bytes:
    """Return the PDF with an annotation that calls itself a signature, signed along."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    words = {"FT": _named("Sig"), "Rect": _box(rect), "AP": _covering(writer, rect)} | values
    added = writer.add_object(_dictionary(Type=_named("Annot"), **words))
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), added])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    return _new_signature(writer, key)


def _new_signature(writer: Any, key: Key, box: Any = None) -> bytes:
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
    assert ([one.code for one in found.causes], found.before) == (["changed-after"], "same")


def test_a_new_signature_is_no_larger_than_a_seal(desk: Office) -> None:
    """A seal's client may add a field of its own; the verdict names its page and place."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(desk.pdf))
    found = judged(desk, _new_signature(writer, desk.person, SEAL), desk.authority.pem)
    assert found.kind == "same"
    assert [one.place for one in found.signatures] == ["p. 1, 49 × 49 mm (x 35, y 35)"]
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
    assert "metadata" in codes


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
