"""Files that a merge left to somebody as a whole: how each is settled, and the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from assess.errors import EnvironmentLacksError, FilesError, UnknownIdError, UsageError
from assess.harmless import typed
from assess.i18n import N_, Lang, translator
from assess.problem import Problem
from assess.store.file_types import file_type
from assess.store.git.state.repository_state import shown
from assess.store.git.sync import undecided_files as waiting
from assess.store.git.sync.undecided_files import Waiting
from assess.store.git.trust.attribute_files import refuse_strange
from assess.store.git.trust.boundary import refuse_outside
from assess.store.lock import locked_throughout
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import marker_problems

Side = Literal["ours", "theirs", "edited"]
"""Which version of a file settles it: one of the two, or what stands in the folder now."""

_KEEP_OR_DROP: Final = N_("keep it: assess settle {path} --{keep}; drop it: --{drop}")
_ONE_OF_BOTH: Final = N_(
    "assess settle {path} --ours, or --theirs; after mending it yourself: --edited"
)
_FIELDS: Final = "assess settle; assess fill"
_TOLD: Final = {
    "changed": ("both-changed", N_("both sides changed the same thing"), _FIELDS),
    "by-hand": (
        "both-changed",
        N_("both sides changed the file, and it is not merged by meaning"),
        _ONE_OF_BOTH,
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


def undecided_files(here: Workspace) -> list[Problem]:
    """Return the files that somebody must decide as a whole; none where there is no git."""
    try:
        files = waiting.waiting_files(here.root)
    except EnvironmentLacksError:
        return []
    return problems_of((file for file in files if file.is_whole), here.lang)


def problems_of(files: Iterable[Waiting], lang: Lang) -> list[Problem]:
    """Return files that a merge could not finish, each with how to settle it."""
    _ = translator(lang)
    problems = []
    for file in files:
        by_hand = file.kind == "changed" and file.is_whole
        code, message, hint = _TOLD["by-hand" if by_hand else file.kind]
        keep, drop = ("ours", "theirs") if file.ours is not None else ("theirs", "ours")
        hint = _(hint).format(path=typed(file.path), keep=keep, drop=drop)
        problems.append(Problem(shown(file.path), code, _(message), hint, line=1, column=1))
    return problems


def settle_whole(here: Workspace, path: str, side: Side) -> None:
    """Settle a file that a merge left undecided, as a whole; `path` from the root or from here.

    A pinned checklist may be taken whole, other files that are merged by meaning may not: the
    other side's changes would be lost.

    Raises:
        UnknownIdError: no such file waits.
        UsageError: it is settled field by field, or stands outside of the workspace.
        FilesError: conflict markers stand in it.
        WriteError: git would write outside of the workspace's folder, or something strange stands
            where it reads attributes.
        GitError: git can't write it.
    """
    refuse_outside(here.root, here.lang)
    refuse_strange(here.root, here.lang)
    with locked_throughout(here.root, here.acting, here.lang):
        _settle_whole(here, path, side)


def _settle_whole(here: Workspace, path: str, side: Side) -> None:
    _ = translator(here.lang)
    file = _find_file(here, path)
    if file.path.startswith("../"):
        message = _("{path} stands outside of the workspace").format(path=typed(file.path))
        raise UsageError(message, f"cd .. && git add {typed(file.path.removeprefix('../'))}")
    if not file.is_whole and (side == "edited" or not _is_checklist(file.path)):
        message = _("{path} is merged by meaning: each conflict in it is settled by itself")
        raise UsageError(message.format(path=typed(file.path)), "assess settle")
    if side == "edited":
        _refuse_markers(here, file.path)
        waiting.take_edited(here.root, file.path)
    else:
        blob = file.ours if side == "ours" else file.theirs
        waiting.take_version(here.root, file.path, blob)


def _refuse_markers(here: Workspace, path: str) -> None:
    there = (here.root / path).is_file() and not (here.root / path).is_symlink()
    problems = marker_problems(here.root, [path], here.lang) if there else []
    if problems:
        _ = translator(here.lang)
        raise FilesError(_("the file is not mended yet"), problems)


def _is_checklist(path: str) -> bool:
    kind = file_type(path)
    return kind is not None and kind.id == "checklist"


def _find_file(here: Workspace, path: str) -> Waiting:
    real, root = Path(path).resolve(), here.root.resolve()
    names = {path, real.relative_to(root).as_posix() if real.is_relative_to(root) else path}
    files: Sequence[Waiting] = waiting.waiting_files(here.root)
    for file in files:
        if file.path in names:
            return file
    _ = translator(here.lang)
    message = _("no merge waits for a decision about {path}").format(path=typed(path))
    raise UnknownIdError(message, path, [file.path for file in files])
