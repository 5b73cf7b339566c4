"""The text of a commit, from what it changes."""

from __future__ import annotations

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.history.changes import (
    FileChange,
    SettingChange,
    SheetChange,
    SheetState,
    WorkspaceChanges,
    compare_sheet_states,
)
from assess.engine.history.message import MOST, commit_message
from assess.i18n import Lang
from assess.model.answer import Answer, Remediation, Review
from assess.model.config import Person
from factories import (
    assessed,
    checklist,
    choice,
    choices,
    conformity,
    ladder,
    met,
    sheet,
    text_item,
    unmet,
)

FILE = "answers/2026/egov.yaml"
ITEMS = (conformity("A-1"), ladder("A-2"), text_item("A-6"), choice("A-7"), choices("A-8"))


def said(before: dict[str, Answer], after: dict[str, Answer], lang: Lang = "en") -> list[str]:
    """Return the lines of the commit text for a change of answers."""
    sides = [
        SheetState(one, assessed(checklist(*ITEMS), one)) for one in (sheet(before), sheet(after))
    ]
    return commit_message(
        WorkspaceChanges(sheets=(compare_sheet_states(FILE, *sides),)), lang
    ).split("\n")


def test_answers_are_named_from_what_to_what() -> None:
    """The first line counts, the others name; findings are marked."""
    assert said({}, {"A-1": unmet(), "A-2": Answer(value="quarterly")}) == [
        "Checklist: 2 answered",
        "",
        "Checklist score – → 50.0; findings opened: 1",
        "- A-1 Title unanswered → not met [finding opened, risk medium]",
        "- A-2 Title unanswered → Quarterly",
    ]


def test_notes_and_words_stay_out() -> None:
    """What somebody wrote stands in the sheet, never in the history's texts."""
    lines = said({}, {"A-1": met(note="secret-1"), "A-6": Answer(value="secret-2")})

    assert "secret" not in "\n".join(lines)
    assert lines[-1] == "- A-6 Title unanswered → answered"
    lines = said({"A-6": Answer(value="secret-2")}, {"A-6": Answer(value="secret-3")})
    assert lines[-1] == "- A-6 Title answer changed"
    lines = said({}, {"A-7": Answer(value={"other": "secret-4"})})
    assert lines[-1].startswith("- A-7 Title unanswered → answered")


def test_reviews_remediation_and_the_rest() -> None:
    """Each kind of work is counted by itself."""
    before = {key: met() for key in ("A-1", "A-2")} | {"A-7": Answer(value="b"), "A-8": unmet()}
    after = {
        "A-1": met(review=Review(state="accepted")),
        "A-2": met(note="x"),
        "A-7": Answer(value="b", remediation=Remediation(state="done")),
        "A-8": unmet(remediation=Remediation(owner="x"), note="y"),
    }
    lines = said(before, after)

    assert lines[0] == "Checklist: 2 remediations, 1 reviewed, 1 amended"
    assert "- A-1 Title review: accepted" in lines
    assert "- A-7 Title done" in lines


def test_answered_and_reviewed_at_once() -> None:
    """Both are told where they come in one commit, and a return as well."""
    returned = Review(state="returned", comment="secret")
    lines = said({}, {"A-1": met(review=Review(state="accepted")), "A-8": met(review=returned)})
    assert lines[0] == "Checklist: 2 answered, 2 reviewed"
    assert "- A-1 Title unanswered → met; review: accepted" in lines
    assert "- A-8 Title unanswered → met; review: returned" in lines


def test_reviews_are_counted_for_who_made_them() -> None:
    """The filler who saves the version did not review; the reviewer is named, if known by name."""
    reviewed = met(review=Review(state="accepted", by="li-jian"))
    sides = [
        SheetState(one, assessed(checklist(*ITEMS), one))
        for one in (sheet({"A-1": met()}), sheet({"A-1": reviewed}))
    ]
    changes = WorkspaceChanges(sheets=(compare_sheet_states(FILE, *sides),))
    people = {"li-jian": Person(name="李健")}
    assert commit_message(changes, "en", people).startswith("Checklist: 1 reviewed by 李健")
    assert commit_message(changes, "zh").split("\n")[0].endswith("li-jian审核 1 项")


