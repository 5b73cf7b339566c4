"""Who signed a hand-in is told by the certificate: an office holds the next one against it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from assess.report.proof.sign import SigningKey
from report import signing


def fingerprint(key: SigningKey) -> str:
    """Return the SHA-256 of a key's certificate, worked out by another library."""
    certificate = pkcs12.load_pkcs12(key.data, signing.PASSWORD).cert
    assert certificate is not None
    return sha256(certificate.certificate.public_bytes(Encoding.DER)).hexdigest()


def test_each_signature_has_the_digest_of_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order in which they signed; two keys of one name differ."""
    signing.in_this_process(monkeypatch)
    desk = signing.make(tmp_path / "w")
    twice = signing.signed(signing.signed(desk.pdf, desk.person), desk.seal)
    found = [each.fingerprint for each in signing.checked(desk, twice).signatures]
    assert found == [fingerprint(desk.person), fingerprint(desk.seal)]
    same_name = SigningKey(desk.authority.key("王敏", signing.PASSWORD), signing.PASSWORD)
    (other,) = signing.checked(desk, signing.signed(desk.pdf, same_name)).signatures
    assert other.signer == "王敏"
    assert other.fingerprint == fingerprint(same_name) != fingerprint(desk.person)
