"""Certificates and answers of their issuers, appended for later checks; no reader shows them."""

from __future__ import annotations

from typing import Final

from assess.report.proof.pdf.scope import (
    PdfRevisionScope,
    require_dictionary,
    require_list,
    require_only_keys,
)
from assess.report.proof.pdf.strict_values import PdfName, PdfValue, require_condition

VALIDATION: Final = "validation"
"""The role of such objects."""
_STORE: Final = frozenset({"Type", "Certs", "CRLs", "OCSPs", "VRI"})
_OF_A_SIGNATURE: Final = frozenset({"Type", "Cert", "CRL", "OCSP", "TU", "TS"})
_EXTENSION: Final = frozenset({"Type", "BaseVersion", "ExtensionLevel", "URL", "ExtensionRevision"})
_STREAM: Final = frozenset({"Length", "Filter"})


def check_validation_data_store(scope: PdfRevisionScope, value: PdfValue) -> None:
    """Check the document's store of data for the validation of signatures.

    Raises:
        UnlikeError: it holds something else.
    """
    store = require_dictionary(scope.resolve_value(value, VALIDATION))
    require_only_keys(store, _STORE, "/DSS")
    for key in ("Certs", "CRLs", "OCSPs"):
        _check_validation_streams(scope, store.get(key, []))
    for element in require_dictionary(
        scope.resolve_value(store.get("VRI", {}), VALIDATION)
    ).values():
        dictionary = require_dictionary(scope.resolve_value(element, VALIDATION))
        require_only_keys(dictionary, _OF_A_SIGNATURE, "/VRI")
        for key in ("Cert", "CRL", "OCSP"):
            _check_validation_streams(scope, dictionary.get(key, []))
        if "TS" in dictionary:
            _check_validation_stream(scope, dictionary["TS"])
        require_condition(isinstance(dictionary.get("TU", b""), bytes))


def _check_validation_streams(scope: PdfRevisionScope, value: PdfValue) -> None:
    for element in require_list(scope.resolve_value(value, VALIDATION)):
        _check_validation_stream(scope, element)


def _check_validation_stream(scope: PdfRevisionScope, value: PdfValue) -> None:
    element = scope.assign_role_and_resolve_object(value, VALIDATION)
    require_condition(element.stream is not None, f"object {element.number}")
    require_only_keys(element.stream_dictionary, _STREAM, f"object {element.number}")
    require_condition(
        element.stream_dictionary.get("Filter", PdfName("FlateDecode")) == PdfName("FlateDecode")
    )


def check_catalog_extensions(value: PdfValue) -> None:
    """Check that a document names extensions of the format, and nothing more.

    Raises:
        UnlikeError: it does.
    """
    for extensions in require_dictionary(value).values():
        for extension in extensions if isinstance(extensions, list) else [extensions]:
            dictionary = require_dictionary(extension)
            require_only_keys(dictionary, _EXTENSION, "/Extensions")
            require_condition(
                dictionary.get("Type") == PdfName("DeveloperExtensions"), "/Extensions"
            )
            require_condition(
                all(isinstance(each, str | bytes | int) for each in dictionary.values()),
                "/Extensions",
            )
