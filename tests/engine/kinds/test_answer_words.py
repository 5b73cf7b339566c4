from __future__ import annotations

import pytest

from assess.engine.kinds.answer_words import replace_words_by_answer_id
from assess.model.base import Number
from assess.model.item import Item
from assess.model.item_parts import Rung
from factories import choice, conformity, ladder, text, text_item

LONG = ladder(
    rungs=(
        Rung(id="all", degree=Number(1), text=text("全部备案。", "All are filed.")),
        Rung(id="some", degree=Number("0.5"), text=text("部分备案", "Some are filed")),
        Rung(id="new", degree=Number(0), text=text("部分未备案", "Some are not filed")),
    )
)


@pytest.mark.parametrize(
    ("item", "words", "meant"),
    [
        (conformity(), "符合", "met"),
        (conformity(), "部分符合", "partial"),
        (conformity(), "不符合", "unmet"),
        (conformity(), " 不适用 ", "not_applicable"),
        (conformity(), "Partly met", "partial"),
        (conformity(), "met", "met"),
        (conformity(), "合格", "合格"),
        (ladder(), "每季度", "quarterly"),
        (ladder(), "yearly", "yearly"),
        (ladder(), "不适用", "not_applicable"),
        (ladder(), "符合", "符合"),
        (LONG, "全部", "all"),
        (LONG, "全部备案", "all"),
        (LONG, "部分备案", "some"),
        (LONG, "部分", "部分"),
        (LONG, "", ""),
        (choice(), "选a", "a"),
        (choice(), "选", "选"),
        (text_item(), "不适用", "不适用"),
    ],
    ids=str,
)
def test_words_stand_for_an_id(item: Item, words: str, meant: str) -> None:
    """Words of the interface mean their answer; what is ambiguous or unknown stays as typed."""
    assert replace_words_by_answer_id(item, words) == meant
