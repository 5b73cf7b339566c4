"""Reading of the workspace for dialogs, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assess.errors import FilesError
from assess.tui.core.session import InterfaceSession
from assess.tui.core.shell import Navigation
from assess.workspace import Workspace

T = TypeVar("T")


class WorkspaceReading:
    """Reads the workspace of `session`; shows bad files through `navigation`."""

    def __init__(self, session: InterfaceSession, navigation: Navigation) -> None:
        self._session = session
        self._navigation = navigation

    async def read_workspace_or_show_problems(self, read: Callable[[Workspace], T]) -> T | None:
        """Return the result of `read`, off the event loop; show bad files and return None."""
        try:
            return await asyncio.to_thread(self._session.run_job_exclusively, read)
        except FilesError as error:
            self._navigation.show_problems(error)
            return None
