"""Who set each field of an answer: the newest commit that made it what it is now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from assess.engine.history.changes import FieldChange, answer_changes
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.formats import Format, newest_number
from assess.store.git.history.sheet_versions import entry_of
from assess.store.git.run.commits import Commit, Objects
from assess.store.yaml.reading.decode import decode

_HEAD = """\
format: {format}
checklist: {{id: any, version: any}}
scope: {{organization: any}}
round: any
answers:
"""


class Blamed(NamedTuple):
    """A field of an answer as it is now, and the commit it comes from; None: not committed yet.

    `by` is whom the answer named then; `boundary`: that commit, or one before it that is not here.
    """

    field: str
    value: Any
    commit: Commit | None
    by: str | None = None
    boundary: bool = False


def blame(
    answer: Answer, at_head: Answer | None, commits: Iterable[Commit], reader: Answers
) -> list[Blamed]:
    """Return the fields of `answer` with the commits they come from.

    `at_head` is the answer in the last commit; `commits` are those that touched its sheet, newest
    first. No more of them is read than needed, and of each only the rows of this answer.
    """
    waiting = {one.name: one for one in answer_changes(None, answer)}
    order = list(waiting)
    found: dict[str, Blamed] = {}
    _take(found, waiting, answer_changes(at_head, answer), None, answer.by)
    for commit in commits if waiting else ():
        for change in commit.changes:
            before, after = reader.read(change.before), reader.read(change.after)
            by = after.by if after is not None else None
            if before is not after:
                _take(found, waiting, answer_changes(before, after), commit, by)
        if commit.boundary:
            _take(found, waiting, tuple(waiting.values()), commit, None)
        if not waiting:
            break
    return [found[name] for name in order if name in found]


def _take(
    found: dict[str, Blamed],
    waiting: dict[str, FieldChange],
    changed: tuple[FieldChange, ...],
    commit: Commit | None,
    by: str | None,
) -> None:
    for one in changed:
        field = waiting.pop(one.name, None)
        if field is not None:
            boundary = commit is not None and commit.boundary
            # A review is set by who reviewed, not by whose answer it is.
            who = getattr(field.after, "by", None) if one.name == "review" else by
            found[one.name] = Blamed(one.name, field.after, commit, who, boundary)


class Answers:
    """Reads one answer out of versions of a sheet."""

    def __init__(self, item: str, objects: Objects, lang: Lang) -> None:
        self._item = item
        self._objects = objects
        self._lang = lang
        self._rows: bytes | None = None
        self._answer: Answer | None = None

    def read(self, oid: str | None) -> Answer | None:
        """Return the answer in a version; the very same value where its rows are the same."""
        data = self._objects.read(oid) if oid else None
        if data is None:
            return None
        rows = entry_of(data, self._item)
        if rows is None:
            return self._searched(data)
        if rows != self._rows:
            head = _HEAD.format(format=Format("sheet", newest_number("sheet")))
            text = head + rows.decode("utf-8", "replace").lstrip("\n") + "\n"
            self._rows, self._answer = rows, self._decoded(text)
        return self._answer

    def _searched(self, data: bytes) -> Answer | None:
        """Return the answer of a sheet that is not laid out as the writer does it."""
        if self._item.encode() not in data:
            return None
        return self._decoded(data.decode("utf-8", "replace"))

    def _decoded(self, text: str) -> Answer | None:
        sheet = decode(text, "sheet", "", self._lang).value
        return sheet.answers.get(self._item) if sheet is not None else None
