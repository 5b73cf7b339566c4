"""Find line and column of problems that have only a path in the tree.

The events of the text are read once more, and only the positions of the wanted paths are stored. So
a large file needs little memory. This runs only for files with problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import yaml

from assess.problem import Problem, TreePath

_ABOUT_KEYS: Final = frozenset({"unknown-field", "key-form", "more-problems"})
"""Codes of problems that are shown at the key, even if the value is a scalar."""


class _NodePosition(NamedTuple):
    """Line and column, counted from 1, of a key and of its value; a list entry has one position."""

    key: tuple[int, int]
    value: tuple[int, int]


def locate_problems(text: str, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with the positions of their paths.

    The position of a scalar is that of its value. The position of a list, a mapping or a problem of
    a key is that of the key. A path that is not in the text gets the position of its nearest
    ancestor. Problems with a position stay unchanged, and so do all problems if the text is no
    YAML.
    """
    all_problems = list(problems)
    wanted = {
        problem.path[:length]
        for problem in all_problems
        if not problem.line
        for length in range(len(problem.path) + 1)
    }
    if not wanted:
        return all_problems
    positions = _PositionFinder(wanted).find_positions(text)
    return [
        problem if problem.line else _locate_problem(problem, positions) for problem in all_problems
    ]


def _locate_problem(problem: Problem, positions_by_path: dict[TreePath, _NodePosition]) -> Problem:
    path = problem.path
    while path and path not in positions_by_path:
        path = path[:-1]
    position = positions_by_path.get(path)
    if position is None:
        return problem
    place_of_key = path != problem.path or problem.code in _ABOUT_KEYS
    line, column = position.key if place_of_key else position.value
    return problem._replace(line=line, column=column)


class _PositionFinder:
    """Reads the events and stores the positions of the wanted paths."""

    def __init__(self, wanted: set[TreePath]) -> None:
        self.wanted = wanted
        self.positions: dict[TreePath, _NodePosition] = {}
        self._next: Callable[[], Any] = object

    def find_positions(self, text: str) -> dict[TreePath, _NodePosition]:
        """Return the positions of the wanted paths, as far as the text can be read."""
        try:
            self._next = yaml.CSafeLoader(text).get_event
            self._next()  # start of the stream
            if type(self._next()) is yaml.DocumentStartEvent:
                self._visit_node(self._next(), (), None)
        except yaml.YAMLError:
            pass
        return self.positions

    def _visit_node(self, event: Any, path: TreePath, key: tuple[int, int] | None) -> None:
        if path not in self.wanted:
            self._skip_node(event)
            return
        node_position = _start_line_and_column(event)
        scalar = type(event) is yaml.ScalarEvent
        self.positions.setdefault(
            path,
            _NodePosition(key or node_position, node_position if scalar else key or node_position),
        )
        if type(event) is yaml.MappingStartEvent:
            self._visit_mapping(path)
        elif type(event) is yaml.SequenceStartEvent:
            self._visit_sequence(path)

    def _visit_mapping(self, path: TreePath) -> None:
        while type(key := self._next()) is not yaml.MappingEndEvent:
            if type(key) is yaml.ScalarEvent:
                self._visit_node(self._next(), (*path, key.value), _start_line_and_column(key))
            else:
                self._skip_node(key)
                self._skip_node(self._next())

    def _visit_sequence(self, path: TreePath) -> None:
        index = 0
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            self._visit_node(event, (*path, index), None)
            index += 1

    def _skip_node(self, event: Any) -> None:
        """Skip a node with all its descendants."""
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self._next()


def _start_line_and_column(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
