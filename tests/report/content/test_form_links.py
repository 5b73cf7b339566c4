"""Links that stand for fields, and what becomes of them in a PDF."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from assess.report.content.form_links import PdfField, make_field_link, parse_field_link
from assess.report.render.pdf_finisher import finish_pdf_for_accessibility

TEXTS = st.text(min_size=1, max_size=40)


@given(name=TEXTS, label=TEXTS, value=TEXTS, lines=st.integers(2, 9))
def test_a_link_comes_back(name: str, label: str, value: str, lines: int) -> None:
    """Whatever name and label hold, they come out of the address as they went in."""
    address = make_field_link("text", name, label, value=value, lines=lines, group=label)
    assert address.isascii()
    assert parse_field_link(address) == PdfField("text", name, label, value, lines, label)


def test_other_addresses_are_no_fields() -> None:
    """An ordinary link stays one; wrong lines count as one."""
    assert parse_field_link("https://example.invalid/?name=x") is None
    assert parse_field_link("field:text?name=a&label=b&lines=many") == PdfField("text", "a", "b")


def made(body: str) -> pikepdf.Pdf:
    """Return the PDF of a page."""
    page = (
        f"<html lang='en'><title>t</title><style>a {{ display: block; height: 9pt }}</style>{body}"
    )
    data = weasyprint.HTML(string=page).write_pdf(
        pdf_variant="pdf/a-3a", finisher=finish_pdf_for_accessibility
    )
    return pikepdf.open(io.BytesIO(data))


def test_a_page_without_fields_has_no_form() -> None:
    """Only a link: it stays a link, and there is no form."""
    document = made("<a href='https://example.invalid/'>x</a>")
    assert "/AcroForm" not in document.Root
    (one,) = list(document.pages[0].obj.Annots)
    assert str(one.Subtype) == "/Link"


def test_the_seal_is_the_last_field() -> None:
    """People sign in their order, then the seal is put, wherever its cell is drawn."""
    names = ("filler", "seal", "reviewer", "leader")
    addresses = [make_field_link("signature", name, name) for name in names]
    document = made("".join(f"<a href='{one.replace('&', '&amp;')}'></a>" for one in addresses))
    fields: Any = document.Root.AcroForm.Fields
    assert [str(field.T) for field in fields] == ["filler", "reviewer", "leader", "seal"]


def test_each_kind_of_field() -> None:
    """Text, tick, radio group and signature, with states, labels and no embedded form font."""
    addresses = [
        make_field_link("text", "t", "Text", lines=2),
        make_field_link("tick", "k", "Tick"),
        make_field_link("radio", "r", "First", value="one", group="Group"),
        make_field_link("radio", "r", "Second", value="two", group="Group"),
        make_field_link("signature", "s", "Signature", alternative="Sign here"),
    ]
    links = "".join(f"<a href='{one.replace('&', '&amp;')}'></a>" for one in addresses)
    document = made(links + "<a href='https://example.invalid/'>x</a>")
    form: Any = document.Root.AcroForm
    fields = {str(one.T): one for one in form.Fields}
    assert [str(fields[name].FT) for name in "tkrs"] == ["/Tx", "/Btn", "/Btn", "/Sig"]
    assert int(fields["t"].Ff) == 1 << 12
    assert str(fields["t"].TU) == "Text"
    assert set(fields["k"].AP.N.keys()) == {"/on", "/Off"}
    kids = list(fields["r"].Kids)
    assert [next(iter(kid.AP.N.keys() - {"/Off"})) for kid in kids] == ["/one", "/two"]
    assert [str(kid.TU) for kid in kids] == ["First", "Second"]
    assert str(fields["r"].TU) == "Group"
    assert "/FontFile2" not in form.DR.Font.Helv
    for one in document.pages[0].obj.Annots:
        left, bottom, right, top = (float(side) for side in one.Rect)
        assert left < right
        assert bottom < top or str(one.Subtype) == "/Link"
    kinds = [str(one.S) for one in document.objects if _is_element(one)]
    assert (kinds.count("/Form"), kinds.count("/Link")) == (5, 1)
    alternatives = [str(one.Alt) for one in document.objects if _is_element(one) and "/Alt" in one]
    assert alternatives == ["Sign here"]


def _is_element(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Type", "")) == "/StructElem"
