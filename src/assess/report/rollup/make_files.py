"""The files of a roll-up in the forms that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, Literal

from assess.display.rollup.table_building import RollUpSource
from assess.i18n import Lang
from assess.locations import UNIT_PAGES
from assess.model.rollup import RollUpDocument
from assess.report.letters.office_document import (
    LetterForm,
    document_to_docx,
    write_many_documents,
)
from assess.report.rollup.circular.circular import CircularDetails, make_circular
from assess.report.rollup.circular_pdf import make_circular_pdf
from assess.report.rollup.page import make_rollup_page
from assess.report.rollup.text_forms import rollup_to_csv, rollup_to_json
from assess.report.rollup.unit_page.page import make_unit_pages
from assess.report.rollup.workbook import rollup_to_xlsx
from assess.workspace.core.program import describe_running_program

RollUpForm = Literal["xlsx", "pdf", "docx", "html", "json", "csv"]
"""A workbook, the circular in two forms, a page, data, a file for each table."""

_LONGEST_CATEGORY: Final = 60
"""Characters of a category in the name of a file."""


def make_rollup_files(
    document: RollUpDocument,
    forms: Iterable[RollUpForm],
    message_lang: Lang,
    details: CircularDetails,
) -> dict[str, bytes]:
    """Return the files by name; the same document gives the same bytes.

    Raises:
        EnvironmentLacksError, RenderError: the circular can't be set as PDF.
    """
    start = name_rollup_file(document)
    files: dict[str, bytes] = {}
    for form in dict.fromkeys(forms):
        if form == "xlsx":
            files[f"{start}.xlsx"] = rollup_to_xlsx(document)
        elif form == "pdf":
            program = describe_running_program()
            files[f"{start}.pdf"] = make_circular_pdf(document, details, program, message_lang)
        elif form == "docx":
            files[f"{start}.docx"] = document_to_docx(make_circular(document, details))
        elif form == "html":
            files[f"{start}.html"] = make_rollup_page(document).encode()
        elif form == "json":
            files[f"{start}.json"] = rollup_to_json(document)
        else:
            tables = rollup_to_csv(document)
            files |= {f"{start}-{key}.csv": data for key, data in tables.items()}
    return files


def make_unit_files(
    source: RollUpSource, forms: Collection[LetterForm], message_lang: Lang, marking: str | None
) -> Iterator[dict[str, bytes]]:
    """Yield for each unit the files of its page by name, below a folder of their own.

    Raises:
        as `make_rollup_files`.
    """
    campaign = source.records.campaign_id
    pages = write_many_documents(make_unit_pages(source, marking), forms, message_lang)
    for entry, files in zip(source.records.units, pages, strict=True):
        name = f"{UNIT_PAGES}/{entry.id}-{campaign}"
        yield {f"{name}.{suffix}": data for suffix, data in files.items()}


def name_rollup_file(document: RollUpDocument) -> str:
    """Return the start of the names: the campaign, and the category in letters and digits."""
    name = f"rollup-{document.campaign}{'-anonymous' if document.anonymous else ''}"
    if document.category is None:
        return name
    plain = "".join(char if char.isalnum() else "-" for char in document.category)
    return f"{name}-{plain[:_LONGEST_CATEGORY]}"
