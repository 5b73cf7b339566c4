"""Form fields and signature fields: links that a template places become fields of the PDF.

A template writes `<a class="…" href="field:KIND?name=…&label=…">` at the place and in the size of
the field. WeasyPrint makes an annotation with an entry in the structure tree of it, and this module
turns the annotation into a field. WeasyPrint's own form fields would embed whole fonts (16 MB for
Noto), would number the choices of a radio group instead of naming them, and have no signatures.

KIND is `text` (with `lines=2` for more than one line), `tick`, `radio` (with `value`) or
`signature`. `name` is the name of the field for programs, `label` the text for screen readers; the
buttons of a radio group share a name, and `group` is the text of the group. `alternative` is what a
screen reader reads aloud in place of the label.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pydyf

SCHEME = "field:"
PdfFieldKind = Literal["text", "tick", "radio", "signature"]

SEAL_FIELD = "seal"
"""The name of the field of the organization's seal."""

ON = "on"
"""The value of a tick box that is ticked."""

_PRINT = 4
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_DOT = b"0 g %g 0 0 %g 0 0 cm 0.5 0.5 m 0.25 0.25 0.5 0.5 re f"
_CROSS = b"%g 0 0 %g 0 0 cm 0.12 w 0.2 0.2 m 0.8 0.8 l 0.2 0.8 m 0.8 0.2 l S"


class PdfField(NamedTuple):
    """What a link asks for."""

    kind: str
    name: str
    label: str
    value: str = ""
    lines: int = 1
    group: str = ""
    alternative: str = ""


def make_field_link(
    kind: PdfFieldKind,
    name: str,
    label: str,
    *,
    value: str = "",
    lines: int = 1,
    group: str = "",
    alternative: str = "",
) -> str:
    """Return the address of the link that a template writes for a field."""
    words = {"name": name, "label": label}
    words |= {"value": value} if value else {}
    words |= {"group": group} if group else {}
    words |= {"alternative": alternative} if alternative else {}
    words |= {"lines": str(lines)} if lines > 1 else {}
    return f"{SCHEME}{kind}?{urlencode(words)}"


def parse_field_link(address: str) -> PdfField | None:
    """Return the field that an address describes; None for an ordinary address."""
    if not address.startswith(SCHEME):
        return None
    parts = urlsplit(address)
    words = {key: values[0] for key, values in parse_qs(parts.query).items()}
    lines = words.get("lines", "1")
    return PdfField(
        parts.path,
        words.get("name", ""),
        words.get("label", ""),
        words.get("value", ""),
        int(lines) if lines.isdigit() else 1,
        words.get("group", ""),
        words.get("alternative", ""),
    )


def replace_links_by_form_fields(pdf: Any) -> None:
    """Replace the links for fields by fields; a document without such links is not changed."""
    form = _FormBuilder(pdf)
    for pdf_object in list(pdf.objects):
        if (
            isinstance(pdf_object, dict)
            and pdf_object.get("Subtype") == "/Link"
            and "A" in pdf_object
        ):
            field = parse_field_link(str(pdf_object["A"]["URI"].string))
            if field is not None:
                form.convert_annotation_to_field(pdf_object, field)
    form.write_form_and_tag_fields()


