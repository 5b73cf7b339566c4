"""Write docs/lint-rules.md and .en.md from scripts/lint_rules.yaml and the rules in the code.

`--check` changes nothing and says whether they are up to date. `problems_of` runs an example.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from doc_pages import write_stale_pages

from assess.engine.lint.checklist import STRUCTURE_RULES, lint_checklist
from assess.engine.lint.codes import LINT_RULES
from assess.engine.lint.content import lint_agreement_between_checklists, lint_content_quality
from assess.engine.rulebook import LintRule
from assess.i18n import LANGS, Lang, translator
from assess.model.checklist import Checklist
from assess.model.formats import FileKind
from assess.problem import Problem
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.checklists.content_check import load_content_rule_tables
from assess.workspace.core.library import read_library_checklists

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "lint_rules.yaml"
FILES: dict[Lang, Path] = {
    "zh": ROOT / "docs" / "lint-rules.md",
    "en": ROOT / "docs" / "lint-rules.en.md",
}

OTHER_KINDS: tuple[FileKind, ...] = (
    *("sheet", "config", "register", "findings", "office", "receipts", "thresholds"),
)
"""Kinds of files other than checklists; each has a table of its rules."""

EXAMPLES_CHECKED = "<!-- all checked by: tests/scripts/test_make_lint_docs.py -->"
"""The mark of the examples for `./run docs-check`."""

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "content": "内容规则",
        "structure": "结构规则",
        "sheet": "答卷",
        "config": "assess.yaml",
        "register": "佐证登记簿",
        "findings": "外部发现",
        "office": "office.yaml",
        "receipts": "收件记录",
        "thresholds": "汇总数据的限值",
        "files": "文件、YAML 与 git",
        "meanings": "| 代码 | 含义 |",
        "bad": "不要这样",
        "good": "这样",
        "error": "错误",
        "warning": "警告",
        "stop": "。",
        "colon": "：",
        "hint": "（{}）",
        "columns": "| 规则 | 级别 | 含义 |",
    },
    "en": {
        "content": "Content rules",
        "structure": "Structural rules",
        "sheet": "Answer sheets",
        "config": "assess.yaml",
        "register": "The evidence register",
        "findings": "Findings of others",
        "office": "office.yaml",
        "receipts": "Receipts",
        "thresholds": "Limits on figures",
        "files": "Files, YAML and git",
        "meanings": "| Code | Meaning |",
        "bad": "Not like this",
        "good": "Like this",
        "error": "Error",
        "warning": "Warning",
        "stop": ". ",
        "colon": ":",
        "hint": " ({})",
        "columns": "| Rule | Severity | Meaning |",
    },
}


def main(words: list[str]) -> int:
    """Write both pages, or with `--check` only compare; return the exit code."""
    return write_stale_pages({FILES[lang]: page(lang) for lang in LANGS}, words)


def page(lang: Lang) -> str:
    """Return the page in a language."""
    say = WORDS[lang]
    lines = [source()["head"][lang], EXAMPLES_CHECKED, "", f"## {say['content']}", ""]
    for name, rule in source()["rules"].items():
        severity = say[LINT_RULES["checklist"][name].severity]
        lines += [f"### {name}", "", f"{severity}{say['stop']}{rule['why'][lang]}"]
        for which in ("bad", "good"):
            lines += ["", f"{say[which]}{say['colon']}", "", "```yaml", rule[which].rstrip(), "```"]
        lines.append("")
    lines += _table("structure", STRUCTURE_RULES, lang)
    for kind in OTHER_KINDS:
        lines += ["", *_table(kind, LINT_RULES[kind], lang)]
    lines += ["", f"## {say['files']}", "", say["meanings"], "|---|---|"]
    lines += [f"| {code} | {meaning[lang]} |" for code, meaning in source()["files"].items()]
    return "\n".join(lines) + "\n"


def source() -> dict[str, Any]:
    """Return the head of the page, what examples are put into, and reasons and examples by rule."""
    loaded: dict[str, Any] = yaml.load(SOURCE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def problems_of(example: str, at: str = "item") -> list[Problem]:
    """Return all problems of an example, part of an item or checklist; two are linted together.

    A list is several items of one checklist. As a file of one's own is, they are compared with the
    library's facts and bases, too. A field that is null in the example is taken out of the item.
    """
    files: dict[str, Checklist] = {}
    for index, part in enumerate(yaml.safe_load_all(example)):
        tree = source()["base"]
        if at == "checklist":
            tree.update(part)
            basis = next(iter(part.get("basis", {"csl": 0})))
            items = [_fill_item({"refs": [{"basis": basis, "clause": "—"}]}, index)]
        elif isinstance(part, list):
            items = [_fill_item(fields, place) for place, fields in enumerate(part)]
        else:
            items = [_fill_item(part, index)]
        tree["sections"] = [{"id": "one", "title": {"zh": "一", "en": "One"}, "items": items}]
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        loaded = decode_yaml(text, "checklist", f"{index}.yaml", "en")
        if loaded.value is None:
            raise ValueError(loaded.problems)
        files[f"{index}.yaml"] = loaded.value
    return [
        *lint_agreement_between_checklists(files, "en", _library()),
        *(
            one
            for value in files.values()
            for one in lint_content_quality(value, load_content_rule_tables(), "en")
        ),
        *(one for value in files.values() for one in lint_checklist(value, "en")),
    ]


def _fill_item(fields: Mapping[str, Any], index: int) -> dict[str, Any]:
    """Return an item with these fields; the others are those of the item at this place."""
    given = source()
    item = {"id": f"EX-{index + 1}", **given["item"], **given["others"][index], **fields}
    return {name: value for name, value in item.items() if value is not None}


@cache
def _library() -> list[Checklist]:
    return read_library_checklists("en")


def _table(title: str, rules: Mapping[str, LintRule], lang: Lang) -> list[str]:
    say = WORDS[lang]
    rows = [_row(name, rule, lang) for name, rule in rules.items()]
    return [f"## {say[title]}", "", say["columns"], "|---|---|---|", *rows]


def _row(name: str, rule: LintRule, lang: Lang) -> str:
    _ = translator(lang)
    hint = WORDS[lang]["hint"].format(_(rule.hint)) if rule.hint else ""
    message = _(rule.message) + hint
    return f"| {name} | {WORDS[lang][rule.severity]} | {message} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
