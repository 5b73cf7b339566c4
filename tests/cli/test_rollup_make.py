"""`assess rollup make` on real hand-ins: every number is the one of the unit's own export."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assess import __version__
from assess.cli.common.exit_codes import ExitCode
from cli.conftest import Assess
from hand_ins import edited, forge
from rollup_units import (
    UNITS,
    MadeOffice,
    issue_campaign,
    run_git,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMS = ("--format", "xlsx", "--format", "csv", "--format", "json")


@pytest.fixture
def office(office_with_hand_ins: MadeOffice) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins."""
    return office_with_hand_ins


def make_document(assess: Assess, *words: str) -> Any:
    """Make the JSON, and return it."""
    ran = assess("rollup", "make", "--format", "json", "--lang", "en", "--json", *words)
    assert ran.code == 0, ran.err
    (file,) = json.loads(ran.out)["files"]
    return json.loads(Path(file).read_text("utf-8"))


def rows_of(document: Any, key: str) -> list[dict[str, Any]]:
    """Return the rows of a table, each by the ids of its columns."""
    (table,) = (table for table in document["tables"] if table["key"] == key)
    ids = [column["id"] for column in table["columns"]]
    return [dict(zip(ids, row, strict=True)) for row in table["rows"]]


def test_states_counts_and_scores_are_those_of_the_units_own_exports(
    office: MadeOffice, assess: Assess
) -> None:
    """Each unit by name with its counts; who is missing has no numbers, and no 0."""
    document = make_document(assess)
    units = {row["unit_id"]: row for row in rows_of(document, "units")}
    assert list(units) == list(UNITS)
    for key, export in office.exports.items():
        (sheet,) = export["sheets"]
        row = units[key]
        assert row["unit"] == UNITS[key][0]
        assert row["applicable"] == sheet["counts"]["applicable"]
        assert row["unanswered"] == sheet["counts"]["unanswered"]
    assert units["street"]["state"] == "not handed in"
    assert (units["street"]["applicable"], units["museum"]["unanswered"]) == (None, None)
    ranking = {row["unit_id"]: row for row in rows_of(document, "ranking")}
    for key, export in office.exports.items():
        assert ranking[key]["score"] == export["sheets"][0]["score"]["value"]
    counts = {row["category"]: row for row in rows_of(document, "hand_ins")}
    assert (counts["all"]["units"], counts["all"]["expected"]) == (7, 6)
    assert (counts["all"]["arrived"], counts["all"]["in_time"]) == (5, 5)
    assert counts["部门"]["arrived_share"] == 1


def test_ties_share_a_place_and_what_is_not_comparable_stands_apart(
    office: MadeOffice, assess: Assess
) -> None:
    """Two of 100 points are first, the next is third; what is incomplete has no place."""
    rows = rows_of(make_document(assess), "ranking")
    places = {row["unit_id"]: (row["place"], row["apart"]) for row in rows}
    assert places == {
        "education": (1, None),
        "health": (1, None),
        "data-bureau": (3, None),
        "culture": (None, "checklist was changed"),
        "qingxi-town": (None, "not complete"),
        "street": (None, "not handed in"),
    }
    (spread, *_rest) = rows_of(make_document(assess), "scores")
    scores = sorted(
        office.exports[key]["sheets"][0]["score"]["value"]
        for key in ("education", "health", "data-bureau")
    )
    assert (spread["lowest"], spread["median"], spread["highest"]) == tuple(scores)
    assert spread["first_quartile"] == pytest.approx((scores[0] + scores[1]) / 2, abs=0.051)
    assert (spread["apart.edited"], spread["apart.incomplete"], spread["apart.missing"]) == (
        1,
        1,
        1,
    )


