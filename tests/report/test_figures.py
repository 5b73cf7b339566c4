"""Figures and words agree: every number of every document is counted again from the answers.

`made_rounds` makes rounds by seed, `recount` counts them by the rules and not by the code. A number
in a sentence that no pattern of this file knows fails: whoever words a new figure adds it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pytest
from msgspec.structs import replace

from assess.errors import UsageError
from assess.i18n import LANGS, Lang
from assess.report.content.empty_letters import refuse_empty_letter
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.build import build_report_view
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from examples import is_thorough
from report import factory, made_rounds, read_pdf, recount, set_pages
from report.set_pages import SetPage, SetTable, squeeze

ALWAYS = [("mixed", 1), ("empty", 3), ("not_applicable", 5)]
"""Shape and seed of the rounds of every run."""

RANDOM = 50
"""How many rounds the suite `random` makes."""

PRINTED = 5
"""How many of them are set as PDF, too."""

PATTERNS: dict[str, dict[Lang, str]] = {
    "items": {
        "zh": "检查项{items}项，其中不适用{not_applicable}项，适用{applying}项；适用的检查项中，"
        "符合{met}项、部分符合{partial}项、不符合{unmet}项、填报事实{answered}项、"
        "未填{unanswered}项。",
        "en": "Items: {items}, of which not applicable: {not_applicable}, applicable: {applying}; "
        "of these met: {met}, partly met: {partial}, not met: {unmet}, facts given: {answered}, "
        "unanswered: {unanswered}.",
    },
    "used": {
        "zh": "登记信息系统{systems}个。本次自查使用检查表{sheets}份。",
        "en": "Information systems registered: {systems}. Checklists used: {sheets}.",
    },
    "bare": {
        "zh": "判为符合的{met}项中，{bare}项未附佐证材料。",
        "en": "Items that are met: {met}, of these without any evidence: {bare}.",
    },
    "problems": {
        "zh": "自查发现问题{problems}个，其中高风险{high}个、中风险{medium}个、低风险{low}个。",
        "en": "Problems found: {problems}, of which high risk: {high}, medium risk: {medium}, "
        "low risk: {low}.",
    },
    "measures": {
        "zh": "上述问题中，已完成整改{mended}个（其中已验收销号{verified}个）、"
        "正在整改{in_progress}个、列入计划{planned}个、接受风险{risk_accepted}个、"
        "尚未制定措施{without_measure}个；逾期{overdue}个。",
        "en": "Of these problems mended: {mended} (verified and closed off: {verified}), being "
        "mended: {in_progress}, planned: {planned}, accepted as a risk: {risk_accepted}, without a "
        "measure so far: {without_measure}; overdue: {overdue}.",
    },
    "notice": {
        "zh": "退回重填{waiting}项；发现问题{problems}个，已完成整改{mended}个，"
        "尚需整改{unmended}个，其中高风险{high_unmended}个。",
        "en": "Answers to be corrected: {waiting}; problems found: {problems}, mended: {mended}, "
        "to be mended: {unmended}, of these of high risk: {high_unmended}.",
    },
    "receipt": {
        "zh": "退回的{returned}项已改正{corrected}项；列入台账的问题{problems}个，"
        "已完成整改{mended}个（其中已验收销号{verified}个），尚未完成{unmended}个。",
        "en": "of {returned} returned answers, corrected: {corrected}; of {problems} problems, "
        "mended: {mended} (verified and closed off: {verified}), open: {unmended}.",
    },
    "without_due": {
        "zh": "其中未定期限的{without_due}个",
        "en": "for problems without a date one will be set ({without_due}).",
    },
    "ask_measure": {
        "zh": "尚无整改措施的问题{without_measure}项（其中高风险{high_without_measure}项）",
        "en": "Problems without a measure: {without_measure}, of high risk: "
        "{high_without_measure}.",
    },
    "ask_late": {"zh": "逾期未完成的整改{overdue}项", "en": "Measures overdue: {overdue}."},
    "ask_risk": {
        "zh": "拟接受风险、暂不整改的问题{risk_accepted}项",
        "en": "Problems whose risk is to be accepted, unmended for now: {risk_accepted}.",
    },
    "unanswered": {"zh": "未填{unanswered}项", "en": "unanswered items: {unanswered}"},
    "no_reason": {
        "zh": "不适用而未写原因{without_reason}项",
        "en": "not applicable without the reason: {without_reason}",
    },
    "listed": {"zh": "共{problems}个问题", "en": "Problems: {problems}"},
}
"""What documents say, without the blanks; each name in braces is a figure of `recount`."""

OTHER_NUMBERS = re.compile(
    r"202\d年(\d+月\d+日|自查)|\d+[JS][a-z]+202\d|Self-check(of)?202\d|202\d-\d\d-\d\d|of202\d|"
    r"202\d年|page1says|附件\d+|[Aa]nnex\d+|^\d+\.|\[\d+\]|[SA]\d|第\d级|level\d|SHA-256|d1d1d1d1d1d1|"
    r"\d+\.\d(?=分|points)|（\d+\.\d分）|\(\d+/\d+\)|（\d+/\d+）|\d+/\d+项|\d+of\d+items|"
    r"[+−±]\d+\.\d|against\d+\.\d|逾期\d+天|\d+dayslate|\d+daylate|……另有\d+项|and\d+more"
)
"""Numbers that are dates, places, scores (tested apart) and counts of what tables leave out."""

OF_SHEET = re.compile(r"(表\w+|Matter\w+)(：|:)")
"""Why a document is a draft, a line a sheet; tested apart."""

SAME_OF_OTHERS = re.compile(
    r"另有(\d+)份答卷情形相同，共(\d+)项|andthesameof(\d+)morechecklists,items:(\d+)"
)
"""How many sheets and items are left out of these lines, where they are more than three."""

LISTED_SHEETS = 3

MARKS = {"zh": "是", "en": "yes"}
"""How the ledger says that a problem is closed off."""

ASKED = {
    "ask_measure": "without_measure",
    "ask_late": "overdue",
    "ask_risk": "risk_accepted",
    "unanswered": "unanswered",
    "no_reason": "without_reason",
}
"""What the leader is asked, by sentence, and the figure without which he is not."""

RESULTS = {
    "符合": "met",
    "部分符合": "partial",
    "不符合": "unmet",
    "不适用": "not_applicable",
    "事实": "answered",
    "未填": "unanswered",
    "met": "met",
    "partlymet": "partial",
    "notmet": "unmet",
    "notapplicable": "not_applicable",
    "factgiven": "answered",
    "unanswered": "unanswered",
}
"""The results by the words of the tables."""


CASES = [
    *(pytest.param((seed, shape), id=f"{shape}-{seed}") for shape, seed in ALWAYS),
    *(
        pytest.param((1000 + seed, None), id=f"random-{seed}", marks=pytest.mark.random)
        for seed in range(RANDOM if is_thorough() else 0)
    ),
]


def patterns(lang: Lang) -> dict[str, re.Pattern[str]]:
    """Return the patterns of a language, with a group for each figure."""
    return {
        name: re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\d+)", re.escape(squeeze(texts[lang]))))
        for name, texts in PATTERNS.items()
    }


def check_sentences(texts: Iterable[str], figures: dict[str, int], lang: Lang) -> set[str]:
    """Check every figure of the texts; return which sentences they hold."""
    seen = set()
    for name, pattern in patterns(lang).items():
        for text in texts:
            for match in pattern.finditer(text) if not OF_SHEET.match(text) else ():
                told = {figure: int(number) for figure, number in match.groupdict().items()}
                assert told == {figure: figures[figure] for figure in told}, text
                seen.add(name)
    return seen


def check_no_other_number(texts: Iterable[str], lang: Lang) -> None:
    """Check that no number stands in the texts that nobody counted."""
    for text in texts:
        rest = "" if OF_SHEET.match(text) or SAME_OF_OTHERS.search(text) else text
        for pattern in patterns(lang).values():
            rest = pattern.sub("", rest)
        rest = OTHER_NUMBERS.sub("", rest)
        assert not re.search(r"\d", rest), f"a number that is not counted: {rest} in {text}"


def page(made: ReportInputs, template: str, lang: Lang) -> SetPage:
    """Return a document of a round."""
    return set_pages.set_page(factory.with_request(made, template=template, lang=lang))


def label(made: ReportInputs, lang: Lang) -> dict[str, str]:
    """Return the fixed words, without blanks."""
    view = build_report_view(factory.with_request(made, lang=lang))
    return {name: squeeze(text) for name, text in view.label.items()}


def figure_cells(counts: dict[str, int]) -> tuple[str, ...]:
    """Return the cells of a row of counts between its title and its score."""
    names = ("applying", "met", "partial", "unmet", "not_applicable", "answered", "unanswered")
    return tuple(str(counts[name]) for name in names)


def check_counts_row(row: tuple[str, ...], items: list[recount.CountedItem]) -> None:
    """Check a row of results and score; a score that is not final bears how far it is."""
    counts = recount.count_results(items)
    assert row[1:8] == figure_cells(counts)
    progress = f"{counts['done']}/{counts['items']}" if counts["done"] < counts["items"] else ""
    score = recount.count_score(items)
    told = re.fullmatch(r"(\d+\.\d|–)(?:(?:已填)?(\d+/\d+)(?:done)?)?", row[8])
    assert told is not None, row
    assert (told[1], told[2] or "") == (score, progress)


def check_sheet_rows(table: SetTable, made: ReportInputs, most: int | None = None) -> None:
    """Check the rows of the sheets with their verdicts, and the sums below them."""
    items = [recount.count_items(sheet) for sheet in made.sheets]
    for row, own in zip(table.rows, items[:most], strict=False):
        check_counts_row(row, own)
        assert row[9] in verdicts(own), row
    if len(items) > 1:
        total = recount.count_results(item for own in items for item in own)
        assert table.rows[-1][1:9] == (*figure_cells(total), "")
    assert len(table.rows) == len(items[:most]) + (len(items) > 1)


def verdicts(items: list[recount.CountedItem]) -> set[str]:
    """Return how the verdict of a sheet reads in both languages."""
    counts = recount.count_results(items)
    if not any(item.scores for item in items):
        return {""}
    if counts["done"] < counts["items"]:
        return {squeeze("none yet: not complete"), "未填完，暂不作结论"}
    if recount.count_score(items) == "–":
        return {squeeze("none: nothing assessed"), "未形成结论"}
    return {"良好", "Good"} if float(recount.count_score(items)) >= 80 else {"较差", "Poor"}


def count_rows(document: SetPage, *heads: str) -> int:
    """Return the number of rows of the tables whose head begins so."""
    return sum(len(table.rows) for table in document.tables_with(*heads))


def count_listed(document: SetPage, *heads: str) -> int:
    """Return the number of rows of such tables, with those that they leave out."""
    return count_rows(document, *heads) + sum(more(document))


def check_score_sentences(texts: Sequence[str], made: ReportInputs) -> None:
    """Check score and progress in the sentence of each sheet whose items score."""
    scored = [
        items for items in map(recount.count_items, made.sheets) if any(i.scores for i in items)
    ]
    for text, items in zip(texts, scored, strict=False):
        counts, score = recount.count_results(items), recount.count_score(items)
        told = re.search(r"(?<!（)(\d+\.\d)(?:分|points)", text)
        assert (told[1] if told else "–") == score, text
        progress = re.search(r"(\d+)(?:/|of)(\d+)", text)
        assert bool(progress) == is_open(counts), text
        if progress:
            assert [int(progress[1]), int(progress[2])] == [counts["done"], counts["items"]]


def check_draft_lines(texts: Iterable[str], made: ReportInputs) -> None:
    """Check how many items of each sheet the reasons of a draft say to be unanswered."""
    told = [
        int(match[1])
        for text in texts
        if OF_SHEET.match(text) and (match := re.search(r"(?:未填|unanswereditems:)(\d+)", text))
    ]
    results = [recount.count_results(recount.count_items(sheet)) for sheet in made.sheets]
    counts = [result["unanswered"] for result in results if result["unanswered"]]
    if len(counts) <= LISTED_SHEETS:
        assert told == counts
        return
    others = [match.groups() for text in texts if (match := SAME_OF_OTHERS.search(text))]
    assert told == [max(counts)]
    assert [[int(number) for number in row if number] for row in others][:1] == [
        [len(counts) - 1, sum(counts) - max(counts)]
    ]


def check_turns(table: SetTable, made: ReportInputs) -> None:
    """Check how many problems are new and gone; only final scores have a difference."""
    for row, sheet in zip(table.rows, made.sheets, strict=True):
        times = (earlier_sheet(made, sheet), sheet)
        assert (int(row[4]), int(row[5])) == recount.count_turns(*times)
        counts = [recount.count_results(recount.count_items(time)) for time in times]
        final = all(one["done"] == one["items"] for one in counts)
        scores = [recount.count_score(recount.count_items(time)) for time in times]
        assert bool(row[3]) == (final and "–" not in scores)


def earlier_sheet(made: ReportInputs, sheet: SheetInputs) -> SheetInputs:
    """Return a sheet as it was in the round before."""
    assert made.earlier is not None
    before = made.earlier.states[sheet.name]
    assert before.sheet is not None
    assert before.assessment is not None
    return SheetInputs(sheet.name, sheet.checklist, before.sheet, before.assessment)


def check_risk_headings(headings: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the risks and the numbers of the headings of the list of problems."""
    levels = {"高": "high", "中": "medium", "低": "low"}
    for text in headings:
        told = re.fullmatch(r"(高|中|低)风险（(\d+)项）|Risk(high|medium|low):(\d+)", text)
        if told:
            yield levels.get(told[1], told[3]), int(told[2] or told[4])


