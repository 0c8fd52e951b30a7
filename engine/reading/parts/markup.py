"""The XML inside office documents as a small tree of our own: names with their usual prefixes, and nothing from outside.

Namespaces come in several spellings (transitional and strict Office Open XML, two generations of OpenDocument); here a
paragraph of Word is "w:p" in all of them. Of markup that offers alternatives for older programs one is taken, so that no
text stands twice. Entities that a file defines for itself are never unfolded, and no file or address that it names is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, cast

from engine.trouble import DocumentRefused

MAX_ENTITY_CHARACTERS = 10_000
"""A file may define an abbreviation or two; these are left out of its text. More than this was made to fill a memory."""

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "wordprocessingml/2006/main": "w",
    _OFFICE + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "drawingml/2006/chart": "c",
    _STRICT + "drawingml/chart": "c",
    _OFFICE + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _OFFICE + "drawingml/2006/picture": "pic",
    _STRICT + "drawingml/picture": "pic",
    _OFFICE + "drawingml/2006/wordprocessingDrawing": "wp",
    _STRICT + "drawingml/wordprocessingDrawing": "wp",
    _OFFICE + "presentationml/2006/main": "p",
    _STRICT + "presentationml/main": "p",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OFFICE + "markup-compatibility/2006": "mc",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "package/2006/content-types": "ct",
    _OFFICE + "package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/drawing/2008/diagram": "dsp",
    "http://schemas.microsoft.com/office/drawing/2010/main": "a14",
    "http://schemas.microsoft.com/office/powerpoint/2010/main": "p14",
    "urn:schemas-microsoft-com:vml": "v",
    **{_ODF + name + ":1.0": name for name in ("office", "text", "table", "presentation", "style", "meta", "chart")},
    _ODF + "drawing:1.0": "draw",
    _ODF + "xsl-fo-compatible:1.0": "fo",
    _ODF + "svg-compatible:1.0": "svg",
    _ODF + "smil-compatible:1.0": "smil",
    "http://openoffice.org/2004/office": "ooo",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


@dataclass(slots=True)
class Node:
    """An element: its name with prefix, its attributes likewise, and what it holds in order (elements and text)."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """The elements right below this one."""
        return (part for part in self.content if isinstance(part, Node))

    def get(self, attribute: str, default: str = "") -> str:
        """An attribute by its name, with the prefix that it has in the file's own namespace."""
        return self.attributes.get(attribute, default)

    def find(self, *path: str) -> Node | None:
        """The first element that `path` leads to, name by name from here down."""
        node = self
        for name in path:
            for child in node.content:
                if isinstance(child, Node) and child.name == name:
                    node = child
                    break
            else:
                return None
        return node

    def all(self, *names: str) -> Iterator[Node]:
        """The elements right below with one of these names."""
        return (child for child in self if child.name in names)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed([child for child in node.content if isinstance(child, Node)])

    def every(self, *names: str) -> Iterator[Node]:
        """All elements below (or this one) with one of these names."""
        return (node for node in self.walk() if node.name in names)

    def text(self) -> str:
        """All text below, as it stands."""
        return "".join(part for node in _in_order(self) for part in node)


def parse(untrusted: bytes, name: str) -> Node:
    """The tree of an XML file; `name` is what a person calls the document that it lies in.

    Raises:
        DocumentRefused: it is no well-formed XML, is nested without reason, or defines entities that unfold.
    """
    from lxml import etree

    # recover would guess at torn markup and keep half a document without a word.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = cast("_Element", etree.fromstring(untrusted, parser))
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in untrusted[:65536] and re.search("amplification|entity .*loop|entity reference", str(error), re.IGNORECASE):
            raise _unfolding(name) from error
        raise DocumentRefused("damaged", f"“{name}” is damaged: its markup breaks off or contradicts itself.", _SAVE_AFRESH) from error
    _refuse_unfolding(root, name)
    try:
        return _node(root, _Names())
    except RecursionError as error:  # below the 256 levels that libxml2 allows, unless a caller stands deep already
        raise DocumentRefused("damaged", f"“{name}” is damaged: its markup is nested beyond reason.", _SAVE_AFRESH) from error


_SAVE_AFRESH = "Open it in the program it was made with, save a fresh copy and add that."


class _Entity(Protocol):
    content: str | None


class _Dtd(Protocol):
    def entities(self) -> list[_Entity]: ...


class _DocInfo(Protocol):
    internalDTD: _Dtd | None  # noqa: N815 — lxml's name


class _Tree(Protocol):
    docinfo: _DocInfo


class _Element(Protocol):
    """What we use of lxml's elements. The tag of an entity reference is no string."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[_Element]: ...
    def items(self) -> list[tuple[str, str]]: ...
    def getroottree(self) -> _Tree: ...


def _refuse_unfolding(root: _Element, name: str) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    contents = [entity.content or "" for entity in dtd.entities()] if dtd is not None else []
    if any("&" in content for content in contents) or sum(map(len, contents)) > MAX_ENTITY_CHARACTERS:
        raise _unfolding(name)


def _unfolding(name: str) -> DocumentRefused:
    return DocumentRefused("entity-bomb", f"“{name}” defines text that unfolds into more and more text; no office program writes that.", _SAVE_AFRESH)


class _Names(dict[str, str]):
    """From names with their namespace to those with our prefix, each made out once: a document has millions of them."""

    def __missing__(self, name: str) -> str:
        """A name that comes for the first time."""
        self[name] = prefixed = _prefixed(name)
        return prefixed


def _node(element: _Element, names: _Names) -> Node:
    node = Node(names[str(element.tag)], {names[key]: value for key, value in element.items()})
    content = node.content
    if element.text:
        content.append(element.text)
    for child in element:
        if isinstance(child.tag, str):
            made = _node(child, names)
            if made.name == "mc:AlternateContent":
                content += _chosen(made)
            else:
                content.append(made)
        if child.tail:
            content.append(child.tail)
    return node


def _chosen(alternatives: Node) -> list[Node | str]:
    """What stands in the first choice that says something, else in the fallback for older programs."""
    offered = [*alternatives.all("mc:Choice"), *alternatives.all("mc:Fallback")]
    told = next((offer for offer in offered if offer.text().strip()), offered[0] if offered else None)
    return told.content if told is not None else []


def _prefixed(name: str) -> str:
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    return f"{_PREFIXES.get(namespace, '?')}:{local}"


def _in_order(node: Node) -> Iterator[list[str]]:
    waiting: list[Node | str] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield [part]
        else:
            waiting += reversed(part.content)
