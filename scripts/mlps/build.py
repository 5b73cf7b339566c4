"""Build checklists/mlps-*.yaml from one compact source: levels 2 and 3, and the four extensions.

The two levels share most of their clauses, so each control is written once, in the file of its
domain (`pes.yaml` … `mms.yaml`). `common.yaml` holds what stands in front of the sections,
`high-risk.yaml` the general cases of the 2025 guide and the items they belong to. A field given
under `level2` or `level3` of an item replaces the shared one at that level.

The extensions (`cloud.yaml` … `ics.yaml`) hold both levels in one checklist each, with the cases
at their items. What both levels ask alike is one item for level 2 and up, under its level-2 id, so
that an answer stays when a system is graded anew; what they ask differently is one item a level.

    python scripts/mlps/build.py            # writes into checklists/
    python scripts/mlps/build.py FOLDER     # writes into FOLDER

The output depends on the source alone. `tests/scripts/test_mlps_build.py` shows that the
committed files are what this script makes: change the source, build, run
`scripts/library_edition.py`, which writes `still_valid`, and commit all.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).resolve().parent
CHECKLISTS = SOURCE.parents[1] / "checklists"
DOMAINS = ("pes", "cns", "abs", "ces", "smc", "pss", "ors", "hrs", "cms", "mms")
EXTENSIONS = ("cloud", "mobile", "iot", "ics")
LEVELS = (2, 3)
LETTER_FACTS = {"G": "system.level", "S": "system.s", "A": "system.a"}
LEAVES: tuple[set[str], ...] = (  # a mapping with one of these sets of keys is written on one line
    {"fact"},
    {"basis", "clause"},
    {"degree"},
    {"required"},
    {"lowers_to"},
    {"in_force"},
    {"question"},
    {"above"},
    {"at_least"},
    {"csf"},
    {"iso27001"},
    {"cis"},
)
ITEM_FIELDS = (
    "id",
    "kind",
    "title",
    "requirement",
    "rungs",
    "ratio",
    "check",
    "verdict",
    "problem",
    "each_round",
    "evidence",
    "remedy",
    "weight",
    "high_risk",
    "applies_when",
    "refs",
    "crossrefs",
    "methods",
    "letter",
)
# Two series of units are numbered one higher in GB/T 28448 than their clauses in GB/T 22239.
SHIFTED_UNITS = {"L3-CES4": range(4, 11), "L3-CMS2": range(6, 9)}
# The copy that was read has these numbers twice or shifted.
UNCERTAIN_UNITS = {f"L3-MMS1-{number}" for number in range(44, 49)}
HEADER = """\
# Built by scripts/mlps/build.py from scripts/mlps/*.yaml; edit the source there, then build again.
# tests/scripts/test_mlps_build.py shows that this file and its source agree.
# Facts: clause numbers, unit codes and S/A/G letters after GB/T 22239-2019 and GB/T 28448-2019;
# high-risk cases after the trial guide of 2025. All wording is this project's own.
"""
NOTE = """\
# Items L2-… apply from level 2 on, items L3-… from level 3 on; where both levels have an item of
# their own for one clause, the L2-… item applies to level 2 alone.
"""

Tree = dict[str, Any]


class Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class FlowList(list[Any]):
    """A list that is written on one line."""


class Quoted(str):
    """Text that is always written in double quotes."""

    __slots__ = ()


class Writer(yaml.SafeDumper):
    """Block style with indented lists, one line a scalar, no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists under their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value out wherever it occurs."""
        return True


def _flow(writer: Writer, value: Flow) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _flow_list(writer: Writer, value: FlowList) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _quoted(writer: Writer, value: Quoted) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')


Writer.add_representer(Flow, _flow)
Writer.add_representer(FlowList, _flow_list)
Writer.add_representer(Quoted, _quoted)


def load(path: Path) -> Tree:
    """Read one source file."""
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # safe, and fast
    if not isinstance(tree, dict):
        raise TypeError(f"{path}: not a mapping")
    return tree


def dump(value: Any, indent: int = 0) -> str:
    """Write a value as YAML, moved right by `indent` spaces."""
    text: str = yaml.dump(
        styled(value),
        Dumper=Writer,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,
    )
    return textwrap.indent(text, " " * indent)


def styled(value: Any) -> Any:
    """Choose the style of each part: text in two languages and small leaves stay on one line."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return Flow(zh=value["zh"], en=Quoted(value["en"]))
        if is_leaf(value):
            return flowing(value)
        return {key: styled(part) for key, part in value.items()}
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return FlowList(quote_number(part) for part in value)
        return [styled(part) for part in value]
    return quote_number(value)


