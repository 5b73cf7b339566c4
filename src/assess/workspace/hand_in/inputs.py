"""The inputs of a hand-in: laid out in a folder, checked, and the data of the round from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.engine.closings import parse_closing_number_or_one
from assess.engine.round_data import DataOrigin
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.base import Bilingual
from assess.model.config import Config, Round
from assess.model.evidence import Register
from assess.model.hand_in import INPUTS_FOLDER, MANIFEST, Manifest
from assess.model.results import Assessment
from assess.problem import Problem, select_errors, sort_problems
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.core import checking
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import paths_of_yaml_inputs
from assess.workspace.core.published_files import find_published_files, seems_published_but_is_not
from assess.workspace.core.sources import RoundFiles, find_tag_name_of_round
from assess.workspace.hand_in.outcome import (
    HandInChecklist,
    HandInNote,
    HandInRefusedError,
    make_note,
)
from assess.workspace.sharing.round_inputs import (
    RoundInputs,
    encode_round_inputs,
    read_round_inputs,
)

_LANG: Final[Lang] = "zh"
"""The language of errors that nobody sees."""
_MOST_PROBLEMS: Final = 20
"""How many further errors of lint are named."""


class ComputedRound(NamedTuple):
    """The inputs of a round, and what they give."""

    config: Config
    register: Register
    data: bytes
    sheets: Mapping[str, tuple[Sheet, Assessment]]
    checklists: tuple[HandInChecklist, ...]


def lay_out_inputs(folder: Path, inputs: Mapping[str, bytes]) -> None:
    """Write files into an empty folder; their paths stay inside it."""
    for path, data in inputs.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def check_and_compute_inputs(
    folder: Path, manifest: Manifest, inputs: Mapping[str, bytes]
) -> tuple[ComputedRound, int]:
    """Return what the inputs give, which stand in `folder`, and how many warnings lint has.

    Raises:
        HandInRefusedError: inputs are missing or too many, lint finds errors, or they are of
            another unit or round than the manifest says.
    """
    _refuse_unfitting_paths(manifest, inputs)
    problems = checking.lint_round_files_without_git(folder, today=manifest.date, lang=_LANG)
    if select_errors(problems):
        raise _make_lint_refusal(folder, manifest, problems)
    _refuse_false_claims(manifest, RoundFiles(folder, _LANG).read_config().value)
    return compute_round(folder, manifest, inputs), len(problems)


def compute_round(folder: Path, manifest: Manifest, inputs: Mapping[str, bytes]) -> ComputedRound:
    """Return what the inputs in `folder` give, reckoned for the day of the manifest.

    Raises:
        FilesError: a file can't be read.
    """
    names = [SheetName.parse_name(name) for name in manifest.sheets]
    round_inputs = read_round_inputs(
        RoundFiles(folder, _LANG), manifest.round, names, manifest.date
    )
    digests = [(path, hashlib.sha256(data).hexdigest()) for path, data in sorted(inputs.items())]
    origin = DataOrigin(
        manifest.program,
        manifest.date,
        manifest.commit,
        round_inputs.list_input_records(digests, sanitised=manifest.sanitised),
        manifest.sanitised,
    )
    sheets: dict[str, tuple[Sheet, Assessment]] = {}

    def note_sheet(name: SheetName, sheet: Sheet, assessment: Assessment) -> None:
        sheets[str(name)] = (sheet, assessment)

    config = round_inputs.config.value
    row = config.rounds[manifest.round]
    data, _head = encode_round_inputs(round_inputs, row, origin, note_sheet=note_sheet)
    return ComputedRound(
        config, round_inputs.register, data, sheets, _list_checklists(round_inputs)
    )


def _list_checklists(round_inputs: RoundInputs) -> tuple[HandInChecklist, ...]:
    pins = round_inputs.config.value.checklists
    digests = {
        name: digest_with_prefix(file.text.encode())
        for name, file in round_inputs.checklists.items()
    }
    published = find_published_files(
        [(file.value, digests[name]) for name, file in round_inputs.checklists.items()]
    )
    rows = []
    for name, file in round_inputs.checklists.items():
        checklist, digest = file.value, digests[name]
        is_edition = digest in published.checklists.get(checklist.id, ())
        changed = seems_published_but_is_not(pins.get(name), checklist.id, digest, published)
        rows.append(
            HandInChecklist(
                pinned_as=name,
                id=checklist.id,
                version=checklist.version,
                digest=digest,
                origin="library" if is_edition else "changed" if changed else "other",
            )
        )
    return tuple(rows)


def _refuse_unfitting_paths(manifest: Manifest, inputs: Mapping[str, bytes]) -> None:
    names = [SheetName.parse_name(name) for name in manifest.sheets]
    wanted = paths_of_yaml_inputs(manifest.round, names)
    for path in sorted(inputs):
        if path not in wanted:
            raise HandInRefusedError(make_note("zip-unknown-file", f"{INPUTS_FOLDER}/{path}"))
    needed = {
        path
        for path in wanted
        if path == locations.CONFIG or locations.is_below_folder(path, locations.CHECKLISTS)
    }
    for path in sorted(needed.difference(inputs)):
        raise HandInRefusedError(make_note("input-missing", f"{INPUTS_FOLDER}/{path}"))


def _make_lint_refusal(
    folder: Path, manifest: Manifest, problems: list[Problem]
) -> HandInRefusedError:
    """Return the refusal with the errors of lint, in both languages."""
    in_english = checking.lint_round_files_without_git(folder, today=manifest.date, lang="en")
    pairs = zip(_sort_errors(problems), _sort_errors(in_english), strict=True)
    count = len(select_errors(problems))
    notes = [_make_problem_note(zh, en, count) for zh, en in list(pairs)[: _MOST_PROBLEMS + 1]]
    return HandInRefusedError(notes[0], tuple(notes[1:]))


def _sort_errors(problems: list[Problem]) -> list[Problem]:
    return sort_problems(select_errors(problems))


def _make_problem_note(zh: Problem, en: Problem, count: int) -> HandInNote:
    return make_note(
        "inputs-wrong",
        f"{INPUTS_FOLDER}/{zh.file}",
        f"{zh.line}:{zh.column}",
        problem=Bilingual(zh=zh.message, en=en.message),
        rule=zh.code,
        count=count,
    )


def _refuse_false_claims(manifest: Manifest, config: Config) -> None:
    """Refuse a manifest that says other things of unit and round than assess.yaml."""
    unit, organization = manifest.unit, config.organization
    if (unit.id, unit.name) != (organization.id, organization.name):
        raise HandInRefusedError(
            make_note(
                "unit-other",
                MANIFEST,
                "$.unit",
                claimed=describe_unit(unit.id, unit.name),
                actual=describe_unit(organization.id, organization.name),
            )
        )
    row = config.rounds.get(manifest.round)
    if row is None:
        path = f"{INPUTS_FOLDER}/{locations.CONFIG}"
        raise HandInRefusedError(make_note("round-missing", path, round=manifest.round))
    tag = _expect_tag(manifest, row)
    claims: tuple[tuple[str, str | int | None, str | int | None], ...] = (
        ("state", manifest.state, row.state),
        ("sheets", ", ".join(manifest.sheets), ", ".join(row.sheets)),
        ("tag", manifest.tag, tag),
        ("closing", manifest.closing, parse_closing_number_or_one(tag) if tag else None),
    )
    for field, claimed, actual in claims:
        if claimed != actual:
            words = {"field": field, "claimed": str(claimed or "–"), "actual": str(actual or "–")}
            raise HandInRefusedError(make_note("claim-other", MANIFEST, f"$.{field}", **words))


def _expect_tag(manifest: Manifest, row: Round) -> str | None:
    """Return the tag that the manifest must name: a sanitised assess.yaml does not tell it."""
    if row.state == "open":
        return None
    return manifest.tag if manifest.sanitised else find_tag_name_of_round(manifest.round, row)


def describe_unit(unit_id: str, name: str | Bilingual) -> Bilingual:
    """Return name and id of a unit."""
    zh, en = (name, name) if isinstance(name, str) else (name.zh or name.en, name.en or name.zh)
    return Bilingual(zh=f"{zh}（{unit_id}）", en=f"{en} ({unit_id})")
