"""What a terminal sends, as keys and pastes: bytes in, bytes for the parser and texts out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.tui.core.pasting import (
    END,
    MOST,
    STAND_IN,
    START,
    ParsedPaste,
    PasteFilter,
    join_lines,
    parse_paste_refusing_controls,
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
            self.keys += self.filter.filter_input(chunk, self.now)
        return self

    def wait(self, seconds: float) -> Terminal:
        """Let time pass; what the filter waits for does not come."""
        end = self.now + seconds
        while (until := self.filter.deadline) is not None and until <= end:
            self.now = until
            self.keys += self.filter.filter_after_silence(self.now)
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
    chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
    terminal = Terminal().send(*chunks).wait(1)
    assert terminal.texts == [SHOWN, "\\u001b", "\\u001b[201"]
    assert terminal.keys == b"a" + STAND_IN * 3 + b"b"


def test_keys_pass_at_once() -> None:
    """Letters, arrows, function keys, Alt and a letter are not waited for."""
    for key in ("1", "情况", "\x1b[A", "\x1b[20~", "\x1b[2~", "\x1bx", "\x1bOP", "\x03"):
        terminal = Terminal().send(key.encode())
        assert terminal.keys == key.encode()
        assert terminal.filter.deadline is None


def test_a_lone_escape_is_the_key_a_moment_later() -> None:
    """It may begin a mark; nothing comes, so it was the Esc key."""
    terminal = Terminal().send(b"\x1b")
    assert terminal.keys == b""
    assert terminal.wait(0.06).keys == b"\x1b"
    assert terminal.filter.filter_after_silence(99) == b""
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
    """What follows an end mark at once, up to a second end mark, was pasted with it."""
    sent = START + b"log" + END + b"33\rq" + END
    for size in (3, 4096):
        chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
        terminal = Terminal().send(*chunks).wait(1)
        assert terminal.texts == ["log\\u001b[201~33\nq"]
        assert terminal.keys == STAND_IN
    long = Terminal().send(START + END, b"3" * (4 * MOST + 1), END).wait(1)
    assert long.keys == STAND_IN
    assert long.filter.pastes[0].fate == "cut"


@pytest.mark.parametrize("pause", [0.001, 0.01, 0.04])
@pytest.mark.parametrize("size", [1, 3, 4096])
def test_keys_between_an_end_mark_and_a_start_mark_are_text(size: int, pause: float) -> None:
    """A clipboard may hold both marks; nobody presses a key between two pastes so fast."""
    sent = START + b"log " + END + b"1" + START + b" more" + END
    chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
    terminal = Terminal().send(*chunks, pause=pause).wait(1)
    assert terminal.texts == ["log \\u001b[201~1\\u001b[200~ more"]
    assert terminal.keys == STAND_IN
    two_pastes = Terminal().send(paste("a") + paste("b")).wait(1)
    assert (two_pastes.texts, two_pastes.keys) == (["a", "b"], STAND_IN * 2)


def test_what_is_pasted_slowly_after_an_end_mark_is_no_key() -> None:
    """It comes in bursts, with pauses longer than that after a key."""
    terminal = Terminal().send(START + END, b"3" * 20, b"3" * 20, b"3" + END, pause=0.15).wait(1)
    assert terminal.keys == STAND_IN


def test_an_end_mark_alone_makes_text_of_what_came_with_it() -> None:
    """Its start mark was lost: what stands before it in the same read was pasted."""
    terminal = Terminal().send(b"111" + END + b"2").wait(1)
    assert terminal.filter.pastes == [ParsedPaste("111", "part")]
    assert terminal.keys == STAND_IN + b"2"
    late = Terminal().send(paste("a")).wait(0.3).send(b"1\r" + END).wait(1)
    assert late.texts == ["a", "1\n"]
    assert late.keys == STAND_IN * 2
    assert Terminal().send(b"a", END, b"b").wait(1).keys == b"ab"
    assert Terminal().send(END + END + b"b").wait(1).keys == b"b"


def test_keys_right_after_a_paste_are_keys() -> None:
    """They come a moment later, in their order."""
    terminal = Terminal().send(b"x" + paste("a") + b"\x13n\x1b").wait(1)
    assert terminal.texts == ["a"]
    assert terminal.keys == b"x" + STAND_IN + b"\x13n\x1b"


def test_a_key_that_is_held_down_after_a_paste_delays_nothing() -> None:
    """The pause counts from the end mark, not from the last key."""
    terminal = Terminal().send(paste("a"), *[b"1"] * 9, pause=0.03)
    assert terminal.keys.startswith(STAND_IN + b"1")
    assert terminal.filter.deadline is None


@pytest.mark.parametrize("split", range(1, len(START)))
@pytest.mark.parametrize("pause", [0.06, 0.5, 0.9])
def test_a_start_mark_that_is_cut_is_a_start_mark(split: int, pause: float) -> None:
    """A line may cut it anywhere. The Esc key may have been pressed for its first byte."""
    terminal = Terminal().send(START[:split]).wait(pause).send(START[split:] + b"111" + END).wait(1)
    assert terminal.texts == ["111"]
    assert terminal.keys in (STAND_IN, b"\x1b" + STAND_IN)
    one_by_one = [START[start : start + 1] for start in range(len(START))]
    slow = Terminal().send(*one_by_one, b"111" + END, pause=0.12).wait(1)
    assert (slow.texts, slow.keys) == (["111"], b"\x1b" + STAND_IN)


def test_what_follows_the_esc_key_is_a_key() -> None:
    """What can't be the rest of a mark is not waited for; what could be is, for a second."""
    pressed = Terminal().send(b"\x1b").wait(0.2).send(b"1", b"\x1b[A", b"[", b"2")
    assert pressed.keys == b"\x1b1\x1b[A[2"
    bracket = Terminal().send(b"\x1b").wait(0.2).send(b"[")
    assert bracket.keys == b"\x1b"
    assert bracket.wait(1).keys == b"\x1b["
    assert bracket.send(b"1").keys == b"\x1b[1"
    later = Terminal().send(b"\x1b").wait(2).send(b"[").wait(0.01)
    assert later.keys == b"\x1b["
    assert later.send(b"200~1" + END).wait(1).keys == b"\x1b[" + STAND_IN


