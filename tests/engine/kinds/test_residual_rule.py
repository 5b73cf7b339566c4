"""The rule for cases that no verdict names: where it holds, and that its words are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.engine.kinds.residual_rule import (
    has_result_criteria_or_rungs,
    list_residual_rule_sentences,
    residual_rule_reminder,
    residual_rule_title,
)
from assess.i18n import LANGS, Lang
from assess.model.item import NEVER, Item, Verdict
from factories import choice, conformity, ladder, ratio, text

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (conformity(verdict=Verdict(met=text())), True),
        (conformity(verdict=Verdict(unmet=text())), True),
        (ladder(), True),
        (conformity(), False),
        (conformity(verdict=Verdict(not_applicable=NEVER)), False),
        (ratio(verdict=Verdict(not_applicable=text())), False),
        (choice("A-7", "1"), False),
    ],
)
def test_it_holds_where_results_are_stated(item: Item, *, expected: bool) -> None:
    """An item with met, unmet or rungs leaves cases out; the others say nothing of cases."""
    assert has_result_criteria_or_rungs(item) is expected


@pytest.mark.parametrize("lang", LANGS)
def test_pages_have_the_words_of_the_program(lang: Lang) -> None:
    """The officer's and the author's page print each sentence as screens and documents do."""
    ending = "" if lang == "zh" else ".en"
    for page in (f"docs/guide{ending}.md", f"docs/writing-checklists{ending}.md"):
        lines = (ROOT / page).read_text("utf-8").splitlines()
        assert [f"- {one}" for one in list_residual_rule_sentences(lang)] == [
            line for line in lines if line[2:] in list_residual_rule_sentences(lang)
        ]


def test_both_languages_have_the_rule() -> None:
    """Every sentence, the title and the reminder are translated."""
    zh, en = (
        [
            residual_rule_title(lang),
            residual_rule_reminder(lang),
            *list_residual_rule_sentences(lang),
        ]
        for lang in LANGS
    )
    assert len(zh) == len(en)
    assert not set(zh) & set(en)