def test_problems_and_measures_are_counted(office: MadeOffice, assess: Assess) -> None:
    """What fails where, the high risk by name, what is mended and overdue, by the exports."""
    document = make_document(assess)
    common = {row["item_id"]: row for row in rows_of(document, "common_problems")}
    assert (common["R2"]["failed"], common["R2"]["judged"], common["R2"]["open"]) == (1, 3, 1)
    assert (common["R1"]["failed"], common["R1"]["judged"]) == (1, 4)
    assert common["R2"]["failed_share.部门"] == pytest.approx(1 / 3, abs=0.0005)
    assert common["R2"]["failed_share.企事业"] is None
    (risk,) = rows_of(document, "high_risks")
    assert (risk["unit_id"], risk["item_id"], risk["case"]) == ("data-bureau", "R2", "6.1")
    assert (risk["measure"], risk["due"]) == ("=cmd|' /C calc'!A1", "2026-10-01")
    assert risk["days_late"] == 60
    (total, *_rest) = rows_of(document, "remediation")
    findings = sum(export["sheets"][0]["findings"] for export in office.exports.values())
    overdue = sum(export["sheets"][0]["overdue"] for export in office.exports.values())
    assert (total["problems"], total["overdue"], total["overdue_90"]) == (
        findings,
        overdue,
        overdue,
    )
    assert (total["mended"], total["closed"], total["on_time"]) == (1, 1, 1)
    extended = {row["unit_id"]: row["extended"] for row in rows_of(document, "unit_remediation")}
    assert {key for key, count in extended.items() if count} == {"qingxi-town"}
    assert total["extended"] == 1


def test_statistics_sum_what_is_answered_and_name_what_is_not(
    office: MadeOffice, assess: Assess
) -> None:
    """Numbers, ratios, choices and columns of tables, recounted from the exports."""
    document = make_document(assess)
    rows = [row for row in rows_of(document, "statistics") if row["category"] == "all"]
    by_part = {(row["item_id"], row["part_id"]): row for row in rows}
    issued = {key: row for key, row in office.exports.items() if key != "culture"}
    values: dict[str, list[Any]] = {}
    for export in issued.values():
        for section in export["sheets"][0]["sections"]:
            for item in section["items"]:
                if item["value"] is not None:
                    values.setdefault(item["id"], []).append(item["value"])
    money = by_part["S1", None]
    assert (money["value"], money["answered"]) == (sum(values["S1"]), 4)
    trained = by_part["S2", None]
    assert trained["value"] == sum(value["part"] for value in values["S2"])
    assert trained["of"] == sum(value["whole"] for value in values["S2"])
    assert trained["unanswered"] == 1
    assert by_part["R3", "always"]["value"] == values["R3"].count("always")
    assert by_part["S3", "visits"]["value"] == 15
    assert by_part["S3", "place=cloud"]["value"] == 1
    assert by_part["S3", None]["value"] == 2
    town = [row for row in rows_of(document, "statistics") if row["category"] == "乡镇街道"]
    empty = next(row for row in town if row["item_id"] == "S2")
    assert (empty["value"], empty["answered"], empty["unanswered"]) == (None, 0, 1)


def test_tables_of_all_units_stand_one_below_the_other(office: MadeOffice, assess: Assess) -> None:
    """Each row as the exports have it; who has no row or no answer is named."""
    rows = rows_of(make_document(assess), "list.rollup-check.S3")
    listed = [(row["unit_id"], row["cell.name"], row["cell.visits"]) for row in rows]
    assert listed == [
        ("data-bureau", "A", 10),
        ("data-bureau", "B", 5),
        ("education", None, None),
        ("health", None, None),
        ("qingxi-town", None, None),
    ]
    assert [row["cell.place"] for row in rows[:2]] == ["Own", "Cloud"]
    remarks = {row["unit_id"]: row["remark"] for row in rows}
    assert remarks == {
        "data-bureau": None,
        "education": "no rows",
        "health": "no rows",
        "qingxi-town": "not answered",
    }


def test_what_was_carried_over_is_named_by_unit(office: MadeOffice, assess: Assess) -> None:
    """Each sheet that came in, with the number of its own export."""
    rows = {row["unit_id"]: row for row in rows_of(make_document(assess), "taken_over")}
    assert list(rows) == list(office.exports)
    for key, export in office.exports.items():
        (sheet,) = export["sheets"]
        assert rows[key]["applicable"] == sheet["counts"]["applicable"]
        assert rows[key]["taken_over"] == sheet.get("taken_over", 0)


