"""What a signature shows: a form within its box, and pictures and fonts that hang on it."""

from __future__ import annotations

from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf.original import is_named
from assess.report.proof.pdf.scope import (
    Scope,
    as_dictionary,
    as_list,
    is_plain,
    numbers,
    require_keys,
)
from assess.report.proof.pdf.strict_objects import Object, unpacked
from assess.report.proof.pdf.strict_values import (
    ChangedError,
    Name,
    Reference,
    UnlikeError,
    Value,
    require,
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


def check_appearance(scope: Scope, value: Value, role: str, *, visible: bool) -> None:
    """Check that what a field shows is a form that is drawn within its box alone.

    PDFium draws a form without /BBox on the whole page.

    Raises:
        ChangedError: it may be drawn elsewhere.
        UnlikeError: it holds what no signing program is known to write.
    """
    words = as_dictionary(value)
    if words.keys() != {"N"}:
        raise ChangedError(BEYOND)
    form = scope.claim(words["N"], role)
    if form.stream is None or not is_named(form.words, "Subtype", "Form"):
        raise ChangedError(BEYOND)
    if not visible:
        require(unpacked(form).strip() in _NOTHING, f"object {form.number}")
        require(not form.words.get("Resources"), f"object {form.number}")
        require_keys(form.words, _FORM, f"object {form.number}")
        return
    if not _has_box(form.words):
        raise ChangedError(BEYOND)
    _Shown(scope, role).check_form(form, 0)


def _has_box(words: dict[str, Value]) -> bool:
    """Return whether a form is clipped, neither turned nor scaled."""
    try:
        left, bottom, right, top = box = numbers(words.get("BBox"), _CORNERS)
        matrix = numbers(words.get("Matrix", [1, 0, 0, 1, 0, 0]), _MATRIX)
    except UnlikeError:
        return False
    large = all(abs(number) <= _LARGEST for number in (*box, *matrix))
    return large and min(abs(right - left), abs(top - bottom)) >= 1 and matrix[:4] == [1, 0, 0, 1]


class _Shown:
    """The objects that a reader takes to draw what a signature shows."""

    def __init__(self, scope: Scope, role: str) -> None:
        self._scope = scope
        self._role = role
        self._seen: dict[int, Object] = {}

    def _take(self, value: Value) -> Object | None:
        """Return an object that the revision adds; None where it was looked at before."""
        if isinstance(value, Reference) and value.number in self._seen:
            return None
        element = self._scope.claim(value, self._role)
        require(element.number >= self._scope.size, f"object {element.number}")
        self._seen[element.number] = element
        if element.stream is not None:
            _require_filter(element)
        return element

    def check_form(self, form: Object, depth: int) -> None:
        require(depth < _DEEPEST)
        require_keys(form.words, _FORM, f"object {form.number}")
        _require_filter(form)
        require(all(is_plain(v) for k, v in form.words.items() if k != "Resources"))
        if "Resources" in form.words:
            self._check_resources(form.words["Resources"], depth)

    def _check_resources(self, value: Value, depth: int) -> None:
        words = self._dictionary(value)
        require_keys(words, _RESOURCES, "/Resources")
        require(is_plain(words.get("ProcSet")))
        for font in self._dictionary(words.get("Font", {})).values():
            self._check_font(font, depth)
        for picture in self._dictionary(words.get("XObject", {})).values():
            self._check_picture(picture, depth)
        for state in self._dictionary(words.get("ExtGState", {})).values():
            graphics = self._dictionary(state)
            require_keys(graphics, _GRAPHICS, "/ExtGState")
            require(is_plain(graphics))

    def _dictionary(self, value: Value) -> dict[str, Value]:
        if not isinstance(value, Reference):
            return as_dictionary(value)
        element = self._take(value)
        require(element is None or element.stream is None)
        return as_dictionary(element.value) if element is not None else {}

    def _check_picture(self, value: Value, depth: int) -> None:
        element = self._take(value)
        if element is None:
            return
        if is_named(element.words, "Subtype", "Form"):
            self.check_form(element, depth + 1)
            return
        require(is_named(element.words, "Subtype", "Image"), f"object {element.number}")
        require_keys(element.words, _IMAGE, f"object {element.number}")
        require(depth < _DEEPEST)
        if "SMask" in element.words:
            self._check_picture(element.words["SMask"], depth + 1)
        self._check_colours(element.words.get("ColorSpace"))
        require(all(is_plain(v) for k, v in element.words.items() if k not in _REFERRING))

    def _check_colours(self, value: Value) -> None:
        if is_plain(value):
            return
        kind, profile = as_list(value)
        require(kind == Name("ICCBased"))
        element = self._take(profile)
        if element is not None:
            require(element.stream is not None and is_plain(element.value))
            require_keys(element.words, _PROFILE, f"object {element.number}")

    def _check_font(self, value: Value, depth: int) -> None:
        """Check a font or a part of it: descriptors, widths, and streams that hold outlines."""
        require(depth < _DEEPEST)
        if isinstance(value, Reference):
            element = self._take(value)
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
            if not is_plain(part):
                self._check_font(part, depth + 1)


_REFERRING: Final = ("SMask", "ColorSpace")


def _require_filter(element: Object) -> None:
    """Check that a stream is packed in one usual way."""
    packing = element.words.get("Filter", [])
    names = packing if isinstance(packing, list) else [packing]
    require(len(names) <= 1, f"object {element.number}")
    require(all(isinstance(name, Name) and name in _FILTERS for name in names))
    require(is_plain(element.words.get("DecodeParms")))


def _check_font_words(words: dict[str, Value]) -> None:
    require(is_named(words, "Type", *_FONT_TYPES) or is_plain(words), "/Font")
    require(not words.keys() & {"CharProcs", "Resources"}, "/Font")
    if is_named(words, "Type", "Font"):
        require(is_named(words, "Subtype", *_FONTS), "/Font")


def _check_font_file(element: Object) -> None:
    require_keys(element.words, _FONT_FILE, f"object {element.number}")
    require("Subtype" not in element.words or is_named(element.words, "Subtype", *_FONT_FILE_KINDS))
    require("Type" not in element.words or is_named(element.words, "Type", "CMap"))
    require(is_plain(element.value))
