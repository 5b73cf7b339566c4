"""Each field of the provenance, forged in the PDF and in the program that makes it alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from assess.model.provenance import InputFile, Program
from assess.report.content.view.model import LabelledLine, RenderingMachine
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.result import VerificationResult
from assess.report.proof.verify import verify_report
from assess.report.render import produce, render
from assess.report.render.job import RenderJob
from assess.workspace import Workspace
from assess.workspace.core.program import describe_running_program
from assess.workspace.core.provenance import compute_report_digest
from report import office, signing
from report.in_process import RendererInThisProcess
from report.office import TODAY

SENTENCE = "0.1.0 CORRECTION: the score is 100.0, as the Provincial Office confirmed"
HEX = "0123456789abcdef" * 4
OURS = describe_running_program()


class Forgery(NamedTuple):
    """What a forger's program writes into a field."""

    field: str
    value: Any
    name: str = ""


FORGERIES = (
    Forgery("format", SENTENCE),
    Forgery("format", "assess/provenance/1\n"),
    Forgery("format", "assess/provenance/1", "of older programs"),
    Forgery("commit", SENTENCE),
    Forgery("commit", HEX[:40]),
    Forgery("commit_time", SENTENCE),
    Forgery("commit_time", 1),
    Forgery("commit_time", -1, "before all time"),
    Forgery("inputs", [{"path": SENTENCE, "sha256": HEX}]),
    Forgery("inputs", []),
    Forgery("digest", SENTENCE),
    Forgery("digest", HEX),
    Forgery("template", SENTENCE),
    Forgery("lang", SENTENCE),
    Forgery("date", SENTENCE),
    Forgery("date", "2026-13-01"),
    Forgery("round", SENTENCE),
    Forgery("sheets", ["kinds", "kinds"]),
    Forgery("sheets", []),
    Forgery("sheets", [SENTENCE]),
    Forgery("tool_version", SENTENCE),
    Forgery("tool_version", "9"),
    Forgery("program", None),
    Forgery("program", msgspec.to_builtins(OURS) | {"version": SENTENCE}, "version"),
    Forgery("program", msgspec.to_builtins(OURS) | {"version": "9.9"}, "version of a program"),
    Forgery("program", msgspec.to_builtins(OURS) | {"commit": SENTENCE}, "commit"),
    Forgery("program", msgspec.to_builtins(OURS) | {"commit": f"{HEX[:40]}\n"}, "line break"),
    Forgery("program", msgspec.to_builtins(OURS) | {"files": HEX}, "files"),
    Forgery("against", SENTENCE),
    Forgery("against", "x" * 200_000, "long"),
    Forgery("against", HEX[:40]),
    Forgery("against_mark", SENTENCE),
    Forgery("against_mark", HEX),
    Forgery("attachments", SENTENCE),
    Forgery("attachments", "inputs"),
    Forgery("attachments", "all"),
    Forgery("machine", {SENTENCE: SENTENCE}),
    Forgery("tools", {SENTENCE: SENTENCE}),
    Forgery("fonts", {SENTENCE: SENTENCE}),
    Forgery("templates", SENTENCE),
    Forgery("templates", HEX),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A committed workspace."""
    return office.make_final(tmp_path_factory.mktemp("fields") / "w")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs in this process, and make each report once."""
    signing.in_this_process(monkeypatch)


def forge_report(here: Workspace, forgery: Forgery | None) -> bytes:
    """Return the report as a forger's program makes it: page, attachment and digest fit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produce, "RenderChild", RendererInThisProcess)
        if forgery is not None and forgery.field in MACHINE:
            name, forge = MACHINE[forgery.field]
            patch.setattr(render, name, forge(forgery.value))
        elif forgery is not None:
            patch.setattr(produce, "make_render_job", forge_job(forgery, produce.make_render_job))
        return office.report(here, "own")


def forge_job(forgery: Forgery, original: Callable[..., RenderJob]) -> Callable[..., RenderJob]:
    """Return a function that makes the job of the page with a forged field."""

    def make_job(inputs: Any, *rest: Any, **more: Any) -> RenderJob:
        if forgery.field == "program" and forgery.value is not None:
            program = msgspec.convert(forgery.value, Program)
            inputs = inputs._replace(provenance=replace(inputs.provenance, program=program))
        elif forgery.field == "sheets" and forgery.value:
            inputs = inputs._replace(sheets=inputs.sheets * len(forgery.value))
        job = original(inputs, *rest, **more)
        return replace(job, provenance=fit_digest(job.provenance | {forgery.field: forgery.value}))

    return make_job


def forge_machine(value: dict[str, str]) -> Callable[..., RenderingMachine]:
    """Return a function that describes the machine in a forger's words."""
    original = render.describe_rendering_machine
    lines = tuple(LabelledLine(name=name, text=text) for name, text in value.items())
    return lambda *words: replace(original(*words), lines=lines)


MACHINE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "machine": ("describe_rendering_machine", forge_machine),
    "tools": ("tool_versions", lambda value: lambda: value),
    "fonts": ("font_digests_by_face_name", lambda value: lambda _faces: value),
    "templates": ("digest_template_files", lambda value: lambda _folder: value),
}
"""What the forger's program puts in the place of which function, by the field."""


def fit_digest(proof: dict[str, Any]) -> dict[str, Any]:
    """Return the provenance with a digest that fits what it names, where it can."""
    try:
        decoded = msgspec.convert(proof, _Loose)
    except msgspec.ValidationError:
        return proof
    settings = [decoded.template, decoded.lang, decoded.date]
    settings += [decoded.against_mark] if decoded.against_mark else []
    digest = compute_report_digest(decoded.commit, decoded.inputs, settings)
    return proof if proof["digest"] in (SENTENCE, HEX) else proof | {"digest": digest}


class _Loose(msgspec.Struct):
    """What the digest of a report covers."""

    commit: str | None
    inputs: tuple[InputFile, ...]
    template: str
    lang: str
    date: str
    against_mark: str | None = None


def judged(here: Workspace, pdf: bytes) -> VerificationResult:
    """Return the verdict on a PDF."""
    return verify_report(here, pdf, (), TODAY, TODAY)


def test_the_program_without_forgery_makes_the_report_of_the_commit(here: Workspace) -> None:
    """Else the refusals below would mean nothing."""
    verdict = judged(here, forge_report(here, None))
    assert (verdict.outcome, verdict.causes) == ("reservations", ())
    assert [reservation.kind for reservation in verdict.doubts.reservations] == ["template"]


def test_every_field_is_forged_below() -> None:
    """A field that is added later must be in the table."""
    assert {forgery.field for forgery in FORGERIES} == set(ProofFile.__struct_fields__)
    members = {forgery.name for forgery in FORGERIES if forgery.field == "program"}
    assert members >= set(Program.__struct_fields__)


@pytest.mark.parametrize(
    "forgery", FORGERIES, ids=lambda one: f"{one.field}-{one.name or str(one.value)[:20]}"
)
def test_a_field_that_is_forged_in_pdf_and_program_alike(here: Workspace, forgery: Forgery) -> None:
    """Whatever the forger's program writes there and sets on the page, it is never genuine."""
    verdict = judged(here, forge_report(here, forgery))
    assert verdict.outcome not in ("genuine", "reservations"), forgery
    assert verdict.causes
