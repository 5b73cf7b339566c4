"""The return file: a hand-in is sent back to a unit, which takes the file in by `assess import`."""

from datetime import date
from typing import Annotated, Final

import msgspec

from assess.model.base import Digest, Id, ItemId, SheetRef
from assess.model.office import LONGEST_REASON, Name, Reason
from assess.model.receipt import MOST_RETURNED_ITEMS

RETURN_FORMAT: Final = "assess/return/1"
"""The format; another field needs another number, because a reader refuses unknown ones."""

_Tag = Annotated[str, msgspec.Meta(max_length=500)]
_Commit = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$(?!\n)")]


class ReturnRecord(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Base of the records."""


class ReturnedHandIn(ReturnRecord, frozen=True, kw_only=True):
    """The hand-in that is sent back; tag, closing and commit are as the unit wrote them into it."""

    digest: Digest
    """The bytes of the file that was handed in."""
    received: date
    """The day on which it came in, by the office's clock."""
    receipt: Id
    """The number of its receipt."""
    tag: _Tag | None = None
    """The tag of the closing; left out: the round was open."""
    closing: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The number of the closing."""
    commit: _Commit | None = None
    """The commit that was handed in."""


class ReturnedAnswer(ReturnRecord, frozen=True, kw_only=True):
    """An answer that is to be given again."""

    sheet: SheetRef
    """The answer sheet: CHECKLIST, or CHECKLIST@SYSTEM."""
    item: ItemId
    """The id of the item."""
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON)]
    """What is to be changed, in the office's words."""


Items = Annotated[
    tuple[ReturnedAnswer, ...], msgspec.Meta(min_length=1, max_length=MOST_RETURNED_ITEMS)
]


class ReturnFile(ReturnRecord, frozen=True, kw_only=True):
    """One return file. It has no signature: whoever takes it in looks at the way it came."""

    format: Annotated[str, msgspec.Meta(max_length=100)]
    """The format and its number."""
    number: Id
    """The number of the office's row about it."""
    office: Name
    """The name of the office."""
    campaign: Name
    """The title of the campaign."""
    unit: Id
    """The unit, by the id that it wrote into what it handed in."""
    unit_name: Name
    """The name by which the office lists the unit."""
    round: Id
    """The round of the unit."""
    hand_in: ReturnedHandIn
    """What is sent back."""
    returned: date
    """The day on which it was sent back."""
    due: date | None = None
    """The day by which it is to come in again."""
    reason: Reason
    """Why it is sent back."""
    items: Items
    """The answers that are to be given again."""
