"""From the bytes of a web page to its element tree, whatever encoding and state they are in.

XHTML is parsed as XML where it is well formed, everything else as HTML. No document type is ever handed to the parser, so
there are no entities to unfold and nothing to fetch; names like `&nbsp;` are written out before.
"""

from __future__ import annotations

import codecs
import functools
import html.entities
import re
from collections.abc import Iterator
from typing import Protocol, cast

from engine.reading.encodings import decode
from engine.trouble import DocumentRefused


class Element(Protocol):
    """What is used of lxml's elements. The tag of a comment is no string."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, /) -> str | None: ...
    def getparent(self) -> Element | None: ...
    def keys(self) -> list[str]: ...
    def iter(self) -> Iterator[Element]: ...


_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.DOTALL
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
"""What browsers take an encoding's name for: the larger one that most pages really use."""

_TEXT_ENCODINGS = frozenset(
    [
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "gb18030",
        "big5hkscs",
        "cp932",
        "cp949",
        "euc_jp",
        "iso2022_jp",
        "hz",
        "koi8-r",
        "koi8-u",
        "mac-roman",
        "mac-cyrillic",
        "johab",
        "cp866",
        "cp874",
    ]
    + [f"cp125{n}" for n in range(9)]
    + [f"iso8859-{n}" for n in range(1, 17)]
)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^>\[]{0,2000}(?:\[.{0,200000}?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_XML_BEGINNING = re.compile(r"\s*<\?xml|(?s:.{0,3000})xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml")
_INLINE_TAGS = re.compile(
    r"</?(?:font|span|b|i|u|em|strong|small|big|center|a|tt|code|div|section|article|main|nobr|ins|del|cite|abbr|blockquote|dl|dd|ul|ol)\b[^<>]*>",
    re.IGNORECASE,
)
"""What is taken out of a page that is nested beyond reason; the words and the blocks stay."""


def decode_page(untrusted: bytes) -> str | None:
    """The text of a page: by its byte order mark, what it declares, else by what its bytes look like; None where they are no text."""
    for mark, marked in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if untrusted.startswith(mark):
            return untrusted[len(mark) :].decode(marked, "replace")
    declared = _DECLARED.search(untrusted[:4096])
    encoding = _known((declared[1] or declared[2]).decode("ascii", "replace")) if declared else None
    if encoding is not None:
        try:
            return untrusted.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(untrusted, whole=True) or (untrusted.decode(encoding, "replace") if encoding is not None else None)


def parse_page(untrusted: bytes, name: str) -> Element:
    """The tree of a web page; its elements' names may carry a namespace.

    Raises:
        DocumentRefused: it is no text, or nested beyond reason.
    """
    text = decode_page(untrusted)
    if text is None:
        raise DocumentRefused("unknown-kind", f"“{name}” is no web page: its bytes are no text.", "Open it in a browser, save it again and add that.")
    tree = _as_xml(text) if _XML_BEGINNING.match(text) else None
    if tree is None:
        tree, too_deep = _as_html(text)
        if too_deep:
            tree, too_deep = _as_html(_INLINE_TAGS.sub(" ", text))
        if too_deep:
            raise DocumentRefused("damaged", f"“{name}” is nested beyond reason.", "Open it in a browser, print it to PDF and add that.")
    return tree


def parse_xml(untrusted: bytes) -> Element | None:
    """The tree of a small XML file of a book's container, read as far as it is sound; None where nothing of it is."""
    text = decode_page(untrusted)
    if text is None:
        return None
    tree = _as_xml(text)
    return tree if tree is not None else _as_xml(text, recover=True)


def local_name(tag: object) -> str:
    """An element's name without its namespace or prefix, in small letters; nothing for comments and the like."""
    return _local(tag) if isinstance(tag, str) else ""


@functools.lru_cache(maxsize=512)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace or prefix ("type" of `epub:type`, which has none in plain HTML)."""
    value = element.get(name)
    if value is not None:
        return value
    found = next((key for key in element.keys() if key.endswith((":" + name, "}" + name))), None)  # noqa: SIM118 — no mapping
    return (element.get(found) or "") if found is not None else ""


def _known(declared: str) -> str | None:
    try:
        name: str = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(name, name)
    # A page whose declaration could be read byte by byte is not in UTF-16, whatever it says.
    name = "utf-8" if name.startswith("utf-16") else name
    return name if name in _TEXT_ENCODINGS else None


def _as_xml(text: str, *, recover: bool = False) -> Element | None:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )
    written_out = _ENTITY.sub(_character, _without_doctype(text)).lstrip("\ufeff \t\r\n")
    try:
        return cast("Element | None", etree.fromstring(written_out.encode("utf-8", "replace"), parser))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _as_html(text: str) -> tuple[Element, bool]:
    """The tree, and whether the parser gave up because of its depth."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
    try:
        tree = cast("Element | None", etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser))
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    too_deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    if tree is None:
        tree = cast("Element", etree.fromstring("<html/>"))
    return tree, too_deep


def _without_doctype(text: str) -> str:
    """The text without its first document type; looked for once, where it may stand."""
    start = text[:8192].lower().find("<!doctype")
    found = _DOCTYPE.match(text, start) if start >= 0 else None
    return text if found is None else text[: found.start()] + text[found.end() :]


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _XML_OWN else html.entities.html5.get(name + ";", found[0])
