"""What a signature shows: a form within its box, and pictures and fonts that hang on it."""

from __future__ import annotations

from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf.original import has_name_value
from assess.report.proof.pdf.scope import (
    RevisionScope,
    has_no_references,
    require_dictionary,
    require_keys,
    require_list,
    require_numbers,
)
from assess.report.proof.pdf.strict_objects import PdfObject, unpack_stream
from assess.report.proof.pdf.strict_values import (
    ChangedError,
    PdfName,
    PdfReference,
    UnlikeError,
    Value,
    require_fitting,
)

_STREAM: Final = frozenset({"Length", "Filter", "DecodeParms"})
_FORM: Final = _STREAM | {"Type", "Subtype", "FormType", "BBox", "Matrix", "Resources", "Name"}
_IMAGE: Final = _STREAM | frozenset(
    [
        "Type",
        "Subtype",
        "Width",
        "Height",
        "ColorSpace",
        "BitsPerComponent",
        "SMask",
        "Interpolate",
        "Intent",
        "Decode",
    ]
)
_PROFILE: Final = _STREAM | {"N", "Alternate", "Range"}
_RESOURCES: Final = frozenset({"Font", "XObject", "ProcSet", "ExtGState"})
_GRAPHICS: Final = frozenset({"Type", "ca", "CA", "AIS", "BM", "SA", "OP", "op", "OPM", "LW"})
_FONT_FILE: Final = _STREAM | frozenset(
    ["Length1", "Length2", "Length3", "Subtype", "Type", "CMapName", "CIDSystemInfo", "WMode"]
)
_FONT_FILE_KINDS: Final = ("Type1C", "CIDFontType0C", "OpenType")
_FONT_TYPES: Final = ("Font", "FontDescriptor", "Encoding")
_FONTS: Final = ("Type0", "Type1", "TrueType", "MMType1", "CIDFontType0", "CIDFontType2")
_FILTERS: Final = ("FlateDecode", "DCTDecode")
_DEEPEST: Final = 12
_LARGEST: Final = 20_000
_CORNERS, _MATRIX = 4, 6
_NOTHING: Final = (b"", b"% DSBlank")
BEYOND: Final = N_("a signature shows something beyond its place")


def check_appearance(scope: RevisionScope, value: Value, role: str, *, visible: bool) -> None:
    """Check that what a field shows is a form that is drawn within its box alone.

    PDFium draws a form without /BBox on the whole page.

    Raises:
        ChangedError: it may be drawn elsewhere.
        UnlikeError: it holds what no signing program is known to write.
    """
    words = require_dictionary(value)
    if words.keys() != {"N"}:
        raise ChangedError(BEYOND)
    form = scope.claim_object(words["N"], role)
    if form.stream is None or not has_name_value(form.words, "Subtype", "Form"):
        raise ChangedError(BEYOND)
    if not visible:
        require_fitting(unpack_stream(form).strip() in _NOTHING, f"object {form.number}")
        require_fitting(not form.words.get("Resources"), f"object {form.number}")
        require_keys(form.words, _FORM, f"object {form.number}")
        return
    if not _has_clipping_box(form.words):
        raise ChangedError(BEYOND)
    _AppearanceObjects(scope, role).check_form(form, 0)


def _has_clipping_box(words: dict[str, Value]) -> bool:
    """Return whether a form is clipped, neither turned nor scaled."""
    try:
        left, bottom, right, top = box = require_numbers(words.get("BBox"), _CORNERS)
        matrix = require_numbers(words.get("Matrix", [1, 0, 0, 1, 0, 0]), _MATRIX)
    except UnlikeError:
        return False
    large = all(abs(number) <= _LARGEST for number in (*box, *matrix))
    return large and min(abs(right - left), abs(top - bottom)) >= 1 and matrix[:4] == [1, 0, 0, 1]


