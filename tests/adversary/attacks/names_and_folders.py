"""Names and folders that a file manager would not make."""

from __future__ import annotations

import os

from adversary.attack import Place, attack


def _nest(place: Place, name: str, count: int) -> None:
    handle = os.open(place.workspace / "evidence", os.O_RDONLY)
    for _ in range(count):
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)


@attack("status", "commit", "report --format json", code=4, says="too-deep")
def folders_nested_too_deep(place: Place) -> None:
    """The path of the last one is longer than the kernel takes."""
    _nest(place, "d" * 200, 30)


@attack("answer EGN-BND-01 met", "lint", exhaustive=True)
def answering_beside_folders_nested_too_deep(place: Place) -> None:
    """What does not read these folders goes on."""
    _nest(place, "d" * 200, 30)


@attack("report --format json", "commit", code=0)
def evidence_whose_name_is_no_utf_8(place: Place) -> None:
    """A ZIP from Windows leaves names in GBK."""
    _gbk(place)


@attack("status", "lint", "report", "report --format md", code=0, exhaustive=True)
def reports_beside_a_name_that_is_no_utf_8(place: Place) -> None:
    """The same for every form."""
    _gbk(place)


def _gbk(place: Place) -> None:
    for name in ("拓扑.png", "制度.txt"):
        gbk = os.fsdecode(name.encode("gbk"))
        (place.workspace / "evidence" / gbk).write_bytes(b"x")


@attack("commit", code=0, exhaustive=True)
def thousands_of_files_at_once(place: Place) -> None:
    """9,000 files: their names are longer than a command line may be."""
    folder = place.workspace / "evidence" / "2026"
    folder.mkdir(parents=True)
    for number in range(9000):
        (folder / f"{number}-screenshot-of-the-console.png").touch()


@attack("lint", code=1, says="evidence-name-long")
def a_register_that_names_what_no_file_can_be_called(place: Place) -> None:
    """A path with a part of 300 bytes."""
    _register(place)


@attack("report --format json", code=0, exhaustive=True)
def a_report_beside_a_name_that_no_file_can_have(place: Place) -> None:
    """The same where the row is read in passing."""
    _register(place)


def _register(place: Place) -> None:
    text = f"""format: assess/evidence/1
evidence:
  ev-00000001:
    title: x
    file:
      path: 2026/{"长" * 100}
      sha256: {"ab" * 32}
      size: 1
"""
    (place.workspace / "evidence" / "register.yaml").write_text(text, "utf-8")
