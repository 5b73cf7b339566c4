"""The quick check tests what is quick and what belongs to the files that changed."""

from __future__ import annotations

import pytest
from quick_tests import QUICK, matching_tests, quick_paths


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("src/assess/store/lock.py", "tests/store/test_lock.py"),
        ("src/assess/store/git/__init__.py", "tests/store/git"),
        ("tests/store/test_lock.py", "tests/store/test_lock.py"),
        ("tests/store/test_gone.py", None),
        ("templates/full/main.html", "tests/report"),
        ("README.md", "tests/pages"),
        ("docs/git.md", "tests/pages"),
        ("LICENSE", None),
    ],
)
def test_a_file_leads_to_its_tests(path: str, tests: str | None) -> None:
    """To the test file beside it, else to the folder of tests."""
    assert matching_tests(path) == tests


def test_nothing_is_tested_twice() -> None:
    """What a quick folder holds is not named again."""
    changed = [
        "src/assess/engine/scoring/score.py",
        "src/assess/store/lock.py",
        "src/assess/store/lock.py",
    ]
    assert quick_paths(changed) == [*QUICK, "tests/store/test_lock.py"]
