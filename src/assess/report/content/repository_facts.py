"""What a document says that no file of its inputs does: it comes from the repository alone."""

from __future__ import annotations

import msgspec

from assess.model.provenance import CalendarSeconds
from assess.report.content.inputs import ReportInputs
from assess.workspace.evidence.stored_files import FileFault
from assess.workspace.history.history_before import HistoryBefore
from assess.workspace.proof.report_closing import RoundHistory


class RepositoryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of the repository that a document shows."""

    faults: dict[str, FileFault] = {}
    """What is wrong with files of cited evidence, by row."""
    newest_seconds: CalendarSeconds = 0
    """The latest time in the history of the commit."""
    story: RoundHistory | None = None
    """How the round was closed and reopened."""

    def replace_in_inputs(self, inputs: ReportInputs) -> ReportInputs:
        """Return the inputs with these facts, which were made where there is no repository."""
        return inputs._replace(story=self.story, history=HistoryBefore(self.newest_seconds))


def encode_repository_facts(inputs: ReportInputs) -> bytes:
    """Return the facts as JSON."""
    facts = RepositoryFacts(
        faults=dict(sorted(inputs.faults.items())),
        newest_seconds=inputs.history.newest_seconds,
        story=inputs.story,
    )
    return msgspec.json.format(msgspec.json.encode(facts)) + b"\n"


def decode_repository_facts(data: bytes) -> RepositoryFacts | None:
    """Return the facts; None where they are none of this program."""
    try:
        return msgspec.json.decode(data, type=RepositoryFacts)
    except (msgspec.DecodeError, RecursionError):
        return None
