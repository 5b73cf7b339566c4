"""What a terminal sends, as keys and pastes: bytes in, bytes for the parser and texts out."""

from __future__ import annotations

import pytest

from assess.tui.pasting import (
    END,
    MOST,
    STAND_IN,
    START,
    Pasted,
    PasteFilter,
    in_one_line,
    past_the_parser,
)

LOG = "第一行ABC \x1b[31m红色\x1b[0m结束\n第二行DEF"
SHOWN = "第一行ABC \\u001b[31m红色\\u001b[0m结束\n第二行DEF"


class Terminal:
    """Feeds a filter by its own clock; collects what comes out."""

    def __init__(self) -> None:
        self.filter = PasteFilter()
        self.now = 0.0
        self.keys = b""

    def send(self, *chunks: bytes, pause: float = 0.001) -> Terminal:
        """Send chunks, each soon after the one before."""
        for chunk in chunks:
            self.wait(pause)
            self.keys += self.filter.feed(chunk, self.now)
        return self

    def wait(self, seconds: float) -> Terminal:
        """Let time pass; what the filter waits for does not come."""
        end = self.now + seconds
        while (until := self.filter.until) is not None and until <= end:
            self.now = until
            self.keys += self.filter.expire(self.now)
        self.now = end
        return self

    @property
    def texts(self) -> list[str]:
        """The texts of the pastes."""
        return [paste.text for paste in self.filter.pastes]


def paste(text: str) -> bytes:
    """Return what a terminal sends of a pasted text."""
    return START + text.encode() + END


def test_a_log_is_one_text_in_its_own_order() -> None:
    """Escapes stand in it to be read; none of it is a key."""
    terminal = Terminal().send(paste(LOG)).wait(1)
    assert terminal.texts == [SHOWN]
    assert terminal.keys == STAND_IN


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 4096])
def test_it_does_not_matter_how_it_is_cut_into_reads(size: int) -> None:
    """Marks, escapes and signs of several bytes may be split anywhere; keys round it stay keys."""
    sent = b"a" + paste(LOG) + paste("\x1b") + paste("\x1b[201") + b"b"
    chunks = [sent[at : at + size] for at in range(0, len(sent), size)]
    terminal = Terminal().send(*chunks).wait(1)
    assert terminal.texts == [SHOWN, "\\u001b", "\\u001b[201"]
    assert terminal.keys == b"a" + STAND_IN * 3 + b"b"


def test_keys_pass_at_once() -> None:
    """Letters, arrows, function keys, Alt and a letter are not waited for."""
    for key in ("1", "情况", "\x1b[A", "\x1b[20~", "\x1b[2~", "\x1bx", "\x1bOP", "\x03"):
        terminal = Terminal().send(key.encode())
        assert terminal.keys == key.encode()
        assert terminal.filter.until is None


def test_a_lone_escape_is_the_key_a_moment_later() -> None:
    """It may begin a mark; nothing comes, so it was the Esc key."""
    terminal = Terminal().send(b"\x1b")
    assert terminal.keys == b""
    assert terminal.wait(0.06).keys == b"\x1b"
    assert terminal.filter.expire(99) == b""
    half = Terminal().send(b"\x1b[20").wait(0.5)
    assert half.keys == b""
    assert half.send(b"0~33", END).wait(1).texts == ["33"]
    assert Terminal().send(b"\x1b[20").wait(2).keys == b"\x1b[20"


def test_line_ends_are_one_kind() -> None:
    """CR LF, CR and LF, and the separators that only Unicode knows, are LF."""
    assert Terminal().send(paste("a\r\nb\rc\nd\u2028e\u2029f")).wait(1).texts == [
        "a\nb\nc\nd\ne\nf"
    ]


def test_controls_are_seen_and_all_else_is_as_it_was() -> None:
    """NUL, C0, DEL and C1 are escapes; tabs, bidi marks, joiners, emoji, braces stay."""
    text = "\0\x07\x7f\x85\x9b1m\t\u202e👨‍👩‍👧 {{ }}  "
    shown = "\\u0000\\u0007\\u007f\\u0085\\u009b1m\t\u202e👨‍👩‍👧 {{ }}  "
    assert Terminal().send(paste(text)).wait(1).texts == [shown]


def test_bytes_that_are_no_utf_8_end_nothing() -> None:
    """A terminal in GBK, half of a surrogate: the sign for what can't be read, keys too."""
    terminal = Terminal().send(START + "网".encode("gbk") + b"\xed\xa0\x80" + END).wait(1)
    assert set(terminal.texts[0]) == {"\ufffd"}
    assert Terminal().send(b"\xff1").keys.decode() == "\ufffd1"
    assert Terminal().send("网".encode()[:2], "网".encode()[2:]).keys.decode() == "网"


