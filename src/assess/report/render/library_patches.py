"""The replaced parts of WeasyPrint and pydyf; `patch_table.py` has the reasons and conditions."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from copy import copy
from types import SimpleNamespace
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ParentBox, TableBox, TextBox
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import inline, page
from weasyprint.pdf import fonts, tags
from weasyprint.text.line_break import Layout

from assess.report.render import chinese
from assess.report.render.languages import ROOTS
from assess.report.render.patch_table import list_applicable_patches


def apply_patches() -> None:
    """Replace the parts of the libraries that the patches of the table name, once a process."""
    active = list_applicable_patches()
    for name, apply in _APPLY.items():
        if name in active:
            apply()


def _patch_font_file_copying() -> None:
    if isinstance(fonts.Font.__dict__.get("file_content"), property):
        return
    make_font = fonts.Font.__init__

    def make_without_copy(font: Any, *arguments: Any) -> None:
        copy_file = fonts.get_hb_object_data
        fonts.get_hb_object_data = lambda _face: None
        try:
            make_font(font, *arguments)
        finally:
            fonts.get_hb_object_data = copy_file

    def copied_content(font: Any) -> bytes:
        if font.copied_content is None:
            font.copied_content = fonts.get_hb_object_data(font.hb_face)
        content: bytes = font.copied_content
        return content

    def set_content(font: Any, content: bytes | None) -> None:
        font.copied_content = content

    fonts.Font.__init__ = make_without_copy
    fonts.Font.file_content = property(copied_content, set_content)


def _patch_page_style_sharing() -> None:
    if hasattr(page.set_page_type_computed_styles, "shared"):
        return
    make_styles = page.set_page_type_computed_styles

    def share_styles(page_type: Any, html: Any, style_for: Any) -> None:
        kinds = vars(style_for).setdefault("kinds_of_page", {})
        kind = (
            page_type
            if _has_nth_page_selector(style_for)
            else _page_properties_for_styles(page_type)
        )
        styles = style_for.get_computed_styles()
        if kind not in kinds:
            make_styles(page_type, html, style_for)
            kinds[kind] = {part: styles[of, part] for of, part in styles if of == page_type}
        styles.update({(page_type, part): style for part, style in kinds[kind].items()})

    share_styles.shared = True  # type: ignore[attr-defined]  # a mark, so that it is done once
    page.set_page_type_computed_styles = share_styles


def _page_properties_for_styles(page_type: Any) -> Any:
    """Return the properties of a page that styles can select: side, name, blank, first."""
    return page_type._replace(index=min(page_type.index, 1), groups=())


def _has_nth_page_selector(style_for: Any) -> bool:
    sheets = (sheet for sheet, _origin, _specificity in style_for._sheets)  # noqa: SLF001  # not public
    rules = (rule for sheet in sheets for rule in sheet.page_rules)
    return any(asked.index is not None for _, selectors, _ in rules for _, _, asked in selectors)


_NEEDS_PSEUDO_ELEMENTS: Final = re.compile(
    r"footnote|note\(|note-(?:call|marker|callback)|list-item|::?marker|<link|@import",
    re.IGNORECASE,
)
"""Words of a page with notes, lists of other elements than <li>, or other style sheets."""


class LeanPage(weasyprint.HTML):  # type: ignore[misc]  # the library is untyped
    """A page with the styles of pseudo-elements that it needs."""

    def __init__(self, html: str, **options: Any) -> None:
        super().__init__(string=html, **options)
        active = "pseudo_elements" in list_applicable_patches()
        self._lean = active and not _NEEDS_PSEUDO_ELEMENTS.search(html)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # as in the library
        sheets: list[Any] = super()._ua_stylesheets(forms)
        if not self._lean:
            return sheets
        return [
            _limit_markers_to_list_items(sheet) if sheet is UA_STYLESHEET else sheet
            for sheet in sheets
        ]


def _limit_markers_to_list_items(sheet: Any) -> Any:
    """Return a copy of the library's style sheet in which only list items have a marker."""
    lean = copy(sheet)
    lean.matcher = copy(sheet.matcher)
    selectors = sheet.matcher.other_selectors
    markers = [entry for entry in selectors if _pseudo_element(entry) == "marker"]
    by_tag = sheet.matcher.lower_local_name_selectors
    lean.matcher.other_selectors = [entry for entry in selectors if _pseudo_element(entry) is None]
    lean.matcher.lower_local_name_selectors = by_tag | {
        tag: [*by_tag.get(tag, ()), *markers] for tag in ("li", "summary")
    }
    return lean


def _pseudo_element(entry: tuple[Any, ...]) -> str | None:
    """Return that of a compiled selector: test, specificity, order, pseudo-element, payload."""
    name: str | None = entry[3]
    return name


def _patch_page_reference_sharing() -> None:
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    listed: tuple[bytes, ...] = getattr(pdf, "listed_pages", ())
    if len(listed) * 3 != len(kids):
        pdf.listed_pages = listed = tuple(f"{number} 0 R".encode() for number in kids[::3])
    return listed


def _patch_pydyf_compression_level() -> None:
    pydyf.zlib = SimpleNamespace(
        compress=zlib.compress,
        compressobj=lambda level: zlib.compressobj(),  # noqa: ARG005  # as in zlib
    )


def replace_objects_by_bytes(pdf: Any) -> None:
    """Replace each object of a finished PDF by its bytes."""
    if "object_bytes" not in list_applicable_patches():
        return
    for number, value in enumerate(pdf.objects):
        if value.free != "f":
            pdf.objects[number] = _WrittenObject(value)


