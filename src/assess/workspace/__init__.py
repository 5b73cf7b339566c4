"""A department's workspace: combines store and engine; has no user interface.

The terminal interface, the report and the command line use this package and the values of `model`.
They do not import `store`.
"""

from assess.model.formats import FileKind
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.library import (
    library_checklist,
    library_checklists,
    library_ids,
    library_path,
    schema_text,
)
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet
from assess.workspace.core.workspace import Workspace

__all__ = [
    "REMOVE",
    "Edit",
    "FileKind",
    "OpenSheet",
    "SheetName",
    "Workspace",
    "library_checklist",
    "library_checklists",
    "library_ids",
    "library_path",
    "schema_text",
]
