"""Parts of a PDF before and after a revision: what stayed the same, what was added to a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf.original import list_reference_numbers
from assess.report.proof.pdf.signed_fields import ADDED
from assess.report.proof.pdf.strict_values import ChangedError, PdfValue, are_same_values

_UTF_16: Final = b"\xfe\xff"
_UTF_8: Final = b"\xef\xbb\xbf"
TAKEN_OUT: Final = N_("fields or links were taken out")


def require_unchanged_except(
    old: dict[str, PdfValue], new: dict[str, PdfValue], allowed: frozenset[str], place: str
) -> None:
    """Check that a dictionary is unchanged, except for the allowed keys.

    Raises:
        ChangedError: another key was changed.
    """
    for key in sorted((old.keys() | new.keys()) - allowed):
        if key not in old or key not in new or not are_same_values(old[key], new[key]):
            raise ChangedError(f"{place} /{key}")


def is_unchanged_except(
    old: dict[str, PdfValue], new: dict[str, PdfValue], allowed: Iterable[str]
) -> bool:
    """Return whether a dictionary is unchanged, except for the allowed keys."""
    return are_same_values(
        {key: value for key, value in old.items() if key not in allowed},
        {key: value for key, value in new.items() if key not in allowed},
    )


def list_added_object_numbers(before: list[PdfValue], after: list[PdfValue]) -> list[int]:
    """Return the numbers of the objects by which a list grew.

    Raises:
        ChangedError: something was taken out of it, or is no reference.
    """
    if not are_same_values(before, after[: len(before)]):
        raise ChangedError(TAKEN_OUT)
    rest = after[len(before) :]
    numbers = list_reference_numbers(rest)
    if len(numbers) != len(rest) or len({*numbers}) != len(numbers):
        raise ChangedError(ADDED)
    return numbers


def decode_field_name(name: PdfValue) -> str:
    """Return the name of a field as readers compare it, decoded from any encoding."""
    data = name if isinstance(name, bytes) else b""
    if data.startswith(_UTF_16):
        return data[len(_UTF_16) :].decode("utf-16-be", "replace")
    return data.removeprefix(_UTF_8).decode("utf-8", "replace")
