"""Reports held against their own data, without a repository."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
from PIL import Image

from assess.report.content.inputs import gather_inputs
from assess.report.proof.result import VerificationResult
from assess.report.proof.sign import SigningKey
from assess.report.proof.verify import verify_report
from assess.report.proof.verify_inputs import verify_report_by_inputs
from assess.report.render.inputs_package import make_zip_of_inputs
from assess.report.render.produce import produce_report
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import AttachmentChoice, ReportRequest
from assess.workspace.setup.make_workspace import commit_all_files
from report import office, signing
from report.content import test_earlier
from report.content.test_inputs import ENVIRON
from report.in_process import run_in_process
from report.office import TODAY, claiming
from samples import Samples


class Office(NamedTuple):
    """A workspace, a short report of it without data, and the ZIP of its inputs."""

    here: Workspace
    pdf: bytes
    archive: bytes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A committed workspace and its report, made once."""
    here = office.make_final(tmp_path_factory.mktemp("inputs") / "w")
    return Office(here, office.report_of_desk(here, "brief"), zipped(here, requested("brief")))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs and ZIPs in this process, and make each report once."""
    signing.in_this_process(monkeypatch)


def requested(template: str, **chosen: Any) -> ReportRequest:
    """Return the request that `office.report` makes."""
    return ReportRequest(office.ROUND, (office.SHEET,), template, "zh")._replace(**chosen)


def zipped(here: Workspace, request: ReportRequest, today: date = TODAY) -> bytes:
    """Return the ZIP of what a report is made from."""
    return make_zip_of_inputs(here, gather_inputs(here, request, today), {})


def judged(pdf: bytes, archive: bytes | None, today: date = TODAY) -> VerificationResult:
    """Return the verdict on a PDF by a ZIP, None: by what is attached to it."""
    return verify_report_by_inputs(pdf, archive, [], today, today, "en")


def codes(verdict: VerificationResult) -> list[str]:
    """Return the short names of the causes."""
    return [cause.code for cause in verdict.causes]


def rewritten(archive: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a ZIP with other bytes in some of its files, None: without these files."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        files: dict[str, bytes | None] = {name: package.read(name) for name in package.namelist()}
    files.update(changes)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            if data is not None:
                package.writestr(name, data)
    return out.getvalue()


def files_of(archive: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


# What agrees


def test_a_report_agrees_with_its_zip(desk: Office) -> None:
    """At best: not proved, because nothing was compared with git; also where it was packed anew."""
    for archive in (desk.archive, rewritten(desk.archive, {})):
        verdict = judged(desk.pdf, archive)
        assert (verdict.outcome, codes(verdict)) == ("not-proved", ["own-data"])
        assert verdict.inputs_agree is True
        assert verdict.made_here == desk.pdf
        assert [str(sheet.name) for sheet in verdict.sheets] == ["kinds"]


@pytest.mark.parametrize("choice", ["inputs", "all"])
def test_a_report_agrees_with_what_is_attached(desk: Office, choice: AttachmentChoice) -> None:
    """The YAML files each, or all in a ZIP; in the repository both are proved by their bytes."""
    pdf = office.report(desk.here, "brief", attachments=choice)
    assert judged(pdf, None).inputs_agree is True
    assert verify_report(desk.here, pdf, [], TODAY, TODAY).outcome == "genuine"


def test_no_repository_is_needed(
    desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command in an empty folder: exit code 5, the verdict in words and in JSON."""
    (tmp_path / "r.pdf").write_bytes(desk.pdf)
    (tmp_path / "d.zip").write_bytes(desk.archive)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run_in_process(tmp_path, {}, "verify", "r.pdf", "--inputs", "d.zip", "-o", "here.pdf")
    assert done.returncode == 5, done.stderr
    assert done.stdout.startswith("AGREES WITH ITS OWN DATA, not compared with git")
    assert "kinds: score" in done.stdout
    assert "bears no signature" not in done.stdout
    assert (tmp_path / "here.pdf").read_bytes() == desk.pdf
    told = json.loads(
        run_in_process(tmp_path, {}, "verify", "r.pdf", "--inputs", "d.zip", "--json").stdout
    )
    assert (told["verdict"], told["inputs_agree"]) == ("not-proved", True)
    assert told["figures"]["kinds"]["applicable"] > 0


