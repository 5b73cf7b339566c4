"""Documents by category where there are many units; workbook and JSON hold all of them."""

from __future__ import annotations

import io
import json

import docx
import pytest

from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.anonymous import make_anonymous_records
from assess.engine.rollup.records import RollUpRecords
from assess.errors import UsageError
from assess.model.answer import Answer
from assess.report.rollup.by_category import (
    MOST_UNITS_IN_DOCUMENT,
    make_files_by_category,
    refuse_too_many_unit_pages,
    refuse_too_many_units,
)
from assess.report.rollup.circular.circular import CircularDetails
from assess.report.rollup.make_files import RollUpForm
from engine.rollup.test_unit_entries import make_data, make_entry, make_records
from factories import met
from report.read_pdf import squeezed

GOOD = {"A-1": met(), "A-9": Answer(value=[])}
UNITS = {"甲局": "部门", "乙局": "部门", "丙镇": "乡镇/街道", "丁镇": "乡镇-街道", "戊社": None}


def make_campaign() -> RollUpRecords:
    """Return five units of four categories; two of these differ in a sign, one is none."""
    data = make_data(about_unit=GOOD)
    return make_records(*(make_entry(key, data, category=name) for key, name in UNITS.items()))


def make_files(records: RollUpRecords, *forms: RollUpForm, most: int) -> dict[str, bytes]:
    """Return the files where a document holds at most so many units."""
    source = RollUpSource(records, "zh")
    return make_files_by_category(source, forms, "zh", details=CircularDetails(), most=most)


def read_words(data: bytes) -> str:
    """Return all texts of a Word document."""
    document = docx.Document(io.BytesIO(data))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join(part.text for part in (*document.paragraphs, *cells))


def test_a_pdf_for_each_category_and_a_table_of_all() -> None:
    """No unit is left out, none is in two; names that would be one get a number."""
    files = make_files(make_campaign(), "pdf", "json", most=4)
    assert sorted(files) == [
        "rollup-2026-乡镇-街道-2.pdf",
        "rollup-2026-乡镇-街道.pdf",
        "rollup-2026-未分类.pdf",
        "rollup-2026-部门.pdf",
        "rollup-2026.json",
    ]
    texts = [squeezed(data) for name, data in files.items() if name.endswith("pdf")]
    for unit, category in UNITS.items():
        (text,) = (text for text in texts if unit in text)
        assert f"情况的通报（{category or '未分类'}）" in text
    tables = {table["key"]: table for table in json.loads(files["rollup-2026.json"])["tables"]}
    assert len(tables["units"]["rows"]) == len(UNITS)


@pytest.mark.parametrize("most", [5, MOST_UNITS_IN_DOCUMENT])
def test_up_to_the_limit_a_document_holds_all(most: int) -> None:
    """Word and page, too."""
    files = make_files(make_campaign(), "docx", "html", "xlsx", most=most)
    assert sorted(files) == ["rollup-2026.docx", "rollup-2026.html", "rollup-2026.xlsx"]
    words = read_words(files["rollup-2026.docx"])
    assert [unit for unit in UNITS if unit not in words] == []


def test_pages_and_word_documents_are_divided_likewise() -> None:
    """The workbook is not."""
    files = make_files(make_campaign(), "docx", "html", "xlsx", most=2)
    assert len(files) == 2 * 4 + 1
    assert "甲局" in read_words(files["rollup-2026-部门.docx"])
    assert "丙镇" not in read_words(files["rollup-2026-部门.docx"])
    assert "丙镇" not in files["rollup-2026-部门.html"].decode()
    assert "rollup-2026.xlsx" in files


def test_an_anonymous_roll_up_is_divided_without_names() -> None:
    """Labels are those of the whole."""
    files = make_files(make_anonymous_records(make_campaign(), "zh"), "docx", most=4)
    assert len(files) == 4
    for data in files.values():
        words = read_words(data)
        assert [unit for unit in UNITS if unit in words] == []
    assert "部门 1" in read_words(files["rollup-2026-anonymous-部门.docx"])


def test_a_category_of_too_many_units_and_too_many_pages_are_refused() -> None:
    """With what helps; as many as a document holds are not."""
    refuse_too_many_units({"部门": 3, None: 3}, "en", most=3)
    with pytest.raises(UsageError) as raised:
        refuse_too_many_units({"部门": 3, None: 4}, "en", most=3)
    assert "3 units at most, and category no category has 4" in str(raised.value)
    assert "--format xlsx" in raised.value.hint
    refuse_too_many_unit_pages(MOST_UNITS_IN_DOCUMENT, "en")
    with pytest.raises(UsageError) as raised:
        refuse_too_many_unit_pages(MOST_UNITS_IN_DOCUMENT + 1, "en")
    assert "--category" in raised.value.hint
