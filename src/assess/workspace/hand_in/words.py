"""The sentences of remarks on hand-ins and of reasons for refusing them, by code."""

from __future__ import annotations

from typing import Final

from assess.i18n import N_

SENTENCES: Final[dict[str, str]] = {
    # The file itself
    "zip-large": N_("the file is larger than {limit} MB, more than a hand-in may have"),
    "zip-many-files": N_("it holds more than {limit} files"),
    "zip-damaged": N_("it is no ZIP, or is damaged: have it handed in again"),
    "zip-unknown-file": N_("no hand-in holds a file of this name"),
    "zip-link": N_("it is a link or a device, and no file"),
    "zip-encrypted": N_("it is encrypted: hand it in without a password"),
    "zip-packing": N_("it is packed in a way that assess submit never uses"),
    "zip-file-large": N_("it is larger than {limit} MB, more than such a file may have"),
    "zip-ratio": N_("it unpacks to more than 100 times its size"),
    "zip-unpacked-large": N_("the files unpack to more than {limit} MB"),
    "zip-same-path": N_("another file has the same path, or is its folder"),
    "zip-form": N_(
        "the ZIP is not as assess submit writes it: it was packed again, or there are bytes before,"
        " between or behind its files; hand in the file as it was written"
    ),
    "limit-reached": N_("it can't be read within the limits of memory and time: {detail}"),
    "workers-ended": N_(
        "it was not checked: each process of the cluster that checked it ended; take it in without "
        "--workers, or ask for another file"
    ),
    "unreadable": N_("reading it failed ({detail}); the file was not made by assess submit"),
    # The manifest
    "manifest-missing": N_("the file is missing, without which a ZIP is no hand-in"),
    "manifest-unreadable": N_("it is no manifest of a hand-in: a value lacks or has another form"),
    "manifest-newer": N_("a newer assess made it ({format}): update assess"),
    "manifest-unprintable": N_("it holds characters that can't be printed: {text}"),
    "member-missing": N_("the manifest names this file, and the ZIP does not hold it"),
    "member-unnamed": N_("the manifest does not name this file"),
    "member-twice": N_("the manifest names this file twice"),
    "member-other": N_("size or digest is not that of the manifest: the file was changed"),
    # The inputs
    "input-missing": N_("the file is missing, without which the inputs can't be read"),
    "inputs-wrong": N_("{problem} [{rule}]; errors in all: {count}"),
    "unit-other": N_("the manifest names unit {claimed}, and the inputs are those of {actual}"),
    "round-missing": N_("there is no round {round}, which the manifest names"),
    "claim-other": N_("the manifest says “{claimed}” of {field}, and the inputs “{actual}”"),
    "data-missing": N_("the file is missing, which every hand-in has"),
    "settings-unreadable": N_("the settings of the unit can't be read, and so name no unit"),
    "data-other": N_("it is not what the inputs give: the file was changed"),
    "data-other-program": N_(
        "it differs from what the inputs give here; assess {theirs} made it, this is {ours}, which"
        " computed the figures again"
    ),
    # Files beside the inputs
    "scan-kind": N_("the scan of the stamped page is neither a PDF nor a picture"),
    "scan-other": N_("it is not the signed report that assess.yaml and the register name"),
    "evidence-other": N_("the register has no such file, or one with another digest"),
    # The report
    "report-other-unit": N_("it is the report of {actual}, and not of {claimed}"),
    "report-other-round": N_("it is the report of round {actual}, and not of {claimed}"),
    "report-other-answers": N_("it was made from another {path} than the one handed in"),
    "report-other-settings": N_(
        "since it was made, {paths} changed, as a closing and a scan that is taken in change them"
    ),
    "report-not-genuine": N_("it is no report that can be taken: {detail}"),
    "report-not-checked": N_("whether it is what its own data give can't be told: {detail}"),
    "report-reservation": N_("it is what its own data give, but: {detail}"),
    "report-signature-elsewhere": N_(
        "its signatures are not of all answers that are handed in, and so tell nothing of who hands"
        " them in"
    ),
    "report-without-sheets": N_("it leaves out sheets of the round: {sheets}"),
    # Remarks on what was accepted
    "report-alone": N_(
        "a PDF report alone, without a manifest: unit, round, closing and commit are as the data in"
        " it say, and the figures are computed from these; it can't hold evidence or the scan of"
        " the stamped page"
    ),
    "not-closed": N_("round {round} is not closed"),
    "not-committed": N_("it names no commit: not everything was committed"),
    "unanswered": N_("items without an answer: {count}"),
    "stale": N_("answers given to another wording: {count}"),
    "returned": N_("answers that were returned: {count}"),
    "unreviewed": N_("answers that the reviewer has not looked at: {count}"),
    "unproved": N_("items without evidence that a final report must have: {count}"),
    "many-inapplicable": N_(
        "{count} of {sum} items were answered as not applicable; ask whether that is so"
    ),
    "many-left-out": N_(
        "{count} of {sum} items do not apply by the facts that the unit gives; ask whether these"
        " are so"
    ),
    "checklist-changed": N_("“{id}” is not as any edition of it was published in the library"),
    "date-later": N_("its figures are reckoned for {date}, which is after today"),
    "date-before-answers": N_("its figures are reckoned for {date}, before its newest answer"),
    "not-sanitised": N_("it says that it is sanitised, and holds notes or names of people"),
    "times-lacking": N_("answers that do not say when they were given: {count}"),
}

UNFINISHED: Final = ("not-closed", "unanswered", "stale", "returned", "unreviewed")
"""Remarks on work that is not done: `assess submit` refuses to hand it in, unless told to."""
