from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from assess.display.text.cells import width_of
from assess.display.text.styled import HiddenLines, join_lines_without_styles
from assess.display.walk.answer_pane import AnswerRoom, answer_lines
from assess.display.walk.pane import (
    ShownItem,
    divider_line,
    item_head_lines,
    question_lines,
)
from assess.display.walk.risk_choice import clauses_text
from assess.engine.kinds.values import answer_result
from assess.i18n import Lang
from assess.model.answer import Answer, Review
from assess.model.checklist import Basis
from assess.model.item import Ref
from tui.sample import SHEET, TODAY, make_workspace

ROOM = AnswerRoom(20, 0)
"""Room in which nothing has to be cut at 80 cells."""


def view(root: Path, item_id: str, answer: Answer | None = None, lang: Lang = "en") -> ShownItem:
    """Return an item of the sample sheet as looked at with an answer."""
    desk = make_workspace(root / "w", lang).open_sheet(SHEET, "2026")
    states = {state.item.id: state for state in desk.assess_on(TODAY).items}
    stored = answer or Answer()
    outcome = answer_result(states[item_id].item, stored, desk.checklist.scoring)
    return ShownItem(states[item_id], stored, outcome, desk.checklist, desk.register.evidence, lang)


@pytest.mark.parametrize("width", [44, 52, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_its_pane(tmp_path: Path, width: int, lang: Lang) -> None:
    """Every line of every kind of item fits, whatever the width."""
    for number in range(1, 10):
        seen = view(tmp_path / str(number), f"KND-0{number}", Answer(note="情" * 200), lang)
        lines = [
            *item_head_lines(seen, width),
            *question_lines(seen, width, 12),
            *answer_lines(seen, width, ROOM),
        ]
        assert [
            text for text in join_lines_without_styles(lines).splitlines() if width_of(text) > width
        ] == []


def test_a_weight_stands_where_the_item_scores(tmp_path: Path) -> None:
    """“Name of the unit, weight 1” asks what the name is worth: nothing."""
    heads = {
        item_id: join_lines_without_styles(item_head_lines(view(tmp_path / item_id, item_id), 120))
        for item_id in ("KND-01", "KND-06", "KND-09")
    }
    assert ["weight" in head for head in heads.values()] == [True, False, False], heads


def test_the_question_has_all_its_parts(tmp_path: Path) -> None:
    """Requirement, steps, proofs, remedy, basis, high-risk case and missing facts."""
    text = join_lines_without_styles(question_lines(view(tmp_path, "KND-01"), 200, 12))
    for part in (
        "The boundary permits",
        "2. Take three permit rules",
        "1. Screenshot of the policy page (required)",
        "Append a default deny rule.",
        "Cybersecurity Law 23",
        "case 6.3.2.1",
        "lowered to medium by: Host access control",
        "depends on: Connected?",
    ):
        assert part in text


def test_a_rule_of_another_place_is_for_reference(tmp_path: Path) -> None:
    """It stands apart from the basis, and the clauses in full say what it is."""
    seen = view(tmp_path, "KND-01", lang="zh")
    known = dict(seen.checklist.basis) | {"local-x": Basis(title="地方示例：某县办法")}
    refs = (*seen.state.item.refs, Ref(basis="local-x", clause="4"))
    item = msgspec.structs.replace(seen.state.item, refs=refs)
    seen = seen._replace(
        checklist=msgspec.structs.replace(seen.checklist, basis=known),
        state=msgspec.structs.replace(seen.state, item=item),
    )
    lines = join_lines_without_styles(question_lines(seen, 200, 12)).splitlines()
    assert [line for line in lines if "某县办法" in line] == ["参考  地方示例：某县办法 4"]
    again = msgspec.structs.replace(item, refs=(*refs, refs[-1]))
    both = seen._replace(state=msgspec.structs.replace(seen.state, item=again))
    assert "某县办法 4；地方示例：" in join_lines_without_styles(question_lines(both, 200, 12))
    full = clauses_text(item, seen.checklist, "zh").split("\n\n")
    assert ["没有约束力" in line for line in full] == [False, True]
    assert full[1].startswith("地方示例：某县办法\n条款 4\n")


def test_a_return_shows_its_comment(tmp_path: Path) -> None:
    """What the reviewer wants stands in the question."""
    answer = Answer(status="met", review=Review(state="returned", comment="add the form"))
    assert "Returned  add the form" in join_lines_without_styles(
        question_lines(view(tmp_path, "KND-01", answer), 80, 12)
    )


def test_out_of_sight_is_said() -> None:
    """The rule counts what PgDn and PgUp bring; without any it is a plain rule."""
    hidden = {
        (0, 3): "PgDn：下面还有 3 行",
        (1, 2): "PgDn PgUp：上面 1 行，下面 2 行",
        (3, 0): "PgUp：已到底，上面有 3 行",
    }
    for (above, below), words in hidden.items():
        line = divider_line("zh", 40, HiddenLines(above, below))
        assert join_lines_without_styles([line]).endswith(words)
    assert join_lines_without_styles([divider_line("en", 40, HiddenLines(0, 0))]) == "-" * 40


def test_the_divider_names_the_keys_that_work_there() -> None:
    """Ctrl+B hides the list, and brings it back; PgUp gives the choices their room again."""
    nothing = HiddenLines(0, 0)
    for outline, words in ((True, "Ctrl+B 加宽"), (False, "Ctrl+B 显示目录"), (None, "-")):
        line = divider_line("zh", 40, nothing, is_outline_shown=outline)
        assert join_lines_without_styles([line]).endswith(words)
    line = divider_line("en", 53, HiddenLines(12, 120), is_outline_shown=True)
    assert "Ctrl+B wider" in join_lines_without_styles([line])
    line = divider_line("en", 50, HiddenLines(0, 12), is_reading=True)
    assert "PgUp whole choices  PgDn: 12 lines below" in join_lines_without_styles([line])


def test_a_long_title_goes_on_in_a_second_line(tmp_path: Path) -> None:
    """It is whole: no word of an English title is cut."""
    seen = view(tmp_path, "KND-01")
    title = "Every account of every system has a named owner who is reviewed each quarter"
    item = msgspec.structs.replace(seen.state.item, title=title)
    seen = seen._replace(state=msgspec.structs.replace(seen.state, item=item))
    first, second = join_lines_without_styles(item_head_lines(seen, 60)).splitlines()
    assert first.rstrip().endswith("KND-01")
    shown = f"{first.removesuffix('KND-01').strip('. ')} {second.strip()}"
    assert " ".join(shown.split()) == title


def test_the_divider_names_the_section_where_there_is_room() -> None:
    """It stands at the left, in the same line; the counts of hidden lines stay longer."""
    section = "5 安全管理中心  9/12"
    for hidden, words in ((HiddenLines(0, 0), "─"), (HiddenLines(0, 41), "PgDn：下面还有 41 行")):
        line = divider_line("zh", 60, hidden, section=section)
        text = join_lines_without_styles([line])
        assert width_of(text) == 60
        assert text.startswith(f"- {section} -")
        assert text.endswith(words.replace("─", "-"))
    short = divider_line("zh", 40, HiddenLines(0, 41), section=section)
    assert section not in join_lines_without_styles([short])
