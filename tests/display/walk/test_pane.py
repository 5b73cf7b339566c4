from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from assess.display.text.cells import width_of
from assess.display.text.styled import join_lines_without_styles
from assess.display.walk.pane import (
    ShownItem,
    answer_lines,
    divider_line,
    item_head_line,
    question_lines,
)
from assess.display.walk.risk_choice import clauses_text
from assess.engine.kinds.values import answer_result
from assess.i18n import Lang
from assess.model.answer import Answer, CitedMitigation, Remediation, Review
from assess.model.base import Bilingual
from assess.model.checklist import Basis
from assess.model.item import Ref, Verdict
from tui.sample import SHEET, TODAY, make_workspace


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
            item_head_line(seen, width),
            *question_lines(seen, width),
            *answer_lines(seen, width),
        ]
        assert [
            text for text in join_lines_without_styles(lines).splitlines() if width_of(text) > width
        ] == []


def test_the_question_has_all_its_parts(tmp_path: Path) -> None:
    """Requirement, steps, proofs, remedy, basis, high-risk case and missing facts."""
    text = join_lines_without_styles(question_lines(view(tmp_path, "KND-01"), 200))
    for part in (
        "The boundary permits",
        "2. Take three permit rules",
        "1. Screenshot of the policy page (required)",
        "Append a default deny rule.",
        "Cybersecurity Law 23",
        "case 6.3.2.1",
        "lowered to medium by: Host access control",
        "depends on: egov_access",
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
    lines = join_lines_without_styles(question_lines(seen, 200)).splitlines()
    assert [line for line in lines if "某县办法" in line] == ["参考  地方示例：某县办法 4"]
    again = msgspec.structs.replace(item, refs=(*refs, refs[-1]))
    both = seen._replace(state=msgspec.structs.replace(seen.state, item=again))
    assert "某县办法 4；地方示例：" in join_lines_without_styles(question_lines(both, 200))
    full = clauses_text(item, seen.checklist, "zh").split("\n\n")
    assert ["没有约束力" in line for line in full] == [False, True]


def test_what_is_missing_is_said_in_words(tmp_path: Path) -> None:
    """A finding without reason and plan says so, with the keys that mend it."""
    text = join_lines_without_styles(
        answer_lines(view(tmp_path, "KND-01", Answer(status="unmet")), 80)
    )
    assert "x not met" in text
    assert "the reason is missing: a writes it" in text
    assert "nothing planned: m plans it" in text


def test_required_evidence_is_asked_of_what_is_met(tmp_path: Path) -> None:
    """`met` without its required proof says so."""
    seen = view(tmp_path, "KND-01", Answer(status="met"))
    state = msgspec.structs.replace(seen.state, missing_evidence=("policy",))
    text = join_lines_without_styles(answer_lines(seen._replace(state=state), 80))
    assert "1 required missing: e attaches it" in text


def test_answers_are_shown(tmp_path: Path) -> None:
    """Note (two lines at most), evidence and remediation stand below the choices."""
    answer = Answer(
        status="unmet",
        note="one\ntwo\nthree",
        evidence={"ev-1": "policy"},
        remediation=Remediation(action="mend", owner="Wang", due=TODAY),
        mitigation=CitedMitigation(id="host-acl"),
    )
    text = join_lines_without_styles(answer_lines(view(tmp_path, "KND-01", answer), 80))
    assert "3 *not met" in text
    assert "two  .." in text
    assert "three" not in text
    assert "1: ev-1" in text
    assert "2026-06-01 Wang planned mend" in text


def test_values_without_digits_are_shown(tmp_path: Path) -> None:
    """A number stands in the result line with its unit."""
    text = join_lines_without_styles(answer_lines(view(tmp_path, "KND-04", Answer(value=3)), 80))
    assert "3 days" in text


def test_long_choices_are_shown_in_full_above(tmp_path: Path) -> None:
    """Where the choices need too many lines below, the question shows them whole."""
    seen = view(tmp_path, "KND-02")
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 80))
    assert "  1  Each quarter, with\n     records" in join_lines_without_styles(
        answer_lines(seen, 30)
    )
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 30))
    assert "  1  Ea..\n" in join_lines_without_styles(answer_lines(seen, 9))
    assert "Choices  1. Ea" in join_lines_without_styles(question_lines(seen, 9))


