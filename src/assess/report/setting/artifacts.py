"""What stands in a page's margins is no part of the text: head, foot, watermark (ISO 14289-1, 7.8).

WeasyPrint marks it as text that the structure tree then leaves out, so that a reader for the blind
can neither read it in its place nor pass over it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from weasyprint.formatting_structure.boxes import MarginBox


def margins_are_artifacts(page: Any) -> None:
    """Let what is painted in the margins of a page be marked as artifacts, and not be tagged."""
    paint = page.paint

    def painted(stream: Any, scale: float = 1) -> None:
        body = page._page_box  # noqa: SLF001  # not public
        _mark(stream, _margins(body))
        paint(stream, scale)
        # The structure tree is built of what is left, once all pages are painted.
        body.children = tuple(one for one in body.children if not isinstance(one, MarginBox))

    page.paint = painted


def _mark(stream: Any, margins: set[Any]) -> None:
    """Mark boxes as artifacts in a drawing, and in what is half transparent: drawings in it."""
    mark, group = stream.marked, stream.add_group

    def marked(box: Any, tag: str) -> AbstractContextManager[None]:
        entered: AbstractContextManager[None]
        entered = stream.artifact() if box in margins else mark(box, tag)
        return entered

    def grouped(*bounds: float) -> Any:
        inner = group(*bounds)
        _mark(inner, margins)
        return inner

    stream.marked, stream.add_group = marked, grouped


def _margins(body: Any) -> set[Any]:
    margins = (one for one in body.children if isinstance(one, MarginBox))
    return {box for margin in margins for box in margin.descendants()}
