"""The inputs of a report, and whether they are committed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from assess import locations
from assess.harmless import escape_undecodable_path_bytes
from assess.i18n import Lang
from assess.model.provenance import InputFile, Provenance
from assess.store import layout
from assess.store.files import compute_file_sha256
from assess.store.git.history.checked_history import read_checked_committer_seconds
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.plumbing import Repository
from assess.workspace.core.ignored_files import filter_out_new_ignored_junk
from assess.workspace.core.names import SheetName
from assess.workspace.core.program import describe_running_program
from assess.workspace.core.sources import ClosedRoundFiles

CHINA: Final = timezone(timedelta(hours=8))
"""The date of a commit is read in China's time, wherever the report is made."""


def list_uncommitted_report_inputs(root: Path, lang: Lang) -> list[str]:
    """Return the inputs of reports that differ from the last commit, as sorted paths.

    Without a repository or a commit all files count as uncommitted.

    Raises:
        FilesError: folders are nested too deep.
    """
    return _find_uncommitted_inputs_and_junk(root, lang)[0]


def _find_uncommitted_inputs_and_junk(root: Path, lang: Lang) -> tuple[list[str], frozenset[str]]:
    """Return the uncommitted inputs, and the ignored junk, which is no input."""
    on_disk = set(layout.list_workspace_files(root, lang))
    repository = Repository.find_repository(root)
    head = repository.resolve_head_commit() if repository else None
    if repository is None or head is None:
        return sorted(on_disk), frozenset()
    blobs = list_checked_files(repository, head, locations.INPUTS)
    changed = repository.select_changed_paths(sorted(on_disk | set(blobs)), blobs)
    counted = filter_out_new_ignored_junk(root, changed, blobs, lang)
    return counted, frozenset(changed).difference(counted)


def make_provenance(
    root: Path, round_id: str, names: Sequence[SheetName], settings: Sequence[str], lang: Lang
) -> Provenance:
    """Return the inputs of a report of these sheets, and their digest.

    `settings` are the other values that determine the report: template, language, date.
    """
    changed, junk = _find_uncommitted_inputs_and_junk(root, lang)
    repository = Repository.find_repository(root)
    head = repository.resolve_head_commit() if repository else None
    commit = None if changed else head
    inputs = digest_input_files(root, round_id, names, lang, junk)
    return Provenance(
        commit=commit,
        commit_time=read_checked_committer_seconds(repository, commit)
        if repository and commit
        else None,
        inputs=inputs,
        uncommitted=tuple(map(escape_undecodable_path_bytes, changed)),
        program=describe_running_program(),
        digest=compute_report_digest(commit, inputs, settings),
    )


def make_closed_provenance(
    source: ClosedRoundFiles, names: Sequence[SheetName], settings: Sequence[str]
) -> Provenance:
    """Return the inputs of a report of a closed round: the files at its tag."""
    wanted = paths_of_yaml_inputs(source.round_id, names)
    paths = [
        path
        for path in source.blobs
        if path in wanted or locations.is_inside(path, locations.TEMPLATES)
    ]
    inputs = tuple(
        InputFile(
            path=escape_undecodable_path_bytes(path),
            sha256=hashlib.sha256(source.read_bytes(path)).hexdigest(),
        )
        for path in sorted(paths)
    )
    return Provenance(
        commit=source.commit,
        commit_time=read_checked_committer_seconds(source.repository, source.commit),
        inputs=inputs,
        uncommitted=(),
        program=describe_running_program(),
        digest=compute_report_digest(source.commit, inputs, settings),
    )


def day_of_commit(provenance: Provenance) -> date | None:
    """Return the day of the commit that holds all inputs; None where there is none."""
    if provenance.commit_time is None:
        return None
    return datetime.fromtimestamp(provenance.commit_time, CHINA).date()


def digest_input_files(
    root: Path,
    round_id: str,
    names: Sequence[SheetName],
    lang: Lang,
    junk: frozenset[str] = frozenset(),
) -> tuple[InputFile, ...]:
    """Return the files in the folder from which a report of these sheets is made, without junk."""
    paths = [path for path in _list_input_paths(root, round_id, names, lang) if path not in junk]
    return tuple(
        InputFile(path=escape_undecodable_path_bytes(path), sha256=compute_file_sha256(root / path))
        for path in paths
    )


def paths_of_yaml_inputs(round_id: str, names: Iterable[SheetName]) -> set[str]:
    """Return the paths of the YAML files from which a report of these sheets is made."""
    paths = {locations.CONFIG, locations.REGISTER, locations.FINDINGS}
    for name in names:
        paths |= {
            locations.checklist_path(name.checklist),
            locations.sheet_path(round_id, str(name)),
        }
    return paths


def find_pinned_digest(provenance: Provenance, checklist_id: str) -> str | None:
    """Return the digest of a pinned checklist; None where it is not among the inputs."""
    path = locations.checklist_path(checklist_id)
    sums = {file.path: file.sha256 for file in provenance.inputs}
    return f"sha256:{sums[path]}" if path in sums else None


def compute_report_digest(
    commit: str | None, inputs: Sequence[InputFile], settings: Sequence[str]
) -> str:
    """Return the digest of a report: over commit, files and settings."""
    parts = [commit, [[file.path, file.sha256] for file in inputs], list(settings)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _list_input_paths(
    root: Path, round_id: str, names: Sequence[SheetName], lang: Lang
) -> list[str]:
    paths = paths_of_yaml_inputs(round_id, names)
    paths.update(path for path in layout.list_workspace_files(root, lang, (locations.TEMPLATES,)))
    return sorted(path for path in paths if (root / path).is_file())
