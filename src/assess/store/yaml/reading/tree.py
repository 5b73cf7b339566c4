"""Read YAML text into a plain tree, straight off the events of libyaml.

The tree is made of dict, list, str, int, Number and bool; there is no null, no date, no float.
Rules and limits are checked while scanning, before anything is built from the tree; what breaks a
rule is collected with its position, and reading goes on where the structure is still clear. See
docs/decisions/0001-yaml-dialect-and-decoder.md.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final, NamedTuple

import yaml

from assess.i18n import Lang
from assess.problem import Path, Problem
from assess.store.yaml.reading.problem_words import Faults, check_characters, syntax_problem
from assess.store.yaml.reading.scalars import (
    SPECIAL_FIRST,
    NumberLimitError,
    core,
    differs_in_yaml_11,
)

MAX_EVENTS: Final = 1_000_000
MAX_SCALAR: Final = 1024 * 1024
"""Characters of one scalar."""
MAX_DEPTH: Final = 64

CONFLICT: Final = "conflict"
"""The key that is taken out of every mapping."""

_SECOND: Final = "\0"
"""Takes the value of a key that stands a second time, until the mapping is closed."""

_CORE_TAGS: Final = "tag:yaml.org,2002:"

Lines = dict[Path, int]
"""Line (from 0) of the key, for keys of block mappings at depth 1 and 2; see store.yaml.edit."""


class Unreadable(Enum):
    """Stands in the tree where a problem was reported already."""

    UNREADABLE = "unreadable"


UNREADABLE = Unreadable.UNREADABLE


class Tree(NamedTuple):
    """What was read. `value` is UNREADABLE where reading had to stop; `conflicts` by mapping."""

    value: Any
    problems: list[Problem]
    conflicts: dict[Path, Any]
    lines: Lines


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector: building many small values sets it off again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_tree(text: str, file: str, lang: Lang) -> Tree:
    """Return the tree of `text`; `file` is its name in problems. Never raises for what it reads."""
    problems = check_characters(text, file, lang)
    if problems:
        return Tree(UNREADABLE, problems, {}, {})
    reader = _Reader(Faults(file, lang))
    with collector_paused():
        try:
            value = reader.run(text)
        except _StopReadingError:
            value = UNREADABLE
        except yaml.MarkedYAMLError as error:
            reader.faults.found.append(syntax_problem(error, text, file, lang))
            value = UNREADABLE
    return Tree(value, reader.faults.found, reader.conflicts, reader.lines)


class _StopReadingError(Exception):
    """The rest can't be read, or not within the limits."""


