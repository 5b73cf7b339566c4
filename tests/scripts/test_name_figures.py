"""The figures of names count what they say."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Final

from name_figures import (
    BANNED,
    Figures,
    bound_variables,
    class_names,
    is_one_word,
    module_figures,
    module_function_names,
    parameter_names,
    repeated_names,
)

from source_trees import parse_sources

SHORT_NAMES: Final = frozenset({"main", "N_", "Nn_", "translator"})
"""One-word names that are allowed: entry points, and what gettext calls its functions."""

SOURCE = """
one = 1
class Sheet:
    found: int = 0
    def save(self, item, *, own=None, **options):
        for one in item:
            _private, found = one
        try:
            pass
        except OSError as said:
            return [two for two in item]
    async def action_save(self): ...
def _read_file(path): return lambda here: here
def read(): ...
def __getattr__(name): ...
class _Sheet: ...
"""


def test_each_kind_of_name_is_counted() -> None:
    """Names outside of functions, of fields and with an underscore do not count as variables."""
    assert module_figures([ast.parse(SOURCE)]) == Figures(
        functions=5,
        one_word=4,
        variables=4,
        first_list=3,
        banned_variables=4,
        parameters=6,
        banned_parameters=2,
        module_functions=2,
        one_word_module_functions=1,
        classes=2,
        repeated_classes=1,
    )


def test_variables_and_parameters_name_something() -> None:
    """No variable and no parameter of the program has a name of the banned list."""
    faults = [
        (source.path, name)
        for source in parse_sources()
        for name in (*bound_variables(source.tree), *parameter_names(source.tree))
        if name in BANNED
    ]
    assert faults == []


def test_functions_of_modules_have_names_of_two_words() -> None:
    """A reader of a call sees what a function does; exceptions are listed above."""
    functions = (name for source in parse_sources() for name in module_function_names(source.tree))
    names = {name for name in functions if is_one_word(name)}
    assert names == SHORT_NAMES


def test_each_class_has_a_name_of_its_own() -> None:
    """No two classes of the program share a name, not even with a leading `_`."""
    names = Counter(name for source in parse_sources() for name in class_names(source.tree))
    assert repeated_names(names) == []
