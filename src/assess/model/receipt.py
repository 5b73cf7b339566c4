"""receipts/CAMPAIGN.yaml: what came in for a campaign, one row an act of the office."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from assess.model.base import Digest, Id, Node, SheetRef, Text
from assess.model.office import Name, Reason, Signer

MOST_RECEIPTS = 30_000
"""Rows of a file; ten thousand units hand in three times."""

LONGEST_FILE_NAME = 255
"""Characters of the name of a file."""

LONGEST_CLAIM = 500
"""Characters of what a file says about itself, such as the tag of a closing."""

Claim = Annotated[str, msgspec.Meta(max_length=LONGEST_CLAIM)]
"""What a file says about itself, which nothing proves."""

ReceiptState = Literal["taken", "held", "refused", "confirmed", "returned", "reviewed"]
"""What the office did: took a file in, held it until somebody looks, refused it; confirmed one that
was held; sent one back; accepted one."""


ReturnedItem = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9.-]*(@[a-z0-9][a-z0-9-]*)?$(?!\n)",
        max_length=302,
    ),
]
"""An item that is sent back: CHECKLIST/ITEM, or CHECKLIST/ITEM@SYSTEM."""

MOST_RETURNED_ITEMS = 2000
"""Items that are sent back at once; no checklist has as many."""


class ReceivedFile(Node, frozen=True, kw_only=True):
    """The file that came in; its bytes are in `inbox/`, outside of git."""

    name: Annotated[str, msgspec.Meta(max_length=LONGEST_FILE_NAME)]
    """Its name, with controls as escapes."""
    digest: Digest
    """Its bytes."""
    size: Annotated[int, msgspec.Meta(ge=0)]
    """Its size in bytes."""


class ReceivedChecklist(Node, frozen=True, kw_only=True):
    """A checklist that was handed in with its answers."""

    id: Id
    """The id of the checklist."""
    version: Claim
    """Its version."""
    digest: Digest
    """Its bytes."""
    issued: bool
    """Whether these bytes are those that the office issued."""


class ReceivedContents(Node, frozen=True, kw_only=True):
    """What was in a file; day, tag and commit are what the sender says."""

    round: Claim
    """The round of the unit."""
    tag: Claim | None = None
    """The tag of the closing; left out: the round is not closed."""
    closing: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The number of the closing; 2 where the round was reopened and closed again."""
    commit: Claim | None = None
    """The commit that the answers come from."""
    dated: date
    """The day of that commit."""
    program: Claim
    """The version of the program that made the file."""
    sanitised: bool = False
    """Whether notes and persons were left out."""
    sheets: tuple[SheetRef, ...] = ()
    """The answer sheets."""
    checklists: tuple[ReceivedChecklist, ...] = ()
    """The checklists of these sheets."""
    unanswered: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many items have no answer."""
    report: bool = False
    """Whether there is a report as PDF."""
    signed_scan: bool = False
    """Whether there is a scan of the stamped page; it proves no identity."""
    evidence: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many files of evidence there are."""


class ReceiptRemark(Node, frozen=True, kw_only=True):
    """Why a file was held or refused, or what an officer should know about it."""

    code: Id
    """Which remark it is."""
    member: Claim | None = None
    """The part of the file that it is about; left out: the file itself."""
    place: Claim | None = None
    """Where in that part."""
    words: dict[str, Text] = {}
    """What the sentence names."""


class Receipt(Node, frozen=True, kw_only=True):
    """An act of the office with something that a unit handed in."""

    state: ReceiptState
    """What was done."""
    unit: Id | None = None
    """The unit; left out: the file does not say which."""
    received: date
    """The day on which it came in, by the office's clock."""
    by: Name | None = None
    """Who wrote the row."""
    at: datetime
    """When the row was written."""
    file: ReceivedFile | None = None
    """The file that came in."""
    contents: ReceivedContents | None = None
    """What was in it."""
    reasons: tuple[ReceiptRemark, ...] = ()
    """Why it was held or refused, or what else is to be known."""
    reason: Reason | None = None
    """The officer's own words: why it was confirmed, refused or sent back, or came in on another
    day."""
    items: Annotated[tuple[ReturnedItem, ...], msgspec.Meta(max_length=MOST_RETURNED_ITEMS)] = ()
    """The items for which it is sent back."""
    due: date | None = None
    """The day by which what was sent back is to come in again."""
    about: Id | None = None
    """The receipt that was confirmed, sent back or accepted; or that was held and is refused."""
    replaces: Id | None = None
    """The receipt of the same unit that this one takes the place of."""
    signer: Signer | None = None
    """Who signed the file, or that nobody did."""


Receipts = Annotated[dict[Id, Receipt], msgspec.Meta(max_length=MOST_RECEIPTS)]
"""The receipts by number: the day, and the first digits of the file's digest."""


class ReceiptsFile(Node, frozen=True, kw_only=True):
    """One file of `receipts/`; it is called after the campaign."""

    format: str
    """The format and its number."""
    receipts: Receipts = {}
    """The receipts by number."""
