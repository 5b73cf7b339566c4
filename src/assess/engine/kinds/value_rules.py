"""Rules about the value of one answer."""

from __future__ import annotations

from assess.engine.rulebook import Rule
from assess.i18n import N_

VALUE_RULES: dict[str, Rule] = {
    "value-for-status": Rule(
        N_("this item is answered by a status, not by a value"),
        N_("write `status: met`, `partial`, `unmet` or `not_applicable`"),
    ),
    "value-form": Rule(N_("the value does not have the form of this kind of item"), "{form}"),
    "rung-unknown": Rule(N_("there is no rung “{given}” on this ladder"), N_("it has: {known}")),
    "option-unknown": Rule(N_("there is no option “{given}” here"), N_("it has: {known}")),
    "other-not-allowed": Rule(N_("own words are not allowed here"), N_("choose one of: {known}")),
    "option-exclusive": Rule(
        N_("“{given}” goes with no other option"), N_("take the others away, or this one")
    ),
    "option-twice": Rule(N_("“{given}” is ticked twice"), N_("keep one")),
    "ratio-negative": Rule(N_("{part} of {whole}: counts are never below 0")),
    "ratio-whole-zero": Rule(
        N_("the whole is 0, so there is no ratio"),
        N_("answer not_applicable and say why, or correct the whole"),
    ),
    "ratio-part-over-whole": Rule(
        N_("the part ({part}) is more than the whole ({whole})"), N_("correct one of the two")
    ),
    "number-below": Rule(N_("{given} is below the least allowed, {limit}")),
    "number-above": Rule(N_("{given} is above the most allowed, {limit}")),
    "number-decimals": Rule(N_("{given} has more than {limit} decimals")),
    "date-early": Rule(N_("{given} is before the earliest date allowed, {limit}")),
    "date-future": Rule(N_("{given} lies in the future"), N_("today is {limit}")),
    "text-long": Rule(
        N_("the text has {given} characters, at most {limit} are allowed"),
        N_("put the rest into the note"),
    ),
    "text-pattern": Rule(N_("“{given}” does not look like {pattern}")),
    "rows-few": Rule(N_("{given} rows, at least {limit} are wanted")),
    "rows-many": Rule(N_("{given} rows, at most {limit} are allowed")),
    "column-unknown": Rule(N_("the table has no column “{given}”"), N_("it has: {known}")),
    "cell-missing": Rule(N_("column “{column}” must be filled in")),
    "cell-type": Rule(N_("column “{column}”: “{given}” does not fit"), "{form}"),
}

FORMS: dict[str, str] = {
    "ladder": N_("the id of a rung"),
    "ratio": N_("part and whole, two whole numbers: {{part: 23, whole: 25}}"),
    "number": N_("a number without quotes"),
    "choice": N_("the id of an option, or {{other: own words}} where allowed"),
    "choices": N_("a list of at least one option id, or {{other: own words}} where allowed"),
    "date": N_('a date that exists, as "2026-03-18"'),
    "text": N_("a text that is not empty"),
    "table": N_("a list of rows, each with its columns"),
    "integer": N_("a whole number without quotes"),
    "boolean": N_("true or false"),
}
"""What a value or a cell has to look like, by kind of item or type of column."""

PATTERN_NAMES: dict[str, str] = {
    "phone": N_("a telephone number"),
    "email": N_("an e-mail address"),
    "url": N_("a web address (http or https)"),
    "ipv4": N_("an IPv4 address"),
    "uscc": N_("a unified social credit code (18 characters)"),
    "postcode": N_("a postcode (6 digits)"),
}
