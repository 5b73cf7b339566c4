"""What renders is loaded without starting a program to search for libraries."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from assess.report.render.loading import skip_cffi_library_search

LOAD = """
import subprocess
started = []
class Counted(subprocess.Popen):
    def __init__(self, words, *rest, **options):
        started.append(words[0])
        super().__init__(words, *rest, **options)
subprocess.Popen = Counted
from assess.report.render.worker import load_renderer
load_renderer()
print(started)
"""


def test_no_program_is_started() -> None:
    """Neither `ldconfig` nor a compiler."""
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_search_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens; and elsewhere than on Linux it is not touched."""
    search = ctypes.util.find_library
    with skip_cffi_library_search():
        assert ctypes.util.find_library("c") is None
    with pytest.raises(ZeroDivisionError), skip_cffi_library_search():
        1 / 0  # noqa: B018  # something that goes wrong
    assert ctypes.util.find_library is search
    monkeypatch.setattr(sys, "platform", "darwin")
    with skip_cffi_library_search():
        assert ctypes.util.find_library is search
