"""Write docs/facts-and-bases.md and .en.md: the facts and bases that the library defines.

`--check` changes nothing and says whether they are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from doc_pages import write_stale_pages

from assess.i18n import LANGS, Lang
from assess.model.base import Bilingual, Text, pick_text
from assess.model.checklist import (
    Basis,
    Checklist,
    FactDef,
    ScopeKind,
    is_non_binding_basis,
)
from assess.workspace import read_library_checklists

DOCS = Path(__file__).resolve().parent.parent / "docs"
FILES: dict[Lang, Path] = {
    "zh": DOCS / "facts-and-bases.md",
    "en": DOCS / "facts-and-bases.en.md",
}

WORDS: dict[Lang, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("shared_definitions.yaml").read_text("utf-8")
)
"""The words of the pages."""


@dataclass
class SharedFact:
    """A fact as the library defines it, and the checklists that do."""

    definition: FactDef
    users: list[str] = field(default_factory=list)


def collect_facts(checklists: Iterable[Checklist], scope: ScopeKind) -> dict[str, SharedFact]:
    """Return the facts of a scope by name; the library defines each in one way."""
    facts: dict[str, SharedFact] = {}
    for checklist in checklists:
        for name, definition in checklist.profile.items():
            if checklist.scope == scope:
                facts.setdefault(name, SharedFact(definition)).users.append(checklist.id)
    return dict(sorted(facts.items()))


def collect_bases(checklists: Iterable[Checklist]) -> dict[str, Basis]:
    """Return the bases of the library by id."""
    return dict(sorted((name, one) for each in checklists for name, one in each.basis.items()))


def format_yaml_value(value: object) -> str:
    """Return a value as YAML on one line, texts in quotes."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key}: {format_yaml_value(one)}" for key, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(format_yaml_value, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def plain_text(text: Text) -> str | dict[str, str]:
    """Return a text as the file has it."""
    if isinstance(text, Bilingual):
        return {lang: pick_text(text, lang) for lang in LANGS}
    return text


def fact_line(name: str, fact: FactDef) -> str:
    """Return the definition of a fact as a line to copy."""
    limits = {"min": fact.min, "max": fact.max}
    fields: dict[str, object] = {"question": plain_text(fact.question)}
    fields |= {key: limit for key, limit in limits.items() if limit is not None}
    if fact.options:
        fields["options"] = [{"id": one.id, "text": plain_text(one.text)} for one in fact.options]
    return f"  {name}: {{type: {fact.type}, {format_yaml_value(fields)[1:-1]}}}"


def basis_line(name: str, basis: Basis) -> str:
    """Return the definition of a basis as a line to copy."""
    days = {"issued": basis.issued, "in_force": basis.in_force}
    fields: dict[str, object] = {"title": plain_text(basis.title)}
    fields |= {key: day.isoformat() for key, day in days.items() if day is not None}
    return f"  {name}: {format_yaml_value(fields)}"


def copy_block(lang: Lang, key: str, lines: Iterable[str]) -> list[str]:
    """Return the block that readers copy lines from."""
    mark = "<!-- checked by: tests/scripts/test_make_shared_definitions.py -->"
    return [WORDS[lang]["copy"], "", mark, "```yaml", f"{key}:", *lines, "```", ""]


def facts_part(checklists: list[Checklist], scope: ScopeKind, lang: Lang) -> list[str]:
    """Return the lines of the page about the facts of a scope."""
    words = WORDS[lang]
    facts = collect_facts(checklists, scope)
    rows = [
        f"| `{name}` | {pick_text(fact.definition.question, lang)} | {words[fact.definition.type]} "
        f"| {words['join'].join(f'`{user}`' for user in fact.users)} |"
        for name, fact in facts.items()
    ]
    lines = [fact_line(name, fact.definition) for name, fact in facts.items()]
    head = [
        f"## {words[scope]}",
        "",
        words[f"{scope}-use"],
        "",
        words["facts"],
        "|---|---|---|---|",
    ]
    return [*head, *rows, "", *copy_block(lang, "profile", lines)]


def bases_part(bases: Mapping[str, Basis], title: str, lang: Lang) -> list[str]:
    """Return the lines of the page about some bases."""
    words = WORDS[lang]
    rows = [
        f"| `{name}` | {pick_text(one.title, lang)} | {one.issued or words['none']} "
        f"| {one.in_force or words['none']} |"
        for name, one in bases.items()
    ]
    lines = [basis_line(name, one) for name, one in bases.items()]
    head = [
        f"## {words[title]}",
        "",
        words[f"{title}-use"],
        "",
        words["bases"],
        "|---|---|---|---|",
    ]
    return [*head, *rows, "", *copy_block(lang, "basis", lines)]


def page(checklists: list[Checklist], lang: Lang) -> str:
    """Return the page: facts by scope, then bases, those for reference last."""
    words = WORDS[lang]
    bases = collect_bases(checklists)
    binding = {name: one for name, one in bases.items() if not is_non_binding_basis(name)}
    reference = {name: one for name, one in bases.items() if name not in binding}
    lines = [
        words["intro"],
        *facts_part(checklists, "organization", lang),
        *facts_part(checklists, "system", lang),
        *bases_part(binding, "basis", lang),
        *bases_part(reference, "reference", lang),
    ]
    return "\n".join(lines).rstrip() + "\n"


def main(words: list[str]) -> int:
    """Write the pages that are out of date; `--check` only tells."""
    checklists = read_library_checklists("zh")
    return write_stale_pages({FILES[lang]: page(checklists, lang) for lang in LANGS}, words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
