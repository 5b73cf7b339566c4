"""What travels inside a document: nothing that its pages do not show, unless it is asked for."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pikepdf
import pytest

from assess.cli.common.report_files import ATTACHMENTS
from assess.i18n import LANGS, Lang
from assess.report.proof.verify import verify_report
from assess.store.yaml.field_edit import FieldEdit
from assess.template_folders import list_template_names
from assess.workspace import Workspace
from assess.workspace.core.library import find_shipped_template_folder
from assess.workspace.core.report_request import AttachmentChoice, ReportRequest
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from report import office, read_pdf, signing
from report.content.test_inputs import ENVIRON
from report.in_process import run_in_process
from report.office import TODAY, claiming
from report.spoken import spoken_text

YAML_FILES = [
    "answers-2026-kinds.yaml",
    "assess.yaml",
    "checklists-kinds.yaml",
]
WITHOUT_DATA: dict[Lang, str] = {
    "zh": "不含数据，不能单独核验",
    "en": "Withoutdata:can'tbeverifiedonitsown",
}


class Office(NamedTuple):
    """A workspace, and what makes its documents."""

    here: Workspace

    def document(self, template: str, lang: Lang = "zh", **chosen: Any) -> bytes:
        """Return a document, made once."""
        return _made(self, template, lang, tuple(chosen.items()))

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run `assess` in the workspace, in English."""
        return run_in_process(self.here.root, ENVIRON, *map(str, words))


@cache
def _made(desk: Office, template: str, lang: Lang, chosen: tuple[tuple[str, Any], ...]) -> bytes:
    return office.report(desk.here, template, lang=lang, **dict(chosen))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A committed workspace, made once, which says whom its letters go to."""
    here = office.make_final(tmp_path_factory.mktemp("attached") / "w")
    here.edit_config([FieldEdit(("report", "addressee"), "示例市委网信办")])
    commit_all_files(here, "addressee", ENVIRON)
    return Office(here)


def attached(pdf: bytes) -> dict[str, bytes]:
    """Return the files inside a PDF by name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            name: document.attachments[name].get_file().read_bytes()
            for name in document.attachments
        }


def streams(pdf: bytes) -> Iterator[bytes]:
    """Yield everything that a PDF holds, unpacked."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for element in document.objects:
            if isinstance(element, pikepdf.Stream):
                yield element.read_bytes()


# What is usual for a template


def test_only_the_full_report_carries_the_inputs() -> None:
    """It prints every answer; every other template prints excerpts, so nothing else goes along."""
    names = [*list_template_names([find_shipped_template_folder()]), "of-a-workspace"]
    usual = {name: ReportRequest("2026", (), name, "zh").effective_attachments for name in names}
    assert {name for name, choice in usual.items() if choice != "none"} == {"full"}
    assert usual["full"] == "inputs"


def test_the_words_of_the_option_are_those_of_the_request() -> None:
    """The command line names them itself: the type is not loaded for its help."""
    assert get_args(AttachmentChoice) == ATTACHMENTS


def test_a_blank_form_holds_checklists_and_digests_alone(desk: Office) -> None:
    """No answer, no note, no person, whatever part of the file is unpacked."""
    form = desk.document("blank")
    assert sorted(attached(form)) == ["checklists-kinds.yaml", "provenance.json"]
    note = office.ANSWERS["KND-01"]["note"].encode()
    assert not [data for data in streams(form) if note in data or data == b"yearly"]
    assert b"wang" not in b"".join(attached(form).values())


@pytest.mark.parametrize("template", ["brief", "notice"])
def test_a_letter_holds_digests_alone(desk: Office, template: str) -> None:
    """provenance.json stays, and has no word of an answer."""
    files = attached(desk.document(template))
    assert list(files) == ["provenance.json"]
    told = json.loads(files["provenance.json"])
    assert (told["format"], told["attachments"]) == ("assess/provenance/2", "none")
    assert {frozenset(row) for row in told["inputs"]} == {frozenset({"path", "sha256"})}
    assert "策略已核对" not in files["provenance.json"].decode()


def test_the_full_report_holds_its_inputs(desk: Office) -> None:
    """The files of the workspace, byte for byte; older programs still read its provenance."""
    files = attached(desk.document("full"))
    assert sorted(files) == [*YAML_FILES, "provenance.json"]
    assert files["assess.yaml"] == (desk.here.root / "assess.yaml").read_bytes()
    told = json.loads(files["provenance.json"])
    assert told["format"] == "assess/provenance/1"
    assert "attachments" not in told


def test_all_is_the_inputs_and_a_zip(desk: Office) -> None:
    """The ZIP holds the workspace's templates, too."""
    files = attached(desk.document("brief", attachments="all"))
    assert sorted(files) == [*YAML_FILES, "inputs.zip", "provenance.json"]
    with zipfile.ZipFile(io.BytesIO(files["inputs.zip"])) as package:
        assert "templates/own/main.html" in package.namelist()


# What the pages say of it


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("template", ["brief", "blank", "own"])
def test_the_foot_says_that_data_are_missing(desk: Office, template: str, lang: Lang) -> None:
    """On each page, whatever the template prints; not where the data are inside."""
    without = read_pdf.squeezed(desk.document(template, lang))
    pages = len(read_pdf.opened(desk.document(template, lang)).pages)
    assert without.count(WITHOUT_DATA[lang]) == pages
    # Readers pass over the feet of pages: on the first page it is text.
    assert spoken_text(desk.document(template, lang)).count(WITHOUT_DATA[lang]) == 1
    if template != "blank":
        with_data = read_pdf.squeezed(desk.document(template, lang, attachments="inputs"))
        assert WITHOUT_DATA[lang] not in with_data


