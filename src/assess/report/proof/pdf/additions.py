"""What was appended to a report: each revision holds what signing adds, and nothing else.

Each revision is compared with the state before it. A reader that finds any earlier version of an
object, or all of them, shows the report and its signatures, since no version may show more.
In the child only.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf import original as places
from assess.report.proof.pdf.metadata import same_properties
from assess.report.proof.pdf.original import Original, is_named, read_original, references
from assess.report.proof.pdf.revisions import Revision, read_revisions
from assess.report.proof.pdf.scope import Scope, as_dictionary, as_list, require_keys
from assess.report.proof.pdf.signed_fields import (
    ADDED,
    SignedField,
    add_field,
    fill_field,
    rectangle,
)
from assess.report.proof.pdf.strict_objects import integer, unpacked
from assess.report.proof.pdf.strict_values import (
    UNUSUAL,
    ChangedError,
    Name,
    Reference,
    UnlikeError,
    Value,
    require,
    same_value,
)
from assess.report.proof.pdf.validation_data import VALIDATION, check_extensions, check_validation

_CATALOG: Final = frozenset({"AcroForm", "DSS", "Extensions", "Perms", "Version"})
_INFO: Final = frozenset({"ModDate", "Producer"})
_REPLACED: Final = frozenset(
    {places.CATALOG, places.INFO, places.METADATA, places.FORM, places.FIELD_LIST, VALIDATION}
)
"""Roles of objects that one revision after the other may replace; pages and their lists too."""
_UTF_16: Final = b"\xfe\xff"
_UTF_8: Final = b"\xef\xbb\xbf"
_VERSIONS: Final = (Name("1.7"), Name("2.0"))
_SEAL: Final = 170.1
"""Points, 60 mm: the longest side of a signature that was added; the largest seals have 58 mm."""
_MOST_COVERED: Final = 0.25
"""The largest part of a page that all signatures on it may cover."""
TAKEN_OUT: Final = N_("fields or links were taken out")
LARGE: Final = N_("a signature was added that covers more of a page than a seal")
COVERED: Final = N_("signatures cover more of a page than seals do")
UNCOVERED: Final = N_("bytes after the last signature")
ANOTHER_TITLE: Final = N_("another title, author or subject")


@dataclass
class Additions:
    """What revisions added, as far as they could be read."""

    fields: dict[int, SignedField] = field(default_factory=dict)
    """Signed fields by object number."""
    page_of: dict[int, int] = field(default_factory=dict)
    """Place of the page on which a field shows something, from 1."""
    ends: list[int] = field(default_factory=list)
    """Where each revision ends that adds only signatures."""
    problem: str = ""
    """What was added beside signatures; '' where nothing was."""
    changed: bool = False
    """Whether that may show another report than the one that was made."""


def read_additions(pdf: bytes, original_size: int) -> Additions:
    """Return what was appended to the first bytes of a PDF.

    Raises:
        pikepdf.PdfError: the first bytes are no PDF that can be read.
    """
    additions = Additions()
    try:
        reader = _Reader(pdf, read_original(pdf[:original_size]), additions)
        for revision in read_revisions(pdf, original_size):
            reader.check_revision(revision)
            additions.ends.append(revision.end)
    except ChangedError as error:
        additions.problem, additions.changed = str(error), True
    except UnlikeError as error:
        additions.problem = str(error)
    except zlib.error:
        additions.problem = UNUSUAL
    return additions


class _Reader:
    """Reads one revision after the other, each against the state before it."""

    def __init__(self, pdf: bytes, original: Original, additions: Additions) -> None:
        self._pdf = pdf
        self._original = original
        self._additions = additions
        self._objects = dict(original.objects)
        self._roles = dict(original.roles)
        self._size = original.size
        self._own_fields = [n for n, role in original.roles.items() if role == places.FIELD]
        self._covered = dict.fromkeys(original.pages, 0.0)
        self._names = {_readable_name(name) for name in original.names}

    def check_revision(self, revision: Revision) -> None:
        """Check a revision, and take it over into the state.

        Raises:
            ChangedError: it changes what a reader shows.
            UnlikeError: it holds something that this program does not know.
        """
        scope = Scope(revision, self._objects, self._roles, self._size)
        info = revision.trailer.get("Info")
        known_info = Reference(self._original.info) if self._original.info is not None else None
        if revision.trailer["Root"] != Reference(self._original.root):
            raise ChangedError("/Root")
        if info != known_info:
            raise ChangedError(ANOTHER_TITLE)
        catalog = self._check_catalog(scope)
        shown = self._check_pages(scope)
        self._check_areas(scope, shown)
        signed = self._check_fields(scope, catalog)
        self._check_places(scope, signed, shown)
        self._check_description(scope)
        _check_rights(self._catalog, catalog, signed)
        scope.require_all_claimed()
        require(not revision.mixed)
        require(len(signed) == 1 or self._is_validation_data(scope, signed), UNCOVERED)
        self._take_over(scope, signed)

    @property
    def _catalog(self) -> dict[str, Value]:
        """The catalog before the revision."""
        return as_dictionary(self._objects[self._original.root].value)

    def _check_catalog(self, scope: Scope) -> dict[str, Value]:
        """Return the catalog; only what belongs to signatures may be new in it."""
        number, old = self._original.root, self._catalog
        new = old
        if number in scope.revision.objects:
            new = as_dictionary(scope.claim(Reference(number), places.CATALOG).value)
            _require_same(old, new, _CATALOG, f"object {number}")
        require(not (old.keys() - new.keys()), f"object {number}")
        check_validation(scope, new.get("DSS", {}))
        check_extensions(new.get("Extensions", {}))
        require(new.get("Version", _VERSIONS[0]) in _VERSIONS, "/Version")
        return new

    def _check_pages(self, scope: Scope) -> dict[int, int]:
        """Return the fields that pages show anew, each with its page; nothing else is new."""
        shown: dict[int, int] = {}
        for number in self._original.pages:
            role = f"{places.PAGE_LIST} {number}"
            old = as_dictionary(self._objects[number].value)
            new = old
            if number in scope.revision.objects:
                new = as_dictionary(scope.claim(Reference(number), places.PAGE).value)
                _require_same(old, new, frozenset({"Annots"}), f"object {number}")
            before = as_list(scope.before(old.get("Annots", [])))
            after = as_list(scope.resolve(new.get("Annots", []), role))
            for field_number in _added(before, after):
                require(field_number not in shown)
                shown[field_number] = number
        return shown

    def _check_fields(self, scope: Scope, catalog: dict[str, Value]) -> list[SignedField]:
        """Return the fields that are signed by the revision."""
        old = as_dictionary(scope.before(self._catalog.get("AcroForm", {})))
        new = as_dictionary(scope.resolve(catalog.get("AcroForm", {}), places.FORM))
        _require_same(old, new, frozenset({"Fields", "SigFlags"}), "/AcroForm")
        require(new.get("SigFlags", 0) in (0, 1, 2, 3))
        before = as_list(scope.before(old.get("Fields", [])))
        after = as_list(scope.resolve(new.get("Fields", []), places.FIELD_LIST))
        signed = [
            fill_field(scope, number, self._pdf, places.FIELD)
            for number in self._own_fields
            if number in scope.revision.objects
        ]
        for number in _added(before, after):
            signed.append(add_field(scope, number, self._pdf))
            words = as_dictionary(scope.revision.objects[number].value)
            name = _readable_name(words["T"])
            require(name not in self._names, f"object {number} /T")
            self._names.add(name)
        return signed

    def _check_places(self, scope: Scope, signed: list[SignedField], shown: dict[int, int]) -> None:
        """Check that a field stands on one page."""
        added = {each.number for each in signed if each.added}
        if shown.keys() - added:
            raise ChangedError(ADDED)
        for each in signed:
            words = as_dictionary(scope.revision.objects[each.number].value)
            page = shown.get(each.number) if each.added else self._page_of(each.number)
            if each.added and "P" in words:
                target = words["P"]
                require(isinstance(target, Reference) and target.number in self._original.pages)
                require(page is None or target == Reference(page), "/P")
            require(page is not None or not each.visible, "/P")
            if page is not None and each.visible:
                self._additions.page_of[each.number] = self._original.pages[page][0]
            self._additions.fields[each.number] = each

    def _page_of(self, number: int) -> int | None:
        """Return the page that shows a field of the report."""
        for page in self._original.pages:
            words = as_dictionary(self._original.objects[page].value)
            annotations = words.get("Annots", [])
            if isinstance(annotations, Reference):
                annotations = self._original.objects[annotations.number].value
            if number in references(annotations):
                return page
        return None

    def _check_areas(self, scope: Scope, shown: dict[int, int]) -> None:
        """Check that all signatures together leave pages readable, whatever else they are."""
        filled = {n: self._page_of(n) for n in self._own_fields if n in scope.revision.objects}
        for number, page in (filled | shown).items():
            element = scope.revision.objects.get(number)
            words = element.value if element is not None else None
            if not isinstance(words, dict) or not is_named(words, "Subtype", "Widget"):
                raise ChangedError(ADDED)
            left, bottom, right, top = rectangle(words)
            if number in shown and max(right - left, top - bottom) > _SEAL:
                raise ChangedError(LARGE)
            if page is not None:
                self._covered[page] += (right - left) * (top - bottom)
                if self._covered[page] > _MOST_COVERED * self._original.pages[page][1]:
                    raise ChangedError(COVERED)

    def _check_description(self, scope: Scope) -> None:
        """Title, author and subject stay as they are; programs that sign write date and name."""
        number = self._original.info
        if number is not None and number in scope.revision.objects:
            old = as_dictionary(self._objects[number].value)
            new = as_dictionary(scope.claim(Reference(number), places.INFO).value)
            require(all(isinstance(new.get(key, b""), bytes) for key in _INFO))
            if not _is_same(old, new, _INFO):
                raise ChangedError(ANOTHER_TITLE)
        metadata = next((n for n, r in self._roles.items() if r == places.METADATA), None)
        if metadata is not None and metadata in scope.revision.objects:
            stream = scope.claim(Reference(metadata), places.METADATA)
            require(stream.words.keys() <= {"Type", "Subtype", "Filter", "Length"})
            require(is_named(stream.words, "Type", "Metadata"))
            data = unpacked(stream)
            if not same_properties(self._objects[metadata].stream or b"", data):
                raise ChangedError(ANOTHER_TITLE)
            self._objects[metadata] = stream._replace(stream=data)

    def _is_validation_data(self, scope: Scope, signed: list[SignedField]) -> bool:
        """Return whether a revision adds only what later checks of signatures need."""
        touched = {*scope.claimed.values()}
        allowed = {places.CATALOG, places.INFO, places.METADATA, VALIDATION}
        return not signed and VALIDATION in touched and touched <= allowed

    def _take_over(self, scope: Scope, signed: list[SignedField]) -> None:
        for number, element in scope.revision.objects.items():
            role = scope.claimed[number]
            if role != places.METADATA:
                self._objects[number] = element
            if role in _REPLACED or role.startswith(places.PAGE_LIST):
                self._roles[number] = role
        for each in signed:
            self._roles.pop(each.number, None)
        self._size = integer(scope.revision.trailer, "Size")


def _require_same(
    old: dict[str, Value], new: dict[str, Value], allowed: frozenset[str], place: str
) -> None:
    """Check that a dictionary is as it was, but for some keys.

    Raises:
        ChangedError: it is not.
    """
    for key in sorted((old.keys() | new.keys()) - allowed):
        if key not in old or key not in new or not same_value(old[key], new[key]):
            raise ChangedError(f"{place} /{key}")


def _is_same(old: dict[str, Value], new: dict[str, Value], allowed: Iterable[str]) -> bool:
    return same_value(
        {key: value for key, value in old.items() if key not in allowed},
        {key: value for key, value in new.items() if key not in allowed},
    )


def _added(before: list[Value], after: list[Value]) -> list[int]:
    """Return the numbers of the objects by which a list grew.

    Raises:
        ChangedError: something was taken out of it, or is no reference.
    """
    if not same_value(before, after[: len(before)]):
        raise ChangedError(TAKEN_OUT)
    rest = after[len(before) :]
    numbers = references(rest)
    if len(numbers) != len(rest) or len({*numbers}) != len(numbers):
        raise ChangedError(ADDED)
    return numbers


def _readable_name(name: Value) -> str:
    """Return the name of a field as readers compare it, in whatever coding it is written."""
    data = name if isinstance(name, bytes) else b""
    if data.startswith(_UTF_16):
        return data[len(_UTF_16) :].decode("utf-16-be", "replace")
    return data.removeprefix(_UTF_8).decode("utf-8", "replace")


def _check_rights(old: dict[str, Value], new: dict[str, Value], signed: list[SignedField]) -> None:
    """Check that the signature of this revision says what it lets others do, as no other did."""
    if "Perms" in old:
        require(same_value(old["Perms"], new.get("Perms")), "/Perms")
    elif "Perms" in new:
        rights = as_dictionary(new["Perms"])
        require_keys(rights, frozenset({"DocMDP"}), "/Perms")
        require([rights.get("DocMDP")] == [Reference(each.signature) for each in signed], "/Perms")
