"""Search in everything of a round: items, requirements, notes, evidence; Chinese and initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.text.safe import one_line
from assess.i18n import Lang, translator
from assess.model.base import Bilingual, Text, pick
from assess.model.results import ItemState
from assess.tui.core.session import Opened
from assess.tui.core.shell import ListRow
from assess.workspace import SheetName
from assess.workspace.core.pinyin_initials import initials

MOST = 200
"""So many hits are listed; who wants others types more."""

_SPLIT = "\t"
_AROUND = 12
"""Characters before a hit in a longer text that are shown with it."""


class Entry(NamedTuple):
    """An item that can be found: where it is, its words, and what they are searched by."""

    sheet: SheetName
    item_id: str
    title: str
    words: str
    """All its texts in both languages, lower case."""
    letters: str
    """The first letters of the pinyin of its title, each way to read it."""


def index(sheets: Mapping[SheetName, Opened], lang: Lang) -> list[Entry]:
    """Return everything that can be found, in the order of the round; blocks."""
    return [
        _entry(name, state, opened, lang)
        for name, opened in sheets.items()
        for state in opened.assessment.items
        if state.applies != "no"
    ]


def _entry(name: SheetName, state: ItemState, opened: Opened, lang: Lang) -> Entry:
    item = state.item
    title = pick(item.title, lang)
    words = "\n".join(one_line(text) for text in _texts(state, opened))
    letters = initials(pick(item.title, "zh"))
    return Entry(name, item.id, title, f"{item.id}\n{words}".lower(), letters)


def _texts(state: ItemState, opened: Opened) -> Iterator[str]:
    item, answer = state.item, state.answer
    texts: list[Text] = [item.title, item.requirement, *item.check]
    texts += [proof.text for proof in item.evidence]
    if item.remedy is not None:
        texts += [one for one in (item.remedy.now, item.remedy.lasting) if one]
    yield from _said(texts)
    for ref in item.refs:
        basis = opened.desk.checklist.basis.get(ref.basis)
        yield from (f"{one} {ref.clause}" for one in _said([basis.title] if basis else []))
    if answer is None:
        return
    yield answer.note or ""
    plan = answer.remediation
    yield from (one for one in (plan and plan.action, plan and plan.owner) if one)
    rows = opened.desk.register.evidence
    yield from _said(rows[one].title for one in answer.evidence if one in rows)


def _said(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        if isinstance(text, Bilingual):
            yield from (one for one in (text.zh, text.en) if one)
        else:
            yield text


def find(entries: Sequence[Entry], words: str, here: SheetName, lang: Lang) -> list[ListRow]:
    """Return what has all the words, hits in ids and titles first; `here` is not named.

    A word is found where it stands (letters at the start of a word), or where the pinyin initials
    of a title begin so or go on so.
    """
    _ = translator(lang)
    wanted = words.lower().split()
    if not wanted:
        return [ListRow("", _("words, item ids, or first letters of pinyin (bjmr)"))]
    ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, wanted)) is not None]
    ranked.sort(key=lambda one: one[0])
    rows = [
        ListRow(f"{entry.sheet}{_SPLIT}{entry.item_id}", _row(entry, wanted, here))
        for _rank_, entry in ranked[:MOST]
    ]
    if not ranked:
        rows.append(ListRow("", _("nothing found")))
    if len(ranked) > MOST:
        rows.append(ListRow("", _("... {count} more: type more").format(count=len(ranked) - MOST)))
    return rows


def _rank(entry: Entry, wanted: Sequence[str]) -> int | None:
    worst = 0
    for word in wanted:
        if word in entry.item_id.lower() or place_in(entry.title.lower(), word) is not None:
            rank = 0
        elif word in entry.letters:
            rank = 1
        elif place_in(entry.words, word) is not None:
            rank = 2
        else:
            return None
        worst = max(worst, rank)
    return worst


def _row(entry: Entry, wanted: Sequence[str], here: SheetName) -> str:
    place = "" if entry.sheet == here else f"{entry.sheet}  "
    shown = f"{place}{entry.item_id}  {entry.title}"
    hidden = [
        word
        for word in wanted
        if word not in shown.lower() and place_in(entry.words, word) is not None
    ]
    return shown + (f"  .. {_around(entry.words, hidden[0])}" if hidden else "")


def place_in(text: str, word: str) -> int | None:
    """Return where a word stands in a text; letters count at the start of a word only.

    So the initials of 流量异常, lly, are not found inside “generally”.
    """
    if word not in text:
        return None
    if not (word.isascii() and word[0].isalpha()):
        return text.index(word)
    found = re.search(rf"(?<![a-z]){re.escape(word)}", text)
    return found.start() if found else None


def _around(words: str, word: str) -> str:
    """Return the line of a text that holds a word, from a little before it."""
    for line in words.split("\n"):
        place = place_in(line, word)
        if place is not None:
            return line[max(0, place - _AROUND) :]
    return ""


def place_of(value: str) -> tuple[SheetName, str]:
    """Return sheet and item that a row of the list stands for."""
    sheet, _split, item_id = value.partition(_SPLIT)
    return SheetName.parse(sheet), item_id