class _Reader:
    """Builds the tree: one method an event, the open collections on a stack."""

    __slots__ = (
        "_plain",
        "block",
        "conflicts",
        "documents",
        "faults",
        "key",
        "keys",
        "lines",
        "node",
        "stack",
        "wants_key",
    )

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.conflicts: dict[Path, Any] = {}
        self.lines: Lines = {}
        self.keys: dict[str, str] = {}
        """Plain keys seen and found right."""
        self._plain: dict[str, Any] = {}
        """Plain values seen and found right."""
        self.stack: list[tuple[Any, str, bool]] = []
        self.node: Any = []
        """The open collection; the outermost list takes the root."""
        self.key = ""
        self.wants_key = False
        self.block = False
        self.documents = 0

    def run(self, text: str) -> Any:
        """Read all events; return the root."""
        root = self.node
        next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close_mapping,
            yaml.SequenceEndEvent: self._close_sequence,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.StreamStartEvent: _nothing,
            yaml.DocumentEndEvent: _nothing,
        }
        event = next_event()
        for _ in range(MAX_EVENTS):
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                break
            handlers[kind](event)
            event = next_event()
        else:
            self._stop(event, "too-many-events")
        if not root:
            self._stop(event, "empty-file")
        return root[0]

    def _stop(self, event: Any, code: str) -> None:
        self.faults.add(event.start_mark, code)
        raise _StopReadingError

    def _fault(self, event: Any, code: str, detail: str = "") -> None:
        """Note a problem; stop where there are so many that nobody reads on."""
        self.faults.add(event.start_mark, code, detail)
        if self.faults.full:
            self._stop(event, "too-many-problems")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        if event.anchor is not None or event.tag is not None or len(text) > MAX_SCALAR:
            self._refuse_extras(event)
        if self.wants_key:
            self._set_key(event, text)
            return
        value: Any = text
        if not event.style:
            if not text or text[0] in SPECIAL_FIRST:
                value = self._plain.get(text, self)
                if value is self:
                    value = self._read_plain(event, text)
        elif "\0" in text:
            self._fault(event, "control-character")
        node = self.node
        if type(node) is dict:
            node[self.key] = value
            self.wants_key = True
        else:
            node.append(value)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, "yaml-anchor", event.anchor)
        if event.tag is not None:
            self._fault(event, "yaml-tag", event.tag.replace(_CORE_TAGS, "!!"))
        if type(event) is yaml.ScalarEvent and len(event.value) > MAX_SCALAR:
            self._stop(event, "scalar-too-large")

    def _read_plain(self, event: yaml.ScalarEvent, text: str) -> Any:
        if event.tag is not None:
            return UNREADABLE
        try:
            value = core(text)
        except NumberLimitError:
            self._fault(event, "yaml-number", text)
            return UNREADABLE
        if value is None:
            self._fault(event, "yaml-null")
            return UNREADABLE
        if differs_in_yaml_11(text, value):
            self._fault(event, "yaml-1.1" if type(value) is str else "yaml-leading-zero", text)
        else:
            self._plain[text] = value
        return value

    def _set_key(self, event: Any, text: str) -> None:
        key = self.keys.get(text)
        if key is None or event.style:
            key = sys.intern(text)
            if event.style:
                self._check_quoted_key(event, text)
            elif self._check_plain_key(event, text):
                self.keys[text] = key
        if key in self.node:
            self._fault(event, "yaml-duplicate-key", text)
            key = _SECOND
        self.key = key
        self.wants_key = False
        if self.block and len(self.stack) <= 2:  # noqa: PLR2004  # the depths that `Lines` holds
            self.lines[self._path()] = event.start_mark.line

    def _check_quoted_key(self, event: yaml.ScalarEvent, text: str) -> None:
        if "\0" in text:
            self._fault(event, "control-character")

    def _check_plain_key(self, event: yaml.ScalarEvent, text: str) -> bool:
        if text == "<<":
            self._fault(event, "yaml-merge-key")
            return False
        try:
            is_text = type(core(text)) is str
        except NumberLimitError:
            is_text = False
        if not is_text:
            self._fault(event, "yaml-key", text)
        elif differs_in_yaml_11(text, text):
            self._fault(event, "yaml-1.1", text)
            return False
        return is_text

    def _open_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._open(event, {})
        self.wants_key = True
        self.block = not event.flow_style

    def _open_sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._open(event, [])
        self.wants_key = False
        self.block = False

    def _open(self, event: Any, node: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if self.wants_key:
            self._stop(event, "yaml-key-collection")
        if len(self.stack) >= MAX_DEPTH:
            self._stop(event, "too-deep")
        parent = self.node
        if type(parent) is dict:
            parent[self.key] = node
        else:
            parent.append(node)
        self.stack.append((parent, self.key, self.block))
        self.node = node

    def _close_mapping(self, event: yaml.MappingEndEvent) -> None:
        node = self.node
        node.pop(_SECOND, None)
        if CONFLICT in node:
            self.conflicts[self._path()[:-1]] = node.pop(CONFLICT)
        self._close_sequence(event)

    def _close_sequence(self, _event: yaml.Event) -> None:
        self.node, self.key, self.block = self.stack.pop()
        self.wants_key = type(self.node) is dict

    def _alias(self, event: Any) -> None:
        self._fault(event, "yaml-alias", event.anchor)
        if self.wants_key:
            self._stop(event, "yaml-key-collection")
        if type(self.node) is dict:
            self.node[self.key] = UNREADABLE
            self.wants_key = True
        else:
            self.node.append(UNREADABLE)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "yaml-documents")

    def _path(self) -> Path:
        """Return the path of the current key, or of the place after the last list entry."""
        nodes = [*(frame[0] for frame in self.stack[1:]), self.node]
        keys = [*(frame[1] for frame in self.stack[1:]), self.key]
        return tuple(
            key if type(node) is dict else max(len(node) - 1, 0)
            for node, key in zip(nodes, keys, strict=True)
        )


def _nothing(_event: yaml.Event) -> None:
    """Pass an event that says nothing."""
