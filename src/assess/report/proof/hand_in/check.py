"""Checking a hand-in from a stranger: the whole way from its bytes to the outcome."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

import msgspec

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang
from assess.report.proof.hand_in.report_check import check_report_of_hand_in
from assess.report.proof.hand_in.worker import ReadHandInTask
from assess.report.render.child import RenderChild, RenderLimits
from assess.workspace.hand_in.archive import MOST_OF_A_HAND_IN
from assess.workspace.hand_in.outcome import HandIn, HandInNote, RefusedHandIn, make_note

WORKER: Final = "assess.report.proof.hand_in.worker"
_LIMITS: Final = RenderLimits(memory=3072, cpu=120, wall=180)
_LEAST_MEMORY, _MEMORY_BY_SIZE = 768, 8
"""Megabytes for a hand-in of no size, and for each megabyte of it."""


def check_hand_in(data: bytes, today: date, lang: Lang) -> HandIn:
    """Return what a hand-in holds, or why it is refused; no file makes it raise an error.

    A PDF report alone is a hand-in, too, as far as it carries its inputs. All is read in a limited
    child process. The report inside, if there is one, is made again from its own inputs. `lang` is
    the language of details that other parts of the program word.
    """
    outcome = read_hand_in_in_child(data, today, lang)
    if isinstance(outcome, RefusedHandIn) or outcome.report is None:
        return outcome
    return check_report_of_hand_in(outcome, outcome.report, today, lang)


def read_hand_in_in_child(data: bytes, today: date, lang: Lang) -> HandIn:
    """Return what a hand-in holds, or why it is refused; the report inside is not opened."""
    if len(data) > MOST_OF_A_HAND_IN:
        # A child would only be sent what it refuses.
        return _make_refusal(data, make_note("zip-large", limit=MOST_OF_A_HAND_IN >> 20))
    task = ReadHandInTask(data=data, today=today, lang=lang)
    memory = _LEAST_MEMORY + _MEMORY_BY_SIZE * len(data) // 1024**2
    limits = _LIMITS._replace(memory=min(_LIMITS.memory, memory))
    try:
        with RenderChild(limits, lang, WORKER) as child:
            answer = child.send_question_and_wait(
                msgspec.msgpack.encode(task), lambda _progress: None
            )[1]
    except EnvironmentLacksError as error:
        return _make_refusal(data, make_note("limit-reached", detail=error.message))
    outcome: HandIn = msgspec.msgpack.decode(answer, type=HandIn)
    return outcome


def refuse_unchecked_file(data: bytes) -> RefusedHandIn:
    """Return the refusal of a file that ends each process of a cluster that checks it."""
    return _make_refusal(data, make_note("workers-ended"))


def _make_refusal(data: bytes, reason: HandInNote) -> RefusedHandIn:
    return RefusedHandIn(digest=hashlib.sha256(data).hexdigest(), size=len(data), reason=reason)
