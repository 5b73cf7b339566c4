"""Documents of many units: one for each category, where all units are too many for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final

from assess.display.rollup.document import make_rollup_document
from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.records import RollUpRecords
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.report.rollup.circular.circular import CircularDetails
from assess.report.rollup.make_files import RollUpForm, make_rollup_files

MOST_UNITS_IN_DOCUMENT: Final = 1000
"""Units of a circular or a page; of more there is one for each category."""

DIVIDED_FORMS: Final[tuple[RollUpForm, ...]] = ("pdf", "docx", "html")
"""The forms that are divided; workbook, JSON and CSV hold all units."""


def refuse_too_many_units(
    sizes: Mapping[str | None, int], lang: Lang, most: int = MOST_UNITS_IN_DOCUMENT
) -> None:
    """Refuse documents where a category alone has too many units; `sizes` are by category.

    Raises:
        UsageError: one has; says what holds them.
    """
    _ = translator(lang)
    for category, size in sizes.items():
        if size > most:
            text = _("a document holds {most} units at most, and category {name} has {count}")
            name = category or _("no category")
            message = text.format(most=most, name=name, count=size)
            hint = _("divide the category in office.yaml, or make the workbook (--format xlsx)")
            raise UsageError(message, hint)


def refuse_too_many_unit_pages(count: int, lang: Lang, most: int = MOST_UNITS_IN_DOCUMENT) -> None:
    """Refuse pages of more units than are made at a time: all are held before any is written.

    Raises:
        UsageError: there are too many.
    """
    if count > most:
        _ = translator(lang)
        text = _("pages are made of {most} units at a time, and there are {count}")
        hint = _("make those of each category (--category)")
        raise UsageError(text.format(most=most, count=count), hint)


def make_files_by_category(
    source: RollUpSource,
    forms: Iterable[RollUpForm],
    message_lang: Lang,
    *,
    marking: str | None = None,
    details: CircularDetails,
    most: int = MOST_UNITS_IN_DOCUMENT,
) -> dict[str, bytes]:
    """Return the files of a roll-up by name; above `most` units documents are by category.

    Raises:
        EnvironmentLacksError, RenderError: a circular can't be set as PDF.
    """
    files: dict[str, bytes] = {}
    for records, part_forms in _divide_records(source, list(dict.fromkeys(forms)), most):
        document = make_rollup_document(records, source.lang, marking)
        made = make_rollup_files(document, part_forms, message_lang, details)
        files |= {_find_free_name(name, files): data for name, data in made.items()}
    return files


def _divide_records(
    source: RollUpSource, forms: list[RollUpForm], most: int
) -> Iterator[tuple[RollUpRecords, list[RollUpForm]]]:
    """Yield the records with the forms that are made of them."""
    records = source.records
    divided = [form for form in forms if form in DIVIDED_FORMS and len(records.units) > most]
    whole = [form for form in forms if form not in divided]
    if whole:
        yield records, whole
    for category in records.list_categories() if divided else ():
        units = tuple(entry for entry in records.units if entry.unit.category == category)
        part = records._replace(units=units, category=source.category_name(category))
        yield part, divided


def _find_free_name(name: str, files: Mapping[str, bytes]) -> str:
    """Return a name that no file has: names of two categories may differ in signs alone."""
    known = {other.casefold() for other in files}
    path, number = PurePath(name), 1
    while name.casefold() in known:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name
