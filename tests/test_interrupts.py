"""Ctrl+C while results of other threads are waited for: it is raised where no lock is taken."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from assess.interrupts import delay_interrupts, wait_for_result


@pytest.fixture(autouse=True)
def _usual_handler() -> Iterator[None]:
    """Let Ctrl+C raise KeyboardInterrupt, as it does in a command."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_ctrl_c() -> None:
    """Send to this process what a terminal sends."""
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_takes_effect_at_the_end_of_the_block() -> None:
    """All of the block is run, and the handler is Python's again."""
    steps = []

    def press_and_go_on() -> None:
        with delay_interrupts():
            press_ctrl_c()
            steps.append("after the signal")

    with pytest.raises(KeyboardInterrupt):
        press_and_go_on()
    assert steps == ["after the signal"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_of_the_block_gives_way_to_ctrl_c() -> None:
    """The error is told as its cause's context; without Ctrl+C it is raised as ever."""

    def press_and_fail() -> None:
        with delay_interrupts():
            press_ctrl_c()
            raise ValueError

    with pytest.raises(KeyboardInterrupt) as raised:
        press_and_fail()
    assert isinstance(raised.value.__context__, ValueError)
    with pytest.raises(ValueError, match="of the block"), delay_interrupts():
        raise ValueError("of the block")


def test_a_handler_of_somebody_else_stays() -> None:
    """The interface has its own, and `nohup` lets the signal be ignored."""
    arrived = []
    signal.signal(signal.SIGINT, lambda *_: arrived.append("ours"))
    with delay_interrupts():
        press_ctrl_c()
        assert arrived == ["ours"]


def test_another_thread_changes_no_handler() -> None:
    """Python allows that in the main thread alone."""
    errors: list[BaseException] = []

    def wait_in_thread() -> None:
        try:
            with delay_interrupts():
                pass
        except BaseException as error:  # noqa: BLE001  # the test asks for any
            errors.append(error)

    thread = threading.Thread(target=wait_in_thread)
    thread.start()
    thread.join()
    assert errors == []


def test_the_result_or_the_error_of_a_call_is_returned() -> None:
    """Also when it comes while it is waited for."""
    future: Future[int] = Future()
    threading.Timer(0.2, future.set_result, (3,)).start()
    assert wait_for_result(future) == 3
    failed: Future[int] = Future()
    failed.set_exception(ValueError("of the call"))
    with pytest.raises(ValueError, match="of the call"):
        wait_for_result(failed)


def test_ctrl_c_ends_a_wait_without_an_end() -> None:
    """Whoever has the result can still hand it over."""
    future: Future[int] = Future()
    timer = threading.Timer(0.2, press_ctrl_c)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        wait_for_result(future)
    timer.join()
    future.set_result(3)
    assert future.result() == 3
