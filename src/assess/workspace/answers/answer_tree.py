"""The rows of a YAML or JSON file with many answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.errors import FilesError
from assess.i18n import Lang, translator
from assess.problem import Problem, TreePath, select_errors
from assess.store.yaml.reading.positions import locate_problems
from assess.store.yaml.reading.tree import UNREADABLE, read_tree
from assess.workspace.answers.many_answers import MOST_ROWS, AnswerRow

_FIELDS = frozenset({"item", "answer", "note"})


def parse_answer_rows(text: str, file: str, lang: Lang) -> list[AnswerRow]:
    """Return the rows of a text: a list of them, `{ITEM: {answer, note}}` or `{ITEM: ANSWER}`.

    Raises:
        FilesError: it is no YAML or JSON, or has another form; the problems have their places.
    """
    _ = translator(lang)
    tree = read_tree(text, file, lang)
    problems = select_errors(tree.problems)
    entries = [] if tree.value is UNREADABLE else list(_list_row_paths_and_fields(tree.value))
    if len(entries) > MOST_ROWS:
        message = _("at most {rows} rows are taken at a time").format(rows=MOST_ROWS)
        raise FilesError(message, [Problem(file, "row", message, line=1, column=1)])
    # One reading gives the places of all rows.
    words = _("a row has `item`, `answer` and `note`, and nothing else")
    places = locate_problems(text, [Problem(file, "row", words, path=path) for path, _e in entries])
    rows = []
    for (_path, entry), place in zip(entries, places, strict=True):
        if _is_answer_row(entry) and isinstance(entry.get("item"), str):
            answer, note = entry.get("answer"), entry.get("note")
            rows.append(AnswerRow(entry["item"], answer, note, place.line, place.column))
        else:
            problems.append(place)
    if problems:
        message = _("the file has faults; nothing was changed")
        raise FilesError(message, locate_problems(text, problems))
    return rows


def _list_row_paths_and_fields(tree: Any) -> Iterator[tuple[TreePath, Any]]:
    """Yield the path of each row, and its fields."""
    if isinstance(tree, dict):
        for item_id, entry in tree.items():
            fields = entry if _is_answer_row(entry) else {"answer": entry}
            yield (item_id,), {"item": item_id} | fields
    elif isinstance(tree, list):
        yield from (((at,), entry) for at, entry in enumerate(tree))
    else:
        yield (), tree


def _is_answer_row(entry: Any) -> bool:
    """Return whether a part of a tree has the fields of a row, and a text as its note."""
    return (
        isinstance(entry, dict)
        and bool(entry)
        and entry.keys() <= _FIELDS
        and isinstance(entry.get("note", ""), str)
    )
