"""The guard that keeps files, YAML and git off the event loop's thread."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assess.tui.core.drafts import DraftKey, Drafts
from tui.loop_guard import BlockedLoopError
from tui.sample import make_workspace


async def test_reading_on_the_loop_raises(tmp_path: Path) -> None:
    """What the interface reads on the loop's thread fails; in a thread it is read."""
    make_workspace(tmp_path / "w", "en")
    drafts = Drafts(tmp_path / "w")
    await asyncio.to_thread(_keep, drafts)
    with pytest.raises(BlockedLoopError):
        drafts.load_draft_files()


def _keep(drafts: Drafts) -> None:
    key = DraftKey("2026", "kinds", "KND-01", "note")
    drafts.set_values_in_memory(key, {"note": "half"})
    drafts.write_or_remove_draft_file(key)
    drafts.load_draft_files()
