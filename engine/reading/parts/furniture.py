"""What of a web page is no reading matter, and what its elements are: judged by names, roles and classes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.reading.messages import BlockKind, PageKind
from engine.reading.parts.webtree import Element, attribute, local_name

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "listing",
        "xmp",
        "plaintext",
        "optgroup",
    ]
)
CODE = frozenset({"pre", "listing", "xmp", "plaintext"})
STRONG = frozenset({"b", "strong", "i", "em", "dfn"})
_STRONG_CLASSES = frozenset({"bold", "italic", "bolditalic", "emphasis", "strong"})

_NOT_READ = frozenset(
    [
        "head",
        "noscript",
        "script",
        "style",
        "template",
        "noscript",
        "button",
        "select",
        "input",
        "textarea",
        "iframe",
        "frame",
        "frameset",
        "audio",
        "video",
        "canvas",
        "map",
        "noframes",
        "rt",
        "rp",
        "svg",
        "datalist",
        "progress",
        "meter",
        "applet",
        "embed",
        "param",
        "source",
        "track",
        "link",
        "meta",
        "base",
        "basefont",
        "bgsound",
    ]
)
_NOT_READ_ROLES = frozenset({"navigation", "banner", "search", "menu", "menubar", "toolbar", "doc-backlink", "doc-pagebreak", "dialog", "alert"})
_NOT_READ_TYPES = frozenset({"pagebreak", "page-list", "landmarks", "backlink"})
_NOT_READ_CLASSES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "navheader",
        "navfooter",
        "nav-links",
        "navlinks",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "pager",
        "prev-next",
        "prevnext",
        "skip-link",
        "skiplink",
        "headerlink",
        "anchor-link",
        "anchorjs-link",
        "permalink",
        "hash-link",
        "mw-editsection",
        "mw-jump-link",
        "noprint",
        "sphinxsidebar",
        "related",
        "wy-nav-side",
        "wy-nav-top",
        "site-header",
        "site-footer",
        "page-header-nav",
        "sidebar-nav",
        "cookie-banner",
        "lineno",
        "linenos",
        "linenodiv",
        "line-numbers",
        "gutter",
        "linenumber",
        "sr-only-link",
        "top-jump",
        "rst-footer-buttons",
        "rst-versions",
        "copybtn",
        "edit-this-page",
        "prev-next-area",
        "bd-sidebar",
        "toc-sidebar",
        "md-sidebar",
        "md-header",
        "md-footer",
        "chapterNav",
        "MathJax_Preview",
        "katex-html",
        "mw-empty-elt",
    ]
)
_BESIDE_CODE = frozenset({"boring", "lineno", "linenos", "linenodiv", "line-numbers", "gutter", "linenumber", "line-number"})
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOTE_TYPES = frozenset({"footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "doc-endnotes"})
_NOTE_CLASSES = frozenset(
    {"footnote", "footnotes", "endnote", "endnotes", "fn", "footnotetext", "ltx_note_content", "footnote-definition", "footnote-text", "references-notes"}
)
_NOTE_MARK_CLASSES = frozenset(
    {"footnote_link", "footnote-ref", "footnoteref", "footnote-reference", "footnotemark", "noteref", "fnref", "footnote_ref", "note-ref", "reference"}
)
_BACK_CLASSES = frozenset(
    {"footnote-back", "footnote-backref", "footnote_backlink", "backlink", "reversefootnote", "fn-backref", "data-footnote-backref", "footnote-backlink"}
)
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[ivx]{1,5}|[a-z]|[*†‡§¶#]{1,3})[\])]?|\[?(?:note|nb|n)\s*\d{1,3}\]?", re.IGNORECASE)
_BOX_TYPES = frozenset({"note", "tip", "warning", "caution", "important", "sidebar", "example", "figure"})
_BOX_CLASSES = frozenset({"admonition", "note", "tip", "warning", "caution", "sidebar", "callout", "alert"})
_THEOREM = re.compile(
    r"(?:ltx_theorem|thm|defn|theorem|lemma|proposition|corollary|definition|remark|axiom|conjecture|example-block|theorem-block|theorem-like|proofstatement)s?(?:_\w+)?"
)
_CONTENTS_TYPES = frozenset({"toc", "toc-brief", "loi", "lot", "loa", "lov"})
_CONTENTS_CLASSES = frozenset(
    {
        "toc",
        "contents",
        "shortcontents",
        "table-of-contents",
        "tableofcontents",
        "toctree-wrapper",
        "ltx_toc",
        "detailmenu",
        "list-of-tables",
        "list-of-figures",
    }
)
_INDEX_CLASSES = frozenset({"indextable", "genindextable", "index-cp", "printindex", "theindex"})

_CONTENTS_TITLE = re.compile(
    r"(?:brief|short|detailed|summary|full|table)*(?:of)?contents|listof[a-z]+|目录|inhalt(?:sverzeichnis)?|tabledesmatières|índice|sommaire|toc"
)
_INDEX_TITLE = re.compile(
    r"(?:term|subject|general|name|author|concept|function|symbol|alphabetical|keyword|combined)?index(?:of[a-z]+|entries)?|索引|sachverzeichnis|stichwortverzeichnis"
)
_BAR_WORDS = re.compile(
    r"\b(?:next|previous|prev|up|home|top|back|forward|contents|index|table of|toc|continue|start|first|last|parent|return|to|the|page|chapter|section)\b"
    r"|[\W\d_]+",
    re.IGNORECASE,
)


def is_marked(element: Element) -> bool:
    """Whether it has attributes at all; most elements have none, and then there is nothing to ask."""
    return bool(element.keys())


def classes(element: Element) -> frozenset[str]:
    """The class names of an element."""
    return frozenset((element.get("class") or "").split())


def kinds_of(element: Element) -> frozenset[str]:
    """What `epub:type` says the element is; plain HTML uses `type` for other things, so only the prefixed one counts."""
    found = next((key for key in element.keys() if key.endswith(("}type", ":type"))), None)  # noqa: SIM118 — no mapping
    return frozenset((element.get(found) or "").lower().split()) if found is not None else frozenset()


def is_left_out(element: Element, name: str) -> bool:
    """Whether neither the element nor what is in it is read."""
    if name in _NOT_READ or not name:
        return True
    if not element.keys():
        return name == "footer" or name == "nav" or (name == "header" and not _holds_heading(element))
    role, kinds, names = (element.get("role") or "").lower(), kinds_of(element), classes(element)
    if name == "nav" or role == "navigation":
        return not (kinds & _CONTENTS_TYPES or role in ("doc-toc", "doc-index") or kinds & {"index"}) or "hidden" in element.keys()  # noqa: SIM118
    if role in _NOT_READ_ROLES and not _holds_heading(element):
        return True
    if _is_hidden(element, names) or kinds & _NOT_READ_TYPES or names & _NOT_READ_CLASSES:
        return True
    if name == "header":
        return not _holds_heading(element)
    if name == "footer":
        return not (kinds & _NOTE_TYPES or names & _NOTE_CLASSES or role.startswith("doc-"))
    return name == "object" and (element.get("type") or "").startswith("image/")


def is_beside_code(element: Element) -> bool:
    """Whether it is the number of a line, or a line that readers don't see."""
    return bool(classes(element) & _BESIDE_CODE)


