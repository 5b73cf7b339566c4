"""Reading of the values of a form that any program saved; in the child only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from assess import locations
from assess.i18n import N_
from assess.report.proof.pdf.broken import WRONG, BrokenPdfError, make_unreadable_refusal
from assess.report.proof.pdf.job import LONGEST, PdfFormFields, PdfRefused
from assess.report.proof.pdf.read import PROVENANCE
from assess.report.proof.pdf.unpacking import UnpackedBytes, open_pdf_with_unpack_limit

_MOST_FIELDS = 100_000
_LONGEST_NAME = 1000
_MOST_OF_FILES = 64 << 20
_MOST_OF_VALUES = 32 << 20
"""Bytes in all; of the values, as they stand in the PDF."""
_CHECKLIST = (f"{locations.CHECKLISTS}-", ".yaml")
"""How the name of an attached checklist begins and ends."""


def read_pdf_form_fields(pdf: bytes) -> PdfFormFields | PdfRefused:
    """Return the values of a form's fields, and the files that travel in it."""
    try:
        with open_pdf_with_unpack_limit(pdf) as document:
            fields = list(_list_form_fields(document))
            files = dict(_list_provenance_and_checklists(document))
    except pikepdf.PasswordError:
        return PdfRefused(code="encrypted")
    except (pikepdf.PdfError, *WRONG) as error:
        return make_unreadable_refusal(error)
    values: dict[str, set[str | None]] = {}
    for name, value in fields:
        values.setdefault(name, set()).update(() if value == "" else (value,))
    unclear = {name for name, texts in values.items() if len(texts) > 1 or None in texts}
    return PdfFormFields(
        values={name: value for name, value in fields if value and name not in unclear},
        names=tuple(name for name, _value in fields if name not in unclear),
        unclear=tuple(sorted(unclear)),
        files=files,
    )


def _list_provenance_and_checklists(document: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files by which an import knows what the form asked."""
    unpacked = UnpackedBytes(_MOST_OF_FILES)
    begin, end = _CHECKLIST
    for name, attachment in document.attachments.items():
        if name == PROVENANCE or (name.startswith(begin) and name.endswith(end)):
            yield name, unpacked.read_and_count_stream(attachment.get_file().obj)


def _list_form_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, str | None]]:
    """Yield name and value of each field that has a name of its own, parents before kids.

    The value is None if it is no text.
    """
    form = document.Root.get("/AcroForm")
    waiting: list[tuple[Any, str]] = (
        [(field, "") for field in form.Fields] if form is not None else []
    )
    count = 0
    parents: set[tuple[int, int]] = set()
    unpacked = UnpackedBytes(_MOST_OF_VALUES)
    while waiting:
        field, before = waiting.pop()
        count += 1
        name = ".".join(part for part in (before, str(field.get("/T", ""))) if part)
        if count > _MOST_FIELDS or len(name) > _LONGEST_NAME:
            raise BrokenPdfError(N_("too many fields"))
        kids = [kid for kid in field.get("/Kids", []) if "/T" in kid]
        if kids and field.objgen in parents:
            raise BrokenPdfError(N_("a field is among its own kids"))
        if kids:
            if field.is_indirect:
                parents.add(field.objgen)
            waiting += [(kid, name) for kid in kids]
        elif str(field.get("/FT", "")) == "/Btn":
            yield name, _find_chosen_button_state(field, unpacked)
        elif str(field.get("/FT", "")) != "/Sig":
            yield name, _field_value_text(field.get("/V"), unpacked)


def _find_chosen_button_state(field: Any, unpacked: UnpackedBytes) -> str | None:
    """Return the chosen state of radio buttons or of a box, '' for none.

    Some programs write the state as text, with a stroke before it. A value that no button has is
    replaced by the state that a button shows.
    """
    text = _field_value_text(field.get("/V"), unpacked)
    if text is None:
        return None
    chosen = text.removeprefix("/")
    buttons = list(field.get("/Kids", [])) or [field]
    if chosen in ("", "Off") or any(
        chosen in _list_possible_button_states(button) for button in buttons
    ):
        return "" if chosen == "Off" else chosen
    shown = {str(button.get("/AS", "/Off"))[1:] for button in buttons} - {"Off", ""}
    return shown.pop() if len(shown) == 1 else chosen


def _list_possible_button_states(button: Any) -> set[str]:
    """Return the states that a button has a picture for."""
    pictures = button.get("/AP", {}).get("/N", {})
    return {key[1:] for key in pictures.keys()}  # noqa: SIM118  # pikepdf's dictionary yields no keys


def _field_value_text(value: Any, unpacked: UnpackedBytes) -> str | None:
    """Return a value as text: names without their stroke, line ends as LF, `Off` as nothing.

    A long text may be a stream. The result is None for a value of another kind.
    """
    if isinstance(value, pikepdf.Name):
        text = str(value)[1:]
        return "" if text == "Off" else text
    if isinstance(value, pikepdf.Stream):
        value = pikepdf.String(unpacked.read_and_count_stream(value))
    elif isinstance(value, pikepdf.String):
        unpacked.count_and_limit_bytes(len(bytes(value)))
    if isinstance(value, pikepdf.String):
        return str(value).replace("\r\n", "\n").replace("\r", "\n")[: LONGEST + 1]
    return "" if value is None else None
