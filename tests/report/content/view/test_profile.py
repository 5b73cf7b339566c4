"""What the items cite: what binds, what is for reference, and from when."""

from __future__ import annotations

from assess.report.content.view.build import build_report_view
from report import factory


def test_rules_of_other_places_are_for_reference() -> None:
    """In findings, answers, ledger and the list they stand apart from what binds."""
    view = build_report_view(factory.inputs("egov-network", answering=factory.status("unmet")))
    (sheet,) = view.sheets
    told = [line.text for one in sheet.findings for line in one.lines if line.name == "依据"]
    assert any("参考：地方示例" in one for one in told)
    told += [row.basis for row in sheet.ledger]
    told += [item.references for part in sheet.sections for item in part.items]
    assert all("地方示例" not in one.split("参考：")[0] for one in told)
    binding = [one for one in view.basis if not one.example]
    examples = [one for one in view.basis if one.example]
    assert view.basis == (*binding, *examples)
    assert {one.title.startswith("地方示例") or one.title == "通行做法" for one in examples} == {
        True
    }
    assert not any("示例" in one.title for one in binding)
    codes = [row.basis_codes for row in sheet.ledger]
    assert any("[参" in one for one in codes)
    assert not any("地方示例" in one for one in codes)
    assert [one.number for one in examples] == [str(n + 1) for n in range(len(examples))]


def test_a_day_that_nobody_gave_is_no_dash() -> None:
    """Laws without a day of issue leave the place empty."""
    days = {one.title: one for one in build_report_view(factory.inputs("mlps-level3")).basis}
    assert days["中华人民共和国数据安全法"].issued == ""
    assert days["中华人民共和国数据安全法"].in_force == "2021-09-01"