def test_earlier_rounds_come_along(samples: Samples, tmp_path: Path) -> None:
    """A report that shows the round before: the ZIP has it; without it, what lacks is named."""
    here = samples.copy(test_earlier.two_rounds, tmp_path / "w")
    request = ReportRequest("2027", (test_earlier.NAME,), "compare", "en")
    day = test_earlier.DAY
    made = produce_report(here, request, day)
    assert made.inputs.earlier is not None
    archive = zipped(here, request, day)
    assert "rounds/2026/answers/2026/workforce.yaml" in files_of(archive)
    assert judged(made.rendered.pdf, archive, day).inputs_agree is True
    without = {name: None for name in files_of(archive) if name.startswith("rounds/")}
    verdict = judged(made.rendered.pdf, rewritten(archive, without), day)
    assert (codes(verdict), verdict.inputs_agree) == (["inputs-lacking"], None)
    assert "round 2026" in verdict.causes[0].text
    changed = rewritten(
        archive,
        {
            "rounds/2026/answers/2026/workforce.yaml": files_of(archive)[
                "rounds/2026/answers/2026/workforce.yaml"
            ].replace(b"unmet", b"met")
        },
    )
    assert judged(made.rendered.pdf, changed, day).inputs_agree is False


def test_a_comparison_with_a_commit_can_not_be_told(samples: Samples, tmp_path: Path) -> None:
    """Only the repository has the commit: named as lacking, and no verdict that it is false."""
    here = samples.copy(test_earlier.two_rounds, tmp_path / "w")
    request = ReportRequest("2027", (test_earlier.NAME,), "compare", "en", against="HEAD~1")
    made = produce_report(here, request, test_earlier.DAY)
    archive = zipped(here, request, test_earlier.DAY)
    verdict = judged(made.rendered.pdf, archive, test_earlier.DAY)
    assert (verdict.outcome, verdict.inputs_agree) == ("not-proved", None)
    assert "the commit that it is compared with" in verdict.causes[0].text


@pytest.mark.exhaustive
def test_evidence_stays_and_its_thumbnails_come_along(desk: Office, tmp_path: Path) -> None:
    """Thumbnails and what was wrong with files are in the ZIP; the files of evidence are not."""
    root = tmp_path / "w"
    shutil.copytree(desk.here.root, root, symlinks=True)
    here = Workspace(root, "en")
    shot = tmp_path / "shot.png"
    Image.new("RGB", (900, 700), "#135").save(shot)
    (tmp_path / "list.txt").write_text("x", "utf-8")
    rows = [
        here.add_evidence_file(file, title=file.name, round_id="2026", by="wang", now=office.NOW)[0]
        for file in (shot, tmp_path / "list.txt")
    ]
    evidence = {"KND-01": {"evidence": dict.fromkeys(rows, "other")}}
    here.open_sheet(office.SHEET, "2026").write_answers(
        evidence, by="wang", now=office.NOW, lang="zh"
    )
    lost = here.read_register_or_empty().evidence[rows[1]].file
    assert lost is not None
    (root / "evidence" / lost.path).unlink()
    commit_all_files(here, "evidence", ENVIRON)
    pdf = office.report(here, "full")
    archive = zipped(here, requested("full"))
    assert json.loads(files_of(archive)["repository.json"])["faults"] == {rows[1]: "missing"}
    assert [name for name in files_of(archive) if name.startswith(("pictures", "evidence"))] == [
        "evidence/register.yaml",
        f"pictures/{rows[0]}.jpg",
    ]
    assert judged(pdf, archive).inputs_agree is True
    attached = judged(pdf, None)
    assert (codes(attached), attached.inputs_agree) == (["inputs-lacking"], None)
    assert "files of evidence" in attached.causes[0].text
    other = io.BytesIO()
    Image.new("RGB", (90, 70), "#fff").save(other, "JPEG")
    swapped = rewritten(archive, {f"pictures/{rows[0]}.jpg": other.getvalue()})
    assert judged(pdf, swapped).inputs_agree is False


