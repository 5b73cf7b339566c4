"""How a page looks beside what it says: colour, size and place of texts, shapes drawn over them.

Only what holds whatever fonts a page is set with, so that a report set on another machine can be
held against the one made here: no text is covered, cut off, or in the colour of the paper where
ours isn't, and figures are drawn alike. In the child only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import pikepdf

from assess.report.pdf.geometry import NOWHERE, UNCHANGED, Box, Matrix
from assess.report.pdf.job import Look
from assess.report.pdf.means import Means, is_box, operator_word
from assess.report.pdf.paint_state import (
    PagePaint,
    Run,
    State,
    is_straight,
    mark_number,
    matrix_of,
    visible_part,
    written,
)
from assess.report.pdf.text import Fonts, shown

OUTSIDE = -1
"""The number under which text without a mark is kept."""

_DEEPEST = 8
"""How deep drawings inside drawings are followed; ours are two deep."""

_MIDDLE = (0.1, 0.15, 0.6)
"""What of a line must be seen, in parts of its size: from each side, and from where to where above
the base line; what is over or under it may be drawn over by the next line's ground."""

_PAINTS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_STROKES = frozenset({"B", "B*", "b", "b*", "S", "s"})
_CORNERS = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2}
_COLOURS = {"rg": "fill", "g": "fill", "k": "fill", "sc": "fill", "scn": "fill"} | {
    "RG": "stroke",
    "G": "stroke",
    "K": "stroke",
    "SC": "stroke",
    "SCN": "stroke",
}
_SETTINGS = {"w": "width", "Tr": "mode", "Tz": "stretch", "TL": "leading", "Ts": "rise"}
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_FINE = 5
"""Steps a point in which the shapes of figures are compared."""
_ASIDE = 0.1234
"""Step by which they are moved, so that no round measure lies between two steps."""


class Painter:
    """Reads pages as a reader would paint them."""

    def __init__(self, fonts: Fonts, means: Means) -> None:
        self._fonts = fonts
        self._means = means

    def page(self, page: Any) -> PagePaint:
        """Return what is painted on a page."""
        brush = _Brush(self._fonts, self._means, State(clip=visible_part(page)))
        brush.paint(page, page.get("/Resources"), 0)
        return brush.painted()


