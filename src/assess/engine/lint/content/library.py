"""Content rules across checklists: what is asked twice, and what is defined unlike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from assess.engine.lint.silences import drop_silenced_problems
from assess.engine.lint.texts import list_items_with_paths
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.base import pick_text
from assess.model.checklist import Basis, Checklist, FactDef
from assess.model.item import Item
from assess.problem import Problem, TreePath

LIBRARY_RULES: Final[Mapping[str, LintRule]] = {
    "basis-differs": LintRule(
        N_("“{given}” has another title or other dates in {file}"),
        N_("one id is one document: make them the same"),
    ),
    "basis-twice": LintRule(
        N_("“{given}” is called “{other}” in {file}"), N_("give one document one id"), "warning"
    ),
    "fact-differs": LintRule(
        N_("the fact “{given}” is defined otherwise in {file}"),
        N_("the same fact is asked once: define it alike"),
    ),
    "requirement-duplicate": LintRule(
        N_("the requirement is that of {other}"), N_("ask a thing once"), "warning"
    ),
    "requirement-near": LintRule(
        N_("the requirement is much like that of {other}"),
        N_("say what is different, or drop one"),
        "warning",
    ),
    "check-duplicate": LintRule(
        N_("the check is that of {other}, word for word"),
        N_("say how this very thing is seen"),
        "warning",
    ),
    "verdict-shared": LintRule(
        N_("`verdict.{given}` is that of {other}, numbers apart"),
        N_("say what counts for this very thing"),
        "warning",
    ),
}

NEAR = Fraction(3, 4)
"""Share of pairs of characters from which two requirements count as much alike."""

_SHORT = 8
"""Requirements of fewer characters are not compared: they are alike by chance."""

_GRADES: Final = ("met", "partial", "unmet")
_DIGITS = re.compile(r"\d+")
_NOISE = re.compile(r"[\W_]+")
_REMARK = re.compile(r"[（(][^）)]{0,300}[）)]|[\W_]+")


class _ComparedItem(NamedTuple):
    """An item with what it asks, in comparable form."""

    file: str
    item: Item
    path: TreePath
    requirement: str
    check: str


def lint_library(
    checklists_by_file: Mapping[str, Checklist],
    lang: Lang,
    other_checklists: Iterable[Checklist] = (),
) -> list[Problem]:
    """Return what is wrong between checklists, by file name, at the later of the two.

    `other_checklists` are not judged themselves (the library, for one's own checklist):
    facts and bases must agree with theirs.
    """
    outs = {file: ProblemCollector(file, lang, LIBRARY_RULES) for file in checklists_by_file}
    known_files = [(f"{checklist.id}.yaml", checklist) for checklist in other_checklists]
    judged = [
        *((name, checklist, None) for name, checklist in known_files),
        *_pair_checklists_with_collectors(checklists_by_file, outs),
    ]
    _lint_differing_facts(judged)
    _lint_differing_bases(judged)
    _lint_alike_items(checklists_by_file, outs)
    return [
        problem
        for file, checklist in checklists_by_file.items()
        for problem in drop_silenced_problems(outs[file].problems, checklist, with_errors=True)
    ]


_JudgedFile = tuple[str, Checklist, ProblemCollector | None]


def _pair_checklists_with_collectors(
    checklists_by_file: Mapping[str, Checklist], collectors_by_file: Mapping[str, ProblemCollector]
) -> list[_JudgedFile]:
    return [
        (file, checklist, collectors_by_file[file])
        for file, checklist in checklists_by_file.items()
    ]


def _lint_differing_facts(checklists: Sequence[_JudgedFile]) -> None:
    """A fact is one thing in its scope; an organization's and a system's of one name are two."""
    first: dict[tuple[str, str], tuple[str, FactDef]] = {}
    for file, checklist, out in checklists:
        for name, fact in checklist.profile.items():
            where, other = first.setdefault((checklist.scope, name), (file, fact))
            if other != fact and out is not None:
                out.add_broken_rule("fact-differs", ("profile", name), given=name, file=where)


def _lint_differing_bases(checklists: Sequence[_JudgedFile]) -> None:
    first: dict[str, tuple[str, Basis]] = {}
    called: dict[str, tuple[str, str]] = {}
    for file, checklist, out in checklists:
        for name, basis in checklist.basis.items():
            where, other = first.setdefault(name, (file, basis))
            title = _REMARK.sub("", pick_text(basis.title, "zh")).lower()
            first_file, twin = called.setdefault(title, (file, name))
            if out is None:
                continue
            if other != basis:
                out.add_broken_rule("basis-differs", ("basis", name), given=name, file=where)
            if twin != name:
                out.add_broken_rule(
                    "basis-twice", ("basis", name), given=name, other=twin, file=first_file
                )


def _lint_alike_items(
    checklists_by_file: Mapping[str, Checklist], collectors_by_file: Mapping[str, ProblemCollector]
) -> None:
    compared = [
        _ComparedItem(
            file,
            item,
            path,
            _comparable_text(pick_text(item.requirement, "zh")),
            _comparable_check_steps(item),
        )
        for file, checklist in checklists_by_file.items()
        for item, path in list_items_with_paths(checklist)
    ]
    _lint_duplicate_field(compared, collectors_by_file, "check")
    _lint_duplicate_field(compared, collectors_by_file, "requirement")
    _lint_shared_verdicts(compared, collectors_by_file)
    for later, earlier in _find_similar_items(compared):
        # Two clauses of the standard are two things, however much alike.
        clauses = later.item.letter is not None and earlier.item.letter is not None
        if later.requirement != earlier.requirement and not clauses:
            path = (*later.path, "requirement")
            collectors_by_file[later.file].add_broken_rule(
                "requirement-near", path, other=earlier.item.id
            )


def _lint_duplicate_field(
    compared: Iterable[_ComparedItem],
    collectors_by_file: Mapping[str, ProblemCollector],
    field: str,
) -> None:
    first: dict[str, list[_ComparedItem]] = defaultdict(list)
    for item in compared:
        words = getattr(item, field)
        twin = next(
            (other for other in first[words] if not _are_same_clause_at_two_levels(item, other)),
            None,
        )
        if words and twin is not None:
            collectors_by_file[item.file].add_broken_rule(
                f"{field}-duplicate", (*item.path, field), other=twin.item.id
            )
        first[words].append(item)


def _lint_shared_verdicts(
    compared: Iterable[_ComparedItem], collectors_by_file: Mapping[str, ProblemCollector]
) -> None:
    """Note sentences on results that stand at two items: what counts is particular to the thing."""
    first: dict[str, list[_ComparedItem]] = defaultdict(list)
    for item in compared:
        for name in _GRADES:
            text = getattr(item.item.verdict, name, None)
            words = _DIGITS.sub("0", _comparable_text(pick_text(text, "zh"))) if text else ""
            twin = next(
                (
                    other
                    for other in first[words]
                    if not _are_same_clause_at_two_levels(item, other)
                ),
                None,
            )
            if words and twin is not None and twin.item is not item.item:
                collectors_by_file[item.file].add_broken_rule(
                    "verdict-shared", (*item.path, "verdict", name), given=name, other=twin.item.id
                )
            first[words].append(item)


def _are_same_clause_at_two_levels(first: _ComparedItem, second: _ComparedItem) -> bool:
    """Return whether two items are one clause at two levels: they come from one source."""
    return (
        first.item.letter is not None
        and second.item.letter is not None
        and first.file != second.file
    )


def _comparable_text(words: str) -> str:
    return _NOISE.sub("", words).lower()


def _comparable_check_steps(item: Item) -> str:
    return _comparable_text("".join(pick_text(step, "zh") for step in item.check))


def _find_similar_items(
    compared: Sequence[_ComparedItem],
) -> list[tuple[_ComparedItem, _ComparedItem]]:
    """Return pairs whose requirements share three quarters of their pairs of characters.

    Two sets that share so much must share one of their rarest members, so only items that do are
    compared (prefix filtering).
    """
    long = [entry for entry in compared if len(entry.requirement) >= _SHORT]
    grams = [frozenset(_char_pairs(entry.requirement)) for entry in long]
    common = Counter(gram for gram_set in grams for gram in gram_set)
    seen: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[_ComparedItem, _ComparedItem]] = []
    for index, grams_of_item in enumerate(grams):
        rarest = sorted(grams_of_item, key=lambda gram: (common[gram], gram))
        prefix = rarest[: len(grams_of_item) - ceil(NEAR * len(grams_of_item)) + 1]
        pairs += (
            (long[index], long[other])
            for other in sorted({twin for gram in prefix for twin in seen[gram]})
            if len(grams_of_item & grams[other]) >= NEAR * len(grams_of_item | grams[other])
        )
        for gram in prefix:
            seen[gram].append(index)
    return pairs


def _char_pairs(words: str) -> list[str]:
    return [words[index : index + 2] for index in range(len(words) - 1)]
