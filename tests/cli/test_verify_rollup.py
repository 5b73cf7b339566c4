"""`assess verify` of the circular of a roll-up, in the folder of the office."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from assess.cli.common import context
from assess.report.proof.sign import SigningKey
from cli.conftest import Assess, EnterCopy, Ran
from hand_ins import closed_demo
from report import office as reports
from report import signing
from rollup_units import (
    TODAY,
    MadeOffice,
    make_office_with_hand_ins,
    read_made_office,
    run_command,
)
from samples import Samples


def make_office_with_circular(place: Path) -> None:
    """Make the office that took in five hand-ins, and its circular."""
    make_office_with_hand_ins(place)
    run_command(place / "office", "rollup", "make", "--format", "pdf")


@pytest.fixture
def office(samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeOffice:
    """The current folder is that of an office with its circular; made once a run."""
    samples.copy_place(make_office_with_circular, tmp_path / "place")
    made = read_made_office(tmp_path / "place")
    monkeypatch.chdir(made.root)
    return made


def find_circular(office: MadeOffice) -> Path:
    """Return the circular that was made with the office."""
    return office.root / "rollups" / "2026" / "rollup-2026.pdf"


def make_circular(assess: Assess, *words: str) -> Path:
    """Make the circular as PDF, and return its path."""
    ran = assess("rollup", "make", "--format", "pdf", "--json", *words)
    assert ran.code == 0, ran.err
    (path,) = json.loads(ran.out)["files"]
    return Path(path)


def verify(assess: Assess, path: Path) -> tuple[int, str, list[str]]:
    """Return exit code, verdict and the codes of the causes."""
    ran = assess("verify", str(path), "--json")
    row = json.loads(ran.out)
    return ran.code, row["verdict"], [cause["code"] for cause in row["causes"]]


def git(root: Path, *words: str) -> str:
    """Run git in the office's folder, and return what it prints."""
    done = subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)
    return done.stdout.decode().strip()


def test_it_is_genuine_and_says_by_which_commit(office: MadeOffice, assess: Assess) -> None:
    """Made again from the committed files and the inbox, byte for byte; nothing is written."""
    path = find_circular(office)
    before = sorted(office.root.rglob("*"))
    ran = assess("verify", str(path))
    assert ran.code == 0
    head = git(office.root, "rev-parse", "HEAD")
    assert ran.out.splitlines() == [
        "GENUINE: byte for byte what the commit gives",
        f"commit with these files: {head}",
        "campaign: 2026",
        "category: all units",
        "state as of: 2026-11-30",
    ]
    assert [each for each in sorted(office.root.rglob("*")) if ".git" not in each.parts] == [
        each for each in before if ".git" not in each.parts
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--category", "部门"),
        ("--anonymous",),
        (
            "--lang",
            "en",
            "--marking",
            "内部 🇨🇭",
            "--number",
            "青网信〔2026〕5 号",
            "--copy-to",
            "区委办",
        ),
    ],
)
def test_however_it_was_made(office: MadeOffice, assess: Assess, words: tuple[str, ...]) -> None:
    """Category, labels, language, marking, number and copies are in its provenance."""
    assert verify(assess, make_circular(assess, *words)) == (0, "genuine", [])


