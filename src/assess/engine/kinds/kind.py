"""The type of a kind: what the engine has to know about one kind of answer.

Every module of this folder that is named after a kind holds one value of it, `KIND`. The functions
get the item first and the plain value of the answer after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from assess.engine.kinds.operand import Operand
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.pseudonyms import Pseudonyms, replace_unknown_texts_except_dates
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.harmless import has_line_break
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.checklist import FactDef, Scoring
from assess.model.item import Item
from assess.problem import TreePath

ItemT = TypeVar("ItemT", bound=Item)


class ValueFault(NamedTuple):
    """One thing wrong with a value: the code of its rule, and the words for the rule's texts."""

    code: str
    words: Mapping[str, Any] = {}
    path: TreePath = ()
    """Leads into the value."""
    near: tuple[str, ...] = ()
    """Known names that are near to the wrong one."""


ValueFaults = Iterator[ValueFault]


class CheckContext(NamedTuple):
    """The input of a check in addition to item and value."""

    today: date
    lang: Lang


FORM_FAULT = "value-form"
"""The code for a value of another form; its text is the form of the kind."""


def malformed_value_fault(path: TreePath = ()) -> ValueFault:
    """Return the fault of a value that does not have the form of its kind."""
    return ValueFault(FORM_FAULT, path=path)


def find_line_break_faults(text: Any, path: TreePath = ()) -> ValueFaults:
    """Yield the fault of a text that has a line break, where a text has one line."""
    if isinstance(text, str) and has_line_break(text):
        yield ValueFault("line-break", path=path)


def never_has_degree(_item: Item) -> bool:
    """Return that no answer to the item has a degree."""
    return False


def always_has_degree(_item: Item) -> bool:
    """Return that answers to the item have a degree."""
    return True


def return_no_degree(_item: Item, _answer: Answer, _scoring: Scoring) -> Fraction | None:
    """Return None: the kind has no degrees."""
    return None


def has_value(_item: Item, raw: Any) -> bool:
    """Return whether there is a value."""
    return raw is not None


def value_text_as_in_file(_item: Item, raw: Any, _lang: Lang) -> str:
    """Return a value as it is written in the file."""
    return format_value_without_exponent(raw)


def return_no_public_text(_item: Item, _raw: Any, _lang: Lang) -> str | None:
    """Return None: the value may hold words of the answerer."""
    return None


def strip_typed_text(_item: Item, text: str) -> Any:
    """Return a typed text without white space at its ends."""
    return text.strip()


def lint_nothing(_out: ProblemCollector, _item: Item, _path: TreePath) -> None:
    """Note nothing: the kind has no fields of its own."""


def sanitise_unknown_texts(
    _item: Item, raw: Any, known: AbstractSet[str], names: Pseudonyms
) -> Any:
    """Return a value in which every text that is not known is replaced."""
    return replace_unknown_texts_except_dates(raw, known, names)


def return_value_unchanged(_item: Item, raw: Any) -> Any:
    """Return the value as it is: of this kind, what can be read has its form."""
    return raw


def return_no_comparable_value(_item: Item, _answer: Answer) -> Any:
    """Return None: conditions compare no answers of the kind."""
    return None


def return_no_fact_definition(_item: Item) -> FactDef | None:
    """Return None: conditions compare no answers of the kind."""
    return None


def return_no_answer_ids(_item: Item) -> Iterable[str]:
    """Return nothing: the value is no id of the item."""
    return ()


def return_no_operands(_item: Item) -> Iterable[Operand]:
    """Return nothing: answers of the kind have no numbers or dates that checks could compare."""
    return ()


def return_no_place_words(_item: Item, _path: TreePath, _lang: Lang) -> str:
    """Return '': the value has no parts that a message must name."""
    return ""


@dataclass(frozen=True, kw_only=True)
class AnswerKind(Generic[ItemT]):
    """What the engine knows about one kind of answer; only `check` has no default."""

    check: Callable[[ItemT, Any, CheckContext], ValueFaults]
    """Yields all that is wrong with a value."""
    form: str = ""
    """What a value has to look like: a text to be translated."""
    rule_fields: tuple[str, ...] = ()
    """Fields of the item in the fingerprint, in addition to title, requirement and check."""
    by_status: bool = False
    """Whether the answer is a status and never a value."""
    scores: Callable[[ItemT], bool] = never_has_degree
    """Whether answers to the item have a degree."""
    degree: Callable[[ItemT, Answer, Scoring], Fraction | None] = return_no_degree
    """The degree of an answer, or None where it can't be read."""
    is_readable: Callable[[ItemT, Any], bool] = has_value
    """Whether a value of an item without degree counts as an answer."""
    value_text: Callable[[ItemT, Any, Lang], str] = value_text_as_in_file
    """A value in words, for screen and report."""
    public_text: Callable[[ItemT, Any, Lang], str | None] = return_no_public_text
    """A value in words for a commit message; None where it may hold words of the answerer."""
    parse: Callable[[ItemT, str], Any] = strip_typed_text
    """The value for a text that was typed; the text itself where it has no such form."""
    lint: Callable[[ProblemCollector, ItemT, TreePath], None] = lint_nothing
    """Notes what is wrong with the item's own fields."""
    comparable_value: Callable[[ItemT, Answer], Any] = return_no_comparable_value
    """The value that conditions of sub-questions compare; None where it can't be read."""
    comparable_as: Callable[[ItemT], FactDef | None] = return_no_fact_definition
    """What such conditions may ask, as a fact is defined; None: the kind opens nothing."""
    has_several_values: bool = False
    """Whether an answer may be several of these values at once; it is compared as their set."""
    answer_ids: Callable[[ItemT], Iterable[str]] = return_no_answer_ids
    """The ids of the item's rungs or options that an answer may be."""
    list_operands: Callable[[ItemT], Iterable[Operand]] = return_no_operands
    """The numbers and dates of an answer that field checks compare; no two of one part and type."""
    sanitise: Callable[[ItemT, Any, AbstractSet[str], Pseudonyms], Any] = sanitise_unknown_texts
    """A value for an export without words of the answerer; gets the known words, with ids."""
    machine_value: Callable[[ItemT, Any], Any] = return_value_unchanged
    """A readable value for other programs, without parts that do not have their form."""
    place_words: Callable[[ItemT, TreePath, Lang], str] = return_no_place_words
    """What a message about a part of a value begins with: which part it is, by its path."""
    value_rules: Mapping[str, LintRule] = field(default_factory=dict)
    """The rules about a value that this kind brings."""
    item_rules: Mapping[str, LintRule] = field(default_factory=dict)
    """The rules about the item's own fields that this kind brings."""
