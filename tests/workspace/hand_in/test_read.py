"""Hand-ins of units that cheat, and files that are none: each is refused or remarked on."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess import __version__
from assess.i18n import LANGS
from assess.workspace.core.arriving_zip import make_stored_zip
from assess.workspace.hand_in import archive, inputs
from assess.workspace.hand_in.archive import is_allowed_path
from assess.workspace.hand_in.outcome import (
    AcceptedHandIn,
    HandIn,
    HandInNote,
    RefusedHandIn,
    make_note,
)
from assess.workspace.hand_in.read import read_hand_in
from assess.workspace.hand_in.words import SENTENCES, UNFINISHED
from hand_ins import (
    CHECKLIST,
    ROUND,
    SCAN,
    SHEET,
    TODAY,
    closed_demo,
    edited,
    files_of,
    forge,
    forge_with_fitting_data,
    hand_in_of,
    zipped,
)
from samples import Samples

RED = "\x1b[31mPASS"
DEEP = 100_000
Read = Callable[[bytes], HandIn]


@pytest.fixture(scope="module")
def honest(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The hand-in of a closed round, with its evidence."""
    workspace = samples.copy(closed_demo, tmp_path_factory.mktemp("unit") / "unit")
    return hand_in_of(workspace, with_evidence=True)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a file as the child does, and see that nothing is written beside its folder."""
    numbers = itertools.count()

    def read_and_look(data: bytes) -> HandIn:
        desk = tmp_path / f"desk-{next(numbers)}"
        folder = desk / "inner" / "inputs"
        folder.mkdir(parents=True)
        outcome = read_hand_in(data, folder, TODAY)
        assert [path.name for path in tmp_path.iterdir() if "desk-" not in path.name] == []
        assert [path.name for path in desk.iterdir()] == ["inner"]
        assert [path.name for path in folder.parent.iterdir()] == ["inputs"]
        assert not any(path.is_symlink() for path in folder.rglob("*"))
        assert outcome.digest == hashlib.sha256(data).hexdigest()
        for note, lang in itertools.product(notes_of(outcome), LANGS):
            sentence = note.write_sentence(lang)
            assert sentence.isprintable()
            assert len(sentence) < 2000
        return outcome

    return read_and_look


def notes_of(outcome: HandIn) -> tuple[HandInNote, ...]:
    """Return all notes of an outcome."""
    if isinstance(outcome, AcceptedHandIn):
        return outcome.remarks
    return (outcome.reason, *outcome.others)


def refused(outcome: HandIn) -> tuple[str, str, str]:
    """Return code, file and place of the reason for which a file is refused."""
    assert isinstance(outcome, RefusedHandIn), outcome.remarks
    return outcome.reason.code, outcome.reason.member, outcome.reason.place


def remarked(outcome: HandIn) -> list[tuple[str, str]]:
    """Return code and file of the remarks on an accepted file."""
    assert isinstance(outcome, AcceptedHandIn), outcome.reason
    return [(note.code, note.member) for note in outcome.remarks]


def test_the_honest_one_is_in_order(honest: bytes, read: Read) -> None:
    """Also made again by the helpers that forge the others."""
    assert remarked(read(honest)) == []
    assert remarked(read(forge_with_fitting_data(honest, {}))) == []


# What is answered


def answered_anew(data: bytes, share: float = 1, **answer: str) -> bytes:
    """Return a hand-in with this answer to a share of its sheet's items, and data that fit."""
    text = files_of(data)[SHEET].decode()
    answers = yaml.safe_load(text)["answers"]
    for key in itertools.islice(answers, int(share * len(answers))):
        row = answers[key]
        answers[key] = {name: row[name] for name in ("fingerprint", "by", "at")} | answer
    head = text[: text.index("\nanswers:") + 1]
    sheet = head + yaml.safe_dump({"answers": answers}, allow_unicode=True)
    return forge_with_fitting_data(data, {SHEET: sheet.encode()})