def is_leaf(value: Tree) -> bool:
    """Say whether a mapping is small enough for one line."""
    return any(marks <= set(value) for marks in LEAVES)


def flowing(value: Any) -> Any:
    """Write a value and all its parts on one line."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return styled(value)
        return Flow((key, flowing(part)) for key, part in value.items())
    if isinstance(value, list):
        return FlowList(flowing(part) for part in value)
    return quote_number(value)


def quote_number(value: Any) -> Any:
    """Put text that holds a digit first in double quotes, as the format asks for clauses."""
    if isinstance(value, str) and value[:1].isdigit():
        return Quoted(value)
    return value


def item_condition(letter: str, level: int) -> Tree:
    """Apply an item where the system's level of its letter is the level of the file."""
    return {"fact": LETTER_FACTS[letter], "is": level}


def high_risk_of(item_id: str, cases: list[Tree]) -> Tree | None:
    """Find the case of an item, without the fields that only the source needs."""
    found = [case for case in cases if item_id in case["items"]]
    if len(found) > 1:
        raise ValueError(f"{item_id}: more than one high-risk case")
    if not found:
        return None
    kept = ("case", "when", "applies_when", "mitigations")
    return {key: found[0][key] for key in kept if key in found[0]}


def build_item(source: Tree, letter: str, level: int, cases: list[Tree]) -> Tree:
    """Make one item of one level from its shared source."""
    risk = high_risk_of(source[f"level{level}"]["id"], cases)
    whole = source if risk is None else source | {"high_risk": risk}
    return finished(whole, [level], item_condition(letter, level), letter)


def finished(source: Tree, levels: list[int], condition: Tree, letter: str) -> Tree:
    """Put an item together: the shared fields, those of its first level, and what follows."""
    shared = {key: value for key, value in source.items() if not key.startswith("level")}
    item = {"kind": "conformity"} | shared | source[f"level{levels[0]}"]
    clauses = [source[f"level{level}"]["clause"] for level in levels]
    refs = [{"basis": "gbt22239", "clause": clause, "verified": True} for clause in clauses]
    refs += [unit_ref(source[f"level{level}"]["id"]) for level in levels]
    if risk := item.get("high_risk"):
        refs.append({"basis": "high-risk-guide", "clause": risk["case"], "verified": True})
    item["refs"] = refs + item.get("refs", [])
    item["applies_when"] = condition
    item["letter"] = letter
    del item["clause"]
    unknown = set(item) - set(ITEM_FIELDS)
    if unknown:
        raise ValueError(f"{item['id']}: unknown fields {sorted(unknown)}")
    return {field: item[field] for field in ITEM_FIELDS if field in item}


def unit_ref(item_id: str) -> Tree:
    """Cite the unit of GB/T 28448: the item's id, but for the shifted series."""
    series, _, number = item_id.rpartition("-")
    shift = int(number) in SHIFTED_UNITS.get(series, ())
    unit = f"{series}-{int(number) + shift:02d}"
    return {"basis": "gbt28448", "clause": unit, "verified": unit not in UNCERTAIN_UNITS}


def build_section(domain: Tree, level: int, cases: list[Tree]) -> tuple[str, list[Tree]]:
    """Write one section; returns its text and its items."""
    head = {key: domain[key] for key in ("id", "title", "domain")}
    lines = [dump([head], 2), "    items:\n"]
    items: list[Tree] = []
    for point in domain["points"]:
        own = [item for item in point["items"] if f"level{level}" in item]
        if not own:
            continue
        title = point.get(f"level{level}", {}).get("title", point["title"])
        lines.append(f"      # {point['clause'][level]} {title['zh']} {title['en']}\n")
        for source in own:
            item = build_item(source, point["letter"], level, cases)
            lines.append(dump([item], 6))
            items.append(item)
    return "".join(lines), items


