"""Tables that the program includes, in `data/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from assess.engine.hidden_dangers import HiddenDanger
from assess.engine.proposals.tables import IndexedTables, ProposalTables
from assess.locations import PROGRAM_DATA
from assess.store.yaml.reading.tree import read_tree


def read_data_file(name: str, kind: Any) -> Any:
    """Return the content of a file of `data/` as a value of a type.

    Raises:
        msgspec.ValidationError: the file does not have this form.
    """
    text = (PROGRAM_DATA / name).read_text("utf-8")
    return msgspec.convert(read_tree(text, name, "en").value, type=kind)


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
