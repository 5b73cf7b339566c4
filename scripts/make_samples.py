"""Make the sample reports in reports/ and their pictures in docs/images/, from the demo workspace.

Every template in both languages: the notice as it stood when the reviewer had returned two answers,
the answer to it when these were corrected, the comparison of the state before the review with the
end. Run it with Chinese fonts and poppler installed; the same fonts give the same files.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from PIL import Image

from assess.engine.fingerprint import reviewed_answer_digest
from assess.i18n import LANGS, Lang
from assess.model.base import Number
from assess.report.render.produce import ProducedReport, produce_report
from assess.store.shipped_files import find_shipped_folder
from assess.store.yaml.field_edit import FieldEdit
from assess.template_folders import list_template_names as templates
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.setup.demo import ROUND, make_demo_workspace
from assess.workspace.setup.make_workspace import commit_all_files

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "reports"
IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "docs" / "examples" / "yearly-form"
"""A form of an issuing office: its checklist, and the template that comes with it."""
DAY = date(2026, 11, 4)
PAGES = ROOT / "tests" / "report" / "pages"
"""Pictures that tests hold pages against."""
SMALL = 300
"""Pixels across one of these: enough to see a cell, a line, a rule move."""
SHOWN = {"full": (1, 2, 7, 9, 11), "summary": (1, 2), "blank": (1, 2), "compare": (1, 3)}
"""Pages that have such a picture; the first one elsewhere."""
WIDTH = 800
"""Pixels of a picture in the documentation."""
TEMPLATE_IMAGES = IMAGES / "templates"
"""The first page of each template, for the author's guide."""
TEMPLATE_WIDTH = 600
"""Pixels across one of these."""

MOMENTS = {"notice": "HEAD~2", "receipt": "HEAD~1"}
"""At which commit of the demo a template is shown; elsewhere at the last one."""

AGAINST = "HEAD~3"
"""Filled in, and not yet reviewed."""

HEADS = {
    "notice": {
        "organ": {"zh": "示例市青溪区委网信办文件", "en": "Cyberspace Affairs Office of Qingxi"},
        "number": "青网信办〔2026〕31号",
    },
    "receipt": {
        "organ": {"zh": "示例市青溪区数据局文件", "en": "Qingxi District Data Bureau"},
        "number": "青数据〔2026〕18号",
    },
}


class Form(NamedTuple):
    """A form that is filled in for its sample alone."""

    checklist: str
    source: str
    """What `assess checklist add` takes."""
    answers: Path

    @property
    def sheet(self) -> SheetName:
        """The sheet of the form."""
        return SheetName(self.checklist)


FORMS = {
    "issuer": Form(
        "annual-inspection", "annual-inspection", Path(__file__).with_name("samples_annual.yaml")
    ),
    "qingxi-annual": Form(
        "qingxi-annual",
        str(EXAMPLE / "checklists" / "qingxi-annual.yaml"),
        Path(__file__).with_name("samples_yearly.yaml"),
    ),
}
"""By the template that prints it."""


class Sample(NamedTuple):
    """One file of the samples."""

    template: str
    lang: Lang
    form: str = "pdf"

    @property
    def file(self) -> str:
        """Its name."""
        return f"{self.template}-{self.lang}.{self.form}"


def shipped_templates() -> list[str]:
    """Return the templates of the program by name."""
    return templates([str(find_shipped_folder("templates"))])


def samples() -> list[Sample]:
    """Return what there is to make: each template in each language, the ledger as tables too."""
    names = sorted({*shipped_templates(), *FORMS})
    pdf = [Sample(name, lang) for name in names for lang in LANGS]
    return [*pdf, Sample("ledger", "zh", "csv"), Sample("ledger", "zh", "xlsx")]


