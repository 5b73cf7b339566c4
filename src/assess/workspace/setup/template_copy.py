"""Copying one of the program's report templates into the workspace, to be changed there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.base import is_valid_id
from assess.store.files import make_and_flush_missing_folders, write_atomic
from assess.store.inner_paths import resolve_path_inside
from assess.store.lock import workspace_lock
from assess.template_folders import MAIN_FILE, list_template_names
from assess.workspace.core.library import find_shipped_template_folder
from assess.workspace.core.names import refuse_windows_device_name
from assess.workspace.core.workspace import Workspace

TEMPLATES_WITH_OWN_NAME: Final = ("blank", "compare", "notice", "receipt")
"""Templates whose documents follow rules of their own, which the program applies by the name."""

_TAG: Final = re.compile(r"\{%.*?%\}", re.DOTALL)


class TemplateCopy(NamedTuple):
    """A template that was copied."""

    folder: str
    """From the root of the workspace, with a slash at its end."""
    files: tuple[str, ...]


def list_shipped_template_names() -> list[str]:
    """Return the names of the program's report templates.

    Raises:
        EnvironmentLacksError: the installation lacks them.
    """
    return list_template_names([find_shipped_template_folder()])


def list_template_names_of_workspace(workspace: Workspace) -> list[str]:
    """Return the names of the report templates in the workspace's own folder."""
    return list_template_names([workspace.root / locations.TEMPLATES])


def copy_template(workspace: Workspace, name: str, target: str | None) -> TemplateCopy:
    """Copy a template of the program to `templates/TARGET/` of the workspace; TARGET may be NAME.

    In the tags of a copy with another name, the files of the template are those of the copy.
    Nothing is overwritten.

    Raises:
        UsageError: the program has no such template, TARGET is no name for it, or it is taken.
        LockedError, WriteError: the files can't be written.
    """
    names = list_shipped_template_names()
    target = name if target is None else target
    _refuse_names(workspace, name, target, names)
    source = find_shipped_template_folder() / name
    folder = f"{locations.TEMPLATES}/{target}/"
    _ = translator(workspace.lang)
    place = resolve_path_inside(workspace.root, folder.rstrip("/"))
    with workspace_lock(workspace.root, workspace.acting, workspace.lang):
        if place is None or not _is_absent_or_empty_folder(place):
            message = _("{path} exists already").format(path=folder)
            raise UsageError(message, _hint_at_another_name(workspace, name))
        make_and_flush_missing_folders(place, workspace.lang)
        # The main file comes last: without it the folder is no template yet.
        files = sorted(source.iterdir(), key=lambda path: (path.name == MAIN_FILE, path.name))
        for path in files:
            data = _rename_in_tags(path, name, target)
            write_atomic(place / path.name, data, workspace.lang)
    return TemplateCopy(folder, tuple(sorted(path.name for path in files)))


def _refuse_names(workspace: Workspace, name: str, target: str, names: list[str]) -> None:
    _ = translator(workspace.lang)
    if name not in names:
        message = _("the program has no report template {name}").format(name=name)
        raise UsageError(message, _("it has: {known}").format(known=", ".join(names)))
    if target == name:
        return
    if name in TEMPLATES_WITH_OWN_NAME:
        message = _("{name} keeps its name: the program applies rules to it by that")
        raise UsageError(message.format(name=name), f"assess template copy {name}")
    shipped = {path.name for path in find_shipped_template_folder().iterdir()}
    if target in shipped or not is_valid_id(target):
        message = _("{name} can't be the name of an own template").format(name=target)
        hint = _("small letters, digits and -, and none of the program: {known}")
        raise UsageError(message, hint.format(known=", ".join(sorted(shipped))))
    refuse_windows_device_name(target, workspace.lang, f"assess template copy {name}")


def _is_absent_or_empty_folder(place: Path) -> bool:
    if place.is_dir():
        return not any(place.iterdir())
    return not os.path.lexists(place)


def _hint_at_another_name(workspace: Workspace, name: str) -> str:
    """Return what to do where the name is taken: a command with a free one, if it may have that."""
    if name in TEMPLATES_WITH_OWN_NAME:
        return translator(workspace.lang)(
            "move them to another name below templates/, then run it again"
        )
    templates = workspace.root / locations.TEMPLATES
    number = 2
    while os.path.lexists(templates / f"{name}-{number}"):
        number += 1
    return f"assess template copy {name} {name}-{number}"


def _rename_in_tags(path: Path, name: str, target: str) -> bytes:
    """Return the bytes of a file in which tags name files of the copy."""
    data = path.read_bytes()
    if path.suffix not in (".html", ".css") or name == target:
        return data
    named = f'"{name}/'
    text = _TAG.sub(lambda tag: tag[0].replace(named, f'"{target}/'), data.decode("utf-8"))
    return text.encode()
