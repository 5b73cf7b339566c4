"""What is imported at the start is gone through by no garbage collection later."""

from __future__ import annotations

import gc
import sys
import types

import pytest

from assess.import_pause import pause_garbage_collection_for_imports


def test_imported_modules_are_exempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collector stands still meanwhile, and goes on as before."""
    before = gc.get_freeze_count()
    with pause_garbage_collection_for_imports():
        assert not gc.isenabled()
        monkeypatch.setitem(sys.modules, "imported_in_a_test", types.ModuleType("module"))
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_nothing_imported_is_nothing_exempt() -> None:
    """A second opening of a workspace in one process keeps no garbage."""
    before = gc.get_freeze_count()
    with pytest.raises(ImportError), pause_garbage_collection_for_imports():
        raise ImportError
    assert gc.isenabled()
    assert gc.get_freeze_count() == before
