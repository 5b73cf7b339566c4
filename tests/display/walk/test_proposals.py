from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assess.display.text.cells import width_of
from assess.display.text.styled import join_lines_without_styles
from assess.display.walk.proposals import (
    ProposalView,
    list_proposed_change_texts,
    list_remark_texts,
    proposal_line,
    proposal_text,
)
from assess.engine.proposals.proposal import Proposal, ProposalRemark
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer, Remediation, TakenFrom
from factories import config, paper, ratio, scoring, table, text

TAKEN = TakenFrom(round="2025", of="a-1")


def last(**fields: Any) -> Proposal:
    """Return a proposal of the round before."""
    given: dict[str, Any] = {
        "source": "last_round",
        "where": "2025",
        "value": {"part": 109, "whole": 118},
        "note": "抽查",
        "evidence": {"ev-1": "photo", "ev-2": "other"},
        "taken_from": TAKEN,
        "by": "wang",
        "at": datetime(2025, 10, 12, tzinfo=UTC),
    }
    return Proposal(**(given | fields))


def view(lang: Lang, item: Any = None, **answer: Any) -> ProposalView:
    """Return what words a proposal."""
    return ProposalView(
        item=item or ratio("A-3"),
        answer=Answer(**answer),
        scoring=scoring(),
        people=config().people,
        evidence={"ev-1": paper()},
        lang=lang,
    )


def test_a_whole_answer_on_one_line() -> None:
    """Result, value, evidence, who and when; the note is told by the form."""
    assert proposal_text(last(), view("zh")) == (
        "上轮：部分符合，109/118 (92.4%)，佐证 2 件（王敏 2025-10-12）"
    )
    assert proposal_text(last(), view("en")) == (
        "last time: partly met, 109/118 (92.4%), evidence: 2 (王敏 2025-10-12)"
    )


def test_note_and_evidence_alone_say_what_was_found_then() -> None:
    """In brackets, because it is not taken."""
    alone = last(value=None, shown=Answer(value={"part": 109, "whole": 118}), evidence={})
    assert proposal_text(alone, view("zh")) == (
        "上轮（部分符合，109/118 (92.4%)）：情况（王敏 2025-10-12）"
    )


def test_a_fact_a_part_and_rows() -> None:
    """Why it does not apply; the whole that is known; how many rows."""
    fact = last(source="fact", status="not_applicable", value=None, note="单位资料：有吗？否。")
    assert proposal_text(fact, view("zh")) == "不适用（单位资料：有吗？否。）"
    part = last(source="known_value", where="A-9 台账", value={"whole": 118}, incomplete=True,
                note=None, evidence={}, by=None, at=None)  # fmt: skip
    assert proposal_text(part, view("zh")) == "A-9 台账：总数 118"
    rows = last(source="known_value", where=text("单位资料", "the profile"), value=[{}, {}],
                incomplete=True, note=None, evidence={}, by=None, at=None)  # fmt: skip
    assert proposal_text(rows, view("en", table())) == "the profile: rows: 2"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_line_keeps_its_warning_and_its_key(lang: Lang, width: int) -> None:
    """What does not fit is cut between them."""
    warned = last(remarks=(ProposalRemark("reworded"), ProposalRemark("each_round")))
    line = join_lines_without_styles([proposal_line(warned, view(lang), width)])
    assert width_of(line) == width
    key = "l 采用" if lang == "zh" else "l take over"
    each = "  & 逐项采用" if lang == "zh" else "  & take one by one"
    assert line.rstrip().endswith((key, key + each))
    assert "! " in line
    assert "! 结果每轮" not in line
    assert ("结果每轮另查" in line) is (lang == "zh" and width >= 60)


def test_differences_and_remarks_are_told_in_full() -> None:
    """Old and new result, the note, the titles of evidence, the action of what is open."""
    plan = Remediation(action="补装")
    texts = list_proposed_change_texts(
        last(remediation=plan), view("zh", value={"part": 1, "whole": 2})
    )
    assert texts == [
        "结果：1/2 (50.0%) → 部分符合，109/118 (92.4%)",
        "情况：抽查",
        "佐证：责任书；ev-2",
        "整改：补装",
    ]
    expired = last(remarks=(ProposalRemark("expired", (text("旧", "old"),)),))
    assert list_remark_texts(expired, "zh") == ["已过期、不带入：旧"]
