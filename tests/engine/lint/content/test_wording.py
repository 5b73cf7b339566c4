from __future__ import annotations

import pytest

from assess.engine.lint.content import ContentTables
from assess.model.base import Bilingual
from engine.content.sample import found, good
from factories import text


def said(zh: str = "边界默认拒绝。", en: str = "The boundary denies by default.") -> list[str]:
    """Return what lint says of a requirement."""
    return found(good(requirement=text(zh, en)))


def test_a_good_item_is_clean() -> None:
    """Ordinary texts break no rule."""
    assert found(good()) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("The boundary denies。", "The boundary denies."),
        ("边界 must be the first that denies。", "The boundary denies."),
        ("边界默认拒绝。", "The 边界 denies."),
    ],
)
def test_texts_in_the_wrong_language_are_noted(zh: str, en: str) -> None:
    """English for Chinese, English sentences in Chinese, and Chinese in English are noted."""
    assert [one.split()[0] for one in said(zh, en)] == ["untranslated"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("运行 netsh wlan show interfaces 看状态。", "Run it and see."),
        ("域名以 .政务 结尾。", "The name ends in “.政务” (or .公益)."),
    ],
)
def test_commands_and_quotations_may_be_foreign(zh: str, en: str) -> None:
    """A command in Chinese and a quotation in English are no untranslated text."""
    assert said(zh, en) == []


def test_a_short_foreign_word_is_no_sentence() -> None:
    """A unit such as Mbps is the same in both languages."""
    assert found(good(title=text("Mbps", "Mbps"))) == []


@pytest.mark.parametrize(
    "zh",
    [
        "边界,默认拒绝。",
        "边界(外)默认拒绝。",
        '边界"默认"拒绝。',
        "边界拒绝.默认。",
        "边界，，拒绝。",
        "边界拒绝...。",
        "边界默认拒绝",
    ],
)
def test_chinese_punctuation(zh: str) -> None:
    """Half-width, doubled and missing marks are noted once each kind."""
    assert said(zh=zh) == ["punctuation-zh requirement.zh"]


@pytest.mark.parametrize(
    "en",
    [
        "The boundary，denies.",
        "The unit's boundary denies.",
        "The units' boundary denies.",
        "The boundary , too, denies.",
        "The  boundary denies.",
        "The boundary - denies.",
        "The boundary denies",
    ],
)
def test_english_punctuation(en: str) -> None:
    """Full-width marks, straight apostrophes, stray spaces and missing stops are noted."""
    assert said(en=en) == ["punctuation-en requirement.en"]


def test_a_title_has_no_full_stop() -> None:
    """Titles are no sentences."""
    problems = found(good(title=text("边界默认拒绝。", "Deny by default.")))
    assert problems == ["punctuation-zh title.zh", "punctuation-en title.en"]


def test_terms_to_avoid_are_noted_in_their_language() -> None:
    """The glossary's words are looked for in its language, whole words only in English."""
    problems = found(good(title=text("帐号", "Ledger of ledgers"), remedy=None))
    assert problems == ["term-avoid title.zh", "term-avoid title.en"]


def test_names_keep_their_spelling() -> None:
    """A capital within an English sentence is a name; at its beginning it is not."""
    assert said(en="Open the menu, Ledger.") == []
    assert said(en="Ledger entries are kept.") == ["term-avoid requirement.en"]


def test_no_glossary_no_terms() -> None:
    """Without terms for a language nothing is looked for."""
    assert found(good(title=text("帐号", "Ledger")), ContentTables()) == []


def test_a_missing_language_is_another_rules_business() -> None:
    """A text in one language is judged in that language only."""
    assert found(good(title=Bilingual(en="Deny by default."))) == ["punctuation-en title.en"]


@pytest.mark.parametrize("unit", ["a", "“", "（", "(", "A b ", "网络 ", "1", "。", "身份鉴别 "])
def test_a_vast_text_of_anything_is_read_in_one_go(unit: str) -> None:
    """No text takes the square of its length: this would not end."""
    whole = unit * (300_000 // len(unit))
    assert said(f"边界{whole}", f"The {whole}") is not None
