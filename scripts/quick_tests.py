"""Print the test paths of the quick check: the quick folders, and those of files that changed.

Changed are files that differ from the upstream branch, or from the last commit where there is no
upstream, and files that git does not know yet.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

QUICK: Final = (
    *("tests/engine", "tests/model", "tests/merging", "tests/scripts", "tests/store/yaml"),
    *("tests/display", "tests/tui/commands"),
    *("tests/test_errors.py", "tests/test_harmless.py", "tests/test_house.py"),
    *("tests/test_i18n.py", "tests/test_problem.py", "tests/test_requirements.py"),
)
"""Tests that start no git, no renderer and no screen, or few."""

_SOURCE: Final = "src/assess/"
_DATA: Final = {
    "templates": "tests/report",
    "checklists": "tests/engine/lint/content",
    **dict.fromkeys(("docs", "README.md", "README.en.md", "CONTRIBUTING.md"), "tests/pages"),
}
"""Folders and pages of the project whose tests stand elsewhere."""


def changed_files() -> list[str]:
    """Return the paths of files that changed, from the project's root."""
    upstream = _git_lines("rev-parse", "--verify", "--quiet", "@{upstream}")
    base = _git_lines("merge-base", "HEAD", upstream[0]) if upstream else ["HEAD"]
    known = _git_lines("diff", "--name-only", base[0])
    return [*known, *_git_lines("ls-files", "--others", "--exclude-standard")]


def _git_lines(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def matching_tests(path: str) -> str | None:
    """Return the test file or the folder of tests that belongs to a file; None without one."""
    if path.startswith("tests/") and PurePosixPath(path).name.startswith("test_"):
        return path if (ROOT / path).is_file() else None
    if path.startswith(_SOURCE) and path.endswith(".py"):
        inner = PurePosixPath(path.removeprefix(_SOURCE))
        beside = Path("tests", inner.parent, f"test_{inner.name}")
        return next(
            (str(place) for place in (beside, beside.parent) if (ROOT / place).exists()), None
        )
    return _DATA.get(path.split("/", 1)[0])


def quick_paths(changed: Iterable[str]) -> list[str]:
    """Return what the quick check tests; nothing stands in it twice."""
    chosen = [path for path in map(matching_tests, changed) if path is not None]
    return [
        *QUICK,
        *(path for path in dict.fromkeys(chosen) if not path.startswith(QUICK)),
    ]


if __name__ == "__main__":
    print("\n".join(quick_paths(changed_files())))
