from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.model.base import Bilingual, Number
from assess.model.formats import FileKind
from assess.model.item import find_kind_of_item
from assess.problem import Problem
from assess.store.yaml.reading import type_check
from assess.store.yaml.reading.decode import TYPES, decode_yaml
from assess.store.yaml.reading.problem_words import MOST_PROBLEMS
from assess.store.yaml.reading.scalars import convert_to_number
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing import emit
from examples import times

GOOD = Path(__file__).parents[3] / "data" / "good"
FILES: dict[FileKind, str] = {
    "config": "assess.yaml",
    "checklist": "checklists/egov-network.yaml",
    "sheet": "answers/2026/egov-network.yaml",
    "register": "evidence/register.yaml",
}


def _good(kind: FileKind) -> Any:
    loaded = decode_yaml((GOOD / FILES[kind]).read_text("utf-8"), kind, FILES[kind], "en")
    assert loaded.problems == []
    return loaded


def test_the_example_config_says_what_it_says() -> None:
    """Grades, rounds with quoted ids, sources: all as in the file."""
    config = _good("config").value
    assert config.systems["portal"].grade.s == 2
    assert config.rounds["2026"].from_ == "2025"
    assert config.rounds["2026"].due == date(2026, 9, 30)
    assert config.rounds["2026"].notice.zh == "关于开展 2026 年网络安全自查的通知"
    assert config.profile == {"inner_units": 25, "egov_access": True}


def test_the_example_checklist_says_what_it_says() -> None:
    """One item of each of the nine kinds, and the first with every field."""
    checklist = _good("checklist").value
    items = checklist.items()
    assert len({find_kind_of_item(item) for item in items.values()}) == 9
    first = items["EGN-BND-01"]
    assert first.title == Bilingual(zh="边界默认拒绝", en="Deny by default")
    assert first.weight == 3
    assert first.high_risk.case == "6.3.2.1"
    assert first.applies_when.all[1].any[1].not_.is_ == 0
    assert items["EGN-BND-02"].rungs[1].degree == Number("0.5")
    assert type(items["EGN-BND-02"].rungs[0].degree) is Number


def test_the_example_sheet_says_what_it_says() -> None:
    """Answers of all kinds; the conflict stands beside them."""
    loaded = _good("sheet")
    answers = loaded.value.answers
    assert answers["EGN-BND-01"].note.endswith("\n原因：2024 年迁移时临时放开，未收回。")
    assert answers["EGN-BND-01"].at == datetime(
        2026, 5, 12, 9, 30, tzinfo=timezone(timedelta(hours=8))
    )
    assert answers["EGN-BND-04"].value == Number("12.5")
    assert answers["EGN-BND-09"].value == [
        {"carrier": "示例电信", "mbps": 200, "since": "2023-05-01"}
    ]
    (conflict,) = loaded.conflicts
    assert conflict.path == ("answers", "EGN-BND-09")
    assert conflict.row.theirs == [{"carrier": "示例联通", "mbps": 100}]
    assert loaded.value.parked["EGN-OLD-03"].from_.reason == "removed"


def test_the_example_register_says_what_it_says() -> None:
    """Files and paper."""
    rows = _good("register").value.evidence
    assert rows["ev-7c1f09aa"].file.path == "2026/边界防火墙策略.png"
    assert rows["ev-b20d55e1"].paper == "档案室 3 柜 2 格"


@pytest.mark.parametrize("kind", FILES)
def test_writing_a_value_and_reading_it_gives_the_value(kind: FileKind) -> None:
    """`emit.document` writes everything that the types hold."""
    loaded = _good(kind)
    again = decode_yaml(emit.yaml_document_text(loaded.value), kind, "x.yaml", "en")
    assert again.problems == []
    assert again.value == loaded.value


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        inner = list(tree.items())
    elif isinstance(tree, list):
        inner = list(enumerate(tree))
    return [path, *(one for key, value in inner for one in _paths(value, (*path, key)))]