class _FormBuilder:
    """The fields of a document while they are made."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._made: list[Any] = []
        self._radios: dict[str, Any] = {}
        self._drawings: dict[tuple[str, float, float], Any] = {}
        self._alternatives: dict[bytes, str] = {}
        self._texts = False

    def convert_annotation_to_field(self, annotation: Any, field: PdfField) -> None:
        """Make one annotation a field."""
        for key in ("A", "Contents", "BS"):
            annotation.pop(key, None)
        left, bottom, right, top = annotation["Rect"]
        size = (abs(right - left), abs(top - bottom))
        annotation |= {
            "Subtype": "/Widget",
            "TU": pydyf.String(field.label),
            "F": _PRINT,
            # Lower left corner first: WeasyPrint gives the upper left one.
            "Rect": pydyf.Array([left, min(bottom, top), right, max(bottom, top)]),
        }
        self._alternatives[bytes(annotation.reference)] = field.alternative
        if field.kind == "radio":
            self._add_radio_button(annotation, field, size)
            return
        annotation["T"] = pydyf.String(field.name)
        if field.kind == "tick":
            off, on = (
                self._draw_or_reuse_appearance("", size),
                self._draw_or_reuse_appearance("cross", size),
            )
            annotation |= {
                "FT": "/Btn",
                "V": "/Off",
                "AS": "/Off",
                "AP": _make_button_appearances(ON, on, off),
            }
        else:
            annotation["AP"] = pydyf.Dictionary({"N": self._draw_or_reuse_appearance("", size)})
            annotation["FT"] = "/Sig" if field.kind == "signature" else "/Tx"
        if annotation["FT"] == "/Tx":
            self._texts = True
            annotation["DA"] = pydyf.String("/Helv 10 Tf 0 g")
            if field.lines > 1:
                annotation["Ff"] = _MULTILINE
        self._made.append(annotation)

    def _add_radio_button(
        self, annotation: Any, field: PdfField, size: tuple[float, float]
    ) -> None:
        group = self._radios.get(field.name)
        if group is None:
            group = pydyf.Dictionary(
                {
                    "FT": "/Btn",
                    "Ff": _RADIO,
                    "T": pydyf.String(field.name),
                    "TU": pydyf.String(field.group or field.label),
                    "V": "/Off",
                    "Kids": pydyf.Array(),
                }
            )
            self._pdf.add_object(group)
            self._radios[field.name] = group
            self._made.append(group)
        off, on = (
            self._draw_or_reuse_appearance("", size),
            self._draw_or_reuse_appearance("dot", size),
        )
        annotation |= {
            "Parent": group.reference,
            "AS": "/Off",
            "AP": _make_button_appearances(field.value, on, off),
        }
        group["Kids"].append(annotation.reference)

    def _draw_or_reuse_appearance(self, mark: str, size: tuple[float, float]) -> Any:
        """Return how a state of a field of this size looks; the same ones are shared."""
        width, height = (round(side, 2) for side in size)
        key = (mark, width, height)
        if key not in self._drawings:
            shape = {"": b"", "dot": _DOT, "cross": _CROSS}[mark]
            content = shape % (width, height) if shape else b""
            box = pydyf.Array([0, 0, width, height])
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box}
            extra["Resources"] = pydyf.Dictionary()
            drawing = pydyf.Stream([content], pydyf.Dictionary(extra))
            self._pdf.add_object(drawing)
            self._drawings[key] = drawing.reference
        return self._drawings[key]

    def write_form_and_tag_fields(self) -> None:
        """Write the form, and call fields `Form` in the structure tree instead of `Link`."""
        if not self._made:
            return
        # The cell of the seal spans the rows of the people, so it is drawn before the second one.
        ordered = sorted(self._made, key=_is_seal_field)
        form = pydyf.Dictionary(
            {"Fields": pydyf.Array([field_object.reference for field_object in ordered])}
        )
        if self._texts:
            font = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"}
            helvetica = pydyf.Dictionary(font | {"Encoding": "/WinAnsiEncoding"})
            self._pdf.add_object(helvetica)
            fonts = pydyf.Dictionary({"Helv": helvetica.reference})
            form["DR"] = pydyf.Dictionary({"Font": fonts})
            form["DA"] = pydyf.String("/Helv 10 Tf 0 g")
        self._pdf.add_object(form)
        self._pdf.catalog["AcroForm"] = form.reference
        for pdf_object in self._pdf.objects:
            if isinstance(pdf_object, dict) and pdf_object.get("S") == "/Link":
                self._tag_link_as_form_if_field(pdf_object)

    def _tag_link_as_form_if_field(self, element: Any) -> None:
        """Make a link of the structure tree a form element, if it holds a field."""
        for kid in element["K"]:
            if isinstance(kid, str | bytes):
                target = self._pdf.objects[int(kid.split()[0])]
                widget = bytes(target.get("Obj", b"")) if isinstance(target, dict) else b""
                if widget in self._alternatives:
                    element["S"] = "/Form"
                    if alternative := self._alternatives[widget]:
                        element["Alt"] = pydyf.String(alternative)
                    return


def _is_seal_field(field_object: Any) -> bool:
    return bool(field_object["T"].string == SEAL_FIELD)


def _make_button_appearances(value: str, on: Any, off: Any) -> Any:
    return pydyf.Dictionary({"N": pydyf.Dictionary({value: on, "Off": off})})
