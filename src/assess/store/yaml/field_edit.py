"""A change of one field of a file; `writing/edit.py` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from assess.problem import TreePath
from assess.store.yaml.plain_values import convert_to_plain_without_empty_fields

REMOVE: Final = ...
"""The new value of a field that is to be removed."""


class FieldEdit(NamedTuple):
    """A new value for the field at `path` (keys only); REMOVE or None removes the field.

    `after` has keys of the same mapping. A new field is written after the last of these keys that
    the mapping has, first if it has none of them, and last if `after` is None. Missing mappings
    on the path are created.
    """

    path: TreePath
    value: Any
    after: Sequence[str] | None = None

    def with_plain_value(self) -> FieldEdit:
        """Return the edit with its value as plain dicts, lists, texts and numbers."""
        value = (
            self.value
            if self.value is REMOVE
            else convert_to_plain_without_empty_fields(self.value)
        )
        return self._replace(value=REMOVE if value is None else value)


class EditError(ValueError):
    """The field can't be reached: its path leads through a text or list."""