def check_sheets_of_annex(document: SetPage, made: ReportInputs, lang: Lang) -> None:
    """Check each sheet: its score, the counts of its sections, the results of their items."""
    sections = [
        items for sheet in made.sheets for items in recount.by_section(recount.count_items(sheet))
    ]
    rows = [row for table in document.tables_of("sections") for row in table.rows]
    for row, items in zip(rows, sections, strict=True):
        check_counts_row((*row, ""), items)
    for table, items in zip(document.tables_of("answers"), sections, strict=True):
        results = [RESULTS[row[2]] for row in table.rows]
        assert results == [item.result or "unanswered" for item in items]
    scored = [
        items
        for items in map(recount.count_items, made.sheets)
        if recount.count_score(items) != "–"
    ]
    heads = document.paragraphs_of("big")
    for head, items in zip(heads, scored, strict=True):
        told = re.search(r"\d+\.\d", head)
        assert told is not None
        assert told[0] == recount.count_score(items)
    remarks = [text for text in document.paragraphs if re.match("得分尚未定|Notfinal", text)]
    unfinished = [counts for counts in map(recount.count_results, scored) if is_open(counts)]
    for remark, counts in zip(remarks, unfinished, strict=True):
        assert check_sentences([remark], counts, lang) <= {"unanswered", "no_reason"}


