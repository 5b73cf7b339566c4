"""What is seen of a report set with other tools: nothing covered, cut off, hidden or drawn over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pikepdf
import pytest

from assess.report.pdf.job import Reading
from assess.report.pdf.read import read
from assess.report.pdf.text import unicode_of
from assess.report.setting import fonts
from assess.report.setting.render import render
from assess.report.verifying.compare import differences
from assess.report.verifying.proof_file import ProofFile, decode
from report import factory
from report.office import changed

Change = Callable[[pikepdf.Pdf], None]
SANS = fonts.Choice("Noto Sans CJK SC", stand_in=True)


@cache
def reading(pdf: bytes) -> Reading:
    """Return what a report holds."""
    found = read(pdf)
    assert isinstance(found, Reading), found
    return found


def proof(one: Reading) -> ProofFile:
    """Return what it says of its origin."""
    found = decode(one.provenance)
    assert found is not None
    return found


def codes(theirs: bytes, ours: bytes) -> list[str]:
    """Return what differs, where the tools are said to be others."""
    first, second = reading(theirs), reading(ours)
    found = differences(
        first,
        second,
        proof(first),
        proof(second),
        same_tools=False,
        same_setting=False,
        lang="en",
    )
    return [one.code for one in found]


@pytest.fixture(scope="module")
def ours() -> bytes:
    """A report as this machine sets it."""
    return _set()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[bytes]:
    """The same report as a machine with other fonts sets it: its lines break elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "choose", lambda *_words: dict.fromkeys(fonts.STACKS, SANS))
        yield _set()


def _set() -> bytes:
    checklist = factory.with_item("日志保存 6 个月以上，现场抽查三台，均有记录。" * 3, 9, 4)
    inputs = factory.inputs(checklists=[checklist])
    return render(factory.job(inputs), lambda _progress: None)[0]


def test_other_fonts_are_no_other_report(ours: bytes, elsewhere: bytes) -> None:
    """Other lines, pages and letters; the same texts, colours, sizes and figures."""
    first, second = reading(elsewhere), reading(ours)
    assert first.drawings != second.drawings
    assert len({one.page for one in first.pieces}) > 1
    assert codes(elsewhere, ours) == []
    assert codes(ours, elsewhere) == []


def _page(document: pikepdf.Pdf, number: int) -> Any:
    return document.pages[number - 1].obj


def _over(document: pikepdf.Pdf, content: bytes, number: int = 2) -> None:
    page = _page(document, number)
    page.Contents = pikepdf.Array([page.Contents, document.make_stream(content)])


def _under(document: pikepdf.Pdf, content: bytes, number: int = 2) -> None:
    page = _page(document, number)
    page.Contents = pikepdf.Array([document.make_stream(content), page.Contents])


def _replaced(document: pikepdf.Pdf, old: bytes, new: bytes, number: int = 2) -> None:
    page = _page(document, number)
    data = page.Contents.read_bytes()
    assert old in data
    page.Contents = document.make_stream(data.replace(old, new))


def _image(document: pikepdf.Pdf) -> pikepdf.Stream:
    stream = document.make_stream(b"\xff")
    stream.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 1,
            "/Height": 1,
            "/BitsPerComponent": 8,
            "/ColorSpace": pikepdf.Name.DeviceGray,
        }
    )
    return stream


def _picture_over(document: pikepdf.Pdf) -> None:
    _page(document, 2).Resources.XObject["/Pic"] = _image(document)
    _over(document, b"q 200 0 0 200 100 500 cm /Pic Do Q")


def _picture_beside(document: pikepdf.Pdf) -> None:
    _page(document, 1).Resources.XObject["/Pic"] = _image(document)
    _over(document, b"q 9 0 0 9 9 9 cm /Pic Do Q", 1)


