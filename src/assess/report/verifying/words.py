"""Why a report is not what the commit gives: each cause by a short name, and in words."""

from __future__ import annotations

from typing import NamedTuple

from assess.i18n import N_, Lang, translator

CAUSES: dict[str, str] = {
    "unreadable": N_("this is no PDF that can be read: {detail}"),
    "encrypted": N_("the PDF is encrypted; reports never are"),
    "cut-off": N_("the PDF has no end; it was cut off"),
    "no-provenance": N_(
        "no provenance.json is attached: not a report of this program, or taken out"
    ),
    "provenance-doubled": N_("{count} files named provenance.json are attached; there must be one"),
    "provenance-broken": N_("the attached provenance.json can't be read; it was changed"),
    "digest": N_("provenance.json was changed: its digest does not fit what it names"),
    "uncommitted": N_(
        "it was made from answers or other files that were not committed, so there is nothing to "
        "hold it against; make it again after `assess commit`"
    ),
    "commit-missing": N_(
        "commit {commit} is not in this repository; fetch what is missing, then again: "
        "git fetch --tags (in a shallow clone: git fetch --unshallow)"
    ),
    "commit-unreachable": N_(
        "commit {commit} is here, but no branch or tag leads to it: the history was rewritten"
    ),
    "answers": N_("the answers differ: {path} is not what commit {commit} holds"),
    "checklist": N_("the checklist differs: {path} is not what commit {commit} holds"),
    "config": N_("the settings differ: {path} is not what commit {commit} holds"),
    "evidence": N_("the evidence register differs: {path} is not what commit {commit} holds"),
    "template": N_("the template differs: {path} is not what commit {commit} holds"),
    "input-missing": N_("{path} is named as an input, but commit {commit} has no such file"),
    "input-unnamed": N_("commit {commit} holds {path}, which the provenance does not name"),
    "again": N_("the report can't be made again from commit {commit}: {detail}"),
    "attachment-changed": N_("the attached {name} is not the file that the commit holds"),
    "attachment-missing": N_("{name} is not attached any more"),
    "attachment-extra": N_("{name} is attached, which no report attaches"),
    "attachment-doubled": N_("{name} is attached more than once"),
    "program": N_("it was made by assess {theirs}, and this is assess {ours}"),
    "own-template": N_(
        "the program's own template {name} is another version than the one it was made with"
    ),
    "provenance": N_("provenance.json was changed: {keys}"),
    "pages": N_("it has {theirs} pages, and the commit gives {ours}"),
    "text": N_("page {page}: “{theirs}” stands where the commit gives “{ours}”"),
    "running": N_("head or foot of page {page} are not those of the report"),
    "look": N_(
        "page {page}: “{text}” is covered, cut off, or of another colour or size than the commit "
        "gives it"
    ),
    "frame": N_("page {page} has another size, crop or turn than any page of the report"),
    "figures": N_("pictures, figures or shapes are not those of the report"),
    "means": N_("page {page} is painted with what no page of the report is painted with: {means}"),
    "parts": N_("the document holds what no report holds: {keys}"),
    "drawing": N_("page {page} is drawn otherwise, though its text is the same"),
    "annotations": N_("links or fields were added, taken out or changed: page {page}"),
    "bookmarks": N_("the bookmarks were changed: {theirs}"),
    "structure": N_("what a screen reader hears was changed"),
    "metadata": N_("the metadata were changed: {keys}"),
    "active": N_("it holds something that acts by itself: {what}"),
    "bytes": N_("its bytes differ, though nothing that is shown does"),
    "appended": N_("{count} bytes follow the end of the report, and no signature covers them"),
    "changed-after": N_("more than signatures was added after the report was made: {detail}"),
    "signature": N_("signature {field} of {signer} does not hold: {detail}"),
    "untrusted": N_("signature {field} of {signer} leads to none of the given roots: {detail}"),
}
"""By the name that `--json` gives."""


class Cause(NamedTuple):
    """Why a report is different, and how that is said."""

    code: str
    text: str


def cause(code: str, lang: Lang, **words: object) -> Cause:
    """Return a cause in words."""
    return Cause(code, translator(lang)(CAUSES[code]).format(**words))
