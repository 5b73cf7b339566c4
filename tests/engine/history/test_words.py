"""Changes in words: lines, Markdown, nothing that a terminal would obey."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.engine.history import words
from assess.engine.history.changes import (
    FileChange,
    ItemChange,
    SettingChange,
    SheetChange,
    SheetState,
    WorkspaceChanges,
    compare_sheet_states,
    diff_settings_recursively,
)
from assess.i18n import Lang
from assess.model.answer import Answer, CitedMitigation, Remediation, Review, RiskOverride
from assess.model.config import Person, Pin, Round, System
from factories import assessed, checklist, config, conformity, ladder, met, number, sheet, unmet

FILE = "answers/2026/egov.yaml"
PEOPLE = {"wang": "王敏"}


def told(before: Answer | None, after: Answer | None, lang: Lang = "en") -> list[str]:
    """Return the lines of a change of one item, without the sheet's own."""
    sides = []
    for one in (before, after):
        given = sheet({} if one is None else {"A-1": one})
        sides.append(SheetState(given, assessed(checklist(conformity("A-1")), given)))
    changes = WorkspaceChanges(sheets=(compare_sheet_states(FILE, *sides),))
    return [line.text for line in words.describe_changes(changes, PEOPLE, lang)][1:]


def test_an_answer() -> None:
    """Score, finding, who, from what to what; names of people, not ids."""
    assert told(met(), unmet(by="wang", note="末条")) == [
        "score 100.0 → 0.0; findings opened: 1",
        "A-1 Title  [finding opened, risk medium]  王敏",
        "answer: met → not met",
        'note: nothing → "末条"',
    ]
    assert told(unmet(), met(by="chen"))[:2] == [
        "score 0.0 → 100.0; findings closed: 1",
        "A-1 Title  [finding closed]  chen",
    ]
    assert told(met(), unmet(), "zh")[0].startswith("得分 100.0 → 0.0；")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"evidence": {"ev-1": "photo", "ev-2": "other"}}, "evidence: nothing → ev-1, ev-2"),
        ({"mitigation": CitedMitigation(id="acl")}, "mitigation: nothing → acl"),
        ({"mitigation": CitedMitigation(id="acl", note="x")}, 'mitigation: nothing → acl "x"'),
        ({"remediation": Remediation(state="done")}, "remediation: state: nothing → done"),
        ({"recheck": date(2026, 12, 1)}, "look again on: nothing → 2026-12-01"),
        ({"fingerprint": "zh-1"}, "wording: confirmed for another wording of the item"),
        (
            {"review": Review(state="returned", comment="补")},
            'review: nothing → returned "补"',
        ),
    ],
)
def test_each_field_has_its_words(fields: dict[str, Any], line: str) -> None:
    """Every field is told as people say it."""
    assert line in told(met(), met(**fields))


def test_a_risk_that_moves() -> None:
    """An override changes the risk without a finding opened or closed."""
    lines = told(unmet(), unmet(risk=RiskOverride(level="low", reason="小")))

    assert lines == ["A-1 Title  [risk medium → low]", 'risk: nothing → low "小"']


def test_chinese_quotes_and_separators() -> None:
    """Chinese has its own."""
    assert "“末条”" in told(met(), unmet(note="末条"), "zh")[-1]


def test_found_otherwise() -> None:
    """An item whose rule changed says so in place of fields."""
    item = ItemChange(item="A-1", result_before="partial", result_after=None)
    one = SheetChange(file=FILE, round="2026", items=(item,))

    lines = [line.text for line in words.describe_sheet_change(one, {}, "en")]
    assert lines[1:] == [
        "A-1",
        "found otherwise, by a changed rule or fact: partly met → nothing",
    ]


def test_without_a_checklist_the_file_says_it() -> None:
    """An answer to an unknown item is told as it stands in the file."""
    old, new = SheetState(sheet({"X": met()})), SheetState(sheet({"X": Answer(value="weekly")}))
    lines = [
        line.text
        for line in words.describe_sheet_change(compare_sheet_states(FILE, old, new), {}, "en")
    ]

    assert lines == [FILE, "X", "answer: met → weekly"]


