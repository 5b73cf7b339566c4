"""The frames of nested calls lie in one piece of memory.

Python takes room for frames in pieces of 16 KB. A layout nests deeply, and where a loop's calls
begin a new piece, each call takes it from the system and gives it back: nineteen thousand times in
a report of 211 answers, a tenth of its time.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar, cast

_SLOTS = 1 << 16
"""Of a pointer each: half a megabyte, of which only what is used becomes memory."""

Function = TypeVar("Function", bound=Callable[..., Any])


def with_room(function: Function) -> Function:
    """Let what a function calls have its frames beside the function's own.

    Python makes a piece at least twice as large as the frame that asks for it.
    """
    plain = cast("FunctionType", function)
    plain.__code__ = plain.__code__.replace(co_stacksize=_SLOTS)
    return function
