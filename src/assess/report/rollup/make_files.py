"""The files of a roll-up in the forms that are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from assess.model.rollup import RollUpDocument
from assess.report.rollup.page import make_rollup_page
from assess.report.rollup.text_forms import rollup_to_csv, rollup_to_json
from assess.report.rollup.workbook import rollup_to_xlsx

RollUpForm = Literal["xlsx", "html", "json", "csv"]
"""A workbook, a page, data, a file for each table."""

_LONGEST_CATEGORY: Final = 60
"""Characters of a category in the name of a file."""


def make_rollup_files(document: RollUpDocument, forms: Iterable[RollUpForm]) -> dict[str, bytes]:
    """Return the files by name; the same document gives the same bytes."""
    start = name_rollup_file(document)
    files: dict[str, bytes] = {}
    for form in dict.fromkeys(forms):
        if form == "xlsx":
            files[f"{start}.xlsx"] = rollup_to_xlsx(document)
        elif form == "html":
            files[f"{start}.html"] = make_rollup_page(document).encode()
        elif form == "json":
            files[f"{start}.json"] = rollup_to_json(document)
        else:
            tables = rollup_to_csv(document)
            files |= {f"{start}-{key}.csv": data for key, data in tables.items()}
    return files


def name_rollup_file(document: RollUpDocument) -> str:
    """Return the start of the names: the campaign, and the category in letters and digits."""
    name = f"rollup-{document.campaign}{'-anonymous' if document.anonymous else ''}"
    if document.category is None:
        return name
    plain = "".join(char if char.isalnum() else "-" for char in document.category)
    return f"{name}-{plain[:_LONGEST_CATEGORY]}"