def test_facts_that_leave_much_of_a_sheet_out_are_remarked_on(honest: bytes, read: Read) -> None:
    """Some items that a fact leaves out are no reason to ask."""
    settings = "inputs/assess.yaml"
    one_fact = [("mobile_office: true", "mobile_office: false")]
    all_facts = [(": true", ": false")]
    for changes, is_remarked in ((one_fact, False), (all_facts, True)):
        outcome = read(forge_with_fitting_data(honest, edited(honest, settings, *changes)))
        assert (("many-left-out", SHEET) in remarked(outcome)) is is_remarked


def test_a_sheet_of_which_much_does_not_apply_is_remarked_on(honest: bytes, read: Read) -> None:
    """A point as the reason is one; without any, the sheet is refused."""
    for share, is_remarked in ((0.25, False), (0.4, True), (1, True)):
        outcome = read(answered_anew(honest, share, status="not_applicable", note="."))
        assert (("many-inapplicable", SHEET) in remarked(outcome)) is is_remarked
    assert refused(read(answered_anew(honest, status="not_applicable")))[0] == "inputs-wrong"


def test_answers_without_a_time_are_counted(honest: bytes, read: Read) -> None:
    """Whoever removes the times hides from which year the answers are."""
    text = files_of(honest)[SHEET].decode()
    timeless = re.sub(r'(?m)^    at: ".*\n', "", text)
    outcome = read(forge_with_fitting_data(honest, {SHEET: timeless.encode()}))
    assert ("times-lacking", "") in remarked(outcome)
    assert isinstance(outcome, AcceptedHandIn)
    assert outcome.newest_answer is not None
    assert outcome.newest_answer.year == 2026


def test_a_full_copy_that_says_that_it_is_sanitised_is_remarked_on(
    honest: bytes, read: Read
) -> None:
    """Notes and names of people are there; a sanitised copy has pseudonyms."""
    bare = forge(
        honest,
        {path: None for path in files_of(honest) if path.startswith(("signed/", "evidence/"))},
        {"sanitised": True},
    )
    assert ("not-sanitised", "") in remarked(read(forge_with_fitting_data(bare, {})))


# What is claimed


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"tag": "round/2026.2"}, ("claim-other", "manifest.json", "$.tag")),
        ({"tag": None}, ("claim-other", "manifest.json", "$.tag")),
        ({"state": "open"}, ("claim-other", "manifest.json", "$.state")),
        ({"closing": 2}, ("claim-other", "manifest.json", "$.closing")),
        (
            {"sheets": ["self-built-systems@portal", "egov-network"]},
            ("claim-other", "manifest.json", "$.sheets"),
        ),
        ({"sheets": ["self-built-systems@portal"]}, ("zip-unknown-file", SHEET, "")),
        (
            {"sheets": ["egov-network", "self-built-systems@portal", "app-personal-info"]},
            ("input-missing", "inputs/checklists/app-personal-info.yaml", ""),
        ),
        ({"commit": "HEAD"}, ("manifest-unreadable", "manifest.json", "$.commit")),
        ({"members": "all"}, ("manifest-unreadable", "manifest.json", "$.members")),
        ({"format": "assess/data/1"}, ("manifest-unreadable", "manifest.json", "$.format")),
        ({"format": "assess/hand-in/2"}, ("manifest-newer", "manifest.json", "")),
    ],
)
def test_a_manifest_that_lies(
    honest: bytes, read: Read, claims: dict[str, Any], reason: tuple[str, str, str]
) -> None:
    """It says other things than assess.yaml, has another form, or is of a newer program."""
    assert refused(read(forge(honest, claims=claims))) == reason


