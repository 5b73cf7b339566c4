"""The folder of a department: what is read from it, and what is written to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import EvidenceRow, Register
from assess.model.provenance import Provenance
from assess.problem import Problem
from assess.store import evidence, git_setup, layout, scaffold
from assess.store.commit import NoIdentityError, commit
from assess.store.edit import Edit
from assess.store.files import write_atomic
from assess.store.git_setup import Setup
from assess.store.open_file import OpenFile
from assess.workspace import checking, library, merges, proof, registering
from assess.workspace.desk import Desk
from assess.workspace.merges import Standing
from assess.workspace.names import SheetName
from assess.workspace.sources import ClosedSource, Source, refuse_closed, source_of

T = TypeVar("T")


class Workspace:
    """A department's workspace, by its root folder."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root = root
        self.lang = lang
        """The language of messages; `config.language` is that of the workspace's own documents."""
        self._disk = Source(root, lang)

    @classmethod
    def find(cls, start: Path, lang: Lang) -> Workspace:
        """Return the workspace that `start` is in.

        Raises:
            UsageError: there is none there or above.
        """
        root = layout.find_root(start)
        if root is None:
            _ = translator(lang)
            message = _("no workspace here: {path} has no assess.yaml, nor has a folder above it")
            raise UsageError(message.format(path=start), "assess init DIR, cd DIR")
        return cls(root, lang)

    @classmethod
    def make(
        cls,
        root: Path,
        *,
        organization: str | None,
        organization_id: str | None = None,
        language: Lang,
        checklists: Sequence[str] = (),
        systems: Sequence[str] = (),
        today: date,
        lang: Lang,
        environ: Mapping[str, str] | None = None,
    ) -> Workspace:
        """Make a workspace, with the basic checklist where none is named, and commit it.

        `environ` is added to git's environment: who commits, and when.

        Raises:
            UsageError: the folder holds a workspace already.
            UnknownIdError: the library has no such checklist.
        """
        for name in checklists:
            library.source_path(name, lang)
        scaffold.make_workspace(
            root,
            organization=organization or root.resolve().name,
            organization_id=organization_id,
            language=language,
            year=today.year,
            lang=lang,
        )
        made = cls(root, lang)
        for system in systems:
            made.add_system(system, system, None)
        for name in checklists or ("egov-network",):
            made.add_checklist(name)
        made._first_commit(language, environ)
        return made

    def _first_commit(self, language: Lang, environ: Mapping[str, str] | None) -> None:
        """Commit the new workspace; where git does not know its user yet, that waits."""
        _ = translator(language)
        with contextlib.suppress(NoIdentityError):
            self.commit(_("Make the workspace"), environ)

    # Reading

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
        return proof.uncommitted(self.root)

    def lint(self, paths: Sequence[Path] = (), *, today: date) -> list[Problem]:
        """Return all problems of the workspace's files (or of the given ones), with positions."""
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
        return proof.provenance(self.root, round_id, names, settings)

    # Writing

    def attach_file(
        self,
        source: Path,
        *,
        title: str,
        round_id: str,
        by: str | None,
        now: datetime,
        effective: date | None = None,
        expires: date | None = None,
    ) -> tuple[str, EvidenceRow]:
        """Copy a file into evidence/ROUND/, register it, and return its id and row.

        A file that is registered already (same hash) gives the row that is there.

        Raises:
            UsageError: no such file, or too large; the round is closed.
        """
        refuse_closed(self.config(), round_id, self.lang)
        entry = registering.Entry(title, by, now, effective or now.date(), expires)
        taken = evidence.take_in(self.root, source, round_id, self.lang)
        return registering.add_file(self._register(), taken, entry)

    def attach_paper(
        self,
        place: str,
        *,
        title: str,
        by: str | None,
        now: datetime,
        effective: date | None = None,
        expires: date | None = None,
    ) -> tuple[str, EvidenceRow]:
        """Register a paper record by where it is kept, and return its id and row."""
        entry = registering.Entry(title, by, now, effective or now.date(), expires)
        return registering.add_paper(self._register(), place, entry)

    def edit_config(self, edits: Sequence[Edit]) -> None:
        """Change assess.yaml.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
        """
        self._config().save(edits)

    def edit_register(self, edits: Sequence[Edit]) -> None:
        """Change the evidence register.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
        """
        self._register().save(edits)

    def add_person(self, person_id: str, name: str, roles: Sequence[str]) -> None:
        """Write a person into assess.yaml.

        Raises:
            UsageError: the id is taken.
        """
        self._free_id(self.config().people, person_id)
        self.edit_config([Edit(("people", person_id), {"name": name, "roles": list(roles)})])

    def add_system(self, system_id: str, name: str, grade: Mapping[str, int] | None) -> None:
        """Write a system into assess.yaml, and list its sheets in the newest open round.

        Raises:
            UsageError: the id is taken.
        """
        config = self.config()
        self._free_id(config.systems, system_id)
        row = {"name": name, **({"grade": dict(grade)} if grade else {})}
        pinned = [name for name in config.checklists if self.checklist(name).scope == "system"]
        sheets = [SheetName(name, system_id) for name in pinned]
        self.edit_config([Edit(("systems", system_id), row), *self._list_sheets(sheets)])

    def add_checklist(self, source: str) -> str:
        """Pin a checklist of the library (by id) or a file, list its sheets, return its id.

        Raises:
            UsageError: it is pinned already.
            UnknownIdError: the library has no such checklist.
            FilesError: the file is no valid checklist.
        """
        path = library.source_path(source, self.lang)
        checklist = library.read_checklist(path, self.lang)
        where = "local" if path == Path(source) else "library"
        return self.pin(checklist, path.read_bytes(), where)

    def pin(self, checklist: Checklist, data: bytes, source: Any) -> str:
        """Pin a checklist whose bytes are `data`, as `add_checklist`; `source` as files have it.

        Raises:
            UsageError: it is pinned already, or another file of its name is there.
        """
        _ = translator(self.lang)
        config = self.config()
        if checklist.id in config.checklists:
            message = _("{name} is pinned already").format(name=checklist.id)
            raise UsageError(message, f"assess upgrade {checklist.id}")
        target = self.root / (path := layout.checklist_path(checklist.id))
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            write_atomic(target, data)
        elif target.read_bytes() != data:
            message = _("{path} exists already").format(path=path)
            raise UsageError(message, f"assess checklist add {path}")
        systems = config.systems if checklist.scope == "system" else (None,)
        sheets = [SheetName(checklist.id, system) for system in systems]
        edits = [Edit(("checklists", checklist.id, "source"), source), *self._list_sheets(sheets)]
        self.edit_config(edits)
        return checklist.id

    def new_checklist(self, checklist_id: str, today: date) -> str:
        """Write a commented skeleton into checklists/ and return its path.

        Raises:
            UsageError: the file exists, or the id is none.
        """
        _ = translator(self.lang)
        text = scaffold.skeleton(checklist_id, today.year, self.lang)
        path = layout.checklist_path(checklist_id)
        if (self.root / path).exists():
            raise UsageError(_("{path} exists already").format(path=path))
        write_atomic(self.root / path, text.encode())
        return path

    def put_narrative(self, round_id: str, field: str, text: str) -> None:
        """Write `work` or `suggestions` of a round's narrative.

        Raises:
            UsageError: the round is closed.
        """
        refuse_closed(self.config(), round_id, self.lang)
        self.edit_config([Edit(("rounds", round_id, "narrative", field), text)])

    def git_setup(self) -> Setup:
        """Return what git knows of merging this workspace's files.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        return git_setup.state(self.root)

    def set_up_git(self) -> list[str]:
        """Let git merge this workspace's files by meaning; return the names of what was written.

        Raises:
            WriteError: .gitattributes or git's settings can't be written.
        """
        return git_setup.set_up(self.root, self.lang)

    def commit(self, message: str, environ: Mapping[str, str] | None = None) -> str:
        """Commit the workspace's own files, and only these; return the commit id.

        Raises:
            NoIdentityError: git does not know who commits.
            GitError: git or a hook refused.
        """
        own = [part for part in layout.OWN if (self.root / part).exists()]
        return commit(self.root, own, message, lang=self.lang, environ=environ)

    def _source(self, config: Config, round_id: str) -> Source:
        return source_of(self.root, config, round_id, self.lang)

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

    def _list_sheets(self, names: Sequence[SheetName]) -> list[Edit]:
        """Return the edit that lists more sheets in the newest open round, if one is open."""
        rounds = self.config().rounds
        opened = sorted(key for key, one in rounds.items() if one.state == "open")
        if not (names and opened):
            return []
        listed = rounds[opened[-1]].sheets
        added = [str(name) for name in names if str(name) not in listed]
        return [Edit(("rounds", opened[-1], "sheets"), [*listed, *added])]

    def _free_id(self, taken: Mapping[str, object], wanted: str) -> None:
        if wanted in taken:
            _ = translator(self.lang)
            raise UsageError(_("{name} exists already").format(name=wanted))
