"""Text from files, made visible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.report.content.plain_text import (
    LONGEST,
    LONGEST_WORD,
    MOST_LINES,
    PrintableTexts,
    remove_number_spaces_in_chinese,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026 年 3 月 16 日，第 3 级", "2026年3月16日，第3级"),
        ("留存 6.5 个月，占 80% 以上", "留存6.5个月，占80%以上"),
        ("A-11 重要区域；EGN-ACC-01 接入", "A-11 重要区域；EGN-ACC-01 接入"),
        ("GB/T 22239-2019 基本要求 7.1.4 条", "GB/T 22239-2019 基本要求7.1.4 条"),
        ("端口 22 开放", "端口22开放"),
        ("已填 30/66 项", "已填30/66项"),
        (
            "未提交的文件 2 个（evidence/2026 年/台账 3 月.xlsx、a/表 1.yaml）等 2 个",
            "未提交的文件2个（evidence/2026 年/台账 3 月.xlsx、a/表 1.yaml）等2个",
        ),
    ],
)
def test_chinese_texts_lose_spaces_at_numbers(text: str, shown: str) -> None:
    """The space after a code stays, and those in paths; an English document keeps them all."""
    assert remove_number_spaces_in_chinese(text, "zh") == shown
    assert remove_number_spaces_in_chinese(text, "en") == text
    tree = {"place": text, "note": text}
    assert PrintableTexts("zh").make_values_printable(tree) == {"place": text, "note": shown}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文 text", "中文 text"),
        ("a\tb\r\nc\nd", "a b\nc\nd"),
        ("a\rb\x07", "a\\u000db\\u0007"),
        ("\u202eabc\u200b", "\\u202eabc\\u200b"),
        ("\U000e0041\ue000", "\\udb40\\udc41\\ue000"),
        ("全\u3000角", "全\u3000角"),
    ],
)
def test_hidden_signs_become_escapes(text: str, shown: str) -> None:
    """Controls, bidi, zero-width, private and tag characters are seen, and nothing else changes."""
    assert PrintableTexts("en").make_values_printable(text) == shown


@given(st.text())
def test_nothing_is_left_to_obey(text: str) -> None:
    """What comes out holds no control but line breaks, no format sign, nothing unassigned."""
    kinds = {
        unicodedata.category(char)
        for char in PrintableTexts("en").make_values_printable(text)
        if char != "\n"
    }
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_trees_are_made_visible_throughout() -> None:
    """Keys and values, at every depth; numbers stay."""
    assert PrintableTexts("en").make_values_printable({"a\x00": [("\u200b", 1, None)]}) == {
        "a\\u0000": [["\\u200b", 1, None]]
    }


def test_texts_of_a_megabyte_are_cut() -> None:
    """The beginning stands, and how much there is; also of a word that no line can take."""
    found = PrintableTexts("zh").make_values_printable("词" * 1_000_000)
    assert found.startswith("词" * LONGEST + "…")
    assert "1000000" in found
    assert len(found) < LONGEST + 100
    found = PrintableTexts("en").make_values_printable(f"before {'w' * 5000} after")
    assert found.startswith(f"before {'w' * LONGEST_WORD}… (the first {LONGEST_WORD} of 5000 ")
    assert found.endswith(" after")
    found = PrintableTexts("en").make_values_printable("x\n" * 2000)
    assert found.startswith("x\n" * MOST_LINES + "…")
    assert len(found) < MOST_LINES * 2 + 100
    whole = "词 word " * 2000
    assert PrintableTexts("en").make_values_printable(whole) == whole
