"""The rows of a file for `assess answer --from`: CSV, TSV, XLSX, YAML or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.cli.common.context import LANG, _
from assess.cli.common.input_file import read_whole_file
from assess.cli.common.spreadsheet_file import MOST_BYTES, read_spreadsheet_file
from assess.display.table.spreadsheet_text import SpreadsheetLimits, SpreadsheetRow
from assess.engine.kinds.reading import fold_width_case_drop_spaces
from assess.errors import FilesError, UsageError
from assess.problem import Problem
from assess.workspace.answers.answer_tree import parse_answer_rows
from assess.workspace.answers.many_answers import MOST_ROWS, AnswerRow

_LIMITS: Final = SpreadsheetLimits(rows=MOST_ROWS, columns=100, cells=200_000)

_ESCAPES: Final = re.compile(
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
"""Escapes of JSON; the group is one that is written as two halves."""

_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "item": ("item", "itemid", "id", "检查项", "检查项编号", "编号"),
    "answer": ("answer", "result", "status", "value", "答案", "结果", "填写结果"),
    "note": ("note", "reason", "comment", "情况", "情况说明", "说明", "理由"),
}
"""What a column may be called, in any case, without spaces."""


class AnswerFile(NamedTuple):
    """The rows of a file, and the heads of its columns that were not read."""

    rows: list[AnswerRow]
    ignored_columns: tuple[str, ...] = ()


def read_answer_file(path: Path) -> AnswerFile:
    """Return the rows of a file.

    Raises:
        UsageError: the file can't be read or is too large; a column is missing.
        FilesError: the file is no YAML or JSON, or not of the form that is read.
    """
    if path.suffix.lower() not in (".json", ".yaml", ".yml"):
        return _read_spreadsheet_rows(path)
    try:
        text = read_whole_file(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("{word} is not UTF-8 text").format(word=path.name)
        raise UsageError(message, "--from") from None
    if path.suffix.lower() == ".json":
        text = _join_halves_of_characters(text)
    return AnswerFile(parse_answer_rows(text, path.name, LANG))


def _join_halves_of_characters(text: str) -> str:
    r"""Return a JSON text in which characters written as two escapes are themselves.

    JSON writes characters beyond U+FFFF so (`\ud83d\ude00`), and YAML, by which the text is read,
    has no such halves.
    """
    return _ESCAPES.sub(lambda match: json.loads(f'"{match[1]}"') if match[1] else match[0], text)


def _read_spreadsheet_rows(path: Path) -> AnswerFile:
    spreadsheet = read_spreadsheet_file(path, "--from", _LIMITS)
    heads = spreadsheet[0].cells if spreadsheet else ()
    columns = {name: _find_column(heads, words) for name, words in _HEADS.items()}
    item, answer, note = columns["item"], columns["answer"], columns["note"]
    if item is None or answer is None:
        message = _("the first row has to name the columns: {names}")
        raise UsageError(message.format(names="item, answer, note"), "--from")
    _refuse_cells_without_head(path, heads, spreadsheet)
    rows = [
        AnswerRow(
            _cell_text(row.cells, item) or "",
            _cell_text(row.cells, answer),
            _cell_text(row.cells, note),
            line=row.number,
            column=answer + 1,
        )
        for row in spreadsheet[1:]
    ]
    ignored = (head for at, head in enumerate(heads) if at not in columns.values())
    return AnswerFile(rows, tuple(head for head in ignored if head.strip()))


def _refuse_cells_without_head(
    path: Path, heads: Sequence[str], spreadsheet: Sequence[SpreadsheetRow]
) -> None:
    """Refuse rows with cells that stand below no head: a comma in a text has split it.

    Raises:
        FilesError: there are some.
    """
    places = {place for place, head in enumerate(heads) if head.strip()}
    more_cells = _("the row has more cells than the first row")
    hint = _("a text with the sign between cells stands in quotation marks")
    no_head = _("the cell stands below no head")
    problems = []
    for row in spreadsheet:
        strays = [at for at, cell in enumerate(row.cells) if cell.strip() and at not in places]
        if strays:
            is_beyond = strays[0] >= len(heads)
            words, column = (more_cells, len(heads)) if is_beyond else (no_head, strays[0])
            problems.append(
                Problem(path.name, "row", words, hint, line=row.number, column=column + 1)
            )
    if problems:
        raise FilesError(_("rows have faults; nothing was changed"), problems)


def _find_column(heads: tuple[str, ...], accepted_heads: tuple[str, ...]) -> int | None:
    folded = [fold_width_case_drop_spaces(head) for head in heads]
    return next((at for at, head in enumerate(folded) if head in accepted_heads), None)


def _cell_text(cells: tuple[str, ...], column: int | None) -> str | None:
    """Return the text of a cell; None where there is none."""
    text = cells[column].strip() if column is not None and column < len(cells) else ""
    return text or None
