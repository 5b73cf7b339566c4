"""Write docs/workspace-files.md and .en.md from the table of file types in the code.

`--check` changes nothing and says whether they are up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from doc_pages import write_stale_pages

from assess.i18n import LANGS, Lang
from assess.model.formats import newest_format_number
from assess.store.file_types import FILE_TYPES, OFFICE_FILE_TYPES, FileType

ROOT = Path(__file__).resolve().parent.parent
FILES: dict[Lang, Path] = {
    "zh": ROOT / "docs" / "workspace-files.md",
    "en": ROOT / "docs" / "workspace-files.en.md",
}

HEADS: dict[Lang, str] = {
    "zh": """\
# 工作区里的文件

由 `scripts/make_file_types.py` 根据 `src/assess/store/file_types.py` 生成。
路径从工作区文件夹算起，按从上到下第一个符合的一行。
格式编号取自 `src/assess/model/formats.py` 的 `ADDITIONS`。
给一种文件加字段，见[架构](architecture.md#yaml-的一个字段)。

- **格式**：文件首行 `format:` 的名称和本程序能读的编号，只随写入的内容升高（[git.md](git.md)）。
- **JSON Schema**：`assess checklist schema 名称` 打印出来，供编辑器补全和检查。
- **脱敏副本**：`assess export --sanitised` 怎样处理。
- **上报**：是否属于交给上级单位的内容；“按需”是另外要求时才附上。

`assess.yaml` 里轮次的先后：一轮排在它所接续的一轮（`from`）之后；此外按编号，其中的数字按数值比较，
`2026-9` 在 `2026-10` 之前。没有指定轮次的命令用排在最后的未关闭轮次
（[决策 0048](decisions/0048-the-order-of-rounds.md)）。

| 文件 | 路径 | 格式 | JSON Schema | 合并 | 由谁更新 | 脱敏副本 | 上报 |
|---|---|---|---|---|---|---|---|
""",
    "en": """\
# Files of a workspace

Made by `scripts/make_file_types.py` from `src/assess/store/file_types.py`.
Paths count from the workspace's folder; the first row that fits holds. Format numbers come from
`ADDITIONS` in `src/assess/model/formats.py`. To add a field to a file, see
[architecture](architecture.en.md#a-field-of-a-yaml-file).

- **Format**: name and the numbers that this program reads in the file's `format:` line. A number
  rises only with what is written ([git.en.md](git.en.md)).
- **JSON Schema**: printed by `assess checklist schema NAME`, for editors that complete and check.
- **Sanitised copy**: what `assess export --sanitised` makes of it.
- **Handed in**: whether it belongs to what a higher body gets; on request: where it is asked for.

The order of the rounds in `assess.yaml`: a round comes after the one that it follows (`from`);
otherwise the ids decide, with their numbers compared as numbers: `2026-9` comes before `2026-10`.
Commands that name no round take the last open one in this order
([decision 0048](decisions/0048-the-order-of-rounds.md)).

| file | path | format | JSON Schema | merge | brought up to date by | sanitised copy | handed in |
|---|---|---|---|---|---|---|---|
""",
}

OFFICE_HEADS: dict[Lang, str] = {
    "zh": """
## 主管单位文件夹里的文件

主管单位用单独的文件夹（[rollup.md](rollup.md)）。其中的文件不上报，也没有脱敏副本。

""",
    "en": """
## Files of an office

An office has a folder of its own ([rollup.en.md](rollup.en.md)). Nothing of it is handed in, and
there is no sanitised copy.

""",
}

NAMES: dict[str, dict[Lang, str]] = {
    "temporary": {"zh": "写到一半的文件", "en": "a file half written"},
    "git-temporary": {"zh": "git 合并时的临时文件", "en": "git's temporary file of a merge"},
    "private": {"zh": "草稿、锁、脱敏密钥", "en": "drafts, lock, secret of pseudonyms"},
    "config": {"zh": "单位、信息系统、人员、轮次", "en": "organization, systems, people, rounds"},
    "checklist": {"zh": "在用的检查表", "en": "pinned checklist"},
    "sheet": {"zh": "答卷", "en": "answer sheet"},
    "register": {"zh": "佐证登记", "en": "evidence register"},
    "findings": {"zh": "外部发现", "en": "findings of others"},
    "evidence": {"zh": "佐证文件", "en": "evidence file"},
    "template": {"zh": "自己的报告模板", "en": "own report template"},
    "round-data": {"zh": "轮次数据", "en": "round as data"},
    "report-data": {"zh": "报告数据", "en": "report as data"},
    "report": {"zh": "报告", "en": "report"},
    "git-attributes": {"zh": "git 属性", "en": "attributes for git"},
    "git-ignore": {"zh": "git 忽略的文件", "en": "what git ignores"},
    "inbox": {"zh": "收到的材料，按摘要存放", "en": "what units handed in, by digest"},
    "store": {"zh": "由收到的材料算出的缓存", "en": "cache made from it"},
    "office": {"zh": "单位名单、报送任务", "en": "units and campaigns"},
    "receipts": {"zh": "收件记录", "en": "receipts"},
    "thresholds": {"zh": "汇总数据的限值", "en": "limits on figures"},
    "issued-checklist": {"zh": "下发的检查表", "en": "issued checklist"},
    "slip": {"zh": "回执", "en": "receipt to send back"},
    "rollup-data": {"zh": "汇总的 JSON", "en": "roll-up as JSON"},
    "made-rollup": {"zh": "汇总的工作簿、CSV", "en": "workbook and CSV of a roll-up"},
    "rollup-figures": {"zh": "汇总数据", "en": "figures of a roll-up"},
    "rollup": {"zh": "汇总的其他文件", "en": "other files of a roll-up"},
}

WORDS: dict[str, dict[Lang, str]] = {
    "meaning": {"zh": "按内容", "en": "by meaning"},
    "whole": {"zh": "整份，不混合", "en": "whole, never mixed"},
    "lines": {"zh": "按行", "en": "by lines"},
    "not-in-git": {"zh": "不进 git", "en": "not in git"},
    "save": {"zh": "需要时由保存更新", "en": "the save that needs it"},
    "checklist": {"zh": "`assess upgrade 检查表`", "en": "`assess upgrade CHECKLIST`"},
    "workspace": {"zh": "`assess upgrade --workspace`", "en": "`assess upgrade --workspace`"},
    "render": {"zh": "`assess report` 重新生成", "en": "`assess report`, made again"},
    "export": {
        "zh": "`assess export --data` 重新生成",
        "en": "`assess export --data`, made again",
    },
    "by-hand": {"zh": "自己", "en": "whoever wrote it"},
    "never": {"zh": "不更新", "en": "nobody"},
    "pseudonyms": {"zh": "换成化名", "en": "with pseudonyms"},
    "copied": {"zh": "照抄，去掉注释", "en": "copied without comments"},
    "left-out": {"zh": "不含", "en": "left out"},
    "yes": {"zh": "是", "en": "yes"},
    "on-request": {"zh": "按需", "en": "on request"},
    "no": {"zh": "否", "en": "no"},
}


def main(words: list[str]) -> int:
    """Write both pages, or with `--check` only compare; return the exit code."""
    return write_stale_pages({FILES[lang]: page(lang) for lang in LANGS}, words)


def page(lang: Lang) -> str:
    """Return a page."""
    table = HEADS[lang].rstrip("\n").split("\n")[-2:]
    parts = [HEADS[lang], *_rows(FILE_TYPES, lang), OFFICE_HEADS[lang]]
    parts += [f"{line}\n" for line in table]
    return "".join([*parts, *_rows(OFFICE_FILE_TYPES, lang)])


def _rows(types: Iterable[FileType], lang: Lang) -> Iterator[str]:
    return (f"| {' | '.join(_cells(row, lang))} |\n" for row in types)


def _cells(row: FileType, lang: Lang) -> Iterator[str]:
    yield NAMES[row.id][lang]
    yield f"`{row.pattern}`"
    yield _format(row)
    yield f"`{row.kind or row.schema}`" if row.kind or row.schema else ""
    for value in (row.merge, row.upgrade, row.sanitised, row.hand_in):
        yield WORDS[value][lang]


def _format(row: FileType) -> str:
    """Return the name of a format with the numbers that are read."""
    if not row.format:
        return ""
    newest = newest_format_number(row.kind) if row.kind else 1
    return f"`{row.format}/1`" + (f"–`{newest}`" if newest > 1 else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