def test_a_mark_inside_of_a_mark_makes_no_mark() -> None:
    """Bytes that are taken out join nothing to a mark that the parser would obey."""
    for sent in (
        b"\x1b[20" + END + b"0~",
        b"\x1b[20" + START + END + b"0~",
        b"\x1b" + END + b"[200~",
    ):
        terminal = Terminal().send(sent).wait(3)
        assert START not in terminal.keys.replace(STAND_IN, b"|")


def test_a_paste_without_its_end_is_said_to_be_broken_off() -> None:
    """What came is taken after a silence; Esc, pressed alone, makes keys of keys again."""
    terminal = Terminal().send(START + b"half").wait(4)
    assert terminal.keys == b""
    terminal.wait(2)
    assert terminal.filter.pastes == [ParsedPaste("half", "broken")]
    assert terminal.send(b"n").wait(1).keys == STAND_IN * 2
    assert terminal.filter.pastes[1] == ParsedPaste("n", "broken")
    assert terminal.send(b"\x1b").wait(1).keys == STAND_IN * 3
    assert terminal.filter.pastes[2] == ParsedPaste("", "left")
    assert terminal.send(b"n").keys == STAND_IN * 3 + b"n"


@pytest.mark.parametrize("key", [b"\x1b", b"\x1b[27u", b"\x1b[27;129u"])
def test_esc_is_known_in_all_its_forms(key: bytes) -> None:
    """Terminals with the newer keyboard protocol send another Esc."""
    terminal = Terminal().send(START).wait(6).send(key).wait(1)
    assert terminal.filter.pastes == [ParsedPaste("", "broken"), ParsedPaste("", "left")]
    assert terminal.send(b"1").keys == STAND_IN * 2 + b"1"


@pytest.mark.parametrize("key", [b"\x03", b"\x1b[99;5u", b"\x1b[99;133u"])
def test_control_c_ends_the_program_all_the_same(key: bytes) -> None:
    """It is a key also in a paste that broke off."""
    assert Terminal().send(START).wait(6).send(key).wait(1).keys == STAND_IN + key


