"""What is to be written into an answer; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from assess.workspace import SheetName

Kind = Literal["do", "undo", "redo"]


class Change(NamedTuple):
    """Fields of one answer to be written, as `Desk.put` takes them."""

    sheet: SheetName
    item_id: str
    fields: Mapping[str, Any]
    kind: Kind = "do"
    goes_on: Change | None = None
    """The change before it that it is one act with, as whoever answers sees it."""


class Attachment(NamedTuple):
    """Evidence to be registered and cited: a file, a paper record's place, or a register row."""

    change: Change
    proof: str
    title: str
    file: str = ""
    paper: str = ""
