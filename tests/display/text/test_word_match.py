"""What the words of a search find."""

from __future__ import annotations

import pytest

from assess.display.text.word_match import has_all_words_or_pinyin

TEXT = "冲突  x  EGN-ACC-01 处理合并留下的冲突 USB"


@pytest.mark.parametrize("words", ["", "冲突", "ｘ", "egn-acc", "ＵＳＢ 合并", "ct", "clhb"])
def test_words_in_any_width_case_and_by_pinyin(words: str) -> None:
    """Full-width letters, any case, several words in any order, and initials of pinyin."""
    assert has_all_words_or_pinyin(TEXT, words)


@pytest.mark.parametrize("words", ["冲突 没有", "zzz", "突冲"])
def test_every_word_must_be_there(words: str) -> None:
    """One word that is not there is enough to leave the row out."""
    assert not has_all_words_or_pinyin(TEXT, words)
