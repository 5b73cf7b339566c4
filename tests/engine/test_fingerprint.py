from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assess.engine.fingerprint import (
    canonical_json_without_empty_fields,
    fingerprinted_json,
    is_fingerprint_current_or_listed,
    item_fingerprint,
    reviewed_answer_digest,
    reviewed_answer_json,
)
from assess.engine.number_text import decimal_text
from assess.i18n import Lang
from assess.model.answer import Answer, CitedMitigation, Remediation, RiskOverride
from assess.model.base import Bilingual, Number
from assess.model.item import Conformity, HighRisk, Item, Ladder, NumberItem, Proof, Remedy
from assess.model.item_parts import DateSpec, NumberSpec, Option, Rung, Step, TextSpec
from factories import choice, conformity, date_item, ladder, ratio, table, text_item

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "0003-fingerprint.md"

DENY = Conformity(
    id="EGN-BND-01",
    title=Bilingual(zh="边界默认拒绝", en="Deny by default"),
    requirement=Bilingual(
        zh="政务外网边界只放行业务确需的通信，其余一律拒绝。",
        en="The extranet boundary permits only what business needs and denies the rest.",
    ),
    check=(
        Bilingual(
            zh="登录边界防火墙，看最后一条是否为“拒绝所有”。",
            en="Log in to the boundary firewall, see whether the last rule denies all.",
        ),
    ),
)
CLEANED = Ladder(
    id="EGN-BND-02",
    title=Bilingual(zh="策略清理周期"),
    requirement=Bilingual(zh="边界策略定期清理。"),
    rungs=(
        Rung(id="quarterly", degree=Number("1.0"), text="每季度清理并有记录"),
        Rung(id="yearly", degree=Number("0.50"), text=Bilingual(zh="每年清理一次")),
        Rung(id="never", degree=Number(0), text=Bilingual(zh="未清理", en="Never")),
    ),
)
DAYS = NumberItem(
    id="EGN-BND-04",
    title="高危漏洞平均整改天数",
    requirement="高危漏洞及时整改。",
    number=NumberSpec(
        unit=Bilingual(zh="天", en="days"),
        min=Number(0),
        max=Number(3650),
        decimals=1,
        steps=(
            Step(at_most=Number(7), degree=Number(1)),
            Step(at_most=Number(30), degree=Number("0.5")),
        ),
    ),
)
ANSWERED = Answer(
    status="unmet",
    note="末条为“允许所有”。",
    evidence={"ev-7c1f09aa": "policy"},
    mitigation=CitedMitigation(id="host-acl"),
    fingerprint="zh-d1ee33fd6e0a",
)


@pytest.mark.parametrize(
    ("item", "lang", "expected"),
    [
        (DENY, "zh", "zh-0b53623c9ae3"),
        (DENY, "en", "en-37f02b1c8ba7"),
        (CLEANED, "zh", "zh-8db9f358f5e9"),
        (DAYS, "zh", "zh-073460d513bd"),
    ],
)
def test_the_items_of_the_page(item: Item, lang: Lang, expected: str) -> None:
    """The decision's page shows the very JSON that is hashed, and its hash."""
    data = fingerprinted_json(item, lang)
    assert item_fingerprint(item, lang) == expected
    assert expected == f"{lang}-{sha256(data).hexdigest()[:12]}"
    assert f"```\n{data.decode()}\n```\n\ngives `{expected}`" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ANSWERED, "a-1e94c7e30000"),
        (Answer(value={"whole": 25, "part": 23}), "a-62c5af5693dc"),
    ],
)
def test_the_answers_of_the_page(answer: Answer, expected: str) -> None:
    """The page shows the very JSON of an answer that a review is about."""
    data = reviewed_answer_json(answer)
    assert reviewed_answer_digest(answer) == expected == f"a-{sha256(data).hexdigest()[:12]}"
    assert f"```\n{data.decode()}\n```\n\ngives `{expected}`" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "OTHER"},
        {"weight": Number(9)},
        {"veto": True},
        {"evidence": (Proof(id="new", text="新"),)},
        {"remedy": Remedy(now="now")},
        {"high_risk": HighRisk(case="1")},
        {"letter": "S"},
        {"supersedes": ("OLD",)},
        {"still_valid": ("zh-000000000000",)},
        {"title": Bilingual(zh="边界默认拒绝", en="Other English")},
    ],
)
def test_what_the_fingerprint_ignores(change: dict[str, Any]) -> None:
    """What does not change the question in that language leaves the fingerprint alone."""
    assert item_fingerprint(msgspec.structs.replace(DENY, **change), "zh") == "zh-0b53623c9ae3"


