"""The files given by --trust: every certificate counts, and what is none is refused at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assess.report.proof.pdf.broken import WRONG
from assess.report.proof.pdf.check import _parse_certificates

KEY = ec.generate_private_key(ec.SECP256R1())
PKCS8 = PrivateFormat.PKCS8


def certificate(name: str) -> made.Certificate:
    """Return a certificate that signs itself."""
    names = made.Name([made.NameAttribute(made.NameOID.COMMON_NAME, name)])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return (
        made.CertificateBuilder(names, names, KEY.public_key(), 7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=9))
        .sign(KEY, hashes.SHA256())
    )


def names(data: bytes) -> list[str]:
    """Return the common names of the certificates in a file."""
    parsed: list[x509.Certificate] = _parse_certificates(data)
    return [str(each.subject.native["common_name"]) for each in parsed]


def test_all_certificates_of_a_bundle_count() -> None:
    """A PEM file may hold several, and the key of one; a DER file holds one."""
    first, second = certificate("甲"), certificate("乙")
    key = KEY.private_bytes(Encoding.PEM, PKCS8, NoEncryption())
    bundle = first.public_bytes(Encoding.PEM) + key + second.public_bytes(Encoding.PEM)
    assert names(bundle) == ["甲", "乙"]
    assert names(second.public_bytes(Encoding.DER)) == ["乙"]


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_key_is_no_certificate(encoding: Encoding) -> None:
    """It is refused before any signature is held against it."""
    with pytest.raises(WRONG):
        _parse_certificates(KEY.private_bytes(encoding, PKCS8, NoEncryption()))


def test_a_cut_certificate_is_none() -> None:
    """Nor is one with something behind it."""
    whole = certificate("甲").public_bytes(Encoding.DER)
    for data in (whole[:200], whole + b"x", b""):
        with pytest.raises(WRONG):
            _parse_certificates(data)
