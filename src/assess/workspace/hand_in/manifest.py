"""The manifest of a hand-in: decoded strictly, and compared with the files of the ZIP."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from assess.engine.round_data_json import dedent_description
from assess.harmless import escape_as_single_line
from assess.model.base import Bilingual
from assess.model.hand_in import (
    HAND_IN_FORMAT,
    MANIFEST,
    Manifest,
    MemberRecord,
)
from assess.workspace.hand_in.outcome import HandInRefusedError, make_note

_NEWER: Final = re.compile(r"assess/hand-in/(?:[2-9]|[1-9][0-9]{1,8})")
_LONGEST_WORD: Final = 500
"""Characters of a name in one language."""
_PLACE: Final = re.compile(r" - at `(\$[^`]*)`$")


def make_manifest_schema() -> dict[str, Any]:
    """Return the JSON Schema of the manifest."""
    (root,), definitions = msgspec.json.schema_components([Manifest], ref_template="#/$defs/{name}")
    definitions["Manifest"]["properties"]["format"] = {"const": HAND_IN_FORMAT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": HAND_IN_FORMAT,
        **root,
        "$defs": {name: dedent_description(definitions[name]) for name in sorted(definitions)},
    }


class _ManifestFormat(msgspec.Struct):
    format: str


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as indented JSON, which people may read."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def make_member_records(files: Mapping[str, bytes]) -> tuple[MemberRecord, ...]:
    """Return path, size and digest of each file, by path."""
    return tuple(
        MemberRecord(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        for path, data in sorted(files.items())
    )


def decode_manifest(files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest among the files of a ZIP.

    Raises:
        HandInRefusedError: there is none, it has another form, or a newer program made it.
    """
    if MANIFEST not in files:
        raise HandInRefusedError(make_note("manifest-missing", MANIFEST))
    data = files[MANIFEST]
    _refuse_other_format(data)
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        note = make_note("manifest-unreadable", MANIFEST, place[1] if place else "")
        raise HandInRefusedError(note) from error
    _refuse_long_or_unprintable_words(manifest)
    return manifest


def _refuse_other_format(data: bytes) -> None:
    try:
        head = msgspec.json.decode(data, type=_ManifestFormat)
    except (msgspec.DecodeError, RecursionError) as error:
        raise HandInRefusedError(make_note("manifest-unreadable", MANIFEST)) from error
    if _NEWER.fullmatch(head.format):
        raise HandInRefusedError(make_note("manifest-newer", MANIFEST, format=head.format))
    if head.format != HAND_IN_FORMAT:
        raise HandInRefusedError(make_note("manifest-unreadable", MANIFEST, "$.format"))


def _refuse_long_or_unprintable_words(manifest: Manifest) -> None:
    for word in _list_words(manifest):
        if len(word) > _LONGEST_WORD:
            raise HandInRefusedError(make_note("manifest-unreadable", MANIFEST))
        if escape_as_single_line(word) != word:
            raise HandInRefusedError(make_note("manifest-unprintable", MANIFEST, text=word))


def _list_words(manifest: Manifest) -> Iterable[str]:
    name = manifest.unit.name
    names = (name.zh, name.en) if isinstance(name, Bilingual) else (name,)
    paths = (member.path for member in manifest.members)
    return filter(None, (*names, manifest.tag, *paths))


def refuse_files_other_than_named(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Refuse a ZIP whose files are not those that its manifest names.

    Raises:
        HandInRefusedError: names the first file that is missing, not named, or other.
    """
    actual = {record.path: record for record in make_member_records(files)}
    actual.pop(MANIFEST, None)
    named: dict[str, MemberRecord] = {}
    for record in manifest.members:
        if record.path in named:
            raise HandInRefusedError(make_note("member-twice", record.path))
        named[record.path] = record
    for path in sorted(named.keys() | actual.keys()):
        if path not in actual:
            raise HandInRefusedError(make_note("member-missing", path))
        if path not in named:
            raise HandInRefusedError(make_note("member-unnamed", path))
        if named[path] != actual[path]:
            raise HandInRefusedError(make_note("member-other", path))