def build_level(level: int, source: Path = SOURCE) -> str:
    """Write the whole checklist of one level."""
    common = load(source / "common.yaml")
    cases: list[Tree] = load(source / "high-risk.yaml")["cases"]
    sections: list[str] = []
    items: list[Tree] = []
    for name in DOMAINS:
        text, built = build_section(load(source / f"{name}.yaml"), level, cases)
        sections.append(text)
        items.extend(built)
    return assembled(common, common["levels"][level], common["profile"], items, sections)


def assembled(
    common: Tree, head: Tree, facts: Tree, items: list[Tree], sections: list[str], note: str = ""
) -> str:
    """Write a checklist: its head with what its items cite and ask for, then its sections."""
    front = {"format": common["format"], **head}
    front["basis"] = used(common["basis"], {ref["basis"] for item in items for ref in item["refs"]})
    asked = {fact for item in items for fact in facts_of(item.get("high_risk", {}))}
    if profile := used(facts, asked):
        front["profile"] = profile
    front["scoring"] = common["scoring"]
    return HEADER + note + dump(front) + "sections:\n" + "".join(sections)


def shares(source: Tree) -> list[list[int]]:
    """Say which levels have an item of their own: those whose wording agrees share one."""
    own = [level for level in LEVELS if f"level{level}" in source]
    alike = all(set(source[f"level{level}"]) == {"id", "clause"} for level in own)
    return [own] if alike else [[level] for level in own]


def extension_item(source: Tree, levels: list[int]) -> Tree:
    """Make one item of an extension; level-3 items also hold for level 4, which asks no less."""
    reach = {"at_least": levels[0]} if LEVELS[-1] in levels else {"is": levels[0]}
    return finished(source, levels, {"fact": LETTER_FACTS["G"]} | reach, "G")


def extension_section(section: Tree) -> tuple[str, list[Tree]]:
    """Write one section of an extension; returns its text and its items."""
    lines = [dump([{key: section[key] for key in ("id", "title", "domain")}], 2), "    items:\n"]
    items: list[Tree] = []
    for point in section["points"]:
        title, clauses = point["title"], "/".join(point["clause"].values())
        lines.append(f"      # {clauses} {title['zh']} {title['en']}\n")
        for source in point["items"]:
            for levels in shares(source):
                if len(levels) > 1:
                    twins = " and ".join(source[f"level{level}"]["id"] for level in levels)
                    lines.append(f"      # {twins}\n")
                items.append(extension_item(source, levels))
                lines.append(dump([items[-1]], 6))
    return "".join(lines), items


def build_extension(name: str, source: Path = SOURCE) -> str:
    """Write the whole checklist of one extension, both levels in it."""
    common, own = load(source / "common.yaml"), load(source / f"{name}.yaml")
    sections = [extension_section(section) for section in own["sections"]]
    items = [item for _, made in sections for item in made]
    head = {key: own[key] for key in ("id", "version", "title", "summary", "scope")}
    texts = [text for text, _ in sections]
    return assembled(common, head, own.get("profile", {}), items, texts, NOTE)


def used(table: Tree, names: set[str]) -> Tree:
    """Keep the rows of a table that are used, in its own order."""
    return {name: row for name, row in table.items() if name in names}


def facts_of(tree: Any) -> set[str]:
    """Collect the facts that the conditions within a tree ask for."""
    if isinstance(tree, dict):
        own = {tree["fact"]} if "fact" in tree else set()
        return own.union(*(facts_of(part) for part in tree.values()))
    if isinstance(tree, list):
        return set().union(*(facts_of(part) for part in tree))
    return set()


def build(target: Path = CHECKLISTS, source: Path = SOURCE) -> list[Path]:
    """Write all files into `target`; returns their paths."""
    texts = {f"mlps-level{level}.yaml": build_level(level, source) for level in LEVELS}
    texts |= {f"mlps-{name}.yaml": build_extension(name, source) for name in EXTENSIONS}
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    return [target / name for name in texts]


if __name__ == "__main__":
    for written in build(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKLISTS):
        print(written)