def test_files_that_the_manifest_does_not_fit(honest: bytes, read: Read) -> None:
    """A digest or a size is wrong; a file is missing, not named, or named twice."""
    rows = json.loads(files_of(honest)["manifest.json"])["members"]
    scan = next(row["path"] for row in rows if row["path"].startswith("signed/"))
    absent = {"path": "signed/other.pdf", "size": 1, "sha256": "0" * 64}
    for members, reason in (
        ([{**row, "sha256": "0" * 64} for row in rows], ("member-other", rows[0]["path"], "")),
        ([{**row, "size": 1} for row in rows], ("member-other", rows[0]["path"], "")),
        ([row for row in rows if row["path"] != scan], ("member-unnamed", scan, "")),
        ([*rows, absent], ("member-missing", "signed/other.pdf", "")),
        ([*rows, rows[0]], ("member-twice", rows[0]["path"], "")),
    ):
        assert refused(read(forge(honest, claims={"members": members}))) == reason
    without = forge(honest, {"data.json": None})
    assert refused(read(without)) == ("data-missing", "data.json", "")
    files = files_of(honest)
    del files["manifest.json"]
    assert refused(read(make_stored_zip(files))) == ("manifest-missing", "manifest.json", "")


def test_another_unit(honest: bytes, read: Read) -> None:
    """The manifest names a unit, and the inputs are those of another; both are named."""
    unit = {"id": "tax-office", "name": "示例市青溪区税务局"}
    outcome = read(forge(honest, claims={"unit": unit}))
    assert refused(outcome) == ("unit-other", "manifest.json", "$.unit")
    assert isinstance(outcome, RefusedHandIn)
    assert outcome.manifest is not None
    assert outcome.manifest.unit.id == "tax-office"
    sentence = outcome.reason.write_sentence("zh")
    assert "示例市青溪区税务局（tax-office）" in sentence
    assert "示例市青溪区数据局（qingxi-data）" in sentence


def test_another_round(honest: bytes, read: Read) -> None:
    """The manifest names a round that the inputs do not have, with sheets or without any."""
    assert refused(read(forge(honest, claims={"round": "2025"})))[0] == "zip-unknown-file"
    beside = ("inputs/answers/", "inputs/checklists/")
    without = {path: None for path in files_of(honest) if path.startswith(beside)}
    outcome = read(forge(honest, without, {"round": "2025", "sheets": []}))
    assert refused(outcome) == ("round-missing", "inputs/assess.yaml", "")


def test_control_characters_in_what_is_claimed(honest: bytes, read: Read) -> None:
    """No sentence moves the cursor of a terminal or looks like two."""
    for claims in (
        {"unit": {"id": "qingxi-data", "name": f"数据局{RED}"}},
        {"unit": {"id": "qingxi-data", "name": {"zh": "数据局\nIN ORDER"}}},
        {"tag": "round/\u202e6202"},
    ):
        outcome = read(forge(honest, claims=claims))
        assert refused(outcome)[0] == "manifest-unprintable"
    long = {"id": "qingxi-data", "name": {"zh": "数" * 10_000}}
    outcome = read(forge(honest, claims={"unit": long}))
    assert refused(outcome) == ("manifest-unreadable", "manifest.json", "")
    outcome = read(forge(honest, claims={"program": RED}))
    assert refused(outcome) == ("manifest-unreadable", "manifest.json", "$.program")


def test_days_that_hide_what_is_overdue(honest: bytes, read: Read) -> None:
    """A day before the newest answer, or after today, is remarked on."""
    for day, code in (("2026-10-15", "date-before-answers"), ("2027-01-01", "date-later")):
        claimed = forge(honest, claims={"date": day})
        assert (code, "") in remarked(read(forge_with_fitting_data(claimed, {})))


# What the inputs say