def _put(tree: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> None:
    for key in path[:-1]:
        tree = tree[key]
    change(tree, path[-1])


def _set(value: Any, parent: Any, key: Any) -> None:
    parent[key] = value


ODD = st.sampled_from(
    ["", "x", "yes", "A-1", "2026-02-30", 0, -1, 7, Number("0.5"), True, [], ["x"], {}, {"zh": "x"},
     {"id": "x"}, {"fact": "x"}, {"fact": "x", "is": 1}, [{}], "x" * 200]
)  # fmt: skip


@settings(deadline=None, max_examples=times(4), suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(sorted(FILES)))
def test_walker_and_fast_path_agree(data: st.DataObject, kind: FileKind) -> None:
    """Whatever is broken in a good file: the walker finds an error exactly where C refuses."""
    tree = copy.deepcopy(_good(kind).tree.value)
    for _ in range(data.draw(st.integers(0, 2))):
        paths = _paths(tree)[1:]
        if not paths:
            break
        path = data.draw(st.sampled_from(paths))
        odd = copy.deepcopy(data.draw(ODD))
        how = data.draw(st.sampled_from(["set", "drop", "rename"]))
        if how == "set":
            _put(tree, path, partial(_set, odd))
        elif how == "drop":
            _put(tree, path, lambda parent, key: parent.pop(key))
        elif isinstance(path[-1], str):
            _put(tree, path, lambda parent, key: parent.__setitem__(f"{key}_", parent.pop(key)))
    try:
        msgspec.convert(tree, TYPES[kind], dec_hook=convert_to_number)
        refused = False
    except msgspec.ValidationError:
        refused = True
    found = type_check.find_type_problems(tree, TYPES[kind], (), "x.yaml", "zh")
    assert bool(found) is refused, found


def test_every_error_of_a_file_is_reported_at_once() -> None:
    """Errors of the YAML rules, of the types and of conflicts, in the order of the file."""
    text = (
        "format: assess/answers/1\nchecklist: {id: X}\nscope: {organization: a}\nround: 2026\n"
        "answers:\n  A-1: {status: &a x, conflict: [{}]}\n  A-2: {status: met, bj: a}\n"
    )
    problems = decode_yaml(text, "sheet", "x.yaml", "en").problems
    assert [(one.line, one.code) for one in problems] == [
        (2, "missing-field"),
        (2, "text-form"),
        (4, "quote-it"),
        (6, "yaml-anchor"),
        (6, "missing-field"),
        (7, "unknown-field"),
    ]


@pytest.mark.parametrize("rest", ["b and c", "bees"])
def test_a_comma_within_braces_ends_a_text(rest: str) -> None:
    """What follows it looks like a field without a value: the cure is a pair of quotes."""
    text = f"format: assess/config/2\norganization: {{id: a, name: {{zh: 甲, en: of a, {rest}}}}}\n"
    problems = decode_yaml(text, "config", "x.yaml", "en").problems
    hints = {one.code: one.hint for one in problems}
    assert hints["unknown-field"] == (
        "a comma ends a text within braces: put the whole text into quotes"
    )


def test_warnings_leave_the_value() -> None:
    """A date without quotes is read, and said."""
    row = "{title: x, paper: z, effective: 2026-01-15}"
    text = f"format: assess/evidence/1\nevidence:\n  ev-1: {row}\n"
    loaded = decode_yaml(text, "register", "x.yaml", "en")
    assert loaded.value
    assert loaded.value.evidence["ev-1"].effective == date(2026, 1, 15)
    assert [(one.code, one.severity) for one in loaded.problems] == [("yaml-1.1", "warning")]


def test_a_key_of_yaml_1_1_is_warned_of_each_time() -> None:
    """A key that was seen before is looked at again where YAML 1.1 reads it otherwise."""
    text = "a: {on: 1}\nb: {on: 2}\n"
    problems = read_tree(text, "x.yaml", "en").problems
    assert [(problem.code, problem.line) for problem in problems] == [
        ("yaml-1.1", 1),
        ("yaml-1.1", 2),
    ]


def test_what_c_refuses_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the walker miss an error, the refusal itself is reported."""

    def blind(*_args: object) -> list[Problem]:
        return []

    monkeypatch.setattr(type_check, "find_type_problems", blind)
    loaded = decode_yaml("format: assess/evidence/1\nevidence: 3\n", "register", "x.yaml", "en")
    assert loaded.value is None
    assert [one.code for one in loaded.problems] == ["invalid"]


def test_reading_good_files_imports_no_walker() -> None:
    """The walker stays out of a start without errors."""
    code = (
        "import sys; from assess.store.yaml.reading.decode import decode_yaml;"
        "decode_yaml('format: assess/evidence/1', 'register', 'x', 'en');"
        "sys.exit('assess.store.yaml.reading.type_check' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_hints_name_what_is_nearest() -> None:
    """Near names first; where nothing is near, what is known if that is little."""
    text = "format: assess/evidence/1\nevidence:\n  ev-1: {titel: x, paper: z, qq: 1}\n"
    hints = [one.hint for one in decode_yaml(text, "register", "x.yaml", "en").problems]
    assert hints == [
        "",
        "did you mean title?",
        "known here: title, file, paper, effective, expires, by, at",
    ]


def test_messages_are_there_in_both_languages() -> None:
    """Asking for Chinese changes the words only, not what is found."""
    text = "format: assess/evidence/1\nevidence:\n  ev-1: {titel: x}\n"
    both = [decode_yaml(text, "register", "x.yaml", lang).problems for lang in ("zh", "en")]
    zh, en = ([one.code for one in found] for found in both)
    assert zh == en


def test_hook_takes_numbers_only() -> None:
    """Other types than Number are none of the hook's business."""
    assert convert_to_number(Number, 3) == 3
    for kind, value in ((Number, True), (Number, "3"), (str, 3)):
        with pytest.raises(TypeError):
            convert_to_number(kind, value)


def test_formats_that_are_no_text_are_said() -> None:
    """`format: 1` is a missing format; a format that can't be read is reported once."""
    for text, codes in (("format: 1\n", ["format-missing"]), ("format: ~\n", ["yaml-null"])):
        found = decode_yaml(text, "register", "x.yaml", "en").problems
        assert [one.code for one in found][: len(codes)] == codes


def test_a_form_is_not_judged_where_a_part_is_unread() -> None:
    """A condition with a hole is reported for the hole only."""
    text = (
        "format: assess/answers/1\nchecklist: {id: a, version: b}\nround: c\nscope: {system: ~}\n"
    )
    found = decode_yaml(text, "sheet", "x.yaml", "en").problems
    assert [one.code for one in found] == ["yaml-null"]


def test_numbers_in_quotes_that_are_no_numbers_get_no_wrong_hint() -> None:
    """Leaving the quotes out helps only where a number would then stand there."""
    text = (
        "format: assess/evidence/1\nevidence:\n  ev-1:\n    title: x\n"
        '    file: {path: a, sha256: "' + "0" * 64 + '", size: "1e99"}\n'
    )
    (problem,) = decode_yaml(text, "register", "x.yaml", "en").problems
    assert (problem.code, problem.hint) == ("wrong-type", "")


def test_a_line_break_at_the_end_of_an_id() -> None:
    """Ids name files and stand in lines of output: none may end in a line break."""
    text = 'format: assess/evidence/1\nevidence:\n  "E-1\\n":\n    title: x\n    kept: x\n'
    assert "key-form" in {
        one.code for one in decode_yaml(text, "register", "x.yaml", "en").problems
    }
    digest = f'checklist: {{id: "a\\n", version: "1", digest: "sha256:{"0" * 64}\\n"}}\n'
    problems = decode_yaml(f"format: assess/answers/1\n{digest}", "sheet", "x.yaml", "en").problems
    assert [one.code for one in problems if one.line == 2] == ["text-form"] * 2


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    """Nobody reads 3,000 lines, and looking for the nearest name of each takes time."""
    rows = "".join(f"x{number}: 1\n" for number in range(3000))
    text = f"format: assess/evidence/1\n{rows}"

    problems = decode_yaml(text, "register", "register.yaml", "en").problems

    assert len(problems) == MOST_PROBLEMS + 1
    assert {one.code for one in problems[:-1]} == {"unknown-field"}
    last = problems[-1]
    assert (last.code, last.line) == ("more-problems", MOST_PROBLEMS + 2)
    assert last.message.startswith(f"{3000 - MOST_PROBLEMS} more")
