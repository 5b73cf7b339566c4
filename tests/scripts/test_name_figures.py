"""The figures of names count what they say."""

from __future__ import annotations

import sys

from report import factory

sys.path.insert(0, str(factory.ROOT / "scripts"))

from name_figures import Figures, module_figures, worktree_sources

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
"""


def test_each_kind_of_name_is_counted() -> None:
    """Names outside of functions, of fields and with an underscore do not count as variables."""
    assert module_figures([SOURCE]) == Figures(
        functions=3,
        one_word=2,
        variables=4,
        first_list=3,
        banned_variables=4,
        parameters=5,
        banned_parameters=2,
    )


def test_variables_and_parameters_name_something() -> None:
    """No variable and no parameter of the program has a name of the banned list."""
    figures = module_figures(worktree_sources())
    assert (figures.banned_variables, figures.banned_parameters) == (0, 0)
