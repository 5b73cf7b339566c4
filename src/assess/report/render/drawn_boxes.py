"""Boxes and matrices of what a PDF page draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Final[Box] = (-1e9, -1e9, 1e9, 1e9)
_SLACK: Final = 0.5
"""Points by which boxes may overlap: neighbours touch."""


def to_matrix(operands: Any) -> Matrix:
    """Return six numbers as a matrix."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def multiply_matrices(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that transforms by the first one, then by the second one."""
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )


def transform_point(point: Sequence[Any], matrix: Matrix) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    x, y = map(float, point)
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def transform_box(box: Box, matrix: Matrix) -> Box:
    """Return the box around where a matrix puts a box."""
    left, bottom, right, top = box
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    return box_of_points([transform_point(corner, matrix) for corner in corners])


def box_of_points(points: Sequence[tuple[float, float]]) -> Box:
    """Return the smallest box around points."""
    across, up = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(up), max(across), max(up)


def join_boxes(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around boxes."""
    return box_of_points([point for box in boxes for point in (box[:2], box[2:])])


def intersect_boxes(first: Box, second: Box) -> Box:
    """Return what two boxes share; a box without area where that is nothing."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return left, bottom, max(left, right), max(bottom, top)


def widen_box(box: Box, beyond: float) -> Box:
    """Return a box with its sides moved outwards."""
    left, bottom, right, top = box
    return left - beyond, bottom - beyond, right + beyond, top + beyond


def contains_box(outer: Box, inner: Box) -> bool:
    """Return whether a box lies in another, but for what neighbours overlap."""
    return (
        outer[0] <= inner[0] + _SLACK
        and outer[1] <= inner[1] + _SLACK
        and outer[2] >= inner[2] - _SLACK
        and outer[3] >= inner[3] - _SLACK
    )


def do_boxes_overlap(first: Box, second: Box) -> bool:
    """Return whether two boxes share more than neighbours do."""
    left, bottom, right, top = intersect_boxes(first, second)
    return right - left > _SLACK and top - bottom > _SLACK


def list_sides_of_box(box: Box) -> Iterator[Box]:
    """Yield the four sides of a box, as boxes without area."""
    left, bottom, right, top = box
    yield from ((left, bottom, right, bottom), (left, top, right, top))
    yield from ((left, bottom, left, top), (right, bottom, right, top))