class Studio:
    """The demo workspace at its commits, each laid out where it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = make_demo_workspace(folder / "demo", "en")
        self._ready: dict[str, Workspace] = {}

    def make(self, sample: Sample) -> ProducedReport:
        """Return a sample."""
        template = sample.template
        here = self._at(template)
        request = ReportRequest(
            ROUND,
            (FORMS[template].sheet,) if template in FORMS else tuple(here.list_sheets(ROUND)[:2]),
            template,
            sample.lang,
            format=sample.form,
            against=AGAINST if template == "compare" else None,
            day=DAY if template in (*FORMS, *MOMENTS) else None,
        )
        return produce_report(here, request, DAY)

    def _at(self, template: str) -> Workspace:
        if template not in (*FORMS, *MOMENTS):
            return self._made
        if template not in self._ready:
            root = self._folder / template
            self._git(self._made.root, "clone", "-q", ".", str(root))
            self._git(root, "checkout", "-q", "-b", "sample", MOMENTS.get(template, "HEAD"))
            here = Workspace(root, "en")
            if template in FORMS:
                _fill(here, FORMS[template])
            else:
                here.edit_config([FieldEdit(("report", "heads"), HEADS)])
            commit_all_files(here, "示例", _environ())
            self._ready[template] = here
        return self._ready[template]

    def _git(self, folder: Path, *words: str) -> None:
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def _fill(here: Workspace, form: Form) -> None:
    """Answer a form; what has proofs is reviewed as well."""
    here.checklists.pin_source_and_add_sheets(form.source)
    loaded = json.dumps(yaml.safe_load(form.answers.read_text("utf-8")))
    answers: dict[str, dict[str, Any]] = json.loads(loaded, parse_float=Number)
    now = datetime(2026, 11, 4, 9, tzinfo=UTC)
    by = "wang-min"
    is_proved = any(fields.get("proofs") for fields in answers.values())
    for fields in answers.values():
        for proof, title in fields.pop("proofs", {}).items():
            row_id = f"ev-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
            row = {"title": title, "paper": "信息科档案柜", "by": by, "at": now.isoformat()}
            here.edit_register([FieldEdit(("evidence", row_id), row)])
            fields[f"evidence.{row_id}"] = proof
    desk = here.open_sheet(form.sheet, ROUND).write_answers(answers, by=by, now=now, lang="zh")
    desk = desk.write_people_by_role(
        {"filler": by, "leader": "zhao-yun"} | ({"reviewer": "li-jian"} if is_proved else {})
    )
    if is_proved:
        accepted = {"state": "accepted", "by": "li-jian", "at": now.isoformat()}
        reviews = {
            item_id: {"review": {**accepted, "of": reviewed_answer_digest(answer)}}
            for item_id, answer in desk.sheet.answers.items()
        }
        desk.write_answers(reviews, by="li-jian", now=now, lang="zh")


def _environ() -> dict[str, str]:
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", "王敏"),
            ("EMAIL", "wang-min@qingxi.example"),
            ("DATE", "2026-11-04T18:00:00+08:00"),
        )
    }


def pictures(reports: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield each picture, and the words of the command that makes it of a sample."""
    for lang in LANGS:
        for number, template in enumerate(("full", "summary"), 1):
            target = IMAGES / f"report-{lang}-{number}.png"
            source = reports / f"{template}-{lang}.pdf"
            size = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
            yield target, ["pdftoppm", "-png", "-gray", "-singlefile", *size, str(source)]


def template_pictures(reports: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield the picture of each template of the program, and the words of the command."""
    size = ["-scale-to-x", str(TEMPLATE_WIDTH), "-scale-to-y", "-1"]
    for sample in samples():
        if sample.form == "pdf" and sample.template in shipped_templates():
            source = str(reports / sample.file)
            target = TEMPLATE_IMAGES / f"{sample.template}-{sample.lang}.png"
            yield target, ["pdftoppm", "-png", "-gray", "-singlefile", *size, source]


def page_pictures(reports: Path, sample: Sample) -> Iterator[tuple[Path, list[str]]]:
    """Yield the small pictures of a sample's pages that tests compare, and how each is made."""
    if sample.form != "pdf":
        return
    for number in SHOWN.get(sample.template, (1,)):
        target = PAGES / f"{sample.template}-{sample.lang}-{number}.png"
        size = ["-scale-to-x", str(SMALL), "-scale-to-y", "-1", "-f", str(number)]
        source = str(reports / sample.file)
        yield target, ["pdftoppm", "-png", "-gray", "-singlefile", *size, source]


def few_greys(png: bytes) -> bytes:
    """Return a picture with sixteen greys: a third of the size, and no less to see."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("L").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(wanted: Iterable[str]) -> None:
    """Make the samples named, or all, and the pictures."""
    only = set(wanted)
    REPORTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        for sample in samples():
            if not only or sample.template in only:
                data = studio.make(sample).rendered.pdf
                (REPORTS / sample.file).write_bytes(data)
                print(f"{sample.file}  {len(data) // 1024} KB")
    for target, words in pictures(REPORTS):
        target.write_bytes(subprocess.run(words, check=True, capture_output=True).stdout)
        print(target.relative_to(ROOT))
    PAGES.mkdir(exist_ok=True)
    TEMPLATE_IMAGES.mkdir(exist_ok=True)
    pages = (picture for sample in samples() for picture in page_pictures(REPORTS, sample))
    for target, words in (*template_pictures(REPORTS), *pages):
        png = subprocess.run(words, check=True, capture_output=True).stdout
        target.write_bytes(few_greys(png))


if __name__ == "__main__":
    main(sys.argv[1:])
