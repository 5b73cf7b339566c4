"""Rounds of a workspace: list them, start one, close one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine import rounds as rules
from assess.engine.closings import closing_number, closing_words, next_tag
from assess.engine.rounds import Carried, Closing, Suggestion
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.model.config import Config, Round
from assess.problem import errors
from assess.store import layout, open_file
from assess.store.git.commit.commit_files import commit as commit_files
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.own_repository import make_tag
from assess.store.git.state.refusals import explained
from assess.store.git.state.repository_state import open_repository, refuse_detached
from assess.store.git.sync.exchange import tags_here
from assess.store.git.trust.boundary import refuse_outside
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core import conflicts
from assess.workspace.core.names import SheetName, check_id
from assess.workspace.core.sources import tag_of
from assess.workspace.core.unfinished_merge import refuse_unfinished
from assess.workspace.core.untagged import closing_commit
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import changed_files, refuse_conflicts, refused
from assess.workspace.sharing.undo_writes import Written, taking_back, written_config


class NewRound(NamedTuple):
    """A round that was started: what it took over, by sheet."""

    round_id: str
    from_id: str | None
    carried: Mapping[str, Carried]
    suggested: Mapping[str, int]
    """Sheet → how many answers of the last round stand beside its items."""
    dropped: tuple[str, ...]
    """Sheets of the last round whose checklist or system is not there any more."""


class ClosedRound(NamedTuple):
    """A round that was closed."""

    round_id: str
    commit: str
    tag: str
    signed: str | None
    closing: Closing
    resumed: bool = False
    """It had been closed before, and only its tag was missing."""


def start(
    here: Workspace,
    round_id: str,
    *,
    today: date,
    from_id: str | None = None,
    title: str | None = None,
    due: date | None = None,
) -> NewRound:
    """Start a round after the last one (or after `from_id`), and write its sheets' remediation.

    Ended half way it can be started again: sheets that stand as they would be written are taken.

    Raises:
        UsageError: the id is none, or taken.
        UnknownIdError: there is no round to start from.
        FilesError: files of the last round can't be read.
    """
    config = here.config()
    _check_id(here, config, round_id)
    last = from_id or max(config.rounds, default=None)
    if last is not None and last not in config.rounds:
        _ = translator(here.lang)
        raise UnknownIdError(_("no round {round}").format(round=last), last, config.rounds)
    names, dropped = _sheets(config, last)
    carried = {name: _carried(here, name, last) for name in names if last is not None}
    suggested = {
        str(name): len(_suggestions(here, name, last, today)) for name in names if last is not None
    }
    begun = [_begun(here, name, round_id, one) for name, one in carried.items() if one.remediation]
    _refuse_files(here, round_id, {sheet.file.path: sheet.text for sheet in begun})
    for sheet in begun:
        if not sheet.file.path.exists():
            sheet.file.save(sheet.edits)
    fields: dict[str, Any] = {"title": title or rules.default_title(round_id), "state": "open"}
    fields |= {"from": last} if last is not None else {}
    fields |= {"due": due.isoformat()} if due is not None else {}
    fields["sheets"] = [str(name) for name in names]
    here.edit_config([Edit(("rounds", round_id), fields)])
    told = {str(name): one for name, one in carried.items()}
    return NewRound(round_id, last, told, suggested, dropped)


def _check_id(here: Workspace, config: Config, round_id: str) -> None:
    _ = translator(here.lang)
    check_id(round_id, here.lang, "assess round new 2027")
    if round_id in config.rounds:
        message = _("round {round} exists already").format(round=round_id)
        raise UsageError(message, "assess round list")


def _refuse_files(here: Workspace, round_id: str, begun: Mapping[Path, str]) -> None:
    """Refuse a folder with files that are not what a killed start of this round had written."""
    folder = here.root / "answers" / round_id
    for path in folder.iterdir() if folder.is_dir() else ():
        left_over = path.name.startswith(".") and path.name.endswith(".tmp")
        if left_over or (path in begun and path.read_bytes() == begun[path].encode()):
            continue
        _ = translator(here.lang)
        message = _("answers/{round} holds files already").format(round=round_id)
        raise UsageError(message, f"mv answers/{round_id} answers/{round_id}-old")


def _sheets(config: Config, last: str | None) -> tuple[list[SheetName], tuple[str, ...]]:
    """Return the sheets of a new round, and those of the last that have no place any more."""
    listed = config.rounds[last].sheets if last is not None else ()
    names = [SheetName.parse(one) for one in listed]
    kept = [
        name
        for name in names
        if name.checklist in config.checklists and name.system in (None, *config.systems)
    ]
    return kept, tuple(str(name) for name in names if name not in kept)


def _carried(here: Workspace, name: SheetName, last: str) -> Carried:
    answers = here.desk(name, last).sheet.answers
    return rules.carried(answers, here.checklist(name.checklist))


class _Begun(NamedTuple):
    """A sheet that begins with the remediation that goes on."""

    file: OpenFile[Sheet]
    edits: Sequence[Edit]

    @property
    def text(self) -> str:
        """What the file holds once it is saved."""
        return self.file.edited(self.edits).text


def _begun(here: Workspace, name: SheetName, round_id: str, one: Carried) -> _Begun:
    source = here.source(round_id)
    file = source.new_sheet(name, round_id, source.config(), source.checklist(name.checklist))
    plans = [Edit(("answers", plan.item, "remediation"), plan.plan) for plan in one.remediation]
    return _Begun(file, plans)


def suggestions(here: Workspace, name: SheetName, round_id: str, today: date) -> list[Suggestion]:
    """Return what the round before says of the items of a sheet, the urgent ones first.

    Empty where the round follows none, or the last one had no such sheet.
    """
    last = here.config().rounds[round_id].from_
    if last is None or name not in here.sheets(last):
        return []
    return _suggestions(here, name, last, today)


def _suggestions(here: Workspace, name: SheetName, last: str, today: date) -> list[Suggestion]:
    told = here.desk(name, last).assess(today)
    return list(rules.suggestions(told, here.checklist(name.checklist)))


def closing(here: Workspace, round_id: str, today: date) -> Closing:
    """Return what stands in the way of closing a round, and what goes on after it.

    Raises:
        UnknownIdError: there is no such round.
        FilesError: files can't be read.
    """
    names = here.sheets(round_id)
    parts = (layout.CONFIG, layout.REGISTER, "checklists", f"answers/{round_id}")
    paths = [here.root / part for part in parts if (here.root / part).exists()]
    return rules.closing(
        {str(name): here.desk(name, round_id).assess(today) for name in names},
        [one.conflict for one in conflicts.conflicts(here.root, here.lang)],
        here.lint(paths, today=today),
        changed_files(here),
    )


def close(
    here: Workspace,
    round_id: str,
    *,
    today: date,
    now: datetime,
    by: str | None = None,
    signed: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> ClosedRound:
    """Close a round: take in the signed scan, write it closed, commit, and tag the commit.

    Where git refuses the commit, that is taken out of assess.yaml and the register again. A round
    that was closed and committed, but never tagged, gets its tag.

    Raises:
        UsageError: it is closed and tagged; something is uncommitted or in progress.
        FilesError: lint finds errors; holds them.
        ChangedOnDiskError: git refused, and another program changed the same entries meanwhile.
        NotTakenBackError: git refused, and what was written can't be put back.
        WriteError: git would write outside of the workspace's folder.
        GitError: git or a hook refused.
    """
    here.sheets(round_id)  # refuses a round that is not there
    one = here.config().rounds[round_id]
    if one.state == "closed":
        tag = tag_of(round_id, one)
        signed_late = signed is not None and one.signed is None
        commit = closing_commit(here.root, round_id, tag, here.lang, signed_late=signed_late)
        _tag(here, tag, commit, round_id, environ)
        found = closing(here, round_id, today)
        return ClosedRound(round_id, commit, tag, one.signed, found, resumed=True)
    tag = _next_tag(here, round_id, one)
    found = closing(here, round_id, today)
    _refuse(here, found, round_id, today)
    had_register, known = (here.root / layout.REGISTER).exists(), here.register().evidence
    row_id = _signed(here, signed, round_id, by, now)
    edits = [Edit(("rounds", round_id, "state"), "closed"), Edit(("rounds", round_id, "tag"), tag)]
    # The signed report of an earlier closing is not that of this one; its row stays registered.
    edits += [Edit(("rounds", round_id, "signed"), REMOVE if row_id is None else row_id)]
    written = [written_config(here.edit_config(edits))]
    if row_id is not None and row_id not in known:
        written.append(_written_register(here, row_id, had_register=had_register))
    with taking_back(here, written):
        commit = _commit(here, round_id, tag, environ)
    _tag(here, tag, commit, round_id, environ)
    return ClosedRound(round_id, commit, tag, row_id, found)


def _next_tag(here: Workspace, round_id: str, one: Round) -> str:
    """Return the tag that closing an open round sets; earlier closings keep theirs."""
    open_repository(here.root, here.lang)
    refuse_outside(here.root, here.lang)
    refuse_unfinished(here.root, here.lang)
    refuse_detached(here.root, here.lang)
    known = [one.tag] if one.tag is not None else []
    return next_tag(round_id, [*known, *tags_here(here.root)])


def _refuse(here: Workspace, found: Closing, round_id: str, today: date) -> None:
    """Refuse for the first of the demands that is not met."""
    _ = translator(here.lang)
    if "conflict" in found.demands:
        refuse_conflicts(here.root, here.lang)
    if "lint" in found.demands:
        message = _("round {round} can't be closed: assess lint finds {count} errors")
        problems = errors(here.lint(today=today))
        raise FilesError(message.format(round=round_id, count=found.errors), problems)
    if "uncommitted" in found.demands:
        message = _("files not committed: {count}").format(count=found.uncommitted)
        raise UsageError(message, f"assess commit && assess round close {round_id}")


def _signed(
    here: Workspace, signed: Path | None, round_id: str, by: str | None, now: datetime
) -> str | None:
    if signed is None:
        return None
    _ = translator(here.config().language)
    title = _("signed and stamped report of round {round}").format(round=round_id)
    row_id, _row = here.attach_file(signed, title=title, round_id=round_id, by=by, now=now)
    return row_id


def _written_register(here: Workspace, row_id: str, *, had_register: bool) -> Written:
    """Return the register with and without the row of the signed report."""
    path = here.root / layout.REGISTER
    after = open_file.read(path, "register", here.root, here.lang)
    before = after.edited([Edit(("evidence", row_id), REMOVE)])
    was_there = had_register or bool(before.value.evidence)
    return Written(layout.REGISTER, before.text, after.text, was_there)


def _commit(here: Workspace, round_id: str, tag: str, environ: Mapping[str, str] | None) -> str:
    lang = here.config().language
    _ = translator(lang)
    parts = [part for part in layout.OWN if (here.root / part).exists()]
    message = _("Close round {round}").format(round=round_id)
    if closing_number(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=closing_words(tag, lang)
        )
    try:
        return commit_files(here.root, parts, message, lang=here.lang, environ=environ)
    except GitError as error:
        raise refused(error, here) from error


def _tag(
    here: Workspace, tag: str, commit: str, round_id: str, environ: Mapping[str, str] | None
) -> None:
    lang = here.config().language
    _ = translator(lang)
    message = _("Round {round}, as it was closed").format(round=round_id)
    if closing_number(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=closing_words(tag, lang)
        )
    try:
        make_tag(here.root, tag, commit, message, environ, here.lang)
    except GitError as error:
        said = explained(error, here.root, here.lang)
        raise GitError(said.message, f"assess round close {round_id}") from error
