from __future__ import annotations

from assess.workspace.checklists.content_check import load_content_rule_tables
from assess.workspace.core.library import read_library_checklists
from assess.workspace.core.program_tables import load_hidden_dangers


def test_there_are_32_triggers_of_serious_dangers() -> None:
    """Their codes are those of the template, in its order."""
    assert list(load_hidden_dangers()) == [f"A-{number:02}" for number in range(1, 33)]


def test_triggers_name_cases_and_items_that_exist() -> None:
    """A case of the guide, an item of the library; each only once."""
    dangers = load_hidden_dangers().values()
    items = {name for checklist in read_library_checklists("en") for name in checklist.items()}
    cases = [case for danger in dangers for case in danger.cases]
    assert set(cases) <= set(load_content_rule_tables().cases)
    assert len(cases) == len(set(cases))
    assert {name for danger in dangers for name in danger.items} - items == set()


def test_triggers_have_both_languages() -> None:
    """Title and signs are printed in the language of the report."""
    for danger in load_hidden_dangers().values():
        for words in (danger.title, danger.signs):
            assert words.zh
            assert words.en
