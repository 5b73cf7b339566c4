"""Read YAML text into a plain tree from the events of libyaml.

The tree consists of dict, list, str, int, Number and bool; it has no null, date or float. Rules and
limits are checked while the events are read. A problem is collected with its position, and reading
goes on as long as the structure is clear. See docs/decisions/0001-yaml-dialect-and-decoder.md.
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
from assess.problem import Problem, TreePath
from assess.store.file_limits import USUAL_LIMITS
from assess.store.yaml.reading.problem_words import (
    YamlFaults,
    find_bad_character_problems,
    syntax_problem,
)
from assess.store.yaml.reading.scalars import (
    SPECIAL_FIRST,
    NumberLimitError,
    differs_in_yaml_11,
    parse_plain_scalar,
)

MAX_SCALAR: Final = 1024 * 1024
"""Characters of a scalar."""
MAX_DEPTH: Final = 64

CONFLICT: Final = "conflict"
"""The key that is taken out of every mapping."""

_SECOND: Final = "\0"
"""The key for the value of a duplicate key until the mapping is closed."""

_CORE_TAGS: Final = "tag:yaml.org,2002:"

FirstLines = dict[TreePath, int]
"""Lines (from 0) of the keys of block mappings at depth 1 and 2, by path; see `edit`."""


class Unreadable(Enum):
    """The value in the tree of a part whose problem was reported already."""

    UNREADABLE = "unreadable"


UNREADABLE = Unreadable.UNREADABLE


class YamlTree(NamedTuple):
    """The result of reading. `value` is UNREADABLE if that stopped; `conflicts` is by mapping."""

    value: Any
    problems: list[Problem]
    conflicts: dict[TreePath, Any]
    lines: FirstLines


@contextmanager
def pause_garbage_collector() -> Iterator[None]:
    """Pause the garbage collector: building many small values would start it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_tree(text: str, file: str, lang: Lang, most_events: int = USUAL_LIMITS.events) -> YamlTree:
    """Return the tree of `text`; `file` is its name in problems. No text raises an error."""
    problems = find_bad_character_problems(text, file, lang)
    if problems:
        return YamlTree(UNREADABLE, problems, {}, {})
    reader = _TreeBuilder(YamlFaults(file, lang), most_events)
    with pause_garbage_collector():
        try:
            value = reader.build_tree_from_events(text)
        except _StopReadingError:
            value = UNREADABLE
        except yaml.MarkedYAMLError as error:
            reader.faults.problems.append(syntax_problem(error, text, file, lang))
            value = UNREADABLE
    return YamlTree(value, reader.faults.problems, reader.conflicts, reader.lines)


class _StopReadingError(Exception):
    """The rest of the text can't be read within the rules and limits."""


