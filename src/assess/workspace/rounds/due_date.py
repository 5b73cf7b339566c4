"""The day by which a round is to be done."""

from __future__ import annotations

from datetime import date

from assess.errors import UnknownIdError
from assess.i18n import translator
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.sources import refuse_closed_round
from assess.workspace.core.workspace import Workspace


def set_due_date_of_round(workspace: Workspace, round_id: str, due: date) -> None:
    """Write the day by which a round is to be done into assess.yaml.

    Raises:
        UnknownIdError: there is no such round.
        ClosedRoundError: the round is closed.
    """
    config = workspace.read_config()
    if round_id not in config.rounds:
        _ = translator(workspace.lang)
        raise UnknownIdError(_("no round {round}").format(round=round_id), round_id, config.rounds)
    refuse_closed_round(config, round_id, workspace.lang)
    workspace.edit_config([FieldEdit(("rounds", round_id, "due"), due.isoformat())])
