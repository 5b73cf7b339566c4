"""ZIPs of inputs from strangers: each kind of hostile one is refused, and nothing is written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.report.content import inputs_zip
from assess.report.content.inputs_zip import is_allowed_input_path, make_inputs_zip
from assess.report.proof.pdf import unzip_inputs as reading
from assess.report.proof.pdf.job import PdfRefused, ReadInputsTask
from assess.report.proof.pdf.unzip_inputs import BrokenInputsError, unzip_inputs
from assess.report.proof.pdf.worker import answer_question

FILES = {
    "assess.yaml": b"a: 1\n",
    "answers/2026/kinds.yaml": "说明: 是\n".encode(),
    "rounds/2025/assess.yaml": b"a: 0\n",
    "templates/本单位/main.html": b"<p></p>",
}


def packed(
    files: Mapping[str, bytes], packing: int = zipfile.ZIP_STORED, mode: int = 0o100644
) -> bytes:
    """Return a ZIP of files by name, whatever these are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        for name, data in files.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = packing
            member.external_attr = mode << 16
            package.writestr(member, data)
    return out.getvalue()


def doubled(name: str) -> bytes:
    """Return a ZIP that holds a name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr(name, b"2")
    return out.getvalue()


def refusal(data: bytes) -> str:
    """Return why a ZIP is refused."""
    with pytest.raises(BrokenInputsError) as refused:
        unzip_inputs(data)
    return str(refused.value)


def test_a_zip_comes_back_whole() -> None:
    """What was packed by this program is read; folders that other programs add say nothing."""
    assert unzip_inputs(make_inputs_zip(FILES, "en")) == FILES
    with_folder = packed({"answers/": b"", "answers/2026/": b"", **FILES}, zipfile.ZIP_DEFLATED)
    assert unzip_inputs(with_folder) == FILES


@pytest.mark.parametrize(
    "name",
    [
        "../assess.yaml",
        "answers/../../x.yaml",
        "/etc/passwd",
        "answers//x.yaml",
        "answers/./x.yaml",
        "answers\\..\\x.yaml",
        "C:/assess.yaml",
        "answers/x.yaml:stream",
        "answers/a\nb.yaml",
        "answers/a\x1b[31mb.yaml",
        "answers/\u202egepj.yaml",
        "answers/.git/config",
        "templates/.htaccess",
        "answers/x.yaml.",
        "answers/ x.yaml",
        ".git/hooks/post-checkout",
        "evidence/2026/scan.pdf",
        "evidence.yaml",
        "answers",
        "README.txt",
        "pictures/a/b.jpg",
        "pictures/run.sh",
        "rounds/2025",
        "rounds/../assess.yaml",
        "rounds/2025/reports/x.pdf",
        "answers/" + "x" * 250 + ".yaml",
        "answers/" + "x/" * 200 + "y.yaml",
        "answers/" + "长" * 100 + ".yaml",
    ],
)
def test_a_name_that_no_input_has_is_refused(name: str) -> None:
    """No way out, no control characters, no hidden files, nothing that is no input."""
    assert not is_allowed_input_path(name)
    assert "no document is made from" in refusal(packed({**FILES, name: b"x"}))


def test_a_name_with_a_zero_byte_is_refused() -> None:
    """The library would end the name there."""
    data = packed({"answers/x.yamlZ.exe": b"x"}).replace(b"x.yamlZ", b"x.yaml\0")
    assert "no document is made from" in refusal(data)


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010644, 0o060660, 0o140755])
def test_links_and_devices_are_refused(mode: int) -> None:
    """A link to a file of the machine is no input."""
    assert "link or a device" in refusal(packed({"assess.yaml": b"/etc/passwd"}, mode=mode))


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what a file unpacks to, by all together, and by how much smaller it is packed."""
    blanks = b" " * (1 << 20)
    bomb = packed({"assess.yaml": blanks}, zipfile.ZIP_DEFLATED)
    assert "100 times" in refusal(bomb)
    monkeypatch.setattr(reading, "MOST_OF_A_FILE", 1000)
    assert "larger than any of a workspace" in refusal(bomb)
    monkeypatch.setattr(reading, "MOST_IN_ALL", 10)
    assert "unpacks to more" in refusal(packed(FILES))
    monkeypatch.setattr(reading, "MOST_OF_A_ZIP", 10)
    assert "larger than any of this program" in refusal(packed(FILES))


