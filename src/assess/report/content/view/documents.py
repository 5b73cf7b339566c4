"""The view-model of letters and comparisons."""

from __future__ import annotations

from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.base import CountsRow, LabelledLine, View


class HeadView(View, frozen=True, kw_only=True):
    """A red head and what belongs to it at the document's end; '' where a part is not set."""

    organ: str
    """As the head has it: the name of the organ, in Chinese often with 文件."""
    number: str
    signer: str = ""
    """Who signs a report to a superior."""
    contact: str = ""
    """Whom to ask, as a line in brackets."""
    copies: str = ""
    """Who gets a copy, as a line."""
    issuer: str = ""
    """The organ that prints it."""
    issued: str = ""
    """The line with the day on which it is printed."""


class ReturnedView(View, frozen=True, kw_only=True):
    """An answer that the reviewer returned, and what became of it."""

    number: str
    id: str
    title: str
    sheet: str
    comment: str
    due: str
    by: str
    state: str
    open: bool
    answer: str
    """The present answer: result and note."""
    evidence: tuple[str, ...]


class LetterView(View, frozen=True, kw_only=True):
    """What frames a notice or its answer; `head` where a red head is set for the template."""

    title: str
    to: str
    sender: str
    head: HeadView | None
    opening: str
    closing: tuple[str, ...]


class ItemChangeView(View, frozen=True, kw_only=True):
    """An answer that changed, and whether a finding was opened or closed by it."""

    id: str
    title: str
    before: str
    after: str
    turn: str
    lines: tuple[str, ...]


class ChangeView(View, frozen=True, kw_only=True):
    """A sheet at two times."""

    title: str
    score_before: str
    score_after: str
    difference: str
    counts: tuple[CountsRow, ...]
    """Of the earlier time, and of the later one."""
    opened: tuple[LabelledLine, ...]
    """Findings by id and title."""
    closed: tuple[LabelledLine, ...]
    items: tuple[ItemChangeView, ...]
    remark: str
    radar: SvgElement | None
    rank: int = 0
    """Its place among the sheets, those with most new problems first."""


class CompareView(View, frozen=True, kw_only=True):
    """Two times side by side."""

    before: str
    after: str
    sheets: tuple[ChangeView, ...]
    outside_opened: tuple[LabelledLine, ...] = ()
    """Findings of others that were not there, by source and beginning."""
    outside_closed: tuple[LabelledLine, ...] = ()


class RoundView(View, frozen=True, kw_only=True):
    """A round and its scores, one a sheet of the report; '–' where it had none."""

    title: str
    scores: tuple[str, ...]


class MatrixRow(View, frozen=True, kw_only=True):
    """A row of a matrix: an item or a system, and a text in each column."""

    title: str
    marks: tuple[str, ...]
    id: str = ""


class MatrixSection(View, frozen=True, kw_only=True):
    """A section of a checklist in a matrix."""

    title: str
    rows: tuple[MatrixRow, ...]


class MatrixView(View, frozen=True, kw_only=True):
    """Sheets of one checklist side by side: a sign for each result, '' where it does not apply."""

    title: str
    columns: tuple[str, ...]
    """The numbers of the sheets in the report."""
    sections: tuple[MatrixSection, ...]


class FactTableView(View, frozen=True, kw_only=True):
    """Facts of systems: the questions by number, and a row for each system."""

    questions: tuple[LabelledLine, ...]
    rows: tuple[MatrixRow, ...]
