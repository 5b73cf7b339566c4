"""The façade over a department's workspace: joins store and engine; draws nothing.

The terminal interface, the report and the command line use this package and the values of `model`;
they never reach into `store`.
"""

from assess.model.formats import FileKind
from assess.store.yaml.edit import REMOVE, Edit
from assess.workspace.desk import Desk
from assess.workspace.folder import Workspace
from assess.workspace.library import (
    library_checklist,
    library_checklists,
    library_ids,
    library_path,
    schema_text,
)
from assess.workspace.names import SheetName

__all__ = [
    "REMOVE",
    "Desk",
    "Edit",
    "FileKind",
    "SheetName",
    "Workspace",
    "library_checklist",
    "library_checklists",
    "library_ids",
    "library_path",
    "schema_text",
]
