"""Pinned checklists that were edited by hand and are accepted as they are."""

from __future__ import annotations

from datetime import datetime

from assess.errors import UsageError
from assess.i18n import translator
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.checklists.pinned import (
    find_pin,
    is_pinned_file_edited_and_unaccepted,
    read_pinned_checklist,
)
from assess.workspace.core.published_files import find_published_files, seems_published_but_is_not
from assess.workspace.core.workspace import Workspace


def write_accepted_variant_digest(
    workspace: Workspace, checklist_id: str, reason: str, *, by: str | None, accepted_at: datetime
) -> str:
    """Accept a hand-edited pinned checklist as a local variant; return its digest.

    Raises:
        UnknownIdError: no such checklist is pinned.
        UsageError: there is nothing to accept, or the reason is missing.
        FilesError: the edited file is not a valid checklist.
    """
    _ = translator(workspace.lang)
    pin = find_pin(workspace.read_config(), checklist_id, workspace.lang)
    current = read_pinned_checklist(workspace, checklist_id)
    if not reason.strip():
        raise UsageError(_("a local variant needs a reason"), "--reason")
    published = find_published_files([(current.checklist, current.digest)])
    if not (
        is_pinned_file_edited_and_unaccepted(workspace, checklist_id, pin, current)
        or seems_published_but_is_not(pin, current.checklist.id, current.digest, published)
    ):
        message = _("{name} is as it was pinned: there is nothing to accept")
        raise UsageError(message.format(name=checklist_id), "assess status")
    variant = {
        "digest": current.digest,
        "reason": reason.strip(),
        "by": by,
        "at": accepted_at.isoformat(),
    }
    value = {key: field for key, field in variant.items() if field is not None}
    workspace.edit_config([FieldEdit(("checklists", checklist_id, "variant"), value)])
    return current.digest
