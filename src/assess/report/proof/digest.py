"""Search for the report of a printed digest: the commits are tried, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from assess.china_time import find_day_in_china
from assess.i18n import LANGS, Lang
from assess.model.results import Assessment
from assess.report.content.inputs import list_settings_in_digest
from assess.report.proof.proof_file import is_valid_name
from assess.report.proof.sheet_selections import list_possible_selections
from assess.template_folders import list_template_names
from assess.workspace import SheetName, Workspace
from assess.workspace.core.library import find_shipped_template_folder
from assess.workspace.core.provenance import compute_report_digest
from assess.workspace.history.commit_inputs import CommitFiles, CommitInputs

MOST_COMMITS = 1000


class DigestMatch(NamedTuple):
    """The report that a digest belongs to."""

    digest: str
    commit: str
    round_id: str
    template: str
    lang: Lang
    day: date
    sheets: dict[SheetName, Assessment | None]


class _Candidate(NamedTuple):
    """A possible report of a commit, and its digest."""

    digest: str
    round_id: str
    sheets: tuple[SheetName, ...]
    template: str
    lang: Lang
    day: date


def find_report_of_digest(
    workspace: Workspace, digits: str, day: date | None
) -> DigestMatch | None:
    """Return the report whose digest begins with `digits`; None if no commit has one.

    The date of a report is that of its commit, unless another was requested: then `day` is needed.

    Raises:
        UsageError: the workspace is in no repository.
        BrokenHeadError: no commit has one, and the newest commit can't be read.
    """
    templates = list_template_names([find_shipped_template_folder()])
    with CommitInputs(workspace) as reader:
        for commit in reader.list_commits_touching_workspace_first(MOST_COMMITS):
            files = reader.read_commit_files_with_config(commit)
            if files is None:
                continue
            for report in _list_candidate_reports(reader, commit, files, day, templates):
                if report.digest.startswith(digits):
                    sheets = reader.assess_sheets(files, report.round_id, report.sheets, report.day)
                    return DigestMatch(
                        report.digest,
                        commit,
                        report.round_id,
                        report.template,
                        report.lang,
                        report.day,
                        sheets,
                    )
        reader.refuse_broken_head()
    return None


def _list_candidate_reports(
    reader: CommitInputs,
    commit: str,
    files: CommitFiles,
    day: date | None,
    shipped: Sequence[str],
) -> Iterator[_Candidate]:
    """Yield each report of a commit, as of `day`, else of the commit's own day.

    `shipped` are the names of the program's templates; the commit may hold others.
    """
    as_of = day or find_day_in_china(reader.read_commit_seconds(commit))
    templates = sorted({*shipped, *filter(is_valid_name, files.template_names)})
    for round_id, round_ in files.config.rounds.items():
        for sheets in list_possible_selections(
            [SheetName.parse_name(name) for name in round_.sheets]
        ):
            inputs = reader.list_report_inputs(files, round_id, sheets)
            for template, lang in product(templates, LANGS):
                digest = compute_report_digest(
                    commit, inputs, list_settings_in_digest(template, lang, as_of)
                )
                yield _Candidate(digest, round_id, sheets, template, lang, as_of)
