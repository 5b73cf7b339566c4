"""What signing programs really append passes the list, one signature after the other."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from assess.report.proof.pdf.job import SignaturePlace
from report.proof.pdf.forging import (
    FIELD,
    NOW,
    PAGE,
    ROOT,
    SPARE,
    append,
    body_of,
    checked,
    invisible,
    is_genuine,
    original,
    sealed,
    signer,
    stream,
    visible,
)

BOX = (300, 300, 400, 340)


def by_library(pdf: bytes, name: str = "new", **chosen: Any) -> bytes:
    """Return a PDF that pyHanko signed once more."""
    style, box = chosen.pop("style", None), chosen.pop("box", None)
    spec = None if name == "seal" else SigFieldSpec(name, on_page=0, box=box)
    meta = PdfSignatureMetadata(field_name=name, **chosen)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    made = PdfSigner(meta, signer(), stamp_style=style, new_field_spec=spec)
    return bytes(made.sign_pdf(writer, existing_fields_only=spec is None).getvalue())


def picture() -> StaticStampStyle:
    """Return the look of a seal: a picture that can be seen through."""
    return StaticStampStyle(background=PdfImage(Image.new("RGBA", (9, 9), (255, 0, 0, 90))))


def stamper() -> DummyTimeStamper:
    """Return a time stamp server."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(5)
    built = built.public_key(key.public_key()).add_extension(usage, critical=True)
    built = built.not_valid_before(NOW - timedelta(9)).not_valid_after(NOW + timedelta(9))
    certificate = built.sign(key, hashes.SHA256())
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(
        asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(plain),
        fixed_dt=NOW,
    )


def with_store(pdf: bytes) -> bytes:
    """Return a PDF with data for later checks of its last signature."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[-1]
    out = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(out, signature.pkcs7_content, certs=[signer().signing_cert])
    return out.getvalue()


def stamped(pdf: bytes) -> bytes:
    """Return a PDF with a time stamp of the whole document."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return bytes(PdfTimeStamper(stamper()).timestamp_pdf(writer, "sha256").getvalue())


def test_one_signature() -> None:
    """Invisible, in the report's own field as words or picture, and after the PAdES standard."""
    assert is_genuine(by_library(original()))
    assert is_genuine(by_library(original(), subfilter=SigSeedSubFilter.PADES))
    assert is_genuine(by_library(original(), "seal", style=TextStampStyle()))
    assert is_genuine(by_library(original(), "seal", style=picture()))
    assert is_genuine(by_library(original(), "seal"))
    assert is_genuine(by_library(original(), name="张", reason="审核", location="示例市"))


def test_a_signature_that_says_what_may_follow() -> None:
    """A certification names its signature in the catalog."""
    certified = by_library(original(), certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    assert is_genuine(certified)
    assert is_genuine(by_library(certified, "second"))


def test_signatures_one_after_the_other() -> None:
    """Two and three of them, by two programs."""
    second = by_library(by_library(original()), "seal", style=picture())
    third = by_library(second, "third", subfilter=SigSeedSubFilter.PADES)
    assert is_genuine(second)
    assert is_genuine(third)
    assert is_genuine(by_library(append(original(), sealed()), "second"))
    found = checked(third)
    assert found is not None
    assert [each.field for each in found.signatures] == ["new", "seal", "third"]


def test_data_for_later_checks_and_a_time_stamp() -> None:
    """LTV: a store of certificates, a time stamp over it, and the same once more."""
    stored = with_store(by_library(original(), "seal", style=picture()))
    assert is_genuine(stored)
    both = stamped(stored)
    found = checked(both)
    assert found is not None
    assert [each.signer for each in found.signatures] == ["王敏", "TSA"]
    assert is_genuine(both)
    assert is_genuine(stamped(with_store(both)))


def test_a_stamp_within_a_signature() -> None:
    """PAdES B-T: the time is proved by the signature's own stamp."""
    meta = PdfSignatureMetadata(field_name="new", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(io.BytesIO(original()))
    made = PdfSigner(meta, signer(), timestamper=stamper(), new_field_spec=SigFieldSpec("new"))
    assert is_genuine(made.sign_pdf(writer).getvalue())


def test_a_visible_signature_of_its_own_is_told() -> None:
    """Page, size and place of what may lie over text: such a report needs to be looked at."""
    for pdf in (
        append(original(), visible()),
        by_library(original(), box=BOX, style=TextStampStyle()),
        by_library(original(), box=BOX),
    ):
        found = checked(pdf)
        assert found is not None
        assert found.permitted
        assert [each.outside for each in found.signatures] == [True]
        assert found.signatures[0].place == SignaturePlace(
            page=1, width=35, height=14, x=106, y=106
        )


def test_signatures_of_one_page_cover_a_quarter_at_most() -> None:
    """Whoever signs: together they leave the page readable."""
    pdf = original()
    for count in range(4):
        box = (150 * count, 100, 150 * count + 150, 268)
        pdf = by_library(pdf, f"n{count}", box=box, style=TextStampStyle())
    found = checked(pdf)
    assert found is not None
    assert found.permitted
    pdf = by_library(pdf, "n5", box=(0, 400, 150, 550), style=TextStampStyle())
    found = checked(pdf)
    assert found is not None
    assert "more of a page" in found.problem


@pytest.mark.parametrize(
    ("words", "body"),
    [
        (b"/DSS<</Certs[%d 0 R]>>" % SPARE, b"<<>>"),
        (b"/DSS<</Certs[%d 0 R]>>" % SPARE, stream(b"x", b"/Type/XObject")),
        (b"/DSS<</VRI<</AB %d 0 R>>>>" % SPARE, stream(b"x")),
        (b"/DSS<</VRI<</AB<</Cert %d 0 R>>>>>>" % SPARE, b"[%d 0 R]" % PAGE),
        (b"/DSS<</Certs[%d 0 R]>>/Perms<</DocMDP 9 0 R>>" % SPARE, stream(b"x")),
    ],
)
def test_other_data_for_later_checks(words: bytes, body: bytes) -> None:
    """The store holds streams, and lists and dictionaries of them."""
    good = b"<</Certs[%d 0 R]/VRI<</AB<</Type/VRI/Cert %d 0 R/TU(x)>>>>>>"
    revision = invisible().put(SPARE, stream(b"x")).put(SPARE + 1, b"[%d 0 R]" % SPARE)
    assert is_genuine(
        append(original(), revision.edit(ROOT, b"<<", b"<</DSS" + good % (SPARE, SPARE + 1)))
    )
    bad = invisible().put(SPARE, body).edit(ROOT, b"<<", b"<<" + words)
    assert not is_genuine(append(original(), bad))


def test_a_list_of_annotations_of_its_own() -> None:
    """A page may point to its list, which a further signature replaces."""
    revision = invisible()
    page = body_of(PAGE).replace(b"<<", b"<</Annots %d 0 R" % SPARE, 1)
    first = append(original(), revision.put(PAGE, page).put(SPARE, b"[%d 0 R]" % FIELD))
    assert is_genuine(first)
    assert is_genuine(by_library(first, "second"))
