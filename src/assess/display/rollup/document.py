"""A roll-up as a document of tables: every form of it is made from this value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assess import __version__
from assess.display.rollup.basis_tables import make_basis_tables
from assess.display.rollup.comparison_tables import make_comparison_tables
from assess.display.rollup.hand_in_tables import make_hand_in_tables
from assess.display.rollup.heat_map_tables import make_heat_map_tables
from assess.display.rollup.list_tables import make_list_tables
from assess.display.rollup.problem_tables import make_problem_tables
from assess.display.rollup.score_tables import make_score_tables
from assess.display.rollup.statistics_tables import make_statistics_tables
from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.records import RollUpRecords
from assess.i18n import Lang, translator
from assess.model.rollup import ROLLUP_FORMAT, RollUpDocument, RollUpTable

_TABLE_MAKERS: Final[tuple[Callable[[RollUpSource], tuple[RollUpTable, ...]], ...]] = (
    make_hand_in_tables,
    make_score_tables,
    make_problem_tables,
    make_heat_map_tables,
    make_comparison_tables,
    make_statistics_tables,
    make_list_tables,
    make_basis_tables,
)
"""What makes the tables, in the order in which they are read."""


def make_rollup_document(
    records: RollUpRecords, lang: Lang, marking: str | None = None
) -> RollUpDocument:
    """Return the tables of a roll-up in a language, with the marking that the office chose.

    The same records give the same tables. The caller writes them as a workbook, CSV, JSON or a
    page; no number is computed after this.
    """
    source = RollUpSource(records, lang)
    return RollUpDocument(
        format=ROLLUP_FORMAT,
        program=__version__,
        lang=lang,
        office=records.office,
        campaign=records.campaign_id,
        title=records.campaign.title,
        category=records.category,
        anonymous=records.is_anonymous,
        reckoned=records.today,
        marking=choose_marking(marking, lang),
        warning=write_collection_warning(lang),
        tables=tuple(table for make_tables in _TABLE_MAKERS for table in make_tables(source)),
        inputs=records.inputs,
    )


def choose_marking(marking: str | None, lang: Lang) -> str:
    """Return the marking that the office chose; internal where it chose none."""
    _ = translator(lang)
    return marking or _("Internal")


def write_collection_warning(lang: Lang) -> str:
    """Return the sentence that stands on whatever is made of several hand-ins."""
    _ = translator(lang)
    return _(
        "Collected weaknesses may be of a higher class than their parts: have this reviewed "
        "for secrecy before it is passed on."
    )
