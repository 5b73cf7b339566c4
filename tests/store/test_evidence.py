"""Evidence files: taken in and checked."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assess.errors import UsageError
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.store import evidence
from assess.store.evidence import check_files, take_in


def register(file: EvidenceFile) -> Register:
    """Return a register with a paper row and one file row."""
    rows = {
        "ev-paper": EvidenceRow(title="责任书", paper="档案室 3 柜"),
        "ev-file": EvidenceRow(title="策略", file=file),
    }
    return Register(format="assess/evidence/1", evidence=rows)


def codes(root: Path, file: EvidenceFile) -> list[str]:
    """Return the codes of what is wrong with one file row."""
    return [problem.code for problem in check_files(root, register(file), "en")]


def test_a_file_is_copied_with_its_hash(tmp_path: Path) -> None:
    """The copy stands under evidence/ROUND/ with an NFC name, byte for byte."""
    source = tmp_path / "Cafe\u0301 策略.png"
    source.write_bytes(b"picture")

    taken = take_in(tmp_path / "w", source, "2026", "en")

    expected = hashlib.sha256(b"picture").hexdigest()
    assert taken == EvidenceFile(path="2026/Café 策略.png", sha256=expected, size=7)
    assert (tmp_path / "w" / "evidence" / "2026" / "Café 策略.png").read_bytes() == b"picture"
    assert codes(tmp_path / "w", taken) == []


def test_same_name_other_content_gets_a_number(tmp_path: Path) -> None:
    """Nothing is overwritten; the same file again is not copied twice."""
    root, source = tmp_path / "w", tmp_path / "log"
    paths = []
    for content in (b"one", b"two", b"three", b"two"):
        source.write_bytes(content)
        paths.append(take_in(root, source, "2026", "en").path)

    assert paths == ["2026/log", "2026/log-2", "2026/log-3", "2026/log-2"]


def test_numbered_copies_keep_their_ending(tmp_path: Path) -> None:
    """The number stands before the ending."""
    root, source = tmp_path / "w", tmp_path / "a.b.png"
    source.write_bytes(b"one")
    take_in(root, source, "2026", "en")
    source.write_bytes(b"two")

    assert take_in(root, source, "2026", "en").path == "2026/a.b-2.png"


def test_what_is_no_file_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, a missing file and a too large one say so; nothing is copied."""
    source = tmp_path / "big"
    source.write_bytes(b"12345")
    monkeypatch.setattr(evidence, "MAX_SIZE", 4)

    with pytest.raises(UsageError, match="larger"):
        take_in(tmp_path / "w", source, "2026", "en")
    with pytest.raises(UsageError, match="not a file"):
        take_in(tmp_path / "w", tmp_path, "2026", "en")
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
        (b"a\xff\x1b[31m\nb.txt", "a__[31m_b.txt"),
        ("\u202egnp.exe".encode(), "_gnp.exe"),
        (b".gitattributes", "_gitattributes"),
        ("全\u3000角 é.png".encode(), "全\u3000角 é.png"),
    ],
)
def test_names_are_plain(tmp_path: Path, name: bytes, plain: str) -> None:
    """Bytes that are no text, controls, hidden signs and git's own names don't come in."""
    source = tmp_path / os.fsdecode(name)
    source.write_bytes(b"x")
    taken = take_in(tmp_path / "w", source, "2026", "en")
    assert taken.path == f"2026/{plain}"
    assert (tmp_path / "w" / "evidence" / taken.path).is_file()


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
        return take_in(root, source, "2026", "en").path

    for turn in range(10):
        root = tmp_path / f"w{turn}"
        with ThreadPoolExecutor(4) as pool:
            paths = list(pool.map(attach, sources, [root] * 4))

        assert [(root / "evidence" / path).read_bytes() for path in paths] == contents


def test_a_name_that_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """A folder or a dead link of the name stays as it is."""
    source, folder = tmp_path / "a", tmp_path / "w" / "evidence" / "2026"
    source.write_bytes(b"one")
    (folder / "a").mkdir(parents=True)
    (folder / "a-2").symlink_to(tmp_path / "nowhere")

    assert take_in(tmp_path / "w", source, "2026", "en").path == "2026/a-3"
    assert (folder / "a-2").is_symlink()
