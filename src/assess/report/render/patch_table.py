"""The table of the parts that this program replaces in WeasyPrint and pydyf (`library_patches.py`).

Each patch names the internals that it depends on, with the digest of their tested source. A patch
is inactive if one of them differs: reports are then made as the unpatched library makes them.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
from functools import cache
from typing import Any, Final, NamedTuple


class LibraryPatch(NamedTuple):
    """A part of a library that is replaced."""

    tried: str
    """The version that it was tried with."""
    purpose: str
    internals: dict[str, str]
    """Name of each internal, `module:name.name` → digest of its source."""


PATCHES: Final = {
    "font_files": LibraryPatch(
        "WeasyPrint 70.0",
        "Each size of a face copies the whole font file, 20 to 27 MB. Nothing needs the copy: two "
        "thirds of the memory that all patches save.",
        {
            "weasyprint.pdf.fonts:Font.__init__": "1f281166b103",
            "weasyprint.text.fonts:get_hb_object_data": "03040a623df0",
        },
    ),
    "page_styles": LibraryPatch(
        "WeasyPrint 70.0",
        "The styles of a page and of its sixteen margins are made for each page, in a time that "
        "grows with the square of the pages. They are made once for each kind of page.",
        {
            "weasyprint.layout.page:set_page_type_computed_styles": "4e68b396b35c",
            "weasyprint.css:StyleFor.get_computed_styles": "d9f0c5b83670",
        },
    ),
    "pseudo_elements": LibraryPatch(
        "WeasyPrint 70.0, cssselect2 0.9",
        "Six styles of pseudo-elements are made for every element, for notes and markers that it "
        "has not. They are made where a page speaks of them.",
        {
            "weasyprint:HTML._ua_stylesheets": "4fadfde9d150",
            "cssselect2:Matcher.add_selector": "8c7e42c95ad4",
            "cssselect2:Matcher.match": "f7a761027c24",
        },
    ),
    "page_references": LibraryPatch(
        "pydyf 0.13.0",
        "All pages are listed for each element of the structure tree, a tenth of a large report. "
        "They are listed once.",
        {
            "pydyf:PDF.page_references": "060bf90aad55",
            "pydyf:PDF.add_page": "6039cdea4114",
        },
    ),
    "compression": LibraryPatch(
        "pydyf 0.13.0",
        "Streams are compressed at the highest level: four times as long for a hundredth of the "
        "size. They are compressed at zlib's own level.",
        {"pydyf:Stream.data": "bdc2bc513f28"},
    ),
    "object_bytes": LibraryPatch(
        "pydyf 0.13.0",
        "Each object is put into bytes twice. It is put into bytes once.",
        {
            "pydyf:Object.__init__": "fd7ede4458c4",
            "pydyf:Object.compressible": "7d515c00b1ee",
            "pydyf:Object.indirect": "fecd3a0ba70a",
            "pydyf:PDF.write": "242cd38f92ec",
            "pydyf:_to_bytes": "1cefd02c285d",
        },
    ),
    "margins": LibraryPatch(
        "WeasyPrint 70.0",
        "Head, foot and watermark are marked as text that the structure tree leaves out. They are "
        "marked as artifacts (ISO 14289-1, 7.8).",
        {
            "weasyprint.document:Page.paint": "b2f0dcbda755",
            "weasyprint.pdf.stream:Stream.marked": "3fa3acacbbf6",
            "weasyprint.pdf.stream:Stream.artifact": "be61e4218680",
            "weasyprint.pdf.stream:Stream.add_group": "602212216473",
        },
    ),
    "table_heights": LibraryPatch(
        "WeasyPrint 70.0",
        "A table whose last rows go to the next page, beside others, is as high as if they stood "
        "here: its frame surrounds an empty space. It ends at its last row.",
        {
            "weasyprint.layout.table:table_layout": "6594fa40743f",
            "weasyprint.layout.table:_find_earlier_page_break": "7b5f4f58630d",
            "weasyprint.layout.block:find_earlier_page_break": "c2bbdcdfdf40",
        },
    ),
    "languages": LibraryPatch(
        "WeasyPrint 70.0",
        "The structure tree names the language of the document alone. It names that of each "
        "element (ISO 14289-1, 7.2).",
        {"weasyprint.pdf.tags:_build_box_tree": "f716251a83e7"},
    ),
    "chinese_lines": LibraryPatch(
        "WeasyPrint 70.0",
        "A line is justified by its spaces alone. Han characters move apart, and an eighth of an "
        "em stands between Han and Latin (Requirements for Chinese Text Layout, 3.3).",
        {
            "weasyprint.text.line_break:Layout.set_text": "fe23ca9937db",
            "weasyprint.layout.inline:count_expandable_spaces": "175fe6f42576",
            "weasyprint.layout.inline:justify_line": "f83b21ff8793",
        },
    ),
}
"""By name."""


@cache
def list_applicable_patches() -> frozenset[str]:
    """Return the patches of which every internal is as it was tried.

    Must be called for the first time before a part of the libraries is replaced.
    """
    return frozenset(name for name, patch in PATCHES.items() if _is_library_as_tested(patch))


def _is_library_as_tested(patch: LibraryPatch) -> bool:
    return all(digest_library_source(name) == digest for name, digest in patch.internals.items())


def digest_library_source(internal: str) -> str:
    """Return the digest of the source of an internal, `module:name.name`; '' where it is gone."""
    module, _colon, names = internal.partition(":")
    try:
        value: Any = importlib.import_module(module)
        for name in names.split("."):
            value = inspect.getattr_static(value, name)
        function: Any = value.fget if isinstance(value, property) else value
        source = inspect.getsource(function)
    except (ImportError, AttributeError, TypeError, OSError):
        return ""
    return hashlib.sha256(source.encode()).hexdigest()[:12]