class _TreeBuilder:
    """Builds the tree with a method for each event; open collections are on a stack."""

    __slots__ = (
        "_plain",
        "block",
        "conflicts",
        "documents",
        "faults",
        "key",
        "keys",
        "lines",
        "most_events",
        "node",
        "stack",
        "wants_key",
    )

    def __init__(self, faults: YamlFaults, most_events: int) -> None:
        self.faults = faults
        self.most_events = most_events
        self.conflicts: dict[TreePath, Any] = {}
        self.lines: FirstLines = {}
        self.keys: dict[str, str] = {}
        """Plain keys that were checked."""
        self._plain: dict[str, Any] = {}
        """Plain values that were checked."""
        self.stack: list[tuple[Any, str, bool]] = []
        self.node: Any = []
        """The open collection; the outermost list receives the root."""
        self.key = ""
        self.wants_key = False
        self.block = False
        self.documents = 0

    def build_tree_from_events(self, text: str) -> Any:
        """Read all events and return the root."""
        root = self.node
        next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._add_scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close_mapping_and_take_conflict,
            yaml.SequenceEndEvent: self._close_collection,
            yaml.AliasEvent: self._refuse_alias,
            yaml.DocumentStartEvent: self._start_document,
            yaml.StreamStartEvent: _ignore_event,
            yaml.DocumentEndEvent: _ignore_event,
        }
        event = next_event()
        for _ in range(self.most_events):
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                break
            handlers[kind](event)
            event = next_event()
        else:
            self._add_fault_and_stop(event, "too-many-events", f"{self.most_events:,}")
        if not root:
            self._add_fault_and_stop(event, "empty-file")
        return root[0]

    def _add_fault_and_stop(self, event: Any, code: str, detail: str = "") -> None:
        self.faults.add_problem(event.start_mark, code, detail)
        raise _StopReadingError

    def _add_fault_or_stop(self, event: Any, code: str, detail: str = "") -> None:
        """Add a problem; stop reading at the limit of problems."""
        self.faults.add_problem(event.start_mark, code, detail)
        if self.faults.is_full:
            self._add_fault_and_stop(event, "too-many-problems")

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        if event.anchor is not None or event.tag is not None or len(text) > MAX_SCALAR:
            self._refuse_anchor_tag_and_long_scalar(event)
        if self.wants_key:
            self._set_mapping_key(event, text)
            return
        value: Any = text
        if not event.style:
            if not text or text[0] in SPECIAL_FIRST:
                value = self._plain.get(text, self)
                if value is self:
                    value = self._parse_plain_scalar_or_add_fault(event, text)
        elif "\0" in text:
            self._add_fault_or_stop(event, "control-character")
        node = self.node
        if type(node) is dict:
            node[self.key] = value
            self.wants_key = True
        else:
            node.append(value)

    def _refuse_anchor_tag_and_long_scalar(self, event: Any) -> None:
        if event.anchor is not None:
            self._add_fault_or_stop(event, "yaml-anchor", event.anchor)
        if event.tag is not None:
            self._add_fault_or_stop(event, "yaml-tag", event.tag.replace(_CORE_TAGS, "!!"))
        if type(event) is yaml.ScalarEvent and len(event.value) > MAX_SCALAR:
            self._add_fault_and_stop(event, "scalar-too-large")

    def _parse_plain_scalar_or_add_fault(self, event: yaml.ScalarEvent, text: str) -> Any:
        if event.tag is not None:
            return UNREADABLE
        try:
            value = parse_plain_scalar(text)
        except NumberLimitError:
            self._add_fault_or_stop(event, "yaml-number", text)
            return UNREADABLE
        if value is None:
            self._add_fault_or_stop(event, "yaml-null")
            return UNREADABLE
        if differs_in_yaml_11(text, value):
            self._add_fault_or_stop(
                event, "yaml-1.1" if type(value) is str else "yaml-leading-zero", text
            )
        else:
            self._plain[text] = value
        return value

    def _set_mapping_key(self, event: Any, text: str) -> None:
        key = self.keys.get(text)
        if key is None or event.style:
            key = sys.intern(text)
            if event.style:
                self._check_quoted_key(event, text)
            elif self._check_plain_key_is_reusable(event, text):
                self.keys[text] = key
        if key in self.node:
            self._add_fault_or_stop(event, "yaml-duplicate-key", text)
            key = _SECOND
        self.key = key
        self.wants_key = False
        if self.block and len(self.stack) <= 2:  # noqa: PLR2004  # the depths that `Lines` holds
            self.lines[self._current_path()] = event.start_mark.line

    def _check_quoted_key(self, event: yaml.ScalarEvent, text: str) -> None:
        if "\0" in text:
            self._add_fault_or_stop(event, "control-character")

    def _check_plain_key_is_reusable(self, event: yaml.ScalarEvent, text: str) -> bool:
        if text == "<<":
            self._add_fault_or_stop(event, "yaml-merge-key")
            return False
        try:
            is_text = type(parse_plain_scalar(text)) is str
        except NumberLimitError:
            is_text = False
        if not is_text:
            self._add_fault_or_stop(event, "yaml-key", text)
        elif differs_in_yaml_11(text, text):
            self._add_fault_or_stop(event, "yaml-1.1", text)
            return False
        return is_text

    def _open_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._open_collection(event, {})
        self.wants_key = True
        self.block = not event.flow_style

    def _open_sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._open_collection(event, [])
        self.wants_key = False
        self.block = False

    def _open_collection(self, event: Any, node: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_anchor_tag_and_long_scalar(event)
        if self.wants_key:
            self._add_fault_and_stop(event, "yaml-key-collection")
        if len(self.stack) >= MAX_DEPTH:
            self._add_fault_and_stop(event, "too-deep")
        parent = self.node
        if type(parent) is dict:
            parent[self.key] = node
        else:
            parent.append(node)
        self.stack.append((parent, self.key, self.block))
        self.node = node

    def _close_mapping_and_take_conflict(self, event: yaml.MappingEndEvent) -> None:
        node = self.node
        node.pop(_SECOND, None)
        if CONFLICT in node:
            self.conflicts[self._current_path()[:-1]] = node.pop(CONFLICT)
        self._close_collection(event)

    def _close_collection(self, _event: yaml.Event) -> None:
        self.node, self.key, self.block = self.stack.pop()
        self.wants_key = type(self.node) is dict

    def _refuse_alias(self, event: Any) -> None:
        self._add_fault_or_stop(event, "yaml-alias", event.anchor)
        if self.wants_key:
            self._add_fault_and_stop(event, "yaml-key-collection")
        if type(self.node) is dict:
            self.node[self.key] = UNREADABLE
            self.wants_key = True
        else:
            self.node.append(UNREADABLE)

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._add_fault_and_stop(event, "yaml-documents")

    def _current_path(self) -> TreePath:
        """Return the path of the current key or of the last list entry."""
        nodes = [*(frame[0] for frame in self.stack[1:]), self.node]
        keys = [*(frame[1] for frame in self.stack[1:]), self.key]
        return tuple(
            key if type(node) is dict else max(len(node) - 1, 0)
            for node, key in zip(nodes, keys, strict=True)
        )


def _ignore_event(_event: yaml.Event) -> None:
    """Ignore an event without content."""
