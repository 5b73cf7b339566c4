"""`assess rollup make --units`: a page for each unit, into a folder, never over other files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from pdfua import Validator

from assess.cli.common.exit_codes import ExitCode
from cli.conftest import Assess
from report.read_pdf import squeezed
from rollup_units import UNITS, MadeOffice, run_git

SAME_WORDS = "health"
"""A unit whose name is also the measure of another one."""

MAKE = ("rollup", "make", "--units")


@pytest.fixture
def office(office_with_hand_ins: MadeOffice) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins."""
    return office_with_hand_ins


def read_words(path: Path) -> str:
    """Return the paragraphs and cells of a Word document, a line each."""
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join(part.text for part in (*document.paragraphs, *cells))


def test_each_unit_has_a_page_that_names_no_other_unit(office: MadeOffice, assess: Assess) -> None:
    """Their names are those of units and campaign; git does not see them; made again, the same."""
    ran = assess(*MAKE, "--lang", "zh", "--format", "docx", "--json")
    assert ran.code == 0, ran.err
    paths = [Path(path) for path in json.loads(ran.out)["files"]]
    folder = office.root / "rollups/2026/rollup-units"
    asked = [key for key in UNITS if key != "museum"]
    assert paths == [folder / f"{key}-2026.docx" for key in asked]
    for key, path in zip(asked, paths, strict=True):
        words = read_words(path)
        named = {other for other, (name, _category) in UNITS.items() if name in words}
        assert named - {SAME_WORDS} == {key} - {SAME_WORDS}
    assert run_git(office.root, "status", "--porcelain") == ""
    before = [path.read_bytes() for path in paths]
    assert assess(*MAKE, "--lang", "zh", "--format", "docx").code == 0
    assert [path.read_bytes() for path in paths] == before


def test_the_page_of_a_unit_has_what_the_roll_up_says_of_it(
    office: MadeOffice, assess: Assess
) -> None:
    """State, score, its high risk with measure and days; three compared units hide the median."""
    assert assess(*MAKE, "--lang", "zh", "--format", "docx").code == 0
    folder = office.root / "rollups/2026/rollup-units"
    words = read_words(folder / "data-bureau-2026.docx")
    score = office.exports["data-bureau"]["sheets"][0]["score"]["value"]
    for text in (
        "已报",
        f"\n{score:g}\n",
        "不足五个单位，不列",
        "逾期 60 天",
        "=cmd|' /C calc'!A1",
    ):
        assert text in words, text
    assert "对 1 项高风险问题要优先整改" in words
    missing = read_words(folder / "street-2026.docx")
    assert "未报" in missing
    assert "得分和排名" not in missing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pdfs_are_the_default_and_accessible(
    office: MadeOffice, assess: Assess, lang: str, tmp_path: Path
) -> None:
    """Of one category; with the marking and the sentence on each."""
    target = tmp_path / "out"
    words = ("--category", "乡镇街道", "--lang", lang, "--marking", "敏感", "-o", str(target))
    assert assess(*MAKE, *words).code == 0
    paths = sorted((target / "rollup-units").iterdir())
    assert [path.name for path in paths] == ["qingxi-town-2026.pdf", "street-2026.pdf"]
    warning = "问题汇总后的密级可能高于各部分" if lang == "zh" else "Collectedweaknessesmaybe"
    for path in paths:
        whole = squeezed(path.read_bytes())
        assert "敏感" in whole
        assert warning in whole
        assert {row.rule_id for row in Validator().validate(str(path)).findings} == set()


def test_another_file_in_a_named_folder_stays(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """Nothing is written then; in the office's own folder pages are made again."""
    other = tmp_path / "rollup-units" / "street-2026.docx"
    other.parent.mkdir()
    other.write_bytes(b"mine")
    ran = assess(*MAKE, "--format", "docx", "-o", str(tmp_path))
    assert ran.code == ExitCode.USAGE
    assert f"{other} is there already" in ran.err
    assert [path.name for path in other.parent.iterdir()] == [other.name]
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "xlsx"),
        ("--format", "pdf", "--format", "json"),
        ("--anonymous",),
        ("--number", "12"),
    ],
)
def test_what_is_no_page_of_a_unit_is_refused(
    office: MadeOffice, assess: Assess, words: tuple[str, ...]
) -> None:
    """Before anything is read or written."""
    ran = assess(*MAKE, *words)
    assert ran.code == ExitCode.USAGE
    assert f"--units {' '.join(words[-2:])}".removesuffix(" 12") in ran.err
    assert list((office.root / "rollups").glob("*/*")) == []


def test_no_page_is_written_through_a_link(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """A clone may hold a link that leads out of the office."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = office.root / "rollups" / "2026"
    place.mkdir(parents=True)
    (place / "rollup-units").symlink_to(elsewhere)
    ran = assess(*MAKE, "--format", "docx")
    assert ran.code == ExitCode.USAGE
    assert "is a link that leads out of the folder" in ran.err
    assert list(elsewhere.iterdir()) == []
