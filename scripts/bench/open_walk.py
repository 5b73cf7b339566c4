"""Open the first sheet of the workspace in the current folder; end once an item can be answered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from assess.import_pause import pause_garbage_collection_for_imports

with pause_garbage_collection_for_imports():  # as `assess fill` does
    from assess.tui.app.app import AssessApp
    from assess.tui.walk.screen import WalkScreen
    from assess.workspace import Workspace

ROUND = "2026"


def _end_app(screen: WalkScreen) -> None:
    screen.app.exit()


def main() -> None:
    """Run the app until the walk says that it can take an answer."""
    setattr(WalkScreen, WalkScreen.mark_answerable_for_benchmark.__name__, _end_app)
    workspace = Workspace(Path.cwd(), "zh")
    sheet = workspace.list_sheets(ROUND)[0]
    now = datetime(2026, 6, 1, tzinfo=UTC)
    app = AssessApp(workspace, ROUND, None, now.date(), lambda: now, "zh", sheet)
    app.run_to_end(headless=True, size=(80, 24))


if __name__ == "__main__":
    main()
