"""The field of a signature, as a revision fills or adds it, and the signature itself."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assess.i18n import N_
from assess.report.proof.pdf.appearance import check_field_appearance
from assess.report.proof.pdf.original import has_name_value
from assess.report.proof.pdf.scope import (
    PdfRevisionScope,
    has_no_references,
    require_numbers,
    require_only_keys,
)
from assess.report.proof.pdf.strict_objects import PdfObject
from assess.report.proof.pdf.strict_values import (
    ChangedError,
    PdfReference,
    PdfValue,
    UnlikeError,
    are_same_values,
    read_single_value,
    require_condition,
)

_FILLED: Final = frozenset({"V", "AP"})
"""What a signature changes in a field of the report."""
_NEW: Final = frozenset({"Type", "Subtype", "FT", "T", "TU", "Rect", "P", "F"}) | _FILLED
_TEXTS: Final = frozenset({"M", "Name", "Reason", "Location", "ContactInfo"})
_SIGNATURE: Final = (
    frozenset({"Type", "Filter", "SubFilter", "ByteRange", "Contents", "Reference"}) | _TEXTS
)
_REFERENCES: Final = tuple(
    read_single_value(
        b"[<</Type/SigRef/TransformMethod/DocMDP/TransformParams"
        b"<</Type/TransformParams/V/1.2/P %d>>>>]" % permission
    )
    for permission in (1, 2, 3)
)
"""What a signature says of changes that may follow it."""
_SUB_FILTERS: Final = ("adbe.pkcs7.detached", "ETSI.CAdES.detached")
_STAMP_FILTER: Final = "ETSI.RFC3161"
_FLAGS: Final = (4, 4 | 128)
"""Printed, and locked: others hide what is shown, or change its place."""
_NOWHERE: Final[PdfValue] = [0, 0, 0, 0]
"""The rectangle of a field that shows nothing, in whole numbers."""
_SHORTEST: Final = 1.0
"""Points: the shortest side of a field that shows something."""
_HOLE: Final = re.compile(rb"<((?:[0-9A-Fa-f]{2})+)>")
UNSIGNED: Final = N_("a field shows something and is not signed")
ADDED: Final = N_("a field or link was added")


class SignedPdfField(NamedTuple):
    """A field that a revision signed."""

    number: int
    signature: int
    end: int
    """Where the signed bytes end."""
    rectangle: tuple[float, ...]
    visible: bool
    added: bool
    """Whether the report itself has no such field."""


def check_signed_report_field(
    scope: PdfRevisionScope, number: int, pdf: bytes, role: str
) -> SignedPdfField:
    """Return the signature in a field of the report.

    Raises:
        ChangedError: more than the signature is new in it.
        UnlikeError: it holds what no signing program is known to write.
    """
    old, new = (
        scope.objects[number].value,
        scope.assign_role_and_resolve_object(PdfReference(number), role).value,
    )
    if not isinstance(old, dict) or not isinstance(new, dict):
        raise ChangedError(f"object {number}")
    for key in sorted((old.keys() | new.keys()) - _FILLED):
        if key not in old or key not in new or not are_same_values(old[key], new[key]):
            raise ChangedError(f"object {number} /{key}")
    if "V" not in new:
        raise ChangedError(UNSIGNED)
    shows = "AP" in new and not ("AP" in old and are_same_values(old["AP"], new["AP"]))
    return _check_signed_field(scope, number, new, pdf, shows=shows, added=False)


def check_signed_added_field(scope: PdfRevisionScope, number: int, pdf: bytes) -> SignedPdfField:
    """Return the signature in a field that the revision adds.

    Raises:
        ChangedError: it is no signature, or shows something without one.
        UnlikeError: it holds what no signing program is known to write.
    """
    require_condition(number >= scope.size, f"object {number}")
    new = scope.assign_role_and_resolve_object(PdfReference(number), f"field {number}").value
    is_widget = isinstance(new, dict) and has_name_value(new, "Subtype", "Widget")
    if not isinstance(new, dict) or not is_widget or not has_name_value(new, "FT", "Sig"):
        raise ChangedError(ADDED)
    if "V" not in new:
        raise ChangedError(UNSIGNED)
    require_only_keys(new, _NEW, f"object {number}")
    require_condition(has_name_value(new, "Type", "Annot"))
    require_condition(isinstance(new.get("T"), bytes) and new["T"] != b"")
    require_condition(isinstance(new.get("TU", b""), bytes))
    require_condition(new.get("F") in _FLAGS)
    return _check_signed_field(scope, number, new, pdf, shows="AP" in new, added=True)


def _check_signed_field(
    scope: PdfRevisionScope,
    number: int,
    dictionary: dict[str, PdfValue],
    pdf: bytes,
    *,
    shows: bool,
    added: bool,
) -> SignedPdfField:
    left, bottom, right, top = place = parse_field_rectangle(dictionary)
    sides = (right - left, top - bottom)
    nowhere = _is_zero_rectangle(dictionary.get("Rect"))
    require_condition(nowhere != (shows or not added), f"object {number} /Rect")
    require_condition(nowhere or min(sides) >= _SHORTEST, f"object {number} /Rect")
    signature = scope.assign_role_and_resolve_object(dictionary["V"], f"signature of {number}")
    stamp = has_name_value(
        signature.value if isinstance(signature.value, dict) else {}, *_STAMP_TYPE
    )
    if shows:
        require_condition(not stamp)
        check_field_appearance(scope, dictionary["AP"], f"appearance of {number}", sides)
    end = _check_signature(scope, signature, pdf)
    return SignedPdfField(number, signature.number, end, place, shows, added)


_STAMP_TYPE: Final = ("Type", "DocTimeStamp")


def _is_zero_rectangle(value: PdfValue) -> bool:
    """Return whether a rectangle is four whole zeros; readers differ on others without area."""
    return value == _NOWHERE and isinstance(value, list) and {*map(type, value)} == {int}


def parse_field_rectangle(dictionary: dict[str, PdfValue]) -> tuple[float, float, float, float]:
    """Return where a field is on its page: left, bottom, right and top.

    Raises:
        UnlikeError: this is no rectangle.
    """
    left, bottom, right, top = require_numbers(dictionary.get("Rect", [0, 0, 0, 0]), 4)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _check_signature(scope: PdfRevisionScope, element: PdfObject, pdf: bytes) -> int:
    """Check that a signature signs its whole revision; return where the signed bytes end."""
    dictionary = element.value
    if not isinstance(dictionary, dict) or element.stream is not None:
        raise UnlikeError
    place = f"object {element.number}"
    require_only_keys(dictionary, _SIGNATURE, place)
    require_condition(element.number >= scope.size and has_no_references(dictionary), place)
    kinds = (_STAMP_FILTER,) if has_name_value(dictionary, *_STAMP_TYPE) else _SUB_FILTERS
    require_condition(has_name_value(dictionary, "Type", "Sig", "DocTimeStamp"), place)
    require_condition(all(isinstance(dictionary.get(key, b""), bytes) for key in _TEXTS), place)
    require_condition(has_name_value(dictionary, "Filter", "Adobe.PPKLite"), place)
    require_condition(dictionary.get("Reference", _REFERENCES[0]) in _REFERENCES, place)
    if not has_name_value(dictionary, "SubFilter", *kinds):
        raise UnlikeError(f"{place} /SubFilter")
    begin, end = _find_signature_gap(dictionary.get("ByteRange"), scope.revision.end)
    require_condition(element.start < begin < end < element.end, place)
    hole = _HOLE.fullmatch(pdf, begin, end)
    require_condition(
        hole is not None and bytes.fromhex(hole[1].decode()) == dictionary.get("Contents"), place
    )
    return scope.revision.end


def _find_signature_gap(value: PdfValue, revision_end: int) -> tuple[int, int]:
    """Return where the place of a signature is, the only one that it does not sign."""
    first, begin, end, rest = (int(number) for number in require_numbers(value, 4))
    require_condition(are_same_values(value, [first, begin, end, rest]) and first == 0)
    require_condition(end + rest == revision_end)
    return begin, end
