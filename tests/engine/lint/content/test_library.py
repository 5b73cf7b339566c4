from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.lint.content import lint_agreement_between_checklists
from assess.model.checklist import Basis, Checklist, FactDef
from assess.model.item import Item, Silence, Verdict
from engine.content.sample import good
from factories import checklist, text

CSL = Basis(title=text("网络安全法", "CSL"))


def judged(*checklists: Checklist, known: tuple[Checklist, ...] = ()) -> list[str]:
    """Return what is wrong between checklists a.yaml, b.yaml …: `file code path`."""
    files = {f"{name}.yaml": one for name, one in zip("abcdef", checklists, strict=False)}
    return [
        f"{one.file[0]} {one.code} {'.'.join(map(str, one.path))}"
        for one in lint_agreement_between_checklists(files, "en", known)
    ]


def asks(id_: str, zh: str, check: str = "", **fields: Any) -> Item:
    """Return an item with this requirement and check."""
    words = check or f"打开{id_}的登记册。"
    given = {"requirement": text(zh, id_), "check": (text(words, id_),), "verdict": None, **fields}
    return good(id_, **given)


def test_a_fact_is_defined_alike_in_its_scope() -> None:
    """Another question, type or limit is an error at the later checklist; other scopes are free."""
    fact = FactDef(type="boolean", question=text("有吗？", "Is there?"))
    other = FactDef(type="boolean", question=text("在吗？", "Is it?"))
    one, same = checklist(profile={"egov": fact}), checklist(profile={"egov": fact})
    unlike = checklist(profile={"egov": other})
    system = checklist(profile={"egov": other}, scope="system")
    assert judged(one, same) == []
    assert judged(one, unlike) == ["b fact-differs profile.egov"]
    assert judged(one, system) == []


def test_the_library_is_the_measure_of_facts_and_bases() -> None:
    """One's own checklist is held against the library's, which is not judged itself."""
    fact = FactDef(type="boolean", question=text("有吗？", "Is there?"))
    other = FactDef(type="integer", question=text("几个？", "How many?"))
    known = checklist(profile={"egov": fact}, basis={"csl": CSL})
    own = checklist(
        profile={"egov": other}, basis={"csl": Basis(title=text("网络安全法", "Other"))}
    )
    assert judged(own, known=(known,)) == [
        "a fact-differs profile.egov",
        "a basis-differs basis.csl",
    ]


def test_a_basis_has_one_title_and_one_id() -> None:
    """Other titles or dates under one id are an error, one document under two ids a warning."""
    one = checklist(basis={"csl": CSL})
    remark = Basis(title=text("网络安全法（2025年修正）", "CSL"))
    assert judged(one, checklist(basis={"csl": remark})) == ["b basis-differs basis.csl"]
    assert judged(one, checklist(basis={"law": remark})) == ["b basis-twice basis.law"]


def test_a_requirement_is_asked_once() -> None:
    """The same words are a duplicate, whatever their punctuation; much alike ones are near."""
    first = asks("A-1", "单位的互联网边界默认拒绝所有通信。")
    same = asks("A-2", "单位的互联网边界，默认拒绝所有通信！")
    near = asks("A-3", "单位的互联网边界默认拒绝所有的通信。")
    far = asks("A-4", "服务器区与终端区之间有防火墙。")
    assert judged(checklist(first, same)) == [
        "a requirement-duplicate sections.0.items.1.requirement"
    ]
    assert judged(checklist(first), checklist(near)) == [
        "b requirement-near sections.0.items.0.requirement"
    ]
    assert judged(checklist(first, far)) == []


def test_short_requirements_are_alike_by_chance() -> None:
    """Below eight characters only the very same words count."""
    assert judged(checklist(asks("A-1", "有专人管。"), asks("A-2", "有专人管理。"))) == []


def test_a_check_is_written_once() -> None:
    """Two items with the same steps are noted; items without steps are not."""
    one = asks("A-1", "有一件事要办。", "打开登记册。")
    two = asks("A-2", "另外一件也要做好。", "打开登记册。")
    none = [asks(name, zh, check=" ") for name, zh in (("A-3", "第三件事。"), ("A-4", "四。"))]
    assert judged(checklist(one, two)) == ["a check-duplicate sections.0.items.1.check"]
    assert judged(checklist(*none)) == []


