"""Late answers: answers of a closed round whose folder differs from the round's tag.

They arise where somebody answered on another machine before the closing arrived there. Late answers
are in the folder, committed or not. The report of the round is made from the tag, so they do not
count in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.closings import LateAnswer, diff_reported_and_present_answers
from assess.engine.punctuation import enumeration_comma_sign, format_bracketed_remark
from assess.engine.rounds import find_newest_open_round
from assess.errors import FilesError
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.config import Config, Person
from assess.store.files import read_utf8_file
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.plumbing import Blob, Repository
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.core.sources import find_tag_name_of_round

_SHOWN = 6
"""Maximum number of answers that a message names."""
_TYPED = 4
"""Maximum number of items that a command names; more are meant by naming none."""


class LateSheet(NamedTuple):
    """The late answers of a sheet of a closed round."""

    round_id: str
    tag: str
    sheet: str
    answers: tuple[LateAnswer, ...]


def find_late_sheets(root: Path, config: Config, lang: Lang) -> list[LateSheet]:
    """Return the sheets of closed rounds that have late answers, in the order of the rounds.

    Rounds without their tag and unreadable files are left out: lint reports them.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    closed = {
        key: find_tag_name_of_round(key, round_)
        for key, round_ in config.rounds.items()
        if round_.state == "closed"
    }
    repository = Repository.find_repository(root) if closed else None
    if repository is None:
        return []
    return [
        late
        for key, tag in closed.items()
        for late in _late_sheets_of_round(repository, key, tag, lang)
    ]


def _late_sheets_of_round(
    repository: Repository, round_id: str, tag: str, lang: Lang
) -> Iterator[LateSheet]:
    commit = resolve_checked_tag(repository, tag)
    if commit is None:
        return
    folder = locations.round_folder_path(round_id)
    blobs = list_checked_files(repository, commit, [folder])
    in_folder = {f"{folder}/{path.name}" for path in (repository.root / folder).glob("*.yaml")}
    for path in sorted(in_folder | select_sheet_paths_of_tag(blobs)):
        if late := find_late_answers(repository, path, blobs.get(path), lang):
            yield LateSheet(round_id, tag, PurePosixPath(path).stem, late)


def select_sheet_paths_of_tag(blobs: Iterable[str]) -> set[str]:
    """Return those paths of a tag that are sheets."""
    return {path for path in blobs if PurePosixPath(path).match(locations.SHEETS)}


def find_late_answers(
    repository: Repository, path: str, blob_at_tag: Blob | None, lang: Lang
) -> tuple[LateAnswer, ...]:
    """Return the late answers of a sheet in the folder; `blob_at_tag` is the sheet at the tag.

    Where the sheet is missing in the folder, each of its answers counts as removed.
    """
    if not repository.select_changed_paths(
        [path], {path: blob_at_tag} if blob_at_tag is not None else {}
    ):
        return ()
    sheet = _read_tag_sheet_if_readable(repository, path, blob_at_tag, lang)
    reported = sheet.answers if sheet is not None else {}
    if not os.path.lexists(repository.root / path):
        return diff_reported_and_present_answers(reported, {})
    present = _read_folder_sheet_if_readable(repository.root, path, lang)
    return (
        diff_reported_and_present_answers(reported, present.answers) if present is not None else ()
    )


def _read_folder_sheet_if_readable(root: Path, path: str, lang: Lang) -> Sheet | None:
    try:
        text = read_utf8_file(root / path, lang, path, follow_links=False)
    except FilesError:
        return None
    sheet: Sheet | None = decode_yaml(text, "sheet", path, lang).value
    return sheet


def _read_tag_sheet_if_readable(
    repository: Repository, path: str, blob_at_tag: Blob | None, lang: Lang
) -> Sheet | None:
    if blob_at_tag is None:
        return None
    text = repository.read_blob(blob_at_tag.oid).decode("utf-8", "replace").replace("\r\n", "\n")
    sheet: Sheet | None = decode_yaml(text, "sheet", path, lang).value
    return sheet


def late_answers_text(
    answers: Iterable[LateAnswer], people_by_id: Mapping[str, Person], lang: Lang
) -> str:
    """Return late answers as a text: the item of each, its author and date."""
    listed = list(answers)
    names = [_late_answer_text(answer, people_by_id, lang) for answer in listed[:_SHOWN]]
    rest = translator(lang)(" and {count} more").format(count=len(listed) - _SHOWN)
    return enumeration_comma_sign(lang).join(names) + (rest if len(listed) > _SHOWN else "")


def _late_answer_text(answer: LateAnswer, people_by_id: Mapping[str, Person], lang: Lang) -> str:
    if answer.kind == "removed":
        return answer.item + format_bracketed_remark(translator(lang)("taken out"), lang)
    person = people_by_id.get(answer.by or "")
    who = mark_line_breaks_and_escape(person.name) if person is not None else answer.by
    day = find_day_in_china(answer.at).isoformat() if answer.at is not None else None
    return answer.item + format_bracketed_remark(" ".join(filter(None, (who, day))), lang)


class LateAnswerCommands(NamedTuple):
    """The commands that make late answers of a round count: in another round, or in this one."""

    carry: str
    reopen: str


def make_late_answer_commands(
    round_id: str, late: Iterable[LateSheet], config: Config
) -> LateAnswerCommands:
    """Return both commands for the late answers of a closed round."""
    items = [answer.item for sheet in late for answer in sheet.answers]
    named = " ".join(items) if len(set(items)) == len(items) <= _TYPED else ""
    target = find_newest_open_round(config.rounds)
    words = ["assess round carry", round_id, named, "--to", target or "ID"]
    begin = "" if target else "assess round new ID && "
    return LateAnswerCommands(
        begin + " ".join(filter(None, words)), f"assess round reopen {round_id} --reason WHY"
    )


def late_commands_text(round_id: str, commands: LateAnswerCommands, lang: Lang) -> str:
    """Return both commands as a text that says what each means for the report and the answers."""
    _ = translator(lang)
    text = _(
        "{carry} (they count there and leave {round}, whose report stays as it is); or: {reopen}"
        " (they count in {round}, whose report has to be made and signed again)"
    )
    return text.format(round=round_id, **commands._asdict())