def _drawing_over(document: pikepdf.Pdf) -> None:
    form = document.make_stream(b"1 1 1 rg 0 0 1 1 re f")
    form.update(
        {"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1], "/Matrix": [300, 0, 0, 300, 90, 400]}
    )
    _page(document, 2).Resources.XObject["/Own"] = form
    _over(document, b"/Own Do")


def _crop(document: pikepdf.Pdf) -> None:
    _page(document, 2).CropBox = pikepdf.Array([0, 0, 595, 400])


def _turn(document: pikepdf.Pdf) -> None:
    _page(document, 2).Rotate = 180


def _stamp(document: pikepdf.Pdf) -> None:
    """Give a field an appearance that lies over the page."""
    white = document.make_stream(b"1 1 1 rg 0 0 500 500 re f")
    white.update({"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 500, 500]})
    for page in document.pages:
        for one in page.obj.get("/Annots", []):
            if str(one.Subtype) == "/Widget":
                one.AP.N = white
                return


def _layer(document: pikepdf.Pdf) -> None:
    group = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))


def _figure(document: pikepdf.Pdf) -> None:
    """Make a bar of a chart longer."""
    for page in document.pages:
        data = page.obj.Contents.read_bytes()
        start = data.find(b"/Figure")
        at = data.find(b" re\n", start)
        if start >= 0 and at >= 0:
            line = data.rfind(b"\n", 0, at) + 1
            numbers = data[line:at].split()
            numbers[2] = b"77"
            page.obj.Contents = document.make_stream(data[:line] + b" ".join(numbers) + data[at:])
            return


def _white_space(document: pikepdf.Pdf) -> Any:
    """Return a colour space in which every colour is that of the paper."""
    white = document.make_stream(b"{pop pop pop 1 1 1}")
    white.update({"/FunctionType": 4, "/Domain": [0, 1] * 3, "/Range": [0, 1] * 3})
    names = [pikepdf.Name(f"/{one}") for one in "ABC"]
    kind, alternate = pikepdf.Name.DeviceN, pikepdf.Name.DeviceRGB
    return document.make_indirect(pikepdf.Array([kind, pikepdf.Array(names), alternate, white]))


def _default_space(document: pikepdf.Pdf) -> None:
    _page(document, 2).Resources.ColorSpace["/DefaultRGB"] = _white_space(document)


def _own_space(document: pikepdf.Pdf) -> None:
    _page(document, 2).Resources.ColorSpace["/Own"] = _white_space(document)
    _replaced(document, TEXT, b"/Own cs 0 0 0 scn\nBT")


def _usual_space(document: pikepdf.Pdf) -> None:
    """Give a colour space of ours another meaning."""
    spaces = _page(document, 2).Resources.ColorSpace
    spaces[next(iter(spaces))] = _white_space(document)


def _retold(document: pikepdf.Pdf, text: bytes) -> None:
    """Show letters in a copy of the page's own font whose table says they are another text."""
    fonts_of_page = _page(document, 2).Resources.Font
    font = next(iter(fonts_of_page.values()))
    codes = sorted(text_codes(font))[3:15]
    rows = b"".join(b"<%04x> <%s>\n" % (code, text) for code in codes)
    copy = pikepdf.Dictionary(font)
    copy.ToUnicode = document.make_stream(b"12 beginbfchar\n" + rows + b"endbfchar")
    fonts_of_page["/Copy"] = document.make_indirect(copy)
    letters = b"".join(b"%04x" % code for code in codes)
    _over(document, b"q 0 0 0 rg BT /Copy 30 Tf 1 0 0 1 50 810 Tm [<%s>] TJ ET Q" % letters)


def text_codes(font: Any) -> list[int]:
    """Return the codes of a font that stand for something."""
    found = unicode_of(font.ToUnicode.read_bytes())
    return [code for code, text in found.items() if text.strip()]


TEXT = b"0 0 0 rg\nBT"
HIDDEN: dict[str, tuple[Change, str]] = {
    "white box": (lambda pdf: _over(pdf, b"q 1 1 1 rg 100 400 200 200 re f Q"), "look"),
    "white line": (lambda pdf: _over(pdf, b"q 1 1 1 RG 40 w 0 500 m 600 500 l S Q"), "look"),
    "white triangle": (lambda pdf: _over(pdf, b"q 1 g 0 0 m 0 800 l 600 0 l f Q"), "look"),
    "picture over text": (_picture_over, "look"),
    "picture in the margin": (_picture_beside, "figures"),
    "picture in the page itself": (
        lambda pdf: _over(pdf, b"q 90 0 0 90 90 500 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"),
        "look",
    ),
    "drawing over text": (_drawing_over, "look"),
    "shading": (lambda pdf: _over(pdf, b"q 90 400 300 300 re W n /Sh sh Q"), "look"),
    "white letters": (lambda pdf: _replaced(pdf, TEXT, b"1 1 1 rg\nBT"), "look"),
    "letters without paint": (lambda pdf: _under(pdf, b"3 Tr"), "look"),
    "tiny letters": (lambda pdf: _under(pdf, b"0.01 0 0 0.01 0 0 cm"), "look"),
    "flat letters": (lambda pdf: _under(pdf, b"0 Tz"), "look"),
    "letters off the page": (lambda pdf: _under(pdf, b"1 0 0 1 0 2000 cm"), "look"),
    "letters cut off": (lambda pdf: _under(pdf, b"0 0 9 9 re W n"), "look"),
    "foot in white": (
        lambda pdf: _over(pdf, b"q 1 1 1 rg 0 0 600 99 re f Q"),
        "running",
    ),
    "signs drawn as shapes": (lambda pdf: _over(pdf, b"9 9 m 11 14 l 8 12 l f"), "figures"),
    "two corners for a clip": (
        lambda pdf: _under(pdf, b"0 0 1 1 re 594 841 1 1 re W n"),
        "look",
    ),
    "a triangle for a clip": (
        lambda pdf: _under(pdf, b"0 0 m 0 842 l 1 842 l 595 842 l W n"),
        "look",
    ),
    "letters far apart": (lambda pdf: _under(pdf, b"5000 Tc"), "means"),
    "words far apart": (lambda pdf: _under(pdf, b"5000 Tw"), "means"),
    "letters moved off": (
        lambda pdf: _replaced(pdf, b"] TJ", b" -90000 <0001> 90000] TJ"),
        "means",
    ),
    "another meaning of colours": (_default_space, "means"),
    "a colour space of its own": (_own_space, "means"),
    "a usual colour space otherwise": (_usual_space, "means"),
    "letters that are white space": (lambda pdf: _retold(pdf, b"0020"), "means"),
    "letters that are nothing": (lambda pdf: _retold(pdf, b""), "running"),
    "letters that are others": (lambda pdf: _retold(pdf, b"4e00"), "means"),
    "page cropped": (_crop, "frame"),
    "page turned": (_turn, "frame"),
    "appearance of a field": (_stamp, "annotations"),
    "layer": (_layer, "parts"),
    "chart": (_figure, "figures"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_hides_or_adds_is_seen(ours: bytes, name: str) -> None:
    """A text that is there and can't be read, and what is drawn beside it, each by its cause."""
    change, code = HIDDEN[name]
    assert code in codes(changed(ours, change), ours)


@pytest.mark.parametrize("name", ["white box", "white letters", "foot in white", "chart"])
def test_it_is_seen_with_other_fonts_too(elsewhere: bytes, ours: bytes, name: str) -> None:
    """The report of a machine with other fonts can't hide more."""
    change, code = HIDDEN[name]
    assert code in codes(changed(elsewhere, change), ours)
