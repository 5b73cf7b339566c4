"""Content rules across checklists: what is asked twice, and what is defined unlike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from assess.engine.lint.content.checks import unsilenced
from assess.engine.lint.content.rules import CONTENT_RULES
from assess.engine.lint.content.texts import items_of
from assess.engine.rulebook import Collector
from assess.i18n import Lang
from assess.model.base import pick
from assess.model.checklist import Basis, Checklist, FactDef
from assess.model.item import Item
from assess.problem import Path, Problem

NEAR = Fraction(3, 4)
"""Share of pairs of characters from which two requirements count as much alike."""

_SHORT = 8
"""Requirements of fewer characters are not compared: they are alike by chance."""

_NOISE = re.compile(r"[\W_]+")
_REMARK = re.compile(r"[（(][^）)]{0,300}[）)]|[\W_]+")


class _Asked(NamedTuple):
    """An item with what it asks, in comparable form."""

    file: str
    item: Item
    path: Path
    requirement: str
    check: str


def lint_library(
    files: Mapping[str, Checklist], lang: Lang, known: Iterable[Checklist] = ()
) -> list[Problem]:
    """Return what is wrong between checklists, by file name, at the later of the two.

    `known` are checklists that are not judged themselves (the library, for one's own checklist):
    facts and bases must agree with theirs.
    """
    outs = {file: Collector(file, lang, CONTENT_RULES) for file in files}
    named = [(f"{one.id}.yaml", one) for one in known]
    both = [*((name, one, None) for name, one in named), *_judged(files, outs)]
    _same_facts(both)
    _same_basis(both)
    _asked_twice(files, outs)
    return [
        problem
        for file, checklist in files.items()
        for problem in unsilenced(outs[file].problems, checklist)
    ]


_Judged = tuple[str, Checklist, Collector | None]


def _judged(files: Mapping[str, Checklist], outs: Mapping[str, Collector]) -> list[_Judged]:
    return [(file, checklist, outs[file]) for file, checklist in files.items()]


def _same_facts(checklists: Sequence[_Judged]) -> None:
    """A fact is one thing in its scope; an organization's and a system's of one name are two."""
    first: dict[tuple[str, str], tuple[str, FactDef]] = {}
    for file, checklist, out in checklists:
        for name, fact in checklist.profile.items():
            where, other = first.setdefault((checklist.scope, name), (file, fact))
            if other != fact and out is not None:
                out.add("fact-differs", ("profile", name), given=name, file=where)


def _same_basis(checklists: Sequence[_Judged]) -> None:
    first: dict[str, tuple[str, Basis]] = {}
    called: dict[str, tuple[str, str]] = {}
    for file, checklist, out in checklists:
        for name, basis in checklist.basis.items():
            where, other = first.setdefault(name, (file, basis))
            title = _REMARK.sub("", pick(basis.title, "zh")).lower()
            there, twin = called.setdefault(title, (file, name))
            if out is None:
                continue
            if other != basis:
                out.add("basis-differs", ("basis", name), given=name, file=where)
            if twin != name:
                out.add("basis-twice", ("basis", name), given=name, other=twin, file=there)


def _asked_twice(files: Mapping[str, Checklist], outs: Mapping[str, Collector]) -> None:
    asked = [
        _Asked(file, item, path, _bare(pick(item.requirement, "zh")), _checks(item))
        for file, checklist in files.items()
        for item, path in items_of(checklist)
    ]
    _same(asked, outs, "check")
    _same(asked, outs, "requirement")
    for one, other in _alike(asked):
        # Two clauses of the standard are two things, however much alike.
        clauses = one.item.letter is not None and other.item.letter is not None
        if one.requirement != other.requirement and not clauses:
            path = (*one.path, "requirement")
            outs[one.file].add("requirement-near", path, other=other.item.id)


def _same(asked: Iterable[_Asked], outs: Mapping[str, Collector], field: str) -> None:
    first: dict[str, list[_Asked]] = defaultdict(list)
    for one in asked:
        words = getattr(one, field)
        twin = next((other for other in first[words] if not _levels(one, other)), None)
        if words and twin is not None:
            outs[one.file].add(f"{field}-duplicate", (*one.path, field), other=twin.item.id)
        first[words].append(one)


def _levels(one: _Asked, other: _Asked) -> bool:
    """Return whether two items are one clause at two levels: they come from one source."""
    return one.item.letter is not None and other.item.letter is not None and one.file != other.file


def _bare(words: str) -> str:
    return _NOISE.sub("", words).lower()


def _checks(item: Item) -> str:
    return _bare("".join(pick(step, "zh") for step in item.check))


def _alike(asked: Sequence[_Asked]) -> list[tuple[_Asked, _Asked]]:
    """Return pairs whose requirements share three quarters of their pairs of characters.

    Two sets that share so much must share one of their rarest members, so only items that do are
    compared (prefix filtering).
    """
    long = [one for one in asked if len(one.requirement) >= _SHORT]
    grams = [frozenset(_pairs(one.requirement)) for one in long]
    common = Counter(gram for one in grams for gram in one)
    seen: dict[str, list[int]] = defaultdict(list)
    found: list[tuple[_Asked, _Asked]] = []
    for index, own in enumerate(grams):
        rarest = sorted(own, key=lambda gram: (common[gram], gram))
        prefix = rarest[: len(own) - ceil(NEAR * len(own)) + 1]
        found += (
            (long[index], long[other])
            for other in sorted({twin for gram in prefix for twin in seen[gram]})
            if len(own & grams[other]) >= NEAR * len(own | grams[other])
        )
        for gram in prefix:
            seen[gram].append(index)
    return found


def _pairs(words: str) -> list[str]:
    return [words[index : index + 2] for index in range(len(words) - 1)]
