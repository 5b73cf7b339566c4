"""Files by which a unit may cheat its office, and what must become of each.

They lie in one folder and are taken in at once, in the order of this module.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assess.workspace import Workspace
from assess.workspace.core.arriving_zip import make_stored_zip
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from hand_ins import (
    CHECKLIST,
    SHEET,
    TODAY,
    edited,
    files_of,
    forge,
    forge_with_fitting_data,
    zipped,
)
from report.proof.pdf import bombs

ROOT = Path(__file__).parent.parent.parent
ESCAPE = "\x1b[2J\x1b]0;owned\x07\u202e"
SCRIPT = "</script><img src=x onerror=alert(1)>"
CANARY = "executed"
"""A file that some of them would make if anything in them were run."""


class Units(NamedTuple):
    """What the cheats are made from."""

    honest: bytes
    """What the data bureau hands in."""
    last_year: Workspace
    """A workspace of the data bureau whose round is 2025."""
    other: bytes
    """What the education bureau hands in, unsigned; a signer of it is on record."""


class Cheat(NamedTuple):
    """A file, and what must become of it."""

    name: str
    make: Callable[[Units], bytes]
    outcome: str
    code: str
    """A remark of its receipt; '' where there need not be any."""


CHEATS: list[Cheat] = []


def cheat(
    outcome: str, code: str = "", name: str = ""
) -> Callable[[Callable[[Units], bytes]], Callable[[Units], bytes]]:
    """Register a file, which is called after the function and `name`."""

    def register(make: Callable[[Units], bytes]) -> Callable[[Units], bytes]:
        file_name = f"{len(CHEATS):02}-{name or f'{make.__name__}.zip'}"
        CHEATS.append(Cheat(file_name, make, outcome, code))
        return make

    return register


@cheat("taken")
def honest(units: Units) -> bytes:
    """Comes first; a file after it counts only with a remark."""
    return units.honest


@cheat("same-file")
def same_file_twice(units: Units) -> bytes:
    """Under another name."""
    return units.honest


@cheat("held", "older")
def older_after_newer(units: Units) -> bytes:
    """It would bring back answers that were mended."""
    dated = forge(units.honest, claims={"date": "2026-11-01"})
    return forge_with_fitting_data(dated, {})


@cheat("refused", "claim-other")
def manifest_lies(units: Units) -> bytes:
    """A second closing that never was."""
    return forge(units.honest, claims={"closing": 3, "tag": "round/2026.3"})


@cheat("refused", "member-other")
def inputs_other_than_digests(units: Units) -> bytes:
    """The manifest is the honest one, an answer is not."""
    files = files_of(units.honest) | edited(units.honest, SHEET, ("met", "nap"))
    return make_stored_zip(files)


@cheat("refused", "data-other")
def figures_made_better(units: Units) -> bytes:
    """The data are edited, the answers are not."""
    return forge(units.honest, edited(units.honest, "data.json", ('"findings":14', '"findings":0')))


@cheat("taken", "checklist-edited")
def checklist_made_easier(units: Units) -> bytes:
    """An item weighs less; sheet, data and manifest fit."""
    old = hashlib.sha256(files_of(units.honest)[CHECKLIST]).hexdigest()
    easier = edited(units.honest, CHECKLIST, ("weight: 2", "weight: 1"))
    sheet = edited(units.honest, SHEET, (old, hashlib.sha256(easier[CHECKLIST]).hexdigest()))
    return forge_with_fitting_data(units.honest, easier | sheet)


@cheat("held", "other-round")
def other_round(units: Units) -> bytes:
    """Last year's answers for this year's campaign."""
    return make_hand_in(units.last_year, HandInRequest("2025"), TODAY).data


@cheat("refused", "report-other-round")
def report_of_another_round(units: Units) -> bytes:
    """The PDF is of 2026, the answers beside it of 2025."""
    report = (ROOT / "reports" / "brief-en.pdf").read_bytes()
    return make_hand_in(units.last_year, HandInRequest("2025", report=report), TODAY).data


@cheat("refused", "report-other-answers")
def report_of_other_answers(units: Units) -> bytes:
    """A PDF of this program and this round, of another sheet."""
    report = (ROOT / "reports" / "qingxi-annual-en.pdf").read_bytes()
    return forge(units.honest, {"report.pdf": report})


@cheat("refused", "unit-other")
def name_of_another_unit(units: Units) -> bytes:
    """In the manifest alone."""
    unit = {"id": "education", "name": "示例市青溪区教育局"}
    return forge(units.honest, claims={"unit": unit})


@cheat("held", "unit-of-two")
def name_of_another_unit_in_its_inputs(units: Units) -> bytes:
    """In the inputs, too: by its id it is one unit, by its name another."""
    return _rename_unit(units.honest, "示例市青溪区教育局")


@cheat("held", "now-unsigned")
def without_the_signer_on_record(units: Units) -> bytes:
    """Whoever has no key hands in unsigned."""
    return units.other


@cheat("refused", "zip-ratio")
def zip_bomb(_units: Units) -> bytes:
    """30 MB of noughts in some kilobytes."""
    return zipped(
        lambda package: package.writestr("data.json", b"0" * 30_000_000), zipfile.ZIP_DEFLATED
    )


@cheat("refused", "zip-many-files")
def zip_of_many_files(_units: Units) -> bytes:
    """Six thousand members."""

    def add_many(package: zipfile.ZipFile) -> None:
        for number in range(6000):
            package.writestr(f"evidence/2026/{number}.txt", b"")

    return zipped(add_many)


@cheat("refused", "zip-unknown-file")
def path_outside(units: Units) -> bytes:
    """A member that would be written beside the office."""
    return forge(units.honest, {f"inputs/../../../../../{CANARY}": b"x"})


@cheat("refused", "zip-unknown-file")
def hook_of_git(units: Units) -> bytes:
    """A program where git looks for one."""
    hook = f"#!/bin/sh\ntouch {CANARY}\n".encode()
    return forge(units.honest, {"inputs/.git/hooks/post-commit": hook})


@cheat("refused", "zip-link")
def link_in_the_zip(_units: Units) -> bytes:
    """A member that is a link to a file of the office's machine."""
    member = zipfile.ZipInfo("inputs/assess.yaml")
    member.external_attr = 0o120777 << 16
    return zipped(lambda package: package.writestr(member, b"/etc/passwd"))