def test_the_foot_says_both(tmp_path: Path) -> None:
    """Reservations stand beside it on one line."""
    here = office.make(tmp_path / "w")
    told = read_pdf.squeezed(office.report(here, "brief"))
    assert f"{WITHOUT_DATA['zh']}保留事项（见首页）" in told


@pytest.mark.parametrize(
    ("choice", "sentence", "marks"),
    [
        ("inputs", "本PDF内附全部数据3个文件", 3),
        ("none", "本PDF内只附provenance.json（只有摘要），不含数据。", 0),
        ("all", "inputs.zip另含这些文件", 3),
    ],
)
def test_the_provenance_page_lists_what_is_inside(
    desk: Office, choice: AttachmentChoice, sentence: str, marks: int
) -> None:
    """A sentence, and a mark beside each file of the table."""
    told = read_pdf.squeezed(desk.document("full", attachments=choice))
    page = told[told.rindex("本报告依据的文件") :] if "本报告依据的文件" in told else told
    assert sentence in told
    assert page.count("随附") == marks + 1


# Verifying


def test_without_data_bytes_prove_it_where_the_commit_is(desk: Office) -> None:
    """In the repository like any other; the blank form and a letter alike."""
    for template in ("brief", "notice"):
        verdict = verify_report(desk.here, desk.document(template), [], TODAY, TODAY)
        assert verdict.outcome == "genuine", verdict.causes


def test_elsewhere_it_can_not_be_checked(desk: Office, tmp_path: Path) -> None:
    """Exit code 3: the commit is not there, nor any data."""
    make_and_commit_workspace(
        tmp_path / "w", organization="另一单位", language="zh", today=TODAY, lang="en"
    )
    (tmp_path / "r.pdf").write_bytes(desk.document("brief"))
    done = run_in_process(tmp_path / "w", ENVIRON, "verify", str(tmp_path / "r.pdf"))
    assert done.returncode == 3
    assert "[commit-missing]" in done.stdout


@pytest.mark.parametrize("choice", ["inputs", "all"])
def test_a_provenance_that_claims_other_files_is_a_forgery(
    desk: Office, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    """What is inside is a part of the report: it is made again with that, and differs."""
    signing.in_this_process(monkeypatch)
    forged = claiming(desk.document("brief"), {"attachments": choice})
    verdict = verify_report(desk.here, forged, [], TODAY, TODAY)
    assert verdict.outcome == "not-genuine"
    assert "attachment-missing" in [cause.code for cause in verdict.causes]


# The command


def test_the_command_says_what_is_inside(desk: Office, tmp_path: Path) -> None:
    """A sentence after the path, and the word in JSON."""
    path = tmp_path / "r.pdf"
    done = desk.run("report", "kinds", "--template", "brief", "-o", path)
    assert "Inside this PDF is provenance.json alone" in done.stderr
    words = ("--attachments", "inputs", "--json")
    done = desk.run("report", "kinds", "--template", "brief", "-o", path, *words)
    assert "Inside this PDF are 3 files with all data" not in done.stdout
    assert json.loads(done.stdout)["attachments"] == "inputs"
    assert sorted(attached(path.read_bytes())) == [*YAML_FILES, "provenance.json"]


def test_the_command_writes_the_zip(desk: Office, tmp_path: Path) -> None:
    """The same bytes each time, over its own ZIP, and never over a file of somebody else."""
    path, archive = tmp_path / "r.pdf", tmp_path / "d.zip"
    words = ("report", "kinds", "--template", "own", "-o", path, "--inputs-zip", archive)
    assert desk.run(*words).returncode == 0
    first = archive.read_bytes()
    assert desk.run(*words).returncode == 0
    assert archive.read_bytes() == first
    assert desk.run("verify", path, "--inputs", archive).returncode == 5
    archive.write_bytes(b"mine")
    refused = desk.run(*words)
    assert (refused.returncode, archive.read_bytes()) == (2, b"mine")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--format", "docx", "--attachments", "none"), "docx holds no files"),
        (("--format", "html", "--inputs-zip", "d.zip"), "html holds no files"),
        (("--template", "blank", "--attachments", "inputs"), "carries its checklists"),
        (("--template", "blank", "--attachments", "all"), "carries its checklists"),
        (("--template", "blank", "--inputs-zip", "d.zip"), "carries its checklists"),
        (("--all", "--inputs-zip", "d.zip"), "--all --inputs-zip"),
        (("--watch", "--inputs-zip", "d.zip"), "--watch --inputs-zip"),
    ],
)
def test_what_no_document_carries_is_refused(
    desk: Office, words: tuple[str, ...], reason: str
) -> None:
    """Files in other formats, answers with a blank form, one ZIP of many reports."""
    done = desk.run("report", "kinds", *words)
    assert done.returncode == 2
    assert reason in done.stderr
    assert not (desk.here.root / "d.zip").exists()


def test_other_formats_say_nothing_of_it(desk: Office) -> None:
    """They carry no files, and nobody verifies them."""
    page = office.report(desk.here, "brief", format="html").decode()
    assert WITHOUT_DATA["zh"] not in page
