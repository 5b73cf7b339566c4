"""Checks of a server before it accepts a push: each workspace in it, as `assess lint` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.problem import Problem
from assess.store.git.server.incoming_push import (
    RefUpdate,
    check_out_pushed_commit,
    parse_ref_updates,
)
from assess.workspace.core import checking


class CheckedBranch(NamedTuple):
    """A pushed branch and the problems of its files."""

    ref: str
    commit: str
    problems: tuple[Problem, ...]


def lint_pushed_branches(
    server: Path, lines: Iterable[str], environ: Mapping[str, str], *, today: date, lang: Lang
) -> list[CheckedBranch]:
    """Check the newest commit of each pushed branch; `lines` is the hook's input from git.

    Branches without a workspace, tags and removals are not checked.

    Raises:
        UsageError: the lines are not from git, or the name, kind or size of a file is refused.
        GitError: a commit can't be read.
    """
    wanted = parse_ref_updates(lines, lang)
    checked = []
    for update in wanted:
        if update.is_branch and update.new is not None:
            problems = _lint_commit(server, update.new, wanted, environ, today, lang)
            checked.append(CheckedBranch(update.ref, update.new, tuple(problems)))
    return checked


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