@cheat("refused", "inputs-wrong")
def yaml_that_runs(units: Units) -> bytes:
    """A tag by which some readers run a command."""
    text = f'!!python/object/apply:os.system ["touch {CANARY}"]\n'.encode()
    return forge(units.honest, {SHEET: text})


@cheat("refused", "zip-unknown-file")
def template_with_code(units: Units) -> bytes:
    """A template of the unit would be run by the office."""
    return forge(units.honest, {"inputs/templates/full/main.html": b"{{ 7 * 7 }}"})


@cheat("refused", "data-other")
def huge_json(units: Units) -> bytes:
    """8 MB of nested lists as the data."""
    return forge(units.honest, {"data.json": b"[" * 4_000_000 + b"]" * 4_000_000})


@cheat("refused", "manifest-unreadable")
def huge_manifest(units: Units) -> bytes:
    """3 MB of nested lists as a claim."""
    files = files_of(units.honest)
    files["manifest.json"] = b'{"format": ' + b"[" * 3_000_000
    return make_stored_zip(files)


@cheat("refused", "manifest-unprintable")
def escapes_in_the_name_of_the_unit(units: Units) -> bytes:
    """They would move the cursor of the office's terminal."""
    return forge(units.honest, claims={"unit": {"id": "qingxi-data", "name": f"数据局{ESCAPE}"}})


@cheat("taken", "unit-name")
def script_in_the_name_of_the_unit(units: Units) -> bytes:
    """In receipts it is text; the list of the office names the unit."""
    return _rename_unit(units.honest, SCRIPT)


@cheat("refused", "zip-damaged", f"{ESCAPE}<script>.zip")
def escapes_and_script_in_the_name_of_the_file(_units: Units) -> bytes:
    """Nothing but its name is of interest."""
    return b"PK\x03\x04" + b"x" * 50


@cheat("taken", "report-not-checked")
def pdf_with_script_as_the_report(units: Units) -> bytes:
    """A PDF that runs a script when a reader opens it, and is no report of this program."""
    return forge(units.honest, {"report.pdf": bombs.make_pdf_with_script()})


@cheat("refused", "report-not-genuine", "alone.pdf")
def pdf_with_script_alone(_units: Units) -> bytes:
    """The same, handed in by itself."""
    return bombs.make_pdf_with_script()


def _rename_unit(data: bytes, name: str) -> bytes:
    """Return a hand-in whose unit says in all places that it has another name."""
    config = edited(data, "inputs/assess.yaml", ("示例市青溪区数据局", name))
    unit = {"id": "qingxi-data", "name": {"zh": name, "en": "Qingxi District Data Bureau"}}
    claimed = forge(data, claims={"unit": unit})
    return forge_with_fitting_data(claimed, config)


def put_links_and_pipes(folder: Path, outside: Path) -> dict[str, str]:
    """Put into a folder what is no file; return the outcome of each by its name."""
    (folder / "link.zip").symlink_to(outside / "precious.zip")
    (folder / "link-to-folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.zip")
    return {"link.zip": "link", "link-to-folder": "link", "pipe.zip": "special-file"}
