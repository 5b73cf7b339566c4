"""A page is painted as soon as it is laid out, and of its boxes only their order is kept.

WeasyPrint 70 keeps all boxes of all pages until the last page is written: half of the memory of a
large report. A page of text and lines needs nothing of what comes after it but the number of
pages, which stands in its margins; these are laid out and painted as before. A page with pictures
or forms keeps its boxes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from weasyprint import anchors, document, draw, layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_backgrounds
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from assess.report.setting.thrift.objects import join

_DRAWN_WITH = {"font_config", "get_image_from_uri"}
"""What drawings ask the context of the layout for."""

_ROOTS = frozenset({"html", "body"})
"""Elements that are none of the structure tree; a line in them is one."""

_PICTURES = frozenset({"img", "{http://www.w3.org/2000/svg}svg"})

_MARK = re.compile(rb"(?<=/MCID )\d+")
"""The number of a mark in a drawing: text stands there as hexadecimal digits."""


class _NotPlainError(Exception):
    """A page has more than text and lines."""


class _Places(NamedTuple):
    """What of a page links, bookmarks and the structure tree refer to, as WeasyPrint gathers it."""

    anchors: dict[str, Any]
    links: list[Any]
    bookmarks: list[Any]
    forms: dict[Any, list[Any]]


class _Painted(NamedTuple):
    """A page without its margins, painted."""

    drawing: bytes
    fonts: dict[Any, Any]
    """Those of all pages painted so far, to which the next ones add."""
    states: dict[str, Any]
    tags: dict[Any, Any]
    """The marks of the drawing, by the box that each stands for."""
    outline: list[Any]
    """The boxes, with no more than the structure tree asks for."""
    places: _Places
    canvas: Any


class _Label(str):
    """The label of a bookmark, and the element that has it: that may be on two pages."""

    __slots__ = ("of",)

    of: tuple[Any, str]


class _Text(boxes.TextBox):  # type: ignore[misc]  # the library is untyped
    """Stands for a text in the structure tree, which only looks for rows in it."""

    element_tag = None
    children = ()

    def __init__(self) -> None:
        """Hold nothing: there are as many as there are pieces of text."""


class _Plain(Stream):  # type: ignore[misc]  # the library is untyped
    """A drawing of text and lines; what else is drawn refers to objects of a PDF."""

    refused = False
    """What draws a picture catches every error."""

    def _refuse(self, *_arguments: Any, **_options: Any) -> None:
        self.refused = True
        raise _NotPlainError

    add_group = add_image = add_pattern = add_shading = set_state = _refuse

    def set_color(self, color: Any, stroke: bool = False) -> None:  # as there
        """Set a colour, unless it is one of a profile that the document brings along."""
        if color.space.startswith("--"):
            self._refuse()
        super().set_color(color, stroke)


class _Page(document.Page):  # type: ignore[misc]  # the library is untyped
    """A page that may have been painted; a bookmark stands where its element begins."""

    anchors: dict[str, Any]
    links: list[Any]
    bookmarks: list[Any]

    def __init__(self, body: Any) -> None:
        super().__init__(body)
        painted: _Painted | None = getattr(body.children[0], "painted", None)
        if painted is not None:
            places = painted.places
            self.anchors |= places.anchors  # of two with a name the first counts
            self.links = [*places.links, *self.links]
            self.bookmarks = [*places.bookmarks, *self.bookmarks]
            body.canvas_background = painted.canvas
        self.bookmarks = [one for one in self.bookmarks if _begins(body.bookmarked, one[1])]

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, and let the structure tree find the boxes that went."""
        super().paint(stream, scale)
        root = self._page_box.children[0]
        painted: _Painted | None = vars(root).pop("painted", None)
        if painted is not None:
            root.children = _used_up(painted.outline)


def _used_up(outline: list[Any]) -> Iterator[Any]:
    """Yield the boxes for the structure tree, which asks once, and let each go after it."""
    while outline:
        yield outline.pop(0)


def _begins(bookmarked: set[Any], label: str) -> bool:
    """Return whether no page before had this bookmark, and note it."""
    of = getattr(label, "of", None)
    if of in bookmarked:
        return False
    if of is not None:
        bookmarked.add(of)
    return True


def paint_at_once() -> None:
    """Let WeasyPrint paint each page when it is laid out; call once, before the first render."""
    if document.Page is _Page:
        return
    document.Page = _Page
    document.layout_document = _forgetting(document.layout_document)
    layout.make_all_pages = _painting(layout.make_all_pages)
    draw.draw_stacking_context = _drawing(draw.draw_stacking_context)


