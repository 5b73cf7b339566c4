"""Places on a page: matrices and upright boxes, as PDF counts them; pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot, inf
from typing import NamedTuple, Self


class Matrix(NamedTuple):
    """What takes a point (x, y) to (a·x + c·y + e, b·x + d·y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def times(self, then: Matrix) -> Matrix:
        """Return this matrix followed by another one."""
        return Matrix(
            self.a * then.a + self.b * then.c,
            self.a * then.b + self.b * then.d,
            self.c * then.a + self.d * then.c,
            self.c * then.b + self.d * then.d,
            self.e * then.a + self.f * then.c + then.e,
            self.e * then.b + self.f * then.d + then.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> tuple[float, float]:
        """How long the two unit vectors become."""
        return hypot(self.a, self.b), hypot(self.c, self.d)


UNCHANGED = Matrix(1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], more: float = 0) -> Self:
        """Return the smallest box with these points in it, `more` wider on each side."""
        across, up = zip(*points, strict=True)
        return cls(min(across) - more, min(up) - more, max(across) + more, max(up) + more)

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return its corners."""
        left, bottom, right, top = self
        return (left, bottom), (right, bottom), (right, top), (left, top)

    def under(self, matrix: Matrix) -> Box:
        """Return the box around this one where a matrix takes it."""
        return Box.around(matrix.point(*corner) for corner in self.corners())

    def cut(self, other: Box) -> Box:
        """Return what both have; a box without inside where that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: Box) -> bool:
        """Return whether both have a place in common that is not a line."""
        both = self.cut(other)
        return both.left < both.right and both.bottom < both.top

    def holds(self, other: Box) -> bool:
        """Return whether the other one lies in this one."""
        return self.cut(other) == other


EVERYWHERE = Box(-inf, -inf, inf, inf)
NOWHERE = Box(inf, inf, -inf, -inf)
