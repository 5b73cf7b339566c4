"""The history of a workspace by meaning: which answers changed, by whom, and the scores."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any, NamedTuple, Self

from assess import locations
from assess.engine.history.changes import (
    FileChange,
    OutsideChange,
    SettingChange,
    SheetChange,
    WorkspaceChanges,
    compare_sheet_states,
    diff_settings_recursively,
)
from assess.engine.history.outside_changes import compare_outside_findings
from assess.errors import UnknownIdError
from assess.i18n import translator
from assess.store import layout
from assess.store.git.history.sheet_versions import find_probable_answer_rows
from assess.store.git.run.batch import open_object_reader
from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.commits import Commit, CommitChange, walk_commits_changing_paths
from assess.store.git.state.repository_state import open_repository, resolve_revision
from assess.workspace.core.ignored_files import filter_out_new_ignored_junk
from assess.workspace.core.sheet_file import OpenSheet
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.blame import AnswerReader, BlamedField, blame_fields
from assess.workspace.history.past_files import (
    CommitTree,
    DecodedFileCache,
    EmptyTree,
    FileTree,
    FolderTree,
    is_sheet_path,
    select_sheet_paths,
)

__all__ = ["BlamedField", "HistoryEntry", "WorkspaceHistory"]

_KEPT = 4
"""Maximum number of commits whose trees are cached."""

SCREEN = 20
"""Number of commits that a log shows by default."""


class HistoryEntry(NamedTuple):
    """A commit and its changes by meaning."""

    commit: Commit
    changes: WorkspaceChanges


class WorkspaceHistory:
    """The history of a workspace, read only; use it in `with`."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace = workspace
        self._repository = open_repository(workspace.root, workspace.lang)
        self._opened = ExitStack()
        self._objects = self._opened.enter_context(open_object_reader(self._repository))
        self._cache = DecodedFileCache(today, workspace.lang)
        self._checked = CheckedObjects(self._objects, self._repository.prefix)
        self._trees: dict[str, CommitTree] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def read_log_entries(
        self,
        *,
        paths: Sequence[str] = (),
        item: str | None = None,
        limit: int | None = SCREEN,
    ) -> Iterator[HistoryEntry]:
        """Yield commits with their changes, newest first; commits beyond `limit` are not read.

        With `item` only commits that changed its answer are yielded, with only that change.

        Raises:
            UsageError: there is no commit yet.
            GitError: the repository is damaged.
        """
        head = resolve_revision(self._repository, "HEAD", self._workspace.lang)
        counted = limit if item is None else None
        left = limit
        commits = walk_commits_changing_paths(self._repository, head, paths, counted, unmerged=True)
        for commit in commits:
            if left == 0:
                return
            entry = self._read_entry_if_item_changed(commit, item)
            if entry is not None:
                left = None if left is None else left - 1
                yield entry

    def diff_states(self, old: str | None = None, new: str | None = None) -> WorkspaceChanges:
        """Return the changes from one commit to another, or to the present folder.

        Without `old` the last commit is compared; before the first commit, the empty workspace.

        Raises:
            UsageError: there is no such commit.
        """
        before, was = self._find_tree_and_content_ids(old or "HEAD", missing_is_empty=old is None)
        after, now = self._find_tree_and_content_ids(new, committed=was)
        touched = [path for path in dict.fromkeys((*was, *now)) if was.get(path) != now.get(path)]
        return self._compare_trees(before, after, touched, (*was, *now))

    def blame_answer(self, open_sheet: OpenSheet, item: str) -> list[BlamedField]:
        """Return who set the present value of each field of an answer, in the order of the fields.

        Raises:
            UsageError: there is no commit yet.
            UnknownIdError: the sheet has no answer to that item.
        """
        answer = open_sheet.sheet.answers.get(item)
        if answer is None:
            _ = translator(self._workspace.lang)
            message = _("{sheet} has no answer to {item}").format(sheet=open_sheet.name, item=item)
            raise UnknownIdError(message, item, open_sheet.sheet.answers)
        head = resolve_revision(self._repository, "HEAD", self._workspace.lang)
        path = locations.sheet_path(open_sheet.round, str(open_sheet.name))
        reader = AnswerReader(item, self._objects, self._workspace.lang)
        at_head = reader.read_answer(self._checked.find_file_object_id(head, path))
        return blame_fields(
            answer, at_head, walk_commits_changing_paths(self._repository, head, [path]), reader
        )

    def list_selected_sheet_paths(
        self, checklist: str | None, system: str | None, round_id: str | None
    ) -> list[str]:
        """Return the paths of the sheets of assess.yaml that the arguments select.

        Raises:
            UnknownIdError: there is no such round, or no such sheet.
        """
        rounds = self._workspace.read_config().rounds
        chosen = list(rounds) if round_id is None else [round_id]
        names = [
            (chosen_id, name)
            for chosen_id in chosen
            for name in self._workspace.list_sheets(chosen_id)
        ]
        fitting = [
            locations.sheet_path(chosen_id, str(name))
            for chosen_id, name in names
            if checklist in (None, name.checklist) and system in (None, name.system)
        ]
        if not fitting:
            _ = translator(self._workspace.lang)
            wanted = f"{checklist or '?'}@{system}" if system else str(checklist)
            message = _("no round has a sheet {name}").format(name=wanted)
            raise UnknownIdError(message, wanted, [str(name) for _round, name in names])
        return fitting

    def list_paths_of_sheets_answering(self, item: str) -> list[str]:
        """Return the paths of the sheets in the folder that hold an answer to the item.

        Raises:
            UnknownIdError: no pinned checklist and no sheet has the item.
        """
        root = self._workspace.root
        sheets = select_sheet_paths(
            list(layout.list_workspace_files(root, self._workspace.lang, (locations.ANSWERS,)))
        )
        having = [
            path for path in sheets if find_probable_answer_rows((root / path).read_bytes(), item)
        ]
        if not having:
            self._refuse_unknown_item(item)
        return having or sheets

    def _refuse_unknown_item(self, item: str) -> None:
        known: list[str] = []
        for checklist in self._workspace.read_config().checklists:
            known += self._workspace.read_checklist(checklist).items()
        if item not in known:
            _ = translator(self._workspace.lang)
            message = _("no pinned checklist has the item {item}").format(item=item)
            raise UnknownIdError(message, item, known)

    # Parts

    def _read_entry_if_item_changed(self, commit: Commit, item: str | None) -> HistoryEntry | None:
        if item is None:
            return HistoryEntry(commit, self._commit_changes(commit))
        if not any(self._may_change_answer(change, item) for change in commit.changes):
            return None
        sheets = [_reduce_to_item(sheet, item) for sheet in self._commit_changes(commit).sheets]
        sheets = [sheet for sheet in sheets if sheet.items]
        return HistoryEntry(commit, WorkspaceChanges(sheets=tuple(sheets))) if sheets else None

    def _commit_changes(self, commit: Commit) -> WorkspaceChanges:
        parent = commit.parents[0] if commit.parents and not commit.boundary else None
        before: FileTree = self._commit_tree(parent) if parent else EmptyTree()
        after = self._commit_tree(commit.oid)
        paths = [change.path for change in commit.changes]
        return self._compare_trees(before, after, paths, None)

    def _commit_tree(self, commit: str) -> CommitTree:
        """Return the file tree of a commit; the last ones are cached: the parent comes next."""
        tree = self._trees.pop(commit, None) or CommitTree(self._checked, commit)
        self._trees[commit] = tree
        if len(self._trees) > _KEPT:
            del self._trees[next(iter(self._trees))]
        return tree

    def _may_change_answer(self, change: CommitChange, item: str) -> bool:
        if not is_sheet_path(change.path):
            return False
        sides = [
            self._objects.find_blob_within_limit(oid) if oid else None
            for oid in (change.before, change.after)
        ]
        before, after = (find_probable_answer_rows(data or b"", item) for data in sides)
        # `entry_of` finds only rows with the writer's layout; in other rows the id itself is found.
        unsure = before is None and after is None
        return before != after or (unsure and any(item.encode() in (data or b"") for data in sides))

    def _find_tree_and_content_ids(
        self,
        revision: str | None,
        *,
        missing_is_empty: bool = False,
        committed: Container[str] = (),
    ) -> tuple[FileTree, dict[str, str | None]]:
        """Return the file tree of a revision (None: the folder), and its files with content ids.

        Ignored junk of the folder that is not among `committed` is left out.
        """
        if revision is None:
            root, lang = self._workspace.root, self._workspace.lang
            folder = FolderTree(root)
            on_disk = list(layout.list_workspace_files(root, lang, locations.OWN))
            paths = filter_out_new_ignored_junk(root, on_disk, committed, lang)
            return folder, {path: folder.content_id(path) for path in paths}
        if missing_is_empty and self._repository.resolve_head_commit() is None:
            return EmptyTree(), {}
        commit = resolve_revision(self._repository, revision, self._workspace.lang)
        blobs = self._repository.list_files(commit, locations.OWN)
        return CommitTree(self._checked, commit), {path: blob.oid for path, blob in blobs.items()}

    def _compare_trees(
        self, before: FileTree, after: FileTree, touched: Sequence[str], known: Iterable[str] | None
    ) -> WorkspaceChanges:
        """Return what changed in the files `touched`; `known` are all files of both trees."""
        sheets = select_sheet_paths(list(touched))
        if known is not None and any(_affects_other_assessments(path) for path in touched):
            sheets = list(dict.fromkeys([*sheets, *select_sheet_paths(list(known))]))
        changes = [self._compare_sheet(path, before, after) for path in sorted(sheets)]
        sheet_changes = [
            change for change in changes if isinstance(change, SheetChange) and not change.is_empty
        ]
        broken = [change for change in changes if isinstance(change, FileChange)]
        others = [path for path in touched if not is_sheet_path(path)]
        return WorkspaceChanges(
            sheets=tuple(sheet_changes),
            outside=tuple(self._compare_findings(before, after, others)),
            settings=tuple(self._compare_settings(before, after, others)),
            files=(*broken, *self._compare_files_as_whole(before, after, others)),
        )

    def _compare_sheet(
        self, path: str, before: FileTree, after: FileTree
    ) -> SheetChange | FileChange | None:
        was, now = (
            self._cache.read_sheet_state(before, path),
            self._cache.read_sheet_state(after, path),
        )
        lost = (was is None and before.content_id(path)) or (now is None and after.content_id(path))
        if lost:
            return FileChange(path=path, verb="unreadable")
        return compare_sheet_states(path, was, now) if was or now else None

    def _compare_findings(
        self, before: FileTree, after: FileTree, touched: Collection[str]
    ) -> Iterator[OutsideChange]:
        if self._can_compare_findings(before, after, touched):
            was, now = (self._cache.read_findings(tree) for tree in (before, after))
            yield from compare_outside_findings(
                was.findings if was else {}, now.findings if now else {}
            )

    def _can_compare_findings(
        self, before: FileTree, after: FileTree, touched: Collection[str]
    ) -> bool:
        """Return whether findings.yaml changed and can be read wherever it is there."""
        return locations.FINDINGS in touched and not any(
            tree.content_id(locations.FINDINGS) and self._cache.read_findings(tree) is None
            for tree in (before, after)
        )

    def _compare_settings(
        self, before: FileTree, after: FileTree, touched: Collection[str]
    ) -> Iterator[SettingChange]:
        for path, read in (
            (locations.CONFIG, self._cache.read_config),
            (locations.REGISTER, self._cache.read_register),
        ):
            was: Any = read(before) if path in touched else None
            now: Any = read(after) if path in touched else None
            if was is not None and now is not None:
                yield from diff_settings_recursively(path, was, now)
            elif path == locations.REGISTER and now is not None:
                yield from diff_settings_recursively(path, {}, now.evidence, ("evidence",))

    def _compare_files_as_whole(
        self, before: FileTree, after: FileTree, touched: Iterable[str]
    ) -> Iterator[FileChange]:
        for path in touched:
            was, now = before.content_id(path), after.content_id(path)
            if path == locations.FINDINGS and self._can_compare_findings(before, after, (path,)):
                continue
            is_in_settings = path == locations.REGISTER and now is not None
            if is_in_settings or (path == locations.CONFIG and was is not None and now is not None):
                continue
            verb = "added" if was is None else "removed" if now is None else "changed"
            yield FileChange(path=path, verb=verb)  # type: ignore[arg-type]  # one of the three


def _affects_other_assessments(path: str) -> bool:
    """Return whether a file affects the assessment of unchanged sheets."""
    return path == locations.CONFIG or locations.is_below_folder(path, locations.CHECKLISTS)


def _reduce_to_item(sheet: SheetChange, item: str) -> SheetChange:
    """Return the change of a sheet reduced to one item."""
    items = tuple(item_change for item_change in sheet.items if item_change.item == item)
    return SheetChange(
        file=sheet.file,
        round=sheet.round,
        title=sheet.title,
        scope_name=sheet.scope_name,
        items=items,
        score_before=sheet.score_before,
        score_after=sheet.score_after,
    )
