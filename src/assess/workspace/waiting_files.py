"""Files that a merge left to somebody, each with how to settle it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.harmless import typed
from assess.i18n import N_, Lang, translator
from assess.problem import Problem
from assess.store.file_types import merged_by_meaning
from assess.store.git import sync
from assess.store.git.state import shown

_KEEP_OR_DROP: Final = N_("keep it: git add {path}; drop it: git rm {path}")
_UNMERGED: Final = {
    "changed": (
        "both-changed",
        N_("both sides changed the same thing"),
        "assess settle; assess fill",
    ),
    "by-hand": (
        "both-changed",
        N_("both sides changed the file, and it is not merged by meaning"),
        N_(
            "mend it, then: git add {path};"
            " theirs whole: git checkout --theirs {path}, git add {path}"
        ),
    ),
    "deleted": (
        "deleted-here-or-there",
        N_("one side removed the file, the other changed it"),
        _KEEP_OR_DROP,
    ),
    "renamed": (
        "renamed-here-and-there",
        N_("both sides renamed a file; this is one of its new names"),
        _KEEP_OR_DROP,
    ),
}
"""How a problem is called, told and settled."""


def waiting_problems(root: Path, lang: Lang) -> list[Problem]:
    """Return the files that the merge in progress could not finish."""
    _ = translator(lang)
    problems = []
    for file in sync.unmerged(root):
        by_hand = file.kind == "changed" and not merged_by_meaning(file.path)
        code, message, hint = _UNMERGED["by-hand" if by_hand else file.kind]
        hint = _(hint).format(path=typed(file.path))
        problems.append(Problem(shown(file.path), code, _(message), hint, line=1, column=1))
    return problems