def test_a_size_that_is_a_lie_is_refused() -> None:
    """A file that says that it is small is not read beyond that."""
    data = packed({"assess.yaml": b" " * (1 << 20)}, zipfile.ZIP_DEFLATED)
    size = struct.pack("<I", 1 << 20)
    assert data.count(size) == 2
    assert "none, or is damaged" in refusal(data.replace(size, struct.pack("<I", 9)))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not even listed: a directory of millions of rows would fill the memory."""
    data = packed(FILES)
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "too many files" in refusal(data)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("answers/2026/a.yaml", "answers/2026/A.yaml"),
        ("templates/é/main.html", "templates/e\u0301/main.html"),
        ("answers/2026", "answers/2026/a.yaml"),
        ("checklists/a.yaml", "checklists/a.yaml/b.yaml"),
    ],
)
def test_paths_that_clash_are_refused(first: str, second: str) -> None:
    """On some system they are one file, or one is the folder of the other."""
    if is_allowed_input_path(first) and is_allowed_input_path(second):
        assert "one path" in refusal(packed({first: b"1", second: b"2"}))
    else:
        assert refusal(packed({first: b"1", second: b"2"}))


def test_a_name_that_stands_twice_is_refused() -> None:
    """Which of the two counts, no reader can tell."""
    assert "one path" in refusal(doubled("assess.yaml"))


def _encrypted(data: bytes) -> bytes:
    """Set the bit of encryption in both heads of the only member."""
    flags = data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8
    changed = bytearray(data)
    for at in flags:
        changed[at] |= 1
    return bytes(changed)


def _other_packing(data: bytes) -> bytes:
    methods = data.index(b"PK\x03\x04") + 8, data.index(b"PK\x01\x02") + 10
    changed = bytearray(data)
    for at in methods:
        changed[at] = 14
    return bytes(changed)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_encrypted, "encrypted"),
        (_other_packing, "packed in a way"),
        (lambda data: data[:-30], "none, or is damaged"),
        (lambda data: data.replace(b"a: 1", b"a: 2"), "none, or is damaged"),
        (lambda _data: b"%PDF-1.7\n", "none, or is damaged"),
        (lambda _data: b"", "none, or is damaged"),
    ],
)
def test_what_is_no_zip_of_ours_is_refused(change: Callable[[bytes], bytes], words: str) -> None:
    """Encrypted, packed otherwise, cut off, with other bytes than its sums say, no ZIP."""
    assert words in refusal(change(packed({"assess.yaml": b"a: 1\n"})))


def test_the_child_answers_with_the_reason() -> None:
    """A refusal in words of a catalogue, not the library's."""
    task = ReadInputsTask(pdf=b"", archive=packed({"../x": b""}), paths_by_name={})
    answer = answer_question(task)
    assert answer == PdfRefused(
        code="inputs-unreadable", detail="the ZIP holds a file that no document is made from"
    )


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a ZIP makes no file, wherever its names lead."""
    monkeypatch.chdir(tmp_path)
    unzip_inputs(packed(FILES))
    refusal(packed({"../x.yaml": b"x"}))
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "x.yaml").exists()


def test_the_same_files_give_the_same_bytes() -> None:
    """Whatever their order; stored, so that no library of packing matters."""
    first = make_inputs_zip(FILES, "en")
    assert first == make_inputs_zip(dict(reversed(FILES.items())), "en")
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.namelist() == sorted(FILES)
        assert {member.compress_type for member in package.infolist()} == {zipfile.ZIP_STORED}


def test_a_zip_that_no_reader_takes_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the reader hold for the writer, which names the file."""
    with pytest.raises(UsageError, match=r"templates/a:b\.html can't stand"):
        make_inputs_zip({"templates/a:b.html": b""}, "en")
    monkeypatch.setattr(inputs_zip, "MOST_OF_A_FILE", 3)
    with pytest.raises(UsageError, match="too large for a ZIP"):
        make_inputs_zip(FILES, "en")
    monkeypatch.undo()
    monkeypatch.setattr(inputs_zip, "MOST_FILES", 3)
    with pytest.raises(UsageError, match="at most 3 files"):
        make_inputs_zip(FILES, "en")
