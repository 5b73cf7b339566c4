"""Shell completion of the ids in the folder of an office; outside of one nothing is completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common.complete_ids import CompletionFunction, select_plain_names_starting_with
from assess.errors import AssessError

if TYPE_CHECKING:
    from assess.model.office import OfficeFile


def _make_completion_of(list_names: Callable[[OfficeFile], Iterable[str]]) -> CompletionFunction:
    """Return a completion function for names of office.yaml; after an error it completes none."""

    def complete_name(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        from assess.workspace.office.office import Office  # noqa: PLC0415  # not for --help

        try:
            names = set(list_names(Office.find_office(Path.cwd(), "en").read_office_file()))
        except AssessError:
            return []
        return select_plain_names_starting_with(names, begun)

    return complete_name


units = _make_completion_of(lambda office: office.units)
campaigns = _make_completion_of(lambda office: office.campaigns)
categories = _make_completion_of(
    lambda office: (unit.category for unit in office.units.values() if unit.category)
)