def test_new_and_removed_sheets() -> None:
    """They are called so."""
    made = SheetChange(file=FILE, round="2026", made=True)
    gone = SheetChange(file=FILE, round="2026", gone=True)

    assert words.summarize_sheet_change(made, "en") == "new sheet"
    assert words.summarize_sheet_change(gone, "en") == "sheet removed"


def test_settings_and_files() -> None:
    """Mappings are told by name or title, the rest by what they hold."""
    new = config(
        people={"wang": Person(name="王敏"), "zhao": Person(name="赵云", roles=("leader",))},
        checklists={"egov": Pin(source="library"), "big": Pin(source="local")},
        rounds={"2026": Round(title="T", sheets=("egov", "big"))},
        systems={"portal": System(name="门户", profile={"open": True, "size": 3})},
    )
    changes = WorkspaceChanges(
        settings=tuple(diff_settings_recursively("assess.yaml", config(), new)),
        files=(FileChange(path="evidence/a\x1b[1m.png", verb="added"),),
    )
    lines = [line.text for line in words.describe_changes(changes, {}, "en")]

    assert lines[0] == "Settings and evidence"
    assert "assess.yaml people.zhao: nothing → 赵云" in lines
    assert "assess.yaml people.li: 李健 → nothing" in lines
    assert "assess.yaml checklists.big: nothing → source local" in lines
    assert "assess.yaml rounds.2026.sheets: egov → egov, big" in lines
    assert "assess.yaml rounds.2026.title: text → T" in lines
    assert "assess.yaml systems.portal.profile.open: nothing → yes" in lines
    assert lines[-2:] == ["Files", "added: evidence/a\\u001b[1m.png"]
    depths = [line.depth for line in words.describe_changes(changes, {}, "en")]
    assert (depths[0], depths[-2:]) == (0, [0, 1])


def test_a_setting_that_is_false() -> None:
    """False is told, not taken for nothing."""
    one = SettingChange(file="assess.yaml", path=("profile", "x"), before=True, after=False)
    lines = [
        line.text for line in words.describe_changes(WorkspaceChanges(settings=(one,)), {}, "en")
    ]

    assert lines[1] == "assess.yaml profile.x: yes → no"


def test_harmless_and_short() -> None:
    """Escape sequences, bidirectional marks and line ends never reach the terminal."""
    assert (
        words.clean_and_shorten_untrusted_text("a\x1b[2J\u202eb\nc\udcff")
        == "a\\u001b[2J\\u202eb ⏎ c\\udcff"
    )
    assert words.clean_and_shorten_untrusted_text("x" * 200) == "x" * (words.LONGEST - 1) + "…"
    assert words.clean_and_shorten_untrusted_text("x" * 200, None) == "x" * 200


def test_text_and_markdown() -> None:
    """Lines are indented; in Markdown they are a heading and a list, and nothing is markup."""
    lines = [
        words.IndentedLine(0, "*T*"),
        words.IndentedLine(1, "a_b"),
        words.IndentedLine(2, "<i>"),
        words.IndentedLine(0, "U"),
    ]

    assert words.indent_and_join_lines(lines) == "*T*\n  a_b\n    <i>\nU\n"
    assert (
        words.format_lines_as_markdown(lines) == "### \\*T\\*\n\n- a\\_b\n  - \\<i\\>\n\n### U\n\n"
    )


def test_a_field_alone() -> None:
    """For blame: the field and what it says."""
    given = Answer(value="yearly")
    assert (
        words.format_field_name_and_value("answer", given, ladder("A-2"), "en") == "answer: Yearly"
    )
    assert (
        words.format_field_name_and_value("answer", Answer(value=7), number("A-4"), "en")
        == "answer: 7 days"
    )


def test_the_head_of_a_sheet_is_told() -> None:
    """Who reviews it stands between the score and the items."""
    setting = SettingChange(file=FILE, path=("people", "reviewer"), after="li")
    one = SheetChange(file=FILE, round="2026", settings=(setting,))
    lines = list(words.describe_sheet_change(one, {}, "en"))

    assert lines == [
        words.IndentedLine(0, FILE),
        words.IndentedLine(1, f"{FILE} people.reviewer: nothing → li"),
    ]
