"""`assess verify`, `sign` and `import` from their words to their output, once with children."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from assess.errors import EnvironmentLacksError
from assess.report.proof.pdf import child as pdf_child
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.pdf.job import PdfRefused, ReadPdfTask
from assess.report.render.child import RenderLimits
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from report import factory, office, signing
from report.content.test_inputs import ENVIRON
from report.in_process import run_in_process


class Office(NamedTuple):
    """A workspace, and its report on disk."""

    here: Workspace
    path: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A workspace and its report, made once."""
    here = office.make_final(tmp_path_factory.mktemp("command") / "w")
    path = here.root.parent / "报告.pdf"
    path.write_bytes(office.report_of_desk(here))
    return Office(here, path)


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs in this process, but for a test that takes the whole way."""
    if "child_process" not in request.fixturenames:
        signing.in_this_process(monkeypatch)


def run(desk: Office, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `assess` in the workspace, in English."""
    return run_in_process(desk.here.root, ENVIRON, *map(str, words))


@pytest.mark.usefixtures("child_process")
def test_verify_says_genuine(desk: Office) -> None:
    """The own report: exit code 0, the verdict, the commit and its state."""
    done = run(desk, "verify", desk.path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("GENUINE: byte for byte")
    assert "kinds: score" in done.stdout
    assert "bears no signature" in done.stdout


def test_verify_says_nothing_of_a_commit_that_it_does_not_see(desk: Office, tmp_path: Path) -> None:
    """Not that it is unsigned; where it may be had is named."""
    elsewhere = make_and_commit_workspace(
        tmp_path / "w",
        organization="另一单位",
        language="zh",
        today=office.TODAY,
        lang="en",
        environ=ENVIRON,
    )
    done = run(Office(elsewhere, desk.path), "verify", desk.path)
    assert done.returncode == 3
    assert done.stdout.startswith("CAN'T BE CHECKED HERE")
    assert "git fetch --tags" in done.stdout
    assert "report of 示例市青溪区数据局 (w); this workspace is that of 另一单位" in done.stdout
    assert "bears no signature" not in done.stdout


def test_verify_refuses_forged_objects_of_git(desk: Office, tmp_path: Path) -> None:
    """Answers put in the place of the committed ones, under their name, prove nothing."""
    root = tmp_path / "w"
    shutil.copytree(desk.here.root, root, symlinks=True)
    copy = Office(Workspace(root, "en"), tmp_path / "x.pdf")
    words = ["git", "rev-parse", "HEAD:answers/2026/kinds.yaml"]
    asked = subprocess.run(words, cwd=root, check=True, capture_output=True, text=True)
    oid = asked.stdout.strip()
    path = root / ".git" / "objects" / oid[:2] / oid[2:]
    _head, _nul, answers = zlib.decompress(path.read_bytes()).partition(b"\0")
    forged = answers.replace(b"yearly", b"quarterly")
    assert forged != answers
    path.unlink()
    path.write_bytes(zlib.compress(b"blob %d\0" % len(forged) + forged))
    done = run(copy, "verify", desk.path)
    assert done.returncode == 4
    assert "holds other bytes than its name says" in done.stderr
    assert "git fsck" in done.stderr


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
def test_verify_says_who_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the user's own list; without one, how to have one is said."""
    here = office.make_final(tmp_path / "w")
    key, signers = tmp_path / "key", tmp_path / "signers"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers.write_text(f"wang@qingxi.example {key.with_suffix('.pub').read_text()}")
    words = ["git", "-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "commit", "-q", "-S"]
    subprocess.run([*words, "--allow-empty", "-m", "signed"], cwd=here.root, check=True)
    signed = Office(here, tmp_path / "x.pdf")
    signed.path.write_bytes(office.report(here))
    mine = tmp_path / "gitconfig"
    mine.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(mine))

    said = run(signed, "verify", signed.path).stdout
    assert "signature is unproved" in said
    assert "git config --global gpg.ssh.allowedSignersFile" in said
    mine.write_text(f'[gpg "ssh"]\n\tallowedSignersFile = {signers}\n')
    said = run(signed, "verify", signed.path).stdout
    assert "signature holds" in said
    assert "wang@qingxi.example" in said


def test_verify_says_what_differs(desk: Office, tmp_path: Path) -> None:
    """A changed one: exit code 1, the cause in words and by name, also as JSON."""
    path = tmp_path / "x.pdf"
    pdf = office.attaching(desk.path.read_bytes(), "answers-2026-kinds.yaml", b"x: 1\n")
    path.write_bytes(pdf)
    done = run(desk, "verify", path)
    assert done.returncode == 1
    assert "NOT GENUINE" in done.stdout
    assert "[attachment-changed]" in done.stdout
    plain = json.loads(run(desk, "verify", path, "--json").stdout)
    assert plain["verdict"] == "not-genuine"
    assert "attachment-changed" in [one["code"] for one in plain["causes"]]


def test_verify_says_not_proved(desk: Office, tmp_path: Path) -> None:
    """Set with other tools: exit code 5, which tools differ, and the report made here by -o."""
    path, made_here = tmp_path / "x.pdf", tmp_path / "here.pdf"
    path.write_bytes(office.claiming(desk.path.read_bytes(), {"tools": {"WeasyPrint": "71.0"}}))
    done = run(desk, "verify", path, "-o", made_here)
    assert done.returncode == 5, done.stdout
    assert done.stdout.startswith("NOT PROVED HERE")
    assert "WeasyPrint 71.0 ≠" in done.stdout
    assert "kinds: score" in done.stdout
    assert made_here.read_bytes() == desk.path.read_bytes()
    plain = json.loads(run(desk, "verify", path, "--json").stdout)
    assert plain["verdict"] == "not-proved"
    assert plain["figures"]["kinds"]["applicable"] > 0


def test_a_printed_report_names_its_digest(desk: Office, tmp_path: Path) -> None:
    """Printed to a PDF by another program: exit code 5, and the digest that is printed in it."""
    printed = tmp_path / "printed.pdf"
    words = ["pdftocairo", "-pdf", str(desk.path), str(printed)]
    subprocess.run(words, check=True)
    done = run(desk, "verify", printed)
    assert done.returncode == 5, done.stdout
    assert "[no-provenance]" in done.stdout
    digest = office.proof_of(desk.path.read_bytes())["digest"][:12]
    assert f"assess verify {digest}" in done.stdout


def test_the_commands_that_prove_a_report_of_another_version(desk: Office, tmp_path: Path) -> None:
    """Not proved here: they name the commit of the program that made it, and the file."""
    commit = "ab" * 20
    pdf = desk.path.read_bytes()
    program = office.proof_of(pdf)["program"] | {"commit": commit, "files": "0" * 64}
    path = tmp_path / "x.pdf"
    path.write_bytes(office.claiming(pdf, {"program": program}))
    done = run(desk, "verify", path)
    assert done.returncode == 5, done.stdout
    assert "[other-program]" in done.stdout
    assert f"checkout {commit}" in done.stdout
    # Beside the workspace, which holds no other repository.
    assert f"  ~/assess-{commit[:10]}/run assess verify {path}\n" in done.stdout


@pytest.mark.exhaustive
@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_the_version_that_made_a_report_proves_it(desk: Office, tmp_path: Path) -> None:
    """A report of another version is not proved here; the printed commands prove it."""
    program = other_version(tmp_path / "program")
    path = tmp_path / "x.pdf"
    made = run_program(program, desk, "report", "kinds", "--lang", "zh", "-o", path)
    assert made.returncode == 0, made.stderr
    done = run(desk, "verify", path)
    assert done.returncode == 5, done.stdout
    assert "[other-program]" in done.stdout
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=program, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert f"checkout {commit}" in done.stdout
    assert f"run assess verify {path}" in done.stdout
    assert run_program(program, desk, "verify", path).returncode == 0


def other_version(folder: Path) -> Path:
    """Make a checkout of a program with another commit and another file."""
    for name in ("src", "checklists", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(factory.ROOT / name, folder / name, ignore=ignored)
    with (folder / "src" / "assess" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "another version")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def run_program(
    program: Path, desk: Office, *words: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run another version of `assess` in the workspace."""
    environ = os.environ | ENVIRON | {"ASSESS_LANG": "en", "PYTHONPATH": str(program / "src")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "assess", *map(str, words)],
        cwd=desk.here.root,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_digest_names_what_it_stands_for(desk: Office) -> None:
    """The digits at the foot of a page lead to commit, sheets and score."""
    proof = office.proof_of(desk.path.read_bytes())
    for digits in (proof["digest"][:12], proof["digest"].upper()):
        done = run(desk, "verify", digits)
        assert done.returncode == 0, done.stderr
        assert proof["commit"] in done.stdout
        assert "kinds: score" in done.stdout
    plain = json.loads(run(desk, "verify", proof["digest"], "--json").stdout)
    assert (plain["template"], plain["lang"], plain["round"]) == ("full", "zh", "2026")
    assert run(desk, "verify", "ab" * 8).returncode == 1
    assert json.loads(run(desk, "verify", "ab" * 8, "--json").stdout) is None


def test_a_digest_of_another_day(desk: Office, tmp_path: Path) -> None:
    """A report with --date is found with the same --date, of one sheet as of all."""
    path = tmp_path / "x.pdf"
    words = ("report", "kinds", "--template", "summary", "--lang", "en", "--date", "2026-06-30")
    assert run(desk, *words, "-o", path).returncode == 0
    digest = office.proof_of(path.read_bytes())["digest"]
    assert run(desk, "verify", digest).returncode == 1
    done = run(desk, "verify", digest, "--date", "2026-06-30")
    assert done.returncode == 6
    assert "template: summary" in done.stdout
    assert "[date]" in done.stdout
    allowing = run(desk, "verify", digest, "--date", "2026-06-30", "--allow", "date,template")
    assert (allowing.returncode, "[date] (allowed)" in allowing.stdout) == (0, True)
    assert run(desk, "verify", digest, "--allow", "dates").returncode == 2


@pytest.mark.usefixtures("child_process")
def test_sign_then_verify(desk: Office, tmp_path: Path) -> None:
    """The signed file stands beside the report; verify names signer, field and trust."""
    authority = office.Authority(now=datetime.now(UTC))  # the command signs by the clock
    for name, data in {
        "key.p12": authority.key("王敏", b"pw"),
        "pw": b"pw\n",
        "root.pem": authority.pem,
        "报告.pdf": desk.path.read_bytes(),
    }.items():
        (tmp_path / name).write_bytes(data)
    key = ("--key", tmp_path / "key.p12", "--password-file", tmp_path / "pw")
    done = run(desk, "sign", tmp_path / "报告.pdf", *key)
    assert done.returncode == 0, done.stderr
    signed = tmp_path / "报告-signed.pdf"
    assert done.stdout.splitlines()[0] == str(signed)
    assert "signed by 王敏 in the field 填报人" in done.stdout
    done = run(desk, "verify", signed, "--trust", tmp_path / "root.pem")
    assert done.returncode == 0, done.stdout
    assert "signature “Filled in by”: “王敏”" in done.stdout
    assert "holds, trusted" in done.stdout
    assert "give --trust" in run(desk, "verify", signed).stdout
    done = run(desk, "verify", signed, "--trust", tmp_path / "pw")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--trust is no certificate" in done.stderr
    assert run(desk, "sign", signed, *key).returncode == 0
    assert run(desk, "sign", signed, *key, "--field", "filler").returncode == 2


def test_import_shows_and_writes(tmp_path: Path) -> None:
    """A dry run only shows, long texts cut; the import writes and ends with the counts."""
    desk = Office(office.make(tmp_path / "w"), tmp_path)
    path, filled = tmp_path / "b.pdf", tmp_path / "f.pdf"
    assert run(desk, "report", "--template", "blank", "-o", path).returncode == 0

    def fill(document: pikepdf.Pdf) -> None:
        for one in document.Root.AcroForm.Fields:
            if str(one.T) == "kinds:KND-06:value":
                one.V = pikepdf.String("0571-88880000")
            if str(one.T) == "kinds:KND-06:note":
                one.V = pikepdf.String("长" * 20_000)
            if str(one.T) == "kinds:KND-04:value":
                one.V = pikepdf.String("soon")

    filled.write_bytes(office.changed(path.read_bytes(), fill))
    done = run(desk, "import", filled, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "taken  kinds KND-06: 0571-88880000" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 200
    assert done.stdout.splitlines()[-1].startswith("1 taken, 0 changed, 0 as they were, 1 ignored")
    assert desk.here.list_uncommitted_report_inputs() == []
    plain = json.loads(run(desk, "import", filled, "--json").stdout)
    assert [one["what"] for one in plain["outcomes"]] == ["ignored", "taken"]
    assert desk.here.list_uncommitted_report_inputs() == ["answers/2026/kinds.yaml"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "none.pdf"), "none.pdf"),
        (("verify", "assess.yaml", "--at", "soon"), "soon"),
        (("verify", "assess.yaml", "--trust", "none.pem"), "none.pem"),
        (("sign", "none.pdf", "--key", "none.p12"), "none.pdf"),
        (("import", "none.pdf"), "none.pdf"),
        (("import", "assess.yaml"), "read"),
    ],
)
def test_wrong_words(desk: Office, words: tuple[str, ...], said: str) -> None:
    """Each mistake is one line and exit code 2."""
    done = run(desk, *words)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_of_something_else(desk: Office) -> None:
    """Any other file can't be checked; that is no error of the command."""
    done = run(desk, "verify", "assess.yaml")
    assert done.returncode == 3
    assert "[cut-off]" in done.stdout


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit, and a child that ends early, are errors of the machine."""
    assert isinstance(ask_pdf_child(ReadPdfTask(pdf=b"x"), "en"), PdfRefused)
    monkeypatch.setattr(pdf_child, "LIMITS", RenderLimits(memory=40, cpu=60, wall=90))
    with pytest.raises(EnvironmentLacksError, match="can't be dealt with"):
        ask_pdf_child(ReadPdfTask(pdf=b"x"), "en")
    monkeypatch.setattr(pdf_child, "MAX_PDF", 0)
    with pytest.raises(EnvironmentLacksError, match="larger than"):
        ask_pdf_child(ReadPdfTask(pdf=b"x"), "en")


def test_a_draft_can_not_be_compared(tmp_path: Path) -> None:
    """A report of uncommitted answers is not proved, and says why."""
    here = office.make_final(tmp_path / "w")
    with (here.root / "assess.yaml").open("a", encoding="utf-8") as file:
        file.write("# later\n")
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(office.report(here))
    done = run(Office(here, draft), "verify", draft)
    assert done.returncode == 5
    assert done.stdout.startswith("NOT PROVED HERE")
    assert "assess commit" in done.stdout.splitlines()[1]
    assert json.loads(run(Office(here, draft), "verify", "--json", draft).stdout)["verdict"] == (
        "not-proved"
    )


@pytest.mark.parametrize("command", ["verify", "import", "sign"])
def test_only_ordinary_files_are_read(desk: Office, tmp_path: Path, command: str) -> None:
    """A pipe, a folder, a device and a file over the limit: said at once, exit code 2."""
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(129 * 1024 * 1024)
    more: list[str | Path] = ["--key", tmp_path / "none"] if command == "sign" else []
    for path, said in (
        (tmp_path / "pipe", "not an ordinary file"),
        (tmp_path, "not an ordinary file"),
        (Path("/dev/zero"), "not an ordinary file"),
        (tmp_path / "large", "larger than 128 MB"),
    ):
        done = run(desk, command, path, *more)
        assert (done.returncode, said in done.stderr) == (2, True), (path, done.stderr)
