"""Where pinned checklists come from: the library, a file, another git repository."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from assess.i18n import Lang
from assess.model.config import GitSource, Pin
from assess.store.files import decode_utf8
from assess.store.git.history.remote_checklist import (
    MARK,
    GitPlace,
    fetch_checklist_and_templates,
    find_place_of_newest_similar_tag,
    parse_git_source,
    require_valid_place,
)
from assess.workspace.checklists.pinned import (
    ChecklistSource,
    FoundChecklist,
    find_library_checklist,
    read_pinned_checklist,
    read_valid_checklist,
)
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.core.source_templates import (
    find_template_folder_beside,
    leave_out_shipped_templates,
    read_templates_beside,
    refuse_unusable_template_names,
)
from assess.workspace.core.workspace import Workspace


def find_checklist(source: str, lang: Lang) -> FoundChecklist:
    """Return the checklist that `source` names: an id of the library, FILE.yaml or git+URL//PATH.

    Raises:
        UnknownIdError: the library has no such checklist.
        FilesError: the file is not a valid checklist; holds the problems.
        UsageError: there is no such tag or file in the git repository.
        GitError: the git repository can't be read.
    """
    if source.startswith(MARK):
        return _fetch_from_git(parse_git_source(source, lang), lang)
    if source.endswith(".yaml"):
        local = read_valid_checklist(Path(source), source, "local", lang)
        return local._replace(templates=read_templates_beside(Path(source), lang))
    return find_library_checklist(source, lang)


def pin_git_checklist_and_add_sheets(workspace: Workspace, source: str) -> str:
    """Pin a checklist of another git repository, add its sheets, and return its id.

    Raises:
        UsageError: the checklist is pinned already, or its facts collide with those of another;
            the repository has no such tag or file.
        FilesError: the file is not a valid checklist; holds the problems.
        GitError: the repository can't be read.
    """
    found_checklist = find_checklist(source, workspace.lang)
    return workspace.checklists.pin_checklist_and_add_sheets(
        found_checklist.checklist,
        found_checklist.text.encode(),
        convert_source_to_plain(found_checklist.source),
        found_checklist.templates,
        upgrade_to=source,
    )


def read_checklist_at_pin_source(
    pin: Pin, checklist_id: str, workspace: Workspace
) -> FoundChecklist:
    """Return the present checklist at the source of a pinned checklist.

    The source of a local checklist is the pinned file itself. In a git repository the newest tag
    of the same form is read.
    """
    if isinstance(pin.source, GitSource):
        place = GitPlace(pin.source.git, pin.source.path, pin.source.tag)
        place = find_place_of_newest_similar_tag(
            require_valid_place(place, workspace.lang), workspace.lang
        )
        return _fetch_from_git(place, workspace.lang)
    if pin.source == "library":
        return find_library_checklist(checklist_id, workspace.lang)
    return read_pinned_checklist(workspace, checklist_id)


def _fetch_from_git(place: GitPlace, lang: Lang) -> FoundChecklist:
    folder = str(find_template_folder_beside(PurePosixPath(place.path)))
    fetched = fetch_checklist_and_templates(place, folder, lang)
    text = decode_utf8(fetched.data, lang, str(place))
    source = GitSource(git=place.git, path=place.path, tag=place.tag)
    checklist = decode_valid_checklist(text, str(place), lang)
    refuse_unusable_template_names(fetched.templates, lang)
    return FoundChecklist(text, checklist, source, leave_out_shipped_templates(fetched.templates))


def convert_source_to_plain(source: ChecklistSource) -> Any:
    """Return a source as a plain value for assess.yaml."""
    if isinstance(source, str):
        return source
    return {key: value for key, value in msgspec.structs.asdict(source).items() if value}
