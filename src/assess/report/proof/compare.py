"""Comparison of a submitted report with the report made again from its commit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from assess.errors import EnvironmentLacksError
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang
from assess.report.proof.making import is_made_by_this_program
from assess.report.proof.pdf.job import PdfAnswer, PdfReading, PdfTexts, ReadPdfTextsTask
from assess.report.proof.proof_file import ProofOfMaking
from assess.report.proof.words import VerificationCause, make_verification_cause

_MACHINE_FIELDS: Final = ("machine", "tools", "fonts", "templates", "tool_version", "program")
"""Fields of the provenance about the machine and the program."""

_CHANGING: Final = re.compile(r"^—[0-9]+—|—[0-9]+—$|([0-9a-f]{12}|[0-9]+)")
"""Digits; and the number of the page, right in the foot of odd pages, left on even ones."""

_PASSAGE_ENDS: Final = re.compile(r"[，。；：、！？（）()“”,;:!?]+")
_MOST_PASSAGES: Final = 20
_LONGEST_PASSAGE: Final = 80


def find_attachment_causes(
    theirs: PdfReading, ours: PdfReading, lang: Lang
) -> Iterator[VerificationCause]:
    """Yield what differs between the files that two reports embed; provenance.json aside."""
    counts = Counter(file.name for file in theirs.files)
    digests = {file.name: file.sha256 for file in theirs.files}
    expected = {file.name: file.sha256 for file in ours.files}
    for name, count in sorted(counts.items()):
        if count > 1:
            yield make_verification_cause(
                "attachment-doubled", lang, name=escape_and_replace_tabs(name)
            )
        elif name not in expected:
            yield make_verification_cause(
                "attachment-extra", lang, name=escape_and_replace_tabs(name)
            )
        elif digests[name] != expected[name] and name != "provenance.json":
            yield make_verification_cause("attachment-changed", lang, name=name)
    for name in sorted(expected.keys() - counts.keys()):
        yield make_verification_cause("attachment-missing", lang, name=name)


def find_provenance_causes(
    theirs: ProofOfMaking, ours: ProofOfMaking, lang: Lang
) -> Iterator[VerificationCause]:
    """Yield which fields of the provenance differ; those of machine and program aside.

    Older programs wrote what the report is compared with in the words of the request; the field
    `against_mark` fixes it.
    """
    skipped = _MACHINE_FIELDS if is_made_by_this_program(theirs) else (*_MACHINE_FIELDS, "against")
    keys = [
        field
        for field in theirs.__struct_fields__
        if field not in skipped and getattr(theirs, field) != getattr(ours, field)
    ]
    if keys:
        yield make_verification_cause("provenance", lang, keys=", ".join(keys))


def read_page_texts(
    ask: Callable[[ReadPdfTextsTask, Lang], PdfAnswer], pdf: bytes, lang: Lang
) -> tuple[str, ...]:
    """Return the texts of a PDF, a text a page; none where they can't be read, or not soon."""
    try:
        texts = ask(ReadPdfTextsTask(pdf=pdf), lang)
    except EnvironmentLacksError:
        return ()
    return texts.pages if isinstance(texts, PdfTexts) else ()


class TextDifferences(NamedTuple):
    """The first passages that are in only one of two reports, in their order."""

    only_theirs: tuple[str, ...] = ()
    only_ours: tuple[str, ...] = ()


def find_text_differences(theirs: Sequence[str], ours: Sequence[str]) -> TextDifferences:
    """Return the passages that differ between the texts of two reports, a text a page.

    Lines and pages may break elsewhere, so heads and feet are left out and passages end at
    punctuation. What is a head or foot of one report is left out of both: with a page less, a line
    that stood on most pages may stand on half of them.

    This shows a reader where to look. It proves nothing.
    """
    repeated = _repeated_lines(theirs) | _repeated_lines(ours)
    first, second = _split_into_passages(theirs, repeated), _split_into_passages(ours, repeated)
    compared = _drop_cut_off_last_passage(first, second) if len(theirs) < len(ours) else first
    return TextDifferences(
        _first_surplus_passages(compared, second), _first_surplus_passages(second, first)
    )


def _drop_cut_off_last_passage(passages: list[str], others: list[str]) -> list[str]:
    """Return passages without the last one where a passage of `others` goes on from it.

    A report whose last pages were taken out ends within that passage; the other one shows it whole.
    """
    *before, last = passages or [""]
    goes_on = last not in others and any(other.startswith(last) for other in others)
    return before if goes_on else passages


def _first_surplus_passages(passages: list[str], others: list[str]) -> tuple[str, ...]:
    """Return the first passages that occur more often in `passages` than in `others`."""
    left = Counter(passages) - Counter(others)
    surplus = []
    for passage in passages:
        if left[passage]:
            left[passage] -= 1
            surplus.append(passage[:_LONGEST_PASSAGE])
    return tuple(surplus[:_MOST_PASSAGES])


def _split_into_passages(pages: Sequence[str], repeated: set[str]) -> list[str]:
    """Return the passages between punctuation, without white space and what is repeated."""
    lines = [line for page in pages for line in _lines_without_space(page)]
    body = "".join(line for line in lines if _mask_changing_numbers(line) not in repeated)
    return [passage for passage in _PASSAGE_ENDS.split(body) if passage]


def _repeated_lines(pages: Sequence[str]) -> set[str]:
    """Return the lines, without what changes, that occur on more than half of several pages."""
    if len(pages) == 1:
        return set()
    counts = Counter(
        line
        for page in pages
        for line in {_mask_changing_numbers(row) for row in _lines_without_space(page)}
    )
    return {line for line, count in counts.items() if count * 2 > len(pages)}


def _lines_without_space(page: str) -> list[str]:
    return ["".join(line.split()) for line in page.splitlines() if line.strip()]


def _mask_changing_numbers(line: str) -> str:
    """Return a line as every page has it that bears the same head or foot."""
    return _CHANGING.sub(lambda match: "#" if match[1] else "", line)
