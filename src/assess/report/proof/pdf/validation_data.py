"""Certificates and answers of their issuers, appended for later checks; no reader shows them."""

from __future__ import annotations

from typing import Final

from assess.report.proof.pdf.scope import (
    Scope,
    as_dictionary,
    as_list,
    is_plain,
    require_keys,
)
from assess.report.proof.pdf.strict_values import Name, Value, require

VALIDATION: Final = "validation"
"""The role of such objects."""
_STORE: Final = frozenset({"Type", "Certs", "CRLs", "OCSPs", "VRI"})
_OF_A_SIGNATURE: Final = frozenset({"Type", "Cert", "CRL", "OCSP", "TU", "TS"})
_STREAM: Final = frozenset({"Length", "Filter"})


def check_validation(scope: Scope, value: Value) -> None:
    """Check the document's store of data for the validation of signatures.

    Raises:
        UnlikeError: it holds something else.
    """
    store = as_dictionary(scope.resolve(value, VALIDATION))
    require_keys(store, _STORE, "/DSS")
    for key in ("Certs", "CRLs", "OCSPs"):
        _check_streams(scope, store.get(key, []))
    for element in as_dictionary(scope.resolve(store.get("VRI", {}), VALIDATION)).values():
        words = as_dictionary(scope.resolve(element, VALIDATION))
        require_keys(words, _OF_A_SIGNATURE, "/VRI")
        for key in ("Cert", "CRL", "OCSP"):
            _check_streams(scope, words.get(key, []))
        if "TS" in words:
            _check_stream(scope, words["TS"])
        require(isinstance(words.get("TU", b""), bytes))


def _check_streams(scope: Scope, value: Value) -> None:
    for element in as_list(scope.resolve(value, VALIDATION)):
        _check_stream(scope, element)


def _check_stream(scope: Scope, value: Value) -> None:
    element = scope.claim(value, VALIDATION)
    require(element.stream is not None, f"object {element.number}")
    require_keys(element.words, _STREAM, f"object {element.number}")
    require(element.words.get("Filter", Name("FlateDecode")) == Name("FlateDecode"))


def check_extensions(value: Value) -> None:
    """Check that a document names extensions of the format, and nothing more.

    Raises:
        UnlikeError: it does.
    """
    require(is_plain(as_dictionary(value)), "/Extensions")
