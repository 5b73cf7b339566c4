"""Signing a PDF: appended to it, PAdES B-B, or B-T where a time stamp server is named."""

from __future__ import annotations

import io
import logging
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from assess.report.content.form_links import SEAL_FIELD
from assess.report.proof.pdf.broken import WRONG, make_unreadable_refusal, shorten_library_error
from assess.report.proof.pdf.job import PdfRefused, SignedPdf, SignPdfTask
from assess.report.render import fonts

_PIXELS = 4
"""Pixels of a drawn stamp to the point: 288 to the inch."""


def sign_pdf(task: SignPdfTask) -> SignedPdf | PdfRefused:
    """Return the PDF with one more signature; what was there before stays byte for byte."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    signer = _load_signer(task)
    if isinstance(signer, PdfRefused):
        return signer
    certificate: Any = signer.signing_cert
    name = str(certificate.subject.native.get("common_name", ""))
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(task.pdf))
        field = _find_signature_field(writer, task)
        if isinstance(field, PdfRefused):
            return field
        style = _make_stamp_style(writer, field, name, task)
        out = _make_pdf_signer(field, signer, style, task).sign_pdf(
            writer, existing_fields_only=not isinstance(field, str)
        )
    except TimestampRequestError as error:
        return PdfRefused(code="tsa", detail=shorten_library_error(error))
    except (OSError, ValueError) as error:
        # Of the seal's picture: what Pillow raises for broken ones.
        return (
            PdfRefused(code="seal", detail=shorten_library_error(error))
            if task.seal
            else make_unreadable_refusal(error)
        )
    except (PdfError, SigningError, *WRONG) as error:
        return make_unreadable_refusal(error)
    label = field if isinstance(field, str) else str(field.get("/TU", field["/T"]))
    return SignedPdf(pdf=out.getvalue(), field=label, signer=name)


def _load_signer(task: SignPdfTask) -> SimpleSigner | PdfRefused:
    try:
        signer = SimpleSigner.load_pkcs12_data(task.key, [], task.password)
    except (ValueError, TypeError) as error:
        return PdfRefused(code="key", detail=shorten_library_error(error))
    return signer if signer is not None else PdfRefused(code="key")


def _find_signature_field(writer: IncrementalPdfFileWriter, task: SignPdfTask) -> Any:
    """Return the empty field to sign; a name where an invisible one is to be made."""
    empty = {
        str(name): ref.get_object() for name, _value, ref in enumerate_sig_fields(writer, False)
    }
    named = empty | {
        str(empty_field["/TU"]): empty_field
        for empty_field in empty.values()
        if "/TU" in empty_field
    }
    if task.field is not None:
        if task.field in named:
            return named[task.field]
        taken = [str(name) for name, _value, _ref in enumerate_sig_fields(writer, True)]
        code = "field-taken" if task.field in taken else "field-unknown"
        return PdfRefused(code=code, detail=", ".join(named))
    if task.seal is not None:
        return empty.get(SEAL_FIELD) or PdfRefused(code="no-seal-field", detail=", ".join(named))
    people = [empty_field for name, empty_field in empty.items() if name != SEAL_FIELD]
    if people:
        return people[0]
    count = len(list(enumerate_sig_fields(writer)))
    return f"signature-{count + 1}"


def _make_pdf_signer(field: Any, signer: SimpleSigner, style: Any, task: SignPdfTask) -> PdfSigner:
    name = field if isinstance(field, str) else str(field["/T"])
    meta = PdfSignatureMetadata(
        field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    return PdfSigner(
        meta,
        signer,
        timestamper=HTTPTimeStamper(task.tsa) if task.tsa else None,
        stamp_style=style,
        new_field_spec=SigFieldSpec(name) if isinstance(field, str) else None,
    )


def _make_stamp_style(
    writer: Any, field: Any, name: str, task: SignPdfTask
) -> StaticStampStyle | None:
    """Return what the field shows: the seal, or who signed when."""
    if isinstance(field, str):
        return None
    left, bottom, right, top = (float(side) for side in field["/Rect"])
    if task.seal is not None:
        picture = Image.open(io.BytesIO(task.seal), formats=("PNG", "JPEG")).convert("RGBA")
    else:
        picture = _draw_signer_and_day(name, task, right - left, top - bottom)
    return StaticStampStyle(
        border_width=0,
        background=PdfImage(picture, writer=writer),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(1, 1, 1, 1)
        ),
    )


def _draw_signer_and_day(name: str, task: SignPdfTask, width: float, height: float) -> Image.Image:
    """Return signer and day as a picture: no PDF font, which would have to be embedded."""
    size = (max(int(width * _PIXELS), 40), max(int(height * _PIXELS), 40))
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    row = size[1] / 2
    for number, text in enumerate((name, task.moment.strftime("%Y-%m-%d %H:%M %z"))):
        font = _largest_fitting_font(text, size[0], row * 0.7)
        draw.text((4, row * (number + 0.1)), text, fill=(0, 0, 0, 255), font=font)
    return picture


def _largest_fitting_font(text: str, width: float, height: float) -> Any:
    """Return the largest font in which the text fits."""
    chosen = fonts.choose_fonts(
        {family.lower(): family for family in fonts.list_font_families()},
        fonts.list_font_families(":lang=zh"),
    )
    place = fonts.find_font_file(chosen["heading"].family) if chosen else None
    if place is None:
        return ImageFont.load_default(height)
    font = ImageFont.truetype(place[0], int(height), index=place[1])
    length = max(font.getlength(text), 1)
    return font.font_variant(size=max(int(min(height, height * (width - 8) / length)), 8))
