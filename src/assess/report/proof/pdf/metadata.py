"""Title, author and other properties of a PDF in its XMP metadata; in the child only."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from assess.report.proof.pdf.strict_values import UnlikeError, require_condition

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_MACHINE: Final = frozenset(
    {
        "{http://ns.adobe.com/pdf/1.3/}Producer",
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    }
)
"""Properties that signing programs replace: their name and the time."""
_TOOLKIT: Final = "{adobe:ns:meta/}xmptk"
"""The program that wrote a packet, as an attribute of its root."""
_SCHEMAS: Final = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
_SPACES_OF_SCHEMAS: Final = ("{http://www.aiim.org/pdfa/ns/", _RDF)
_PACKET: Final = re.compile(
    rb"(?:<\?xpacket begin=[^<>?]{0,80}\?>)?(?P<xml>[^\0]*?)(?:<\?xpacket end=[^<>?]{0,20}\?>)?"
)

FlatProperties = tuple[str, str, tuple[tuple[str, str], ...], tuple["FlatProperties", ...]]
"""Name, text, attributes and children of an element."""


def have_same_metadata_properties(old: bytes, new: bytes) -> bool:
    """Return whether two packets of metadata are equal, except for program and time.

    Raises:
        UnlikeError: one of them is in a form that readers may read in different ways.
    """
    return _parse_properties(old) == _parse_properties(new)


def _parse_properties(data: bytes) -> dict[str, FlatProperties]:
    packet = _PACKET.fullmatch(data.strip())
    if packet is None or b"<!" in packet["xml"] or b"<?" in packet["xml"]:
        raise UnlikeError
    try:
        data.decode("utf-8")
        root = ET.fromstring(packet["xml"])  # noqa: S314  # no <!: no entities
    except (UnicodeDecodeError, ET.ParseError) as error:
        raise UnlikeError from error
    require_condition(
        root.tag == "{adobe:ns:meta/}xmpmeta" and [each.tag for each in root] == [f"{_RDF}RDF"]
    )
    _check_outer_elements(root)
    properties: dict[str, FlatProperties] = {}
    for description in root[0]:
        require_condition(
            description.tag == f"{_RDF}Description" and not (description.text or "").strip()
        )
        for name, text in description.attrib.items():
            _add_property(properties, name, ("", text, (), ()))
        for element in description:
            _add_property(properties, element.tag, ("", *_flatten_element(element)[1:]))
    _check_schemas(properties.pop(_SCHEMAS, None))
    for name in _MACHINE:
        _name, _text, attributes, children = properties.pop(name, ("", "", (), ()))
        require_condition(not attributes and not children)
    return properties


def _check_outer_elements(root: ET.Element) -> None:
    """Check that the elements around the descriptions hold neither text nor properties.

    Raises:
        UnlikeError: they do.
    """
    require_condition(root.attrib.keys() <= {_TOOLKIT} and not root[0].attrib)
    texts = [root.text, root[0].text, root[0].tail, *(each.tail for each in root[0])]
    require_condition(not any((text or "").strip() for text in texts))


def _check_schemas(schemas: FlatProperties | None) -> None:
    """Check that schemas of properties hold nothing else; no reader shows them.

    Raises:
        UnlikeError: they do.
    """
    if schemas is None:
        return
    name, _text, attributes, children = schemas
    for each in (name, *(key for key, _value in attributes)):
        require_condition(each.startswith(_SPACES_OF_SCHEMAS) or not each)
    for child in children:
        _check_schemas(child)


def _add_property(properties: dict[str, FlatProperties], name: str, value: FlatProperties) -> None:
    """Add a property; a repeated one is refused."""
    if name == f"{_RDF}about":
        require_condition(value[1] == "")
        return
    require_condition(name not in properties)
    properties[name] = value


def _flatten_element(element: ET.Element) -> FlatProperties:
    require_condition(not (element.tail or "").strip())
    children = tuple(_flatten_element(child) for child in element)
    text = element.text or ""
    attributes = tuple(sorted(element.attrib.items()))
    return element.tag, text.strip() if children else text, attributes, children
