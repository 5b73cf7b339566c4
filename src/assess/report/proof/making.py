"""Comparison of the program and tools that a report names with those of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang
from assess.model.provenance import Program
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.proof_file import ProofOfMaking
from assess.report.proof.words import VerificationCause, make_verification_cause
from assess.workspace.core.program import describe_running_program

_SHOWN: Final = 16
"""Characters of a version or digest that are shown."""


def find_program_and_tool_causes(
    theirs: pdf_job.PdfReading,
    ours: pdf_job.PdfReading,
    proof: ProofOfMaking,
    tools: Sequence[str],
    lang: Lang,
) -> Iterator[VerificationCause]:
    """Yield what else made the report than the program and the tools that are here."""
    if not is_made_by_this_program(proof):
        names = {
            "theirs": _program_name(proof),
            "ours": f"assess {describe_running_program().version}",
        }
        yield make_verification_cause("other-program", lang, **names)
        return
    if tools:
        yield make_verification_cause("other-tools", lang)
        return
    yield make_verification_cause("bytes", lang)
    if theirs.producers != ours.producers:
        program = (
            ", ".join(escape_and_replace_tabs(name) for name in theirs.producers if name) or "–"
        )
        yield make_verification_cause("saved-again", lang, program=program)


def choose_program_of_remade_report(proof: ProofOfMaking) -> Program:
    """Return the program that the report made again has to name.

    Commits of the program with the same files are the same program. The commit in a report only
    identifies where to get the program; it is an id, so a report can't say anything else by it.
    """
    ours = describe_running_program()
    if proof.program is not None and is_made_by_this_program(proof):
        return replace(ours, commit=proof.program.commit)
    return ours


def is_made_by_this_program(proof: ProofOfMaking) -> bool:
    """Return whether a report names the program that runs here."""
    return proof.program is not None and proof.program.files == describe_running_program().files


def _program_name(proof: ProofOfMaking) -> str:
    """Return the version and the commit of the program that a report names."""
    if proof.program is None:
        return escape_and_replace_tabs(f"assess {proof.tool_version}")
    commit = f", {proof.program.commit}" if proof.program.commit else ""
    return escape_and_replace_tabs(
        f"assess {proof.program.version}{commit}, {proof.program.files[:_SHOWN]}"
    )


def list_differing_tools(theirs: ProofOfMaking, ours: ProofOfMaking) -> Iterator[str]:
    """Yield what the report was set with, and what is here, where these differ."""
    first, second = theirs.tools_and_fonts(), ours.tools_and_fonts()
    for name in sorted(first.keys() | second.keys()):
        version, version_here = first.get(name, "–"), second.get(name, "–")
        if version != version_here:
            yield escape_and_replace_tabs(f"{name} {version[:_SHOWN]} ≠ {version_here[:_SHOWN]}")
