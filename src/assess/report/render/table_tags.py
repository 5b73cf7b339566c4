"""The heads of tables in the structure tree: their scope, and which cells are row heads.

A table that runs over several pages is a table on each of them. WeasyPrint names for each cell the
heads of its row and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_GROUPS = ("/THead", "/TBody", "/TFoot")


def set_header_cell_scopes(pdf: Any) -> None:
    """Set the scope of all header cells of a pydyf PDF, and make needless row heads data cells."""
    for pdf_object in pdf.objects:
        if isinstance(pdf_object, dict) and pdf_object.get("S") == "/Table":
            _set_header_scopes_of_table(pdf, pdf_object)


def _set_header_scopes_of_table(pdf: Any, table: Any) -> None:
    cells = list(_list_cells(pdf, table))
    columns = [cell for group, cell in cells if cell["S"] == "/TH" and group == "/THead"]
    rows = [cell for group, cell in cells if cell["S"] == "/TH" and group != "/THead"]
    data = [cell for _group, cell in cells if cell["S"] == "/TD"]
    for header in columns:
        _write_scope(header, "/Column")
    # In a single row, or beside one column of data, row heads would outnumber what they name:
    # a reader would announce more heads than contents. The heads of the columns are enough.
    if columns and len(columns) + len(rows) > len(data):
        _convert_headers_to_data_cells(rows, data)
    else:
        for header in rows:
            _write_scope(header, "/Row")


def _list_cells(pdf: Any, table: Any) -> Iterator[tuple[str, Any]]:
    """Yield each cell of a table, and the group of rows that it stands in."""
    for child in _list_child_elements(pdf, table):
        rows = _list_child_elements(pdf, child) if child["S"] in _GROUPS else (child,)
        for row in rows:
            for cell in _list_child_elements(pdf, row):
                if cell["S"] in ("/TH", "/TD"):
                    yield child["S"], cell


def _list_child_elements(pdf: Any, element: Any) -> Iterator[Any]:
    """Yield the elements in an element, without its marked contents and annotations."""
    for kid in element.get("K", ()):
        if isinstance(kid, str | bytes):
            target = pdf.objects[int(kid.split()[0])]
            if isinstance(target, dict) and "S" in target:
                yield target


def _write_scope(header: Any, scope: str) -> None:
    attributes = header.get("A")
    if isinstance(attributes, dict):
        attributes["Scope"] = scope
    else:
        header["A"] = type(header)({"O": "/Table", "Scope": scope})


def _convert_headers_to_data_cells(headers: list[Any], data: list[Any]) -> None:
    """Make header cells data cells, and take them out of the heads that other cells name."""
    ids = {header.pop("ID").string for header in headers if "ID" in header}
    for header in headers:
        header["S"] = "/TD"
    for cell in data:
        attributes = cell.get("A")
        if isinstance(attributes, dict) and "Headers" in attributes:
            left = [name for name in attributes["Headers"] if name.string not in ids]
            attributes["Headers"] = type(attributes["Headers"])(left)
