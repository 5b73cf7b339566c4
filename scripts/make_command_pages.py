"""Write docs/commands.md and .en.md from data/commands.yaml and the items of the library.

`--check` changes nothing and says whether they are up to date.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from doc_pages import write_stale_pages

from assess.engine.lint.content.commands import CheckStepCommand, list_commands_in_step
from assess.i18n import LANGS, Lang
from assess.model.base import pick_text
from assess.workspace.checklists.content_check import load_content_rule_tables
from assess.workspace.core.library import read_library_checklists

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
FILES: Final[Mapping[Lang, Path]] = {"zh": DOCS / "commands.md", "en": DOCS / "commands.en.md"}
PROOFS: Final = ("ran", "manual", "unproved")

HEAD: Final[Mapping[Lang, str]] = {
    "zh": """# 检查步骤里的命令从哪里来

检查步骤里的每条命令都登记在 `src/assess/data/commands.yaml`，写明产品、是否需要 root、正常和
不正常时各看到什么，以及怎样证实：**实测**是在好的和坏的配置下都运行过，输出记录在文件里；**手册**
是厂商手册写明的；**未证实**只凭经验，不能单独决定一条的结果（检查规则 `command-unproved`）。
本页由 `scripts/make_command_pages.py` 生成。
English: [commands.en.md](commands.en.md)
""",
    "en": """# Where the commands in check steps come from

Each command in a check step stands in `src/assess/data/commands.yaml` with its product, whether
it needs root, what is seen when all is well and when it is not, and its proof. **Run**: it was run
in a good and in a bad configuration, and the file has what it printed. **Manual**: the publisher
describes it. **Unproved**: known from practice alone; it never decides an item alone (rule
`command-unproved`). This page is made by `scripts/make_command_pages.py`.
中文版：[commands.md](commands.md)
""",
}
WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "zh": {
        "ran": "实测",
        "manual": "手册",
        "unproved": "未证实",
        "all": "合计",
        "counts": "| 产品 | 实测 | 手册 | 未证实 | 合计 |",
        "columns": "| 命令 | root | 正常时 | 不正常时 | 证实 | 条目 |",
        "root": "是",
        "comma": "、",
    },
    "en": {
        "ran": "run",
        "manual": "manual",
        "unproved": "unproved",
        "all": "All",
        "counts": "| Product | Run | Manual | Unproved | All |",
        "columns": "| Command | root | When well | When not | Proof | Items |",
        "root": "yes",
        "comma": ", ",
    },
}


def main(words: list[str]) -> int:
    """Write both pages, or with `--check` only compare; return the exit code."""
    return write_stale_pages({FILES[lang]: page(lang) for lang in LANGS}, words)


def page(lang: Lang) -> str:
    """Return the page in a language."""
    commands = load_content_rule_tables().commands
    lines = [HEAD[lang], *_count_lines(commands.values(), lang)]
    items = find_items_by_command(commands)
    by_product: dict[str, list[str]] = {}
    for key, command in commands.items():
        by_product.setdefault(pick_text(command.product, lang), []).append(key)
    for product, keys in by_product.items():
        lines += ["", f"## {product}", "", WORDS[lang]["columns"], "|---|---|---|---|---|---|"]
        lines += [_row(commands[key], items[key], lang) for key in keys]
    return "\n".join(lines) + "\n"


def find_items_by_command(commands: Mapping[str, CheckStepCommand]) -> dict[str, list[str]]:
    """Return the ids of the library's items whose steps hold each command."""
    keys = {command: key for key, command in commands.items()}
    ids: dict[str, dict[str, None]] = {key: {} for key in commands}
    for checklist in read_library_checklists("en"):
        for item in checklist.items().values():
            for step in item.check:
                for command in list_commands_in_step(step, commands.values()):
                    ids[keys[command]][item.id] = None
    return {key: list(item_ids) for key, item_ids in ids.items()}


def _count_lines(commands: Iterable[CheckStepCommand], lang: Lang) -> list[str]:
    """Return the table of counts, by product and proof."""
    counts: Counter[tuple[str, str]] = Counter()
    for command in commands:
        for product in (pick_text(command.product, lang), WORDS[lang]["all"]):
            counts[product, command.verification_method] += 1
    products = list(dict.fromkeys(product for product, _ in counts))
    products.sort(key=lambda name: name == WORDS[lang]["all"])
    rows = [[counts[product, proof] for proof in PROOFS] for product in products]
    return [
        WORDS[lang]["counts"],
        "|---|--:|--:|--:|--:|",
        *(
            f"| {product} | {' | '.join(map(str, row))} | {sum(row)} |"
            for product, row in zip(products, rows, strict=True)
        ),
    ]


def _row(command: CheckStepCommand, items: Iterable[str], lang: Lang) -> str:
    words = WORDS[lang]
    cells = (
        _code(command.command),
        words["root"] if command.root else "",
        pick_text(command.well, lang),
        pick_text(command.ill, lang),
        _proof_text(command, lang),
        words["comma"].join(items),
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _proof_text(command: CheckStepCommand, lang: Lang) -> str:
    text = WORDS[lang][command.verification_method]
    if command.ran is not None:
        return f"{text}: {', '.join(command.ran.systems)}"
    if command.manual is not None:
        manual = command.manual
        return f"{text}: {manual.publisher}, {manual.title}, {manual.section}"
    return text


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
