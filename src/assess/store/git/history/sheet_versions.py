"""Versions of a sheet that are read one after another: only the answers that differ are decoded.

A version of a sheet differs from the next in few answers. The text is cut at the lines where
answers begin. Equal answers are taken from the version before, and the rest is decoded as a small
sheet. A text in another layout than the writer's is decoded whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from assess.i18n import Lang
from assess.model.answer import Answer, Sheet
from assess.store.yaml.reading.decode import decode_yaml

_SECTION = re.compile(r"^answers:[ ]*(?:#.*)?\n", re.MULTILINE)
_END = re.compile(r"^[^ #\n]", re.MULTILINE)
_KEY = re.compile(r"^  ([A-Za-z0-9][A-Za-z0-9.-]*):(?= |$)", re.MULTILINE)
_OTHER = re.compile(r"^ {0,3}[^ #\n]", re.MULTILINE)


class SheetVersion(NamedTuple):
    """A version of a sheet: its value, and its text cut into answers."""

    sheet: Sheet
    head: str
    """The text without the answers."""
    entries: dict[str, str]
    """Item id → its rows."""


def decode_sheet_version(data: bytes, near: SheetVersion | None, lang: Lang) -> SheetVersion | None:
    """Return the version whose bytes are `data`; `near` is probably a similar version.

    The result is None if it can't be read: history may have files with errors.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    cut = cut_sheet_into_head_and_answer_rows(text)
    if cut is None:
        return _decode_whole_sheet(text, "", {}, lang)
    head, entries = cut
    if near is None or not near.entries:
        return _decode_whole_sheet(text, head, entries, lang)
    changed = {key: rows for key, rows in entries.items() if near.entries.get(key) != rows}
    if not changed and head == near.head and list(entries) == list(near.entries):
        return near
    small = head + "answers:\n" + "".join(changed.values()) if changed else head
    part = _decode_whole_sheet(small, head, entries, lang)
    if part is None:
        return None
    answers: dict[str, Answer] = {
        key: part.sheet.answers[key] if key in changed else near.sheet.answers[key]
        for key in entries
    }
    return SheetVersion(msgspec.structs.replace(part.sheet, answers=answers), head, entries)


def _decode_whole_sheet(
    text: str, head: str, rows_by_item: dict[str, str], lang: Lang
) -> SheetVersion | None:
    value = decode_yaml(text, "sheet", "", lang).value
    return None if value is None else SheetVersion(value, head, rows_by_item)


def cut_sheet_into_head_and_answer_rows(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the text without answers, and each answer's rows; None for another layout."""
    sections = list(_SECTION.finditer(text))
    if len(sections) != 1 or "\r" in text or not text.endswith("\n"):
        return None
    start = sections[0].end()
    end = end_match.start() if (end_match := _END.search(text, start)) else len(text)
    body = text[start:end]
    keys = list(_KEY.finditer(body))
    if not keys or len(keys) != len(_OTHER.findall(body)):
        return None
    ends = [*(key.start() for key in keys[1:]), len(body)]
    entries = {key[1]: body[key.start() : key_end] for key, key_end in zip(keys, ends, strict=True)}
    if len(entries) != len(keys):
        return None
    return text[: sections[0].start()] + text[end:], entries


_NEXT = re.compile(rb"\n {0,2}[^ #\n]")


def find_probable_answer_rows(data: bytes, item: str) -> bytes | None:
    """Return the rows of an answer in the writer's layout, None without one.

    This is a quick search to see whether two versions may differ in an answer. It does not prove
    that the rows are an answer.
    """
    start = data.find(b"\n  " + item.encode() + b":")
    if start < 0:
        return None
    end = _NEXT.search(data, start + 1)
    return data[start : end.start() if end else len(data)]
