"""Reading the workspace of a department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Self, TypeVar

from assess import locations
from assess.engine.rounds import find_newest_open_round, find_newest_round
from assess.errors import FilesError, NoWorkspaceError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.provenance import Provenance
from assess.problem import Problem
from assess.store import layout
from assess.store.open_file import OpenFile
from assess.workspace.core.conflicts import FileConflict, find_conflicts
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import (
    list_uncommitted_report_inputs,
    make_closed_provenance,
    make_provenance,
)
from assess.workspace.core.sheet_file import OpenSheet
from assess.workspace.core.sources import ClosedRoundFiles, RoundFiles, find_round_files
from assess.workspace.core.workspace_repository import WorkspaceRepository

T = TypeVar("T")


class WorkspaceReader:
    """A department's workspace by its root folder: everything that only reads."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root = root
        self.lang = lang
        """The language of messages; `config.language` is that of the workspace's own documents."""
        self.acting = ""
        """Who writes, by id in assess.yaml; the lock names this person to waiting processes."""
        self.git = WorkspaceRepository(root, lang)
        self._disk = RoundFiles(root, lang)

    @classmethod
    def find_workspace(cls, start: Path, lang: Lang) -> Self:
        """Return the workspace that contains `start`.

        Raises:
            NoWorkspaceError: neither `start` nor a folder above it is a workspace.
            UsageError: a folder of the workspace is a link that leads out of it.
        """
        root = layout.find_workspace_root(start)
        if root is None:
            _ = translator(lang)
            message = _("no workspace here: {path} has no assess.yaml, nor has a folder above it")
            raise NoWorkspaceError(message.format(path=start), "assess init DIR, cd DIR")
        if links := layout.list_folder_links_leading_out(root):
            raise _make_link_leading_out_error(root, links, lang)
        return cls(root, lang)

    def read_config(self) -> Config:
        """Return assess.yaml."""
        return self._open_config().value

    def read_register_or_empty(self) -> Register:
        """Return the evidence register; an empty one where there is no file yet."""
        return self._open_register().value

    def read_checklist(self, checklist_id: str) -> Checklist:
        """Return a pinned checklist."""
        return self._disk.read_checklist(checklist_id).value

    def find_newest_open_round(self) -> str:
        """Return the last open round in the order of `list_rounds_oldest_first`.

        Raises:
            UsageError: no round is open.
        """
        rounds = self.read_config().rounds
        newest = find_newest_open_round(rounds)
        if newest is not None:
            return newest
        _ = translator(self.lang)
        hint = "assess round new ID"
        closed = find_newest_round(rounds)
        if closed is not None:
            text = _(
                "read a closed one: --round {round}; change it: {again}; begin the next: {new}"
            )
            again = f"assess round reopen {closed} --reason …"
            hint = text.format(round=closed, again=again, new=hint)
        raise UsageError(_("no round is open"), hint)

    def list_sheets(self, round_id: str) -> list[SheetName]:
        """Return the sheets of a round, in the order of assess.yaml.

        Raises:
            UnknownIdError: there is no such round.
        """
        rounds = self.read_config().rounds
        if round_id not in rounds:
            _ = translator(self.lang)
            message = _("no round {round}").format(round=round_id)
            raise UnknownIdError(message, round_id, rounds)
        return [SheetName.parse_name(name) for name in rounds[round_id].sheets]

    def open_sheet(self, name: SheetName, round_id: str) -> OpenSheet:
        """Return a sheet with everything it needs; an empty one where nothing is answered yet.

        All files of a closed round are read at its tag, and its sheets refuse to be written.

        Raises:
            FilesError: files can't be read; holds the problems of all of them.
            UsageError: the round is closed, and the repository does not have its tag.
        """
        problems: list[Problem] = []
        config = self._read_or_add_problems(problems, self._open_config)
        source = self._find_round_files(config.value, round_id) if config else self._disk
        if isinstance(source, ClosedRoundFiles) or source.root != self.root:
            config = self._read_or_add_problems(problems, source.read_config)
        checklist = self._read_or_add_problems(
            problems, lambda: source.read_checklist(name.checklist)
        )
        register = self._read_or_add_problems(problems, source.read_register_or_empty)
        findings = self._read_or_add_problems(problems, source.read_findings_or_empty)
        sheet = self._read_or_add_problems(
            problems, lambda: source.read_sheet_or_empty(name, round_id, config, checklist)
        )
        if problems or not (config and checklist and register and findings and sheet):
            _ = translator(self.lang)
            raise FilesError(_("files of the workspace can't be used"), problems)
        return OpenSheet(
            name=name,
            round_id=round_id,
            config=config.value,
            checklist=checklist.value,
            register=register.value,
            file=sheet,
            lang=self.lang,
            findings=findings.value.findings,
        )

    def find_round_files(self, round_id: str) -> RoundFiles:
        """Return the files of a round: those of the folder, or of the tag of a closed round.

        Raises:
            UsageError: the round is closed, and the repository does not have its tag.
        """
        return self._find_round_files(self.read_config(), round_id)

    def list_uncommitted_report_inputs(self) -> list[str]:
        """Return the inputs of reports that differ from the last commit, as sorted paths."""
        return list_uncommitted_report_inputs(self.root, self.lang)

    def lint_workspace_files(self, paths: Sequence[Path] = (), *, today: date) -> list[Problem]:
        """Return all problems of the workspace's files (or of `paths`), with positions."""
        from assess.workspace.core import checking  # noqa: PLC0415  # 9 ms at every start

        return checking.lint_workspace(self.root, paths, today=today, lang=self.lang)

    def list_conflicts(self) -> list[FileConflict]:
        """Return the conflicts that merges left in the workspace's files.

        Raises:
            FilesError: a file is not text.
        """
        return find_conflicts(self.root, self.lang)

    def make_provenance(
        self, round_id: str, names: Sequence[SheetName], settings: Sequence[str]
    ) -> Provenance:
        """Return the inputs of a report of these sheets, their digest and the commit.

        The inputs for a closed round are the files at its tag.
        """
        source = self.find_round_files(round_id)
        if isinstance(source, ClosedRoundFiles):
            return make_closed_provenance(source, names, settings)
        return make_provenance(self.root, round_id, names, settings, self.lang)

    def _find_round_files(self, config: Config, round_id: str) -> RoundFiles:
        row = config.rounds.get(round_id)
        is_open = row is None or row.state == "open"
        return self._disk if is_open else find_round_files(self.root, config, round_id, self.lang)

    def _open_config(self) -> OpenFile[Config]:
        return self._disk.read_config()

    def _open_register(self) -> OpenFile[Register]:
        return self._disk.read_register_or_empty()

    def _read_or_add_problems(self, problems: list[Problem], read: Callable[[], T]) -> T | None:
        try:
            return read()
        except FilesError as error:
            problems += error.problems
            return None


def _make_link_leading_out_error(root: Path, links: Sequence[str], lang: Lang) -> UsageError:
    """Return the error of folders that are links; for one of `.assess` in git, how to remove it."""
    private = any(PurePosixPath(link).parts[0] == locations.PRIVATE for link in links)
    if private and (text := WorkspaceRepository(root, lang).describe_committed_private_files()):
        return UsageError(text)
    _ = translator(lang)
    message = _("{path} is a link that leads out of the workspace").format(path=links[0])
    return UsageError(message, _("put a folder in its place; move there what it should hold"))
