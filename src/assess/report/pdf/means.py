"""What a page is painted with: operators, settings and resources, as words; in the child only.

A report set with other tools may use only the words that the one made here uses. So whatever else
PDF knows to make a page look otherwise needs no reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from assess.report.pdf.digests import Digests
from assess.report.pdf.geometry import Box

_SET = frozenset({"Tc", "Tw", "Tz", "Ts", "Tr", "TL", "ri", "i", "J", "j", "M", "cs", "CS"})
"""Operators whose operands are the same whatever fonts and tools a page is set with."""

_FARTHEST = 1000
"""How far a text may be moved between two letters, in thousandths of its size."""

_CORNERS = 4


def operator_word(name: str, operands: Any) -> str:
    """Return the word for an operator."""
    if name in _SET:
        return " ".join([name, *(str(one) for one in list(operands))])
    if name == "TJ" and _moves(operands[0]):
        return "TJ far"
    return name


def _moves(parts: Any) -> bool:
    return any(
        not isinstance(one, pikepdf.String) and abs(float(one)) > _FARTHEST for one in list(parts)
    )


def is_box(points: list[tuple[float, float]], box: Box) -> bool:
    """Return whether points are the corners of an upright box, in their order."""
    corners = box.corners()
    at = next((at for at, one in enumerate(corners) if _near(one, points[0])), None)
    if len(points) != _CORNERS or at is None:
        return False
    round_it = [corners[(at + step) % _CORNERS] for step in range(_CORNERS)]
    back = [corners[(at - step) % _CORNERS] for step in range(_CORNERS)]
    return any(all(map(_near, points, order)) for order in (round_it, back))


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(first - second) < 1 / 100 for first, second in zip(one, other, strict=True))


class Means:
    """The words for resources; each dictionary is read once."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests
        self._known: dict[tuple[int, int], frozenset[str]] = {}

    def of(self, resources: Any) -> Iterable[str]:
        """Return the words for the resources of a page or drawing, where it has any."""
        if resources is None:
            return frozenset()
        key = resources.objgen
        if key not in self._known or key == (0, 0):
            self._known[key] = frozenset(self._words(resources))
        return self._known[key]

    def _words(self, resources: Any) -> Iterator[str]:
        for kind, values in resources.items():
            if not isinstance(values, pikepdf.Dictionary):
                yield str(kind)
                continue
            for name, one in values.items():
                if kind == "/ColorSpace":
                    yield f"{kind} {name} {self._digests.of(one)[:16]}"
                elif kind == "/Font":
                    yield self._font(one)
                elif kind == "/XObject":
                    yield f"{kind} {self._drawn(one)}"
                elif kind == "/ExtGState":
                    yield f"{kind} {self._digests.of(one)[:16]}"
                else:
                    yield f"{kind} {' '.join(sorted(one.keys()))}"

    def _font(self, font: Any) -> str:
        inner = font.get("/DescendantFonts", [{}])[0]
        keys = sorted({*font.keys(), *inner.keys()} - {"/DW"})
        return f"/Font {font.get('/Encoding')} {inner.get('/CIDToGIDMap')} {' '.join(keys)}"

    def _drawn(self, one: Any) -> str:
        """Return the word for a drawing or picture: whatever of it is not its own content."""
        shared = ("/Group", "/ColorSpace", "/Decode", "/OC", "/ImageMask", "/Mask")
        digests = [f"{key} {self._digests.of(one[key])[:16]}" for key in shared if key in one]
        return " ".join([*sorted(one.keys() - {"/Matrix", "/DecodeParms"}), *digests])