def test_a_start_mark_inside_is_text() -> None:
    """Pastes do not nest."""
    terminal = Terminal().send(START + b"a" + START + b"b" + END).wait(1)
    assert terminal.texts == ["a\\u001b[200~b"]
    assert terminal.keys == STAND_IN


def test_an_end_mark_inside_does_not_set_the_rest_free() -> None:
    """What follows an end mark at once, up to a second one, was pasted with it."""
    sent = START + b"log" + END + b"33\rq" + END
    for size in (3, 4096):
        chunks = [sent[at : at + size] for at in range(0, len(sent), size)]
        terminal = Terminal().send(*chunks).wait(1)
        assert terminal.texts == ["log\\u001b[201~33\nq"]
        assert terminal.keys == STAND_IN
    long = Terminal().send(START + END, b"3" * (4 * MOST + 1), END).wait(1)
    assert long.keys == STAND_IN
    assert long.filter.pastes[0].fate == "cut"


def test_keys_right_after_a_paste_are_keys() -> None:
    """A burst of paste, keys, paste, keys keeps its order."""
    terminal = Terminal().send(paste("a") + b"\x13" + paste("b") + b"n\x1b").wait(1)
    assert terminal.texts == ["a", "b"]
    assert terminal.keys == STAND_IN + b"\x13" + STAND_IN + b"n\x1b"


def test_a_stray_end_mark_is_nothing() -> None:
    """It belongs to no paste."""
    assert Terminal().send(b"a" + END + b"b").wait(1).keys == b"ab"


def test_a_paste_without_its_end_is_over_after_a_silence() -> None:
    """What came is taken and said to be broken off; keys are keys again."""
    terminal = Terminal().send(START + b"half").wait(4)
    assert terminal.keys == b""
    terminal.wait(2)
    assert terminal.filter.pastes == [Pasted("half", "broken")]
    assert terminal.send(b"n").keys == STAND_IN + b"n"
    assert Terminal().send(START).wait(20).send(b"12345678").keys == STAND_IN + b"12345678"


def test_the_rest_of_a_stalled_paste_is_no_keys() -> None:
    """It comes in a burst, or has the end mark in it."""
    burst = Terminal().send(START + b"half").wait(6).send(b"33 and more", b"3" + END).wait(1)
    assert burst.texts == ["half", "33 and more3"]
    assert burst.keys == STAND_IN * 2
    mark = Terminal().send(START + b"half").wait(6).send(b"3" + END).wait(1)
    assert mark.texts == ["half", "3"]
    another = Terminal().send(START + b"half").wait(6).send(paste("whole")).wait(1)
    assert another.texts == ["half", "whole"]
    assert Terminal().send(START).wait(6).send(b"\x1b[A\x1b[A\x1b[A").keys == (
        STAND_IN + b"\x1b[A\x1b[A\x1b[A"
    )


def test_five_thousand_signs_come_exactly() -> None:
    """A coloured log with 82 escapes: the order is its own, nothing is lost."""
    log = "".join(
        f"\x1b[3{number % 8}m第{number}行\x1b[0m ok\n" + "x" * 105 for number in range(41)
    )
    chunks = [paste(log)[at : at + 512] for at in range(0, len(paste(log)), 512)]
    assert Terminal().send(*chunks).wait(1).texts == [log.replace("\x1b", "\\u001b")]


def test_a_million_signs_are_cut_and_it_is_known() -> None:
    """The first of them are taken, not half a sign at the end; memory does not grow with it."""
    for sign in ("a", "网", "😀"):
        data = paste(sign * 1_000_000)
        terminal = Terminal().send(*(data[at : at + 4096] for at in range(0, len(data), 4096)))
        assert len(terminal.filter._body) <= 4 * MOST + 4096
        assert terminal.wait(1).filter.pastes == [Pasted(sign * MOST, "cut")]
    assert Terminal().send(paste("a" * MOST)).wait(1).filter.pastes == [Pasted("a" * MOST)]


def test_one_line_has_blanks_for_line_ends() -> None:
    """A field of one line takes a list with blanks between; no blank is left at the ends."""
    assert in_one_line("a\n\nb\tc\n") == "a b c"


def test_what_the_parser_gives_has_no_controls() -> None:
    """Where Textual's own parser reads, a paste with controls in it is out of order: refused."""
    assert past_the_parser("a\r\nb\t网") == Pasted("a\nb\t网")
    assert past_the_parser("m33 end\x1b") == Pasted("", "mixed_up")