def test_a_checklist_that_was_made_easier(honest: bytes, read: Read) -> None:
    """Lint finds what does not fit it; fitted to it in every place, it is remarked on and named."""
    old = f"sha256:{hashlib.sha256(files_of(honest)[CHECKLIST]).hexdigest()}"
    easier = edited(honest, CHECKLIST, ("weight: 2", "weight: 1"))
    new = f"sha256:{hashlib.sha256(easier[CHECKLIST]).hexdigest()}"
    fitted = easier | edited(honest, SHEET, (old, new))
    outcome = read(forge_with_fitting_data(honest, fitted))
    assert ("checklist-changed", CHECKLIST) in remarked(outcome)
    assert isinstance(outcome, AcceptedHandIn)
    assert [(row.pinned_as, row.origin) for row in outcome.checklists] == [
        ("egov-network", "changed"),
        ("self-built-systems", "library"),
    ]
    assert outcome.checklists[0].digest == new


def test_data_that_was_edited(honest: bytes, read: Read) -> None:
    """Also where it is no data at all; the place of the first other value is named."""
    fewer = edited(honest, "data.json", ('"findings":14', '"findings":0'))
    assert refused(read(forge(honest, fewer))) == (
        "data-other",
        "data.json",
        "$.sheets[0].findings",
    )
    longer = files_of(honest)["data.json"].replace(b'"bands":[', b'"bands":["x",', 1)
    assert refused(read(forge(honest, {"data.json": longer})))[0] == "data-other"
    for text in (b"{", b"[" * DEEP, b"\xff", b"{}"):
        assert refused(read(forge(honest, {"data.json": text})))[:2] == ("data-other", "data.json")


def test_data_of_another_version_of_the_program(honest: bytes, read: Read) -> None:
    """Another version may reckon otherwise: the office has the figures of its own program."""
    changes = edited(honest, "data.json", (f'"program":"{__version__}"', '"program":"9.9"'))
    same = read(forge(honest, changes, {"program": "9.9"}))
    assert remarked(same) == []
    changes = {"data.json": changes["data.json"].replace(b'"findings":14', b'"findings":0')}
    outcome = read(forge(honest, changes, {"program": "9.9"}))
    assert remarked(outcome) == [("data-other-program", "data.json")]
    assert isinstance(outcome, AcceptedHandIn)
    assert b'"findings":14' in outcome.data


def test_inputs_with_errors(honest: bytes, read: Read) -> None:
    """Each error of lint is named with file, line and column, in both languages."""
    broken = edited(honest, SHEET, ("status: met", "status: perfect"))
    outcome = read(forge(honest, broken))
    code, member, place = refused(outcome)
    assert (code, member) == ("inputs-wrong", SHEET)
    line, column = map(int, place.split(":"))
    assert "perfect" in broken[SHEET].decode().splitlines()[line - 1][column - 1 :]
    assert isinstance(outcome, RefusedHandIn)
    assert len(outcome.others) == inputs._MOST_PROBLEMS
    assert "errors in all: " in outcome.reason.write_sentence("en")
    assert outcome.reason.write_sentence("zh") != outcome.reason.write_sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        b"[" * DEEP,
        b"{a: " * DEEP,
        b"a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        b"a: !!python/object/apply:os.system [touch /tmp/x]\n",
        b"\xff\xfe",
        b"answers: \x1b[31m\n",
        b"",
    ],
)
@pytest.mark.parametrize("path", [SHEET, "inputs/assess.yaml"])
def test_yaml_that_is_an_attack(honest: bytes, read: Read, path: str, text: bytes) -> None:
    """Deep nesting, aliases, objects of Python, other encodings, control characters, nothing."""
    assert refused(read(forge(honest, {path: text})))[:2] == ("inputs-wrong", path)


def test_a_manifest_that_is_nested_deep(honest: bytes, read: Read) -> None:
    """Also where a reader would pass over the field."""
    files = files_of(honest)
    for text in (b"[" * DEEP, b'{"format":"assess/hand-in/1","x":' + b"[" * DEEP, b"", b"\xff"):
        outcome = read(make_stored_zip(files | {"manifest.json": text}))
        assert refused(outcome)[:2] == ("manifest-unreadable", "manifest.json")


# Files beside the inputs