class _Brush:
    """One page while it is painted."""

    def __init__(self, fonts: Fonts, means: Means, state: State) -> None:
        self._fonts = fonts
        self._means = means
        self._words: set[str] = set()
        self._now = state
        self._marks: list[tuple[int, bool]] = []
        self._mark = OUTSIDE
        self._figure: Any = None
        self._moved = False
        self._origin = (0.0, 0.0)
        self._labels = 0
        self._line = self._text = UNCHANGED
        self._points: list[tuple[float, float]] = []
        self._curved = self._cutting = False
        self._runs: list[Run] = []
        self._seen: dict[int, Box] = {}
        self._figures: list[str] = []
        self._curves = 0

    def painted(self) -> PagePaint:
        """Return what was painted."""
        return PagePaint(self._runs, self._figures, self._curves, self._words)

    def paint(self, content: Any, resources: Any, depth: int) -> None:
        """Paint a page, or a drawing on it."""
        kept: list[State] = []
        self._words.update(self._means.of(resources))
        for one in pikepdf.parse_content_stream(content):
            name, words = str(one.operator), one.operands
            self._words.add(operator_word(name, words))
            if name == "q":
                kept.append(replace(self._now))
            elif name == "Q":
                self._now = kept.pop() if kept else self._now
            elif name in ("Do", "sh", "INLINE IMAGE"):
                self._place(name, words, resources, depth)
            elif name in ("BDC", "BMC", "EMC"):
                self._mark_up(name, words)
            elif name in ("Tf", "gs"):
                self._named(name, words, resources)
            else:
                self._plain(name, words)

    def _plain(self, name: str, words: Any) -> None:
        if name in _CORNERS or name == "re":
            self._path(name, [float(word) for word in words])
        elif name in _PAINTS or name == "n":
            self._end_path(name)
        elif name in ("W", "W*"):
            self._cutting = True
        elif name in _COLOURS:
            setattr(self._now, _COLOURS[name], " ".join(written(word) for word in words))
        elif name in _SHOWS:
            self._show(name, words[-1])
        elif name in _SETTINGS:
            setattr(self._now, _SETTINGS[name], float(words[0]))
        elif name == "d":
            self._now.other = self._now.other | {name: " ".join(map(str, list(words[0])))}
        else:
            self._move(name, words)

    # Marks and figures

    def _mark_up(self, name: str, words: Any) -> None:
        if name == "EMC":
            if self._marks:
                self._mark, figure = self._marks.pop()
                if figure:
                    self._figures.append(self._figure.hexdigest())
                    self._figure = None
            return
        begins = str(words[0]) == "/Figure" and self._figure is None
        self._marks.append((self._mark, begins))
        self._mark = mark_number(words, self._mark)
        if begins:
            self._figure, self._moved = hashlib.sha256(), False
            self._origin = (0.0, 0.0)
            self._labels = len(self._runs)

    def _trace(self, name: str) -> None:
        """Remember a shape of a figure; where on the page the figure stands does not count."""
        now, (left, bottom) = self._now, self._origin
        places = [
            (round((x - left) * _FINE + _ASIDE), round((y - bottom) * _FINE + _ASIDE))
            for x, y in self._points
        ]
        width = round(now.width * max(now.ctm.scale), 1) if name in _STROKES else 0
        words = (name, places, now.fill, now.stroke, width, sorted(now.other.items()))
        self._figure.update(f"{words}\n".encode())

    # Shapes

    def _path(self, name: str, words: list[float]) -> None:
        point = self._now.ctm.point
        if name == "re":
            left, bottom, width, height = words
            box = Box(left, bottom, left + width, bottom + height)
            self._points += [point(*corner) for corner in box.corners()]
            return
        corners = [point(words[at], words[at + 1]) for at in range(0, len(words), 2)]
        slanted = name == "l" and self._points and not is_straight(self._points[-1], corners[0])
        self._curved = self._curved or len(corners) > 1 or bool(slanted)
        self._points += corners

    def _end_path(self, name: str) -> None:
        if self._points:
            more = self._now.width * max(self._now.ctm.scale) / 2 if name in _STROKES else 0
            box = Box.around(self._points, more)
            if name != "n":
                self._cover(box)
                self._curves += self._curved and self._figure is None
                if self._figure is not None:
                    self._trace(name)
            if self._cutting:
                # What lies in another shape is not told: its texts count as cut off.
                clip = box if is_box(self._points, box) else NOWHERE
                self._now.clip = self._now.clip.cut(clip)
        self._points, self._curved, self._cutting = [], False, False

    def _cover(self, box: Box) -> None:
        """Note the texts that a shape is drawn over.

        Not those of the same figure: there shapes are compared, and fonts decide what they meet.
        """
        box = box.cut(self._now.clip)
        last = len(self._runs) if self._figure is None else self._labels
        for at in [at for at, text in self._seen.items() if at < last and box.meets(text)]:
            del self._seen[at]
            run = self._runs[at]
            self._runs[at] = run._replace(look=Look(paint="covered", size=run.look.size))

    def _place(self, name: str, words: Any, resources: Any, depth: int) -> None:
        one = resources.XObject[str(words[0])] if name == "Do" else None
        if one is not None and str(one.get("/Subtype")) == "/Form":
            if depth < _DEEPEST:
                self._drawing(one, resources, depth)
            return
        picture = f"{name} {one.get('/Width')} {one.get('/Height')}" if one is not None else name
        if self._figure is None:
            self._figures.append(picture)
        else:
            self._figure.update(picture.encode())
        self._cover(Box(0, 0, 1, 1).under(self._now.ctm) if name != "sh" else self._now.clip)

    def _drawing(self, one: Any, resources: Any, depth: int) -> None:
        before = replace(self._now)
        matrix = one.get("/Matrix")
        if matrix is not None:
            self._now.ctm = Matrix(*(float(side) for side in matrix)).times(self._now.ctm)
        sides = [float(side) for side in one.BBox]
        self._now.clip = self._now.clip.cut(Box(*sides).under(self._now.ctm))
        self.paint(one, one.get("/Resources", resources), depth + 1)
        self._now = before

    # Texts

    def _named(self, name: str, words: Any, resources: Any) -> None:
        if name == "Tf":
            self._now.font = self._fonts.font(resources, words[0])
            self._now.size = float(words[1])
            self._words.update(filter(None, [self._now.font.wrong]))
            return
        values = resources.ExtGState[str(words[0])]
        settings = {key: written(value) for key, value in values.items() if key != "/Type"}
        self._now.other = self._now.other | settings

    def _move(self, name: str, words: Any) -> None:
        if name == "cm":
            self._now.ctm = matrix_of(words).times(self._now.ctm)
            if self._figure is not None and not self._moved:
                self._origin, self._moved = self._now.ctm.point(0, 0), True
        elif name == "BT":
            self._line = self._text = UNCHANGED
        elif name == "Tm":
            self._line = self._text = matrix_of(words)
        elif name in ("Td", "TD"):
            across, up = float(words[0]), float(words[1])
            self._now.leading = -up if name == "TD" else self._now.leading
            self._line = self._text = Matrix(1, 0, 0, 1, across, up).times(self._line)
        elif name == "T*":
            down = Matrix(1, 0, 0, 1, 0, -self._now.leading)
            self._line = self._text = down.times(self._line)

    def _show(self, name: str, operand: Any) -> None:
        if name in ("'", '"'):
            self._move("T*", [])
        now = self._now
        text, width = shown(operand, now.font)
        size = Matrix(now.size * now.stretch / 100, 0, 0, now.size, 0, now.rise)
        place = size.times(self._text).times(now.ctm)
        margin, low, high = _MIDDLE
        middle = Box(margin, low, max(width / 1000 - margin, margin), high).under(place)
        across = width / 1000 * now.size * now.stretch / 100
        self._text = Matrix(1, 0, 0, 1, across, 0).times(self._text)
        text = re.sub(r"\s+", "", text)
        if text:
            look = self._look(place, middle)
            if look.paint != "cut":
                self._seen[len(self._runs)] = middle
            self._runs.append(Run(self._mark, text, look))

    def _look(self, place: Matrix, middle: Box) -> Look:
        now = self._now
        wide, high = place.scale
        if not now.clip.holds(middle):
            return Look(paint="cut", size=round(high, 2))
        ratio = round(wide / high, 1) if high else 0
        words = (now.fill, now.stroke, now.mode, ratio, now.font.kind, sorted(now.other.items()))
        return Look(paint=" ".join(map(str, words)), size=round(high, 2))