def test_the_heat_map_has_shares_by_section(office: MadeOffice, assess: Assess) -> None:
    """Met of what is judged; open answers in the second share alone; the lowest first."""
    rows = rows_of(make_document(assess), "heat_map.rollup-check")
    assert [row["unit_id"] for row in rows][:2] == ["qingxi-town", "data-bureau"]
    for row in rows:
        for section in office.exports[row["unit_id"]]["sheets"][0]["sections"]:
            counts = section["counts"]
            judged = counts["met"] + counts["partial"] + counts["unmet"]
            share = row[f"section.{section['id']}"]
            assert share == (pytest.approx(counts["met"] / judged, abs=0.0005) if judged else None)
    assert rows[0]["risk_share"] == 1


def test_a_file_that_is_gone_or_changed_is_a_row_with_its_reason(
    office: MadeOffice, assess: Assess
) -> None:
    """The run goes on; the others keep their figures."""
    inbox = office.root / "inbox"
    inputs = {row["unit_id"]: row for row in rows_of(make_document(assess), "inputs")}
    (inbox / inputs["education"]["digest"].removeprefix("sha256:")).unlink()
    changed = inbox / inputs["health"]["digest"].removeprefix("sha256:")
    changed.chmod(0o600)
    changed.write_bytes(changed.read_bytes() + b"x")
    ran = assess("rollup", "make", "--format", "json", "--lang", "en")
    assert ran.code == 0
    assert "its file is not in the inbox here" in ran.err
    assert "its file has other bytes than the receipt names" in ran.err
    document = make_document(assess)
    left_out = {row["unit_id"]: row["reason"] for row in rows_of(document, "left_out")}
    assert left_out["education"] == "its file is not in the inbox here"
    assert {row["unit_id"]: row["place"] for row in rows_of(document, "ranking")}[
        "data-bureau"
    ] == 1