@pytest.mark.parametrize(
    ("item", "change"),
    [
        (DENY, {"title": "别的"}),
        (DENY, {"requirement": "别的"}),
        (DENY, {"check": ()}),
        (ladder(), {"rungs": ladder().rungs[:2]}),
        (ratio(), {"ratio": msgspec.structs.replace(ratio().ratio, part="别的")}),
        (choice(), {"options": (Option(id="a", text="甲"),)}),
        (date_item(), {"date": DateSpec(earliest=date(2000, 1, 1))}),
        (text_item(), {"text": TextSpec(pattern="phone")}),
        (table(), {"columns": table().columns[:2]}),
    ],
)
def test_what_changes_the_fingerprint(item: Item, change: dict[str, Any]) -> None:
    """Wording and rule of every kind are in the fingerprint."""
    changed = msgspec.structs.replace(item, **change)
    assert item_fingerprint(changed, "zh") != item_fingerprint(item, "zh")


def test_canonical_json() -> None:
    """Keys sorted, no spaces, dates as ISO, empty things left out, defaults kept."""
    assert canonical_json_without_empty_fields(
        {"b": date(2026, 3, 1), "a": (), "c": [True, Number("2.50")], "d": None}
    ) == (b'{"b":"2026-03-01","c":[true,2.5]}')
    assert fingerprinted_json(date_item(), "en").startswith(
        b'{"check":["Look"],"date":{"future":true}'
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [("1.0", "1"), ("0.50", "0.5"), ("7E+1", "70"), ("-0.0", "0"), ("100", "100"), ("-2", "-2")],
)
def test_decimals_are_normalised(given: str, expected: str) -> None:
    """A number has one spelling: plain digits, no needless zeros."""
    assert decimal_text(Number(given)) == expected


def test_current() -> None:
    """Current is the present wording in the language named, or what is still valid."""
    item = conformity(still_valid=("zh-2b7d01c4aa10",))
    assert is_fingerprint_current_or_listed(item, item_fingerprint(item, "zh"))
    assert is_fingerprint_current_or_listed(item, item_fingerprint(item, "en"))
    assert is_fingerprint_current_or_listed(item, "zh-2b7d01c4aa10")
    assert not is_fingerprint_current_or_listed(item, "zh-" + item_fingerprint(item, "en")[3:])
    assert not is_fingerprint_current_or_listed(item, "zh-000000000000")
    assert not is_fingerprint_current_or_listed(item, "fr-000000000000")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "met"},
        {"note": "别的"},
        {"evidence": {}},
        {"evidence": {"ev-7c1f09aa": ("policy", "other")}},
        {"mitigation": None},
        {"risk": RiskOverride(level="low", reason="轻")},
        {"fingerprint": None},
    ],
)
def test_what_a_review_is_about(change: dict[str, Any]) -> None:
    """A change of what was found gives another digest."""
    assert reviewed_answer_digest(msgspec.structs.replace(ANSWERED, **change)) != "a-1e94c7e30000"


@pytest.mark.parametrize(
    "change",
    [
        {"by": "wang"},
        {"recheck": date(2026, 1, 1)},
        {"remediation": Remediation(action="改")},
        {"evidence": {"ev-7c1f09aa": ("policy",)}},
    ],
)
def test_what_a_review_is_not_about(change: dict[str, Any]) -> None:
    """Mending, re-check, person and time change without a new review."""
    assert reviewed_answer_digest(msgspec.structs.replace(ANSWERED, **change)) == "a-1e94c7e30000"


def test_an_item_is_fingerprinted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of sheets share the items of a checklist; an equal item is another one."""
    hashed: list[Item] = []

    def note_item(item: Item, lang: Lang) -> bytes:
        hashed.append(item)
        return fingerprinted_json(item, lang)

    monkeypatch.setattr("assess.engine.fingerprint.fingerprinted_json", note_item)
    item, equal_item = msgspec.structs.replace(DENY), msgspec.structs.replace(DENY)
    known = [item_fingerprint(each, "zh") for each in (item, item, equal_item)]
    assert len(set(known)) == 1
    assert len(hashed) == 2
