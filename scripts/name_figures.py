"""How plain the names of the code are: one-word function names, and variables that name nothing.

`scripts/name_figures.py [COMMIT]` prints the figures of src/assess as it stands, or at a commit.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = "src/assess"

FIRST_LIST: Final = frozenset(
    ("one", "found", "said", "held", "given", "kept", "at", "here", "there", "own")
)
"""Words that name nothing, as they were counted first: 13.3 % of bound variables at 1259ee0."""

BANNED: Final = frozenset(
    (
        *("one", "found", "said", "held", "given", "kept", "own"),
        *("here", "there", "two", "told", "heard"),
    )
)
"""Words that no variable and no parameter may be called."""

_FRAMEWORK_PREFIX: Final = "action_"
"""Textual demands it before the name of a command; it is no word of the name."""


class Figures(NamedTuple):
    """Counts over the modules of a tree."""

    functions: int
    one_word: int
    """Functions and methods whose name is a single word."""
    variables: int
    """Names that are bound in functions, but for those that begin with `_`."""
    first_list: int
    """Of these, how many are words of `FIRST_LIST`."""
    banned_variables: int
    parameters: int
    banned_parameters: int
    module_functions: int
    """Functions at module level."""
    one_word_module_functions: int
    classes: int
    repeated_classes: int
    """Names that stand for several classes; a leading `_` is no difference."""


def module_figures(trees: Iterable[ast.Module]) -> Figures:
    """Return the figures of modules."""
    functions: list[str] = []
    variables: Counter[str] = Counter()
    parameters: Counter[str] = Counter()
    outer_functions: list[str] = []
    classes: Counter[str] = Counter()
    for tree in trees:
        outer_functions += module_function_names(tree)
        classes.update(class_names(tree))
        functions += function_names(tree)
        variables.update(bound_variables(tree))
        parameters.update(parameter_names(tree))
    return Figures(
        functions=len(functions),
        one_word=sum(is_one_word(name.removeprefix(_FRAMEWORK_PREFIX)) for name in functions),
        variables=variables.total(),
        first_list=sum(variables[word] for word in FIRST_LIST),
        banned_variables=sum(variables[word] for word in BANNED),
        parameters=parameters.total(),
        banned_parameters=sum(parameters[word] for word in BANNED),
        module_functions=len(outer_functions),
        one_word_module_functions=sum(map(is_one_word, outer_functions)),
        classes=classes.total(),
        repeated_classes=len(repeated_names(classes)),
    )


def is_one_word(name: str) -> bool:
    """Return whether the name of a function is a single word."""
    return "_" not in name.strip("_")


def function_names(tree: ast.AST) -> list[str]:
    """Return the names of all functions and methods."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node.name for node in ast.walk(tree) if isinstance(node, kinds)]


def module_function_names(tree: ast.Module) -> list[str]:
    """Return the names of the functions at module level, without special ones."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in tree.body if isinstance(node, kinds)]
    return [name for name in names if not name.startswith("__")]


def class_names(tree: ast.AST) -> list[str]:
    """Return the names of all classes, without a leading `_`."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return [node.name.lstrip("_") for node in nodes]


def repeated_names(names: Counter[str]) -> list[str]:
    """Return the names that occur several times."""
    return sorted(name for name, count in names.items() if count > 1)


def parameter_names(tree: ast.AST) -> Iterator[str]:
    """Yield the parameters of functions and lambdas, but for `self` and `cls`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            named = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            starred = [argument for argument in (node.vararg, node.kwarg) if argument is not None]
            names = (argument.arg for argument in (*named, *starred))
            yield from (name for name in names if name not in ("self", "cls"))


def bound_variables(tree: ast.AST) -> Iterator[str]:
    """Yield each name that is bound in a function, once for each time that it is bound."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    # Nodes whose children are still to be looked at, with whether they are in a function.
    waiting = [(tree, False)]
    while waiting:
        node, in_function = waiting.pop()
        if in_function and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield from (name for name in (node.id,) if not name.startswith("_"))
        if in_function and isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name
        inside = (in_function or isinstance(node, functions)) and not isinstance(node, ast.ClassDef)
        waiting += ((child, inside) for child in ast.iter_child_nodes(node))


def worktree_sources() -> list[str]:
    """Return the texts of the modules as they stand."""
    return [path.read_text("utf-8") for path in sorted((ROOT / SOURCE).rglob("*.py"))]


def commit_sources(commit: str) -> list[str]:
    """Return the texts of the modules at a commit."""
    words = ["git", "archive", "--format=tar", commit, "--", SOURCE]
    data = subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [archive.extractfile(entry) for entry in archive if entry.name.endswith(".py")]
        return [file.read().decode("utf-8") for file in files if file is not None]


def percent(part: int, whole: int) -> str:
    """Return a share with one decimal."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def main(commit: str | None) -> None:
    """Print the figures."""
    sources = worktree_sources() if commit is None else commit_sources(commit)
    figures = module_figures(map(ast.parse, sources))
    rows = (
        ("functions and methods", figures.functions, ""),
        ("  one-word names", figures.one_word, percent(figures.one_word, figures.functions)),
        ("bound variables", figures.variables, ""),
        ("  of the first list", figures.first_list, percent(figures.first_list, figures.variables)),
        (
            "  banned",
            figures.banned_variables,
            percent(figures.banned_variables, figures.variables),
        ),
        ("parameters", figures.parameters, ""),
        (
            "  banned",
            figures.banned_parameters,
            percent(figures.banned_parameters, figures.parameters),
        ),
        ("functions of modules", figures.module_functions, ""),
        (
            "  one-word names",
            figures.one_word_module_functions,
            percent(figures.one_word_module_functions, figures.module_functions),
        ),
        ("classes", figures.classes, ""),
        ("  repeated names", figures.repeated_classes, ""),
    )
    for name, count, share in rows:
        print(f"{name:<26}{count:>7}  {share}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
