"""Change the program in one place at a time, and see whether a test that runs there notices.

Cosmic Ray makes the changes; this script draws some of them by seed, in files whose tests are
quick, and runs only tests that reach the changed line. Nothing is changed in the folder of the
project: all of it happens in copies. What survives is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, NamedTuple

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from coverage import CoverageData

ROOT: Final = Path(__file__).resolve().parent.parent
MUTATED: Final = ("src/assess/engine", "src/assess/merging", "src/assess/store/yaml")
TESTS: Final = ("tests/engine", "tests/merging", "tests/store/yaml")
COUNT: Final = 120
SEED: Final = 12
BAR: Final = 90
"""Per cent of the mutants that tests have to notice."""

_COPIES: Final = 2
_PATIENCE: Final = 600
"""Seconds until a mutant that goes on for ever is taken for noticed."""

OPERATORS: Final = re.compile(
    r"core/(ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_Gt|Gt_Lt|Eq_NotEq|NotEq_Eq"
    r"|Is_IsNot|IsNot_Is)|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|Mod_FloorDiv"
    r"|FloorDiv_Mul)|ReplaceUnaryOperator_(USub_UAdd|Delete_Not)|AddNot|ReplaceTrueWithFalse"
    r"|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceBreakWithContinue"
    r"|ReplaceContinueWithBreak|NumberReplacer|ZeroIterationForLoop)$"
)
"""Changes that mean something: no `|` in types, no `==` for `is`, no decorator that only caches."""


class Mutant(NamedTuple):
    """A change: the file from the root, the operator, which of its places, and the line."""

    path: str
    operator: str
    occurrence: int
    line: int

    def __str__(self) -> str:
        """Return the place and the name of the change."""
        return f"{self.path}:{self.line} {self.operator.removeprefix('core/')}"


class Result(NamedTuple):
    """What became of a mutant: `killed`, `survived` or `endless`, and its line before and after."""

    mutant: Mutant
    end: str
    change: str


def copy_project(folder: Path) -> Path:
    """Copy the files that git knows into a folder."""
    words = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(words, check=True, capture_output=True).stdout.split(b"\0"):
        source = ROOT / os.fsdecode(name)
        if name and source.is_file():
            target = folder / os.fsdecode(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return folder


def run_pytest(copy: Path, *words: str) -> int:
    """Run tests of a copy of the project over that copy; return pytest's exit code."""
    environ = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    done = subprocess.run(
        [*command, "-m", "not exhaustive and not cuts and not office and not scale"],
        cwd=copy,
        env=environ,
        check=False,
        timeout=_PATIENCE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode


def find_covering_tests(copy: Path) -> dict[str, dict[int, list[str]]]:
    """Return the test functions that reach each line, by file.

    Raises:
        SystemExit: tests fail without any change.
    """
    words = ("-n", "2", "--cov", "--cov-context=test", "--cov-report=", *TESTS)
    if run_pytest(copy, *words):
        sys.exit("tests fail without any change: ./run test")
    data = CoverageData(str(copy / ".coverage"))
    data.read()
    return {
        Path(name).relative_to(copy).as_posix(): {
            line: sorted({re.split(r"[\[|]", test, maxsplit=1)[0] for test in tests if test})
            for line, tests in data.contexts_by_lineno(name).items()
        }
        for name in data.measured_files()
    }


def find_mutants(path: Path) -> Iterator[Mutant]:
    """Yield each change that can be made to a file."""
    tree = get_ast(path.read_text("utf-8"))
    for name in filter(OPERATORS.match, plugins.operator_names()):
        operator = plugins.get_operator(name)()
        places = (
            start for node in ast_nodes(tree) for start, _end in operator.mutation_positions(node)
        )
        for occurrence, (line, _column) in enumerate(places):
            yield Mutant(path.relative_to(ROOT).as_posix(), name, occurrence, line)


def draw_mutants(reached: dict[str, dict[int, list[str]]], count: int, seed: int) -> list[Mutant]:
    """Return mutants of lines that tests reach, one a line; a line counts once, however rich."""
    by_line: defaultdict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for folder in MUTATED:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for mutant in find_mutants(path):
                if reached.get(mutant.path, {}).get(mutant.line):
                    by_line[mutant.path, mutant.line].append(mutant)
    chance = random.Random(seed)  # noqa: S311  # no secret
    lines = chance.sample(sorted(by_line), min(count, len(by_line)))
    return [chance.choice(by_line[line]) for line in lines]


def check_names(
    copy: Path, mutants: list[Mutant], reached: dict[str, dict[int, list[str]]]
) -> None:
    """Make sure that the names of the tests are names to pytest.

    Raises:
        SystemExit: one of them is not: its mutants would all be taken for noticed.
    """
    names = {test for mutant in mutants for test in reached[mutant.path][mutant.line]}
    if run_pytest(copy, "--collect-only", *sorted(names)):
        sys.exit("pytest does not find a test by the name that coverage gives it")


def order_tests(mutant: Mutant, tests: list[str]) -> list[str]:
    """Return the tests with those of the file's own test file first."""
    beside = f"test_{Path(mutant.path).name}::"
    return sorted(tests, key=lambda test: beside not in test)


def try_mutant(mutant: Mutant, tests: list[str], copy: Path) -> Result:
    """Make a change in a copy, run the tests that reach it, and take it back."""
    path = copy / mutant.path
    before = path.read_text("utf-8")
    operator: Any = plugins.get_operator(mutant.operator)()
    after = mutate_code(before, operator, mutant.occurrence)
    path.write_text(after, "utf-8")
    try:
        code = run_pytest(copy, "-x", *order_tests(mutant, tests))
        end = "killed" if code else "survived"
    except subprocess.TimeoutExpired:
        end = "endless"
    finally:
        path.write_text(before, "utf-8")
    return Result(mutant, end, describe_change(before, after))


def describe_change(before: str, after: str) -> str:
    """Return the line that differs, as it was and as it is."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    old, new = next(pair for pair in pairs if pair[0] != pair[1])
    return f"  - {old.strip()}\n  + {new.strip()}"


def try_all(
    mutants: list[Mutant], reached: dict[str, dict[int, list[str]]], copies: list[Path]
) -> Iterator[Result]:
    """Yield what becomes of each mutant, as many at a time as there are copies."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def try_one(mutant: Mutant) -> Result:
        copy = free.get()
        try:
            return try_mutant(mutant, reached[mutant.path][mutant.line], copy)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(try_one, mutants)


def main() -> int:
    """Print what survives; return 1 where too much does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    wanted = parser.parse_args()
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="assess-mutants-") as name:
        copies = [copy_project(Path(name).resolve() / str(number)) for number in range(_COPIES)]
        reached = find_covering_tests(copies[0])
        mutants = draw_mutants(reached, wanted.count, wanted.seed)
        check_names(copies[0], mutants, reached)
        for result in try_all(mutants, reached, copies):
            ends[result.end] += 1
            print(f"{result.end} {result.mutant}", flush=True)
            if result.end == "survived":
                print(result.change, flush=True)
    share = 100 * (1 - ends["survived"] / max(1, ends.total()))
    print(f"{ends.total()} mutants, {dict(ends)}: {share:.1f} % noticed (at least {BAR} %)")
    return int(share < BAR)


if __name__ == "__main__":
    sys.exit(main())
