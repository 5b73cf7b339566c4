"""`assess rollup make`: the figures of a campaign as workbook, circular, page, CSV or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from assess.cli.common import complete_office_ids
from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import LANG, _, json_option
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import commit_and_explain, open_office
from assess.cli.common.office_options import campaign_argument
from assess.cli.common.rollup_reading import print_unreadable_units, read_records_with_progress
from assess.cli.common.unit_progress import show_unit_progress
from assess.errors import UnknownIdError, UsageError
from assess.harmless import escape_as_single_line
from assess.i18n import LANGS, N_, Lang

if TYPE_CHECKING:
    from assess.engine.rollup.records import RollUpRecords
    from assess.report.letters.office_document import LetterForm
    from assess.report.rollup.make_files import RollUpForm
    from assess.workspace.office.office import Office

DOCUMENT_FORMS: Final[tuple[LetterForm, ...]] = ("pdf", "docx")
"""The forms of the circular and of the pages of units."""


class _MakeChoices(NamedTuple):
    """How the files are made."""

    forms: tuple[RollUpForm, ...]
    language: Lang
    marking: str | None
    number: str | None
    copies: str | None
    """What stands on the circular: its document number, and who gets a copy."""


@click.command(
    "make",
    help=_(
        "Make the figures of a campaign: who handed in, scores, common problems, high risks, "
        "remediation, statistics. figures.json is committed; the other files can be made again."
    ),
)
@campaign_argument
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=_("the folder to write into; rollups/CAMPAIGN"),
)
@click.option(
    "--format",
    "forms",
    type=NamedChoice(("xlsx", "pdf", "docx", "html", "json", "csv")),
    multiple=True,
    help=_(
        "form of the figures; pdf and docx are the circular; may be repeated; xlsx, with --units "
        "pdf"
    ),
)
@click.option(
    "--units",
    "has_unit_pages",
    is_flag=True,
    help=_("instead a page for each unit (pdf, docx), which names no other unit"),
)
@click.option(
    "--category",
    metavar="C",
    help=_("the units of one category alone"),
    shell_complete=complete_office_ids.categories,
)
@click.option(
    "--anonymous",
    is_flag=True,
    help=_("labels in place of units, without persons and what units wrote"),
)
@click.option("--lang", type=NamedChoice(LANGS), help=_("language of the tables; the office's"))
@click.option("--marking", metavar="TEXT", help=_("the marking on every page; internal"))
@click.option("--number", metavar="TEXT", help=_("the document number of the circular"))
@click.option(
    "--copy-to", "copies", metavar="TEXT", help=_("who gets a copy of the circular, at its end")
)
@json_option
def make_command(
    *,
    campaign: str | None,
    output: Path | None,
    forms: tuple[RollUpForm, ...],
    has_unit_pages: bool,
    category: str | None,
    anonymous: bool,
    lang: Lang | None,
    marking: str | None,
    number: str | None,
    copies: str | None,
    as_json: bool,
) -> None:
    """Read the hand-ins, write and commit the figures, and print the paths of what was made."""
    from assess.engine.rollup.anonymous import make_anonymous_records  # noqa: PLC0415  # not for --help
    from assess.workspace.office.rollup_files import (  # noqa: PLC0415  # as above
        find_rollup_folder,
        make_figures_and_restore_purged,
        write_figures,
        write_made_files,
    )

    if has_unit_pages:
        _refuse_what_is_no_unit_page(
            forms, {"--anonymous": anonymous, "--number": number, "--copy-to": copies}
        )
    office = open_office()
    _refuse_unknown_category(office, category)
    forms = forms or (("pdf",) if has_unit_pages else ("xlsx",))
    if set(forms) & {*DOCUMENT_FORMS, "html"}:
        _refuse_too_many_units(office, campaign, category, has_unit_pages=has_unit_pages)
    records = read_records_with_progress(office, campaign)
    shown = records.select_category(category) if category is not None else records
    language = lang or office.read_office_file().language
    choices = _MakeChoices(forms, language, marking, number, copies)
    if has_unit_pages:
        files = _make_unit_pages(shown.leave_out_exempt_units(), choices)
    else:
        shown = make_anonymous_records(shown, language) if anonymous else shown
        files = _make_tables_and_circular(shown, choices)
    folder = output or find_rollup_folder(office, records.campaign_id)
    counted = make_figures_and_restore_purged(office, records)
    written = write_made_files(office, folder, files, may_replace=output is None)
    figures = write_figures(office, counted)
    commit_and_explain(office, N_("Figures of {campaign}"), campaign=records.campaign_id)
    if as_json:
        print_json(_make_result_row(records, written, figures))
        return
    _print_result([*written, figures], shown, language)


def _refuse_what_is_no_unit_page(
    forms: tuple[RollUpForm, ...], others: Mapping[str, object]
) -> None:
    """Refuse forms and options that pages of units don't have.

    Raises:
        UsageError: there is one.
    """
    wrong = [f"--format {form}" for form in forms if form not in DOCUMENT_FORMS]
    wrong += [name for name, value in others.items() if value]
    if wrong:
        words = _("these don't go together: {words}").format(words=" ".join(["--units", *wrong]))
        raise UsageError(words, "assess rollup make --units --format pdf")


def _make_tables_and_circular(records: RollUpRecords, choices: _MakeChoices) -> dict[str, bytes]:
    from assess.display.rollup.table_building import RollUpSource  # noqa: PLC0415  # not for --help
    from assess.report.rollup.by_category import make_files_by_category  # noqa: PLC0415  # as above
    from assess.report.rollup.circular.circular import CircularDetails  # noqa: PLC0415  # as above

    return make_files_by_category(
        RollUpSource(records, choices.language),
        choices.forms,
        LANG,
        marking=choices.marking,
        details=CircularDetails(choices.number, choices.copies),
    )


def _make_unit_pages(records: RollUpRecords, choices: _MakeChoices) -> dict[str, bytes]:
    """Return the pages of the units, and show of which one it is being made."""
    from assess.display.rollup.table_building import RollUpSource  # noqa: PLC0415  # not for --help
    from assess.report.rollup.make_files import make_unit_files  # noqa: PLC0415  # as above

    forms = [form for form in DOCUMENT_FORMS if form in choices.forms]
    source = RollUpSource(records, choices.language)
    made = make_unit_files(source, forms, LANG, choices.marking)
    files: dict[str, bytes] = {}
    with show_unit_progress() as show_unit:
        for number, entry in enumerate(records.units):
            show_unit(number, len(records.units), entry.unit.name)
            files |= next(made)
    return files


def _refuse_unknown_category(office: Office, category: str | None) -> None:
    """Refuse a category that no unit has.

    Raises:
        UnknownIdError: there is none; those that exist are named.
    """
    units = office.read_office_file().units.values()
    known = {unit.category for unit in units if unit.category}
    if category is not None and category not in known:
        text = _("no unit has the category {name}").format(name=category)
        raise UnknownIdError(text, category, sorted(known))


def _refuse_too_many_units(
    office: Office, campaign: str | None, category: str | None, *, has_unit_pages: bool
) -> None:
    """Refuse documents of more units than one holds, before anything is read.

    Raises:
        UsageError: there are too many.
    """
    from assess.model.office import list_campaign_units  # noqa: PLC0415  # not for --help
    from assess.report.rollup.by_category import (  # noqa: PLC0415  # as above
        refuse_too_many_unit_pages,
        refuse_too_many_units,
    )

    _id, chosen = office.choose_campaign(campaign)
    units = list_campaign_units(office.read_office_file(), chosen).values()
    sizes = Counter(
        unit.category for unit in units if category is None or unit.category == category
    )
    if has_unit_pages:
        refuse_too_many_unit_pages(sizes.total(), LANG)
    else:
        refuse_too_many_units(sizes, LANG)


def _warn_of_small_categories(records: RollUpRecords) -> None:
    """Say of which categories the units may be guessed in spite of their labels."""
    from assess.engine.punctuation import enumeration_comma_sign  # noqa: PLC0415  # not for --help
    from assess.engine.rollup.anonymous import list_small_categories  # noqa: PLC0415  # as above

    names = [
        escape_as_single_line(key or _("no category")) for key in list_small_categories(records)
    ]
    if names:
        text = _("fewer than 5 units, which may be guessed in spite of their labels: {categories}")
        click.echo(text.format(categories=enumeration_comma_sign(LANG).join(names)), err=True)


def _print_result(paths: list[Path], records: RollUpRecords, lang: Lang) -> None:
    """Print what was made, and on stderr what is to be known of it."""
    from assess.display.rollup.document import write_collection_warning  # noqa: PLC0415  # not for --help

    for path in paths:
        click.echo(str(path))
    print_unreadable_units(records)
    if records.is_anonymous:
        _warn_of_small_categories(records)
    click.echo(write_collection_warning(lang), err=True)


def _make_result_row(
    records: RollUpRecords, written: list[Path], figures: Path
) -> dict[str, object]:
    return {
        "campaign": records.campaign_id,
        "files": [str(path) for path in written],
        "figures": str(figures),
        "units": len(records.units),
        "read": sum(entry.is_readable for entry in records.units),
        "unreadable": {entry.id: entry.fault for entry in records.units if entry.fault is not None},
    }
