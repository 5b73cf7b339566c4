"""The folder of a department, as it is read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Self, TypeVar

from assess.errors import EnvironmentLacksError, FilesError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.provenance import Provenance
from assess.problem import Problem
from assess.store import layout
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup import local_settings as git_setup
from assess.store.git.setup.local_settings import Setup
from assess.store.git.snapshot import open_snapshot
from assess.store.git.state.refusals import explained
from assess.store.git.state.repository_state import open_repository
from assess.store.open_file import OpenFile
from assess.workspace.core import conflicts as merges
from assess.workspace.core import provenance as proof
from assess.workspace.core.conflicts import Standing
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import Desk
from assess.workspace.core.sources import ClosedSource, Source, source_of
from assess.workspace.core.unfinished_merge import refuse_unfinished

T = TypeVar("T")


class Reader:
    """A department's workspace by its root folder: all that can be asked of it."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root = root
        self.lang = lang
        """The language of messages; `config.language` is that of the workspace's own documents."""
        self.acting = ""
        """Who writes, by id in assess.yaml; the lock names them to whoever waits."""
        self._disk = Source(root, lang)

    @classmethod
    def find(cls, start: Path, lang: Lang) -> Self:
        """Return the workspace that `start` is in.

        Raises:
            UsageError: there is none there or above, or its folders are links that lead out of it.
        """
        root = layout.find_root(start)
        if root is None:
            _ = translator(lang)
            message = _("no workspace here: {path} has no assess.yaml, nor has a folder above it")
            raise UsageError(message.format(path=start), "assess init DIR, cd DIR")
        if links := layout.leading_out(root):
            _ = translator(lang)
            message = _("{path} is a link that leads out of the workspace").format(path=links[0])
            raise UsageError(
                message, _("put a folder in its place; move there what it should hold")
            )
        return cls(root, lang)

    def config(self) -> Config:
        """Return assess.yaml."""
        return self._config().value

    def register(self) -> Register:
        """Return the evidence register, an empty one where there is none yet."""
        return self._register().value

    def checklist(self, checklist_id: str) -> Checklist:
        """Return a pinned checklist."""
        return self._disk.checklist(checklist_id).value

    def newest_open_round(self) -> str:
        """Return the id of the open round that comes last in assess.yaml's order of ids.

        Raises:
            UsageError: no round is open.
        """
        rounds = self.config().rounds
        opened = sorted(name for name, one in rounds.items() if one.state == "open")
        if not opened:
            _ = translator(self.lang)
            raise UsageError(_("no round is open"), "assess round new ID")
        return opened[-1]

    def sheets(self, round_id: str) -> list[SheetName]:
        """Return the sheets of a round, in the order of assess.yaml.

        Raises:
            UnknownIdError: there is no such round.
        """
        rounds = self.config().rounds
        if round_id not in rounds:
            _ = translator(self.lang)
            message = _("no round {round}").format(round=round_id)
            raise UnknownIdError(message, round_id, rounds)
        return [SheetName.parse(name) for name in rounds[round_id].sheets]

    def desk(self, name: SheetName, round_id: str) -> Desk:
        """Return a sheet with all it needs; an empty one where nothing is answered yet.

        A closed round is read at its tag, all of it, and its desk refuses to write.

        Raises:
            FilesError: files can't be read; holds the problems of all of them.
            UsageError: the round is closed, and its tag is not here.
        """
        problems: list[Problem] = []
        config = self._try(problems, self._config)
        source = self._source(config.value, round_id) if config else self._disk
        if isinstance(source, ClosedSource):
            config = self._try(problems, source.config)
        checklist = self._try(problems, lambda: source.checklist(name.checklist))
        register = self._try(problems, source.register)
        sheet = self._try(problems, lambda: source.sheet(name, round_id, config, checklist))
        if problems or not (config and checklist and register and sheet):
            _ = translator(self.lang)
            raise FilesError(_("files of the workspace can't be used"), problems)
        return Desk(
            name=name,
            round_id=round_id,
            config=config.value,
            checklist=checklist.value,
            register=register.value,
            file=sheet,
            lang=self.lang,
        )

    def source(self, round_id: str) -> Source:
        """Return where a round's files are read from: the folder, or the tag of a closed round.

        Raises:
            UsageError: the round is closed, and its tag is not here.
        """
        return self._source(self.config(), round_id)

    def uncommitted(self) -> list[str]:
        """Return the inputs of reports that differ from the last commit, by path, sorted."""
        return proof.uncommitted(self.root, self.lang)

    def lint(self, paths: Sequence[Path] = (), *, today: date) -> list[Problem]:
        """Return all problems of the workspace's files (or of the given ones), with positions."""
        from assess.workspace.core import checking  # noqa: PLC0415  # 9 ms at every start

        return checking.lint(self.root, paths, today=today, lang=self.lang)

    def conflicts(self) -> list[Standing]:
        """Return the conflicts that merges left in the workspace's files.

        Raises:
            FilesError: a file is no text.
        """
        return merges.conflicts(self.root, self.lang)

    def provenance(
        self, round_id: str, names: Sequence[SheetName], settings: Sequence[str]
    ) -> Provenance:
        """Return the inputs of a report of these sheets, their digest and the commit.

        Those of a closed round are the files at its tag.
        """
        source = self.source(round_id)
        if isinstance(source, ClosedSource):
            return proof.closed_provenance(source, names, settings)
        return proof.provenance(self.root, round_id, names, settings, self.lang)

    def snapshot(self) -> contextlib.AbstractContextManager[None]:
        """Read what git says of the workspace once, as long as the context is open."""
        return open_snapshot(self.root)

    def git_refusal(self) -> GitError | None:
        """Return why git does not open the repository or read its newest commit; None: it does.

        None also where there is no repository at all.
        """
        try:
            repository = open_repository(self.root, self.lang)
            head = repository.head()
            if head is not None:
                repository.tree(head, layout.INPUTS)
        except UsageError:
            return None
        except GitError as error:
            return explained(error, self.root, self.lang)
        return None

    def git_unfinished(self) -> str:
        """Return what git has begun here and not ended, and how to end it; '' where nothing."""
        try:
            refuse_unfinished(self.root, self.lang)
        except UsageError as error:
            return str(error)
        except (GitError, EnvironmentLacksError):
            return ""
        return ""

    def git_setup(self) -> Setup:
        """Return what git knows of merging this workspace's files.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        return git_setup.state(self.root)

    def _source(self, config: Config, round_id: str) -> Source:
        row = config.rounds.get(round_id)
        is_open = row is None or row.state == "open"
        return self._disk if is_open else source_of(self.root, config, round_id, self.lang)

    def _config(self) -> OpenFile[Config]:
        return self._disk.config()

    def _register(self) -> OpenFile[Register]:
        return self._disk.register()

    def _try(self, problems: list[Problem], read: Callable[[], T]) -> T | None:
        try:
            return read()
        except FilesError as error:
            problems += error.problems
            return None
