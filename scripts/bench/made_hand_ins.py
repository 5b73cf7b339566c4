"""Hand-ins of any number of units, for measuring: made from the library, with different answers."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from assess.model.item import find_kind_of_item
from assess.model.receipt import Receipt, ReceivedFile
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.arriving_zip import make_stored_zip
from assess.workspace.hand_in.archive import unpack_hand_in
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.hand_in.manifest import make_member_records
from assess.workspace.office.campaigns import CampaignPlan, add_campaign
from assess.workspace.office.commit_office import commit_office_files
from assess.workspace.office.inbox import keep_in_inbox, make_incoming_file
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from assess.workspace.office.receipt_rows import find_free_number
from assess.workspace.office.units import UnitRow, import_units
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace

CHECKLISTS = ("mlps-iot", "mlps-mobile", "mlps-ics", "workforce", "accountability")
"""Five sheets of a unit."""

ROUND = "2026"
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
VARIANTS = 8
"""Units that answer differently; the others answer as one of them."""

_STATUSES = ("met", "met", "partial", "met", "unmet", "met", "met")
_CATEGORIES = ("部门", "乡镇街道", "企事业")
_IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "王敏"), ("EMAIL", "wang.min@qingxi.example"))
}


def set_git_identity() -> None:
    """Let commits of this process have a user, whatever git knows."""
    os.environ.update(_IDENTITY)


def make_unit_workspace(root: Path, number: int) -> Workspace:
    """Make the workspace of a unit, answered by its number and committed."""
    made = make_and_commit_workspace(
        root,
        organization=name_unit(number),
        organization_id=make_unit_id(number),
        language="zh",
        checklists=CHECKLISTS,
        systems=("portal",),
        today=DAY,
        lang="zh",
    )
    for place, name in enumerate(made.list_sheets(ROUND)):
        sheet = made.open_sheet(name, ROUND)
        answers = {
            key: {"status": _STATUSES[(row * 3 + number + place) % len(_STATUSES)], "note": "已核"}
            for row, (key, item) in enumerate(sheet.checklist.items().items())
            if find_kind_of_item(item) == "conformity"
        }
        sheet.write_answers(answers, by=None, now=NOW, lang="zh")
    commit_all_files(made, "x")
    return made


def make_variants(folder: Path) -> list[bytes]:
    """Return the hand-ins of units that answer differently."""
    return [
        make_hand_in(make_unit_workspace(folder / f"{n}", n), HandInRequest(ROUND), DAY).data
        for n in range(VARIANTS)
    ]


def make_unit_id(number: int) -> str:
    """Return the id of a unit; all are of one length."""
    return f"unit-{number:06}"


def name_unit(number: int) -> str:
    """Return the name of a unit; all are of one length."""
    return f"示例市青溪区第{number:06}单位"


def rename_unit(variants: list[bytes], number: int) -> bytes:
    """Return the hand-in of a unit, which answers as one of the variants."""
    place = number % len(variants)
    files = dict(unpack_hand_in(variants[place]))
    manifest = files.pop("manifest.json")
    swaps = _list_swaps(place, number)
    for path in [path for path in files if path.startswith("inputs/")]:
        renamed = _swap(files[path], swaps)
        if renamed != files[path]:
            swaps[_digest(files[path])] = _digest(renamed)
            files[path] = renamed
    files["data.json"] = _swap(files["data.json"], swaps)
    claims = json.loads(_swap(manifest, swaps))
    claims["members"] = [
        {"path": row.path, "size": row.size, "sha256": row.sha256}
        for row in make_member_records(files)
    ]
    text = json.dumps(claims, ensure_ascii=False).encode()
    return make_stored_zip(files | {"manifest.json": text})


def rename_data(variants: list[bytes], number: int) -> bytes:
    """Return the data of a unit from the data of the variants; digests stay as they are."""
    place = number % len(variants)
    return _swap(variants[place], _list_swaps(place, number))


def choose_category(number: int) -> str:
    """Return the category of a unit."""
    return _CATEGORIES[number % len(_CATEGORIES)]


def _list_swaps(old: int, new: int) -> dict[bytes, bytes]:
    return {
        make_unit_id(old).encode(): make_unit_id(new).encode(),
        name_unit(old).encode(): name_unit(new).encode(),
    }


def _swap(data: bytes, swaps: Mapping[bytes, bytes]) -> bytes:
    for old, new in swaps.items():
        data = data.replace(old, new)
    return data


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def receive_hand_ins(office: Office, variants: list[bytes], numbers: range) -> None:
    """Leave hand-ins in the inbox with a receipt each, as taking them in does.

    The receipts are those of the variants, which were taken in, for other units and other files.
    """
    receipts = office.open_receipts(ROUND)
    samples = {receipt.unit: receipt for receipt in receipts.value.receipts.values()}
    rows: dict[str, Receipt] = dict(receipts.value.receipts)
    edits = []
    for number in numbers:
        file = make_incoming_file(f"{make_unit_id(number)}.zip", rename_unit(variants, number))
        keep_in_inbox(office, file)
        receipt = msgspec.structs.replace(
            samples[make_unit_id(number % len(variants))],
            unit=make_unit_id(number),
            file=ReceivedFile(name=file.name, digest=file.digest, size=len(file.data)),
        )
        key = find_free_number(rows, file.digest, DAY)
        rows[key] = receipt
        edits.append(FieldEdit(("receipts", key), receipt))
    receipts.save(edits)


def make_office_of_units(root: Path, count: int) -> Office:
    """Make the folder of an office with so many units, and a campaign that issues the library."""
    office, _committed = make_and_commit_office(
        root, name="示例市青溪区网信办", language="zh", lang="zh"
    )
    rows = [
        UnitRow(
            number + 2,
            {
                "id": make_unit_id(number),
                "name": name_unit(number),
                "category": choose_category(number),
            },
        )
        for number in range(count)
    ]
    import_units(office, rows)
    plan = CampaignPlan(ROUND, "2026 年自查", date(2026, 11, 1), date(2026, 12, 15), CHECKLISTS)
    add_campaign(office, plan)
    commit_office_files(office, "x")
    return office
