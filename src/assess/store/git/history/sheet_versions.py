"""Many versions of one sheet, read one after another: only what differs is decoded.

A version of a sheet differs from the next in few answers. The text is cut at the lines where
answers begin, entries that are the same in both are taken over, and the rest is decoded as a small
sheet of its own. What is not laid out as the writer does it is decoded whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from assess.i18n import Lang
from assess.model.answer import Answer, Sheet
from assess.store.yaml.reading.decode import decode

_SECTION = re.compile(r"^answers:[ ]*(?:#.*)?\n", re.MULTILINE)
_END = re.compile(r"^[^ #\n]", re.MULTILINE)
_KEY = re.compile(r"^  ([A-Za-z0-9][A-Za-z0-9.-]*):(?= |$)", re.MULTILINE)
_OTHER = re.compile(r"^ {0,3}[^ #\n]", re.MULTILINE)


class Version(NamedTuple):
    """A version of a sheet: its value, and its text cut into answers."""

    sheet: Sheet
    head: str
    """Everything but the answers."""
    entries: dict[str, str]
    """Item id → its rows."""


def read_version(data: bytes, near: Version | None, lang: Lang) -> Version | None:
    """Return the version whose bytes are `data`; `near` is one that is probably much like it.

    None where it can't be read: history may hold files that were broken for a while.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    cut = cut_entries(text)
    if cut is None:
        return _whole(text, "", {}, lang)
    head, entries = cut
    if near is None or not near.entries:
        return _whole(text, head, entries, lang)
    changed = {key: rows for key, rows in entries.items() if near.entries.get(key) != rows}
    if not changed and head == near.head and list(entries) == list(near.entries):
        return near
    small = head + "answers:\n" + "".join(changed.values()) if changed else head
    part = _whole(small, head, entries, lang)
    if part is None:
        return None
    answers: dict[str, Answer] = {
        key: part.sheet.answers[key] if key in changed else near.sheet.answers[key]
        for key in entries
    }
    return Version(msgspec.structs.replace(part.sheet, answers=answers), head, entries)


def _whole(text: str, head: str, entries: dict[str, str], lang: Lang) -> Version | None:
    value = decode(text, "sheet", "", lang).value
    return None if value is None else Version(value, head, entries)


def cut_entries(text: str) -> tuple[str, dict[str, str]] | None:
    """Return all but the answers, and each answer's rows; None where the layout is another one."""
    sections = list(_SECTION.finditer(text))
    if len(sections) != 1 or "\r" in text or not text.endswith("\n"):
        return None
    start = sections[0].end()
    end = found.start() if (found := _END.search(text, start)) else len(text)
    body = text[start:end]
    keys = list(_KEY.finditer(body))
    if not keys or len(keys) != len(_OTHER.findall(body)):
        return None
    ends = [*(key.start() for key in keys[1:]), len(body)]
    entries = {key[1]: body[key.start() : at] for key, at in zip(keys, ends, strict=True)}
    if len(entries) != len(keys):
        return None
    return text[: sections[0].start()] + text[end:], entries


_NEXT = re.compile(rb"\n {0,2}[^ #\n]")


def entry_of(data: bytes, item: str) -> bytes | None:
    """Return the rows of one answer as the writer lays them out, None where there is none.

    A quick look, to see whether two versions can differ in it; no proof that it is an answer.
    """
    start = data.find(b"\n  " + item.encode() + b":")
    if start < 0:
        return None
    end = _NEXT.search(data, start + 1)
    return data[start : end.start() if end else len(data)]
