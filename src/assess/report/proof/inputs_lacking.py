"""What a document shows beyond its inputs: what only its repository has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assess import locations
from assess.engine.closings import parse_closing_number_or_one
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, translator
from assess.report.content.earlier import list_compared_and_earlier_rounds
from assess.report.content.inputs import ReportInputs, list_cited_evidence_ids
from assess.report.proof.inputs_workspace import InputsWorkspace
from assess.report.proof.proof_file import ProofFile
from assess.workspace.core.library import find_shipped_template_folder
from assess.workspace.core.reopening_history import is_round_reopened
from assess.workspace.core.report_request import ReportRequest


def describe_missing_inputs(
    workspace: InputsWorkspace,
    request: ReportRequest,
    proof: ProofFile,
    files: Mapping[str, bytes],
) -> str:
    """Return what the document may show that its inputs do not hold; '' where there is nothing.

    Raises:
        FilesError: assess.yaml can't be used.
    """
    _ = translator(workspace.lang)
    return _("; ").join(_list_missing_inputs(workspace, request, proof, files))


def list_missing_repository_facts(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    """Yield what a document may show that only the facts of its repository tell."""
    _ = translator(lang)
    tag = inputs.round.tag
    if tag is not None and (
        is_round_reopened(inputs.round) or parse_closing_number_or_one(tag) > 1
    ):
        yield _("why the round was reopened")
    rows = inputs.register.evidence
    cited = list_cited_evidence_ids(inputs.sheets, inputs.outside)
    if any(row_id in rows and rows[row_id].file is not None for row_id in cited):
        yield _("files of evidence, with their pictures")


def _is_path_of_used_template(path: str, template: str) -> bool:
    """Return whether a file may decide what a template gives: it is its own, or a shipped one's.

    A workspace replaces single files of the program's templates, which include each other.
    """
    shipped = {folder.name for folder in find_shipped_template_folder().iterdir()}
    folder = path.removeprefix(f"{locations.TEMPLATES}/").split("/")[0]
    return locations.is_below_folder(path, locations.TEMPLATES) and folder in shipped | {template}


def _list_missing_inputs(
    workspace: InputsWorkspace,
    request: ReportRequest,
    proof: ProofFile,
    files: Mapping[str, bytes],
) -> Iterator[str]:
    _ = translator(workspace.lang)
    config = workspace.read_config()
    for path in proof.digests_by_path:
        if path not in files and _is_path_of_used_template(path, proof.template):
            yield escape_and_replace_tabs(path)
    for round_id in list_compared_and_earlier_rounds(config, request):
        if not workspace.has_round(round_id):
            yield _("round {round}").format(round=round_id)
    if request.against is not None and request.against not in config.rounds:
        yield _("the commit that it is compared with")