def test_a_scan_that_is_another(honest: bytes, read: Read) -> None:
    """It must be the file that assess.yaml and the register name, and a PDF or a picture."""
    path = next(path for path in files_of(honest) if path.startswith("signed/"))
    assert refused(read(forge(honest, {path: b"%PDF another"}))) == ("scan-other", path, "")
    second = forge(honest, {"signed/z.pdf": SCAN})
    assert refused(read(second)) == ("scan-other", "signed/z.pdf", "")
    register = "inputs/evidence/register.yaml"
    script = b"<script>alert(1)</script>"
    digests = (hashlib.sha256(SCAN).hexdigest(), hashlib.sha256(script).hexdigest())
    sizes = (f"size: {len(SCAN)}", f"size: {len(script)}")
    changes = edited(honest, register, digests, sizes) | {path: script}
    assert refused(read(forge_with_fitting_data(honest, changes))) == ("scan-kind", path, "")


def test_evidence_that_is_not_registered(honest: bytes, read: Read) -> None:
    """A file that the register does not name, or of other bytes."""
    topology = "evidence/2026/topology.png"
    assert refused(read(forge(honest, {topology: b"other"}))) == ("evidence-other", topology, "")
    stray = "evidence/2026/run.sh"
    assert refused(read(forge(honest, {stray: b"#!/bin/sh\n"}))) == ("evidence-other", stray, "")


# The ZIP itself


@pytest.mark.parametrize(
    "name",
    [
        "../assess.yaml",
        "inputs/../../assess.yaml",
        "/etc/passwd",
        "inputs/answers/../../x.yaml",
        "inputs\\assess.yaml",
        "C:/assess.yaml",
        f"inputs/answers/2026/{RED}.yaml",
        "inputs/answers/2026/<script>alert(1)</script>.yaml",
        "evidence/2026/\u202egnp.exe",
        "evidence/.git/hooks/post-checkout",
        "inputs/.gitattributes",
        "inputs/answers/2026/con.yaml",
        "inputs/templates/full/main.html",
        "inputs/answers/2026/x.sh",
        "evidence/2026/a.",
        "readme.txt",
        "report.pdf.exe",
        "evidence",
        "evidence/" + "x" * 250,
    ],
)
def test_names_that_lead_elsewhere(honest: bytes, read: Read, name: str) -> None:
    """With escapes, script, drives, hidden files, devices, or in no place of a hand-in."""
    assert not is_allowed_path(name)
    outcome = read(forge(honest, {name: b"x"}))
    assert refused(outcome)[0] == "zip-unknown-file"


