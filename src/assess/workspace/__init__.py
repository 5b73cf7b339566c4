"""A department's workspace: combines store and engine; has no user interface.

The terminal interface, the report and the command line use this package and the values of `model`.
They do not import `store`.
"""

from assess.model.formats import FileKind
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.library import (
    find_library_file,
    json_schema_text,
    list_library_ids,
    read_library_checklists,
)
from assess.workspace.core.names import SheetName
from assess.workspace.core.sheet_file import OpenSheet
from assess.workspace.core.workspace import Workspace

__all__ = [
    "REMOVE",
    "FieldEdit",
    "FileKind",
    "OpenSheet",
    "SheetName",
    "Workspace",
    "find_library_file",
    "json_schema_text",
    "list_library_ids",
    "read_library_checklists",
]
