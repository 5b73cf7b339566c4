"""The sheets of a roll-up on the screen: each digit is a sheet of one table or of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from assess.display.text.bars import KeyChip
from assess.i18n import N_, Lang, translator
from assess.model.rollup import RollUpTable


class RollUpSheet(NamedTuple):
    """A sheet: its name, and the keys of its tables up to the first dot."""

    name: str
    keys: tuple[str, ...]


SHEETS: Final[tuple[RollUpSheet, ...]] = (
    RollUpSheet(N_("Hand-ins"), ("hand_ins", "units")),
    RollUpSheet(N_("Overall"), ("scores", "verdicts", "systems")),
    RollUpSheet(N_("Ranking"), ("ranking",)),
    RollUpSheet(N_("Common"), ("common_problems",)),
    RollUpSheet(N_("High risk"), ("high_risks",)),
    RollUpSheet(N_("Remediation"), ("remediation", "unit_remediation", "overdue")),
    RollUpSheet(N_("Heat map"), ("heat_map",)),
    RollUpSheet(N_("By year"), ("comparison", "trend")),
    RollUpSheet(N_("Statistics"), ("statistics", "list", "taken_over")),
)
"""The sheets of the digits 1 to 9. Tables of no sheet (how it was reckoned) follow the last."""


def find_first_table(tables: Sequence[RollUpTable], digit: int) -> int | None:
    """Return the index of the first table of a sheet; None where the roll-up has none."""
    keys = SHEETS[digit - 1].keys
    places = (place for place, table in enumerate(tables) if _first_word(table) in keys)
    return next(places, None)


def find_digit_of_table(table: RollUpTable) -> int | None:
    """Return the digit of the sheet that a table belongs to; None for a table of none."""
    digits = (digit for digit, sheet in enumerate(SHEETS, 1) if _first_word(table) in sheet.keys)
    return next(digits, None)


def _first_word(table: RollUpTable) -> str:
    return table.key.partition(".")[0]


def list_sheet_chips(lang: Lang) -> list[KeyChip]:
    """Return the digits with the names of their sheets."""
    _ = translator(lang)
    return [KeyChip(str(digit), _(sheet.name)) for digit, sheet in enumerate(SHEETS, 1)]
