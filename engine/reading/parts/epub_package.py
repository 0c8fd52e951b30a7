"""What an EPUB says about itself: title, reading order, contents, and whether it is protected against copying."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from engine.reading.messages import PageKind
from engine.reading.parts import furniture
from engine.reading.parts.archive import Archive, target_of
from engine.reading.parts.composing import seen
from engine.reading.parts.webtree import Element, local_name, parse_page, parse_xml
from engine.trouble import DocumentRefused

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_OBFUSCATION = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", "application/html"})
_PAGE_SUFFIXES = (".xhtml", ".html", ".htm", ".xht", ".xml")
_CONVERT = "Download it again, or convert it with Calibre and add that."

DEEPEST = 8
"""The lowest level of an entry of the contents that is told apart."""


@dataclass(frozen=True, slots=True)
class Target:
    """An entry of the book's contents and the place that it leads to."""

    level: int
    title: str
    entry: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the book says about itself. `spine` are the pages' entries in order; `roles` those that are contents or an index."""

    title: str
    spine: tuple[str, ...]
    contents: tuple[Target, ...]
    roles: Mapping[str, PageKind]


@dataclass(frozen=True, slots=True)
class _Item:
    entry: str
    media_type: str
    properties: frozenset[str]
    fallback: str


def read_package(archive: Archive, name: str) -> Package:
    """What the book in this container says about itself.

    Raises:
        DocumentRefused: it is protected, or nothing in it says what belongs to it.
    """
    where = _package_entry(archive)
    tree = parse_xml(archive.read(where)) if where is not None else None
    if where is None or tree is None:
        raise DocumentRefused("damaged", f"“{name}” is damaged: nothing in it says which pages belong to the book.", _CONVERT)
    items = dict(_items(archive, where, tree))
    spine = tuple(dict.fromkeys(_spine(archive, tree, items)))
    _refuse_protected(archive, spine, name)
    navigation = next((item.entry for item in items.values() if "nav" in item.properties), None)
    ncx = next((item.entry for item in items.values() if item.media_type == "application/x-dtbncx+xml" or item.entry.lower().endswith(".ncx")), None)
    contents = _from_navigation(archive, navigation) or _from_ncx(archive, ncx)
    roles: dict[str, PageKind] = {navigation: "contents"} if navigation is not None else {}
    for node in _named(tree, "reference"):
        kind, entry = (node.get("type") or "").lower(), _existing(archive, where, node.get("href"))
        if entry is not None and kind in ("toc", "index"):
            roles.setdefault(entry, "contents" if kind == "toc" else "index")
    # Some name a whole book of one page as its own table of contents.
    return Package(_title(tree), spine, contents, {entry: role for entry, role in roles.items() if len(spine) > 1 or entry == navigation})


def _package_entry(archive: Archive) -> str | None:
    """The package document that the container names, else the first one that there is."""
    found = archive.find(_CONTAINER)
    tree = parse_xml(found) if found is not None else None
    for node in _named(tree, "rootfile") if tree is not None else ():
        entry = _existing(archive, "", node.get("full-path"))
        if entry is not None:
            return entry
    return next((entry for entry in archive.names if entry.lower().endswith(".opf")), None)


def _items(archive: Archive, where: str, tree: Element) -> Iterator[tuple[str, _Item]]:
    for node in _named(tree, "item"):
        entry = _existing(archive, where, node.get("href"))
        if entry is not None:
            properties = frozenset((node.get("properties") or "").split())
            yield node.get("id") or entry, _Item(entry, (node.get("media-type") or "").lower(), properties, node.get("fallback") or "")


def _spine(archive: Archive, tree: Element, items: Mapping[str, _Item]) -> Iterator[str]:
    """The pages in reading order; where the spine leads to none, all pages that are listed, else all that are there."""
    read = False
    for node in _named(tree, "itemref"):
        item = items.get(node.get("idref") or "")
        for _ in range(4):  # what can't be shown may name a page to show instead
            if item is None or _is_page(item):
                break
            item = items.get(item.fallback)
        if item is not None and _is_page(item):
            read = True
            yield item.entry
    if not read:
        listed = [item.entry for item in items.values() if _is_page(item) and "nav" not in item.properties]
        yield from listed or [entry for entry in archive.names if entry.lower().endswith((".xhtml", ".html", ".htm"))]


