"""The files of a round: those of the folder, or of the tag of a closed round."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from assess import locations
from assess.engine.closings import first_closing_tag
from assess.errors import MissingHistoryError, UsageError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config, Round
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.model.outside_finding import FindingsFile
from assess.store import layout, open_file
from assess.store.files import compute_file_sha256
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.store.inner_paths import resolve_path_inside
from assess.store.open_file import OpenFile
from assess.store.pinned_digest import digest_with_prefix
from assess.store.sizes import refuse_large_files, size_limit_of_path
from assess.store.yaml.reading.status_lines import read_probable_statuses_by_item
from assess.workspace.core.names import SheetName
from assess.workspace.core.untagged import hint_about_missing_tag

_READ_WHOLE = (
    locations.CONFIG,
    locations.CHECKLISTS,
    locations.ANSWERS,
    locations.REGISTER,
    locations.FINDINGS,
    locations.TEMPLATES,
)
"""The files and folders that a report reads or hashes whole, whatever it shows of them."""

_NO_EVIDENCE = "format: assess/evidence/1\n"
_NO_FINDINGS = "format: assess/findings/1\n"


class RoundFiles:
    """The files of the workspace in its folder."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root = root
        self.lang = lang
        self._shared_files: dict[str, OpenFile[Any]] = {}
        """Files that several sheets need, by path, as they were last read."""

    def read_config(self) -> OpenFile[Config]:
        """Return assess.yaml."""
        return self._read_cached_file(locations.CONFIG, "config")

    def read_checklist(self, checklist_id: str) -> OpenFile[Checklist]:
        """Return a pinned checklist."""
        return self._read_cached_file(locations.checklist_path(checklist_id), "checklist")

    def read_register_or_empty(self) -> OpenFile[Register]:
        """Return the evidence register; an empty one where there is no file yet."""
        if self.has_file(locations.REGISTER):
            return self._read_cached_file(locations.REGISTER, "register")
        return self._make_unwritten_file(locations.REGISTER, "register", _NO_EVIDENCE)

    def read_findings_or_empty(self) -> OpenFile[FindingsFile]:
        """Return the findings of others; an empty file where there is none yet."""
        if self.has_file(locations.FINDINGS):
            return self._read_cached_file(locations.FINDINGS, "findings")
        return self._make_unwritten_file(locations.FINDINGS, "findings", _NO_FINDINGS)

    def read_sheet_or_empty(
        self,
        name: SheetName,
        round_id: str,
        config: OpenFile[Config] | None,
        checklist: OpenFile[Checklist] | None,
    ) -> OpenFile[Sheet]:
        """Return a sheet; an empty one where nothing is answered yet."""
        path = locations.sheet_path(round_id, str(name))
        if self.has_file(path) or config is None or checklist is None:
            return self._read_file(path, "sheet")
        return self.open_unwritten_sheet(name, round_id, config, checklist)

    def open_unwritten_sheet(
        self,
        name: SheetName,
        round_id: str,
        config: OpenFile[Config],
        checklist: OpenFile[Checklist],
    ) -> OpenFile[Sheet]:
        """Return a new sheet without answers, whether or not its file exists."""
        from assess.store.scaffold import empty_sheet_text  # noqa: PLC0415  # most sheets exist

        path = locations.sheet_path(round_id, str(name))
        system = name.system
        scope = ("system", system) if system else ("organization", config.value.organization.id)
        text = empty_sheet_text(
            checklist_id=name.checklist,
            version=checklist.value.version,
            digest=digest_with_prefix(checklist.text.encode()),
            scope_type_and_id=scope,
            round_id=round_id,
        )
        return self._make_unwritten_file(path, "sheet", text)

    def has_file(self, path: str) -> bool:
        """Return whether the file exists."""
        return (self.root / path).exists()

    def read_bytes(self, path: str) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: the file can't be read.
        """
        return (self.root / path).read_bytes()

    def read_probable_statuses_by_item(self, name: SheetName, round_id: str) -> dict[str, str]:
        """Return statuses of a sheet's answers without decoding it: a lower bound of them.

        Raises:
            OSError: the file can't be read.
        """
        path = locations.sheet_path(round_id, str(name))
        if not self.has_file(path):
            return {}
        return read_probable_statuses_by_item(self.read_bytes(path).decode("utf-8", "replace"))

    def sha256_unless_missing_or_large(self, path: str) -> str | None:
        """Return the SHA-256 of a file; '' where it is too large, None where it is missing.

        A file behind a link that leads out of the folder counts as missing.
        """
        whole = resolve_path_inside(self.root, path)
        if whole is None or not whole.is_file():
            return None
        return (
            compute_file_sha256(whole) if whole.stat().st_size <= size_limit_of_path(path) else ""
        )

    def refuse_large_files(self) -> None:
        """Refuse files that are too large, before a report reads or hashes them whole.

        Raises:
            FilesError: files are too large; names each with its limit.
        """
        paths = layout.list_workspace_files(self.root, self.lang, _READ_WHOLE)
        refuse_large_files(self.root, paths, self.lang)

    def _read_cached_file(self, path: str, kind: FileKind) -> OpenFile[Any]:
        """Return a file; it is decoded again only if its text changed."""
        last = self._shared_files.get(path)
        file = last.read_again() if last is not None else self._read_file(path, kind)
        self._shared_files[path] = file
        return file

    def _read_file(self, path: str, kind: FileKind) -> OpenFile[Any]:
        return open_file.read_valid_yaml_file(self.root / path, kind, self.root, self.lang)

    def _make_unwritten_file(self, path: str, kind: FileKind, text: str) -> OpenFile[Any]:
        return open_file.open_unwritten_file(self.root / path, kind, self.root, self.lang, text)


class ClosedRoundFiles(RoundFiles):
    """The files at the tag of a closed round; they can't be written."""

    def __init__(self, root: Path, lang: Lang, round_id: str, tag: str) -> None:
        super().__init__(root, lang)
        self.round_id = round_id
        self.repository = open_repository(root, lang)
        self.commit = _resolve_tag_to_commit(self.repository, round_id, tag, lang)
        """The id of the commit that the tag names."""
        self.blobs = list_checked_files(self.repository, self.commit, locations.INPUTS)

    def has_file(self, path: str) -> bool:
        """Return whether the tag has the file."""
        return path in self.blobs

    def read_bytes(self, path: str) -> bytes:
        """Return the bytes of a file at the tag.

        Raises:
            GitError: the object is missing or damaged.
        """
        return self.repository.read_blob(self.blobs[path].oid)

    def refuse_large_files(self) -> None:
        """Refuse nothing: these files are read from git and not from the folder."""

    def _read_cached_file(self, path: str, kind: FileKind) -> OpenFile[Any]:
        """Return a file; the files at a tag never change."""
        if path not in self._shared_files:
            self._shared_files[path] = self._read_file(path, kind)
        return self._shared_files[path]

    def sha256_unless_missing_or_large(self, path: str) -> str | None:
        """Return the SHA-256 of a file at the tag."""
        return hashlib.sha256(self.read_bytes(path)).hexdigest() if self.has_file(path) else None

    def _read_file(self, path: str, kind: FileKind) -> OpenFile[Any]:
        if not self.has_file(path):
            _ = translator(self.lang)
            message = _("{path} is not in the tag of round {round}")
            raise UsageError(message.format(path=path, round=self.round_id), "assess round list")
        return self._make_tagged_file(self.read_bytes(path), path, kind)

    def _make_unwritten_file(self, path: str, kind: FileKind, text: str) -> OpenFile[Any]:
        return self._make_tagged_file(text.encode(), path, kind)

    def _make_tagged_file(self, data: bytes, path: str, kind: FileKind) -> OpenFile[Any]:
        from assess.store.tagged_files import decode_tagged_file  # noqa: PLC0415  # 2 ms at every start; for closed rounds only

        return decode_tagged_file(data, self.root / path, kind, self.root, self.round_id, self.lang)


