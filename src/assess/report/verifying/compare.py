"""Two reports held against each other: the one that was handed in, and the one made again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, repeat, zip_longest
from typing import NamedTuple

from assess.i18n import Lang
from assess.report.pdf.job import Look, Reading
from assess.report.plain_text import visible
from assess.report.verifying.proof_file import ProofFile
from assess.report.verifying.words import Cause, cause

_AROUND = 12
"""Characters that a message shows from where two texts part."""

_MOST_PAGES = 5
"""Pages that are named before the rest is left out."""

_MOST_MEANS = 4
"""Words for what is strange on a page that are shown."""

_SAME_SIZE = 0.3
"""Points by which versions of a library may set a text larger or smaller."""

_BY_TOOL = ("/Producer",)


def differences(
    theirs: Reading,
    ours: Reading,
    their_proof: ProofFile,
    our_proof: ProofFile,
    *,
    same_tools: bool,
    same_setting: bool,
    lang: Lang,
) -> Iterator[Cause]:
    """Yield what differs; with `same_tools` also what other tools may do otherwise.

    With `same_setting` fonts and whatever sets pages are the same, so that they are drawn alike.
    """
    yield from _files(theirs, ours, lang)
    yield from _provenance(their_proof, our_proof, same_tools=same_tools, lang=lang)
    first, second = _pages(theirs, their_proof), _pages(ours, our_proof)
    texts = list(_text(first, second, lang))
    yield from texts or _look(first, second, lang)
    yield from _beside(theirs, ours, lang)
    yield from _running(theirs, ours, lang)
    yield from _metadata(theirs, ours, same_tools=same_tools, lang=lang)
    yield from _parts(theirs, ours, same_tools=same_tools, lang=lang)
    if same_setting and not texts:
        yield from _drawings(theirs, ours, lang)


def _files(theirs: Reading, ours: Reading, lang: Lang) -> Iterator[Cause]:
    counts = Counter(one.name for one in theirs.files)
    hashes = {one.name: one.sha256 for one in theirs.files}
    wanted = {one.name: one.sha256 for one in ours.files}
    for name, count in sorted(counts.items()):
        if count > 1:
            yield cause("attachment-doubled", lang, name=visible(name))
        elif name not in wanted:
            yield cause("attachment-extra", lang, name=visible(name))
        elif hashes[name] != wanted[name] and name != "provenance.json":
            yield cause("attachment-changed", lang, name=name)
    for name in sorted(wanted.keys() - counts.keys()):
        yield cause("attachment-missing", lang, name=name)


def _provenance(
    theirs: ProofFile, ours: ProofFile, *, same_tools: bool, lang: Lang
) -> Iterator[Cause]:
    skipped = () if same_tools else ("machine", "tools", "fonts", "templates", "tool_version")
    keys = [
        key
        for key in ProofFile.__struct_fields__
        if key not in skipped and getattr(theirs, key) != getattr(ours, key)
    ]
    if keys:
        yield cause("provenance", lang, keys=", ".join(keys))


class _PageText(NamedTuple):
    """The text of a page without what names the tools themselves, and how each character looks."""

    page: int
    text: str
    looks: list[Look]


def _pages(reading: Reading, proof: ProofFile) -> list[_PageText]:
    """Return the text page by page: a name and what follows it must stand in one piece."""
    texts: dict[int, list[str]] = {}
    looks: dict[int, list[Look]] = {}
    for piece in reading.pieces:
        texts.setdefault(piece.page, []).append(piece.text)
        alike = chain.from_iterable(repeat(look, count) for count, look in piece.looks)
        looks.setdefault(piece.page, []).extend(alike)
    found = []
    for page, parts in texts.items():
        text = "".join(parts)
        spans = list(_neutral(text, proof))
        kept = chain.from_iterable(looks[page][start:end] for start, end in spans)
        found.append(_PageText(page, "".join(text[start:end] for start, end in spans), list(kept)))
    return found


def _neutral(text: str, proof: ProofFile) -> Iterator[tuple[int, int]]:
    """Yield from where to where a text says what other tools don't say otherwise."""
    names = {"".join(name.split()): "".join(said.split()) for name, said in proof.machine.items()}
    names["assess"] = proof.tool_version
    either = "|".join(re.escape(name + said) for name, said in names.items())
    known = {name + said: name for name, said in names.items()}
    start = 0
    for match in re.finditer(either, text):
        yield start, match.start() + len(known[match[0]])
        start = match.end()
    yield start, len(text)


def _text(theirs: Iterable[_PageText], ours: Iterable[_PageText], lang: Lang) -> Iterator[Cause]:
    """Say where the texts part."""
    first, second = ("".join(one.text for one in side) for side in (theirs, ours))
    if first == second:
        return
    pairs = zip_longest(first, second, fillvalue="")
    at = next(at for at, (one, other) in enumerate(pairs) if one != other)
    yield cause(
        "text",
        lang,
        page=_page_at(theirs, at),
        theirs=visible(first[at : at + _AROUND]),
        ours=visible(second[at : at + _AROUND]),
    )