@pytest.mark.parametrize("stall", [6, 11, 600])
@pytest.mark.parametrize(
    "reads",
    [
        [b"111111" + END],
        [b"1112", b"22" + END],
        [b"1", b"2", b"\x1b", b"[201~"],
        [b"\x1b[31m111111" * 300, b"55" + END],
        [b"33 and more", b"3" + END],
        [b"1" + START + b"2" + END],
        [b"1", END + b"2" + END],
        [b"3" * (4 * MOST + 1), END],
    ],
)
def test_the_rest_of_a_stalled_paste_is_no_keys(stall: int, reads: list[bytes]) -> None:
    """However late and in whatever pieces it comes; afterwards keys are keys."""
    for pause in (0.001, 0.1):
        terminal = Terminal().send(START + b"half").wait(stall).send(*reads, pause=pause).wait(1)
        assert terminal.keys.replace(STAND_IN, b"") == b""
        assert terminal.keys.count(STAND_IN) == len(terminal.filter.pastes)
        assert terminal.send(b"n").keys.endswith(b"n")


def test_the_end_mark_may_follow_the_esc_key() -> None:
    """The line cut it behind its first byte: the rest of it is no key either."""
    terminal = Terminal().send(START).wait(6).send(b"\x1b").wait(0.5).send(b"[201~", b"n").wait(1)
    assert terminal.keys == STAND_IN * 2 + b"n"


def test_another_paste_after_one_that_broke_off_is_whole() -> None:
    """Its own marks stand round it."""
    terminal = Terminal().send(START + b"half").wait(6).send(paste("whole")).wait(1)
    assert terminal.filter.pastes == [ParsedPaste("half", "broken"), ParsedPaste("whole")]


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(
                    [START, END, b"\x1b", b"[20", b"0~", b"1~", b"[", b"1", b"\x1b[27u"]
                ),
                min_size=1,
                max_size=6,
            ),
            st.sampled_from([0.001, 0.03, 0.06, 0.25, 1.1, 5.5]),
        ),
        max_size=12,
    )
)
def test_the_parser_never_sees_another_mark(reads: list[tuple[list[bytes], float]]) -> None:
    """Whatever comes and when: each start mark given out is a stand-in's, and has a paste."""
    terminal = Terminal()
    for pieces, pause in reads:
        terminal.send(b"".join(pieces), pause=pause)
    terminal.wait(10)
    assert terminal.keys.count(START) == terminal.keys.count(STAND_IN)
    assert terminal.keys.count(END) == terminal.keys.count(STAND_IN) == len(terminal.filter.pastes)


def test_five_thousand_signs_come_exactly() -> None:
    """A coloured log with 82 escapes: the order is its own, nothing is lost."""
    log = "".join(
        f"\x1b[3{number % 8}m第{number}行\x1b[0m ok\n" + "x" * 105 for number in range(41)
    )
    chunks = [paste(log)[start : start + 512] for start in range(0, len(paste(log)), 512)]
    assert Terminal().send(*chunks).wait(1).texts == [log.replace("\x1b", "\\u001b")]


def test_a_million_signs_are_cut_and_it_is_known() -> None:
    """The first of them are taken, not half a sign at the end; memory does not grow with it."""
    for sign in ("a", "网", "😀"):
        data = paste(sign * 1_000_000)
        terminal = Terminal().send(
            *(data[start : start + 4096] for start in range(0, len(data), 4096))
        )
        assert len(terminal.filter._body) <= 4 * MOST + 4096
        assert terminal.wait(1).filter.pastes == [ParsedPaste(sign * MOST, "cut")]
    assert Terminal().send(paste("a" * MOST)).wait(1).filter.pastes == [ParsedPaste("a" * MOST)]


def test_one_line_has_blanks_for_line_ends() -> None:
    """A field of one line takes a list with blanks between; no blank is left at the ends."""
    assert join_lines("a\n\nb\tc\n") == "a b c"


def test_what_the_parser_gives_has_no_controls() -> None:
    """Where Textual's own parser reads, a paste with controls in it is out of order: refused."""
    assert parse_paste_refusing_controls("a\r\nb\t网") == ParsedPaste("a\nb\t网")
    assert parse_paste_refusing_controls("m33 end\x1b") == ParsedPaste("", "mixed_up")
