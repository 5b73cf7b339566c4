"""The files of tests/data/bad: each says in its first lines what must be reported about it.

The lines are comments `# kind: …` and `# expect: LINE:COLUMN: SEVERITY: CODE: MESSAGE (HINT)`, one
`expect` a problem, in order, in English. Where comments can't stand (wrong encodings, an empty
file) they are in a file of the same name with `.expect` after it. `# by: lint` marks files that
decode, and that the lint must report.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.model.formats import FileKind
from assess.problem import Problem

FOLDER = Path(__file__).parent / "data" / "bad"


class BadFile(NamedTuple):
    """One file and its expected report."""

    path: Path
    kind: FileKind
    by: str
    expected: list[str]


def bad_files(by: str) -> list[BadFile]:
    """Return the files whose problems are found by `store` or by `lint`."""
    paths = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expect")
    return [file for file in map(_read, paths) if file.by == by]


def _read(path: Path) -> BadFile:
    beside = path.with_name(path.name + ".expect")
    source = beside if beside.exists() else path
    kind: FileKind = "sheet"
    by, expected = "store", []
    for line in source.read_text("utf-8").splitlines():
        name, _, words = line.removeprefix("# ").partition(": ")
        if name == "expect":
            expected.append(words)
        elif name == "by":
            by = words
        elif name == "kind":
            kind = words  # type: ignore[assignment]  # a wrong kind fails the test
        else:
            break
    return BadFile(path, kind, by, expected)


def report(problems: list[Problem]) -> list[str]:
    """Return problems as `expect` lines have them."""
    return [
        str(one).removeprefix(f"{one.file}:").replace(": ", f": {one.severity}: ", 1)
        for one in problems
    ]