def _is_page(item: _Item) -> bool:
    return item.media_type in _PAGE_TYPES or (
        not item.media_type.startswith(("image/", "audio/", "video/", "font/")) and item.entry.lower().endswith(_PAGE_SUFFIXES)
    )


def _existing(archive: Archive, base: str, reference: str | None) -> str | None:
    """The entry that a reference leads to, also where its letters' case or composition is another."""
    target = target_of(base, reference or "") if reference else None
    if target is None:
        return None
    for spelling in (target, unicodedata.normalize("NFC", target), unicodedata.normalize("NFD", target), posixpath.normpath(unquote(reference or ""))):
        if archive.holds(spelling):
            return spelling
    return None


def _refuse_protected(archive: Archive, spine: tuple[str, ...], name: str) -> None:
    """Raise where pages are encrypted. Fonts may be: that is how they are kept from being copied."""
    found = archive.find(_ENCRYPTION)
    tree = parse_xml(found) if found is not None else None
    if tree is None:
        return
    pages = {entry.lower() for entry in spine}
    for data in _named(tree, "encrypteddata"):
        method = next((node.get("Algorithm") or "" for node in _named(data, "encryptionmethod")), "")
        if method in _FONT_OBFUSCATION:
            continue
        for node in _named(data, "cipherreference"):
            if (target_of("", node.get("URI") or "") or "").lower() in pages:
                remedy = "Open it in the reader of the shop where you got it; ByteBrain can read copies without protection only."
                raise DocumentRefused("protected", f"“{name}” is protected against copying (DRM): its pages are encrypted.", remedy)


def _title(tree: Element) -> str:
    for node in _named(tree, "title"):
        text = " ".join(seen("".join(_texts(node))).split())
        if text:
            return text
    return ""


def _from_navigation(archive: Archive, entry: str | None) -> tuple[Target, ...]:
    """The contents that the navigation page of an EPUB 3 lists."""
    found = archive.find(entry)
    if found is None or entry is None:
        return ()
    navs = list(_named(parse_page(found, entry), "nav"))
    toc = next((node for node in navs if "toc" in furniture.kinds_of(node) or (node.get("role") or "") == "doc-toc"), navs[0] if navs else None)
    return tuple(_listed(archive, entry, toc)) if toc is not None else ()


def _listed(archive: Archive, base: str, toc: Element) -> Iterator[Target]:
    """The links of nested lists, each with its depth."""
    waiting: list[tuple[Element, int]] = [(toc, 0)]
    while waiting:
        node, depth = waiting.pop()
        name = local_name(node.tag)
        if name in ("a", "span") and depth:
            yield from _target(archive, base, node.get("href"), "".join(_texts(node)), depth)
            continue
        deeper = depth + (name in ("ol", "ul"))
        waiting += [(child, deeper) for child in reversed(list(node))]


def _from_ncx(archive: Archive, entry: str | None) -> tuple[Target, ...]:
    """The contents of an EPUB 2."""
    found = archive.find(entry)
    tree = parse_xml(found) if found is not None else None
    if tree is None or entry is None:
        return ()
    return tuple(_points(archive, entry, tree))


def _points(archive: Archive, base: str, tree: Element) -> Iterator[Target]:
    waiting: list[tuple[Element, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        name = local_name(node.tag)
        children = list(node)
        if name == "navpoint":
            depth += 1
            label = next(("".join(_texts(child)) for child in children if local_name(child.tag) == "navlabel"), "")
            source = next((child.get("src") for child in children if local_name(child.tag) == "content"), None)
            yield from _target(archive, base, source, label, depth)
        if name not in ("pagelist", "navlist", "navlabel"):
            waiting += [(child, depth) for child in reversed(children)]


def _target(archive: Archive, base: str, reference: str | None, title: str, depth: int) -> Iterator[Target]:
    entry = _existing(archive, base, reference)
    text = " ".join(seen(title).split())
    if entry is not None and text:
        yield Target(min(depth, DEEPEST), text, entry, unquote((reference or "").partition("#")[2]))


def _named(tree: Element, name: str) -> Iterator[Element]:
    return (node for node in tree.iter() if local_name(node.tag) == name)


def _texts(node: Element) -> Iterator[str]:
    for each in node.iter():
        yield each.text or ""
        if each is not node:
            yield each.tail or ""
