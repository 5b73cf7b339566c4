from __future__ import annotations

from datetime import date

from assess.engine.lint.register import lint_register
from assess.model.conflict import Conflict, ConflictRow
from assess.model.evidence import EvidenceFile, EvidenceRow
from assess.problem import TreePath
from factories import TODAY, config, paper, register, text

FILE = EvidenceFile(path="2026/a.png", sha256="ab" * 32, size=3)


def found(**rows: EvidenceRow) -> list[tuple[str, TreePath, str]]:
    """Return codes, paths and severities of what is wrong in a register."""
    problems = lint_register(register(**rows), config(), TODAY, "en")
    return [(one.code, one.path, one.severity) for one in problems]


def test_a_right_register() -> None:
    """Rows in force, by known people, each file once: nothing to say."""
    row = paper(effective=date(2026, 1, 1), expires=TODAY, by="wang")
    assert found(ev_1=row, ev_2=EvidenceRow(title=text(), file=FILE)) == []


def test_expired_and_reversed() -> None:
    """Evidence past its day is a warning, an expiry before the beginning an error."""
    assert found(
        ev_1=paper(expires=date(2026, 5, 31)),
        ev_2=paper(effective=date(2026, 5, 2), expires=date(2026, 5, 1)),
    ) == [
        ("evidence-expired", ("evidence", "ev-1", "expires"), "warning"),
        ("evidence-dates", ("evidence", "ev-2", "expires"), "error"),
    ]


def test_the_same_file_twice_and_unknown_people() -> None:
    """The second row of one file is pointed out, and who is not in assess.yaml."""
    row = EvidenceRow(title=text(), file=FILE, by="nobody")
    assert found(ev_1=row, ev_2=row) == [
        ("person-unknown", ("evidence", "ev-1", "by"), "error"),
        ("person-unknown", ("evidence", "ev-2", "by"), "error"),
        ("evidence-file-twice", ("evidence", "ev-2", "file"), "warning"),
    ]


def test_conflicts() -> None:
    """A conflict in the register stands in the way too."""
    conflict = Conflict(path=("evidence", "ev-1"), row=ConflictRow(field="title"))
    (problem,) = lint_register(register(), config(), TODAY, "en", conflicts=[conflict])
    assert (problem.code, problem.file) == ("conflict", "evidence/register.yaml")
