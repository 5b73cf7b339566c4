"""What an item says about its results: verdicts, the name of the fault, and each round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assess.engine.kinds.values import can_answers_have_degree, is_answered_by_status_only
from assess.engine.lint.texts import LocatedItem
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_, Lang
from assess.model.base import Bilingual, Text, pick_text
from assess.model.item import Item, Verdict

VERDICT_RULES: Final[Mapping[str, LintRule]] = {
    "verdict-missing": LintRule(
        N_("the item does not say what counts as {given}"),
        N_("add it to `verdict`; `not_applicable: never` if the item always applies"),
        "warning",
    ),
    "verdict-in-steps": LintRule(
        N_("a check step says which result counts: “{given}”"),
        N_("the steps say where to look; move this to `verdict`"),
        "warning",
    ),
    "verdict-vague": LintRule(
        N_("`verdict.met` names nothing of which the check steps speak"),
        N_("name the thing or the number that one sees"),
        "warning",
    ),
    "verdict-negated": LintRule(
        N_("`verdict.unmet` is `verdict.met` with a negation"),
        N_("say what one sees when it is bad"),
        "warning",
    ),
    "problem-missing": LintRule(
        N_("the item does not name the fault"),
        N_("add `problem`: what a finding is called"),
        "warning",
    ),
    "problem-negated": LintRule(
        N_("`problem` is the title with a negation"),
        N_("name what is wrong: “factory passwords still in use”"),
        "warning",
    ),
    "each-round-missing": LintRule(
        N_("the check holds a command or a sample (“{given}”), and last year’s result is kept"),
        N_("add `each_round: true`"),
        "warning",
    ),
}

RESULTS: Final = ("met", "unmet", "not_applicable")
"""The results of which every conformity item speaks; it may lack `partial`: two grades."""

_SHARED_LENGTH = {"zh": 3, "en": 6}
"""Characters that `met` and the steps must have in common, one after the other."""

_RESULT_WORDS: Final[Mapping[Lang, re.Pattern[str]]] = {
    "zh": re.compile(
        "(?:算|填|选|答|判|评为|记为|记作|属于|视为|按)[“]?(?:部分|不)?符合"
        "|部分符合|(?<=[；。，])(?:不)?符合(?=[；。，：])|不适用"
    ),
    "en": re.compile(
        r"\b(?:partly|partially|not) met\b|\bmet:|: met\b|\bcounts as (?:un)?met\b"
        r"|\bnot applicable\b",
        re.IGNORECASE,
    ),
}

_NEGATIONS: Final[Mapping[Lang, re.Pattern[str]]] = {
    "zh": re.compile(r"没有|未能|尚未|[未没不无均都已全有了的能]|[，。、；\s]"),
    "en": re.compile(
        r"\b(?:no|not|never|none|un|any|all|is|are|has|have|been|a|an|the)\b|[\W_]+",
        re.IGNORECASE,
    ),
}

_COMMAND: Final = re.compile(
    r"(?<![A-Za-z])(?:sudo |systemctl|journalctl|grep |cat /|ls -|ip addr|ipconfig|netstat|ss -"
    r"|nc -|curl |openssl |tail |SELECT |SHOW |ping |tracert|auditctl|sshd -T|chage|rpm -|dpkg"
    r"|sestatus|redis-cli|nginx -|w32tm|secpol|show [a-z]|display [a-z]|firewall-cmd|iptables"
    r"|nslookup|Get-[A-Z])"
)
_SAMPLE: Final[Mapping[Lang, re.Pattern[str]]] = {
    "zh": re.compile("抽查|抽取|抽 ?[0-9一二两三四五六七八九十]|任选|任挑|随机|挑 ?[0-9]|抽样"),
    "en": re.compile(r"\b(?:sample|at random|pick \d|choose any)\b", re.IGNORECASE),
}


def lint_result_and_problem_texts(out: ProblemCollector, located: LocatedItem) -> None:
    """Note what an item that scores does not say about its results, or says in the wrong place."""
    item, path = located
    if not can_answers_have_degree(item):
        return
    if is_answered_by_status_only(item):
        for name in RESULTS:
            if item.verdict is None or getattr(item.verdict, name) is None:
                out.add_broken_rule("verdict-missing", path, given=name)
    if item.verdict is not None:
        _lint_result_words_in_steps(out, located)
        _lint_vague_or_negated_results(out, located, item.verdict)
    if item.problem is None:
        out.add_broken_rule("problem-missing", path)
    elif _are_equal_without_negations(item.problem, item.title):
        out.add_broken_rule("problem-negated", (*path, "problem"))
    if not item.each_round and (reason := _find_command_or_sample_word(item)):
        out.add_broken_rule("each-round-missing", (*path, "check"), given=reason)


def _lint_result_words_in_steps(out: ProblemCollector, located: LocatedItem) -> None:
    """Note words of results in check steps: the steps say only where to look."""
    for index, step in enumerate(located.item.check):
        for lang in LANGS:
            match = _RESULT_WORDS[lang].search(pick_text(step, lang))
            if match is not None:
                path = (*located.path, "check", index, lang)
                out.add_broken_rule("verdict-in-steps", path, given=match.group())


def _lint_vague_or_negated_results(
    out: ProblemCollector, located: LocatedItem, verdict: Verdict
) -> None:
    """Note a `met` without a thing of the steps, and an `unmet` that only negates it."""
    if verdict.met is None:
        return
    if not _shares_words_with_steps(verdict.met, located.item):
        out.add_broken_rule("verdict-vague", (*located.path, "verdict", "met"))
    if verdict.unmet is not None and _are_equal_without_negations(verdict.unmet, verdict.met):
        out.add_broken_rule("verdict-negated", (*located.path, "verdict", "unmet"))


def _shares_words_with_steps(met: Text, item: Item) -> bool:
    """Return whether a text has a run of characters, or a number, in common with the steps."""
    lang = _chinese_unless_only_english(met)
    words = pick_text(met, lang)
    steps = "\n".join(pick_text(step, lang) for step in item.check)
    runs, step_runs = (_list_substrings(text, _SHARED_LENGTH[lang]) for text in (words, steps))
    numbers = set(re.findall(r"\d+", words)) & set(re.findall(r"\d+", steps))
    return bool(runs & step_runs or numbers)


def _list_substrings(text: str, length: int) -> set[str]:
    """Return each run of `length` characters in a text; in linear time, as texts may be long."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def _are_equal_without_negations(text: Text, other: Text) -> bool:
    """Return whether two texts have the same words in any order, negations taken out."""
    lang = _chinese_unless_only_english(text)
    words, other_words = (
        _sorted_words_without_negations(pick_text(side, lang), lang) for side in (text, other)
    )
    return words != [] and words == other_words


def _sorted_words_without_negations(text: str, lang: Lang) -> list[str]:
    """Return the characters of a Chinese text, or the words of an English one, in order of code."""
    bare = _NEGATIONS[lang].sub("" if lang == "zh" else " ", text.lower())
    return sorted(bare if lang == "zh" else bare.split())


def _find_command_or_sample_word(item: Item) -> str:
    """Return the command or the word for a sample in the steps of an item; empty without one."""
    for step in item.check:
        lang = _chinese_unless_only_english(step)
        words = pick_text(step, lang)
        match = _COMMAND.search(words) or _SAMPLE[lang].search(words)
        if match is not None:
            return match.group().strip()
    return ""


def _chinese_unless_only_english(text: Text) -> Lang:
    return "en" if isinstance(text, Bilingual) and text.zh is None else "zh"
