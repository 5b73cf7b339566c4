"""A small tree of pages in both languages, with each thing that the site does for a page."""

from __future__ import annotations

from pathlib import Path

PICTURE = """<picture>
  <source media="(prefers-color-scheme: dark)" srcset="{0}.svg">
  <img alt="a square" src="{0}-light.svg">
</picture>"""

PAGES = {
    "README.md": f"""# 网络安全自查

[English](README.en.md)

先看[填报指南](docs/guide.md#口令怎么定)，再看[决策](docs/decisions/)和[源代码](src/)。

{PICTURE.format("docs/tour/square")}
""",
    "README.en.md": f"""# Self-assessment

[中文](README.md)

Read the [guide](docs/guide.en.md), then the [decisions](docs/decisions/).

{PICTURE.format("docs/tour/square")}
""",
    "docs/guide.md": """# 填报指南

[English](guide.en.md)

口令见[下面](#口令怎么定)。

## 口令怎么定

弱口令清单见[许可证](../LICENSE)。<!-- 看不见的令牌 -->
一行结束，
另一行 begins
in English.

| 编号 | 内容 |
|---|---|
| A-01 | **管理员口令**<br>每年更换。 |
""",
    "docs/guide.en.md": """# The guide

[中文](guide.md)

## Passwords

An administrator changes passwords each year; 口令 is the Chinese word.
""",
    "docs/decisions/README.md": """# 决策 / Decisions

| 编号 | 标题 | title |
|---|---|---|
| [0001](0001-one-key.md) | 一项一键 | One key an item |
""",
    "docs/decisions/0001-one-key.md": "# 0001 One key an item\n\nWhy an answer takes one key.\n",
    "LICENSE": "A licence.\n",
    "src/program.py": "",
}

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


def write_small_tree(root: Path) -> Path:
    """Write the tree; return its folder."""
    pictures = {f"docs/tour/square{ending}.svg": SQUARE for ending in ("", "-light")}
    for name, text in (PAGES | pictures).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
