"""Text from files made safe to print: nothing in it is obeyed, everything in it is seen."""

from __future__ import annotations

import re
from typing import Any

from assess.han import EAST_ASIAN, HAN
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, translator

LONGEST = 20_000
"""The largest number of printed characters of a text, about thirty pages."""

MOST_LINES = 500
"""Lines of one text, some ten pages."""

LONGEST_WORD = 1_000
"""Characters without a place to break a line; the time to set them grows by the square."""

_WORD = re.compile(rf"[^\s{EAST_ASIAN}]{{{LONGEST_WORD + 1},}}")
"""Lines may break between the characters of East Asia."""


_SPACE_BEFORE_NUMBER = re.compile(rf"(?<=[{HAN}]) (?=[0-9])")
_SPACE_AFTER_NUMBER = re.compile(
    rf"(?:(?<=[{HAN}\u3000-\u303f\uff00-\uff60])|^)([0-9]+(?:[./][0-9]+)?%?) (?=[{HAN}])",
    re.MULTILINE,
)
"""A number after Han or a Chinese mark, not the end of a code as in `A-11` or `GB/T 22239-2019`."""

_FILE_PATH = re.compile(
    r"([^\s/、，；：。（）]{1,200}/[^、，；：。（）\n]{0,200}?\.[A-Za-z][A-Za-z0-9]*)"
)
"""A path within a sentence: folders, and a file with an ending."""

_VERBATIM_FIELDS = frozenset({"path", "place"})
"""Fields of the view that name a file as it is."""


class PrintableTexts:
    """Makes the texts of a report printable; a text that comes again is the same object.

    Titles of items come again in each sheet: of 200 sheets they would take most of the memory.
    """

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._printable_texts: dict[str, str] = {}

    def make_values_printable(self, tree: Any) -> Any:
        """Return plain values (as JSON has them) with every text in them made visible, and cut.

        A Chinese text loses the spaces between numbers and Han. It is cut first: then no search in
        it takes long.
        """
        if isinstance(tree, str):
            return self._make_printable(tree)
        if isinstance(tree, dict):
            return {
                escape_and_replace_tabs(name): escape_and_replace_tabs(
                    cut_overlong_text(value, self._lang)
                )
                if name in _VERBATIM_FIELDS and isinstance(value, str)
                else self.make_values_printable(value)
                for name, value in tree.items()
            }
        if isinstance(tree, list | tuple):
            return [self.make_values_printable(element) for element in tree]
        return tree

    def _make_printable(self, text: str) -> str:
        printable_text = self._printable_texts.get(text)
        if printable_text is None:
            cut_text = cut_overlong_text(text, self._lang)
            printable_text = escape_and_replace_tabs(
                remove_number_spaces_in_chinese(cut_text, self._lang)
            )
            self._printable_texts[text] = printable_text
        return printable_text


def remove_number_spaces_in_chinese(text: str, lang: Lang) -> str:
    """Return a text of a Chinese document without spaces between numbers and Han.

    Pages leave a gap of their own there. The space after a code stays, and so do those in paths.
    """
    if lang != "zh" or " " not in text:
        return text
    pieces = _FILE_PATH.split(text)
    pieces[::2] = map(_remove_spaces_around_numbers, pieces[::2])
    return "".join(pieces)


def _remove_spaces_around_numbers(text: str) -> str:
    return _SPACE_AFTER_NUMBER.sub(r"\1", _SPACE_BEFORE_NUMBER.sub("", text))


def cut_overlong_text(text: str, lang: Lang) -> str:
    """Return a text without the parts that are too long to print."""
    most = min(len(text), LONGEST)
    if text.count("\n") > MOST_LINES:
        most = min(most, sum(len(line) + 1 for line in text.split("\n", MOST_LINES)[:-1]))
    if most < len(text):
        text = _cut_text_with_note(text, most, lang)
    if len(text) > LONGEST_WORD:
        text = _WORD.sub(lambda match: _cut_text_with_note(match[0], LONGEST_WORD, lang), text)
    return text


def _cut_text_with_note(text: str, max_length: int, lang: Lang) -> str:
    _ = translator(lang)
    rest = _("… (the first {shown} of {all} characters; the attached files hold all of them)")
    return text[:max_length] + rest.format(shown=max_length, all=len(text))
