"""The report templates that come with a new version of a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess import locations
from assess.errors import ChangedOnDiskError, UsageError
from assess.i18n import translator
from assess.model.config import GitSource, Pin
from assess.store.files import write_atomic
from assess.store.inner_paths import resolve_path_inside
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.checklists.pinned import FoundChecklist
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.undo_writes import WrittenFile


class TemplateWrite(NamedTuple):
    """A template file that an upgrade writes: its bytes before and after it."""

    path: str
    before: bytes | None
    """None where the workspace does not have it."""
    after: bytes | None
    """None where the upgrade removes it."""

    def as_written_file(self) -> WrittenFile:
        """Return it as what can be undone."""
        before, after = (
            (data or b"").decode("utf-8", "surrogateescape") for data in (self.before, self.after)
        )
        return WrittenFile(
            self.path,
            before,
            after,
            was_there=self.before is not None,
            is_removed=self.after is None,
        )


class TemplatePlan(NamedTuple):
    """What an upgrade does with the template files of a checklist."""

    writes: tuple[TemplateWrite, ...] = ()
    """Files that it writes or removes."""
    left: tuple[str, ...] = ()
    """Files that the new version no longer has; they were edited here, and stay."""


def plan_templates(
    workspace: Workspace, checklist_id: str, pins: Mapping[str, Pin], new: FoundChecklist
) -> TemplatePlan:
    """Return what becomes of the template files that came with a checklist, and of the new ones.

    A file that the new version no longer has is removed, unless another pinned checklist brought
    it too. A file without templates beside it, as it was mailed, leaves them as they are.

    Raises:
        UsageError: a file is not as it was taken in: it was edited, or is another's.
    """
    pin = pins[checklist_id]
    writes = plan_template_writes(workspace, pin, new.templates)
    if not brings_templates(new):
        return TemplatePlan(writes)
    others = {
        name for key, other in pins.items() if key != checklist_id for name in other.templates
    }
    removed, left = [], []
    for name in sorted(pin.templates.keys() - new.templates.keys() - others):
        path = f"{locations.TEMPLATES}/{name}"
        target = resolve_path_inside(workspace.root, path)
        if target is None or not target.is_file():
            continue
        before = target.read_bytes()
        if digest_with_prefix(before) == pin.templates[name]:
            removed.append(TemplateWrite(path, before, None))
        else:
            left.append(path)
    return TemplatePlan((*writes, *removed), tuple(left))


def brings_templates(new: FoundChecklist) -> bool:
    """Return whether a source tells which templates a checklist has now, also that it has none."""
    return bool(new.templates) or isinstance(new.source, GitSource)


def plan_template_writes(
    workspace: Workspace, pin: Pin, templates: Mapping[str, bytes]
) -> tuple[TemplateWrite, ...]:
    """Return the template files that are new or change; `templates` are those of the new version.

    Raises:
        UsageError: a file is not as it was taken in: it was edited, or is another's.
    """
    writes, edited = [], []
    for name, data in templates.items():
        path = f"{locations.TEMPLATES}/{name}"
        target = workspace.root / path
        before = target.read_bytes() if target.is_file() else None
        if before == data:
            continue
        if before is not None and digest_with_prefix(before) != pin.templates.get(name):
            edited.append(path)
        writes.append(TemplateWrite(path, before, data))
    if edited:
        _ = translator(workspace.lang)
        message = _("the checklist brings templates that were edited here: {files}")
        hint = _("move them to another name below templates/, then run it again")
        raise UsageError(message.format(files=", ".join(edited)), hint)
    return tuple(writes)


def write_templates(workspace: Workspace, writes: Sequence[TemplateWrite]) -> None:
    """Write the template files of an upgrade; the caller has the lock.

    Raises:
        ChangedOnDiskError: one was changed since the plan was made.
    """
    for write in writes:
        target = workspace.root / write.path
        if (target.read_bytes() if target.is_file() else None) != write.before:
            _ = translator(workspace.lang)
            message = _("{file} was changed by another program meanwhile").format(file=write.path)
            raise ChangedOnDiskError(message, _("run the upgrade again"))
        if write.after is None:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, write.after, workspace.lang)
