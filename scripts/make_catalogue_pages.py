"""Write docs/checklists: a page a checklist in both languages, and an index, from the YAML.

`--check` changes nothing and says which pages are out of date.
"""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

from assess.engine.number_text import decimal_text
from assess.i18n import LANGS, Lang
from assess.model.base import pick_text
from assess.model.checklist import Checklist, is_non_binding_basis
from assess.model.item import Item, find_kind_of_item
from assess.workspace import read_library_checklists

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "checklists"
ENDING: dict[Lang, str] = {"zh": ".md", "en": ".en.md"}

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "index": "检查表库",
        "intro": "由 `scripts/make_catalogue_pages.py` 从 `checklists/` 生成，不要直接修改。",
        "other": "English: [{name}]({name})",
        "table": "| 检查表 | 适用 | 检查项 | 高风险 | 平均检查步骤字数 |",
        "total": "合计",
        "organization": "单位",
        "system": "信息系统",
        "facts": "版本 {version}，按{scope}填写，{items} 项，其中高风险 {risks} 项。",
        "kinds": "形式：{names}。权重：{weights}。",
        "items": "| 编号 | 检查项 | 形式 | 权重 | 依据 |",
        "basis": "依据",
        "examples": "参考（外地规定和通行做法，只作示例）",
        "example": "参考 {names}",
        "conformity": "是否符合",
        "ladder": "分档",
        "ratio": "比例",
        "number": "数值",
        "choice": "单选",
        "choices": "多选",
        "date": "日期",
        "text": "文字",
        "table_kind": "表格",
        "risk": "高风险判例 {case}",
        "join": "、",
    },
    "en": {
        "index": "The library of checklists",
        "intro": "Made by `scripts/make_catalogue_pages.py` from `checklists/`; don’t edit it.",
        "other": "中文版：[{name}]({name})",
        "table": "| Checklist | For | Items | High risk | Characters of a check, on average |",
        "total": "Total",
        "organization": "organisation",
        "system": "system",
        "facts": "Version {version}, one sheet for each {scope}, {items} items, {risks} high-risk.",
        "kinds": "Kinds: {names}. Weights: {weights}.",
        "items": "| Id | Item | Kind | Weight | Basis |",
        "basis": "Basis",
        "examples": "For reference (rules of other places and common practice, as examples)",
        "example": "for reference {names}",
        "conformity": "conformity",
        "ladder": "ladder",
        "ratio": "ratio",
        "number": "number",
        "choice": "choice",
        "choices": "choices",
        "date": "date",
        "text": "text",
        "table_kind": "table",
        "risk": "high-risk case {case}",
        "join": ", ",
    },
}


def main(words: list[str]) -> int:
    """Write what is out of date and remove pages of checklists that are gone; `--check`: tell."""
    wanted = pages()
    known = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted({*wanted, *known} - {key for key in wanted if known.get(key) == wanted[key]})
    if "--check" in words:
        print(f"out of date: {', '.join(stale)}" if stale else "up to date")
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
        else:
            (FOLDER / name).unlink()
        print(name)
    return 0


def pages() -> dict[str, str]:
    """Return the text of every page by file name."""
    checklists = read_library_checklists("zh")
    made = {f"README{ENDING[lang]}": index(checklists, lang) for lang in LANGS}
    for one in checklists:
        made |= {f"{one.id}{ENDING[lang]}": page(one, lang) for lang in LANGS}
    return made


def index(checklists: list[Checklist], lang: Lang) -> str:
    """Return the index: a row a checklist, with counts, and the totals."""
    say = WORDS[lang]
    rows = [
        f"| [{pick_text(one.title, lang)}]({one.id}{ENDING[lang]}) | {say[one.scope]} "
        f"| {_counts([one])} |"
        for one in checklists
    ]
    total = f"| {say['total']} | | {_counts(checklists)} |"
    head = [f"# {say['index']}", "", f"{say['intro']} {_other('README', lang)}", "", say["table"]]
    return "\n".join([*head, "|---|---|--:|--:|--:|", *rows, total]) + "\n"


def page(checklist: Checklist, lang: Lang) -> str:
    """Return the page of a checklist: counts, a table a section, its bases."""
    say = WORDS[lang]
    lines = [f"# {pick_text(checklist.title, lang)}", ""]
    if checklist.summary is not None:
        lines += [pick_text(checklist.summary, lang), ""]
    lines += [*_facts(checklist, lang), "", f"{say['intro']} {_other(checklist.id, lang)}"]
    for section in checklist.sections:
        lines += [
            "",
            f"## {pick_text(section.title, lang)}",
            "",
            say["items"],
            "|---|---|---|--:|---|",
        ]
        lines += [_row(item, lang) for item in section.items]
    for example, title in enumerate(("basis", "examples")):
        found = [key for key in checklist.basis if is_non_binding_basis(key) == bool(example)]
        if found:
            lines += ["", f"## {say[title]}", ""]
            lines += [f"- `{key}` {pick_text(checklist.basis[key].title, lang)}" for key in found]
    return "\n".join(lines) + "\n"


def check_length(checklists: list[Checklist]) -> Fraction:
    """Return how many Chinese characters the check of an item has, on average."""
    items = [item for one in checklists for item in one.items().values()]
    characters = sum(len(pick_text(step, "zh")) for item in items for step in item.check)
    return Fraction(characters, len(items))


def _counts(checklists: list[Checklist]) -> str:
    items = [item for one in checklists for item in one.items().values()]
    risks = sum(item.high_risk is not None for item in items)
    return f"{len(items)} | {risks} | {int(check_length(checklists))}"


def _facts(checklist: Checklist, lang: Lang) -> list[str]:
    say = WORDS[lang]
    items = list(checklist.items().values())
    kinds = Counter(find_kind_of_item(item) for item in items)
    weights = Counter(item.weight for item in items)
    facts = say["facts"].format(
        version=checklist.version,
        scope=say[checklist.scope],
        items=len(items),
        risks=sum(item.high_risk is not None for item in items),
    )
    names = say["join"].join(f"{_kind(kind, lang)} {kinds[kind]}" for kind in sorted(kinds))
    heavy = say["join"].join(f"{decimal_text(one)} × {weights[one]}" for one in sorted(weights))
    return [facts, say["kinds"].format(names=names, weights=heavy)]


def _row(item: Item, lang: Lang) -> str:
    say = WORDS[lang]
    cited, examples = _cited(item)
    if item.high_risk is not None:
        cited.append(say["risk"].format(case=item.high_risk.case))
    if examples:
        cited.append(say["example"].format(names="; ".join(examples)))
    words = f"**{pick_text(item.title, lang)}**<br>{pick_text(item.requirement, lang)}"
    kind = _kind(find_kind_of_item(item), lang)
    row = f"| {item.id} | {words} | {kind} | {decimal_text(item.weight)} | {'; '.join(cited)} |"
    return row.replace("\n", " ")


def _cited(item: Item) -> tuple[list[str], list[str]]:
    """Return what an item rests on, and what it cites as an example only."""
    found: tuple[list[str], list[str]] = ([], [])
    for ref in item.refs:
        found[is_non_binding_basis(ref.basis)].append(f"{ref.basis} {ref.clause}".replace(" —", ""))
    return found


def _kind(kind: str, lang: Lang) -> str:
    return WORDS[lang]["table_kind" if kind == "table" else kind]


def _other(name: str, lang: Lang) -> str:
    other: Lang = "en" if lang == "zh" else "zh"
    return WORDS[lang]["other"].format(name=f"{name}{ENDING[other]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
