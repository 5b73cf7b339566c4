from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from assess.engine.lint.content.coverage import CoveragePart
from assess.errors import UnknownIdError
from assess.i18n import LANGS, Lang
from assess.model.base import Bilingual
from assess.model.item import Item
from assess.workspace import find_library_file, read_library_checklists
from assess.workspace.checklists.content_check import (
    compare_checklists,
    compute_coverage_by_library,
    lint_checklists,
    load_content_rule_tables,
)

pytestmark = pytest.mark.untraced

SKELETON = Path(__file__).parents[3] / "src" / "assess" / "data" / "checklist-skeleton.yaml"

COMPLETE = (
    "csl",
    "dsl",
    "pipl",
    "network-data-regs",
    "cryptography-law",
    "crypto-regs",
    "incident-reporting",
    "internet-gov-apps",
    "face-2025",
    "ai-label-2025",
    "accountability-rules",
    "mlps-general-2",
    "mlps-general-3",
    "mlps-cloud-2",
    "mlps-cloud-3",
    "mlps-mobile-2",
    "mlps-mobile-3",
    "mlps-iot-2",
    "mlps-iot-3",
    "mlps-ics-2",
    "mlps-ics-3",
    "gbt39786-3",
    "cases-general",
    "cases-cloud",
    "cases-mobile",
    "cases-iot",
    "cases-ics",
    "obligations-E",
    "obligations-B",
    "obligations-T",
)
"""What the library must never lose again; add a part as soon as it is whole."""


@pytest.fixture(scope="module")
def parts() -> dict[str, CoveragePart]:
    """What the library covers, by part."""
    return {part.id: part for part in compute_coverage_by_library("en")}


def own(tmp_path: Path, **changes: str) -> Path:
    """Write the skeleton of an own checklist with these changes and return its path."""
    text = SKELETON.read_text("utf-8")
    for old, new in {"@ID@": "own", "@VERSION@": "2026.1", "@PREFIX@": "OWN"}.items():
        text = text.replace(old, new)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    return path


def codes(path: Path, lang: Lang = "en") -> list[str]:
    """Return the codes of the problems of a file."""
    return [one.code for one in lint_checklists([path], lang)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_skeleton_is_clean(tmp_path: Path, lang: Lang) -> None:
    """Who starts an own checklist starts without problems."""
    assert codes(own(tmp_path), lang) == []


def test_problems_of_both_kinds_have_positions(tmp_path: Path) -> None:
    """Structural and content problems stand at their lines."""
    path = own(tmp_path, **{"clause: 23(1)": 'clause: "99"', "weight: 2": "weight: -2"})
    found = lint_checklists([path], "en")
    lines = path.read_text("utf-8").splitlines()
    assert {one.code for one in found} == {"clause-unknown", "weight-negative"}
    for one in found:
        assert ("99" if one.code == "clause-unknown" else "-2") in lines[one.line - 1]


def test_own_checklists_are_held_against_the_library(tmp_path: Path) -> None:
    """A fact or a basis that the library has is defined as the library defines it."""
    path = own(tmp_path, **{"本单位是否接入": "是否接入", "Cybersecurity Law": "Network Law"})
    assert sorted(codes(path)) == ["basis-differs", "fact-differs"]


def test_a_version_of_a_library_checklist_is_not_held_against_itself(tmp_path: Path) -> None:
    """Copying a checklist of the library under its own id gives no new problems."""
    text = find_library_file("workforce", "en").read_text("utf-8")
    path = tmp_path / "workforce.yaml"
    path.write_text(text.replace("version: ", "# later\nversion: ", 1), "utf-8")
    assert not {"fact-differs", "requirement-duplicate"} & set(codes(path))


def test_files_that_can_not_be_read_are_reported(tmp_path: Path) -> None:
    """Broken text and broken form are problems like others, beside those of good files."""
    broken = tmp_path / "a.yaml"
    broken.write_bytes(b"\xff\xfe\x00")
    formless = tmp_path / "b.yaml"
    formless.write_text("format: assess/checklist/1\n", "utf-8")
    found = lint_checklists([broken, formless, own(tmp_path)], "en")
    assert {Path(one.file).name for one in found} == {"a.yaml", "b.yaml"}


def test_tables_hold_what_the_frameworks_have() -> None:
    """The counts of ids are those that the frameworks publish."""
    ids = load_content_rule_tables().control_ids_by_framework
    assert {name: len(ids[name]) for name in ids} == {"csf": 106, "iso27001": 93, "cis": 153}
    cases = list(load_content_rule_tables().cases.values())
    assert [case.number for case in cases] == list(range(1, 82))


def test_cases_cite_clauses_that_exist() -> None:
    """The clauses of the cases are in the table of the standard."""
    standard = load_content_rule_tables().clauses["gbt22239"]
    cited = [
        clause for case in load_content_rule_tables().cases.values() for clause in case.clauses
    ]
    assert [one for one in cited if not standard.has_all_clauses_of_citation(one)] == []


def test_the_listed_clauses_exist() -> None:
    """What coverage wants, and what has penalties, is in the tables it stands in."""
    for table in load_content_rule_tables().clauses.values():
        wanted = [leaf for group in table.groups for leaf in table.list_clauses_of_group(group)]
        assert [
            one for one in (*wanted, *table.penal) if not table.has_all_clauses_of_citation(one)
        ] == []


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("mlps-general-2", 135),
        ("mlps-general-3", 211),
        ("mlps-cloud-2", 29),
        ("mlps-cloud-3", 46),
        ("mlps-mobile-2", 14),
        ("mlps-mobile-3", 19),
        ("mlps-iot-2", 7),
        ("mlps-iot-3", 20),
        ("mlps-ics-2", 15),
        ("mlps-ics-3", 21),
        ("cases-general", 42),
        ("cases-cloud", 16),
        ("cases-mobile", 10),
        ("cases-iot", 4),
        ("cases-ics", 9),
        ("obligations-E", 48),
        ("obligations-B", 50),
        ("obligations-T", 25),
        ("internet-gov-apps", 36),
    ],
)
def test_parts_have_as_many_rows_as_their_source(
    parts: dict[str, CoveragePart], part: str, count: int
) -> None:
    """The standard's clauses by level, the guide's cases, the numbered obligations."""
    assert len(parts[part].rows) == count


