from __future__ import annotations

from assess.engine.rulebook import LintRule, ProblemCollector
from assess.problem import Problem

RULES = {"odd": LintRule("“{given}” is odd", "write {better}", "warning")}


def test_a_problem_in_words() -> None:
    """Message and hint are filled with the words; the severity is the rule's."""
    out = ProblemCollector("a.yaml", "en", RULES)
    out.add_broken_rule("odd", ("x", 1), given="3", better="4")
    assert out.problems == [Problem("a.yaml", "odd", "“3” is odd", "write 4", "warning", ("x", 1))]


def test_near_names_make_the_hint_a_question() -> None:
    """Where there are near names, they are the hint."""
    out = ProblemCollector("a.yaml", "en", RULES)
    out.add_broken_rule("odd", (), near=["four", "for"], severity="error", given="fuor", better="")
    (problem,) = out.problems
    assert (problem.hint, problem.severity) == ("did you mean four, for?", "error")


def test_near_names_are_looked_up_only_so_often() -> None:
    """A file full of unknown ids doesn't take quadratic time."""
    out = ProblemCollector("a.yaml", "en", RULES)
    found = [out.find_similar_names("fuor", ["four"]) for _ in range(30)]
    assert found[:20] == [["four"]] * 20
    assert found[20:] == [[]] * 10


def test_ready_texts_are_taken_as_they_are() -> None:
    """A problem that already has its words is not formatted again."""
    out = ProblemCollector("a.yaml", "en", RULES)
    out.add_problem("else", "{x}", "{y}", ("p",))
    assert out.problems == [Problem("a.yaml", "else", "{x}", "{y}", "error", ("p",))]