def test_verdicts_are_shown_whole_beside_the_digits(tmp_path: Path) -> None:
    """Each status says what counts as it; a status that is never answered is not there."""
    seen = view(tmp_path, "KND-01")
    verdict = Verdict(
        met=Bilingual(en="The last rule denies all."),
        unmet=Bilingual(en="The last rule permits all, or there is no rule."),
        not_applicable="never",
    )
    item = msgspec.structs.replace(seen.state.item, verdict=verdict)
    seen = seen._replace(state=msgspec.structs.replace(seen.state, item=item))
    text = join_lines_without_styles(answer_lines(seen, 40))
    assert "  1  met  The last rule denies all.\n" in text
    assert "  3  not met  The last rule permits all,\n     or there is no rule.\n" in text
    assert "partly met" not in text
    assert "not applicable" not in text
    assert "Choices" not in join_lines_without_styles(question_lines(seen, 40))
    assert "1. met  The last rule denies all." in join_lines_without_styles(
        question_lines(seen, 8)
    ).replace("\n", " ") or "Choices" in join_lines_without_styles(question_lines(seen, 8))


def test_verdicts_that_are_too_long_together_show_their_beginnings(tmp_path: Path) -> None:
    """At most twelve lines below, each cut visibly; the question has them whole."""
    seen = view(tmp_path, "KND-01")
    words = " ".join(["every rule of the policy names its ground"] * 4)
    verdict = Verdict(met=Bilingual(en=words), unmet=Bilingual(en="No policy."))
    item = msgspec.structs.replace(seen.state.item, verdict=verdict)
    seen = seen._replace(state=msgspec.structs.replace(seen.state, item=item))
    lines = join_lines_without_styles(answer_lines(seen, 20)).split("\n")
    shown = lines[1 : lines.index(next(line for line in lines if line.startswith("Note")))]
    assert len(shown) <= 12
    assert shown[0] == "  1  met  every rule"
    assert [line for line in shown if line.endswith("..")] != []
    assert "  3  not met  No" in shown
    assert "Choices" in join_lines_without_styles(question_lines(seen, 20))


def test_a_return_shows_its_comment(tmp_path: Path) -> None:
    """What the reviewer wants stands in the question."""
    answer = Answer(status="met", review=Review(state="returned", comment="add the form"))
    assert "Returned  add the form" in join_lines_without_styles(
        question_lines(view(tmp_path, "KND-01", answer), 80)
    )


@pytest.mark.parametrize(("form", "key"), [("note", "a"), ("evidence", "e"), ("remediation", "m")])
def test_drafts_are_announced(tmp_path: Path, form: str, key: str) -> None:
    """A form with a draft says how to go on with it."""
    seen = view(tmp_path, "KND-01")._replace(drafts=(form,))
    assert f"draft is kept: {key} goes on" in join_lines_without_styles(answer_lines(seen, 80))


def test_out_of_sight_is_said() -> None:
    """The rule counts what PgDn brings; without any it is a plain rule."""
    assert join_lines_without_styles([divider_line("en", 40, 3)]).endswith("3 more lines")
    assert join_lines_without_styles([divider_line("en", 40, 0)]) == "-" * 40


def test_the_rule_for_unnamed_cases_stands_beside_the_result(tmp_path: Path) -> None:
    """Where results are stated and the line has room; it never takes a line of its own."""
    seen = view(tmp_path, "KND-02")
    first, *others = join_lines_without_styles(answer_lines(seen, 60)).splitlines()
    assert first.endswith("not named: the lower (Tab)")
    narrow = join_lines_without_styles(answer_lines(seen, 44)).splitlines()
    assert len(narrow) == len(answer_lines(seen, 44))
    assert "not named" not in narrow[0]
    assert "not named" not in "".join(others)
    for item_id in ("KND-01", "KND-03", "KND-07"):
        plain = view(tmp_path / item_id, item_id)
        assert "not named" not in join_lines_without_styles(answer_lines(plain, 120))