def test_one_clause_at_two_levels_is_no_duplicate() -> None:
    """Items with a letter in two files come from one source; in one file they must differ."""
    words = {"zh": "单位的互联网边界默认拒绝所有通信。", "check": "打开登记册。", "letter": "G"}
    one, two = asks("L2-1", **words), asks("L3-1", **words)
    assert judged(checklist(one), checklist(two)) == []
    assert len(judged(checklist(one, two))) == 2


def test_clauses_of_the_standard_may_be_much_alike() -> None:
    """Attacks from outside and from inside are two clauses."""
    one = asks("L3-1", "关键节点能发现外部发起的攻击行为。", letter="G")
    two = asks("L3-2", "关键节点能发现内部发起的攻击行为。", letter="G")
    assert judged(checklist(one, two)) == []


def test_an_item_can_silence_what_stands_between_checklists() -> None:
    """With a reason, the later item may ask the same."""
    silence = (Silence(rule="requirement-duplicate", reason="两级都要填。"),)
    zh = "单位的互联网边界默认拒绝所有通信。"
    assert judged(checklist(asks("A-1", zh), asks("A-2", zh, silence=silence))) == []


@given(st.lists(st.text("边界默认拒绝所有通信", min_size=8, max_size=14), max_size=8, unique=True))
def test_near_requirements_are_found_as_by_comparing_all(texts: list[str]) -> None:
    """Looking only at items with a rare pair in common finds what comparing all pairs finds."""
    grams = [{one[at : at + 2] for at in range(len(one) - 1)} for one in texts]
    expected = sum(
        any(4 * len(one & other) >= 3 * len(one | other) for other in grams[:index])
        for index, one in enumerate(grams)
    )
    items = [asks(f"A-{index}", zh) for index, zh in enumerate(texts)]
    assert sum("near" in one for one in judged(checklist(*items))) == expected


def _unlike_sentences(count: int) -> list[str]:
    """Return English sentences of one vocabulary; each tenth is that of five before, a word off."""
    words = [f"{first}{second}" for first in "bdfgklmnprst" for second in _ENDS]
    rows: list[list[str]] = []
    for index in range(count):
        rows.append([words[(index * 97 + at * at * 31 + at * 7) % len(words)] for at in range(30)])
        if index % 10 == 9:  # each tenth
            rows[-1] = [*rows[index - 5][:-1], "otherwise"]
    return [" ".join(row) for row in rows]


_ENDS = ("olicy", "ackup", "ogging", "irmware", "irewall", "adges", "ystems", "anuals", "isitors")


def _count_calls(items: list[Item]) -> int:
    """Return how many functions are called for the comparison of a list."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    one = {"a.yaml": checklist(*items)}
    sys.setprofile(count)
    try:
        lint_agreement_between_checklists(one, "en")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("alike", [False, True])
def test_the_work_for_an_item_does_not_grow_with_the_list(alike: bool) -> None:
    """Whether all are much alike or hardly any; an item has at most one such finding."""
    texts = _unlike_sentences(1000)
    if alike:
        texts = [f"The boundary permits what business needs, clause {at}." for at in range(1000)]
    items = [asks(f"A-{at}", words) for at, words in enumerate(texts)]
    small, large = _count_calls(items[:200]) / 200, _count_calls(items) / 1000
    assert large < 1.5 * small


def test_in_a_long_list_a_later_twin_is_found() -> None:
    """Though every pair of characters stands in hundreds of items by then."""
    items = [asks(f"A-{at}", words) for at, words in enumerate(_unlike_sentences(600))]
    late = [line for line in judged(checklist(*items)) if "near" in line]
    assert {
        f"a requirement-near sections.0.items.{at}.requirement" for at in range(9, 600, 10)
    } <= set(late)


def test_what_counts_is_said_of_each_thing() -> None:
    """Two items share no sentence of their verdicts, numbers apart; a silence gives the reason."""
    same = Verdict(met=text("抽到的 3 台都有。", "All 3 have it."))
    other = Verdict(met=text("抽到的 5 台都有。", "All 5 have it."))
    alike = asks("A-1", "甲事。", verdict=same), asks("A-2", "乙事。", verdict=other)
    assert judged(checklist(*alike)) == ["a verdict-shared sections.0.items.1.verdict.met"]
    silent = Silence(rule="verdict-shared", reason="两条一样。")
    silenced = asks("A-2", "乙事。", verdict=other, silence=(silent,))
    assert judged(checklist(alike[0], silenced)) == []
