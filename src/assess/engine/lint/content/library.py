"""Content rules across checklists: what is asked twice, and what is defined unlike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from itertools import islice
from math import ceil
from typing import Final, NamedTuple
from zlib import crc32

from assess.engine.lint.silences import drop_silenced_and_quoted_problems
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
        "warning",
    ),
    "basis-twice": LintRule(
        N_("“{given}” is called “{other}” in {file}"), N_("give one document one id"), "warning"
    ),
    "fact-differs": LintRule(
        N_("the fact “{given}” is defined otherwise in {file}"),
        N_("the same fact is asked once: define it alike, or rename it in one of the two"),
        "warning",
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

_MOST_COMPARED: Final = 64
"""Earlier items that an item is compared with."""

_MOST_OF_KEY: Final = 16
"""Items that a part of a requirement leads to: the first ones that have it."""

_RUN: Final = 6
"""Characters of a run by which items are looked up in long lists."""

_SAMPLED_RUNS: Final = 32
_KEY_RUNS: Final = 8
"""Runs that are taken from a requirement, and of these the rarest, by which it is looked up."""

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


def lint_agreement_between_checklists(
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
    _lint_differing_or_repeated_bases(judged)
    _lint_duplicate_and_similar_items(checklists_by_file, outs)
    return [
        problem
        for file, checklist in checklists_by_file.items()
        for problem in drop_silenced_and_quoted_problems(
            outs[file].problems, checklist, with_errors=True
        )
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


def _lint_differing_or_repeated_bases(checklists: Sequence[_JudgedFile]) -> None:
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


def _lint_duplicate_and_similar_items(
    checklists_by_file: Mapping[str, Checklist], collectors_by_file: Mapping[str, ProblemCollector]
) -> None:
    compared = [
        _ComparedItem(
            file,
            item,
            path,
            _lowercase_without_noise(pick_text(item.requirement, "zh")),
            _comparable_check_steps(item),
        )
        for file, checklist in checklists_by_file.items()
        for item, path in list_items_with_paths(checklist)
    ]
    _lint_duplicate_field(compared, collectors_by_file, "check")
    _lint_duplicate_field(compared, collectors_by_file, "requirement")
    _lint_shared_result_texts(compared, collectors_by_file)
    for later, earlier in _find_similar_requirements(compared):
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
            (other for other in first[words] if not _are_levels_of_same_clause(item, other)),
            None,
        )
        if words and twin is not None:
            collectors_by_file[item.file].add_broken_rule(
                f"{field}-duplicate", (*item.path, field), other=twin.item.id
            )
        first[words].append(item)


def _lint_shared_result_texts(
    compared: Iterable[_ComparedItem], collectors_by_file: Mapping[str, ProblemCollector]
) -> None:
    """Note sentences on results that stand at two items: what counts is particular to the thing."""
    first: dict[str, list[_ComparedItem]] = defaultdict(list)
    for item in compared:
        for name in _GRADES:
            text = getattr(item.item.verdict, name, None)
            words = (
                _DIGITS.sub("0", _lowercase_without_noise(pick_text(text, "zh"))) if text else ""
            )
            twin = next(
                (other for other in first[words] if not _are_levels_of_same_clause(item, other)),
                None,
            )
            if words and twin is not None and twin.item is not item.item:
                collectors_by_file[item.file].add_broken_rule(
                    "verdict-shared", (*item.path, "verdict", name), given=name, other=twin.item.id
                )
            first[words].append(item)


def _are_levels_of_same_clause(first: _ComparedItem, second: _ComparedItem) -> bool:
    """Return whether two items are one clause at two levels: they come from one source."""
    return (
        first.item.letter is not None
        and second.item.letter is not None
        and first.file != second.file
    )


def _lowercase_without_noise(words: str) -> str:
    return _NOISE.sub("", words).lower()


def _comparable_check_steps(item: Item) -> str:
    return _lowercase_without_noise("".join(pick_text(step, "zh") for step in item.check))


def _find_similar_requirements(
    compared: Sequence[_ComparedItem],
) -> Iterator[tuple[_ComparedItem, _ComparedItem]]:
    """Yield items whose requirement shares three quarters of its pairs of characters, with which.

    Each is yielded with the first such item before it. An item is compared with a limited number
    of those that share its rarest parts, so the work for it does not grow with the list.
    """
    long = [entry for entry in compared if len(entry.requirement) >= _SHORT]
    grams = [frozenset(_list_character_ngrams(entry.requirement, 2)) for entry in long]
    first: dict[str, list[int]] = defaultdict(list)
    for index, keys in enumerate(_yield_rare_parts_of_requirements(long, grams)):
        sharing = dict.fromkeys(other for key in keys for other in first[key])
        for other in sorted(islice(sharing, _MOST_COMPARED)):
            if _may_pair_be_near_duplicate(
                long[index], long[other]
            ) and _is_jaccard_similarity_high(grams[index], grams[other]):
                yield long[index], long[other]
                break
        for key in keys:
            if len(first[key]) < _MOST_OF_KEY:
                first[key].append(index)


def _yield_rare_parts_of_requirements(
    items: Sequence[_ComparedItem], grams: Sequence[frozenset[str]]
) -> Iterator[list[str]]:
    """Yield by which parts of a requirement others that are much alike are looked up.

    Two sets that share three quarters of their members share one of their rarest quarter (prefix
    filtering). In a long list every pair of characters is frequent, so the rarest of some longer
    runs come first. A part that no other item has leads nowhere and is left out.
    """
    samples = [_sample_character_runs(item.requirement) for item in items]
    counts = Counter(part for parts in (*grams, *samples) for part in parts)

    def select_rarest_shared_parts(parts: Iterable[str], number: int) -> list[str]:
        rarest = sorted(parts, key=lambda part: (counts[part], part))
        return [part for part in rarest[:number] if counts[part] > 1]

    for pairs, runs in zip(grams, samples, strict=True):
        shared_runs = (run for run in runs if counts[run] > 1)
        prefix = len(pairs) - ceil(NEAR * len(pairs)) + 1
        yield [
            *select_rarest_shared_parts(shared_runs, _KEY_RUNS),
            *select_rarest_shared_parts(pairs, prefix),
        ]


def _sample_character_runs(words: str) -> list[str]:
    """Return some runs of characters, such as texts that are much alike choose alike."""
    runs = set(_list_character_ngrams(words, _RUN))
    return nsmallest(_SAMPLED_RUNS, runs, key=lambda run: (crc32(run.encode()), run))


def _may_pair_be_near_duplicate(later: _ComparedItem, earlier: _ComparedItem) -> bool:
    """Return whether two items would be a finding if they were much alike.

    Those that ask the same are duplicates, and two clauses of the standard are two things.
    """
    clauses = later.item.letter is not None and earlier.item.letter is not None
    return later.requirement != earlier.requirement and not clauses


def _is_jaccard_similarity_high(grams: frozenset[str], others: frozenset[str]) -> bool:
    shared = len(grams & others)
    return shared * NEAR.denominator >= NEAR.numerator * (len(grams) + len(others) - shared)


def _list_character_ngrams(words: str, length: int) -> list[str]:
    return [words[index : index + length] for index in range(len(words) - length + 1)]
