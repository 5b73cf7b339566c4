"""Pages of a kind share their styles: those of the page and of its sixteen margins.

WeasyPrint 70 makes them for each page anew, and searches all styles of the document for them each
time: 0.2 MB a page, and a time that grows with the square of the pages.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import page


def share_page_styles() -> None:
    """Make the styles of a kind of page once; call once, before the first render."""
    if getattr(page.set_page_type_computed_styles, "shares", False):
        return
    make = page.set_page_type_computed_styles

    def share(page_type: Any, html: Any, style_for: Any) -> None:
        kinds = vars(style_for).setdefault("kinds_of_page", {})
        kind = page_type if _counted(style_for) else _kind(page_type)
        styles = style_for.get_computed_styles()
        if kind not in kinds:
            make(page_type, html, style_for)
            kinds[kind] = {part: styles[of, part] for of, part in styles if of == page_type}
        styles.update({(page_type, part): style for part, style in kinds[kind].items()})

    share.shares = True  # type: ignore[attr-defined]  # a mark, so that it is done once
    page.set_page_type_computed_styles = share


def _kind(page_type: Any) -> Any:
    """Return what styles can ask of a page, but for its number: side, name, blank, first."""
    return page_type._replace(index=min(page_type.index, 1), groups=())


def _counted(style_for: Any) -> bool:
    """Return whether a style sheet asks for the nth page."""
    sheets = (sheet for sheet, _origin, _specificity in style_for._sheets)  # noqa: SLF001  # not public
    rules = (rule for sheet in sheets for rule in sheet.page_rules)
    return any(asked.index is not None for _, selectors, _ in rules for _, _, asked in selectors)