def test_the_same_inputs_give_the_same_bytes(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """In every form; and what is made is not committed, while figures.json is."""
    for name in ("a", "b"):
        assert assess("rollup", "make", *FORMS, "-o", str(tmp_path / name)).code == 0
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert {"rollup-2026.xlsx", "rollup-2026.json", "rollup-2026-units.csv"} <= set(names)
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    assert assess("rollup", "make").code == 0
    assert (office.root / "rollups" / "2026" / "rollup-2026.xlsx").is_file()
    assert run_git(office.root, "status", "--porcelain") == ""
    assert run_git(office.root, "ls-files", "rollups").split() == ["rollups/2026/figures.json"]
    text = (office.root / "rollups" / "2026" / "figures.json").read_text("utf-8")
    assert not [name for name, _category in UNITS.values() if name in text]


def test_a_file_of_somebody_else_is_not_overwritten(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """In a folder that was named; nothing else is written then."""
    other = tmp_path / "out" / "rollup-2026.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"mine")
    ran = assess("rollup", "make", *FORMS, "-o", str(other.parent))
    assert (ran.code, "holds something else" in ran.err) == (2, True)
    assert [path.name for path in other.parent.iterdir()] == [other.name]
    assert not (office.root / "rollups" / "2026").exists()


def read_pages(workbook: bytes) -> list[list[list[str]]]:
    """Return the texts and numbers of each sheet by row; no cell may have a formula."""
    pages = []
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = ET.fromstring(package.read(name))  # noqa: S314  # this test made it
                assert not list(root.iter(f"{MAIN}f")), name
                rows = root.iter(f"{MAIN}row")
                pages.append([["".join(cell.itertext()) for cell in row] for row in rows])
    return pages


def test_words_of_units_are_texts_and_no_formulas(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """In XLSX no cell is a formula, in CSV no cell begins as one; the marking stands on each."""
    words = ("--lang", "zh", "--marking", "内部资料", "-o", str(tmp_path))
    assert assess("rollup", "make", *FORMS, *words).code == 0
    pages = read_pages((tmp_path / "rollup-2026.xlsx").read_bytes())
    assert {name for name, _category in UNITS.values()} <= {
        text for page in pages for row in page for text in row
    }
    for page in pages:
        assert page[1] == ["内部资料"]
        assert "保密审查" in page[2][0]
    for path in tmp_path.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        assert rows[0][0] == "内部资料"
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t")), path
    units = (tmp_path / "rollup-2026-units.csv").read_text("utf-8-sig")
    assert "'=cmd|' /C calc'!A1" in units
    assert json.loads((tmp_path / "rollup-2026.json").read_text("utf-8"))["marking"] == "内部资料"


def test_one_category_alone(office: MadeOffice, assess: Assess) -> None:
    """The tables have its units; figures.json has all; an unknown one names those that exist."""
    document = make_document(assess, "--category", "乡镇街道")
    assert [row["unit_id"] for row in rows_of(document, "units")] == ["qingxi-town", "street"]
    figures = json.loads((office.root / "rollups" / "2026" / "figures.json").read_text("utf-8"))
    assert list(figures["units"]) == list(UNITS)
    ran = assess("rollup", "make", "--category", "乡镇")
    assert (ran.code, "乡镇街道" in ran.err) == (2, True)


def test_labels_stand_in_the_place_of_units(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """In no form is a name, an id, a digest, a receipt, or a word that a unit wrote."""
    inputs = rows_of(make_document(assess), "inputs")
    digests = {row["digest"].removeprefix("sha256:") for row in inputs}
    digests |= {row["receipt"] for row in inputs}
    checklist = Path(__file__).parents[1] / "data/rollup/rollup-check.yaml"
    issue_campaign(office.root, "2027", "2026-11-20", checklist)
    for campaign in ("2026", "2027"):
        forms = (*FORMS, "--format", "html")
        ran = assess("rollup", "make", campaign, "--anonymous", *forms, "-o", str(tmp_path))
        assert ran.code == 0, ran.err
        assert "乡镇街道" in ran.err
    names = {name for name, _category in UNITS.values()}
    measures = {"=cmd|' /C calc'!A1", "任命", "随教育局报送"}
    forbidden = {*UNITS, *names, *measures, *digests}
    for path in tmp_path.glob("rollup-202*-anonymous*"):
        text = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".xlsx":
            pages = read_pages(path.read_bytes())
            text = "\n".join(cell for page in pages for row in page for cell in row)
        assert not [word for word in forbidden if word in text], path
    document = json.loads((tmp_path / "rollup-2026-anonymous.json").read_text("utf-8"))
    assert document["anonymous"] is True
    keys = {table["key"] for table in document["tables"]}
    assert not keys & {"inputs", "list.rollup-check.S3"}
    figures = json.loads((office.root / "rollups" / "2026" / "figures.json").read_text("utf-8"))
    assert list(figures["units"]) == list(UNITS)


def test_an_anonymous_roll_up_has_the_same_figures(office: MadeOffice, assess: Assess) -> None:
    """Only quartiles of few units are not there; labels are counted by category."""
    named, hidden = make_document(assess), make_document(assess, "--anonymous")
    for key in ("hand_ins", "verdicts", "remediation", "statistics"):
        assert rows_of(named, key) == rows_of(hidden, key)
    for document, is_hidden in ((named, False), (hidden, True)):
        for row in rows_of(document, "scores"):
            assert (row["median"] is None) == (is_hidden or row["sheets"] == 0)
    labels = sorted(row["unit"] for row in rows_of(hidden, "units"))
    assert labels == sorted(
        ["企事业 1", "乡镇街道 1", "乡镇街道 2", "部门 1", "部门 2", "部门 3", "部门 4"]
    )
    for key in ("ranking", "heat_map.rollup-check", "common_problems"):
        drop = {"unit", "unit_id"}
        plain = [
            sorted(
                str({name: cell for name, cell in row.items() if name not in drop})
                for row in rows_of(document, key)
            )
            for document in (named, hidden)
        ]
        assert plain[0] == plain[1]


def test_the_next_campaign_is_compared_in_items_that_ask_the_same(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """R1 is worded anew and not compared; units that hand in nothing now have no data."""
    assert assess("rollup", "make").code == 0
    text = (Path(__file__).parents[1] / "data/rollup/rollup-check.yaml").read_text("utf-8")
    later = tmp_path / "rollup-check.yaml"
    later.write_text(
        text.replace("2026.1", "2027.1")
        .replace("明确网络安全负责人", "任命网络安全负责人")
        .replace("A head of security is named.", "A head of security is appointed."),
        "utf-8",
    )
    issue_campaign(office.root, "2027", "2026-11-20", later)
    document = make_document(assess, "2027")
    (table,) = (row for row in document["tables"] if row["key"] == "comparison")
    assert "5 of 6 items" in table["note"]
    changes = {row["unit_id"]: row["change"] for row in rows_of(document, "comparison")}
    assert changes["education"] == "no data now"
    assert changes["street"] == "nothing to compare"
    before, now = rows_of(document, "trend")
    (scores, *_rest) = rows_of(make_document(assess, "2026"), "scores")
    assert (before["campaign"], before["alike"], before["items"]) == ("2026", 5, 6)
    assert (before["sheets"], before["median"]) == (scores["sheets"], scores["median"])
    assert (now["campaign"], now["sheets"], now["median"]) == ("2027", 0, None)
    hidden = rows_of(make_document(assess, "2027", "--anonymous"), "trend")
    assert [row["median"] for row in hidden] == [None, None]


def test_damaged_figures_are_named_with_what_to_do(office: MadeOffice, assess: Assess) -> None:
    """The file, the fault, the command."""
    assert assess("rollup", "make").code == 0
    file = office.root / "rollups" / "2026" / "figures.json"
    file.write_text("{", "utf-8")
    checklist = Path(__file__).parents[1] / "data/rollup/rollup-check.yaml"
    issue_campaign(office.root, "2027", "2026-11-20", checklist)
    ran = assess("rollup", "make", "2027")
    assert ran.code == ExitCode.FILES
    assert "rollups/2026/figures.json" in ran.err
    assert "assess rollup make CAMPAIGN" in ran.err


def test_figures_of_another_version_of_the_program_are_computed_again(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """A file that says 9.9 and another score: the score is the one that its inputs give."""
    (file,) = (office.root.parent / "in").glob("*education*.zip")
    honest = file.read_bytes()
    changes = (f'"program":"{__version__}"', '"program":"9.9"'), ('"value":100,', '"value":1,')
    forged = tmp_path / "forged.zip"
    forged.write_bytes(forge(honest, edited(honest, "data.json", *changes), {"program": "9.9"}))
    ran = assess("rollup", "take", str(forged), "--json")
    (row,) = json.loads(ran.out)
    assert "data-other-program" in [remark["code"] for remark in row["remarks"]]
    if row["outcome"] == "held":
        assert assess("rollup", "take", "--confirm", "education", "--reason", "x").code == 0
    units = {row["unit_id"]: row for row in rows_of(make_document(assess), "ranking")}
    assert (units["education"]["score"], units["education"]["place"]) == (100, 1)
    inputs = {row["unit_id"]: row for row in rows_of(make_document(assess), "inputs")}
    assert inputs["education"]["digest"] == row["digest"]


def test_no_cut_list_of_remarks_makes_an_office_believe_figures(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """The receipt of an older program can lack the remark: the version that it names decides."""
    (file,) = (office.root.parent / "in").glob("*education*.zip")
    changes = (f'"program":"{__version__}"', '"program":"9.9"'), ('"value":100,', '"value":1,')
    data = edited(file.read_bytes(), "data.json", *changes)
    forged = tmp_path / "forged.zip"
    forged.write_bytes(forge(file.read_bytes(), data, {"program": "9.9"}))
    assess("rollup", "take", str(forged))
    receipts = office.root / "receipts" / "2026.yaml"
    text = receipts.read_text("utf-8")
    assert "data-other-program" in text
    receipts.write_text(text.replace("data-other-program", "checklist-other"), "utf-8")
    units = {row["unit_id"]: row for row in rows_of(make_document(assess), "ranking")}
    assert units["education"]["score"] == 100


def test_an_issued_checklist_that_was_changed_is_named(office: MadeOffice, assess: Assess) -> None:
    """Nothing is made: the titles and the comparison would be those of something else."""
    (checklist,) = (office.root / "checklists").glob("*.yaml")
    checklist.write_bytes(checklist.read_bytes() + b"\n")
    ran = assess("rollup", "make")
    assert ran.code == ExitCode.FILES
    assert checklist.name in ran.err
    assert not (office.root / "rollups" / "2026").exists()


def test_a_folder_that_leads_out_of_the_office_is_refused(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """A link in a clone writes nothing elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    (office.root / "rollups").mkdir(exist_ok=True)
    (office.root / "rollups" / "2026").symlink_to(tmp_path / "elsewhere")
    ran = assess("rollup", "make")
    assert (ran.code, "leads out of the folder" in ran.err) == (2, True)
    assert list((tmp_path / "elsewhere").iterdir()) == []
