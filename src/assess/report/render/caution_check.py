"""Whether the finished PDF shows what the program says about the document.

Styles of a template can't reach the box itself, but can move, cut or cover what it stands in. So
the pages are read back as a viewer draws them: a text counts where it lies on the page, large
enough, upright, black on white, and nothing is drawn over it afterwards.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

import pikepdf

from assess.engine.kinds.reading import normalize_width_and_strip
from assess.report.content.view.base import CautionView
from assess.report.render.drawn_page import DrawnText
from assess.report.render.drawn_text import read_drawn_page

_PAGES_OF_BOX: Final = 3
"""Pages on which a long list of reservations may go on."""

_LEAST_SIZE: Final = 7.0
"""Points of type; the box has 9.5, the foot 8."""

_LEAST_SHARE: Final = 1 / 200
"""The same as a share of the longer side of the page: a vast page is shown and printed smaller."""

_MOST_COVER: Final = 0.3
"""Opacity that may lie over a text in all: a watermark has 0.09."""


def find_hidden_caution(pdf: bytes, caution: CautionView) -> tuple[int, str] | None:
    """Return page and words of the first thing that does not show; None where all of it shows."""
    sentences = [reservation.text for reservation in caution.reservations] + list(caution.notes)
    missing = dict.fromkeys(sentences)
    beginning = [caution.title] if caution.reservations else sentences[:1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            visible = _VisibleText(page)
            for sentence in [*(beginning if number == 1 else ()), *filter(None, [caution.foot])]:
                if not visible.shows(sentence):
                    return number, sentence
            if number <= _PAGES_OF_BOX:
                missing = {text: None for text in missing if not visible.shows(text)}
    return next(((1, sentence) for sentence in missing), None)


class _VisibleText:
    """The letters and digits of a page that a reader sees, in the order of drawing."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._drawn = read_drawn_page(page)
        sides = _find_shown_area(page)
        least = max(_LEAST_SIZE, _LEAST_SHARE * max(sides[2] - sides[0], sides[3] - sides[1]))
        self._runs: list[DrawnText] = []
        """The run of each letter."""
        letters = []
        for run in self._drawn.texts:
            part = _only_letters(run.text) if _is_readable(run, sides, least) else "\0"
            letters.append(part)
            self._runs += [run] * len(part)
        self._letters = "".join(letters)

    def shows(self, sentence: str) -> bool:
        """Return whether a sentence stands on the page, and nothing is drawn over it."""
        wanted = _only_letters(sentence)
        place = self._letters.find(wanted)
        while place >= 0:
            runs = self._runs[place : place + len(wanted)]
            alone = {id(run): run for run in runs}.values()
            if all(self._is_clear(run) for run in alone):
                return True
            place = self._letters.find(wanted, place + 1)
        return False

    def _is_clear(self, run: DrawnText) -> bool:
        return self._drawn.opacity_over(run) <= _MOST_COVER and self._drawn.is_on_white(run)


def _is_readable(run: DrawnText, sides: Sequence[float], least: float) -> bool:
    left, bottom, right, top = run.box
    is_inside = left >= sides[0] and bottom >= sides[1] and right <= sides[2] and top <= sides[3]
    return is_inside and run.size >= least and run.is_upright and run.is_black and not run.is_cut


def _find_shown_area(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return the part of a page that viewers show and printers print: what all its boxes share."""
    boxes = [[float(side) for side in box] for box in _list_page_boxes(page)]
    return (
        max(box[0] for box in boxes),
        max(box[1] for box in boxes),
        min(box[2] for box in boxes),
        min(box[3] for box in boxes),
    )


def _list_page_boxes(page: pikepdf.Page) -> Iterator[pikepdf.Array]:
    yield from (page.mediabox, page.cropbox, page.trimbox)


def _only_letters(text: str) -> str:
    """Return the letters and digits of a text, in one form: fonts have one glyph for several."""
    return "".join(filter(str.isalnum, normalize_width_and_strip(text)))
