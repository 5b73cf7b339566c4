"""What an upgrade of a pinned checklist refuses: another checklist, edits by hand."""

from __future__ import annotations

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.workspace.checklists.pinned import FoundChecklist
from assess.workspace.core.workspace import Workspace


def refuse_checklist_of_other_id_or_scope(
    workspace: Workspace, old: FoundChecklist, new: FoundChecklist
) -> None:
    """Refuse a new version of another checklist, or for another scope.

    Raises:
        UsageError: it is one.
    """
    _ = translator(workspace.lang)
    before, after = old.checklist, new.checklist
    if before.id != after.id:
        message = _("that is the checklist {other}, not {name}").format(
            other=after.id, name=before.id
        )
        raise UsageError(message, _("as another checklist: assess checklist add …"))
    if before.scope != after.scope:
        message = _("{name} {version} is for another scope: its sheets can't go on")
        words = {"name": before.id, "version": after.version}
        raise UsageError(message.format(**words), _("pin it under another id"))


def raise_edited_checklist_error(workspace: Workspace, checklist_id: str) -> None:
    """Refuse to replace a pinned file that was edited by hand and is not accepted.

    Raises:
        UsageError: always.
    """
    _ = translator(workspace.lang)
    path = locations.checklist_path(checklist_id)
    message = _("{path} was edited by hand; an upgrade would undo that").format(path=path)
    hint = _("accept it first: {accept}; or undo the edit")
    raise UsageError(
        message, hint.format(accept=f"assess checklist accept {checklist_id} --reason …")
    )