def is_open(counts: dict[str, int]) -> bool:
    """Return whether an item is still to be answered, or to be given its reason."""
    return counts["done"] < counts["items"]


def more(document: SetPage) -> list[int]:
    """Return how many each table leaves out."""
    found = (re.search(r"……另有(\d+)项|…and(\d+)more", text) for text in document.paragraphs)
    return [int(match[1] or match[2]) for match in found if match]


@pytest.fixture(params=CASES)
def made(request: pytest.FixtureRequest) -> ReportInputs:
    """Give each round in turn."""
    return made_rounds.make_round(*request.param)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_for_the_leader(made: ReportInputs, lang: Lang) -> None:
    """Verdicts, what is urgent with what is left out, decisions."""
    figures, document, words = recount.count_all(made), page(made, "brief", lang), label(made, lang)
    told = check_sentences(document.paragraphs, figures, lang)
    check_no_other_number(document.paragraphs, lang)
    for name, figure in ASKED.items():
        assert (name in told) == bool(figures[figure]), name
    check_sheet_rows(document.tables_with(words["sheet"])[0], made, 6)
    assert count_listed(document, words["number"], words["problem"]) == figures["urgent"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_summary(made: ReportInputs, lang: Lang) -> None:
    """Sentences, scores, high risks, what is overdue, and what moved since the round before."""
    figures, document = recount.count_all(made), page(made, "summary", lang)
    words = label(made, lang)
    told = check_sentences(document.paragraphs, figures, lang)
    check_no_other_number([text for text in document.paragraphs if "X-" not in text], lang)
    assert told >= {"items"} | ({"problems", "measures"} if figures["problems"] else set())
    check_draft_lines(document.paragraphs, made)
    check_score_sentences(document.paragraphs_of("text"), made)
    check_sheet_rows(document.tables_with(words["sheet"])[0], made, 12)
    listed = [text for text in document.paragraphs if re.match(r"\d+\.\w+X-", text)]
    late = document.tables_with(words["problem"], words["risk"])
    assert len(listed) == min(5, figures["high"])
    assert sum(len(table.rows) for table in late) == min(5, figures["overdue"])
    assert sum(more(document)) == max(0, figures["high"] - 5) + max(0, figures["overdue"] - 5)
    if made.earlier:
        check_turns(document.tables_with(words["sheet"], words["before"])[0], made)


@pytest.mark.parametrize("lang", LANGS)
def test_the_full_report(made: ReportInputs, lang: Lang) -> None:
    """The letter's sentences, the lists of problems, and the table of every section."""
    figures, document = recount.count_all(made), page(made, "full", lang)
    letter = [*document.paragraphs_in("brief"), *document.paragraphs_in("narrative")]
    check_no_other_number(letter, lang)
    told = check_sentences([*letter, *document.paragraphs_of("said")], figures, lang)
    assert told >= {"items", "used", "bare"}
    assert told >= ({"problems", "measures"} if figures["problems"] else set())
    headings = [text for text in document.headings if "X-" in text]
    assert len(headings) == figures["problems"]
    for level, number in check_risk_headings(document.headings):
        assert number == figures[level]
    (ledger,) = document.tables_of("ledger") or [SetTable("", (), ())]
    assert len(ledger.rows) == figures["problems"]
    check_draft_lines(document.paragraphs, made)
    check_sheets_of_annex(document, made, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_ledger(made: ReportInputs, lang: Lang) -> None:
    """A row for each problem; its columns say as often closed, and late, as is counted."""
    figures, document = recount.count_all(made), page(made, "ledger", lang)
    words = label(made, lang)
    told = check_sentences(document.paragraphs, figures, lang)
    assert ("listed" in told) == bool(figures["problems"])
    rows = [row for table in document.tables_with(words["number"]) for row in table.rows]
    assert len(rows) == figures["problems"]
    assert sum(row[-1] == MARKS[lang] for row in rows) == figures["verified"]
    assert sum("逾期" in row[8] or "late" in row[8] for row in rows) == figures["overdue"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_notice(made: ReportInputs, lang: Lang) -> None:
    """Its sentence counts the rows of its tables, or it is refused."""
    figures = recount.count_all(made)
    asked = factory.with_request(made, template="notice", lang=lang)
    if not figures["waiting"] and not figures["unmended"]:
        with pytest.raises(UsageError):
            refuse_empty_letter(asked, "en")
        return
    refuse_empty_letter(asked, "en")
    document, words = set_pages.set_page(asked), label(made, lang)
    assert check_sentences(document.paragraphs, figures, lang) == {"notice"}
    check_no_other_number(document.paragraphs, lang)
    assert count_rows(document, words["number"], words["item"]) == figures["waiting"]
    problems = document.tables_with(words["number"], words["problem"])
    assert sum(len(table.rows) for table in problems) == figures["unmended"]
    high = sum(row[2] in ("高", "high") for table in problems for row in table.rows)
    assert high == figures["high_unmended"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_answer_to_a_notice(made: ReportInputs, lang: Lang) -> None:
    """Its sentence counts the rows of its three tables, or it is refused."""
    figures = recount.count_all(made)
    asked = factory.with_request(made, template="receipt", lang=lang)
    if not figures["returned"] and not figures["problems"]:
        with pytest.raises(UsageError):
            refuse_empty_letter(asked, "en")
        return
    refuse_empty_letter(asked, "en")
    document, words = set_pages.set_page(asked), label(made, lang)
    told = check_sentences(document.paragraphs, figures, lang)
    assert told - {"without_due"} == {"receipt"}
    assert ("without_due" in told) == bool(figures["without_due"])
    check_no_other_number(document.paragraphs, lang)
    assert count_rows(document, words["number"], words["comment"]) == figures["returned"]
    problem = (words["number"], words["problem"], words["action"])
    assert count_rows(document, *problem, words["state"]) == figures["mended"]
    assert count_rows(document, *problem, words["responsible"]) == figures["unmended"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_blank_form(made: ReportInputs, lang: Lang) -> None:
    """It asks every item that applies once, and counts nothing."""
    document = page(made, "blank", lang)
    asked = sum(part.get("class") == "item" for part in document.elements)
    assert asked == recount.count_all(made)["items"]
    assert not check_sentences(document.paragraphs, {}, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_comparison(made: ReportInputs, lang: Lang) -> None:
    """The counts of both times, and as many problems opened and closed as are listed."""
    document = page(made, "compare", lang)
    if made.earlier is None:
        assert not document.tables_of("counts")
        return
    for table, sheet in zip(document.tables_of("counts"), made.sheets, strict=True):
        for row, time in zip(table.rows, (earlier_sheet(made, sheet), sheet), strict=True):
            check_counts_row(row, recount.count_items(time))
    turns = [recount.count_turns(earlier_sheet(made, sheet), sheet) for sheet in made.sheets]
    listed = [text for text in document.paragraphs if re.match(r"\d+\.\w+X-", text)]
    assert len(listed) == sum(map(sum, turns))


def test_the_form_of_an_issuer_without_its_checklist_is_refused(made: ReportInputs) -> None:
    """A page that says to add a checklist is no form."""
    with pytest.raises(RenderRefusedError, match="annual-inspection"):
        page(made, "issuer", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "seed", [pytest.param(1000 + seed, marks=pytest.mark.exhaustive) for seed in range(PRINTED)]
)
def test_the_same_is_printed(seed: int, lang: Lang) -> None:
    """The text of the PDF has the sentences of the page, with the same figures."""
    made = made_rounds.make_round(seed)
    for template in ("brief", "summary", "full", "notice", "receipt"):
        document = page(made, template, lang)
        job = factory.job(factory.with_request(made, template=template, lang=lang))
        # The letters of the watermark stand among the lines that it crosses.
        job = replace(job, view=replace(job.view, draft=False))
        printed = read_pdf.squeezed(render_report(job, lambda _progress: None)[0])
        for pattern in patterns(lang).values():
            for match in map(pattern.search, document.paragraphs):
                assert match is None or match[0] in printed
