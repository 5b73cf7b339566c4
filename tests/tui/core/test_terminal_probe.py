"""The probe: asked through a pseudo-terminal, answered as terminals do."""

from __future__ import annotations

import os
import pty
import select
import threading
from collections.abc import Iterator

import pytest

from assess.display.text.cells import width_of
from assess.tui.core.terminal_probe import SIGNS, TerminalAnswer, probe_terminal


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Give both ends of a pseudo-terminal: the terminal's and the program's."""
    terminal, program = pty.openpty()
    yield terminal, program
    os.close(terminal)
    os.close(program)


def asked(ends: tuple[int, int], reply: bytes) -> TerminalAnswer:
    """Return what the probe finds where the terminal answers so."""
    terminal, program = ends

    def answer() -> None:
        received = b""
        while b"\x1b[6n" not in received:
            received += os.read(terminal, 1024)
        os.write(terminal, reply)

    thread = threading.Thread(target=answer)
    thread.start()
    probed = probe_terminal(program, program, "xterm")
    thread.join()
    return probed


def test_narrow_signs_are_fine(ends: tuple[int, int]) -> None:
    """Where the cursor stands one cell a sign further, finer signs are drawn."""
    assert asked(ends, f"\x1b[24;{len(SIGNS) + 1}R".encode()) == TerminalAnswer(fine=True)


def test_wide_signs_are_not(ends: tuple[int, int]) -> None:
    """Where they took two cells each, plain signs are drawn."""
    assert not asked(ends, f"\x1b[24;{2 * len(SIGNS) + 1}R".encode()).fine


def test_silence_is_not_fine_and_does_not_wait_long(ends: tuple[int, int]) -> None:
    """A terminal that says nothing gets plain signs."""
    assert asked(ends, b"").fine is False


def test_what_was_typed_meanwhile_is_handed_on(ends: tuple[int, int]) -> None:
    """Keys before and behind the answer are kept; sequences of function keys are not text."""
    probed = asked(ends, b"n1\x1b[A" + f"\x1b[1;{len(SIGNS) + 1}R".encode() + "中".encode())
    assert probed == TerminalAnswer(fine=True, typed="n1中")


def test_what_was_pasted_meanwhile_is_not(ends: tuple[int, int]) -> None:
    """A paste is no key; it has no form to go to yet."""
    place = f"\x1b[1;{len(SIGNS) + 1}R".encode()
    typed = b"n\x1b[200~33\n\x1b[201~1\x1b[200~2"
    assert asked(ends, place + typed).typed == "n"
    assert asked(ends, place + b"33\n\x1b[201~1").typed == ""


def test_a_paste_that_goes_on_is_read_to_its_end(ends: tuple[int, int]) -> None:
    """Its rest must not reach the program as keys."""
    begun = f"\x1b[1;{len(SIGNS) + 1}R\x1b[200~33".encode()
    rest = threading.Timer(0.15, os.write, (ends[0], b"11\x1b[201~"))
    rest.start()
    assert asked(ends, begun) == TerminalAnswer(fine=True)
    rest.join()
    assert not select.select([ends[1]], [], [], 0)[0]


@pytest.mark.parametrize("terminal", ["linux", "vt100", "dumb"])
def test_plain_terminals_are_not_asked(terminal: str, ends: tuple[int, int]) -> None:
    """Terminals that lack the signs are not written to."""
    assert probe_terminal(ends[1], ends[1], terminal) == TerminalAnswer(fine=False)


def test_all_signs_are_one_cell_to_us() -> None:
    """The program itself counts each sign as one cell."""
    assert width_of(SIGNS) == len(SIGNS)
