"""Search the items of a round by requirement, note, evidence, and pinyin initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.text.styled import LinePart
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.reading import fold_width_and_case
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.base import Bilingual, Text, pick_text
from assess.model.results import ItemState
from assess.tui.core.session import AssessedSheet
from assess.tui.core.shell import ListRow, list_row_in_columns
from assess.workspace import SheetName
from assess.workspace.core.pinyin_initials import pinyin_initials_of_all_readings

MOST = 200
"""Maximum number of hits in the list. More words reduce them."""

_SPLIT = "\t"
_AROUND = 12
"""Characters that are shown before a hit in a longer text."""


class SearchEntry(NamedTuple):
    """An item that search can find: its position, its texts, and its search keys."""

    sheet: SheetName
    item_id: str
    title: str
    texts: str
    """All its texts in both languages, a line each."""
    words: str
    """The same, in lower case."""
    letters: str
    """The pinyin initials of its title, for each reading."""


def build_search_index(sheets: Mapping[SheetName, AssessedSheet], lang: Lang) -> list[SearchEntry]:
    """Return the search entries of all items, in the order of the round. It blocks."""
    return [
        _make_search_entry(name, state, opened, lang)
        for name, opened in sheets.items()
        for state in opened.assessment.items
        if state.applies != "no"
    ]


def _make_search_entry(
    name: SheetName, state: ItemState, opened: AssessedSheet, lang: Lang
) -> SearchEntry:
    item = state.item
    title = item_label_and_title(item, lang)
    words = "\n".join(escape_as_single_line(text) for text in _item_texts(state, opened))
    letters = pinyin_initials_of_all_readings(pick_text(item.title, "zh"))
    texts = f"{item.id}\n{words}"
    return SearchEntry(name, item.id, title, texts, texts.lower(), letters)


def _item_texts(state: ItemState, opened: AssessedSheet) -> Iterator[str]:
    item, answer = state.item, state.answer
    texts: list[Text] = [item.title, item.requirement, *item.check]
    texts += [proof.text for proof in item.evidence]
    if item.remedy is not None:
        texts += [
            remedy_text for remedy_text in (item.remedy.now, item.remedy.lasting) if remedy_text
        ]
    yield from _texts_in_all_languages(texts)
    for ref in item.refs:
        basis = opened.open_sheet.checklist.basis.get(ref.basis)
        yield from (
            f"{title} {ref.clause}"
            for title in _texts_in_all_languages([basis.title] if basis else [])
        )
    if answer is None:
        return
    yield answer.note or ""
    plan = answer.remediation
    yield from (plan_text for plan_text in (plan and plan.action, plan and plan.owner) if plan_text)
    rows = opened.open_sheet.register.evidence
    yield from _texts_in_all_languages(
        rows[row_id].title for row_id in answer.evidence if row_id in rows
    )


def _texts_in_all_languages(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        if isinstance(text, Bilingual):
            yield from (version for version in (text.zh, text.en) if version)
        else:
            yield text


def find_items(
    entries: Sequence[SearchEntry], words: str, current_sheet: SheetName, lang: Lang
) -> list[ListRow]:
    """Return the entries that contain all words; hits in ids and titles come first.

    A word matches a text that contains it (letters only at the start of a word), or the pinyin
    initials of a title. Rows of `current_sheet` don't name their sheet.
    """
    _ = translator(lang)
    search_words = fold_width_and_case(words).split()
    if not search_words:
        return [ListRow("", _("words, item ids, or first letters of pinyin (bjmr)"))]
    ranked = [
        (rank, entry) for entry in entries if (rank := _rank_entry(entry, search_words)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0])
    rows = [
        list_row_in_columns(
            f"{entry.sheet}{_SPLIT}{entry.item_id}",
            *_entry_columns(entry, search_words, current_sheet),
        )
        for _rank_, entry in ranked[:MOST]
    ]
    if not ranked:
        rows.append(ListRow("", _("nothing found")))
    if len(ranked) > MOST:
        rows.append(ListRow("", _("... {count} more: type more").format(count=len(ranked) - MOST)))
    return rows


def _rank_entry(entry: SearchEntry, search_words: Sequence[str]) -> int | None:
    worst = 0
    for word in search_words:
        if word in entry.item_id.lower() or find_word_start(entry.title.lower(), word) is not None:
            rank = 0
        elif word in entry.letters:
            rank = 1
        elif find_word_start(entry.words, word) is not None:
            rank = 2
        else:
            return None
        worst = max(worst, rank)
    return worst


def _entry_columns(
    entry: SearchEntry, search_words: Sequence[str], current_sheet: SheetName
) -> Iterator[LinePart]:
    """Yield the title, the id, the text that was found, and the sheet."""
    yield LinePart(entry.title)
    yield LinePart(entry.item_id, "dim")
    shown = f"{entry.title} {entry.item_id}"
    hidden = [
        word
        for word in search_words
        if word not in shown.lower() and find_word_start(entry.words, word) is not None
    ]
    if hidden:
        yield LinePart(f".. {_text_around(entry.texts, hidden[0])}", "dim")
    if entry.sheet != current_sheet:
        yield LinePart(str(entry.sheet), "dim")


def find_word_start(text: str, word: str) -> int | None:
    """Return the position of a word in a text; letters match only at the start of a word.

    So the initials of 流量异常, lly, don't match inside “generally”.
    """
    if word not in text:
        return None
    if not (word.isascii() and word[0].isalpha()):
        return text.index(word)
    match = re.search(rf"(?<![a-z]){re.escape(word)}", text)
    return match.start() if match else None


def _text_around(texts: str, word: str) -> str:
    """Return the line of a text that contains a word, from a little before the word.

    It begins with a whole word: no Latin word is cut.
    """
    for line in texts.split("\n"):
        place = find_word_start(line.lower(), word)
        if place is not None:
            start = max(0, place - _AROUND)
            while 0 < start < place and line[start - 1].isascii() and line[start - 1].isalnum():
                start += 1
            return line[start:]
    return ""


def parse_row_value(value: str) -> tuple[SheetName, str]:
    """Return the sheet and the item of a row of the list."""
    sheet, _split, item_id = value.partition(_SPLIT)
    return SheetName.parse_name(sheet), item_id
