"""What was appended to a report: each revision holds what signing adds, and nothing else.

Each revision is compared with the state before it. A reader that finds any earlier version of an
object, or all of them, shows the report and its signatures, since no version may show more.
In the child only.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf import original as places
from assess.report.proof.pdf.metadata import have_same_metadata_properties
from assess.report.proof.pdf.original import (
    OriginalObjects,
    has_name_value,
    list_reference_numbers,
    read_objects_signing_may_change,
)
from assess.report.proof.pdf.revisions import PdfRevision, read_revisions
from assess.report.proof.pdf.scope import (
    PdfRevisionScope,
    require_dictionary,
    require_list,
    require_only_keys,
)
from assess.report.proof.pdf.signed_fields import (
    ADDED,
    SignedPdfField,
    check_signed_added_field,
    check_signed_report_field,
    parse_field_rectangle,
)
from assess.report.proof.pdf.strict_objects import require_integer, unpack_stream
from assess.report.proof.pdf.strict_values import (
    UNUSUAL,
    ChangedError,
    PdfName,
    PdfReference,
    PdfValue,
    UnlikeError,
    are_same_values,
    require_condition,
)
from assess.report.proof.pdf.unchanged_parts import (
    decode_field_name,
    is_unchanged_except,
    list_added_object_numbers,
    require_unchanged_except,
)
from assess.report.proof.pdf.validation_data import (
    VALIDATION,
    check_catalog_extensions,
    check_validation_data_store,
)

_CATALOG: Final = frozenset({"AcroForm", "DSS", "Extensions", "Perms", "Version"})
_INFO: Final = frozenset({"ModDate", "Producer"})
_REPLACED: Final = frozenset(
    {places.CATALOG, places.INFO, places.METADATA, places.FORM, places.FIELD_LIST, VALIDATION}
)
"""Roles of objects that one revision after the other may replace; pages and their lists too."""
_VERSIONS: Final = (PdfName("1.7"), PdfName("2.0"))
_SEAL: Final = 170.1
"""Points, 60 mm: the longest side of a signature that was added; the largest seals have 58 mm."""
_MOST_COVERED: Final = 0.25
"""The largest part of a page that all signatures on it may cover."""
LARGE: Final = N_("a signature was added that covers more of a page than a seal")
COVERED: Final = N_("signatures cover more of a page than seals do")
UNCOVERED: Final = N_("bytes after the last signature")
ANOTHER_TITLE: Final = N_("another title, author or subject")


@dataclass
class PdfAdditions:
    """What revisions added, as far as they could be read."""

    fields: dict[int, SignedPdfField] = field(default_factory=dict)
    """Signed fields by object number."""
    page_of: dict[int, int] = field(default_factory=dict)
    """Place of the page on which a field shows something, from 1."""
    ends: list[int] = field(default_factory=list)
    """Where each revision ends that adds only signatures."""
    problem: str = ""
    """The additions other than signatures; '' if there are none."""
    changed: bool = False
    """Whether that may show another report than the one that was made."""


def check_appended_revisions(pdf: bytes, original_size: int) -> PdfAdditions:
    """Return what was appended to the first bytes of a PDF.

    Raises:
        pikepdf.PdfError: the first bytes are no PDF that can be read.
    """
    additions = PdfAdditions()
    try:
        reader = _PdfRevisionChecker(
            pdf, read_objects_signing_may_change(pdf[:original_size]), additions
        )
        for revision in read_revisions(pdf, original_size):
            reader.check_and_apply_revision(revision)
            additions.ends.append(revision.end)
    except ChangedError as error:
        additions.problem, additions.changed = str(error), True
    except UnlikeError as error:
        additions.problem = str(error)
    except zlib.error:
        additions.problem = UNUSUAL
    return additions


class _PdfRevisionChecker:
    """Reads one revision after the other, each against the state before it."""

    def __init__(self, pdf: bytes, original: OriginalObjects, additions: PdfAdditions) -> None:
        self._pdf = pdf
        self._original = original
        self._additions = additions
        self._objects = dict(original.objects)
        self._roles = dict(original.roles)
        self._size = original.size
        self._own_fields = [n for n, role in original.roles.items() if role == places.FIELD]
        self._covered = dict.fromkeys(original.pages, 0.0)
        self._names = {decode_field_name(name) for name in original.names}

    def check_and_apply_revision(self, revision: PdfRevision) -> None:
        """Check a revision, and take it over into the state.

        Raises:
            ChangedError: it changes what a reader shows.
            UnlikeError: it holds something that this program does not know.
        """
        scope = PdfRevisionScope(revision, self._objects, self._roles, self._size)
        info = revision.trailer.get("Info")
        known_info = PdfReference(self._original.info) if self._original.info is not None else None
        if revision.trailer["Root"] != PdfReference(self._original.root):
            raise ChangedError("/Root")
        if info != known_info:
            raise ChangedError(ANOTHER_TITLE)
        catalog = self._check_catalog(scope)
        shown = self._check_pages_for_new_fields(scope)
        self._check_covered_page_share(scope, shown)
        signed = self._check_signed_fields(scope, catalog)
        self._check_field_pages(scope, signed, shown)
        self._check_info_and_metadata(scope)
        _check_permissions(self._catalog_before_revision, catalog, signed)
        scope.require_role_of_each_object()
        require_condition(not revision.mixed)
        require_condition(
            len(signed) == 1 or self._is_only_validation_data(scope, signed), UNCOVERED
        )
        self._apply_revision(scope, signed)

    @property
    def _catalog_before_revision(self) -> dict[str, PdfValue]:
        """The catalog before the revision."""
        return require_dictionary(self._objects[self._original.root].value)

    def _check_catalog(self, scope: PdfRevisionScope) -> dict[str, PdfValue]:
        """Return the catalog; only what belongs to signatures may be new in it."""
        number, old = self._original.root, self._catalog_before_revision
        new = old
        if number in scope.revision.objects:
            new = require_dictionary(
                scope.assign_role_and_resolve_object(PdfReference(number), places.CATALOG).value
            )
            require_unchanged_except(old, new, _CATALOG, f"object {number}")
        require_condition(not (old.keys() - new.keys()), f"object {number}")
        check_validation_data_store(scope, new.get("DSS", {}))
        check_catalog_extensions(new.get("Extensions", {}))
        require_condition(new.get("Version", _VERSIONS[0]) in _VERSIONS, "/Version")
        return new

    def _check_pages_for_new_fields(self, scope: PdfRevisionScope) -> dict[int, int]:
        """Return the new fields of pages, each with its page; other new entries are refused."""
        shown: dict[int, int] = {}
        for number in self._original.pages:
            role = f"{places.PAGE_LIST} {number}"
            old = require_dictionary(self._objects[number].value)
            new = old
            if number in scope.revision.objects:
                new = require_dictionary(
                    scope.assign_role_and_resolve_object(PdfReference(number), places.PAGE).value
                )
                require_unchanged_except(old, new, frozenset({"Annots"}), f"object {number}")
            before = require_list(scope.resolve_earlier_value(old.get("Annots", [])))
            after = require_list(scope.resolve_value(new.get("Annots", []), role))
            for field_number in list_added_object_numbers(before, after):
                require_condition(field_number not in shown)
                shown[field_number] = number
        return shown

    def _check_signed_fields(
        self, scope: PdfRevisionScope, catalog: dict[str, PdfValue]
    ) -> list[SignedPdfField]:
        """Return the fields that are signed by the revision."""
        old = require_dictionary(
            scope.resolve_earlier_value(self._catalog_before_revision.get("AcroForm", {}))
        )
        new = require_dictionary(scope.resolve_value(catalog.get("AcroForm", {}), places.FORM))
        require_unchanged_except(old, new, frozenset({"Fields", "SigFlags"}), "/AcroForm")
        require_condition(new.get("SigFlags", 0) in (0, 1, 2, 3))
        before = require_list(scope.resolve_earlier_value(old.get("Fields", [])))
        after = require_list(scope.resolve_value(new.get("Fields", []), places.FIELD_LIST))
        signed = [
            check_signed_report_field(scope, number, self._pdf, places.FIELD)
            for number in self._own_fields
            if number in scope.revision.objects
        ]
        for number in list_added_object_numbers(before, after):
            signed.append(check_signed_added_field(scope, number, self._pdf))
            dictionary = require_dictionary(scope.revision.objects[number].value)
            name = decode_field_name(dictionary["T"])
            require_condition(name not in self._names, f"object {number} /T")
            self._names.add(name)
        return signed

    def _check_field_pages(
        self, scope: PdfRevisionScope, signed: list[SignedPdfField], shown: dict[int, int]
    ) -> None:
        """Check that each field is on one page only."""
        added = {each.number for each in signed if each.added}
        if shown.keys() - added:
            raise ChangedError(ADDED)
        for each in signed:
            dictionary = require_dictionary(scope.revision.objects[each.number].value)
            page = shown.get(each.number) if each.added else self._page_of_field(each.number)
            if each.added and "P" in dictionary:
                target = dictionary["P"]
                require_condition(
                    isinstance(target, PdfReference) and target.number in self._original.pages
                )
                require_condition(page is None or target == PdfReference(page), "/P")
            require_condition(page is not None or not each.visible, "/P")
            if page is not None and each.visible:
                self._additions.page_of[each.number] = self._original.pages[page][0]
            self._additions.fields[each.number] = each

    def _page_of_field(self, number: int) -> int | None:
        """Return the page that shows a field of the report."""
        for page in self._original.pages:
            dictionary = require_dictionary(self._original.objects[page].value)
            annotations = dictionary.get("Annots", [])
            if isinstance(annotations, PdfReference):
                annotations = self._original.objects[annotations.number].value
            if number in list_reference_numbers(annotations):
                return page
        return None

    def _check_covered_page_share(self, scope: PdfRevisionScope, shown: dict[int, int]) -> None:
        """Check that all signatures together do not cover too much of a page."""
        filled = {
            n: self._page_of_field(n) for n in self._own_fields if n in scope.revision.objects
        }
        for number, page in (filled | shown).items():
            element = scope.revision.objects.get(number)
            dictionary = element.value if element is not None else None
            if not isinstance(dictionary, dict) or not has_name_value(
                dictionary, "Subtype", "Widget"
            ):
                raise ChangedError(ADDED)
            left, bottom, right, top = parse_field_rectangle(dictionary)
            if number in shown and max(right - left, top - bottom) > _SEAL:
                raise ChangedError(LARGE)
            if page is not None:
                self._covered[page] += (right - left) * (top - bottom)
                if self._covered[page] > _MOST_COVERED * self._original.pages[page][1]:
                    raise ChangedError(COVERED)

    def _check_info_and_metadata(self, scope: PdfRevisionScope) -> None:
        """Title, author and subject stay as they are; programs that sign write date and name."""
        number = self._original.info
        if number is not None and number in scope.revision.objects:
            old = require_dictionary(self._objects[number].value)
            new = require_dictionary(
                scope.assign_role_and_resolve_object(PdfReference(number), places.INFO).value
            )
            require_condition(all(isinstance(new.get(key, b""), bytes) for key in _INFO))
            if not is_unchanged_except(old, new, _INFO):
                raise ChangedError(ANOTHER_TITLE)
        metadata = next((n for n, r in self._roles.items() if r == places.METADATA), None)
        if metadata is not None and metadata in scope.revision.objects:
            stream = scope.assign_role_and_resolve_object(PdfReference(metadata), places.METADATA)
            require_condition(
                stream.stream_dictionary.keys() <= {"Type", "Subtype", "Filter", "Length"}
            )
            require_condition(has_name_value(stream.stream_dictionary, "Type", "Metadata"))
            data = unpack_stream(stream)
            if not have_same_metadata_properties(self._objects[metadata].stream or b"", data):
                raise ChangedError(ANOTHER_TITLE)
            self._objects[metadata] = stream._replace(stream=data)

    def _is_only_validation_data(
        self, scope: PdfRevisionScope, signed: list[SignedPdfField]
    ) -> bool:
        """Return whether a revision adds only what later checks of signatures need."""
        touched = {*scope.assigned_roles.values()}
        allowed = {places.CATALOG, places.INFO, places.METADATA, VALIDATION}
        return not signed and VALIDATION in touched and touched <= allowed

    def _apply_revision(self, scope: PdfRevisionScope, signed: list[SignedPdfField]) -> None:
        for number, element in scope.revision.objects.items():
            role = scope.assigned_roles[number]
            if role != places.METADATA:
                self._objects[number] = element
            if role in _REPLACED or role.startswith(places.PAGE_LIST):
                self._roles[number] = role
        for each in signed:
            self._roles.pop(each.number, None)
        self._size = require_integer(scope.revision.trailer, "Size")


def _check_permissions(
    old: dict[str, PdfValue], new: dict[str, PdfValue], signed: list[SignedPdfField]
) -> None:
    """Check that the permissions entry names the signature of this revision, and is the first."""
    if "Perms" in old:
        require_condition(are_same_values(old["Perms"], new.get("Perms")), "/Perms")
    elif "Perms" in new:
        rights = require_dictionary(new["Perms"])
        require_only_keys(rights, frozenset({"DocMDP"}), "/Perms")
        require_condition(
            [rights.get("DocMDP")] == [PdfReference(each.signature) for each in signed], "/Perms"
        )
