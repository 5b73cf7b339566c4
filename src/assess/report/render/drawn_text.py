"""The texts of a PDF page as they are drawn: place, size, colour, and what is drawn over them.

Only what WeasyPrint writes is read. What is not understood counts against the text: a colour that
is not known is not black, a drawing whose opacity is not known covers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

from assess.report.render.drawn_boxes import (
    IDENTITY,
    Box,
    Matrix,
    box_of_points,
    contains_box,
    intersect_boxes,
    join_boxes,
    list_sides_of_box,
    multiply_matrices,
    to_matrix,
    transform_box,
    transform_point,
    widen_box,
)
from assess.report.render.drawn_font import FontReader
from assess.report.render.drawn_page import OPAQUE, Cover, DrawnPage, DrawnText
from assess.report.render.drawn_state import GraphicsState

_DARK: Final = 0.3
"""The greatest share of a colour's light that counts as black."""
_LIGHT: Final = 0.8
"""The least share that counts as white."""
_OWN_EXTENT: Final = (-0.15, 0.75)
"""How far signs go below and above their line, in ems, where they are to be read."""
_COVERING_EXTENT: Final = (-0.3, 1.1)
"""The same where they are drawn over others: a sign may fill its whole place."""
_ROTATED: Final = 0.02
_MOST_NESTED: Final = 12


def read_drawn_page(page: pikepdf.Page) -> DrawnPage:
    """Return what a page draws, in its order."""
    drawing = _Drawing()
    drawing.draw_stream(page, page.obj.get("/Resources", {}), GraphicsState(), 0)
    return drawing.drawn


@dataclass
class _Path:
    """The path under construction: the boxes of its lines and of its rectangles."""

    lines: list[Box] = field(default_factory=list)
    rectangles: list[Box] = field(default_factory=list)
    point: tuple[float, float] | None = None
    has_joints: bool = False
    is_clip: bool = False


