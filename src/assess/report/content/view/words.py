"""The fixed words of a report, and how dates and figures are written in each language."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from assess.display.text.cells import width_of, width_of_char
from assess.engine.kinds.wording import translate_code
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.results import Counts, format_score
from assess.report.content.view.words_documents import DOCUMENT_LABELS

LABELS: dict[str, str] = {
    "draft": N_("DRAFT"),
    "draft_cover": N_("Draft, not for filing; page 1 says why"),
    "annex": N_("Annex {number}"),
    "role": N_("Role"),
    "name": N_("Name"),
    "due_state": N_("Due and state"),
    "validity": N_("From, until"),
    "pages": N_("pages: {pages}"),
    "signer": N_("Signed by"),
    "digest": N_("Digest"),
    "round": N_("Round"),
    "date": N_("Date"),
    "annexes": N_("Annexes:"),
    "see_problem": N_("Annex {annex}, problem {number}"),
    "grid_title": N_("Table {number}: {title}"),
    "grid_continued": N_("(continued: the other columns, by the numbers of the rows)"),
    "total": N_("Total"),
    "see_evidence": N_("▲ Required evidence is lacking: see annex {annex}."),
    "urgent_table": N_("Problems of high risk not yet mended, and overdue measures:"),
    "more_problems": N_("… and {count} more, in the list of problems and the ledger"),
    "as_entered": N_("Measures, names and notes are printed in the language they were entered in."),
    "cited_as": N_("Numbers in brackets stand for:"),
    "sheet": N_("Checklist"),
    "score": N_("Score"),
    "verdict": N_("Verdict"),
    "computed": N_("How the score was computed"),
    "worked": N_("Worked out"),
    "formula": N_("Formula"),
    "boundaries": N_("Verdicts"),
    "by_section": N_("Results by section"),
    "section": N_("Section"),
    "applicable": N_("Apply"),
    "met": N_("Met"),
    "partial": N_("Partly met"),
    "unmet": N_("Not met"),
    "not_applicable": N_("N/A"),
    "answered": N_("Facts given"),
    "unanswered": N_("Open"),
    "signatures": N_("Signatures and seal"),
    "seal": N_("Seal of the organization"),
    "signed": N_("Signature"),
    "no_findings": N_("No problem was found."),
    "risk": N_("Risk"),
    "no_ledger": N_("Nothing needs mending."),
    "problem": N_("Problem"),
    "action": N_("Measure"),
    "responsible": N_("Responsible"),
    "number": N_("No."),
    "item": N_("Item and requirement"),
    "item_title": N_("Item"),
    "beginning": N_("Situation (in short)"),
    "of_risk": N_("Risk {risk}: {count}"),
    "result": N_("Result"),
    "situation": N_("Situation and evidence"),
    "evidence_of": N_("Evidence: "),
    "left_out": N_("Items left out because of the facts given"),
    "closed_questions": N_("Sub-questions that other answers leave out"),
    "evidence": N_("Evidence"),
    "no_evidence": N_("No evidence is cited."),
    "inconsistent": N_("Answers that do not fit together"),
    "lacking": N_("Required evidence that is lacking"),
    "broken_picture": N_("picture can't be shown"),
    "evidence_title": N_("Title"),
    "place": N_("Kept at"),
    "cited_by": N_("Cited by"),
    "basis": N_("Basis"),
    "basis_title": N_("Law, rule or standard"),
    "examples": N_("For reference"),
    "examples_note": N_(
        "Rules of other places and common practice: the checklists cite them as examples, they "
        "bind nobody here."
    ),
    "issued": N_("Issued"),
    "in_force": N_("In force"),
    "facts": N_("Facts about the organization"),
    "systems": N_("Information systems"),
    "system": N_("System"),
    "grade": N_("Grade"),
    "exposure": N_("Reachable from"),
    "hosting": N_("Hosting"),
    "inputs": N_("Files this report is made from"),
    "file": N_("File"),
    "inside": N_("Inside"),
    "is_inside": N_("inside"),
    "lacks": N_("This report is a draft, because:"),
    "replaced": N_("No font here has these characters, which are printed as codes:"),
    "final": N_(
        "Nothing is missing: all items are answered, reviewed where a reviewer is named, and "
        "committed."
    ),
    "none": N_("none"),
    **DOCUMENT_LABELS,
}
"""Words that templates use by name (`label.NAME`)."""

SO_FAR: dict[str, str] = {
    "no_findings": N_("No problem so far; items are still unanswered."),
    "no_ledger": N_("Nothing to mend so far; items are still unanswered."),
    "no_high_risks": N_("No problem of high risk so far; items are still unanswered."),
    "no_urgent": N_(
        "No open problem of high risk and no overdue measure so far; items are still unanswered."
    ),
}
"""Replacements of these words while items are unanswered."""

NOTHING_ANSWERED: dict[str, str] = dict.fromkeys(
    SO_FAR, N_("Nothing has been answered yet, so problems can't be told.")
)
"""Replacements of the same words where no item is answered."""

NOTHING_ASSESSED: dict[str, str] = dict.fromkeys(
    SO_FAR, N_("No item was assessed as met or not met, so there is no conclusion.")
)
"""Replacements of the same words where all is answered with facts or as not applicable."""

_FACT_GIVEN = N_("fact given")

PUNCTUATION: dict[Lang, dict[str, str]] = {
    "zh": {"colon": "：", "semicolon": "；", "gap": "　", "open": "（", "close": "）"},
    "en": {"colon": ": ", "semicolon": "; ", "gap": " · ", "open": " (", "close": ")"},
}
"""Marks that templates put between texts."""

STOPS = "。．.；;，, \n"
"""Signs that are removed from the end of a text inside a sentence."""

_HAN_DIGITS = "一二三四五六七八九十"


def translate_all_labels(lang: Lang, counts: Counts) -> dict[str, str]:
    """Return the fixed words in `lang`; what is said of no problem depends on what is answered."""
    _ = translator(lang)
    words = LABELS | _choose_no_findings_labels(counts)
    return {name: _(text) for name, text in words.items()} | PUNCTUATION[lang]


def _choose_no_findings_labels(counts: Counts) -> dict[str, str]:
    if counts.open:
        return SO_FAR if counts.done else NOTHING_ANSWERED
    return {} if counts.met or counts.partial or counts.unmet else NOTHING_ASSESSED


def result_name(result: str | None, lang: Lang) -> str:
    """Return the name of a result as the heads of tables have it: `answered` is a fact given."""
    return translator(lang)(_FACT_GIVEN) if result == "answered" else translate_code(result, lang)


def format_long_date(value: date | None, lang: Lang) -> str:
    """Return a date as an official document writes it: 2026年6月30日, 30 June 2026; '' for None."""
    if value is None:
        return ""
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def format_short_date(value: date | None) -> str:
    """Return a date as tables write it, 2026-06-30; '' for None."""
    return value.isoformat() if value else ""


def format_days_late(days: int, lang: Lang) -> str:
    """Return how late something is."""
    _n = plural_translator(lang)
    return _n("{days} day late", "{days} days late", days).format(days=days)


def format_rounded_number(value: Fraction) -> str:
    """Return an exact figure with at most two decimals, without needless zeros."""
    text = format_score(value, 2)
    return text.rstrip("0").rstrip(".")


def format_heading_number(number: int, lang: Lang, level: int = 1) -> str:
    """Return the mark before a heading: 一、（一）1.（1） in Chinese, 1. (1) (a) 1) in English.

    GB/T 9704-2012, 7.3.3. From the fifth level on, as the fourth.
    """
    if lang == "zh":
        marks = (
            f"{format_chinese_number(number)}、",
            f"（{format_chinese_number(number)}）",
            f"{number}. ",
            f"（{number}）",
        )
    else:
        marks = (f"{number}. ", f"({number}) ", f"({_letter_of_number(number)}) ", f"{number}) ")
    return marks[min(level, len(marks)) - 1]


def _letter_of_number(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def format_chinese_number(number: int) -> str:
    """Return a number from 1 to 999 in Chinese."""
    hundreds, below = divmod(number, 100)
    if hundreds:
        return f"{_HAN_DIGITS[hundreds - 1]}百{_format_chinese_after_hundreds(below)}"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_HAN_DIGITS[tens - 1]}十"
    return head + (_HAN_DIGITS[ones - 1] if ones else "")


def _format_chinese_after_hundreds(number: int) -> str:
    """Return what follows 百: 一百零一, 一百一十."""
    if number == 0:
        return ""
    if number <= len(_HAN_DIGITS) - 1:
        return f"零{_HAN_DIGITS[number - 1]}"
    text = format_chinese_number(number)
    return f"一{text}" if text.startswith("十") else text


def shorten_text(text: str, max_cells: int) -> str:
    """Return a text on one line, its end left out with an ellipsis where it is wider than that."""
    line = " ".join(text.split())
    if width_of(line) <= max_cells:
        return line
    widths = itertools.accumulate(map(width_of_char, line))
    return (
        line[: bisect_right(list(itertools.islice(widths, max_cells)), max_cells - 2)].rstrip()
        + "…"
    )


def join_enumeration(texts: Iterable[str], lang: Lang) -> str:
    """Return the texts as an enumeration."""
    return ("、" if lang == "zh" else ", ").join(texts)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
