"""Head, foot and watermark are artifacts; the text is tagged as before."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
import weasyprint

from assess.report.render.library_patches import mark_margins_as_artifacts

PAGE = """<html lang="en"><title>x</title><style>
@page { @top-left { content: element(head) } @bottom-left { content: counter(page) } }
.head { position: running(head) } .faint { opacity: 0.5 }
</style><p class="head">head HEAD</p><p>text<p style="break-before: page">more"""


def contents(html: str) -> tuple[pikepdf.Pdf, list[str]]:
    """Return a tagged PDF with its margins as artifacts, and how its pages are drawn."""
    document = weasyprint.HTML(string=html).render(pdf_variant="pdf/ua-1")
    for page in document.pages:
        mark_margins_as_artifacts(page)
    pdf = pikepdf.open(io.BytesIO(document.write_pdf(pdf_variant="pdf/ua-1")))
    return pdf, [page.Contents.read_bytes().decode("latin-1") for page in pdf.pages]


def test_margins_are_artifacts() -> None:
    """Of the three texts of a page one is tagged, and head and foot are artifacts."""
    _, pages = contents(PAGE)
    for page in pages:
        assert len(re.findall(r"<</MCID \d+>>\s+BDC", page)) == 1
        assert len(re.findall(r"/Artifact\s+BMC\s+[^<>]*?BT", page)) == 2


def test_every_mark_has_its_place_in_the_structure() -> None:
    """The map of marks holds as many as the pages have, and each leads into the tree."""
    pdf, pages = contents(PAGE)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    marks = [len(numbers[at]) for at in range(1, len(numbers), 2)]
    assert marks == [len(re.findall(r"/MCID", page)) for page in pages] == [1, 1]
    for page in range(1, len(numbers), 2):
        for one in numbers[page]:
            assert one.objgen in {kid.objgen for kid in one.P.K}


UNDER = "<style>@page { @left-middle { content: 'draft'; opacity: 0.2; z-index: -1 } }</style>"


def test_a_watermark_that_shines_through_is_no_text() -> None:
    """It is drawn as a group of its own, before the text: the text keeps the first marks."""
    pdf, _ = contents(PAGE + UNDER)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for page in range(1, len(numbers), 2):
        for at, one in enumerate(numbers[page]):
            assert list(one.K) == [at]
    groups = [one.read_bytes() for one in pdf.pages[0].Resources.XObject.values()]
    assert [b"/Artifact" in drawn and b"MCID" not in drawn for drawn in groups] == [True] * 2


@pytest.mark.parametrize(
    "head", ['<p class="head faint">head', '<p class="head"><img alt="" src="x">']
)
def test_whatever_stands_there(head: str) -> None:
    """A head that is drawn as a group of its own, or has a picture, ends nothing."""
    _, pages = contents(PAGE.replace('<p class="head">head HEAD', head))
    assert len(pages) == 2
