"""Two reports held against each other: the one that was handed in, and the one made again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from assess.i18n import Lang
from assess.report.pdf_job import Piece, Reading
from assess.report.plain_text import visible
from assess.report.proof_file import ProofFile
from assess.report.verify_words import Cause, cause

_AROUND = 12
"""Characters that a message shows from where two texts part."""

_MOST_PAGES = 5
"""Pages that are named before the rest is left out."""

_BY_TOOL = ("/Producer",)


def differences(
    theirs: Reading,
    ours: Reading,
    their_proof: ProofFile,
    our_proof: ProofFile,
    *,
    same_tools: bool,
    lang: Lang,
) -> Iterator[Cause]:
    """Yield what differs; with `same_tools` also what other tools may do otherwise."""
    yield from _files(theirs, ours, lang)
    yield from _provenance(their_proof, our_proof, same_tools=same_tools, lang=lang)
    texts = list(_text(theirs, ours, their_proof, our_proof, lang))
    yield from texts
    yield from _running(theirs, ours, lang)
    yield from _metadata(theirs, ours, same_tools=same_tools, lang=lang)
    yield from _parts(theirs, ours, same_tools=same_tools, lang=lang)
    if same_tools and not texts:
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


def _text(
    theirs: Reading, ours: Reading, their_proof: ProofFile, our_proof: ProofFile, lang: Lang
) -> Iterator[Cause]:
    """Say where the texts part; what names the tools themselves is left out of both."""
    first, second = _whole(theirs, their_proof), _whole(ours, our_proof)
    if first == second:
        return
    pairs = zip_longest(first, second, fillvalue="")
    at = next(at for at, (one, other) in enumerate(pairs) if one != other)
    yield cause(
        "text",
        lang,
        page=_page_at(theirs, their_proof, at),
        theirs=visible(first[at : at + _AROUND]),
        ours=visible(second[at : at + _AROUND]),
    )


def _whole(reading: Reading, proof: ProofFile) -> str:
    return "".join(_neutral(piece.text, proof.machine, proof) for piece in _joined(reading))


def _joined(reading: Reading) -> list[Piece]:
    """Return the text page by page: a name and what follows it must stand in one piece."""
    pages: dict[int, list[str]] = {}
    for piece in reading.pieces:
        pages.setdefault(piece.page, []).append(piece.text)
    return [Piece(page=page, text="".join(texts)) for page, texts in pages.items()]


def _neutral(text: str, machine: Mapping[str, str], proof: ProofFile) -> str:
    for name, value in machine.items():
        name, value = ("".join(one.split()) for one in (name, value))  # noqa: PLW2901  # as the text is
        text = text.replace(name + value, name)
    return text.replace(f"assess{proof.tool_version}", "assess")


def _page_at(reading: Reading, proof: ProofFile, at: int) -> int:
    page = 1
    for piece in _joined(reading):
        page = piece.page
        at -= len(_neutral(piece.text, proof.machine, proof))
        if at < 0:
            break
    return page


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
    if not same_tools:
        # Another layout puts them on other pages.
        first, second = ([one[1:] for one in side] for side in (first, second))
    if first != second:
        pairs = zip_longest(first, second, fillvalue=["?"])
        place = next(one or other for one, other in pairs if one != other)
        yield cause("annotations", lang, page=visible(str(place[0])))
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
