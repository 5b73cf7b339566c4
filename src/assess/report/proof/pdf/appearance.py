"""What a signature shows: a form as large as its field, with pictures and one standard font."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf.content import check_content_stream
from assess.report.proof.pdf.original import has_name_value
from assess.report.proof.pdf.scope import (
    PdfRevisionScope,
    require_dictionary,
    require_numbers,
    require_only_keys,
)
from assess.report.proof.pdf.strict_objects import PdfObject, require_integer, unpack_stream
from assess.report.proof.pdf.strict_values import (
    ChangedError,
    PdfName,
    PdfValue,
    UnlikeError,
    require_condition,
)

_STREAM: Final = frozenset({"Length", "Filter"})
_FORM: Final = _STREAM | {"Type", "Subtype", "BBox", "Resources"}
_IMAGE: Final = _STREAM | frozenset(
    ["Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "SMask"]
)
_COLOURS: Final = (PdfName("DeviceGray"), PdfName("DeviceRGB"))
_RESOURCES: Final = frozenset({"Font", "XObject", "ExtGState"})
_OPACITY: Final = frozenset({"CA", "ca"})
_FONT: Final = frozenset(
    [
        "Type",
        "BaseFont",
        "Subtype",
        "Encoding",
        "FirstChar",
        "LastChar",
        "Widths",
        "FontDescriptor",
    ]
)
_FONT_NAMES: Final = (("Type", "Font"), ("Subtype", "Type1"), ("Encoding", "WinAnsiEncoding"))
_DESCRIPTOR_NUMBERS: Final = frozenset(
    [
        "Flags",
        "Ascent",
        "Descent",
        "CapHeight",
        "ItalicAngle",
        "StemV",
        "MissingWidth",
        "AvgWidth",
        "MaxWidth",
    ]
)
_DESCRIPTOR: Final = _DESCRIPTOR_NUMBERS | {"Type", "FontName", "FontBBox"}
_ROUNDED: Final = 1.0
"""Points by which a box may be smaller than its field: signing rounds to whole points."""
_MOST_PIXELS: Final = 20_000
_BITS: Final = 8
_PARTS_OF_A_TABLE: Final = 4
BEYOND: Final = N_("a signature shows something beyond its place")


def check_field_appearance(
    scope: PdfRevisionScope, value: PdfValue, role: str, field_size: tuple[float, float]
) -> None:
    """Check that what a field shows is a form of the size of the field, drawn within its box.

    PDFium draws a form without /BBox on the whole page.

    Raises:
        ChangedError: it may be drawn elsewhere.
        UnlikeError: it holds what no signing program is known to write.
    """
    dictionary = require_dictionary(value)
    if dictionary.keys() != {"N"}:
        raise ChangedError(BEYOND)
    form = scope.assign_role_and_resolve_object(dictionary["N"], role)
    if form.stream is None or not has_name_value(form.stream_dictionary, "Subtype", "Form"):
        raise ChangedError(BEYOND)
    if not _has_box_of_size(form.stream_dictionary, field_size):
        raise ChangedError(BEYOND)
    _AppearanceChecker(scope, role).check_form_xobject(form)


def _has_box_of_size(dictionary: dict[str, PdfValue], field_size: tuple[float, float]) -> bool:
    """Return whether the box of a form is as large as its field and begins at zero."""
    try:
        left, bottom, right, top = require_numbers(dictionary.get("BBox"), 4)
    except UnlikeError:
        return False
    size = (right, max(bottom, top))
    return (
        left == min(bottom, top) == 0
        and min(size) > 0
        and all(abs(a - b) <= _ROUNDED for a, b in zip(size, field_size, strict=True))
    )


class _AppearanceChecker:
    """The objects that a reader takes to draw what a signature shows."""

    def __init__(self, scope: PdfRevisionScope, role: str) -> None:
        self._scope = scope
        self._role = role

    def _require_new_unshared_object(self, value: PdfValue) -> PdfObject:
        """Return an object that the revision adds, and to which nothing else refers."""
        element = self._scope.assign_role_and_resolve_object(value, self._role)
        require_condition(element.number >= self._scope.size, f"object {element.number}")
        return element

    def check_form_xobject(self, form: PdfObject) -> None:
        require_condition(form.number >= self._scope.size, f"object {form.number}")
        require_only_keys(form.stream_dictionary, _FORM, f"object {form.number}")
        require_condition(
            has_name_value(form.stream_dictionary, "Type", "XObject"), f"object {form.number}"
        )
        resources = require_dictionary(form.stream_dictionary.get("Resources", {}))
        require_only_keys(resources, _RESOURCES, "/Resources")
        checks: dict[str, Callable[[PdfValue], None]] = {
            "Font": self._check_font,
            "XObject": self._check_picture,
            "ExtGState": _check_opacity,
        }
        names = {
            kind: require_dictionary(resources.get(kind, {})).keys() for kind in sorted(_RESOURCES)
        }
        for kind, check in checks.items():
            for value in require_dictionary(resources.get(kind, {})).values():
                check(value)
        check_content_stream(unpack_stream(form), names)

    def _check_picture(self, value: PdfValue, *, is_mask: bool = False) -> None:
        element = self._require_new_unshared_object(value)
        dictionary, place = element.stream_dictionary, f"object {element.number}"
        require_condition(has_name_value(dictionary, "Subtype", "Image"), place)
        require_condition(has_name_value(dictionary, "Type", "XObject"), place)
        require_only_keys(dictionary, _IMAGE, place)
        require_condition(
            "Filter" not in dictionary or has_name_value(dictionary, "Filter", "FlateDecode"), place
        )
        for key in ("Width", "Height"):
            require_condition(0 < require_integer(dictionary, key) <= _MOST_PIXELS, place)
        require_condition(require_integer(dictionary, "BitsPerComponent") == _BITS, place)
        if is_mask:
            require_condition(has_name_value(dictionary, "ColorSpace", "DeviceGray"), place)
            require_condition("SMask" not in dictionary, place)
            return
        require_condition(
            _is_known_colour_space(dictionary.get("ColorSpace")), f"{place} /ColorSpace"
        )
        if "SMask" in dictionary:
            self._check_picture(dictionary["SMask"], is_mask=True)

    def _check_font(self, value: PdfValue) -> None:
        """Check that a font is a standard one, of which readers have the outlines."""
        dictionary = require_dictionary(value)
        require_only_keys(dictionary, _FONT, "/Font")
        require_condition(isinstance(dictionary.get("BaseFont"), PdfName), "/Font")
        require_condition(all(has_name_value(dictionary, *each) for each in _FONT_NAMES), "/Font")
        for key in ("FirstChar", "LastChar"):
            require_integer(dictionary, key, 0)
        widths = dictionary.get("Widths", [])
        require_condition(isinstance(widths, list) and all(map(_is_number, widths)), "/Font")
        if "FontDescriptor" in dictionary:
            self._check_font_descriptor(
                self._require_new_unshared_object(dictionary["FontDescriptor"])
            )

    def _check_font_descriptor(self, element: PdfObject) -> None:
        place = f"object {element.number}"
        require_condition(element.stream is None, place)
        dictionary = require_dictionary(element.value)
        require_only_keys(dictionary, _DESCRIPTOR, place)
        require_condition(has_name_value(dictionary, "Type", "FontDescriptor"), place)
        require_condition(isinstance(dictionary.get("FontName"), PdfName), place)
        require_condition(
            all(_is_number(dictionary.get(key, 0)) for key in _DESCRIPTOR_NUMBERS), place
        )
        require_numbers(dictionary.get("FontBBox"), 4)


def _is_number(value: PdfValue) -> bool:
    return type(value) in (int, float)


def _check_opacity(value: PdfValue) -> None:
    dictionary = require_dictionary(value)
    require_only_keys(dictionary, _OPACITY, "/ExtGState")
    require_condition(all(map(_is_number, dictionary.values())), "/ExtGState")


def _is_known_colour_space(value: PdfValue) -> bool:
    """Return whether colours are those of the device, or a table of them."""
    if not isinstance(value, list):
        return isinstance(value, PdfName) and value in _COLOURS
    if len(value) != _PARTS_OF_A_TABLE:
        return False
    kind, base, last, table = value
    return (
        [kind, base] == [PdfName("Indexed"), _COLOURS[1]]
        and type(last) is int
        and isinstance(table, bytes)
        and len(table) == 3 * (last + 1)
    )
