"""A correctly signed report with a single forgery: it is never called genuine."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from assess.report.proof.pdf.additions import check_appended_revisions
from assess.report.proof.pdf.strict_values import UNUSUAL
from report.proof.pdf.forging import (
    FIELD,
    FORM,
    INFO,
    METADATA,
    METADATA_NUMBER,
    PAGE,
    ROOT,
    SEAL,
    SECOND_PAGE,
    SHOWN,
    SHOWN_BODY,
    SIGNATURE,
    SIGNATURE_BODY,
    SIZE,
    SPARE,
    TABLE,
    WIDGET,
    Revision,
    add_field,
    annotate,
    append,
    body_of,
    checked,
    invisible,
    is_genuine,
    number_of,
    original,
    sealed,
    size_of,
    stream,
    visible,
)

Forgery = Callable[[], Revision]


def in_root(words: bytes, revision: Revision | None = None) -> Forgery:
    """Return a forgery that adds words to the catalog."""
    return lambda: (revision or invisible()).edit(ROOT, b"<<", b"<<" + words)


def in_page(old: bytes, new: bytes, page: int = PAGE) -> Forgery:
    """Return a forgery that changes a page."""
    return lambda: invisible().edit(page, old, new)


def in_field(words: bytes) -> Forgery:
    """Return a forgery that adds words to the field of a visible signature."""
    return lambda: visible().edit(FIELD, b"<<", b"<<" + words)


def in_signature(words: bytes) -> Forgery:
    """Return a forgery that adds words to the signature."""
    return lambda: sealed().edit(SIGNATURE, b"<<", b"<<" + words)


def in_shown(words: bytes, *others: bytes) -> Forgery:
    """Return a forgery that adds words to what the seal shows, and objects on which they hang."""

    def forge() -> Revision:
        revision = sealed().edit(SHOWN, b"<<", b"<<" + words)
        for number, body in enumerate(others, SPARE):
            revision = revision.put(number, body)
        return revision

    return forge


def annotation(words: bytes, page: int = PAGE) -> Forgery:
    """Return a forgery that adds an annotation to a page."""
    body = b"<</Type/Annot/Rect[0 0 600 800]%s>>" % words
    return lambda: annotate(invisible().put(SPARE, body), page, SPARE)


def second_field(words: bytes, value: bytes = b"", *, rectangle: bytes = b"0 0 170 170") -> Forgery:
    """Return a forgery with one more field that shows something, and a value of its own."""
    shown = stream(b"0 0 999 999 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 170 170]")
    body = b"<</Type/Annot/Subtype/Widget/FT/Sig/F 4/Rect[%s]/AP<</N %d 0 R>>%s>>"

    def forge() -> Revision:
        revision = invisible().put(TABLE, body % (rectangle, SHOWN, words)).put(SHOWN, shown)
        if value:
            revision = revision.put(SPARE, value)
        return add_field(revision, TABLE, PAGE)

    return forge


def unseen(rectangle: bytes, data: bytes = b"", words: bytes = b"") -> Forgery:
    """Return a forgery whose field has no area, and something to show."""
    shown = b"/AP<</N %d 0 R>>" % SHOWN if words else b""
    field_body = WIDGET % (rectangle, PAGE, SIGNATURE, shown)
    body = stream(data, b"/Type/XObject/Subtype/Form" + words)
    return lambda: (
        invisible().put(SHOWN, body).put(FIELD, field_body)
        if words
        else invisible().put(FIELD, field_body)
    )


def drawn(data: bytes) -> Forgery:
    """Return a forgery whose seal is drawn by other operators."""
    body = stream(data, b"/Type/XObject/Subtype/Form/BBox[0 0 100 40]")
    return lambda: sealed().put(SHOWN, body)


VALUE = b"/V %d 0 R" % SPARE
STAMP = b"/Type/DocTimeStamp/SubFilter/ETSI.RFC3161"
UNKNOWN = b"/Type/Sig/SubFilter/Made.Up"
COPIED = b"<<%s/Filter/Adobe.PPKLite/ByteRange[0 100 200 100]/Contents<3000>>>"
CATALOG = {
    "an action on opening": b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
    "actions": b"/AA<</WC<</S/JavaScript/JS(x)>>>>",
    "scripts": b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>",
    "embedded files": b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)>>]>>>>",
    "layers": b"/OCProperties<</OCGs[]/D<<>>>>",
    "outlines": b"/Outlines<</Type/Outlines>>",
    "structure": b"/StructTreeRoot<</Type/StructTreeRoot>>/MarkInfo<</Marked true>>",
    "page labels": b"/PageLabels<</Nums[0<</P(forged)>>]>>",
    "how it is shown": b"/ViewerPreferences<</HideToolbar true>>",
    "a page mode": b"/PageMode/UseAttachments",
    "destinations": b"/Dests<<>>",
    "a base of addresses": b"/URI<</Base(http://forged.invalid/)>>",
    "threads": b"/Threads[]",
    "collections": b"/Collection<</Type/Collection>>",
    "associated files": b"/AF[]",
    "other rights": b"/Perms<</UR3 %d 0 R>>" % SIGNATURE,
    "rights of another object": b"/Perms<</DocMDP %d 0 R>>" % FIELD,
    "extensions that refer": b"/Extensions<</ADBE %d 0 R>>" % PAGE,
    "extensions that hold more": b"/Extensions<</ADBE<</Type/DeveloperExtensions/AA<<>>>>>>",
    "extensions of another type": b"/Extensions<</ADBE<</Type/Action/BaseVersion/1.7>>>>",
    "a version that is none": b"/Version/Forged",
    "a page as validation data": b"/DSS<</Certs[%d 0 R]>>" % PAGE,
    "a field as validation data": b"/DSS<</Certs[%d 0 R]>>" % FIELD,
    "validation data that is missing": b"/DSS 9000 0 R",
    "unknown validation data": b"/DSS<</Pages[]>>",
}
ANNOTATIONS = {
    "a link": b"/Subtype/Link/A<</S/URI/URI(http://forged.invalid/)>>",
    "a note": b"/Subtype/Text/Contents(x)",
    "text": b"/Subtype/FreeText/Contents(x)/DA(/Helv 9 Tf)",
    "a stamp": b"/Subtype/Stamp",
    "a square": b"/Subtype/Square/IC[1 1 1]",
    "a line": b"/Subtype/Ink/InkList[[0 0 9 9]]",
    "a highlight": b"/Subtype/Highlight/QuadPoints[0 0 9 0 0 9 9 9]",
    "a popup": b"/Subtype/Popup/Open true",
    "a file": b"/Subtype/FileAttachment",
    "a redaction": b"/Subtype/Redact/OverlayText(x)",
    "a watermark": b"/Subtype/Watermark",
    "a film": b"/Subtype/RichMedia",
    "a screen": b"/Subtype/Screen",
    "a text field": b"/Subtype/Widget/FT/Tx/T(x)/V(forged)/DA(/Helv 9 Tf 0 g)",
    "a button": b"/Subtype/Widget/FT/Btn/T(x)/Ff 65536",
    "a signature in no form": b"/Subtype/Widget/FT/Sig/T(x)",
}
FIELDS = {
    "a field without a name": second_field(VALUE, COPIED % STAMP),
    "a field with an empty name": second_field(b"/T()" + VALUE, COPIED % STAMP),
    "a field with the name of another": second_field(b"/T(seal)" + VALUE, COPIED % STAMP),
    "a stamp that is not listed": second_field(b"/T(x)" + VALUE, COPIED % STAMP),
    "the name of another in other signs": second_field(
        b"/T<feff007300650061006c>" + VALUE, COPIED % STAMP
    ),
    "a value of an unknown kind": second_field(b"/T(x)" + VALUE, COPIED % UNKNOWN),
    "an empty value": second_field(b"/T(x)" + VALUE, b"<<>>"),
    "a value that is a number": second_field(b"/T(x)" + VALUE, b"1"),
    "a value that is missing": second_field(b"/T(x)" + VALUE),
    "no value": second_field(b"/T(x)"),
    "a value that is null": second_field(b"/T(x)/V null"),
    "a value in place": second_field(b"/T(x)/V<<>>"),
    "the value of another": second_field(b"/T(x)/V %d 0 R" % SIGNATURE),
    "no value and nothing shown": second_field(b"/T(x)", rectangle=b"0 0 0 0"),
    "actions of a field": in_field(b"/AA<<>>"),
    "an action of a field": in_field(b"/A<</S/URI/URI(x)>>"),
    "a parent": in_field(b"/Parent %d 0 R" % SEAL),
    "kids": in_field(b"/Kids[]"),
    "a border": in_field(b"/BS<</W 9>>"),
    "a background": in_field(b"/MK<</BG[1 1 1]>>"),
    "a layer": in_field(b"/OC<</Type/OCG>>"),
    "a state": in_field(b"/AS/On"),
    "another page": lambda: sealed_on(PAGE),
    "a place on two pages": lambda: annotate(visible(), SECOND_PAGE, FIELD),
    "a place on no page": lambda: replace(
        visible(), objects={k: v for k, v in visible().objects.items() if k != PAGE}
    ),
    "a place twice on a page": lambda: annotate(visible(), PAGE, FIELD),
    "a page that is none": lambda: visible().edit(FIELD, b"/P %d" % PAGE, b"/P %d" % SEAL),
    "a size that does not follow the page": lambda: visible().edit(FIELD, b"/F 132", b"/F 8"),
    "a seal that is too large": lambda: visible().edit(FIELD, b"400 340", b"580 700"),
    "a place of three numbers": lambda: visible().edit(FIELD, b"400 340", b"400"),
    "another kind of field": lambda: visible().edit(FIELD, b"/FT/Sig", b"/FT/Tx"),
    "a stamp that shows something": lambda: visible().edit(
        SIGNATURE, b"/Type/Sig", b"/Type/DocTimeStamp"
    ),
    "another place of a field of the report": lambda: sealed().edit(SEAL, b"/Rect [", b"/Rect [9"),
    "another label of a field of the report": lambda: sealed().edit(SEAL, b"(seal)", b"(leader)"),
    "a picture in a field that nobody signed": lambda: replace(
        invisible(),
        objects={
            **invisible().objects,
            SEAL: body_of(SEAL).replace(b"/N ", b"/N 9"),
        },
    ),
}
SHOWS = {
    "no box": lambda: sealed().edit(SHOWN, b"/BBox[0 0 100 40]", b""),
    "a flat box": lambda: sealed().edit(SHOWN, b"[0 0 100 40]", b"[0 0 100 0]"),
    "a box of words": lambda: sealed().edit(SHOWN, b"[0 0 100 40]", b"[/A 0 100 40]"),
    "a box elsewhere": lambda: sealed().edit(SHOWN, b"[0 0 100 40]", b"%d 0 R" % FORM),
    "a box that is larger than its field": lambda: sealed().edit(SHOWN, b"100 40", b"102 40"),
    "a box that is smaller than its field": lambda: sealed().edit(SHOWN, b"100 40", b"50 40"),
    "a box that begins elsewhere": lambda: sealed().edit(SHOWN, b"[0 0 100", b"[1 0 101"),
    "a packing with parameters": in_shown(b"/Filter/FlateDecode/DecodeParms<</Predictor 2>>"),
    "a packing in a list": in_shown(b"/Filter[/FlateDecode]"),
    "a turned form": in_shown(b"/Matrix[0 1 1 0 0 0]"),
    "a large form": in_shown(b"/Matrix[9 0 0 9 0 0]"),
    "another kind of form": in_shown(b"/FormType 2"),
    "parameters of no packing": in_shown(b"/DecodeParms<</Predictor 2>>"),
    "a layer of a form": in_shown(b"/OC<</Type/OCG>>"),
    "another file": in_shown(b"/Ref<</F(forged.pdf)/Page 0>>"),
    "a program": in_shown(b"/PS %d 0 R" % SPARE, stream(b"x")),
    "a group with a mask": in_shown(b"/Resources<</ExtGState<</G<</SMask<<>>>>>>>>"),
    "a pattern": in_shown(b"/Resources<</Pattern<<>>>>"),
    "a shading": in_shown(b"/Resources<</Shading<<>>>>"),
    "properties": in_shown(b"/Resources<</Properties<<>>>>"),
    "drawn letters": in_shown(
        b"/Resources<</Font<</F %d 0 R>>>>" % SPARE,
        b"<</Type/Font/Subtype/Type3/CharProcs<<>>>>",
    ),
    "a page as picture": in_shown(b"/Resources<</XObject<</X %d 0 R>>>>" % PAGE),
    "an unknown picture": in_shown(
        b"/Resources<</XObject<</X %d 0 R>>>>" % SPARE, stream(b"x", b"/Subtype/PS")
    ),
    "other pictures for print": in_shown(
        b"/Resources<</XObject<</X %d 0 R>>>>" % SPARE,
        stream(b"x", b"/Subtype/Image/Width 1/Height 1/Alternates[]"),
    ),
    "an unusual picture": in_shown(
        b"/Resources<</XObject<</X %d 0 R>>>>" % SPARE,
        stream(b"x", b"/Subtype/Image/Width 1/Height 1/Filter/JPXDecode"),
    ),
    "a font elsewhere": in_shown(b"/Resources<</Font<</F %d 0 R>>>>" % INFO),
    "states": lambda: sealed().edit(SEAL, b"/N %d 0 R" % SHOWN, b"/N<</On %d 0 R>>" % SHOWN),
    "something when pressed": lambda: sealed().edit(
        SEAL, b"/N %d 0 R" % SHOWN, b"/N %d 0 R/D %d 0 R" % (SHOWN, SHOWN)
    ),
    "something of the report": lambda: sealed().edit(
        SEAL, b"/N %d 0 R" % SHOWN, b"/N %d 0 R" % METADATA_NUMBER
    ),
    "something in no place": lambda: (
        invisible().edit(FIELD, b"/F 132", b"/F 132/AP<</N %d 0 R>>" % SHOWN).put(SHOWN, SHOWN_BODY)
    ),
}
BOX = b"/BBox[0 0 100 40]"
PREDICTED = b"/Filter/FlateDecode/DecodeParms<</Predictor 2/Colors 32/Columns 17>>"
UNSEEN = {
    "blanks that a predictor makes to words": unseen(
        b"0 0 0 0", zlib.compress(b"\t \f" * 9), PREDICTED
    ),
    "a box in no place": unseen(b"0 0 0 0", b"", BOX),
    "blanks in no place": unseen(b"0 0 0 0", b" ", BOX),
    "a comment in no place": unseen(b"0 0 0 0", b"% DSBlank", BOX),
    "a line as place": unseen(b"0 0 0 160", b"", BOX),
    "a line that shows nothing": unseen(b"0 0 0 160"),
    "a place in reals": unseen(b"0.0 0 0 0"),
    "a place elsewhere without area": unseen(b"9 9 9 9"),
    "a place beyond 2^31": unseen(b"4294967296 4294967296 4294967296.0 4294967296.0", b"", BOX),
    "a place below zero": unseen(b"-0 0 0 0.000000"),
    "no place": lambda: invisible().edit(FIELD, b"/Rect[0 0 0 0]", b""),
    "a place that shows nothing": unseen(b"300 300 400 340"),
}
DRAWN = {
    "a state that is not its own": drawn(b"Q 0 0 9 9 re f"),
    "a state that stays open": drawn(b"q 0 0 9 9 re f"),
    "states crosswise": drawn(b"q BT Q ET"),
    "an inline picture": drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI"),
    "a comment": drawn(b"%x\n0 0 9 9 re f"),
    "a number that overflows": drawn(b"4294967296 0 9 9 re f"),
    "a number with two signs": drawn(b"--1 0 9 9 re f"),
    "a number with an exponent": drawn(b"1e3 0 9 9 re f"),
    "an operand too few": drawn(b"0 0 9 re f"),
    "an operand too many": drawn(b"0 0 0 9 9 re f"),
    "an unknown operator": drawn(b"0 0 9 9 re W n"),
    "a picture of others": drawn(b"/X0 Do"),
    "text in other signs": drawn(b"BT (\x80) Tj ET"),
}
SIGNATURES = {
    "a reference in a signature": in_signature(b"/Prop_Build<</App %d 0 R>>" % PAGE),
    "an unknown word in a signature": in_signature(b"/Changes[1 2 3]"),
    "a signature of another kind": lambda: sealed().edit(
        SIGNATURE, b"adbe.pkcs7.detached", b"adbe.x509.rsa_sha1"
    ),
    "a stamp of another kind": lambda: sealed().edit(
        SIGNATURE, b"/Type/Sig", b"/Type/DocTimeStamp"
    ),
    "no type": lambda: sealed().edit(SIGNATURE, b"/Type/Sig", b""),
    "more than four numbers": lambda: sealed().edit(SIGNATURE, b"0000000000]", b"0000000000 0 0]"),
    "a second signature": lambda: add_field(
        sealed().put(FIELD, WIDGET % (b"0 0 0 0", PAGE, SPARE, b"")).put(SPARE, SIGNATURE_BODY),
        FIELD,
    ),
    "no signature": lambda: Revision({}).put(INFO, body_of(INFO)),
    "a field that is taken over": lambda: Revision({FORM: body_of(FORM)}),
}
SCHEMAS = (
    b'</dc:title><e:schemas xmlns:e="http://www.aiim.org/pdfa/ns/extension/">'
    b"<dc:title>Forged</dc:title></e:schemas>"
)
PRODUCER = b'<p:Producer xmlns:p="http://ns.adobe.com/pdf/1.3/">%s</p:Producer>'
OBJECTS = {
    "an object that nothing refers to": lambda: invisible().put(SPARE, b"<<>>"),
    "a second catalog": lambda: invisible().put(SPARE, body_of(ROOT)),
    "a page that nothing refers to": lambda: invisible().put(SPARE, body_of(PAGE)),
    "content of a page": lambda: invisible().put(contents(), stream(b"forged")),
    "the tree of pages": lambda: invisible().put(tree(), b"<</Type/Pages/Count 0/Kids[]>>"),
    "a form that only shows": lambda: invisible().edit(FORM, b"<<", b"<</XFA(x)"),
    "a form that is drawn anew": lambda: invisible().edit(FORM, b"<<", b"<</NeedAppearances true"),
    "fonts of the form": lambda: invisible().edit(FORM, b"<<", b"<</DR<<>>"),
    "an order of the form": lambda: invisible().edit(FORM, b"<<", b"<</CO[]"),
    "fewer fields": lambda: invisible().edit(FORM, b"%d 0 R " % SEAL, b""),
    "fields in another order": lambda: invisible().put(
        FORM, b"<</Fields [%d 0 R %d 0 R ]>>" % (FIELD, SEAL)
    ),
    "a title": lambda: invisible().edit(INFO, b"(Report)", b"(Forged)"),
    "an author": lambda: invisible().edit(INFO, b"<<", b"<</Author(x)"),
    "a program's name that is no text": lambda: invisible().edit(INFO, b"<<", b"<</Producer 1 0 R"),
    "a title in the metadata": lambda: metadata(METADATA.replace(b"Report", b"Forged")),
    "two titles": lambda: metadata(
        re.sub(rb"(<dc:title>.*</dc:title>)", rb"\1\1", METADATA, flags=16)
    ),
    "a comment in the metadata": lambda: metadata(METADATA.replace(b"</dc", b"<!-- x --></dc")),
    "a title among schemas": lambda: metadata(METADATA.replace(b"</dc:title>", SCHEMAS)),
    "a title at the head of the metadata": lambda: metadata(
        METADATA.replace(b"<rdf:RDF", b'<rdf:RDF dc:title="Forged"')
    ),
    "a title at the root of the metadata": lambda: metadata(
        METADATA.replace(b"<x:xmpmeta", b'<x:xmpmeta xmlns:d="dc" d:title="Forged"')
    ),
    "a title in the program's name": lambda: metadata(
        METADATA.replace(b"</dc:title>", b"</dc:title>" + PRODUCER % b"<dc:title>Forged</dc:title>")
    ),
    "words behind properties": lambda: metadata(METADATA.replace(b"</rdf:RDF>", b"x</rdf:RDF>")),
    "words behind a description": lambda: metadata(
        METADATA.replace(b"</rdf:RDF></", b"</rdf:RDF>x</")
    ),
    "words between properties": lambda: metadata(METADATA.replace(b"<dc:title>", b"x<dc:title>")),
    "metadata in other signs": lambda: metadata(
        METADATA.decode().split("?>")[1].split("<?")[0].encode("utf-16-le")
    ),
    "metadata that is none": lambda: metadata(b"<x/>"),
    "metadata in another packing": lambda: invisible().put(
        METADATA_NUMBER, stream(METADATA, b"/Type/Metadata/Subtype/XML/Filter/LZWDecode")
    ),
    "packed objects": lambda: invisible().put(
        SPARE, stream(zlib.compress(b"9 0 <<>>"), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    ),
}
FILE = {
    "another root": lambda: replace(invisible(), root=PAGE),
    "another title's place": lambda: replace(invisible(), info=PAGE),
    "a size that is too small": lambda: replace(invisible(), size=SIGNATURE),
    "a size that shrinks": lambda: replace(sealed(), size=SIZE - 1),
    "a table beside the table": lambda: replace(invisible(), trailer=b"/XRefStm 15"),
    "an encryption": lambda: replace(invisible(), trailer=b"/Encrypt<<>>"),
    "a key that stands twice": lambda: replace(invisible(), trailer=b"/Root %d 0 R" % PAGE),
    "a table that leads to itself": lambda: replace(invisible(), previous=len(original())),
    "no table before": lambda: replace(invisible(), previous=0),
    "a size that is too large": lambda: replace(invisible(), size=SIGNATURE + 2),
    "numbers that are left out": lambda: invisible().put(SIZE + 20_000, b"<<>>"),
    "an object that is taken away": lambda: replace(
        invisible(), rows=b"%d 1\n0000000000 00001 f \n" % METADATA_NUMBER
    ),
    "an object of the report at another place": lambda: replace(
        invisible(), rows=b"%d 1\n0000000015 00000 n \n" % METADATA_NUMBER
    ),
    "rows of 19 bytes": lambda: replace(invisible(), rows=b"0 1\n0000000000 65535 f\n"),
    "a gap between objects": lambda: replace(
        invisible(), before_table=b"%d 0 obj<<>>endobj\n" % SPARE
    ),
    "a comment": lambda: replace(invisible(), before_table=b"%x\n"),
    "bytes behind the end": lambda: replace(invisible(), end=b"\n%%EOF\nx"),
    "two ends": lambda: replace(invisible(), end=b"\n%%EOF\nstartxref\n0\n%%EOF\n"),
}
FORGERIES: dict[str, Forgery] = {
    **{f"catalog: {name}": in_root(words) for name, words in CATALOG.items()},
    **{f"annotation: {name}": annotation(words) for name, words in ANNOTATIONS.items()},
    "page: turned": in_page(b"<<", b"<</Rotate 180"),
    "page: other size": in_page(b"600 800", b"60 80"),
    "page: cut": in_page(b"<<", b"<</CropBox[0 0 9 9]"),
    "page: other content": in_page(b"/Contents", b"/Contents 9 0 R/Forged"),
    "page: actions": in_page(b"<<", b"<</AA<<>>"),
    "page: unit": in_page(b"<<", b"<</UserUnit 2"),
    "page: no field": in_page(b"%d 0 R" % SEAL, b"", SECOND_PAGE),
    **FIELDS,
    **SHOWS,
    **UNSEEN,
    **{f"drawn: {name}": forgery for name, forgery in DRAWN.items()},
    **SIGNATURES,
    **OBJECTS,
    **FILE,
}


def contents() -> int:
    """Return the number of the content of page 1."""
    return int(re.findall(rb"/Contents (\d+) 0 R", body_of(PAGE))[0])


def tree() -> int:
    """Return the number of the tree of pages."""
    return int(re.findall(rb"/Parent (\d+) 0 R", body_of(PAGE))[0])


def metadata(data: bytes) -> Revision:
    """Return a revision with other metadata."""
    assert data != METADATA
    return invisible().put(METADATA_NUMBER, stream(data, b"/Type/Metadata/Subtype/XML"))


def sealed_on(page: int) -> Revision:
    """Return a revision that shows the field of the report on another page too."""
    return annotate(sealed(), page, SEAL)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_not_genuine(name: str) -> None:
    """Whatever single thing is forged, and signed along: no reader is told that it is genuine.

    The list of what signing appends tells it by itself, whatever the library says of signatures.
    """
    forged = append(original(), FORGERIES[name]())
    assert check_appended_revisions(forged, len(original())).problem
    assert not is_genuine(forged)


@pytest.mark.parametrize("revision", [invisible, sealed])
def test_what_the_forgeries_begin_with_is_genuine(revision: Forgery) -> None:
    """Without the forgery the signature is genuine, also as the second one."""
    signed = append(original(), revision())
    assert is_genuine(signed)


CHANGED = ["page: turned", "annotation: a stamp", "no box", "content of a page", "a title"]


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_that_is_shown_is_told_as_a_change(name: str) -> None:
    """Where the report itself looks different it is not genuine, not only unproved."""
    found = checked(append(original(), FORGERIES[name]()))
    assert found is not None
    assert found.changed


def test_the_program_that_added_something_unknown_is_named() -> None:
    """The program is that of the last revision; it is not named where it is the report's own."""
    forged = FORGERIES["catalog: outlines"]()
    named = forged.edit(INFO, b"<<", b"<</Producer(Other Editor 3)")
    programs = [checked(append(original(), revision)) for revision in (named, forged)]
    assert [found and found.program for found in programs] == ["Other Editor 3", ""]


