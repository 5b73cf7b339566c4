"""Which proof a piece of evidence serves."""

from __future__ import annotations

import pytest

from assess.display.evidence.proof_match import (
    choose_most_likely_proof_id,
    list_likely_item_indexes,
)
from assess.model.base import Bilingual
from assess.model.item import Conformity, Proof

PROOFS = (
    Proof(id="form", text=Bilingual(zh="接入申请表", en="Application form"), required=True),
    Proof(id="list", text=Bilingual(zh="终端台账（含停用的）", en="Register of terminals")),
)
ITEM = Conformity(id="X-01", title="T", requirement="R", evidence=PROOFS)
BARE = Conformity(id="X-02", title="T", requirement="R")


@pytest.mark.parametrize(
    ("title", "missing", "proof"),
    [("终端台账", (), "list"), ("2026 年终端台账", ("form",), "list"), ("照片", ("form",), "form"),
     ("照片", (), "form"), ("照片", ("list",), "list"), ("", (), "form")],
)  # fmt: skip
def test_the_wording_decides_then_what_is_missing(
    title: str, missing: tuple[str, ...], proof: str
) -> None:
    """Half of a title's words name the proof; else the first that is missing, else the first."""
    assert choose_most_likely_proof_id(ITEM, title, missing, "zh") == proof


def test_an_item_without_proofs_is_served_by_something_else() -> None:
    """Evidence may be attached to it; it is not among the likely ones."""
    assert choose_most_likely_proof_id(BARE, "终端台账", (), "zh") == "other"
    assert list_likely_item_indexes([BARE], "终端台账", "zh") == []


def test_items_that_share_rare_words_come_first() -> None:
    """What all proofs speak of tells nothing; dates of a title, and other titles, find nothing."""
    texts = ("外网终端台账和照片", "外网线路批复", "外网终端名单", "外网制度", "终端台账")
    items = [
        Conformity(
            id=f"X-0{index}", title="T", requirement="R", evidence=(Proof(id="a", text=text),)
        )
        for index, text in enumerate(texts)
    ]
    assert list_likely_item_indexes(items, "政务外网终端台账（2026 年 9 月）", "zh") == [0, 4, 2]
    assert list_likely_item_indexes(items, "工资表", "zh") == []