def test_paths_that_clash(honest: bytes, read: Read) -> None:
    """One file on some systems, or a file that is the folder of another; or a path twice."""
    for path in ("evidence/2026/Topology.png", "evidence/2026/topology.png/x.png"):
        assert refused(read(forge(honest, {path: b"x"})))[0] == "zip-same-path"

    def add_twice(package: zipfile.ZipFile) -> None:
        package.writestr("data.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("data.json", b"[]")

    assert refused(read(zipped(add_twice))) == ("zip-same-path", "data.json", "")


def test_bombs(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks to much, many of them, and one that says that it is small."""

    def add_blanks(package: zipfile.ZipFile) -> None:
        package.writestr("data.json", b" " * (1 << 22))

    bomb = zipped(add_blanks, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    assert refused(read(bomb)) == ("zip-ratio", "data.json", "")
    lie = bomb.replace((1 << 22).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert refused(read(lie))[0] == "zip-damaged"
    with monkeypatch.context() as patch:
        patch.setitem(archive._MOST_BY_FOLDER, "data.json", 1000)
        assert refused(read(zipped(add_blanks))) == ("zip-file-large", "data.json", "")
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_OF_A_HAND_IN", 1000)
        assert refused(read(zipped(add_blanks))) == ("zip-large", "", "")


def test_inputs_that_are_too_large_together(
    honest: bytes, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is small enough; a workspace never has so many bytes."""
    monkeypatch.setattr(archive, "_MOST_OF_INPUTS", 1000)
    assert refused(read(honest)) == ("zip-unpacked-large", "inputs", "")


@pytest.mark.parametrize("count", [60_000, 100_000])
def test_a_hundred_thousand_files(read: Read, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """They are not even listed, also where the end record says that they are few."""

    def add_many(package: zipfile.ZipFile) -> None:
        for number in range(count):
            package.writestr(f"evidence/2026/{number}.txt", b"")

    data = zipped(add_many)
    few = data[:-12] + (7).to_bytes(2, "little") + data[-10:]
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(read(data)) == ("zip-many-files", "", "")
    assert refused(read(few))[0] in ("zip-many-files", "zip-form")


def test_links_and_devices(read: Read) -> None:
    """A link to a file of the office's machine is no input."""
    for mode in (0o120777, 0o020666, 0o010644):

        def add_link(package: zipfile.ZipFile, mode: int = mode) -> None:
            member = zipfile.ZipInfo("inputs/assess.yaml")
            member.external_attr = mode << 16
            package.writestr(member, b"/etc/passwd")

        assert refused(read(zipped(add_link))) == ("zip-link", "inputs/assess.yaml", "")


def test_an_encrypted_one(honest: bytes, read: Read) -> None:
    """Nobody asks for a password."""
    changed = bytearray(honest)
    changed[honest.index(b"PK\x01\x02") + 8] |= 1
    assert refused(read(bytes(changed)))[0] == "zip-encrypted"


def _repacked(data: bytes) -> bytes:
    def add_files(package: zipfile.ZipFile) -> None:
        for name, content in files_of(data).items():
            package.writestr(name, content)

    return zipped(add_files, zipfile.ZIP_DEFLATED)


def _commented(data: bytes) -> bytes:
    return data[:-2] + b"\5\0" + b"hello"


def _with_hidden_bytes(data: bytes) -> bytes:
    """Put bytes between the last file and the directory, where no reader looks."""
    size, start = (int.from_bytes(data[at:][:4], "little") for at in (-10, -6))
    end = data[-22:-6] + (start + 6).to_bytes(4, "little") + data[-2:]
    assert size + start + 22 == len(data)
    return data[:start] + b"hidden" + data[start:-22] + end


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data + b"trailing", "zip-form"),
        (lambda data: data + data, "zip-form"),
        (lambda data: b"#!/bin/sh\n" + data, "zip-form"),
        (_commented, "zip-form"),
        (_with_hidden_bytes, "zip-form"),
        (_repacked, "zip-form"),
        (lambda data: data[:-30], "zip-damaged"),
        (lambda data: data[: len(data) // 2], "zip-damaged"),
        (lambda data: data.replace(b"status: met", b"status: mee"), "zip-damaged"),
        (lambda _data: b"", "zip-damaged"),
        (lambda _data: b"%PDF-1.7\n", "zip-damaged"),
        (lambda _data: b"PK\x05\x06", "zip-damaged"),
        (lambda _data: b"PK\x05\x06" + b"\0" * 18, "manifest-missing"),
    ],
)
def test_a_file_that_assess_submit_did_not_write(
    honest: bytes, read: Read, change: Callable[[bytes], bytes], code: str
) -> None:
    """Bytes before, between and behind the files, other packing, cut off, damaged, no ZIP."""
    assert refused(read(change(honest)))[0] == code


# The sentences


def test_every_sentence_has_both_languages() -> None:
    """And each code of unfinished work is one of them."""
    assert set(UNFINISHED) <= set(SENTENCES)


def test_a_note_is_one_harmless_line() -> None:
    """Whatever a stranger's words are, and however long."""
    note = make_note("manifest-newer", "a\nb", RED, format="x" * 10_000)
    sentence = note.write_sentence("en")
    assert sentence.isprintable()
    assert len(sentence) < 500
    assert ROUND in make_note("not-closed", round=ROUND).write_sentence("zh")