def test_what_came_in_later_does_not_matter(
    office: MadeOffice, assess: Assess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The commit of then is found, on whatever day it is verified."""
    path = find_circular(office)
    commit = git(office.root, "rev-parse", "HEAD~1")
    monkeypatch.setattr(context, "clock", lambda: TODAY + timedelta(days=90))
    words = ("--reason", "x", "--item", "rollup-check/R1")
    assert assess("rollup", "return", "education", *words).code == 0
    junk = tmp_path / "junk.zip"
    junk.write_bytes(b"PK\x03\x04")
    assert assess("rollup", "take", str(junk)).code == 1
    row = json.loads(assess("verify", str(path), "--json").out)
    assert (row["verdict"], row["campaign"]) == ("genuine", "2026")
    assert git(office.root, "merge-base", commit, row["commit"]) == commit


def test_a_signed_one(office: MadeOffice, assess: Assess, tmp_path: Path) -> None:
    """Its signature is named beside the verdict."""
    key = SigningKey(reports.Authority().key("王敏", signing.PASSWORD), signing.PASSWORD)
    path = tmp_path / "signed.pdf"
    path.write_bytes(signing.signed(find_circular(office).read_bytes(), key))
    ran = assess("verify", str(path))
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "GENUINE: byte for byte what the commit gives",
    )
    assert "王敏" in ran.out


def rename_office(document: pikepdf.Pdf) -> None:
    """Change something that the document shows."""
    document.docinfo["/Title"] = "x"


@pytest.mark.parametrize(
    ("forge", "codes"),
    [
        (lambda pdf: reports.changed(pdf, rename_office), ["bytes", "saved-again"]),
        (lambda pdf: claim(pdf, {"category": "部门"}), ["provenance", "bytes"]),
        (lambda pdf: claim(pdf, {"campaign": "2031"}), ["again"]),
        (lambda pdf: reports.with_file(pdf, "x.txt", b"x"), ["attachment-extra"]),
        (lambda pdf: pdf + b"more", ["appended"]),
    ],
)
def test_what_was_changed_is_not_genuine(
    office: MadeOffice,
    assess: Assess,
    tmp_path: Path,
    forge: Callable[[bytes], bytes],
    codes: list[str],
) -> None:
    """Something shown, its own settings, what is attached, or something behind its end."""
    path = tmp_path / "forged.pdf"
    path.write_bytes(forge(find_circular(office).read_bytes()))
    code, verdict, causes = verify(assess, path)
    assert (code, verdict) == (1, "not-genuine")
    assert set(codes) & set(causes)


def claim(pdf: bytes, claims: dict[str, Any]) -> bytes:
    """Return the PDF with other words in its provenance."""
    proof = reports.proof_of(pdf) | claims
    return reports.attaching(pdf, "provenance.json", json.dumps(proof).encode())


def test_one_of_another_program_is_not_proved(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """Its bytes differ, and so they might with that program."""
    pdf = find_circular(office).read_bytes()
    program = reports.proof_of(pdf)["program"] | {"files": "0" * 64, "version": "9.9"}
    path = tmp_path / "other.pdf"
    path.write_bytes(claim(pdf, {"program": program}))
    assert verify(assess, path) == (5, "not-proved", ["other-program"])


def test_purged_files_end_with_3(office: MadeOffice, assess: Assess) -> None:
    """How many of how many are gone is said."""
    path = find_circular(office)
    assert assess("rollup", "purge", "2026", "--yes").code == 0
    assert verify(assess, path) == (3, "not-checkable", ["rollup-purged"])
    assert "as the receipts name them, so that it can't be made again: 5 of 5" in assess(
        "verify", str(path)
    ).out.replace("\n", " ")


def test_files_that_were_not_committed_end_with_3(office: MadeOffice, assess: Assess) -> None:
    """No commit has them; they are named."""
    path = find_circular(office)
    pdf = path.read_bytes()
    inputs = reports.proof_of(pdf)["inputs"]
    inputs[0]["sha256"] = "0" * 64
    path.write_bytes(claim(pdf, {"inputs": inputs}))
    ran = assess("verify", str(path))
    assert ran.code == 3
    assert "made (office.yaml, receipts/2026.yaml)" in ran.out
    assert "commit with these files: –" in ran.out


def test_a_rewritten_history_ends_with_3(office: MadeOffice, assess: Assess) -> None:
    """The receipts of then are in no commit any more."""
    path = find_circular(office)
    shutil.copy(path, office.root.parent / "circular.pdf")
    git(office.root, "checkout", "-q", "--orphan", "new")
    receipts = office.root / "receipts" / "2026.yaml"
    receipts.write_text(receipts.read_text("utf-8") + "\n", "utf-8")
    git(office.root, "commit", "-qam", "new")
    found = verify(assess, office.root.parent / "circular.pdf")
    assert found == (3, "not-checkable", ["rollup-commit-missing"])


def test_other_documents(
    office: MadeOffice, assess: Assess, enter_copy: EnterCopy, tmp_path: Path
) -> None:
    """A report in an office's folder, and a circular in a unit's workspace, say where to go."""
    circular = tmp_path / "circular.pdf"
    shutil.copy(find_circular(office), circular)
    report = tmp_path / "report.pdf"
    enter_copy(closed_demo)
    assert verify_outside(assess("verify", str(circular), "--json")) == ["rollup-document"]
    assert verify_outside(assess("verify", str(circular), "--inputs", "attached", "--json")) == [
        "rollup-document"
    ]
    words = ("--round", "2026", "--template", "summary", "-o", str(report))
    assert assess("report", *words).code in (0, 6)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(office.root)
        assert verify(assess, report) == (3, "not-checkable", ["no-rollup"])
        report.write_bytes(b"%PDF-1.7\n")
        assert verify(assess, report) == (3, "not-checkable", ["cut-off"])


def verify_outside(ran: Ran) -> list[str]:
    """Return the causes why a document can't be checked."""
    row = json.loads(ran.out)
    assert (ran.code, row["verdict"]) == (3, "not-checkable")
    return [cause["code"] for cause in row["causes"]]


def test_the_json_of_a_roll_up(office: MadeOffice, assess: Assess, tmp_path: Path) -> None:
    """As it was written; with another figure; of another version; without its inputs; purged."""
    ran = assess("rollup", "make", "--format", "json", "--json", "--category", "部门")
    (name,) = json.loads(ran.out)["files"]
    assert verify(assess, Path(name)) == (0, "genuine", [])
    data = Path(name).read_bytes()
    forged = tmp_path / "forged.json"
    forged.write_bytes(data.replace("网信办".encode(), "网信局".encode()))
    assert verify(assess, forged) == (1, "not-genuine", ["bytes"])
    row = json.loads(data)
    forged.write_text(json.dumps(row | {"program": "9.9"}), "utf-8")
    assert verify(assess, forged) == (5, "not-proved", ["other-program"])
    del row["inputs"]
    forged.write_text(json.dumps(row), "utf-8")
    assert verify(assess, forged) == (3, "not-checkable", ["rollup-commit-missing"])
    assert assess("rollup", "purge", "2026", "--yes").code == 0
    assert verify(assess, Path(name)) == (3, "not-checkable", ["rollup-purged"])


def test_the_one_that_is_made_here_is_written(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """As for reports: it may be read instead."""
    path = find_circular(office)
    made = tmp_path / "made.pdf"
    assert assess("verify", str(path), "-o", str(made)).code == 0
    assert made.read_bytes() == path.read_bytes()
