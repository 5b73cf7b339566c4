"""What WeasyPrint leaves to be done for PDF/A-3a and PDF/UA-1 in one file.

It writes one variant at a time, so the report is written as PDF/A-3a, and this finisher adds the
PDF/UA mark, the heads of tables, and takes out the doubles of associated files. It runs just
before the trailer is written, so the bytes stay the same from run to run.
"""

from __future__ import annotations

from typing import Any

from assess.report.content.form_links import replace_links_by_form_fields
from assess.report.render.chinese import remove_gaps_from_bookmarks
from assess.report.render.library_patches import replace_objects_by_bytes
from assess.report.render.table_tags import set_header_cell_scopes

_MARK = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish_pdf_for_accessibility(document: Any, pdf: Any) -> None:
    """Add the marks to a pydyf PDF; WeasyPrint calls this just before it writes the trailer."""
    replace_links_by_form_fields(pdf)
    remove_gaps_from_bookmarks(pdf)
    set_header_cell_scopes(pdf)
    for pdf_object in pdf.objects:
        if _is_metadata_stream(pdf_object):
            pdf_object.stream = [_add_pdf_ua_mark(part) for part in pdf_object.stream]
    associated = pdf.catalog.get("AF")
    if associated is not None:
        pdf.catalog["AF"] = type(associated)(dict.fromkeys(associated))
    # All of it stands in the PDF now.
    document.pages.clear()
    replace_objects_by_bytes(pdf)


def _is_metadata_stream(pdf_object: Any) -> bool:
    extra: Any = getattr(pdf_object, "extra", None) or {}
    return bool(extra.get("Type") == "/Metadata")


def _add_pdf_ua_mark(part: bytes) -> bytes:
    return part.replace(b"</rdf:RDF>", _MARK + b"</rdf:RDF>")
