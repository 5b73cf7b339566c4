"""Who set each field of an answer: the newest commit that gave the field its present value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from assess.engine.history.changes import FieldChange, compare_answers
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.formats import Format, newest_format_number
from assess.store.git.history.sheet_versions import find_probable_answer_rows
from assess.store.git.run.commits import Commit, ObjectReader
from assess.store.yaml.reading.decode import decode_yaml

_HEAD = """\
format: {format}
checklist: {{id: any, version: any}}
scope: {{organization: any}}
round: any
answers:
"""


class BlamedField(NamedTuple):
    """A field of an answer with its present value and the commit that set it.

    `commit` is None where the value is not committed yet. `by` is the person whom the answer named
    at that commit. `boundary` says that an earlier commit may have set the value: this clone
    lacks the history before `commit`.
    """

    field: str
    value: Any
    commit: Commit | None
    by: str | None = None
    boundary: bool = False


def blame_fields(
    answer: Answer, at_head: Answer | None, commits: Iterable[Commit], reader: AnswerReader
) -> list[BlamedField]:
    """Return the fields of `answer` with the commits that set them.

    `at_head` is the answer in the last commit. `commits` are the commits that touched its sheet,
    newest first. The function reads only as many commits as it needs, and only the rows of this
    answer in each of them.
    """
    waiting = {field_change.name: field_change for field_change in compare_answers(None, answer)}
    order = list(waiting)
    blamed: dict[str, BlamedField] = {}
    _assign_changes_to_commit(blamed, waiting, compare_answers(at_head, answer), None, answer.by)
    for commit in commits if waiting else ():
        for change in commit.changes:
            before, after = reader.read_answer(change.before), reader.read_answer(change.after)
            by = after.by if after is not None else None
            if before is not after:
                _assign_changes_to_commit(
                    blamed, waiting, compare_answers(before, after), commit, by
                )
        if commit.boundary:
            _assign_changes_to_commit(blamed, waiting, tuple(waiting.values()), commit, None)
        if not waiting:
            break
    return [blamed[name] for name in order if name in blamed]


def _assign_changes_to_commit(
    blamed: dict[str, BlamedField],
    waiting: dict[str, FieldChange],
    changed: tuple[FieldChange, ...],
    commit: Commit | None,
    by: str | None,
) -> None:
    for change in changed:
        field = waiting.pop(change.name, None)
        if field is not None:
            boundary = commit is not None and commit.boundary
            # The reviewer sets the review, not the person who answered.
            who = getattr(field.after, "by", None) if change.name == "review" else by
            blamed[change.name] = BlamedField(change.name, field.after, commit, who, boundary)


class AnswerReader:
    """Reads one answer from the versions of a sheet."""

    def __init__(self, item: str, objects: ObjectReader, lang: Lang) -> None:
        self._item = item
        self._objects = objects
        self._lang = lang
        self._rows: bytes | None = None
        self._answer: Answer | None = None

    def read_answer(self, oid: str | None) -> Answer | None:
        """Return the answer in a version; equal rows return the identical object."""
        data = self._objects.find_blob_within_limit(oid) if oid else None
        if data is None:
            return None
        rows = find_probable_answer_rows(data, self._item)
        if rows is None:
            return self._search_answer(data)
        if rows != self._rows:
            head = _HEAD.format(format=Format("sheet", newest_format_number("sheet")))
            text = head + rows.decode("utf-8", "replace").lstrip("\n") + "\n"
            self._rows, self._answer = rows, self._decode_answer(text)
        return self._answer

    def _search_answer(self, data: bytes) -> Answer | None:
        """Return the answer from a sheet whose layout is not that of the program's writer."""
        if self._item.encode() not in data:
            return None
        return self._decode_answer(data.decode("utf-8", "replace"))

    def _decode_answer(self, text: str) -> Answer | None:
        sheet = decode_yaml(text, "sheet", "", self._lang).value
        return sheet.answers.get(self._item) if sheet is not None else None