class _AppearanceObjects:
    """The objects that a reader takes to draw what a signature shows."""

    def __init__(self, scope: RevisionScope, role: str) -> None:
        self._scope = scope
        self._role = role
        self._seen: dict[int, PdfObject] = {}

    def _claim_new_object(self, value: Value) -> PdfObject | None:
        """Return an object that the revision adds; None where it was looked at before."""
        if isinstance(value, PdfReference) and value.number in self._seen:
            return None
        element = self._scope.claim_object(value, self._role)
        require_fitting(element.number >= self._scope.size, f"object {element.number}")
        self._seen[element.number] = element
        if element.stream is not None:
            _require_filter(element)
        return element

    def check_form(self, form: PdfObject, depth: int) -> None:
        require_fitting(depth < _DEEPEST)
        require_keys(form.words, _FORM, f"object {form.number}")
        require_fitting(has_name_value(form.words, "Type", "XObject") or "Type" not in form.words)
        require_fitting(form.words.get("FormType", 1) == 1, f"object {form.number}")
        _require_filter(form)
        require_fitting(
            all(has_no_references(v) for k, v in form.words.items() if k != "Resources")
        )
        if "Resources" in form.words:
            self._check_resources(form.words["Resources"], depth)

    def _check_resources(self, value: Value, depth: int) -> None:
        words = self._read_dictionary(value)
        require_keys(words, _RESOURCES, "/Resources")
        require_fitting(has_no_references(words.get("ProcSet")))
        for font in self._read_dictionary(words.get("Font", {})).values():
            self._check_font(font, depth)
        for picture in self._read_dictionary(words.get("XObject", {})).values():
            self._check_picture(picture, depth)
        for state in self._read_dictionary(words.get("ExtGState", {})).values():
            graphics = self._read_dictionary(state)
            require_keys(graphics, _GRAPHICS, "/ExtGState")
            require_fitting(has_no_references(graphics))

    def _read_dictionary(self, value: Value) -> dict[str, Value]:
        if not isinstance(value, PdfReference):
            return require_dictionary(value)
        element = self._claim_new_object(value)
        require_fitting(element is None or element.stream is None)
        return require_dictionary(element.value) if element is not None else {}

    def _check_picture(self, value: Value, depth: int) -> None:
        element = self._claim_new_object(value)
        if element is None:
            return
        if has_name_value(element.words, "Subtype", "Form"):
            self.check_form(element, depth + 1)
            return
        require_fitting(
            has_name_value(element.words, "Subtype", "Image"), f"object {element.number}"
        )
        require_keys(element.words, _IMAGE, f"object {element.number}")
        require_fitting(depth < _DEEPEST)
        if "SMask" in element.words:
            self._check_picture(element.words["SMask"], depth + 1)
        self._check_colours(element.words.get("ColorSpace"))
        require_fitting(
            all(has_no_references(v) for k, v in element.words.items() if k not in _REFERRING)
        )

    def _check_colours(self, value: Value) -> None:
        if has_no_references(value):
            return
        kind, profile = require_list(value)
        require_fitting(kind == PdfName("ICCBased"))
        element = self._claim_new_object(profile)
        if element is not None:
            require_fitting(element.stream is not None and has_no_references(element.value))
            require_keys(element.words, _PROFILE, f"object {element.number}")

    def _check_font(self, value: Value, depth: int) -> None:
        """Check a font or a part of it: descriptors, widths, and streams that hold outlines."""
        require_fitting(depth < _DEEPEST)
        if isinstance(value, PdfReference):
            element = self._claim_new_object(value)
            if element is None:
                return
            if element.stream is not None:
                _check_font_file(element)
                return
            value = element.value
        parts: list[Value] = value if isinstance(value, list) else []
        if isinstance(value, dict):
            _check_font_words(value)
            parts = [*value.values()]
        for part in parts:
            if not has_no_references(part):
                self._check_font(part, depth + 1)


_REFERRING: Final = ("SMask", "ColorSpace")


def _require_filter(element: PdfObject) -> None:
    """Check that a stream is packed in one usual way."""
    packing = element.words.get("Filter", [])
    names = packing if isinstance(packing, list) else [packing]
    require_fitting(len(names) <= 1, f"object {element.number}")
    require_fitting(all(isinstance(name, PdfName) and name in _FILTERS for name in names))
    parameters = element.words.get("DecodeParms", {})
    require_fitting(
        isinstance(parameters, dict) and has_no_references(parameters), f"object {element.number}"
    )
    require_fitting(not parameters or len(names) == 1, f"object {element.number}")


def _check_font_words(words: dict[str, Value]) -> None:
    require_fitting(
        has_name_value(words, "Type", *_FONT_TYPES) or has_no_references(words), "/Font"
    )
    require_fitting(not words.keys() & {"CharProcs", "Resources"}, "/Font")
    if has_name_value(words, "Type", "Font"):
        require_fitting(has_name_value(words, "Subtype", *_FONTS), "/Font")


def _check_font_file(element: PdfObject) -> None:
    require_keys(element.words, _FONT_FILE, f"object {element.number}")
    require_fitting(
        "Subtype" not in element.words
        or has_name_value(element.words, "Subtype", *_FONT_FILE_KINDS)
    )
    require_fitting("Type" not in element.words or has_name_value(element.words, "Type", "CMap"))
    require_fitting(has_no_references(element.value))
