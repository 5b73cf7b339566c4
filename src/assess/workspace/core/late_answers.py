"""Answers that came after a round was closed: what the folder has otherwise than the round's tag.

So it is where somebody answered on another machine and did not know yet of the closing. The answers
are in the folder, in commits or not; the report of the round reads the tag, so they count nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from assess.engine.closings import LateAnswer, late_answers
from assess.engine.punctuation import bracketed, comma
from assess.errors import FilesError
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.config import Config, Person
from assess.store.files import read_text
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.yaml.reading.decode import decode
from assess.workspace.core.sources import tag_of

_SHOWN = 6
"""Answers that one message names."""
_TYPED = 4
"""Items that a command names; where there are more, it means all of them."""


class LateSheet(NamedTuple):
    """The late answers of one sheet of a closed round."""

    round_id: str
    tag: str
    sheet: str
    answers: tuple[LateAnswer, ...]


def late_sheets(root: Path, config: Config, lang: Lang) -> list[LateSheet]:
    """Return the sheets of closed rounds in which answers came late, in the order of rounds.

    Rounds whose tag is not here and files that can't be read are left out: lint names them.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    closed = {key: tag_of(key, one) for key, one in config.rounds.items() if one.state == "closed"}
    repository = Repository.find(root) if closed else None
    if repository is None:
        return []
    return [late for key, tag in closed.items() for late in _of_round(repository, key, tag, lang)]


def _of_round(repository: Repository, round_id: str, tag: str, lang: Lang) -> Iterator[LateSheet]:
    commit = repository.resolve(f"refs/tags/{tag}")
    if commit is None:
        return
    folder = f"answers/{round_id}"
    blobs = repository.tree(commit, [folder])
    in_folder = {f"{folder}/{path.name}" for path in (repository.root / folder).glob("*.yaml")}
    for path in sorted(in_folder | sheets_at_tag(blobs)):
        if late := late_in_sheet(repository, path, blobs.get(path), lang):
            yield LateSheet(round_id, tag, PurePosixPath(path).stem, late)


def sheets_at_tag(blobs: Iterable[str]) -> set[str]:
    """Return the paths of sheets among the paths of a tag."""
    return {path for path in blobs if PurePosixPath(path).match("answers/*/*.yaml")}


def late_in_sheet(
    repository: Repository, path: str, blob: Blob | None, lang: Lang
) -> tuple[LateAnswer, ...]:
    """Return the late answers of a sheet in the folder; `blob` is the sheet at the tag.

    Each answer of a sheet that is gone from the folder is taken out.
    """
    if not repository.changed([path], {path: blob} if blob is not None else {}):
        return ()
    sheet = _sheet_at_tag(repository, path, blob, lang)
    reported = sheet.answers if sheet is not None else {}
    if not os.path.lexists(repository.root / path):
        return late_answers(reported, {})
    present = _sheet_in_folder(repository.root, path, lang)
    return late_answers(reported, present.answers) if present is not None else ()


def _sheet_in_folder(root: Path, path: str, lang: Lang) -> Sheet | None:
    try:
        text = read_text(root / path, lang, path, links=False)
    except FilesError:
        return None
    sheet: Sheet | None = decode(text, "sheet", path, lang).value
    return sheet


def _sheet_at_tag(repository: Repository, path: str, blob: Blob | None, lang: Lang) -> Sheet | None:
    if blob is None:
        return None
    text = repository.read(blob.oid).decode("utf-8", "replace").replace("\r\n", "\n")
    sheet: Sheet | None = decode(text, "sheet", path, lang).value
    return sheet


def late_names(answers: Iterable[LateAnswer], people: Mapping[str, Person], lang: Lang) -> str:
    """Return late answers in a row, each by its item, with who gave it and when."""
    listed = list(answers)
    names = [_late_name(one, people, lang) for one in listed[:_SHOWN]]
    rest = translator(lang)(" and {count} more").format(count=len(listed) - _SHOWN)
    return comma(lang).join(names) + (rest if len(listed) > _SHOWN else "")


def _late_name(one: LateAnswer, people: Mapping[str, Person], lang: Lang) -> str:
    if one.kind == "removed":
        return one.item + bracketed(translator(lang)("taken out"), lang)
    person = people.get(one.by or "")
    who = one_line(person.name) if person is not None else one.by
    day = one.at.date().isoformat() if one.at is not None else None
    return one.item + bracketed(" ".join(filter(None, (who, day))), lang)


class Ways(NamedTuple):
    """The commands by which late answers of a round come to count somewhere."""

    carry: str
    reopen: str


def ways_out(round_id: str, late: Iterable[LateSheet], config: Config) -> Ways:
    """Return the two commands for the late answers of a closed round."""
    items = [one.item for sheet in late for one in sheet.answers]
    named = " ".join(items) if len(set(items)) == len(items) <= _TYPED else ""
    opened = sorted(key for key, one in config.rounds.items() if one.state == "open")
    target = opened[-1] if opened else "ID"
    words = ["assess round carry", round_id, named, "--to", target]
    begin = "" if opened else "assess round new ID && "
    return Ways(
        begin + " ".join(filter(None, words)), f"assess round reopen {round_id} --reason WHY"
    )


def ways_text(round_id: str, ways: Ways, lang: Lang) -> str:
    """Return both commands, each with what it means for the round's report and the answers."""
    _ = translator(lang)
    text = _(
        "{carry} (they count there and leave {round}, whose report stays as it is); or: {reopen}"
        " (they count in {round}, whose report has to be made and signed again)"
    )
    return text.format(round=round_id, **ways._asdict())
