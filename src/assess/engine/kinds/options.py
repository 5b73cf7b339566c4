"""What the two kinds with options share: one tick (`choice`) and several (`choices`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from assess.engine.kinds.kind import (
    ValueFault,
    ValueFaults,
    find_line_break_faults,
    malformed_value_fault,
)
from assess.engine.kinds.lint_parts import lint_degree_range, lint_reserved_and_repeated_ids
from assess.engine.kinds.reading import read_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.punctuation import semicolon_sign
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.errors import find_nearest_names
from assess.i18n import N_, Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import FactDef, FactOption, Scoring
from assess.model.item import Choice, Choices
from assess.model.item_parts import Option
from assess.problem import TreePath

ItemWithOptions = Choice | Choices
OptionItemT = TypeVar("OptionItemT", bound=ItemWithOptions)

OPTION_RULES = {
    "option-unknown": LintRule(N_("there is no option “{given}” here"), N_("it has: {known}")),
    "other-not-allowed": LintRule(
        N_("own words are not allowed here"), N_("choose one of: {known}")
    ),
}
OPTION_ITEM_RULES = {
    "degree-missing": LintRule(
        N_("other options have a degree, “{given}” has none and counts 0"), "", "warning"
    ),
}


class Ticks(NamedTuple):
    """A readable answer: the ticked options and the other words, if any."""

    options: tuple[Option, ...]
    other: str | None = None


def option_ids(item: ItemWithOptions) -> Iterator[str]:
    """Return the ids of an item's options."""
    return (option.id for option in item.options)


def read_other_option_text(raw: Any) -> str | None:
    """Return the words of `{other: words}`."""
    if isinstance(raw, Mapping) and set(raw) == {"other"}:
        return read_text(raw["other"])
    return None


def read_ticks(item: ItemWithOptions, ticks: Sequence[Any]) -> Ticks | None:
    """Return the ticked options and other words of a list; None if an entry is unreadable."""
    known = {option.id: option for option in item.options}
    ticked: dict[str, Option] = {}
    words = None
    for tick in ticks:
        option = known.get(tick) if isinstance(tick, str) else None
        other = read_other_option_text(tick) if item.other is not None else None
        if option is not None:
            ticked[option.id] = option
        elif other is not None:
            words = other
        else:
            return None
    return Ticks(tuple(ticked.values()), words)


def sanitise_ticks(
    item: ItemWithOptions, raw: Any, known: AbstractSet[str], names: Pseudonyms
) -> Any:
    """Return ticks for an export; own words stay where they hold no data of persons.

    Own words that are a date or digits are words all the same.
    """
    if isinstance(raw, list):
        return [sanitise_ticks(item, tick, known, names) for tick in raw]
    words = read_other_option_text(raw)
    if words is not None:
        is_kept = item.personal is False and item.other is not None
        return raw if is_kept else {"other": names.replace_text(words)}
    is_known = isinstance(raw, str) and raw in known
    return raw if is_known else names.replace_text(str(raw))


def check_tick(item: ItemWithOptions, tick: Any, path: TreePath = ()) -> ValueFaults:
    """Yield what is wrong with one tick."""
    known = list(option_ids(item))
    listed = ", ".join(known)
    if isinstance(tick, str):
        if tick not in known:
            near = tuple(find_nearest_names(tick, known))
            yield ValueFault("option-unknown", {"given": tick, "known": listed}, path, near)
    elif read_other_option_text(tick) is None:
        yield malformed_value_fault(path)
    elif item.other is None:
        yield ValueFault("other-not-allowed", {"known": listed}, path)
    else:
        yield from find_line_break_faults(read_other_option_text(tick), path)


def has_option_degrees(item: ItemWithOptions) -> bool:
    """Return whether any option, or the other words, have a degree."""
    other = item.other.degree if item.other is not None else None
    return other is not None or any(option.degree is not None for option in item.options)


def options_as_fact_definition(item: ItemWithOptions) -> FactDef:
    """Return what conditions may ask of the ticks: a choice among the options."""
    options = tuple(FactOption(id=option.id, text=option.text) for option in item.options)
    return FactDef(type="choice", question=item.title, options=options)


class TickFunctions(Generic[OptionItemT]):
    """What is computed alike from the answers of both kinds that have options.

    `read` returns the ticks of a value, None where it can't be read.
    """

    def __init__(self, read: Callable[[OptionItemT, Any], Ticks | None]) -> None:
        self._read = read

    def sum_tick_degrees(
        self, item: OptionItemT, answer: Answer, _scoring: Scoring
    ) -> Fraction | None:
        """Return the degrees of the ticks added up; a tick without degree adds nothing."""
        ticks = self._read(item, answer.value)
        if ticks is None:
            return None
        degrees = [option.degree for option in ticks.options]
        if ticks.other is not None and item.other is not None:
            degrees.append(item.other.degree)
        return sum((Fraction(degree) for degree in degrees if degree is not None), Fraction(0))

    def is_readable(self, item: OptionItemT, raw: Any) -> bool:
        """Return whether a value can be read."""
        return self._read(item, raw) is not None

    def ticked_option_ids(self, item: OptionItemT, answer: Answer) -> frozenset[str] | None:
        """Return the ids of the ticked options, own words left out; None if it can't be read."""
        ticks = self._read(item, answer.value)
        return None if ticks is None else frozenset(option.id for option in ticks.options)

    def format_text(self, item: OptionItemT, raw: Any, lang: Lang) -> str:
        """Return the texts of the ticks, or the value as written if it is unreadable."""
        ticks = self._read(item, raw)
        if ticks is None:
            return format_value_without_exponent(raw)
        texts = [pick_text(option.text, lang) for option in ticks.options]
        return semicolon_sign(lang).join(texts if ticks.other is None else [*texts, ticks.other])


def lint_options(out: ProblemCollector, item: ItemWithOptions, path: TreePath) -> None:
    """Note what is wrong with the options of an item, and with the degree of other words."""
    lint_reserved_and_repeated_ids(out, item.options, (*path, "options"))
    scoring = has_option_degrees(item)
    for index, option in enumerate(item.options):
        where = (*path, "options", index)
        lint_degree_range(out, option.degree, (*where, "degree"))
        if scoring and option.degree is None:
            out.add_broken_rule("degree-missing", where, given=option.id)
    if item.other is not None:
        where = (*path, "other")
        lint_degree_range(out, item.other.degree, (*where, "degree"))
        if scoring and item.other.degree is None:
            out.add_broken_rule("degree-missing", where, given="other")