def _forgetting(lay_out: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def laid_out(html: Any, root: Any, context: Any) -> Iterator[Any]:
        yield from lay_out(html, root, context)
        # It refers to itself, so nobody frees it, and holds every style of the document.
        for name in vars(context).keys() - _DRAWN_WITH:
            delattr(context, name)

    return laid_out


def _painting(make: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def made(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        fonts: dict[Any, Any] = {}
        bookmarked: set[Any] = set()
        # A box that is fixed stands on every page, before it and after it, under the text or over.
        texts = (root, *context.footnotes)
        alone = all(
            box.style["position"] != "fixed" for text in texts for box in text.descendants()
        )
        for page in make(context, root, html, pages):
            # Pages are made again where something refers to others; those that stay come as well.
            if not hasattr(page, "bookmarked"):
                _name_bookmarks(page)
                if alone:
                    _paint(page, context.get_image_from_uri, fonts)
            page.bookmarked = bookmarked
            yield page

    return made


def _drawing(draw_boxes: Callable[..., None]) -> Callable[..., None]:
    def drawn(stream: Any, stacking: Any) -> None:
        painted: _Painted | None = getattr(stacking.box, "painted", None)
        if painted is None:
            draw_boxes(stream, stacking)
        else:
            _repeat(painted, stream)

    return drawn


def _repeat(painted: _Painted, stream: Any) -> None:
    """Draw a page that was painted, into the PDF that it belongs to."""
    for key, font in painted.fonts.items():
        # A page that kept its boxes may have come before, and have a font of its own for the face.
        own = painted.fonts[key] = stream._fonts.setdefault(key, font)  # noqa: SLF001  # not public
        if own is not font:
            own.widths = font.widths | own.widths
            own.to_unicode = font.to_unicode | own.to_unicode
    stream._resources["ExtGState"].update(painted.states)  # noqa: SLF001  # not public
    drawing, tags = painted.drawing, painted.tags
    if stream._tags is not None:  # noqa: SLF001  # not public
        if first := len(stream._tags):  # noqa: SLF001  # not public
            # What lies under the text has been drawn, and its marks are counted.
            drawing = _MARK.sub(lambda number: b"%d" % (int(number[0]) + first), drawing)
            tags = {box: tag | {"mcid": tag["mcid"] + first} for box, tag in tags.items()}
        stream._tags.update(tags)  # noqa: SLF001  # not public
    if drawing:
        stream.stream.append(drawing)


def _name_bookmarks(page: Any) -> None:
    for box in page.descendants():
        if box.bookmark_label:
            label = _Label(box.bookmark_label)
            label.of = (box.element, box.element_tag)
            box.bookmark_label = label


def _paint(page: Any, image: Callable[..., Any], fonts: dict[Any, Any]) -> None:
    """Replace the boxes of a page by their painting, if it is plain."""
    root, *areas = page.children
    waits = any(box.missing_link or box.string_set for box in root.descendants())
    if waits or root.style["transform"] or page.style["transform"]:
        return
    layout_backgrounds(page, image)
    places = _Places({}, [], [], {None: []})
    anchors.gather_anchors(root, *places)
    if any(places.forms.values()):
        return
    stream = _Plain(fonts, (0, 0, 0, 0), {"ExtGState": {}}, {}, {}, {}, None)
    kept: dict[Any, Any] = {}
    try:
        outline = [_outlined(child, kept) for child in root.children]
        draw.draw_stacking_context(stream, StackingContext.from_box(root, page))
    except _NotPlainError:
        return
    if stream.refused:
        return
    _part_columns(kept)
    bare = root.copy_with_children([])
    bare.link, bare.bookmark_label = None, None
    bare.painted = _Painted(
        drawing=join(stream.stream),
        fonts=fonts,
        states=stream._resources["ExtGState"],  # noqa: SLF001  # not public
        tags={kept[box]: tag for box, tag in stream._tags.items()},  # noqa: SLF001  # not public
        outline=outline,
        places=places._replace(links=[(*link, _found(box, kept)) for *link, box in places.links]),
        canvas=page.canvas_background,
    )
    page.children = [bare, *areas]


def _outlined(box: Any, kept: dict[Any, Any]) -> Any:
    """Return a box of the same class with what the structure tree asks for.

    Raises:
        _NotPlainError: it is a picture, or has a line that every drawing adds to.
    """
    box = _itself(box)
    if isinstance(box, boxes.TextBox):
        kept[box] = _Text()
        return kept[box]
    if isinstance(box, boxes.ReplacedBox) or box.element_tag in _PICTURES:
        raise _NotPlainError
    within = isinstance(box, boxes.LineBox) and box.element_tag not in _ROOTS
    slim = kept[box] = object.__new__(boxes.InlineBox if within else type(box))
    slim.element_tag, slim.element = box.element_tag, box.element
    slim.children = [_outlined(child, kept) for child in _without_lines(box)]
    slim.is_table_wrapper = box.is_table_wrapper
    if isinstance(box, boxes.TableCellBox):
        slim.colspan, slim.rowspan = box.colspan, box.rowspan
    if box.element_tag == "li":
        slim.style = box.style
    return slim


def _itself(box: Any) -> Any:
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001  # not public


def _found(box: Any, kept: dict[Any, Any]) -> Any:
    """Return what a box became; a column of a table, or the root, is in no structure tree."""
    box = _itself(box)
    return kept[box] if box in kept else object.__new__(type(box))


def _without_lines(box: Any) -> Iterator[Any]:
    """Yield the children of a box, and of a line its children, as the structure tree does.

    A first line that has a style of its own is a line within a line: an element.
    """
    roots = box.element_tag in _ROOTS and not isinstance(box, boxes.LineBox)
    for child in box.children:
        if isinstance(child, boxes.LineBox) and child.block_ellipsis != "none":
            raise _NotPlainError
        if isinstance(child, boxes.LineBox) and not roots:
            yield from child.children
        else:
            yield child


def _part_columns(laid_out: Iterable[Any]) -> None:
    """Let the columns of tables know nothing of their cells, which hold them: nobody else frees."""
    for table in laid_out:
        if isinstance(table, boxes.TableBox):
            for group in table.column_groups:
                for column in group.children:
                    vars(column).pop("get_cells", None)