def test_a_template_of_their_own_is_rendered_in_the_child(desk: Office) -> None:
    """The workspace's template comes from the inputs, and stays a reservation."""
    pdf, archive = office.report(desk.here, "own"), zipped(desk.here, requested("own"))
    verdict = judged(pdf, archive)
    assert verdict.inputs_agree is True
    assert "template" in [reservation.kind for reservation in verdict.doubts.reservations]
    attached = judged(office.report(desk.here, "own", attachments="inputs"), None)
    assert (codes(attached), attached.inputs_agree) == (["inputs-lacking"], None)
    assert "templates/own/main.html" in attached.causes[0].text


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{% include '../assess.yaml' %}",
        "<img src='file:///etc/passwd' alt='x'>",
        "{% for a in range(99999999) %}{% for b in range(99999999) %}{% endfor %}{% endfor %}",
    ],
)
def test_a_hostile_template_gets_nowhere(desk: Office, tmp_path: Path, text: str) -> None:
    """It is refused by the sandbox of every template: reading, reaching out, running for ever."""
    root = tmp_path / "w"
    shutil.copytree(desk.here.root, root, symlinks=True)
    here = Workspace(root, "en")
    pdf = office.report(here, "own")
    (root / "templates" / "own" / "main.html").write_text(text, "utf-8")
    archive = rewritten(desk.archive, {"templates/own/main.html": text.encode()})
    forged = claiming(pdf, {}, sums={"templates/own/main.html": _sum(text.encode())})
    verdict = judged(forged, archive)
    assert verdict.inputs_agree is False
    assert codes(verdict) == ["inputs-again"]


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()


# What does not


def test_without_data_there_is_nothing_to_hold_it_against(desk: Office, tmp_path: Path) -> None:
    """Exit code 3, and what to ask for."""
    (tmp_path / "r.pdf").write_bytes(desk.pdf)
    done = run_in_process(tmp_path, {}, "verify", "r.pdf", "--inputs", "attached")
    assert done.returncode == 3
    assert "--inputs-zip" in done.stdout
    assert "[inputs-none]" in done.stdout
    wrong = run_in_process(tmp_path, {}, "verify", "0123456789ab", "--inputs", "attached")
    assert (wrong.returncode, "needs the PDF itself" in wrong.stderr) == (2, True)


def _page_changed(document: pikepdf.Pdf) -> None:
    box = document.make_stream(b"q 1 1 1 rg 100 400 200 200 re f Q")
    page = document.pages[0].obj
    page.Contents = pikepdf.Array([page.Contents, box])


def test_a_changed_page_does_not_agree(desk: Office, tmp_path: Path) -> None:
    """Set by the same program and tools, and other bytes: not genuine, exit code 1."""
    forged = office.changed(desk.pdf, _page_changed)
    verdict = judged(forged, desk.archive)
    assert (verdict.outcome, verdict.inputs_agree) == ("not-genuine", False)
    assert "bytes" in codes(verdict)
    (tmp_path / "r.pdf").write_bytes(forged)
    (tmp_path / "d.zip").write_bytes(desk.archive)
    done = run_in_process(tmp_path, {}, "verify", "r.pdf", "--inputs", "d.zip")
    assert done.returncode == 1
    assert done.stdout.startswith("NOT GENUINE: this is not what its own data give")


Change = Callable[[dict[str, bytes]], Mapping[str, bytes | None]]


@pytest.mark.parametrize(
    ("change", "code", "outcome"),
    [
        (
            lambda files: {"answers/2026/kinds.yaml": files["answers/2026/kinds.yaml"] + b"# x\n"},
            "inputs-other",
            "not-genuine",
        ),
        (lambda _files: {"answers/2026/kinds.yaml": None}, "inputs-missing", "not-checkable"),
        (
            lambda _files: {"templates/brief/page.html": b"<p>100</p>"},
            "inputs-unnamed",
            "not-genuine",
        ),
        (lambda _files: {"../assess.yaml": b""}, "inputs-unreadable", "not-checkable"),
    ],
)
def test_other_data_do_not_agree(desk: Office, change: Change, code: str, outcome: str) -> None:
    """Changed, taken out, slipped in, or with a way out: each is named, none agrees."""
    verdict = judged(desk.pdf, rewritten(desk.archive, change(files_of(desk.archive))))
    assert (codes(verdict), verdict.outcome) == ([code], outcome)
    assert verdict.inputs_agree is not True


