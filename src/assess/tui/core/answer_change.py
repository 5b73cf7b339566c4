"""Changes of an answer, before they are written; independent of screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from assess.display.evidence.again_form import AgainWay
from assess.workspace import SheetName

ChangeKind = Literal["do", "undo", "redo"]


class AnswerChange(NamedTuple):
    """Fields of one answer that will be written, as `OpenSheet.write_answer` takes them."""

    sheet: SheetName
    item_id: str
    fields: Mapping[str, Any]
    kind: ChangeKind = "do"
    goes_on: AnswerChange | None = None
    """The change before this one that the user sees as the same step."""
    batch: int = 0
    """The number of the changes that the board takes back as one step; 0 for none."""


class EvidenceAttachment(NamedTuple):
    """Evidence to register and cite: a file, a paper record, or a row of the register."""

    change: AnswerChange
    proof: str
    title: str
    file: str = ""
    paper: str = ""
    way: AgainWay = "as_registered"
    """How a file or row that is registered already is attached."""
