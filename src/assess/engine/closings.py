"""How often a round was closed, by its tag; and answers that came after a closing.

The first closing of round 2026 has the tag `round/2026`, the second `round/2026.2`. An id holds no
dot, so the tag of no other round looks like that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.results import Value

LateKind = Literal["new", "changed", "removed"]

_NUMBERED = re.compile(r"round/[a-z0-9-]+\.([1-9][0-9]{0,5})")


class LateAnswer(Value, frozen=True, kw_only=True):
    """An answer that is not as a closed round's tag has it."""

    item: str
    kind: LateKind
    by: str | None = None
    """The id in assess.yaml of the person who answered; None if unnamed or removed."""
    at: datetime | None = None


def first_closing_tag(round_id: str) -> str:
    """Return the tag of a round's first closing."""
    return f"round/{round_id}"


def parse_closing_number_or_one(tag: str) -> int:
    """Return the number of the closing that a tag names; a tag without a number names the first."""
    numbered = _NUMBERED.fullmatch(tag)
    return int(numbered[1]) if numbered else 1


def parse_closing_tag_round_id(tag: str) -> str:
    """Return the id of the round that a tag of a closing is of."""
    return tag.removeprefix(first_closing_tag("")).partition(".")[0]


def next_closing_tag(round_id: str, existing_tags: Iterable[str]) -> str:
    """Return the tag of the next closing of a round; the tags may be of other rounds."""
    first = first_closing_tag(round_id)
    numbers = [
        parse_closing_number_or_one(tag)
        for tag in existing_tags
        if tag == first or tag.startswith(f"{first}.")
    ]
    return f"{first}.{max(numbers) + 1}" if numbers else first


def format_closing_count_and_tag(tag: str, lang: Lang) -> str:
    """Return how often a round was closed, with the tag that its newest closing has."""
    _ = translator(lang)
    number = parse_closing_number_or_one(tag)
    if number == 1:
        return _("closed (tag {tag})").format(tag=tag)
    if number == 2:  # noqa: PLR2004  # has a word of its own
        return _("closed for the second time (tag {tag})").format(tag=tag)
    return _("closed {number} times (tag {tag})").format(number=number, tag=tag)


def diff_reported_and_present_answers(
    reported: Mapping[str, Answer], present: Mapping[str, Answer]
) -> tuple[LateAnswer, ...]:
    """Return the answers of a sheet that differ from those that were reported, in their order.

    Removed answers come last.
    """
    differing = [
        LateAnswer(
            item=item,
            kind="changed" if item in reported else "new",
            by=answer.by,
            at=answer.at,
        )
        for item, answer in present.items()
        if reported.get(item) != answer
    ]
    gone = [LateAnswer(item=item, kind="removed") for item in reported if item not in present]
    return (*differing, *gone)