def find_tag_name_of_round(round_id: str, round_: Round) -> str:
    """Return the name of a round's tag: the one in assess.yaml, else round/ID."""
    return round_.tag or first_closing_tag(round_id)


def refuse_closed_round(config: Config, round_id: str, lang: Lang) -> None:
    """Refuse to write to a closed round.

    Raises:
        ClosedRoundError: the round is closed.
    """
    round_ = config.rounds.get(round_id)
    if round_ is not None and round_.state == "closed":
        from assess.store.tagged_files import make_closed_round_error  # noqa: PLC0415  # 2 ms at every start

        raise make_closed_round_error(round_id, lang)


def find_round_files(root: Path, config: Config, round_id: str, lang: Lang) -> RoundFiles:
    """Return the files of a round.

    Raises:
        MissingHistoryError: the round is closed, and the repository does not have its tag.
        GitError: the repository can't be opened.
    """
    round_ = config.rounds.get(round_id)
    if round_ is None or round_.state == "open":
        return RoundFiles(root, lang)
    return ClosedRoundFiles(root, lang, round_id, find_tag_name_of_round(round_id, round_))


def _resolve_tag_to_commit(repository: Repository, round_id: str, tag: str, lang: Lang) -> str:
    commit = resolve_checked_tag(repository, tag)
    if commit is not None:
        return commit
    _ = translator(lang)
    message = _("round {round} is closed and read at its tag {tag}, which is not here")
    hint = hint_about_missing_tag(repository, round_id)
    raise MissingHistoryError(message.format(round=round_id, tag=tag), hint)
