"""Lines that are made when they are asked for: of a long view only those in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from assess.display.text.styled import StyledLine


class LazyLines(Sequence[StyledLine]):
    """A sequence of lines; each is made once, when it is first asked for."""

    def __init__(self, count: int, make_line: Callable[[int], StyledLine]) -> None:
        self._count = count
        self._make_line = make_line
        self._made: dict[int, StyledLine] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> StyledLine: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[StyledLine]: ...

    def __getitem__(self, index: int | slice) -> StyledLine | Sequence[StyledLine]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._count))]
        place = range(self._count)[index]
        if place not in self._made:
            self._made[place] = self._make_line(place)
        return self._made[place]
