"""Evidence files: taken in and checked."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from msgspec.structs import replace

from assess.errors import UsageError
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.store import evidence
from assess.store.evidence import (
    copy_into_evidence_unless_registered,
    find_registered_file_problems,
)


def register(file: EvidenceFile) -> Register:
    """Return a register with a paper row and one file row."""
    rows = {
        "ev-paper": EvidenceRow(title="责任书", paper="档案室 3 柜"),
        "ev-file": EvidenceRow(title="策略", file=file),
    }
    return Register(format="assess/evidence/1", evidence=rows)


def codes(root: Path, file: EvidenceFile) -> list[str]:
    """Return the codes of what is wrong with one file row."""
    return [problem.code for problem in find_registered_file_problems(root, register(file), "en")]


def test_a_file_is_copied_with_its_hash(tmp_path: Path) -> None:
    """The copy stands under evidence/ROUND/, NFC, its hash in its name, byte for byte."""
    source = tmp_path / "Cafe\u0301 策略.png"
    source.write_bytes(b"picture")

    taken = copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en")

    expected = hashlib.sha256(b"picture").hexdigest()
    path = f"2026/Café 策略-{expected[:8]}.png"
    assert taken == EvidenceFile(path=path, sha256=expected, size=7)
    assert (tmp_path / "w" / "evidence" / path).read_bytes() == b"picture"
    assert codes(tmp_path / "w", taken) == []


def named(name: str, content: bytes) -> str:
    """Return the path that content gets in round 2026; `{}` of `name` is its hash."""
    return "2026/" + name.format(hashlib.sha256(content).hexdigest()[:8])


def test_same_name_other_content(tmp_path: Path) -> None:
    """Names differ by the hash, wherever they are given; the same file is not copied twice."""
    source = tmp_path / "a.b.png"
    for content, root in ((b"one", "w"), (b"two", "other clone"), (b"one", "w")):
        source.write_bytes(content)
        taken = copy_into_evidence_unless_registered(tmp_path / root, source, "2026", "en")
        assert taken.path == named("a.b-{}.png", content)
    assert len(list((tmp_path / "w" / "evidence" / "2026").iterdir())) == 1


def test_a_name_that_holds_its_hash_keeps_it(tmp_path: Path) -> None:
    """A file that comes from another workspace's evidence is named as there."""
    source = tmp_path / named("log-{}", b"x").removeprefix("2026/")
    source.write_bytes(b"x")
    assert copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en").path == named(
        "log-{}", b"x"
    )


@pytest.mark.parametrize("ending", [".png", f".{'e' * 100}", ""])
def test_a_long_name_is_cut(tmp_path: Path, ending: str) -> None:
    """80 Chinese characters and more give a name that the disk takes, with a short ending kept."""
    source = tmp_path / f"{'策' * 50}{ending}"
    source.write_bytes(b"x")
    name = copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en").path
    whole = tmp_path / f"{'策' * 84}.x"
    whole.write_bytes(b"x")
    cut = copy_into_evidence_unless_registered(tmp_path / "w", whole, "2026", "en").path

    assert name.startswith("2026/策策策")
    assert name.endswith(".png") or ending != ".png"
    assert len(cut.removeprefix("2026/").encode()) <= 200
    assert cut.endswith(named("-{}.x", b"x").removeprefix("2026/"))


def test_a_file_that_is_registered_is_not_copied_again(tmp_path: Path) -> None:
    """Its old name stays; what has gone is put back; where another file is it is left alone."""
    root, source = tmp_path / "w", tmp_path / "shot.png"
    source.write_bytes(b"picture")
    old = EvidenceFile(path="2025/shot.png", sha256=hashlib.sha256(b"picture").hexdigest(), size=7)

    def attach(file: EvidenceFile = old) -> str:
        return copy_into_evidence_unless_registered(root, source, "2026", "en", register(file)).path

    assert [attach(), attach()] == ["2025/shot.png"] * 2
    place = root / "evidence" / "2025" / "shot.png"
    assert place.read_bytes() == b"picture"
    place.write_bytes(b"another")
    assert attach() == named("shot-{}.png", b"picture")
    assert attach(replace(old, path="../out.png")) == named("shot-{}.png", b"picture")
    assert attach(replace(old, sha256="0" * 64)) == named("shot-{}.png", b"picture")


def test_nothing_is_restored_through_a_link_that_leads_out(tmp_path: Path) -> None:
    """A folder of evidence may be a link that came along; the file gets a name of its own."""
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "w"
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / "2025").symlink_to(outside)
    source = tmp_path / "form.txt"
    source.write_bytes(b"x")
    digest = hashlib.sha256(b"x").hexdigest()
    row = EvidenceFile(path="2025/form.txt", sha256=digest, size=1)
    copied = copy_into_evidence_unless_registered(root, source, "2026", "en", register(row))
    assert copied.path == f"2026/form-{digest[:8]}.txt"
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "for_git"),
    [
        (".gitattributes", True),
        ("2026/.gitignore", True),
        ("2026/.git/config", True),
        ("x/.GIT/HEAD", True),
        ("x/.g\u200cit/HEAD", True),
        ("x/GIT~1/HEAD", True),
        ("2026/.htaccess", False),
        ("2026/a\u202eb", False),
    ],
)
def test_a_register_of_others_writes_no_file_that_git_reads(
    tmp_path: Path, path: str, *, for_git: bool
) -> None:
    """The file that they handed out gets a new name; lint names a path that git would read."""
    source = tmp_path / "form.txt"
    source.write_bytes(b"* text eol=crlf")
    digest = hashlib.sha256(b"* text eol=crlf").hexdigest()
    row = EvidenceFile(path=path, sha256=digest, size=15)
    root = tmp_path / "w"
    copied = copy_into_evidence_unless_registered(root, source, "2026", "en", register(row))
    assert copied.path == f"2026/form-{digest[:8]}.txt"
    assert [file.name for file in root.rglob("*") if file.is_file()] == [Path(copied.path).name]
    assert codes(root, row) == ["evidence-name-git" if for_git else "evidence-missing"]


