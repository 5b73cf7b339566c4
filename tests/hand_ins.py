"""Hand-ins of the demo's closed round, honest ones and forged ones."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from assess.model.hand_in import Manifest
from assess.workspace import Workspace
from assess.workspace.core.arriving_zip import make_stored_zip
from assess.workspace.hand_in.inputs import compute_round, lay_out_inputs
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.hand_in.manifest import make_member_records
from assess.workspace.rounds.close import close_round
from assess.workspace.setup.demo import make_demo_workspace

TODAY = date(2026, 12, 2)
NOW = datetime(2026, 11, 28, 1, tzinfo=UTC)
ROUND = "2026"
SHEET = "inputs/answers/2026/egov-network.yaml"
CHECKLIST = "inputs/checklists/egov-network.yaml"
SCAN = b"%PDF-1.4 a scan of the stamped page"
CLOCK = {f"GIT_{who}_DATE": NOW.isoformat() for who in ("AUTHOR", "COMMITTER")}


def closed_demo(root: Path) -> Workspace:
    """Make the demo's workspace, and close its round with a scan of the stamped page."""
    made = make_demo_workspace(root, "en")
    scan = root.with_name("scan.pdf")
    scan.write_bytes(SCAN)
    close_round(made, ROUND, today=NOW.date(), now=NOW, by="wang-min", signed=scan, environ=CLOCK)
    scan.unlink()
    return made


def hand_in_of(workspace: Workspace, **chosen: Any) -> bytes:
    """Return the hand-in of the round."""
    return make_hand_in(workspace, HandInRequest(ROUND, **chosen), TODAY).data


def files_of(data: bytes) -> dict[str, bytes]:
    """Return the files of a hand-in."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def forge(
    data: bytes,
    changes: Mapping[str, bytes | None] | None = None,
    claims: Mapping[str, Any] | None = None,
) -> bytes:
    """Return a hand-in with other files (None: without them), and a manifest that fits them.

    `claims` are other values of the manifest.
    """
    files = files_of(data)
    manifest = json.loads(files.pop("manifest.json"))
    for path, content in (changes or {}).items():
        if content is None:
            del files[path]
        else:
            files[path] = content
    manifest["members"] = [
        {"path": row.path, "size": row.size, "sha256": row.sha256}
        for row in make_member_records(files)
    ]
    manifest |= claims or {}
    text = json.dumps(manifest, ensure_ascii=False).encode()
    return make_stored_zip(files | {"manifest.json": text})


def edited(data: bytes, path: str, *changes: tuple[str, str]) -> dict[str, bytes]:
    """Return one of the files of a hand-in with texts replaced, as a change for `forge`."""
    text = files_of(data)[path].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text.encode()}


def forge_with_fitting_data(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Return a hand-in with other inputs, and the data that the program itself makes of them."""
    made = forge(data, changes)
    manifest = msgspec.json.decode(files_of(made)["manifest.json"], type=Manifest)
    inputs = {
        path.removeprefix("inputs/"): content
        for path, content in files_of(made).items()
        if path.startswith("inputs/")
    }
    with tempfile.TemporaryDirectory() as folder:
        lay_out_inputs(Path(folder), inputs)
        return forge(made, {"data.json": compute_round(Path(folder), manifest, inputs).data})


def zipped(add: Callable[[zipfile.ZipFile], None], packing: int = zipfile.ZIP_STORED) -> bytes:
    """Return a ZIP of what `add` writes into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        add(package)
    return out.getvalue()
