"""Texts and files that could not be read again are refused before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assess.errors import UsageError, WriteError
from assess.i18n import Lang, translator
from assess.model.formats import FileKind
from assess.store.file_limits import limits_of_kind
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.tree import MAX_SCALAR


class TooLongError(UsageError, WriteError):
    """A text, or the file with it, is longer than a file may have; nothing was changed."""


def refuse_long_texts(edits: Sequence[FieldEdit], lang: Lang) -> None:
    """Refuse edits with texts that are longer than a file may hold.

    Raises:
        TooLongError: a text is too long; the message has its length, not its words.
    """
    longest = max(
        (len(text) for edit in edits for text in _texts_in_value(edit.with_plain_value().value)),
        default=0,
    )
    if longest > MAX_SCALAR:
        _ = translator(lang)
        message = _("a text of {count} characters can't be saved: {limit} are the most")
        hint = _("shorten it, or attach it as a file; nothing was changed")
        raise TooLongError(message.format(count=longest, limit=MAX_SCALAR), hint)


def refuse_large_file_content(data: bytes, kind: FileKind, file: str, lang: Lang) -> None:
    """Refuse to write a file that is larger than a file of its kind may be.

    Raises:
        TooLongError: the file is too large.
    """
    limit = limits_of_kind(kind).size
    if len(data) > limit:
        _ = translator(lang)
        message = _("{file} would become larger than {limit} MiB")
        hint = _("shorten its longest texts, or attach them as files; nothing was changed")
        if kind == "receipts":
            hint = _("nothing was changed; take in the rest in another campaign")
        raise TooLongError(message.format(file=file, limit=limit >> 20), hint)


def _texts_in_value(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts_in_value(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in_value(inner)