def test_a_file_that_is_attached_twice_is_refused(desk: Office) -> None:
    """Which of the two counts, readers do not agree on."""
    pdf = office.report(desk.here, "brief", attachments="inputs")
    verdict = judged(office.with_file(pdf, "answers-2026-kinds.yaml", b"x: 1\n"), None)
    assert codes(verdict) == ["inputs-unreadable"]


def test_a_provenance_with_a_way_out_writes_nothing(desk: Office, tmp_path: Path) -> None:
    """Paths of attached files are those that a document may be made from, or they are none."""
    pdf = office.report(desk.here, "brief", attachments="inputs")
    way_out = f"../../../..{tmp_path}/out.yaml"
    forged = claiming(pdf, {}, sums={way_out: _sum(b"x")})
    verdict = judged(office.with_file(forged, way_out.replace("/", "-"), b"x"), None)
    assert codes(verdict) == ["inputs-missing"]
    assert list(tmp_path.iterdir()) == []


def test_other_tools_can_not_be_told(desk: Office) -> None:
    """As with git: what another machine set is not proved, and does not count as agreeing."""
    verdict = judged(claiming(desk.pdf, {"tools": {"WeasyPrint": "71.0"}}), desk.archive)
    assert (verdict.outcome, verdict.inputs_agree) == ("not-proved", None)
    assert "other-tools" in codes(verdict)


def test_what_follows_the_report_counts(desk: Office) -> None:
    """Bytes after the report that no signature covers: not genuine, whatever its data say."""
    verdict = judged(desk.pdf + b"x", desk.archive)
    assert (verdict.outcome, verdict.before) == ("not-genuine", "not-proved")
    assert verdict.inputs_agree is False


def test_a_signed_report_agrees(desk: Office) -> None:
    """Signatures come after the report; what they prove is told beside."""
    authority = office.Authority()
    key = SigningKey(authority.key("王敏", signing.PASSWORD), signing.PASSWORD)
    verdict = judged(signing.signed(desk.pdf, key), desk.archive)
    assert verdict.inputs_agree is True
    assert [signature.valid for signature in verdict.signatures] == [True]


def test_a_draft_is_not_held_against_its_data(desk: Office, tmp_path: Path) -> None:
    """Nobody can say which commit it should be of."""
    root = tmp_path / "w"
    shutil.copytree(desk.here.root, root, symlinks=True)
    here = Workspace(root, "en")
    here.edit_config([FieldEdit(("people", "zhao"), {"name": "赵云", "roles": ["leader"]})])
    pdf = office.report(here, "brief")
    verdict = judged(pdf, zipped(here, requested("brief")))
    assert (codes(verdict), verdict.inputs_agree) == (["uncommitted"], None)


def test_sheets_that_no_command_chooses_are_refused(desk: Office) -> None:
    """A report can't name one sheet twice."""
    forged = claiming(desk.pdf, {"sheets": ["kinds", "kinds"]})
    assert codes(judged(forged, desk.archive)) == ["provenance"]
    assert SheetName("kinds") == office.SHEET


@pytest.mark.parametrize(
    "facts",
    [
        {"newest_seconds": 10**18},
        {"newest_seconds": -(9 * 10**18)},
        {"newest_seconds": 253_402_300_799},
        {"story": ["round/2026.2", True, [["a" * 40, "王敏", "0001-01-01T00:00:00+14:00", "漏"]]]},
        {"story": ["round/2026.2", True, [["a" * 40, "王敏", "9999-12-31T23:59:59Z", "漏填"]]]},
    ],
)
def test_times_beyond_the_calendar_are_no_bug(desk: Office, facts: dict[str, Any]) -> None:
    """Facts with seconds beyond it are none; a reopening at its ends is only words that differ."""
    data = json.dumps(facts).encode()
    verdict = judged(desk.pdf, rewritten(desk.archive, {"repository.json": data}))
    assert codes(verdict) == (["bytes"] if "story" in facts else ["own-data"])


def test_a_commit_beyond_the_calendar_is_no_bug(desk: Office) -> None:
    """The year 10000 begins earlier in China; such a time is no provenance of a report."""
    pdf = claiming(desk.pdf, {"commit_time": 253_402_300_799})
    verdict = judged(pdf, desk.archive)
    assert (verdict.outcome, codes(verdict)) == ("not-genuine", ["provenance-broken"])