def is_note(element: Element) -> bool:
    """Whether it holds foot- or endnotes."""
    return bool(kinds_of(element) & _NOTE_TYPES or (element.get("role") or "").lower() in _NOTE_ROLES or classes(element) & _NOTE_CLASSES)


def is_note_mark(element: Element, text: str) -> bool:
    """Whether a link is but the mark of a footnote in the running text; it would stick to the word before it."""
    if kinds_of(element) & {"noteref"} or (element.get("role") or "").lower() == "doc-noteref":
        return len(text) <= 12
    mark = _MARK.fullmatch(text.strip()) is not None
    return mark and bool({each.lower() for each in classes(element)} & _NOTE_MARK_CLASSES)


def is_way_back(element: Element, text: str) -> bool:
    """Whether a link only leads from a note back to its mark, or from a heading to itself."""
    if text.strip() in ("↩", "↩︎", "↵", "^", "↑", "⏎", "¶", "#", "§", "🔗", "⇑", "⇡", "⇣", "⮌", "Back", "back", "[edit]"):
        return True
    return bool(classes(element) & _BACK_CLASSES) and not _MARK.fullmatch(text.strip())


def leads_back(link: Element) -> bool:
    """Whether a link stands at a note and leads back to its mark."""
    return bool(classes(link) & _BACK_CLASSES)


