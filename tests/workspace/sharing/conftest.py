"""What tests of commits that end or are refused begin with."""

from __future__ import annotations

import pytest

from assess.workspace import Workspace
from assess.workspace.sharing import commit as committing
from workspace.history.test_changes import TODAY


@pytest.fixture
def ready(here: Workspace) -> Workspace:
    """A workspace whose round can be closed."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    committing.restore_files_and_commit_workspace(here, today=TODAY)
    return here
