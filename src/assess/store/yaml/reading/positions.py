"""Find line and column of problems that only know their path in the tree.

Reads the events of the text once more and remembers only the paths that are asked for, so it needs
little memory however large the file. It runs only where there are problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import yaml

from assess.problem import Path, Problem

_ABOUT_KEYS: Final = frozenset({"unknown-field", "key-form", "more-problems"})
"""Codes of problems that are shown at the key, also where the value is a scalar."""


class _Place(NamedTuple):
    """Line and column, from 1, of a key (of the entry itself in a list) and of its value."""

    key: tuple[int, int]
    value: tuple[int, int]


def locate(text: str, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with the positions of their paths filled in.

    A scalar is shown at its value; a list or mapping, and whatever concerns a key, at the key.
    Where the path is not in the text, its nearest ancestor is shown. Problems that have a position,
    and all of them where the text is no YAML, stay as they are.
    """
    given = list(problems)
    wanted = {
        one.path[:length] for one in given if not one.line for length in range(len(one.path) + 1)
    }
    if not wanted:
        return given
    places = _Finder(wanted).run(text)
    return [one if one.line else _placed(one, places) for one in given]


def _placed(problem: Problem, places: dict[Path, _Place]) -> Problem:
    path = problem.path
    while path and path not in places:
        path = path[:-1]
    place = places.get(path)
    if place is None:
        return problem
    at_key = path != problem.path or problem.code in _ABOUT_KEYS
    line, column = place.key if at_key else place.value
    return problem._replace(line=line, column=column)


class _Finder:
    """Goes through the events and notes where the wanted paths are."""

    def __init__(self, wanted: set[Path]) -> None:
        self.wanted = wanted
        self.places: dict[Path, _Place] = {}
        self._next: Callable[[], Any] = object

    def run(self, text: str) -> dict[Path, _Place]:
        """Return the places of the wanted paths, as far as the text can be read."""
        try:
            self._next = yaml.CSafeLoader(text).get_event
            self._next()  # start of the stream
            if type(self._next()) is yaml.DocumentStartEvent:
                self._node(self._next(), (), None)
        except yaml.YAMLError:
            pass
        return self.places

    def _node(self, event: Any, path: Path, key: tuple[int, int] | None) -> None:
        if path not in self.wanted:
            self._skip(event)
            return
        own = _position(event)
        scalar = type(event) is yaml.ScalarEvent
        self.places.setdefault(path, _Place(key or own, own if scalar else key or own))
        if type(event) is yaml.MappingStartEvent:
            self._mapping(path)
        elif type(event) is yaml.SequenceStartEvent:
            self._sequence(path)

    def _mapping(self, path: Path) -> None:
        while type(key := self._next()) is not yaml.MappingEndEvent:
            if type(key) is yaml.ScalarEvent:
                self._node(self._next(), (*path, key.value), _position(key))
            else:
                self._skip(key)
                self._skip(self._next())

    def _sequence(self, path: Path) -> None:
        index = 0
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            self._node(event, (*path, index), None)
            index += 1

    def _skip(self, event: Any) -> None:
        """Pass a node and all that is in it."""
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self._next()


def _position(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