def test_a_page_that_is_forged_and_put_back() -> None:
    """A reader that searches the file may show the forged page between."""
    forged = append(original(), Revision({PAGE: body_of(PAGE).replace(b"600", b"900")}))
    back = append(forged, invisible().put(PAGE, body_of(PAGE)))
    found = checked(append(forged, invisible()))
    assert not is_genuine(back)
    assert found is not None
    assert found.changed


@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_a_plain_table_behind_packed_objects(mode: str) -> None:
    """A reader that can't go back from a plain table to a stream loses what is packed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original())) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode[mode])
    pdf = out.getvalue()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, info = number_of(document.Root), number_of(document.trailer.Info)
        words = document.Root.unparse(resolved=True)
    certificate = size_of(pdf)
    words = words.replace(b"<<", b"<</DSS<</Certs[%d 0 R]>>" % certificate, 1)
    revision = Revision({root: words, certificate: stream(b"x")}, root=root, info=info)
    found = check_appended_revisions(append(pdf, revision), len(pdf))
    assert found.problem == ("" if mode == "disable" else UNUSUAL)


TILES = {
    "an empty value": b"<<>>",
    "an unknown kind": COPIED % UNKNOWN,
    "a stamp": COPIED % STAMP,
}


@pytest.mark.parametrize("name", TILES)
def test_a_page_that_is_tiled_with_seals(name: str) -> None:
    """Whatever the fields call themselves: the page is covered, so the report was changed."""
    revision = invisible()
    for number in range(SPARE, SPARE + 80, 2):
        place = b"%d 100 %d 270" % (number % 4 * 150, number % 4 * 150 + 150)
        body = WIDGET.replace(b"(new)", b"(%d)" % number) % (place, PAGE, number + 1, b"")
        revision = revision.put(number, body).put(number + 1, TILES[name])
        revision = add_field(revision, number, PAGE)
    found = check_appended_revisions(append(original(), revision), len(original()))
    assert found.changed
    assert "more of a page" in found.problem
