"""Text on its way out: seen, and never obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.harmless import controls_shown, harmless, one_line, typed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文\u3000text\t1\n", "中文\u3000text\t1\n"),
        ("a\rb\x1b]0;x\x07\x9b", "a\\u000db\\u001b]0;x\\u0007\\u009b"),
        ("\u202eabc\u200b\u2066\u061c", "\\u202eabc\\u200b\\u2066\\u061c"),
        ("\U000e0041\udcff\ue000", "\\udb40\\udc41\\udcff\\ue000"),
    ],
)
def test_what_would_be_obeyed_or_hidden_is_escaped(text: str, shown: str) -> None:
    """Controls, bidi, zero-width, tag and private characters, surrogates; nothing else changes."""
    assert harmless(text) == shown


@given(st.text(st.characters()))
def test_nothing_is_left_to_obey(text: str) -> None:
    """What comes out holds no control but line breaks and tabs, and nothing that can't be seen."""
    kinds = {unicodedata.category(one) for one in harmless(text) if one not in "\n\t"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text())
def test_json_says_the_same(text: str) -> None:
    """JSON that is printed is still JSON, and of the same text."""
    assert json.loads(harmless(json.dumps([text], ensure_ascii=False))) == [text]


def test_controls_of_a_pasted_text_are_seen_and_all_else_stays() -> None:
    """C0, DEL and C1 are escapes as `harmless` has them; tabs, lines, bidi and joiners stay."""
    text = "\x1b[31m\0\x7f\x9b\t\n\u202e\u200d网"
    assert controls_shown(text) == "\\u001b[31m\\u0000\\u007f\\u009b\t\n\u202e\u200d网"
    assert controls_shown("网 a") == "网 a"


def test_a_text_of_one_line_stays_one() -> None:
    """No kind of line break makes a text pass for two lines of output."""
    assert one_line("a\nb\r\nc\x85d\u2028e") == "a ⏎ b ⏎ c ⏎ d ⏎ e"


@pytest.mark.parametrize(
    "word",
    ["a.yaml", "x; touch sprung", "$(touch sprung)", "it's 张三.yaml", "a\nb\\'", "\udcff x", ""],
)
def test_a_name_in_a_command_is_one_word(word: str, tmp_path: Path) -> None:
    """Whoever types what is proposed gets that name, whatever it holds, and nothing else runs."""
    line = f"printf %s {typed(word)}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, check=True, capture_output=True)
    assert os.fsdecode(done.stdout) == word
    assert not list(tmp_path.iterdir())
    assert typed(word).isprintable()