@pytest.mark.parametrize("part", COMPLETE)
def test_what_is_complete_stays_complete(parts: dict[str, CoveragePart], part: str) -> None:
    """No clause, case or obligation of these parts may lose its last item."""
    assert parts[part].uncovered_row_ids == ()


def test_obligations_name_items_that_exist() -> None:
    """The mapping names no item that the library does not have."""
    living = {key for one in read_library_checklists("en") for key in one.items()}
    named = {item for one in load_content_rule_tables().obligations.values() for item in one.items}
    assert named - living == set()


def test_glossary_terms_do_not_avoid_what_is_used() -> None:
    """No term is preferred and avoided at once."""
    use = {(term.lang, term.use) for term in load_content_rule_tables().glossary}
    avoid = {(term.lang, bad) for term in load_content_rule_tables().glossary for bad in term.avoid}
    assert use & avoid == set()


def steps_of(item: Item) -> str:
    """Return the Chinese check steps of an item, joined."""
    return "".join(one.zh or "" for one in item.check if isinstance(one, Bilingual))


def test_checks_of_the_library_are_long_enough() -> None:
    """Check steps have at least 60 Chinese characters an item, on average."""
    items = [item for one in read_library_checklists("zh") for item in one.items().values()]
    words = "".join(steps_of(item) for item in items)
    assert Fraction(len(words), len(items)) >= 60


def test_the_library_is_clean() -> None:
    """Every checklist of the library passes every rule, or says on the item why not."""
    folder = find_library_file("egov-network", "en").parent
    assert [str(one) for one in lint_checklists(sorted(folder.glob("*.yaml")), "en")] == []


def test_comparing_takes_ids_and_files(tmp_path: Path) -> None:
    """A library id against a changed file of it shows the change."""
    text = find_library_file("workforce", "en").read_text("utf-8")
    path = tmp_path / "w.yaml"
    path.write_text(re.sub("weight: 2", "weight: 1", text, count=1), "utf-8")
    (changed,) = compare_checklists("workforce", str(path), "en").items
    assert [one.field for one in changed.changed] == ["weight"]


def test_comparing_an_unknown_id_is_an_error() -> None:
    """The error names the nearest checklist."""
    with pytest.raises(UnknownIdError):
        compare_checklists("workfroce", "workforce", "en")
