"""The files of the program that a workspace's checklists and templates are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from assess import locations
from assess.engine.kinds.reading import fold_width_and_case
from assess.i18n import LANGS
from assess.locations import PROGRAM_DATA
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.config import Pin
from assess.store import shipped_files
from assess.store.files import compute_file_sha256
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.core import library
from assess.workspace.core.program_data import read_data_file

_EDITIONS: Final = "editions.yaml"
_MARKS: Final = "library_marks.json"
_LETTERS: Final = re.compile(r"[\W_]+")


class PublishedFiles(NamedTuple):
    """What the program has published, as far as it concerns a report."""

    checklists: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Digests of all editions of a checklist of the library, by its id."""
    templates: Mapping[str, str] = MappingProxyType({})
    """SHA-256 of the program's template files, by path (`templates/full/main.html`)."""
    copied: frozenset[str] = frozenset()
    """Ids of checklists that bear the id, the title or items of the library and are none of it."""


class _LibraryMarks(msgspec.Struct, frozen=True):
    """What a copy of a checklist of the library is recognised by."""

    ids: frozenset[str]
    titles: frozenset[str]
    items: frozenset[str]


def find_published_files(checklists: Iterable[tuple[Checklist, str]]) -> PublishedFiles:
    """Return what the program has published; `checklists` are those of a report, with digests."""
    pairs = list(checklists)
    digests = {checklist.id: _digests_of_editions(checklist.id) for checklist, _digest in pairs}
    return PublishedFiles(
        checklists=digests,
        templates=_template_digests_by_path(library.find_shipped_template_folder()),
        copied=frozenset(
            checklist.id
            for checklist, digest in pairs
            if digest not in digests[checklist.id] and _looks_like_library_checklist(checklist)
        ),
    )


def _digests_of_editions(checklist_id: str) -> frozenset[str]:
    shipped = shipped_files.list_library_files_by_id().get(checklist_id)
    versions = _read_digests_of_former_editions().get(checklist_id, {})
    former = (digest for digests in versions.values() for digest in digests)
    now = () if shipped is None else (digest_with_prefix(shipped.read_bytes()),)
    return frozenset((*former, *now))


def seems_published_but_is_not(
    pin: Pin | None, checklist_id: str, digest: str, published: PublishedFiles
) -> bool:
    """Return whether a pinned checklist is none of the library's, though it claims or seems to be.

    One that was accepted as it is makes no claim any more. Its digest in the sheet or in
    assess.yaml counts for nothing: whoever edits a checklist can write it there.
    """
    if pin is not None and pin.variant is not None and pin.variant.digest == digest:
        return False
    if digest in published.checklists.get(checklist_id, ()):
        return False
    return pin is None or pin.source == "library" or checklist_id in published.copied


@cache
def _read_digests_of_former_editions() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the digests of checklists published before, by id and version."""
    editions: Mapping[str, Mapping[str, Sequence[str]]] = read_data_file(
        _EDITIONS, dict[str, dict[str, tuple[str, ...]]]
    )
    return editions


@cache
def _template_digests_by_path(folder: Path) -> Mapping[str, str]:
    return {
        f"{locations.TEMPLATES}/{path.relative_to(folder).as_posix()}": compute_file_sha256(path)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _looks_like_library_checklist(checklist: Checklist) -> bool:
    """Return whether a checklist that is not of the library looks like one of it."""
    marks = _read_library_marks()
    return (
        checklist.id in marks.ids
        or not marks.titles.isdisjoint(folded_titles_in_both_languages(checklist))
        or not marks.items.isdisjoint(checklist.items())
    )


@cache
def _read_library_marks() -> _LibraryMarks:
    """Return the marks that scripts/make_library_marks.py wrote."""
    text = (PROGRAM_DATA / _MARKS).read_bytes()
    return msgspec.json.decode(text, type=_LibraryMarks)


def folded_titles_in_both_languages(checklist: Checklist) -> set[str]:
    """Return the titles in both languages without case, space and punctuation."""
    titles = (pick_text(checklist.title, lang) for lang in LANGS)
    return {_LETTERS.sub("", fold_width_and_case(title)) for title in titles}
