"""What editable formats take over from the styles of a page: breaks, landscape pages, alignment.

Selectors of elements and classes, also below each other, are understood, with `::before` for a sign
in front of a text. Rules with any other selector have no effect here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MOST_RULES = 500
"""Rules that count; styles may come from a stranger, and each element is compared with all."""

_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:\.[A-Za-z_][\w-]*)*)")
_NAMED_PAGE = re.compile(r"@page\s*([\w-]*)\s*\{([^{}@]*)")
_QUOTED = re.compile(r'"([^"\\]*)"')
_BREAKS = frozenset({"page", "always", "left", "right", "recto", "verso"})
_PROPERTIES = frozenset({"break-before", "break-after", "page", "text-align", "display", "content"})


class PageElement(NamedTuple):
    """An element of the page as selectors see it."""

    tag: str
    classes: frozenset[str]


class ElementStyle(NamedTuple):
    """The style of an element, as far as other formats know it."""

    breaks_before: bool = False
    breaks_after: bool = False
    page: str = ""
    """The name of the kind of page that it stands on; '' for that of what surrounds it."""
    align: str = ""
    own_line: bool = False
    """Whether an inline element is a line of its own."""
    sign: str = ""
    """The text that is put in front of it."""


class _StyleRule(NamedTuple):
    selector: tuple[PageElement, ...]
    before: bool
    """Whether it is about what is put in front of the element."""
    declarations: Mapping[str, str]

    @property
    def specificity(self) -> tuple[int, int]:
        classes = sum(len(element.classes) for element in self.selector)
        return classes, sum(bool(element.tag) for element in self.selector)


class PageStyles:
    """The styles of a page."""

    def __init__(self, css: str) -> None:
        plain = _remove_comments(css)
        self.landscape_pages = frozenset(
            name for name, body in _NAMED_PAGE.findall(plain) if "landscape" in body
        )
        """The names of the kinds of page that are landscape; '' for the usual one."""
        rules = list(_parse_rules(plain))[:MOST_RULES]
        # Sorting keeps the order of equals: of these the last counts.
        self._rules = sorted(rules, key=lambda rule: rule.specificity)

    def style_of(self, path: Sequence[PageElement]) -> ElementStyle:
        """Return the style of the last element of a path from the root."""
        declared: dict[str, str] = {}
        sign = ""
        for rule in self._rules:
            if not _does_selector_match_path(rule.selector, path):
                continue
            if not rule.before:
                declared |= rule.declarations
            elif quoted := _QUOTED.fullmatch(rule.declarations.get("content", "")):
                sign = quoted[1]
        return ElementStyle(
            breaks_before=declared.get("break-before") in _BREAKS,
            breaks_after=declared.get("break-after") in _BREAKS,
            page=declared.get("page", "").replace("auto", ""),
            align=declared.get("text-align", ""),
            own_line=declared.get("display") == "block",
            sign=sign,
        )


def _remove_comments(css: str) -> str:
    first, *rest = css.split("/*")
    return first + " ".join(part.partition("*/")[2] for part in rest)


def _parse_rules(css: str) -> Iterable[_StyleRule]:
    for part in css.split("}"):
        head, brace, body = part.rpartition("{")
        declarations = dict(_parse_declarations(body)) if brace else {}
        if not declarations:
            continue
        for selector in head.rpartition("{")[2].split(","):
            text = selector.strip()
            elements = _parse_selector(text.removesuffix("::before"))
            if elements:
                yield _StyleRule(elements, text.endswith("::before"), declarations)


def _parse_declarations(body: str) -> Iterable[tuple[str, str]]:
    for declaration in body.split(";"):
        name, _colon, value = declaration.partition(":")
        if name.strip() in _PROPERTIES:
            yield name.strip(), value.strip()


def _parse_selector(text: str) -> tuple[PageElement, ...]:
    """Return the elements of a selector, the outermost first; none where it is another kind."""
    matches = [_COMPOUND.fullmatch(word) for word in text.split()]
    if not all(matches):
        return ()
    return tuple(
        PageElement(match[1] or "", frozenset(filter(None, match[2].split("."))))
        for match in matches
        if match
    )


def _does_selector_match_path(selector: Sequence[PageElement], path: Sequence[PageElement]) -> bool:
    if not path or not _does_selector_match_element(selector[-1], path[-1]):
        return False
    outer = iter(reversed(path[:-1]))
    return all(
        any(_does_selector_match_element(wanted, element) for element in outer)
        for wanted in reversed(selector[:-1])
    )


def _does_selector_match_element(wanted: PageElement, element: PageElement) -> bool:
    return wanted.tag in ("", element.tag) and wanted.classes <= element.classes