def _page_at(pages: Iterable[_PageText], at: int) -> int:
    number = 1
    for page in pages:
        number = page.page
        at -= len(page.text)
        if at < 0:
            break
    return number


def _look(theirs: Iterable[_PageText], ours: Iterable[_PageText], lang: Lang) -> Iterator[Cause]:
    """Say which of the same texts look otherwise; a cause a page."""
    wanted = chain.from_iterable(page.looks for page in ours)
    wrong = 0
    for page in theirs:
        ill = [
            char
            for char, look, ought in zip(page.text, page.looks, wanted, strict=False)
            if not _same_look(look, ought)
        ]
        if ill and wrong < _MOST_PAGES:
            wrong += 1
            yield cause("look", lang, page=page.page, text=visible("".join(ill[:_AROUND])))


def _same_look(one: Look, other: Look) -> bool:
    return one.paint == other.paint and abs(one.size - other.size) < _SAME_SIZE


def _beside(theirs: Reading, ours: Reading, lang: Lang) -> Iterator[Cause]:
    """Compare what is seen beside texts and holds with other fonts too."""
    known = set(ours.frames)
    for page, frame in enumerate(theirs.frames, 1):
        if frame not in known:
            yield cause("frame", lang, page=page)
    looks = {look for page in ours.running_looks for look in page}
    for page, found in enumerate(theirs.running_looks, 1):
        if any(not any(_same_look(one, other) for other in looks) for one in found):
            yield cause("running", lang, page=page)
    usual = set(chain.from_iterable(ours.means))
    for page, words in enumerate(theirs.means, 1):
        strange = sorted(set(words) - usual)
        if strange:
            yield cause("means", lang, page=page, means=visible(", ".join(strange[:_MOST_MEANS])))
    if (theirs.figures, theirs.curves) != (ours.figures, ours.curves):
        yield cause("figures", lang)
    more = [one for one in theirs.parts if one not in ours.parts]
    if more:
        yield cause("parts", lang, keys=visible(", ".join(more)))


def _running(theirs: Reading, ours: Reading, lang: Lang) -> Iterator[Cause]:
    """Heads and feet: page by page where there are as many, else without their numbers."""
    if len(theirs.running) == len(ours.running):
        pairs = zip(theirs.running, ours.running, strict=True)
        wrong = [page for page, (one, other) in enumerate(pairs, 1) if one != other]
    else:
        known = {_unnumbered(one) for one in ours.running}
        wrong = [
            page for page, one in enumerate(theirs.running, 1) if _unnumbered(one) not in known
        ]
    for page in wrong[:_MOST_PAGES]:
        yield cause("running", lang, page=page)


def _unnumbered(text: str) -> str:
    return "".join(char for char in text if not char.isdecimal())


def _metadata(theirs: Reading, ours: Reading, *, same_tools: bool, lang: Lang) -> Iterator[Cause]:
    skipped = () if same_tools else _BY_TOOL
    keys = sorted(
        key.removeprefix("/")
        for key in theirs.info.keys() | ours.info.keys()
        if key not in skipped and theirs.info.get(key) != ours.info.get(key)
    )
    if same_tools and theirs.metadata != ours.metadata:
        keys.append("XMP")
    if keys:
        yield cause("metadata", lang, keys=", ".join(visible(key) for key in keys))


def _parts(theirs: Reading, ours: Reading, *, same_tools: bool, lang: Lang) -> Iterator[Cause]:
    if theirs.active != ours.active:
        yield cause("active", lang, what=visible(", ".join(theirs.active)))
    if theirs.bookmarks != ours.bookmarks:
        changed = next(
            (one for one in theirs.bookmarks if one not in ours.bookmarks), len(theirs.bookmarks)
        )
        yield cause("bookmarks", lang, theirs=visible(str(changed)))
    first, second = ([json.loads(one) for one in side.annotations] for side in (theirs, ours))
    # Another layout puts them on other pages.
    counts = 0 if same_tools else 1
    for one, other in zip_longest(first, second, fillvalue=["?", "?"]):
        if one[counts:] != other[counts:]:
            yield cause("annotations", lang, page=visible(str(one[0])))
            break
    if same_tools and theirs.structure != ours.structure:
        yield cause("structure", lang)
    if same_tools and len(theirs.drawings) != len(ours.drawings):
        yield cause("pages", lang, theirs=len(theirs.drawings), ours=len(ours.drawings))


def _drawings(theirs: Reading, ours: Reading, lang: Lang) -> Iterator[Cause]:
    if len(theirs.drawings) != len(ours.drawings):
        return
    pairs = zip(theirs.drawings, ours.drawings, strict=True)
    wrong = [page for page, (one, other) in enumerate(pairs, 1) if one != other]
    for page in wrong[:_MOST_PAGES]:
        yield cause("drawing", lang, page=page)
