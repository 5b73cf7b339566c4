"""Write docs/facts-and-bases.md and .en.md: the facts and bases that the library defines.

`--check` changes nothing and says whether they are up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from doc_pages import write_stale_pages

from assess.i18n import LANGS, Lang
from assess.model.base import Bilingual, Text, pick_text
from assess.model.checklist import Basis, Checklist, FactDef, ScopeKind, is_non_binding_basis
from assess.store.yaml.writing.emit import flow_style_text
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
    bases = {name: basis for checklist in checklists for name, basis in checklist.basis.items()}
    return dict(sorted(bases.items()))


def text_as_in_file(text: Text) -> str | dict[str, str]:
    """Return a text as a file has it: plain, or by language."""
    if isinstance(text, Bilingual):
        return {lang: pick_text(text, lang) for lang in LANGS}
    return text


def fact_line(name: str, fact: FactDef) -> str:
    """Return the definition of a fact as a line to copy."""
    limits = {"min": fact.min, "max": fact.max}
    fields: dict[str, object] = {"type": fact.type, "question": text_as_in_file(fact.question)}
    fields |= {key: limit for key, limit in limits.items() if limit is not None}
    if fact.options:
        fields["options"] = [
            {"id": option.id, "text": text_as_in_file(option.text)} for option in fact.options
        ]
    return f"  {name}: {flow_style_text(fields)}"


def basis_line(name: str, basis: Basis) -> str:
    """Return the definition of a basis as a line to copy."""
    days = {"issued": basis.issued, "in_force": basis.in_force}
    fields: dict[str, object] = {"title": text_as_in_file(basis.title)}
    fields |= {key: day.isoformat() for key, day in days.items() if day is not None}
    return f"  {name}: {flow_style_text(fields)}"


def definitions_part(
    title: str, columns: str, rows: list[str], key: str, lines: list[str], lang: Lang
) -> list[str]:
    """Return a part of the page: heading, use, table, and the block that readers copy from."""
    words = WORDS[lang]
    mark = "<!-- checked by: tests/scripts/test_make_shared_definitions.py -->"
    head = [f"## {words[title]}", "", words[f"{title}-use"], ""]
    table = [words[columns], "|---|---|---|---|", *rows, ""]
    return [*head, *table, words["copy"], "", mark, "```yaml", f"{key}:", *lines, "```", ""]


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
    return definitions_part(scope, "facts", rows, "profile", lines, lang)


def bases_part(bases: Mapping[str, Basis], title: str, lang: Lang) -> list[str]:
    """Return the lines of the page about some bases."""
    words = WORDS[lang]
    rows = [
        f"| `{name}` | {pick_text(basis.title, lang)} | {basis.issued or words['none']} "
        f"| {basis.in_force or words['none']} |"
        for name, basis in bases.items()
    ]
    lines = [basis_line(name, basis) for name, basis in bases.items()]
    return definitions_part(title, "bases", rows, "basis", lines, lang)


def make_page(checklists: list[Checklist], lang: Lang) -> str:
    """Return the page: facts by scope, then bases, those for reference last."""
    words = WORDS[lang]
    bases = collect_bases(checklists)
    binding = {name: basis for name, basis in bases.items() if not is_non_binding_basis(name)}
    reference = {name: basis for name, basis in bases.items() if name not in binding}
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
    return write_stale_pages({FILES[lang]: make_page(checklists, lang) for lang in LANGS}, words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
