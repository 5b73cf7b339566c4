"""Pinned checklists: where they come from, hand-edited ones, and what a newer one would be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from assess.engine.lint import lint_checklist
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config, GitSource, Pin
from assess.problem import errors
from assess.store import layout, open_file, scaffold, shipped_files
from assess.store.files import read_text, text_of
from assess.store.git.history import remote_checklist as git_source
from assess.store.git.history.remote_checklist import MARK, GitPlace
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.reading.positions import locate
from assess.store.yaml.writing.edit import Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace

Where = Literal["library", "local"] | GitSource


class Found(NamedTuple):
    """A checklist that was found somewhere, ready to be pinned."""

    text: str
    checklist: Checklist
    source: Where

    @property
    def digest(self) -> str:
        """The digest that sheets hold of it."""
        return scaffold.digest_of(self.text.encode())


class Hint(NamedTuple):
    """Something to do about a pinned checklist."""

    kind: Literal["newer", "edited"]
    checklist_id: str
    version: str
    command: str


def found(source: str, lang: Lang) -> Found:
    """Return the checklist that a person names: an id of the library, FILE.yaml or git+URL//PATH.

    Raises:
        UnknownIdError: the library has no such checklist.
        FilesError: it is no checklist that can be used; holds the problems.
        UsageError: there is no such tag or file in the git repository.
        GitError: the git repository can't be read.
    """
    if source.startswith(MARK):
        return _from_git(git_source.parse(source, lang), lang)
    if source.endswith(".yaml"):
        return _read(Path(source), source, "local", lang)
    return from_library(source, lang)


def add(here: Workspace, source: str) -> str:
    """Pin a checklist of another git repository, list its sheets, and return its id.

    Raises:
        UsageError: it is pinned already; there is no such tag or file in the repository.
        FilesError: it is no checklist that can be used; holds the problems.
        GitError: the repository can't be read.
    """
    one = found(source, here.lang)
    return here.pin(one.checklist, one.text.encode(), plain_source(one.source))


def from_library(checklist_id: str, lang: Lang) -> Found:
    """Return a checklist of the library.

    Raises:
        UnknownIdError: there is none of that id.
    """
    files = shipped_files.library()
    if checklist_id not in files:
        _ = translator(lang)
        message = _("the library has no checklist {name}").format(name=checklist_id)
        raise UnknownIdError(message, checklist_id, files)
    path = files[checklist_id]
    return _read(path, str(path), "library", lang)


def again(pin: Pin, checklist_id: str, here: Workspace) -> Found:
    """Return what stands now where a pinned checklist came from.

    A local one is the pinned file itself; of a git repository, the newest tag of the same form.
    """
    if isinstance(pin.source, GitSource):
        place = GitPlace(pin.source.git, pin.source.path, pin.source.tag)
        place = git_source.newest(git_source.checked(place, here.lang), here.lang)
        return _from_git(place, here.lang)
    if pin.source == "library":
        return from_library(checklist_id, here.lang)
    return pinned(here, checklist_id)


def pinned(here: Workspace, checklist_id: str) -> Found:
    """Return the pinned checklist itself.

    Raises:
        FilesError: it can't be read.
    """
    name = layout.checklist_path(checklist_id)
    return _read(here.root / name, name, "local", here.lang)


def _from_git(place: GitPlace, lang: Lang) -> Found:
    data = git_source.fetch(place, lang)
    text = text_of(data, lang, str(place))
    source = GitSource(git=place.git, path=place.path, tag=place.tag)
    return _checked(text, str(place), source, lang)


def _read(path: Path, name: str, source: Where, lang: Lang) -> Found:
    return _checked(read_text(path, lang, name), name, source, lang)


def _checked(text: str, name: str, source: Where, lang: Lang) -> Found:
    """Return the checklist in a text, which must lint without error."""
    loaded = decode(text, "checklist", name, lang)
    problems = loaded.problems
    if loaded.value is not None:
        wrong = lint_checklist(loaded.value, lang, file=name, conflicts=loaded.conflicts)
        problems = [*problems, *locate(text, wrong)]
    if loaded.value is None or errors(problems):
        _ = translator(lang)
        raise FilesError(_("{file} can't be used").format(file=name), errors(problems))
    return Found(text, loaded.value, source)


def plain_source(source: Where) -> Any:
    """Return a source as assess.yaml has it."""
    if isinstance(source, str):
        return source
    return {key: value for key, value in msgspec.structs.asdict(source).items() if value}


def pin_of(config: Config, checklist_id: str, lang: Lang) -> Pin:
    """Return what assess.yaml says of a pinned checklist.

    Raises:
        UnknownIdError: it is not pinned.
    """
    if checklist_id in config.checklists:
        return config.checklists[checklist_id]
    _ = translator(lang)
    message = _("no checklist {name} is pinned here").format(name=checklist_id)
    raise UnknownIdError(message, checklist_id, config.checklists)


def sheets_of(here: Workspace, checklist_id: str) -> Iterator[tuple[str, SheetName]]:
    """Yield round and name of the sheets on disk that answer a checklist, in open rounds."""
    for round_id, one in here.config().rounds.items():
        folder = here.root / "answers" / round_id
        if one.state != "open" or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.yaml")):
            name = SheetName.parse(path.stem)
            if name.checklist == checklist_id:
                yield round_id, name


def edited(here: Workspace, checklist_id: str, pin: Pin, now: Found) -> bool:
    """Return whether a pinned file was edited by hand, and nobody has accepted it as a variant.

    Seen where a sheet answers the same version of other bytes. A checklist that is written here is
    edited all the time.
    """
    if pin.source == "local" or (pin.variant is not None and pin.variant.digest == now.digest):
        return False
    refs = [
        open_file.read(
            here.root / layout.sheet_path(round_id, str(name)), "sheet", here.root, here.lang
        ).value.checklist
        for round_id, name in sheets_of(here, checklist_id)
    ]
    return any(
        ref.version == now.checklist.version and ref.digest not in (None, now.digest)
        for ref in refs
    )


def accept(here: Workspace, checklist_id: str, reason: str, *, by: str | None, at: datetime) -> str:
    """Accept a hand-edited pinned checklist as a local variant; return its digest.

    Raises:
        UnknownIdError: no such checklist is pinned.
        UsageError: there is nothing to accept, or no reason was given.
        FilesError: the edited file is no checklist that can be used.
    """
    _ = translator(here.lang)
    pin = pin_of(here.config(), checklist_id, here.lang)
    now = pinned(here, checklist_id)
    if not reason.strip():
        raise UsageError(_("a local variant needs a reason"), "--reason")
    if not edited(here, checklist_id, pin, now):
        message = _("{name} is as it was pinned: there is nothing to accept")
        raise UsageError(message.format(name=checklist_id), "assess status")
    variant = {"digest": now.digest, "reason": reason.strip(), "by": by, "at": at.isoformat()}
    value = {key: one for key, one in variant.items() if one is not None}
    here.edit_config([Edit(("checklists", checklist_id, "variant"), value)])
    return now.digest


def hints(here: Workspace) -> list[Hint]:
    """Return what there is to do about pinned checklists, without looking at other repositories.

    A checklist that can't be read gives none: lint tells.
    """
    found: list[Hint] = []
    for checklist_id, pin in here.config().checklists.items():
        try:
            found += _hints(here, checklist_id, pin)
        except FilesError:
            continue
    return found


def _hints(here: Workspace, checklist_id: str, pin: Pin) -> Iterator[Hint]:
    if pin.source == "local":
        return
    path = here.root / layout.checklist_path(checklist_id)
    library = shipped_files.library().get(checklist_id)
    same = library is not None and library.read_bytes() == path.read_bytes()
    if pin.source == "library" and same:
        return
    now = pinned(here, checklist_id)
    if edited(here, checklist_id, pin, now):
        command = f"assess checklist accept {checklist_id} --reason …"
        yield Hint("edited", checklist_id, now.checklist.version, command)
    elif pin.source == "library" and library is not None:
        version = from_library(checklist_id, here.lang).checklist.version
        if version != now.checklist.version:
            yield Hint("newer", checklist_id, version, f"assess upgrade {checklist_id}")
