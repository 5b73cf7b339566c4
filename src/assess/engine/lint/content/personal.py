"""Columns and items that ask for data of persons, and are not marked `personal`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assess.engine.lint.texts import LocatedItem
from assess.engine.personal_marks import list_columns
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_
from assess.model.base import Text
from assess.model.item import ItemWithWords, find_kind_of_item
from assess.problem import TreePath

PERSONAL_RULES: Final[Mapping[str, LintRule]] = {
    "personal-unmarked": LintRule(
        N_("“{given}” asks for data of persons and is not marked"),
        N_(
            "personal: true keeps it out of sanitised exports; personal: false says that it is none"
        ),
        "warning",
    ),
}

_PERSON: Final = {
    "zh": re.compile(
        "姓名|联系人|联系电话|手机|身份证|证件号|住址|出生|邮箱地址|[负责经保][责任办管]人"
    ),
    "en": re.compile(
        r"\b(?:person|contact|mobile|telephone|home address|ID number|keeper|name and post)\b",
        re.IGNORECASE,
    ),
}
"""What titles of such columns and items hold."""


def lint_missing_personal_marks(out: ProblemCollector, located: LocatedItem) -> None:
    """Note what asks for data of persons and has no mark, neither of its own nor of its table."""
    item = located.item
    if not isinstance(item, ItemWithWords) or item.personal is not None:
        return
    for title, path in _list_titles_without_personal_mark(located):
        words = next(_list_texts_mentioning_persons(title), None)
        if words is not None:
            out.add_broken_rule("personal-unmarked", path, given=words)


def _list_titles_without_personal_mark(located: LocatedItem) -> Iterator[tuple[Text, TreePath]]:
    if find_kind_of_item(located.item) == "text":
        yield located.item.title, (*located.path, "title")
    for index, column in enumerate(list_columns(located.item)):
        if column.personal is None:
            yield column.title, (*located.path, "columns", index)


def _list_texts_mentioning_persons(title: Text) -> Iterator[str]:
    for lang in LANGS:
        words = getattr(title, lang, None) or ""
        if _PERSON[lang].search(words):
            yield words
