"""Small tables, and what content lint says of one item."""

from __future__ import annotations

from typing import Any

from assess.engine.lint.content import ContentTables, lint_content_quality
from assess.engine.lint.content.tables import (
    Case,
    ClauseGroup,
    ClauseTable,
    GlossaryTerm,
    Obligation,
)
from assess.model.base import Bilingual
from assess.model.checklist import Basis
from assess.model.item import NEVER, Item, Ref, Verdict
from factories import checklist, conformity, text

BOTH = Bilingual(zh="名", en="Name")

TABLES = ContentTables(
    clauses={
        "csl": ClauseTable(
            numbered=81,
            also=("附件",),
            penal=("23-27",),
            groups=(ClauseGroup(id="csl", title=BOTH, listed=("23-24", "附件")),),
        ),
        "gbt22239": ClauseTable(
            points={"8.1.3.2": 5, "8.1.4.5": 0},
            groups=(ClauseGroup(id="level-3", title=BOTH, under="8.1"),),
        ),
    },
    crossrefs={"csf": {"PR.IR": (1, 2)}, "iso27001": {"A.8": 34}, "cis": {"13": 11}},
    cases={
        "6.3.2.1": Case(number=1, name=BOTH, level=2, clauses=("8.1.3.2 a)",)),
        "6.3.3.2": Case(number=2, name=BOTH, level=3, clauses=("8.1.4.5",)),
        "6.4.6.3": Case(number=3, name=BOTH, level=4, clauses=("9.1.4.9 d)",)),
        "7.1.1.1": Case(number=4, name=BOTH, level=2),
    },
    glossary=(
        GlossaryTerm(lang="zh", use="账号", avoid=("帐号",)),
        GlossaryTerm(lang="en", use="register", avoid=("ledger",)),
        GlossaryTerm(lang="zh", use="整改"),
    ),
    obligations={
        "E01": Obligation(text=BOTH, items=("A-1",)),
        "E02": Obligation(text=BOTH, items=("GONE-1",)),
        "B01": Obligation(text=BOTH, items=("A-1", "GONE-1")),
    },
)

BASIS = {
    name: Basis(title=text(f"依据{name}", name))
    for name in ("csl", "gbt22239", "high-risk-guide", "local")
}


def good(id_: str = "A-1", **fields: Any) -> Item:
    """Return an item that breaks no rule of content, where a field of it does not."""
    given: dict[str, Any] = {
        "title": text("边界默认拒绝", "Deny by default"),
        "requirement": text("边界默认拒绝。", "The boundary denies by default."),
        "check": (
            text("打开访问控制策略。", "Open the access policy."),
            text("看最后一条。", "See the last rule."),
        ),
        "verdict": Verdict(
            met=text("最后一条拒绝所有。", "The last rule denies all."),
            unmet=text("策略放行任意地址。", "The policy lets any address in."),
            not_applicable=NEVER,
        ),
        "problem": text("边界放行未申请的通信", "Traffic passes without an application"),
        "refs": (Ref(basis="csl", clause="23"),),
    }
    return conformity(id_, **(given | fields))


def found(item: Item, tables: ContentTables = TABLES, **fields: Any) -> list[str]:
    """Return what content lint says of an item, as `code path`, path from the item on."""
    basis = {ref.basis: BASIS[ref.basis] for ref in item.refs}
    problems = lint_content_quality(checklist(item, **{"basis": basis, **fields}), tables, "en")
    return [f"{one.code} {'.'.join(map(str, one.path[4:]))}".strip() for one in problems]
