"""What a server checks before it takes a push: each workspace in it, as `assess lint` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.problem import Problem
from assess.store.git.server.incoming_push import Update, laid_out, updates
from assess.workspace.core import checking


class Checked(NamedTuple):
    """A branch that somebody pushes, and what is wrong in its files."""

    ref: str
    commit: str
    problems: tuple[Problem, ...]


def check_push(
    server: Path, lines: Iterable[str], environ: Mapping[str, str], *, today: date, lang: Lang
) -> list[Checked]:
    """Check the newest commit of each branch that is pushed; `lines` are what git gives the hook.

    Branches without a workspace, tags and removals are not looked at.

    Raises:
        UsageError: the lines are not git's, or a file's name, kind or size is not taken.
        GitError: a commit can't be read.
    """
    wanted = updates(lines, lang)
    checked = []
    for one in wanted:
        if one.branch and one.new is not None:
            problems = _problems(server, one.new, wanted, environ, today, lang)
            checked.append(Checked(one.ref, one.new, tuple(problems)))
    return checked


def _problems(
    server: Path,
    commit: str,
    wanted: Iterable[Update],
    environ: Mapping[str, str],
    today: date,
    lang: Lang,
) -> Iterable[Problem]:
    with laid_out(server, commit, wanted, environ, lang) as arrived:
        for top in arrived.tops:
            found = checking.lint(arrived.root / top, (), today=today, lang=lang)
            yield from (one._replace(file=f"{top}{one.file}") for one in found)
