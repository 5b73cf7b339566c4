"""Lint of findings.yaml."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.engine.lint.outside_findings import lint_outside_findings
from assess.model.answer import Remediation
from assess.model.conflict import Conflict, ConflictRow
from assess.model.outside_finding import FindingsFile, OutsideClosing
from assess.problem import TreePath
from engine.outside import outside_finding
from factories import checklist, config, register, text_item

PLAN = Remediation(action="改", due=date(2026, 5, 1))
UNDATED = Remediation(action="改")


def found(conflicts: tuple[Conflict, ...] = (), **fields: Any) -> list[tuple[str, TreePath, str]]:
    """Return codes, paths below the finding and severities of what is wrong with one finding."""
    finding = outside_finding(**{"remediation": PLAN} | fields)
    problems = lint_outside_findings(
        FindingsFile(format="assess/findings/1", findings={"f-1": finding}),
        config(),
        register(),
        {"c-1": checklist(text_item("A-6"))},
        "en",
        conflicts=conflicts,
    )
    assert {one.file for one in problems} <= {"findings.yaml"}
    return [(one.code, one.path[2:], one.severity) for one in problems]


def test_a_right_finding() -> None:
    """Tied to an item of a pinned checklist, planned within the time: nothing to say."""
    registered = next(iter(register().evidence), None)
    assert registered is None or found(evidence=(registered,)) == []
    assert found(checklist="c-1", item="A-6", due=date(2026, 5, 2), by="wang") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"by": "nobody"}, ("person-unknown", ("by",), "error")),
        ({"system": "nowhere"}, ("finding-system", ("system",), "warning")),
        ({"item": "A-7"}, ("finding-item", ("item",), "warning")),
        ({"item": "A-6", "checklist": "c-2"}, ("finding-item", ("item",), "warning")),
        ({"evidence": ("ev-9",)}, ("finding-evidence", ("evidence", 0), "error")),
        ({"remediation": None}, ("finding-without-plan", (), "warning")),
        ({"dated": date(2026, 2, 1), "due": date(2026, 1, 1), "remediation": UNDATED},
         ("finding-days", ("due",), "warning")),
        ({"due": date(2026, 4, 30)}, ("plan-too-late", ("remediation", "due"), "warning")),
        ({"remediation": Remediation(action="改")},
         ("plan-date-missing", ("remediation", "state"), "warning")),
    ],
)  # fmt: skip
def test_what_is_wrong(fields: dict[str, Any], expected: tuple[str, TreePath, str]) -> None:
    """What a finding names must be there; what changed since it was entered is only a warning."""
    assert found(**fields) == [expected]


def test_a_plan_needs_a_date_of_its_own_the_document_s_or_a_reason() -> None:
    """Any of the three is enough; a closed finding needs no plan."""
    bare = Remediation(action="改")
    assert found(remediation=bare, due=date(2026, 5, 1)) == []
    assert found(remediation=Remediation(action="改", no_due_reason="等批复")) == []
    assert found(remediation=None, closed=OutsideClosing(on=date(2026, 5, 1), proof="复函")) == []


def test_conflicts() -> None:
    """A conflict in the file stands in the way too."""
    conflict = Conflict(path=("findings", "f-1"), row=ConflictRow(field="closed"))
    assert [code for code, _path, _severity in found((conflict,))] == ["conflict"]
