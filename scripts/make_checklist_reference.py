"""Write docs/checklist-reference.md and .en.md: every field of a checklist, from its JSON Schema.

English meanings are the descriptions of the schema; Chinese ones, and the names of the types, stand
in scripts/checklist_reference.yaml. `--check` changes nothing and says whether both are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from doc_pages import write_stale_pages

from assess.i18n import LANGS, Lang
from assess.model.formats import ADDITIONS
from assess.store.yaml.json_schema import read_shipped_schema
from assess.store.yaml.reading.tree import CONFLICT

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "checklist_reference.yaml"
FILES: dict[Lang, Path] = {
    "zh": ROOT / "docs" / "checklist-reference.md",
    "en": ROOT / "docs" / "checklist-reference.en.md",
}

ITEM = "Item"
"""The section of the page with the fields that all kinds of items have."""

TEXT = "Bilingual"
"""The type of the other form of a text; everywhere else a text is named as a text."""

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "columns": "| 字段 | 写什么 | 不写时 | 格式 | 意思 |",
        "needed": "**必填**",
        "used": "用在：",
        "between": "、",
        "list": "列表：{}",
        "counted": "（{} 项）",
        "mapping": "映射：名称 → {}",
        "any": "任意值",
        "text": "文字",
        "string": "字符串",
        "id": "编号",
        "number": "数",
        "integer": "整数",
        "boolean": "`true`、`false`",
        "date": "日期",
    },
    "en": {
        "columns": "| field | value | left out | format | meaning |",
        "needed": "**needed**",
        "used": "Used in: ",
        "between": ", ",
        "list": "list of: {}",
        "counted": " ({} entries)",
        "mapping": "mapping: name → {}",
        "any": "any value",
        "text": "text",
        "string": "string",
        "id": "id",
        "number": "number",
        "integer": "whole number",
        "boolean": "`true`, `false`",
        "date": "date",
    },
}


def main(words: list[str]) -> int:
    """Write both pages, or with `--check` only compare; return the exit code."""
    return write_stale_pages({FILES[lang]: page(lang) for lang in LANGS}, words)


@cache
def source() -> dict[str, Any]:
    """Return the head of the page, the names of the types, and the Chinese meanings."""
    loaded: dict[str, Any] = yaml.load(SOURCE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def page(lang: Lang) -> str:
    """Return a page: its head, a list of its sections, and a section a type."""
    types = list_types()
    links = WORDS[lang]["between"].join(_link(name, lang) for name in types)
    sections = (_section(name, types[name], lang) for name in types)
    return f"{source()['head'][lang]}\n{links}\n" + "".join(sections)


def list_english_texts() -> set[str]:
    """Return all that the page takes from the schema: each needs its Chinese."""
    types = list_types().values()
    fields = (field for shown in types for field in shown["properties"].values())
    return {_one_line(part["description"]) for part in (*types, *fields)}


@cache
def list_types() -> dict[str, Any]:
    """Return the types of the schema in the order of the page.

    What all kinds of items have is a type of its own, and each kind has its other fields only.
    """
    types = _read_types()
    names = dict.fromkeys(_walk_types(types, "Checklist"))
    return {name: types[name] for name in (*names, TEXT)}


def _read_types() -> dict[str, Any]:
    types: dict[str, Any] = json.loads(read_shipped_schema("checklist"))["$defs"]
    for definition in types.values():
        del definition["properties"][CONFLICT]
    kinds = [definition for definition in types.values() if _is_kind(definition)]
    first = kinds[0]["properties"]
    shared = {
        name: field
        for name, field in first.items()
        if all(kind["properties"].get(name) == field for kind in kinds)
    }
    for kind in kinds:
        kind["properties"] = {
            name: field for name, field in kind["properties"].items() if name not in shared
        }
    needed = kinds[0]["required"]
    types[ITEM] = {"description": source()["item"], "properties": shared, "required": needed}
    return types


def _is_kind(definition: Any) -> bool:
    return "kind" in definition["properties"]


def _walk_types(types: dict[str, Any], name: str) -> Iterator[str]:
    """Yield a type and those of its fields, as often as they are named, conditions once."""
    yield name
    for field in types[name]["properties"].values():
        for inner in _list_references(field):
            if inner != name:
                yield from _walk_types(types, inner)


def _list_references(field: Any) -> list[str]:
    """Return the types that a field names, without that of texts; kinds come with what they share.

    The field may be a list, a mapping or a choice of them.
    """
    if "discriminator" in field:
        return [ITEM, *(_name(kind["$ref"]) for kind in field["anyOf"])]
    if "$ref" in field:
        return [_name(field["$ref"])]
    parts = (field.get("items", {}), field.get("additionalProperties", {}))
    return [name for part in parts if part for name in _list_references(part)]


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _section(name: str, definition: Any, lang: Lang) -> str:
    say = WORDS[lang]
    rows = [_row(name, field, definition, lang) for field in definition["properties"]]
    users = sorted(
        {
            field
            for shown in list_types().values()
            for field, value in shown["properties"].items()
            if name in _list_references(value)
        }
    )
    used = [say["used"] + say["between"].join(f"`{user}`" for user in users), ""] if users else []
    lines = [f"## {_title(name, lang)}", "", _meaning(definition, lang), "", *used]
    return "\n".join(["", *lines, say["columns"], "|---|---|---|---|---|", *rows, ""])


def _row(name: str, field: str, definition: Any, lang: Lang) -> str:
    value = definition["properties"][field]
    number = list_newer_fields().get((name, field))
    default = value.get("default", "")
    left_out = f"`{json.dumps(default)}`".replace('"', "") if default != "" else ""
    if field in definition["required"]:
        left_out = WORDS[lang]["needed"]
    cells = (f"`{field}`", _values(value, lang), left_out, number or "", _meaning(value, lang))
    return f"| {' | '.join(map(str, cells))} |"


def _meaning(part: Any, lang: Lang) -> str:
    english = _one_line(part["description"])
    chinese: str = source()["chinese"][english]
    return english if lang == "en" else chinese


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _values(field: Any, lang: Lang) -> str:
    """Return in words what a field may be."""
    say = WORDS[lang]
    if "discriminator" in field:
        return _link(ITEM, lang)
    if "anyOf" in field:  # a text is the only other choice of forms
        return _link(TEXT, lang)
    if "$ref" in field:
        return _link(_name(field["$ref"]), lang)
    if "enum" in field:
        return say["between"].join(f"`{value}`" for value in field["enum"])
    return _plain_values(field, lang)


def _plain_values(field: Any, lang: Lang) -> str:
    say = WORDS[lang]
    match field.get("type"):
        case "array":
            return say["list"].format(_values(field.get("items", {}), lang)) + _count(field, lang)
        case "object":
            return say["mapping"].format(_values(field["additionalProperties"], lang))
        case "string":
            which = "id" if "pattern" in field else field.get("format", "string")
            return say[which]
        case None:
            return say["any"]
        case word:
            return say[word] + _range(field.get("minimum"), field.get("maximum"))


def _count(field: Any, lang: Lang) -> str:
    entries = _range(field.get("minItems"), field.get("maxItems"))
    return WORDS[lang]["counted"].format(entries.strip()) if entries else ""


def _range(least: int | None, most: int | None) -> str:
    if most is None:
        return "" if least is None else f" ≥ {least}"
    return f" {least}–{most}"


def _title(name: str, lang: Lang) -> str:
    title: str = source()["titles"][name][lang]
    return title


def _link(name: str, lang: Lang) -> str:
    title = _title(name, lang)
    return f"[{title}](#{title.lower().replace(' ', '-')})"


@cache
def list_newer_fields() -> dict[tuple[str, str], int]:
    """Return the first format number of fields that came after number 1, by type and field."""
    types = _read_types()
    numbers: dict[tuple[str, str], int] = {}
    for addition in ADDITIONS["checklist"]:
        *path, last = addition.path
        names = ["Checklist"]
        for key in path:
            fields = [types[name]["properties"].get(key, {}) for name in names]
            if not key.startswith("*"):
                names = [inner for field in fields for inner in _list_references(field)]
        numbers |= {(name, last): addition.number for name in names if not addition.lacks}
    return numbers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