class _WrittenObject(pydyf.Object):  # type: ignore[misc]  # the library is untyped
    """An object whose bytes are written unchanged, under the number of the replaced object."""

    def __init__(self, whole: Any) -> None:
        super().__init__()
        self.number = whole.number
        self.generation = whole.generation
        self._data: bytes = whole.data
        self._compressible: bool = whole.compressible

    @property
    def data(self) -> bytes:
        """What is written."""
        return self._data

    @property
    def compressible(self) -> bool:
        """Whether it may be part of an object stream."""
        return self._compressible


def join_page_drawing(laid_out: Any) -> None:
    """Hold what a page draws as one piece, where pydyf holds some thousand small ones."""
    if "object_bytes" not in list_applicable_patches():
        return
    paint = laid_out.paint

    def paint_joined(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        pieces = (pydyf._to_bytes(piece) for piece in stream.stream)  # noqa: SLF001  # not public
        stream.stream = [b"\n".join(pieces)]

    laid_out.paint = paint_joined


def end_tables_at_last_rows(laid_out: Any) -> None:
    """Let each table of a page end at its last row, whatever its style makes of the height."""
    if "table_heights" not in list_applicable_patches():
        return
    for table in _find_tables(laid_out._page_box):  # noqa: SLF001  # not public
        rows = [row for group in table.children for row in group.children]
        if rows and table.style["height"] == "auto":
            table.height = rows[-1].position_y + rows[-1].height - table.content_box_y()


def _find_tables(box: Any) -> Iterator[Any]:
    if isinstance(box, TableBox):
        yield box
    if isinstance(box, ParentBox) and not isinstance(box, LineBox):
        for child in box.children:
            yield from _find_tables(child)


def mark_margins_as_artifacts(laid_out: Any) -> None:
    """Mark what is painted in the margins of a page as artifacts, and leave it out of the tree."""
    if "margins" not in list_applicable_patches():
        return
    paint = laid_out.paint

    def paint_artifacts(stream: Any, scale: float = 1) -> None:
        body = laid_out._page_box  # noqa: SLF001  # not public
        margins = [box for box in body.children if isinstance(box, MarginBox)]
        _mark_artifacts(stream, {box for margin in margins for box in margin.descendants()})
        paint(stream, scale)
        # The structure tree is built of what is left, once all pages are painted.
        body.children = tuple(box for box in body.children if not isinstance(box, MarginBox))

    laid_out.paint = paint_artifacts


def _mark_artifacts(stream: Any, margins: set[Any]) -> None:
    """Mark boxes as artifacts in a drawing, and in what is half transparent: drawings in it."""
    mark, add_group = stream.marked, stream.add_group

    def mark_box(box: Any, tag: str) -> AbstractContextManager[None]:
        entered: AbstractContextManager[None]
        entered = stream.artifact() if box in margins else mark(box, tag)
        return entered

    def add_marked_group(*bounds: float) -> Any:
        inner = add_group(*bounds)
        _mark_artifacts(inner, margins)
        return inner

    stream.marked, stream.add_group = mark_box, add_marked_group


def _patch_language_tags() -> None:
    build_tree = tags._build_box_tree  # noqa: SLF001  # not public
    if hasattr(build_tree, "writes_languages"):
        return

    def build_with_languages(box: Any, *rest: Any) -> Any:
        source = None if box.element is None or box.element_tag in ROOTS else box.element
        for element in build_tree(box, *rest):
            if source is not None and source.get("lang"):
                element["Lang"] = pydyf.String(source.get("lang"))
            yield element

    build_with_languages.writes_languages = True  # type: ignore[attr-defined]  # a mark, so that it is done once
    tags._build_box_tree = build_with_languages  # noqa: SLF001  # not public


def _patch_chinese_line_justification() -> None:
    if hasattr(inline.count_expandable_spaces, "chinese"):
        return
    set_text, count_spaces = Layout.set_text, inline.count_expandable_spaces
    justify_line = inline.justify_line

    def set_chinese_text(
        layout: Any, text: str, justify: bool = False
    ) -> None:  # as in the library
        # A gap that ends the line would keep what ends it from its end.
        set_text(layout, text.rstrip(chinese.GAP) if justify else text, justify)
        chinese.apply_chinese_letter_spacing(layout, layout.justification_spacing if justify else 0)

    def count_expandable(box: Any) -> float:
        spaces: float = count_spaces(box)
        if not isinstance(box, TextBox):
            return spaces
        return spaces + chinese.count_expansion_places(box.text.rstrip(chinese.GAP))

    def justify_chinese(context: Any, line: Any, extra_width: float) -> None:
        texts = [box.text for box in line.descendants() if isinstance(box, TextBox)]
        most = count_expandable(line) * line.style["font_size"]
        if chinese.can_be_justified(texts, extra_width, most):
            justify_line(context, line, extra_width)

    count_expandable.chinese = True  # type: ignore[attr-defined]  # a mark, so that it is done once
    Layout.set_text = set_chinese_text
    inline.count_expandable_spaces = count_expandable
    inline.justify_line = justify_chinese


_APPLY: Final[dict[str, Callable[[], None]]] = {
    "font_files": _patch_font_file_copying,
    "page_styles": _patch_page_style_sharing,
    "page_references": _patch_page_reference_sharing,
    "compression": _patch_pydyf_compression_level,
    "languages": _patch_language_tags,
    "chinese_lines": _patch_chinese_line_justification,
}
"""The patches that are made to the libraries themselves; the others are asked about where used."""
