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

from assess.harmless import (
    escape_and_mark_line_breaks,
    escape_control_characters,
    escape_on_one_line,
    escape_undecodable_path_bytes,
    escape_unencodable_characters,
    escape_unprintable_characters,
    escape_unprintables_and_tabs,
    is_plain_shell_word,
    may_terminal_obey,
    quote_for_shell,
    remove_control_characters_but_breaks,
)


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
    assert escape_unprintable_characters(text) == shown


@given(st.text(st.characters()))
def test_nothing_is_left_to_obey(text: str) -> None:
    """What comes out holds no control but line breaks and tabs, and nothing that can't be seen."""
    kinds = {
        unicodedata.category(one)
        for one in escape_unprintable_characters(text)
        if one not in "\n\t"
    }
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text())
def test_json_says_the_same(text: str) -> None:
    """JSON that is printed is still JSON, and of the same text."""
    assert json.loads(escape_unprintable_characters(json.dumps([text], ensure_ascii=False))) == [
        text
    ]


def test_controls_of_a_pasted_text_are_seen_and_all_else_stays() -> None:
    """C0, DEL and C1 have the usual escapes; tabs, line breaks, bidi and joiners stay."""
    text = "\x1b[31m\0\x7f\x9b\t\n\u202e\u200d网"
    assert escape_control_characters(text) == "\\u001b[31m\\u0000\\u007f\\u009b\t\n\u202e\u200d网"
    assert escape_control_characters("网 a") == "网 a"


def test_a_text_of_one_line_stays_one() -> None:
    """No kind of line break makes a text pass for two lines of output."""
    assert escape_and_mark_line_breaks("a\nb\r\nc\x85d\u2028e") == "a ⏎ b ⏎ c ⏎ d ⏎ e"


def test_controls_are_dropped_and_all_else_stays() -> None:
    """C0, DEL and C1 go; tabs, line breaks, bidi and joiners stay."""
    assert (
        remove_control_characters_but_breaks("\x1b[31m\0\x7f\x9b\t\n\u202e\u200d网")
        == "[31m\t\n\u202e\u200d网"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("拒绝所有。\n第二行", "拒绝所有。\n第二行"),
        ("a\tb", "a b"),
        ("\x1b[31mred", r"\u001b[31mred"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("a\r\nb\rc", "a\nb" + r"\u000dc"),
    ],
)
def test_a_screen_or_a_page_has_spaces_for_tabs(text: str, shown: str) -> None:
    """Its escapes are those of all output; both kinds of line break are one."""
    assert escape_unprintables_and_tabs(text) == shown


@given(st.text(st.characters()))
def test_a_screen_obeys_and_hides_nothing(text: str) -> None:
    """What it shows holds no control but line breaks; a single line has none."""
    kinds = {
        unicodedata.category(char) for char in escape_unprintables_and_tabs(text) if char != "\n"
    }
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert "\n" not in escape_on_one_line(text)


@given(st.text(st.characters()))
def test_a_character_has_one_escape_everywhere(text: str) -> None:
    """On the terminal, on screens and pages, and in messages of one line, tabs and breaks aside."""
    plain = "".join(char for char in text if not char.isspace())
    shown = escape_unprintable_characters(plain)
    assert {
        escape_unprintables_and_tabs(plain),
        escape_on_one_line(plain),
        escape_and_mark_line_breaks(plain),
    } == {shown}


def test_what_an_encoding_lacks_has_the_same_escape() -> None:
    """Latin-1 has é; JSON that an ASCII terminal prints is JSON still."""
    assert escape_unencodable_characters("é中😀", "latin-1") == "é\\u4e2d\\ud83d\\ude00"
    assert json.loads(escape_unencodable_characters('["é中😀"]', "ascii")) == ["é中😀"]
    assert (
        escape_undecodable_path_bytes("甲\udcff")
        == "甲\\udcff"
        == escape_unprintable_characters("甲\udcff")
    )
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "assess.harmless")


def test_a_terminal_obeys_controls_and_signs_of_direction() -> None:
    """Private characters are only drawn."""
    obeyed = [char for char in "\x1b\u202e\u2028\udcff\ue000a网" if may_terminal_obey(char)]
    assert obeyed == list("\x1b\u202e\u2028\udcff")


@pytest.mark.parametrize(
    "word",
    ["a.yaml", "x; touch sprung", "$(touch sprung)", "it's 张三.yaml", "a\nb\\'", "\udcff x", ""],
)
def test_a_name_in_a_command_is_one_word(word: str, tmp_path: Path) -> None:
    """Whoever types what is proposed gets that name, whatever it holds, and nothing else runs."""
    line = f"printf %s {quote_for_shell(word)}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, check=True, capture_output=True)
    assert os.fsdecode(done.stdout) == word
    assert not list(tmp_path.iterdir())
    assert quote_for_shell(word).isprintable()


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("answers/2026/egov-network.zfw.yaml", True),
        ("note", True),
        ("制度（修订）.pdf", True),
        ("a=b,c:d@e+f%g", True),
        *((word, False) for word in ("", "-x", "--theirs", "a b", "a;b", "$(a)", "${A}", "a|b")),
        *((word, False) for word in ("a&b", "`a`", "~a", "a*", "a?", "[a]", "{a,b}", "a<b", "a>b")),
        *((word, False) for word in ("a'b", 'a"b', "a\\b", "!a", "#a", "a^b", "a\nb", "a\x1bb")),
        *((word, False) for word in ("a\u3000b", "a\u2028b", "a\u202eb", "\udcff")),
    ],
)
def test_a_plain_word_is_typed_as_it_stands(word: str, *, plain: bool) -> None:
    """No shell does anything with it: no program, variable, pattern, history, comment or option."""
    assert is_plain_shell_word(word) is plain
