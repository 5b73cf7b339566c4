"""Tables that the program includes, as values of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assess.engine.hidden_dangers import HiddenDanger
from assess.engine.proposals.tables import IndexedTables, ProposalTables
from assess.workspace.core.program_data import read_data_file


@cache
def load_hidden_dangers() -> Mapping[str, HiddenDanger]:
    """Return the triggers of serious hidden dangers by code."""
    dangers: dict[str, HiddenDanger] = read_data_file(
        "hidden_dangers.yaml", dict[str, HiddenDanger]
    )
    return dangers


@cache
def load_proposal_tables() -> IndexedTables:
    """Return what facts and answers tell about items, by item."""
    return IndexedTables(read_data_file("proposals.yaml", ProposalTables))