def test_what_is_no_file_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, a missing file and a too large one say so; nothing is copied."""
    source = tmp_path / "big"
    source.write_bytes(b"12345")
    monkeypatch.setattr(evidence, "MAX_SIZE", 4)

    with pytest.raises(UsageError, match="larger"):
        copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en")
    with pytest.raises(UsageError, match="not a file"):
        copy_into_evidence_unless_registered(tmp_path / "w", tmp_path, "2026", "en")
    assert not (tmp_path / "w").exists()


def test_faults_of_registered_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, changed, too large, outside and not in NFC are told apart."""
    root = tmp_path / "w"
    (root / "evidence" / "2026").mkdir(parents=True)
    (root / "evidence" / "2026" / "a").write_bytes(b"abc")
    good = EvidenceFile(path="2026/a", sha256=hashlib.sha256(b"abc").hexdigest(), size=3)
    (root / "assess.yaml").write_text("x\n", "utf-8")
    (root / "evidence" / "out").symlink_to(root / "assess.yaml")

    assert codes(root, good) == []
    assert codes(root, EvidenceFile(path="2026/b", sha256="0" * 64, size=3)) == ["evidence-missing"]
    assert codes(root, EvidenceFile(path="2026/a", sha256="0" * 64, size=3)) == ["evidence-changed"]
    assert codes(root, EvidenceFile(path="2026/a", sha256=good.sha256, size=4)) == [
        "evidence-changed"
    ]
    for path in ("../assess.yaml", "/etc/passwd", "out"):
        assert codes(root, EvidenceFile(path=path, sha256="0" * 64, size=2)) == ["evidence-outside"]

    decomposed = unicodedata.normalize("NFD", "2026/é")
    (root / "evidence" / decomposed).write_bytes(b"abc")
    assert codes(root, EvidenceFile(path=decomposed, sha256=good.sha256, size=3)) == [
        "evidence-not-nfc"
    ]

    monkeypatch.setattr(evidence, "MAX_SIZE", 2)

    assert codes(root, good) == ["evidence-too-large"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (b"a\xff\x1b[31m\nb.txt", "a__[31m_b-{}.txt"),
        ("\u202egnp.exe".encode(), "_gnp-{}.exe"),
        (b".gitattributes", "_gitattributes-{}"),
        (b"con.tar.gz", "_con.tar-{}.gz"),
        (b"CON.pdf", "_CON-{}.pdf"),
        ("全\u3000角 é.png".encode(), "全\u3000角 é-{}.png"),
    ],
)
def test_names_are_plain(tmp_path: Path, name: bytes, plain: str) -> None:
    """Bytes that are no text, controls, hidden signs and git's own names don't come in."""
    source = tmp_path / os.fsdecode(name)
    source.write_bytes(b"x")
    taken = copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en")
    assert taken.path == named(plain, b"x")
    assert (tmp_path / "w" / "evidence" / taken.path).is_file()


def test_a_registered_file_of_another_size_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have become a sparse file of any size."""
    root, source = tmp_path / "w", tmp_path / "shot.png"
    source.write_bytes(b"picture")
    old = EvidenceFile(path="2025/shot.png", sha256=hashlib.sha256(b"picture").hexdigest(), size=7)
    place = root / "evidence" / "2025" / "shot.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"more bytes than before")
    read_paths: list[Path] = []
    read = Path.read_bytes

    def read_noted(path: Path) -> bytes:
        read_paths.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_noted)
    file = copy_into_evidence_unless_registered(root, source, "2026", "en", register(old))
    assert file.path == named("shot-{}.png", b"picture")
    assert place not in read_paths


def test_two_at_once_lose_no_file(tmp_path: Path) -> None:
    """Files of one name that are attached at the same moment each get a name of their own."""
    contents = [f"picture {number}".encode() for number in range(4)]
    sources = [tmp_path / str(number) / "a.png" for number in range(4)]
    for source, content in zip(sources, contents, strict=True):
        source.parent.mkdir()
        source.write_bytes(content)
    together = Barrier(4)

    def attach(source: Path, root: Path) -> str:
        together.wait()
        return copy_into_evidence_unless_registered(root, source, "2026", "en").path

    for turn in range(10):
        root = tmp_path / f"w{turn}"
        with ThreadPoolExecutor(4) as pool:
            paths = list(pool.map(attach, sources, [root] * 4))

        assert [(root / "evidence" / path).read_bytes() for path in paths] == contents


def test_a_name_that_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """A folder, a dead link or another file of the name stays as it is."""
    source, folder = tmp_path / "a.b", tmp_path / "w" / "evidence" / "2026"
    source.write_bytes(b"one")
    name, second, third = (named(f"a-{{}}{more}.b", b"one") for more in ("", "-2", "-3"))
    folder.parent.mkdir(parents=True)
    (folder.parent / name).mkdir(parents=True)
    (folder.parent / second).symlink_to(tmp_path / "nowhere")
    (folder.parent / third).write_bytes(b"another")

    assert copy_into_evidence_unless_registered(tmp_path / "w", source, "2026", "en").path == named(
        "a-{}-4.b", b"one"
    )
    assert (folder.parent / second).is_symlink()