def test_what_was_mended_after_its_return_is_not_told_as_returned() -> None:
    """The return was about another answer."""
    first = met(note="x")
    returned = Review(state="returned", of=reviewed_answer_digest(first))
    as_returned = said({"A-1": first}, {"A-1": met(note="x", review=returned)})
    assert "- A-1 Title review: returned" in as_returned
    mended = said({"A-1": first}, {"A-1": met(note="y", review=returned)})
    assert "- A-1 Title review: returned, changed since" in mended


def test_not_applicable_is_told_for_every_kind() -> None:
    """An item that never scores says it too."""
    lines = said({}, {"A-6": Answer(status="not_applicable", note="x")}, "zh")
    assert lines[-1].endswith("未填 → 不适用")


def test_ticks_are_counted() -> None:
    """A choice is told; of many ticks how many; taking an answer back is."""
    lines = said({"A-7": Answer(value="b")}, {"A-7": Answer(value="a"), "A-8": Answer(value=["a"])})

    assert "- A-7 Title Option b → Option a [finding closed]" in lines
    assert any(line.startswith("- A-8 Title unanswered → 1 ticked") for line in lines)
    assert "- A-1 Title met → unanswered" in said({"A-1": met()}, {})


def test_answers_taken_out_are_no_work() -> None:
    """A sheet that was cut: nothing was answered, and no finding is mended by its vanishing."""
    before = {"A-1": unmet(), "A-2": met(remediation=Remediation()), "A-8": met()}
    lines = said(before, {"A-8": unmet()})
    assert lines[0] == "Checklist: 1 answered, 2 answers taken out"
    assert "- A-1 Title not met → unanswered" in lines
    assert not any("closed" in line for line in lines)
    assert said(before, {}, "zh")[0].endswith("撤去 3 项")


def test_a_review_taken_back_and_a_plan_dropped() -> None:
    """What is gone has no name for what it became."""
    lines = said(
        {"A-1": met(review=Review(state="accepted")), "A-2": met(remediation=Remediation())},
        {"A-1": met(), "A-2": met()},
    )

    assert lines[2:] == ["- A-1 Title", "- A-2 Title"]


def test_settings_and_files_alone() -> None:
    """Without answers the first line says what else it was."""
    setting = SettingChange(file="assess.yaml", path=("people", "li", "name"), after="李")
    file = FileChange(path="evidence/a.png", verb="added")

    assert commit_message(WorkspaceChanges(settings=(setting,), files=(file,)), "en").split(
        "\n"
    ) == [
        "Change settings and evidence",
        "",
        "- people.li",
        "- evidence/a.png",
    ]
    assert commit_message(WorkspaceChanges(files=(file,)), "en").startswith(
        "Change files of the workspace"
    )
    assert commit_message(WorkspaceChanges(), "en") == "Nothing changed"


def test_long_ones_are_cut() -> None:
    """The first line fits 72 columns, a Hanzi counting two; the list ends with how many more."""
    many = tuple(conformity(f"A-{number}") for number in range(MOST + 2))
    after = sheet({item.id: met() for item in many})
    sides = (SheetState(sheet(), assessed(checklist(*many), sheet())), SheetState(after))
    one = compare_sheet_states(FILE, sides[0], SheetState(after, assessed(checklist(*many), after)))
    lines = commit_message(WorkspaceChanges(sheets=(one,)), "en").split("\n")
    assert lines[-1] == "- and 2 more"


def test_thousands_of_files_are_counted() -> None:
    """Files and settings beyond the first ones are told by their number."""
    files = tuple(FileChange(path=f"evidence/{number}", verb="added") for number in range(9000))
    rows = tuple(
        SettingChange(file="evidence/register.yaml", path=("evidence", str(number)), after="x")
        for number in range(9000)
    )
    for changes in (WorkspaceChanges(files=files), WorkspaceChanges(settings=rows)):
        lines = commit_message(changes, "en").split("\n")
        assert (len(lines), lines[-1]) == (MOST + 3, f"- and {9000 - MOST} more")

    title = "表" * 50
    long = SheetChange(file=FILE, round="2026", title=title, made=True)
    subject = commit_message(WorkspaceChanges(sheets=(long, long)), "zh").split("\n")[0]
    assert subject == "表" * 35 + "…"


def test_a_sheet_without_items() -> None:
    """A new empty sheet is still named."""
    one = SheetChange(file=FILE, round="2026", made=True)

    assert commit_message(WorkspaceChanges(sheets=(one,)), "en").split("\n")[0] == f"{FILE}: sheet"