class _Drawing:
    """Follows the operators of a page."""

    def __init__(self) -> None:
        self.drawn = DrawnPage()
        self._fonts: dict[tuple[int, int], FontReader] = {}
        self._state = GraphicsState()
        self._stack: list[GraphicsState] = []
        self._path = _Path()
        self._text_matrix: Matrix = IDENTITY
        self._resources: Mapping[str, Any] = {}
        self._depth = 0
        self._outer_alpha = 1.0

    def draw_stream(self, stream: Any, resources: Any, state: GraphicsState, depth: int) -> None:
        """Follow a page, or a drawing within it, from a state; the own one is as before after."""
        before = (self._state, self._stack, self._resources, self._depth)
        self._state, self._stack, self._resources, self._depth = state, [], resources, depth
        for instruction in pikepdf.parse_content_stream(stream):
            follow = _OPERATORS.get(str(instruction.operator))
            if follow is not None:
                follow(self, list(instruction.operands))
        self._state, self._stack, self._resources, self._depth = before

    # State

    def save_state(self, _operands: list[Any]) -> None:
        self._stack.append(self._state)

    def restore_state(self, _operands: list[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def transform(self, operands: list[Any]) -> None:
        matrix = multiply_matrices(to_matrix(operands), self._state.matrix)
        self._state = replace(self._state, matrix=matrix)

    def set_graphics_state(self, operands: list[Any]) -> None:
        chosen = self._find_resource("/ExtGState", operands)
        alpha = float(chosen.get("/ca", self._state.alpha))
        line_alpha = float(chosen.get("/CA", self._state.line_alpha))
        mask = chosen.get("/SMask", pikepdf.Name.None_)
        is_plain = mask == pikepdf.Name.None_ and chosen.get("/BM", "/Normal") == "/Normal"
        is_plain = is_plain and self._state.is_plain
        self._state = replace(self._state, alpha=alpha, line_alpha=line_alpha, is_plain=is_plain)

    def set_colour(self, operands: list[Any]) -> None:
        """Note whether what is filled is black or white; in other colour spaces it is neither."""
        parts = [float(part) for part in operands]
        is_black, is_white = max(parts) <= _DARK, min(parts) >= _LIGHT
        self._state = replace(self._state, is_black=is_black, is_white=is_white)

    def set_other_colour(self, _operands: list[Any]) -> None:
        self._state = replace(self._state, is_black=False, is_white=False)

    def set_line_width(self, operands: list[Any]) -> None:
        self._state = replace(self._state, line_width=float(operands[0]))

    def set_line_join(self, operands: list[Any]) -> None:
        self._state = replace(self._state, has_spikes=int(operands[0]) == 0)

    def set_miter_limit(self, operands: list[Any]) -> None:
        self._state = replace(self._state, spike=float(operands[0]))

    def set_font(self, operands: list[Any]) -> None:
        font = self._find_resource("/Font", operands)
        key = font.objgen
        if key not in self._fonts:
            self._fonts[key] = FontReader(font)
        self._state = replace(self._state, font=self._fonts[key], font_size=float(operands[1]))

    def set_text_mode(self, operands: list[Any]) -> None:
        self._state = replace(self._state, text_mode=int(operands[0]))

    def _find_resource(self, kind: str, operands: list[Any]) -> Any:
        return self._resources[kind][str(operands[0])]

    # Text

    def set_text_matrix(self, operands: list[Any]) -> None:
        self._text_matrix = to_matrix(operands)

    def begin_text(self, _operands: list[Any]) -> None:
        self._text_matrix = IDENTITY

    def show_text(self, operands: list[Any]) -> None:
        """Note a run of signs, which is drawn over what was drawn before."""
        state = self._state
        if state.font is None:
            return
        parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
        text, width = "", 0.0
        reached = [0.0]
        for part in parts:
            if isinstance(part, pikepdf.String):
                words, length = state.font.decode_codes(bytes(part))
                text, width = text + words, width + length
            else:
                width -= float(part) / 1000
            reached.append(width)
        size = state.font_size
        whole = multiply_matrices(self._text_matrix, state.matrix)
        left, right = min(reached) * size, max(reached) * size
        box, covering = (
            transform_box((left, low * size, right, high * size), whole)
            for low, high in (_OWN_EXTENT, _COVERING_EXTENT)
        )
        forward = (1, 0, 0, 1, width * size, 0)
        self._text_matrix = multiply_matrices(forward, self._text_matrix)
        if state.text_mode == 0:
            self._cover(covering)
        else:
            outlined = widen_box(covering, state.reach_of_joints)
            self._cover(outlined, alpha=max(state.alpha, state.line_alpha))
        across, up = abs(whole[0]), abs(whole[3])
        self.drawn.texts.append(
            DrawnText(
                text=text,
                box=box,
                size=min(across, up) * size,
                is_upright=whole[0] > 0
                and whole[3] > 0
                and abs(whole[1]) <= _ROTATED * across
                and abs(whole[2]) <= _ROTATED * up,
                is_black=state.is_black
                and state.is_plain
                and state.alpha >= OPAQUE
                and state.text_mode == 0,
                is_cut=not contains_box(state.clip, box),
                order=len(self.drawn.covers),
            )
        )

    # Paths

    def add_rectangle(self, operands: list[Any]) -> None:
        left, bottom, width, height = map(float, operands)
        box = transform_box((left, bottom, left + width, bottom + height), self._state.matrix)
        self._path.rectangles.append(box)

    def move_to(self, operands: list[Any]) -> None:
        self._path.point = transform_point(operands[-2:], self._state.matrix)

    def draw_line(self, operands: list[Any]) -> None:
        """Note a line or a curve; a curve lies within the box of its points."""
        points = [
            transform_point(operands[at : at + 2], self._state.matrix)
            for at in range(0, len(operands), 2)
        ]
        self._path.has_joints = bool(self._path.lines) or len(points) > 1
        start = [] if self._path.point is None else [self._path.point]
        self._path.lines.append(box_of_points([*start, *points]))
        self._path.point = points[-1]

    def mark_clip(self, _operands: list[Any]) -> None:
        self._path.is_clip = True

    def fill_path(self, _operands: list[Any]) -> None:
        path = self._path
        is_upright = self._state.matrix[1] == self._state.matrix[2] == 0
        for box in path.rectangles:
            self._cover(box, is_white=self._state.is_white and is_upright)
        if path.lines:
            self._cover(join_boxes(path.lines))
        self.end_path([])

    def fill_path_by_parity(self, _operands: list[Any]) -> None:
        """Fill a path whose rectangles leave holes: a border is one rectangle in another."""
        path = self._path
        is_upright = self._state.matrix[1] == self._state.matrix[2] == 0
        if path.rectangles:
            rings = tuple(path.rectangles) if is_upright else ()
            self._cover(join_boxes(path.rectangles), rings)
        if path.lines:
            self._cover(join_boxes(path.lines))
        self.end_path([])

    def stroke_path(self, _operands: list[Any]) -> None:
        """Draw the lines of a path; those of a rectangle are its four sides."""
        state = self._state
        sides = [side for box in self._path.rectangles for side in list_sides_of_box(box)]
        reach = state.reach_of_joints if self._path.has_joints else state.half_line
        for boxes, beyond in ((self._path.lines, reach), (sides, state.half_line)):
            for box in boxes:
                self._cover(widen_box(box, beyond), alpha=state.line_alpha)
        self.end_path([])

    def fill_and_stroke_path(self, _operands: list[Any]) -> None:
        path = self._path
        self.fill_path([])
        self._path = path
        self.stroke_path([])

    def end_path(self, _operands: list[Any]) -> None:
        path = self._path
        if path.is_clip:
            boxes = [*path.rectangles, *path.lines]
            area = join_boxes(boxes) if boxes else (0.0, 0.0, 0.0, 0.0)
            self._state = replace(self._state, clip=intersect_boxes(self._state.clip, area))
        self._path = _Path()

    def shade(self, _operands: list[Any]) -> None:
        self._cover(self._state.clip)

    def draw_inline_picture(self, _operands: list[Any]) -> None:
        self._cover(transform_box((0, 0, 1, 1), self._state.matrix))

    def draw_object(self, operands: list[Any]) -> None:
        """Note a picture, or follow a drawing, within the state of this place."""
        drawn = self._find_resource("/XObject", operands)
        state = self._state
        if drawn.get("/Subtype") != "/Form" or self._depth >= _MOST_NESTED:
            self._cover(transform_box((0, 0, 1, 1), state.matrix))
            return
        matrix = multiply_matrices(to_matrix(drawn.get("/Matrix", IDENTITY)), state.matrix)
        left, bottom, right, top = map(float, drawn["/BBox"])
        area = transform_box((left, bottom, right, top), matrix)
        outer, before = state.alpha, len(self.drawn.texts)
        inner = replace(state, matrix=matrix, clip=intersect_boxes(state.clip, area))
        inner = replace(inner, alpha=1, line_alpha=1)
        resources = drawn.get("/Resources", self._resources)
        alpha_before = self._outer_alpha
        self._outer_alpha *= outer
        self.draw_stream(drawn, resources, inner, self._depth + 1)
        self._outer_alpha = alpha_before
        if outer < OPAQUE:
            for text in self.drawn.texts[before:]:
                text.is_black = False

    def _cover(
        self,
        area: Box,
        rings: tuple[Box, ...] = (),
        *,
        alpha: float | None = None,
        is_white: bool = False,
    ) -> None:
        state = self._state
        alpha = state.alpha if alpha is None else alpha
        self.drawn.covers.append(
            Cover(
                intersect_boxes(area, state.clip),
                alpha * self._outer_alpha if state.is_plain else 1,
                rings,
                is_white and state.is_plain,
            )
        )


_OPERATORS: Final[Mapping[str, Callable[[_Drawing, list[Any]], None]]] = {
    "q": _Drawing.save_state,
    "Q": _Drawing.restore_state,
    "cm": _Drawing.transform,
    "gs": _Drawing.set_graphics_state,
    "g": _Drawing.set_colour,
    "rg": _Drawing.set_colour,
    **dict.fromkeys(("k", "cs", "sc", "scn"), _Drawing.set_other_colour),
    "w": _Drawing.set_line_width,
    "j": _Drawing.set_line_join,
    "M": _Drawing.set_miter_limit,
    "Tf": _Drawing.set_font,
    "Tr": _Drawing.set_text_mode,
    "BT": _Drawing.begin_text,
    "Tm": _Drawing.set_text_matrix,
    **dict.fromkeys(("TJ", "Tj"), _Drawing.show_text),
    "re": _Drawing.add_rectangle,
    "m": _Drawing.move_to,
    **dict.fromkeys(("l", "c", "v", "y"), _Drawing.draw_line),
    **dict.fromkeys(("W", "W*"), _Drawing.mark_clip),
    "n": _Drawing.end_path,
    **dict.fromkeys(("f", "F"), _Drawing.fill_path),
    "f*": _Drawing.fill_path_by_parity,
    **dict.fromkeys(("S", "s"), _Drawing.stroke_path),
    **dict.fromkeys(("B", "b", "B*", "b*"), _Drawing.fill_and_stroke_path),
    "sh": _Drawing.shade,
    "INLINE IMAGE": _Drawing.draw_inline_picture,
    "Do": _Drawing.draw_object,
}
