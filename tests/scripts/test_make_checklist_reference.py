"""Tests of docs/checklist-reference.md: every field of a checklist, in both languages."""

from __future__ import annotations

import make_checklist_reference
import pytest

from assess.i18n import LANGS, Lang
from assess.model.item_parts import Rows
from assess.store.yaml.json_schema import read_shipped_schema


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_up_to_date(lang: Lang) -> None:
    """Run scripts/make_checklist_reference.py after a change of the model or of its docstrings."""
    made = make_checklist_reference
    assert made.FILES[lang].read_text("utf-8") == made.page(lang)


def test_every_meaning_has_its_chinese() -> None:
    """A changed English sentence needs its Chinese again, and no Chinese is left over."""
    made = make_checklist_reference
    assert made.source()["chinese"].keys() == made.list_english_texts()
    assert made.source()["titles"].keys() == made.list_types().keys()


@pytest.mark.parametrize("lang", LANGS)
def test_sections_have_names_of_their_own(lang: Lang) -> None:
    """A link leads to one section."""
    titles = [names[lang] for names in make_checklist_reference.source()["titles"].values()]
    assert len(titles) == len(set(titles))


def test_the_page_lists_every_type_of_the_schema() -> None:
    """Except what merges write."""
    types = make_checklist_reference.list_types().keys()
    named = {line.split('"')[3] for line in _title_lines()}
    assert named - types == {"ConflictRow"}


def _title_lines() -> list[str]:
    schema = read_shipped_schema("checklist")
    return [line for line in schema.splitlines() if line.startswith('      "title": "')]


def test_rows_show_value_default_and_format() -> None:
    """A row says what may stand there, what holds without it, and since which format it is."""
    english = make_checklist_reference.page("en")
    most = Rows().max
    assert f"| `max` | whole number 1–1000 | `{most}` |  | The most rows allowed. |" in english
    assert "| `label` | string |  | 3 | What the issuer calls the item" in english
    assert "| `rungs` | list of: [Rung](#rung) (2–6 entries) | **needed** |" in english
    assert "| `item` | id |  | 3 | An item of the same checklist" in english
