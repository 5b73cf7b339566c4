"""Blocks in the order and grouping of a Word document: sections, signatures, lists of annexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from assess.report.content.charts.drawing import estimate_width
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    Role,
    TableBlock,
    TextRun,
)

_DATE_FROM_RIGHT = 4
"""Characters between the date of a document and the end of the line (GB/T 9704-2012, 7.3.5.1)."""

_SIGNATORY_FROM_RIGHT = 2
"""Characters there for a signatory that is longer than the date."""


class PageRun(NamedTuple):
    """Blocks from the start of a page to the next such start."""

    landscape: bool
    blocks: tuple[Block, ...]


class DocumentSection(NamedTuple):
    """Runs of pages that are turned alike."""

    landscape: bool
    runs: tuple[PageRun, ...]


class Signature(NamedTuple):
    """Signatories and date, with their distances from the right in hundredths of a character."""

    signatories: tuple[ParagraphBlock, ...]
    date: ParagraphBlock
    signatories_right: tuple[int, ...]
    date_right: int


def split_into_sections(blocks: Iterable[Block]) -> list[DocumentSection]:
    """Return the sections of a document; an annex that holds the ledger is landscape."""
    return [
        DocumentSection(landscape, tuple(runs))
        for landscape, runs in groupby(_split_into_page_runs(blocks), lambda run: run.landscape)
    ]


def _split_into_page_runs(blocks: Iterable[Block]) -> Iterable[PageRun]:
    collected: list[Block] = []
    landscape = False
    for block in blocks:
        if not isinstance(block, PageStart):
            collected.append(block)
            continue
        if collected:
            yield _make_page_run(collected, landscape=landscape)
        collected, landscape = [], block.landscape
    yield _make_page_run(collected, landscape=landscape)


def _make_page_run(blocks: Sequence[Block], *, landscape: bool) -> PageRun:
    first = blocks[0] if blocks else None
    is_annex = isinstance(first, HeadingBlock) and first.annex
    holds_ledger = any(isinstance(block, TableBlock) and block.ledger for block in blocks)
    return PageRun(landscape or (is_annex and holds_ledger), tuple(_keep_with_next(blocks)))


def _keep_with_next(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a paragraph before what stands on no page without text stays with it."""
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, ParagraphBlock) and _needs_text_before(following, block.role):
            yield block._replace(keep=True)
        else:
            yield block


def _needs_text_before(block: Block | None, role: Role) -> bool:
    """Return whether a block stays with the paragraph before it, which has a role.

    So do tables, pictures, lists of annexes and signatures.
    """
    if isinstance(block, ParagraphBlock):
        return block.role in ("signed", "annex-list") and block.role != role
    return isinstance(block, TableBlock | PictureBlock)


def group_by_role_without_qr_code(blocks: Iterable[Block]) -> Iterable[tuple[Role, list[Block]]]:
    """Yield neighbours with the same role, without the QR code: it proves no edited text."""
    shown = (block for block in blocks if _role_of_block(block) != "code")
    for role, group in groupby(shown, _role_of_block):
        yield role, list(group)


def _role_of_block(block: Block) -> Role:
    return "plain" if isinstance(block, HeadingBlock | TableBlock | PageStart) else block.role


def join_with_tabs(paragraphs: Sequence[ParagraphBlock]) -> ParagraphBlock:
    """Return paragraphs as one: what stands at the sides of a line, a tab between them."""
    first, *others = paragraphs
    runs = [*first.runs]
    for paragraph in others:
        runs += [TextRun("\t"), *paragraph.runs]
    return first._replace(runs=tuple(runs))


def arrange_annex_list(paragraphs: Sequence[ParagraphBlock]) -> list[ParagraphBlock]:
    """Return the list of annexes: the first beside the word, the next ones under the first."""
    word, *annexes = paragraphs
    if not annexes:
        return [word]
    first = word._replace(runs=word.runs + annexes[0].runs)
    tab = (TextRun("\t"),)
    return [first, *(annex._replace(runs=tab + annex.runs) for annex in annexes[1:])]


def arrange_signature(paragraphs: Sequence[ParagraphBlock]) -> Signature:
    """Return the signatories centred over the date, the longer of both nearest to the edge."""
    *signatories, date = paragraphs
    date_width = _paragraph_width(date)
    longest = max(map(_paragraph_width, signatories), default=0)
    edge = _DATE_FROM_RIGHT - max(longest - date_width, 0) / 2
    edge = max(edge, _SIGNATORY_FROM_RIGHT)
    widest = max(longest, date_width)

    def compute_distance_from_right(width: float) -> int:
        return round(100 * (edge + (widest - width) / 2))

    rights = tuple(
        compute_distance_from_right(_paragraph_width(signatory)) for signatory in signatories
    )
    return Signature(tuple(signatories), date, rights, compute_distance_from_right(date_width))


def _paragraph_width(paragraph: ParagraphBlock) -> float:
    return estimate_width("".join(run.text for run in paragraph.runs))
