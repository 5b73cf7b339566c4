"""Checks of a server before it accepts a push: each workspace in it, as `assess lint` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store.git.server.incoming_push import (
    RefUpdate,
    check_out_pushed_commit,
    parse_ref_updates,
    refuse_ambiguous_pushed_commits,
)
from assess.workspace.core import checking

MOST_COMMITS: Final = 20
"""Commits that are checked at a push; branches at the same commit are checked once."""


class CheckedBranch(NamedTuple):
    """A pushed branch and the problems of its files."""

    ref: str
    commit: str
    problems: tuple[Problem, ...]


def lint_pushed_branches(
    server: Path, lines: Iterable[str], environ: Mapping[str, str], *, today: date, lang: Lang
) -> list[CheckedBranch]:
    """Check the newest commit of each pushed branch; `lines` is the hook's input from git.

    Branches without a workspace, tags and removals are not checked. Of all commits that are new to
    the server only the form is: who wrote each and when must be readable in one way.

    Raises:
        AmbiguousCommitError: git reads one of the new commits in two ways.
        UsageError: the lines are not from git; the name, kind or size of a file is refused; there
            are too many commits, workspaces or files.
        GitError: a commit can't be read.
    """
    wanted = parse_ref_updates(lines, lang)
    branches = [(update.ref, update.new) for update in wanted if update.sets_branch and update.new]
    commits = dict.fromkeys(commit for _ref, commit in branches)
    if len(commits) > MOST_COMMITS:
        _ = translator(lang)
        message = _("a push sets branches to more than {most} commits, too many to be checked")
        raise UsageError(message.format(most=MOST_COMMITS), "git push REMOTE BRANCH")
    refuse_ambiguous_pushed_commits(server, wanted, environ)
    problems_by_commit = {
        commit: tuple(_lint_commit(server, commit, wanted, environ, today, lang))
        for commit in commits
    }
    return [CheckedBranch(ref, commit, problems_by_commit[commit]) for ref, commit in branches]


def _lint_commit(
    server: Path,
    commit: str,
    wanted: Iterable[RefUpdate],
    environ: Mapping[str, str],
    today: date,
    lang: Lang,
) -> Iterable[Problem]:
    with check_out_pushed_commit(server, commit, wanted, environ, lang) as arrived:
        for top in arrived.tops:
            problems = checking.lint_workspace(arrived.root / top, (), today=today, lang=lang)
            yield from (problem._replace(file=f"{top}{problem.file}") for problem in problems)