def is_emphasised(element: Element, name: str) -> bool:
    """Whether it is set in bold or italics."""
    return name in STRONG or (name == "span" and bool(classes(element) & _STRONG_CLASSES))


def is_theorem(element: Element) -> bool:
    """Whether it is a numbered statement that is kept whole."""
    return is_marked(element) and any(_THEOREM.fullmatch(name.lower()) for name in classes(element))


def is_box(element: Element, name: str) -> bool:
    """Whether it is a note, a warning or the like beside the running text."""
    return name in ("aside", "figure") or (is_marked(element) and (element.get("data-type") in _BOX_TYPES or bool(classes(element) & _BOX_CLASSES)))


def is_equation(table: Element) -> bool:
    """Whether a table only sets a formula and its number side by side."""
    return any("equation" in each or "eqn" in each for each in classes(table))


def role_of(element: Element) -> PageKind | None:
    """Whether what is in it belongs to a table of contents or an index."""
    if not is_marked(element):
        return None
    role, kinds, names = (element.get("role") or "").lower(), kinds_of(element), classes(element)
    if role == "doc-index" or "index" in kinds or names & _INDEX_CLASSES:
        return "index"
    identifier = (element.get("id") or "").lower()
    if role == "doc-toc" or kinds & _CONTENTS_TYPES or names & _CONTENTS_CLASSES or identifier in ("toc", "table-of-contents", "tableofcontents"):
        return "contents"
    return None


def role_of_title(title: str) -> PageKind | None:
    """The same, by what a heading says."""
    plain = re.sub(r"[\W\d_]", "", title.casefold())
    return "index" if _INDEX_TITLE.fullmatch(plain) else "contents" if _CONTENTS_TITLE.fullmatch(plain) else None


def is_link_bar(text: str, links: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a line does nothing but lead elsewhere in the same document: "Next: … Up: … [Contents]"."""
    if not links or any(re.match(r"[a-zA-Z][\w+.-]*:", href) for _, _, href in links):
        return False
    outside, position = "", 0
    for start, end, _ in links:
        outside += text[position:start]
        position = end
    outside += text[position:]
    if _BAR_WORDS.sub("", outside):
        return False
    return len(links) >= 2 or not _BAR_WORDS.sub("", text)


def kind_in(element: Element, name: str) -> BlockKind | None:
    """The kind of the blocks in it, where it decides that."""
    if name in ("figcaption", "caption") or (name in ("p", "div") and "caption" in classes(element)):
        return "caption"
    return "footnote" if is_marked(element) and is_note(element) else None


def _holds_heading(element: Element) -> bool:
    return any(local_name(each.tag) in ("h1", "h2", "h3", "h4", "h5", "h6") for each in element.iter())


def _is_hidden(element: Element, names: frozenset[str]) -> bool:
    if element.get("aria-hidden") == "true":
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        # Wikipedia and others keep the formula itself in an invisible twin of its picture.
        return not any("math" in each.lower() for each in names) and attribute(element, "type") != "math/tex"
    return False
