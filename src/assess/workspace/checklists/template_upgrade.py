"""The report templates that come with a new version of a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess import locations
from assess.errors import ChangedOnDiskError, UsageError
from assess.i18n import translator
from assess.model.config import Pin
from assess.store import scaffold
from assess.store.files import write_atomic
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.undo_writes import WrittenFile


class TemplateWrite(NamedTuple):
    """A template file that an upgrade writes: its bytes before and after it."""

    path: str
    before: bytes | None
    """None where the workspace does not have it."""
    after: bytes

    def as_written_file(self) -> WrittenFile:
        """Return it as what can be undone."""
        before, after = (
            data.decode("utf-8", "surrogateescape") for data in (self.before or b"", self.after)
        )
        return WrittenFile(self.path, before, after, was_there=self.before is not None)


def plan_template_writes(
    workspace: Workspace, pin: Pin, templates: Mapping[str, bytes]
) -> tuple[TemplateWrite, ...]:
    """Return the template files that change; `templates` are the new ones, below `templates/`.

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
        if before is not None and scaffold.digest_with_prefix(before) != pin.templates.get(name):
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
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, write.after, workspace.lang)
