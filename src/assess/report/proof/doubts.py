"""What is to be known of a genuine report beside that: reservations, origins, what came later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from assess.errors import AssessError, DamagedError, EnvironmentLacksError
from assess.i18n import Lang
from assess.report.content.earlier import list_compared_and_earlier_rounds
from assess.report.content.inputs import ReportInputs, gather_inputs
from assess.report.content.origins import (
    ChecklistOrigin,
    TemplateOrigin,
    find_template_origin,
    list_checklist_origins,
)
from assess.report.content.view.reservation_kinds import (
    Reservation,
    list_reservations,
)
from assess.report.content.view.verifier_reservations import list_reservations_of_verifier
from assess.report.proof.digest import DigestMatch
from assess.workspace import SheetName, Workspace
from assess.workspace.core.program import describe_running_program
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.history.commit_folder import CommitWorkspace
from assess.workspace.history.later_state import LaterState, compare_commit_with_head
from assess.workspace.history.report_commits import ReportCommits
from assess.workspace.proof.earlier_rounds import (
    EarlierRound,
    find_closed_rounds_in_history,
    find_second_closings,
)


class ReportDoubts(NamedTuple):
    """Reservations about a report, where it comes from, and what came after its commit."""

    reservations: tuple[Reservation, ...] = ()
    """Why it should not be taken as it stands."""
    checklists: tuple[ChecklistOrigin, ...] = ()
    template: TemplateOrigin | None = None
    later: LaterState | None = None
    rounds: tuple[EarlierRound, ...] = ()
    """The closed rounds before that it shows; its own where it was closed twice."""
    left_out: tuple[SheetName, ...] = ()
    """The sheets of the round that are not in it, on the round's list or not."""

    def are_allowed(self, allowed: Collection[str]) -> bool:
        """Return whether whoever verifies knows of every reservation, by kind or by digests."""
        return all(reservation.is_allowed(allowed) for reservation in self.reservations)


def find_report_doubts(
    workspace: Workspace, checkout: CommitWorkspace, inputs: ReportInputs, today: date
) -> ReportDoubts:
    """Return what is to be known of a report of `checkout`; `workspace` is that of `today`.

    Raises:
        MisnamedObjectError: an object of the repository is another one than its id says.
    """
    lang: Lang = workspace.lang
    later = None
    rounds: tuple[EarlierRound, ...] = ()
    if inputs.provenance.commit is not None:
        shown = list_compared_and_earlier_rounds(inputs.config, inputs.request)
        commit = inputs.provenance.commit
        rounds = (
            *find_closed_rounds_in_history(workspace, inputs.config, shown, commit),
            *find_second_closings(workspace, inputs.config, inputs.round_id, commit),
        )
        names = [sheet.name for sheet in inputs.sheets]
        later = compare_commit_with_head(
            workspace, inputs.provenance.commit, inputs.round_id, names, inputs.today
        )
    return ReportDoubts(
        (
            *list_reservations(inputs, lang),
            *list_reservations_of_verifier(inputs, later, rounds, today, lang),
        ),
        list_checklist_origins(inputs, lang),
        find_template_origin(inputs, lang),
        later,
        rounds,
        tuple(
            name
            for name in checkout.list_sheets_in_round_and_folder(inputs.round_id)
            if name not in inputs.request.sheets
        ),
    )


def find_doubts_of_digest(
    workspace: Workspace, match: DigestMatch, today: date
) -> ReportDoubts | None:
    """Return what is to be known of the report that a digest stands for.

    The result is None where the report can't be made from its commit.

    Raises:
        DamagedError: the repository is damaged.
        EnvironmentLacksError: the machine lacks what reports need.
    """
    request = ReportRequest(
        match.round_id, tuple(match.sheets), match.template, match.lang, day=match.day
    )
    commits = ReportCommits(workspace)
    with commits.check_out(match.commit, match.round_id, describe_running_program()) as checkout:
        try:
            inputs = gather_inputs(checkout, request, today)
        except (DamagedError, EnvironmentLacksError):
            raise
        except AssessError:
            return None
        return find_report_doubts(workspace, checkout, inputs, today)
