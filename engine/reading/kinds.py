"""What a file is, by its content; its name only decides between kinds of text.

A document that was opened is a `Book`, whatever its kind. `engine.reading.opening` knows which module opens which kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Literal, Protocol

from engine.cancellation import Cancellation
from engine.reading.containers import container_kind
from engine.reading.encodings import decode, unreadable
from engine.reading.foreign import OLE2, READ_INSTEAD, refuse_foreign_bytes, refuse_foreign_markup, refuse_old_office
from engine.reading.messages import OutlineEntry, PageRead, PageRecognised
from engine.trouble import DocumentRefused

Kind = Literal["pdf", "epub", "docx", "pptx", "odp", "odt", "html", "site", "markdown", "rst", "latex", "texinfo", "notebook", "code", "text"]
"""A site is a zip of web pages; code is source code of any language."""

TextKind = Literal["html", "markdown", "rst", "latex", "texinfo", "notebook", "code", "text"]

MAX_TEXT_BYTES = 32 * 2**20
"""A text file beyond this is a log or a dump, no reading matter."""

HEAD_BYTES = 64 * 1024
"""What is looked at to tell the kind of a file."""

_TEXT_SUFFIXES: dict[TextKind, frozenset[str]] = {
    "html": frozenset({".html", ".htm", ".xhtml", ".xht"}),
    "markdown": frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".myst"}),
    "rst": frozenset({".rst", ".rest"}),
    "latex": frozenset({".tex", ".ltx", ".latex"}),
    "texinfo": frozenset({".texi", ".texinfo", ".txi"}),
    "notebook": frozenset({".ipynb"}),
    "text": frozenset({".txt", ".text"}),
}
_CODE_ENDINGS = (
    ".py .pyi .java .c .h .cc .cpp .cxx .hh .hpp .cs .js .mjs .jsx .ts .tsx .go .rs .scm .ss .rkt .sld .hs .lhs .ml .mli .kt .kts .swift .sql .sh .bash "
    ".r .m .jl .lisp .lsp .cl .el .asm .s .v .sv .vhd .vhdl .pas .pp .rb .php .pl .pm .scala .clj .cljs .erl .ex .exs .pro .prolog .tla .lean .thy .agda "
    ".f .f90 .adb .ads .d .dart .lua .nim .zig .sml .sig .fs .fsx .vb .groovy .tcl .cu .glsl .coq .idr .elm .purs .awk .sage"
)
_CODE_SUFFIXES = frozenset(_CODE_ENDINGS.split())
READABLE_SUFFIXES: frozenset[str] = frozenset(
    {".pdf", ".epub", ".docx", ".docm", ".pptx", ".pptm", ".ppsx", ".odp", ".odt"}.union(_CODE_SUFFIXES, *_TEXT_SUFFIXES.values())
)
"""What is picked from a folder. A file that is named one by one is always tried: content decides its kind, not its name."""

DOCUMENT_SUFFIXES_NOT_READ: frozenset[str] = frozenset(
    {".doc", ".ppt", ".pps", ".rtf", ".mobi", ".azw", ".azw3", ".djvu", ".ps", ".fb2", ".chm", ".xps", ".pages", ".key"}
)
"""What a person would expect to be read from a folder although it can't be: opening one says why and what to do."""

_ZIP_SUFFIXES = frozenset({".epub", ".docx", ".docm", ".pptx", ".pptm", ".ppsx", ".odp", ".odt"})
_GENERATED_NAME = re.compile(
    r"\.min\.\w+$|\.bundle\.js$|[-.]min\.js$|_pb2(?:_grpc)?\.pyi?$|\.pb\.(?:go|cc|h)$|\.generated\.\w+$|\.g\.(?:cs|dart)$|\.designer\.cs$", re.IGNORECASE
)
_GENERATED_FOLDERS = frozenset({"node_modules", "__pycache__", "site-packages", "bower_components", "_static"})

_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_MARKDOWN_ELSE = re.compile(r"^(?:```|~~~)|\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\n]+\*\*", re.MULTILINE)
_HTML_ROOT = re.compile(r"\s*(?:<\?xml[^>]{0,500}\?>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,8}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_NOTEBOOK = re.compile(r'"cell_type"\s*:\s*"(?:code|markdown|raw|heading)"')
_LATEX_CLASS = re.compile(r"^[ \t]*\\document(?:class|style)\b", re.MULTILINE)
_LATEX_MARK = re.compile(r"^[ \t]*\\(?:chapter|section|subsection|begin|usepackage|input|include|maketitle)\b\*?[\[{]", re.MULTILINE)
_TEXINFO = re.compile(r"^\\input texinfo|^@setfilename\b", re.MULTILINE)
_TEXINFO_MARK = re.compile(r"^@(?:node|chapter|section|settitle) \S", re.MULTILINE)
_RST_DIRECTIVE = re.compile(r"^\.\. (?:[\w:-]+::|_[^\n:]+:)", re.MULTILINE)
_RST_HEADING = re.compile(r"^(?:([=~^\"*#-])\1{3,}\n)?\S[^\n]{2,}\n(?:={4,}|-{4,}|~{4,}|\^{4,}|\"{4,}|\*{4,})\s*$", re.MULTILINE)
_SHEBANG = re.compile(r"#!\s*/\S*(?:sh|python|perl|ruby|node|lua|awk|env)")


class Book(Protocol):
    """An opened document. `paged` says whether its pages are real ones or parts made for reading."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def pages(self) -> int: ...
    @property
    def paged(self) -> bool: ...
    @property
    def outline(self) -> tuple[OutlineEntry, ...]: ...

    def read(self, first_page: int, cancellation: Cancellation) -> Iterator[PageRead | PageRecognised]:
        """Pages from `first_page` on, in order, and signs of life in between.

        Raises:
            Stopped: the cancellation was set.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file; `name` is what a person calls it.

    Raises:
        DocumentRefused: missing, not a file, empty, not a PDF although its name says so, or of a kind that can't be read.
    """
    head, tail, size = _ends(path, name)
    suffix = PurePath(name).suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return container_kind(path, name, suffix)
    text = decode(head, whole=len(head) == size)
    if _is_pdf(head, text, suffix):
        return "pdf"
    if head.startswith(OLE2):
        refuse_old_office(name, head, _ole2_directory(path, head))
    refuse_foreign_bytes(name, head, is_text=text is not None)
    if text is None:
        if suffix in _ZIP_SUFFIXES:
            raise DocumentRefused("damaged", f"“{name}” is damaged: it is no {suffix} file inside.", "Download or copy it again.")
        raise DocumentRefused("unknown-kind", f"“{name}” is of a kind that ByteBrain can't read.", READ_INSTEAD)
    if not text.strip():
        raise DocumentRefused("empty", f"“{name}” is empty.", "Choose a file with text in it.")
    if size > MAX_TEXT_BYTES:
        raise DocumentRefused(
            "too-large", f"“{name}” is a text file of {size // 2**20} MB, which is more than ByteBrain reads.", "Split it into smaller files."
        )
    kind = text_kind(text, suffix, ending=tail.decode("utf-8", "replace"))
    if suffix == ".pdf":
        what = "a web page" if kind == "html" else "plain text"
        raise DocumentRefused(
            "not-a-pdf", f"“{name}” is {what} and not a PDF, although its name says so.", "Download it again, or give its name the right ending and add it."
        )
    refuse_foreign_markup(name, text)
    return kind


def text_kind(text: str, suffix: str, *, ending: str = "") -> TextKind:
    """The kind of a text by its beginning (and, for notebooks, its `ending`); the suffix decides where those leave it open."""
    named = next((kind for kind, suffixes in _TEXT_SUFFIXES.items() if suffix in suffixes), "code" if suffix in _CODE_SUFFIXES else None)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        if named == "notebook" or (_NOTEBOOK.search(text) and ('"nbformat"' in text or '"nbformat"' in ending)):
            return "notebook"
    elif named == "notebook":
        named = None
    if named not in ("code", "markdown") and _HTML_ROOT.match(text[:HEAD_BYTES]):
        return "html"
    if named == "latex" or named is None or named == "text":
        if _TEXINFO.search(text[:8192]) or (named != "latex" and len(_TEXINFO_MARK.findall(text)) >= 3):
            return "texinfo"
        if named != "latex" and (_LATEX_CLASS.search(text) or len(_LATEX_MARK.findall(text)) >= 3):
            return "latex"
    return named if named not in (None, "text") else _unnamed_kind(text, suffix)


def looks_generated(path: PurePath) -> bool:
    """Whether a file that a folder holds was made by a program (minified, bundled, installed), so that nobody studies it."""
    return bool(_GENERATED_NAME.search(path.name)) or not _GENERATED_FOLDERS.isdisjoint(path.parts[:-1])


def stem_of(name: str) -> str:
    """A title from a file's name."""
    return " ".join(PurePath(name).stem.replace("_", " ").split()) or name


def _unnamed_kind(text: str, suffix: str) -> TextKind:
    """The kind of a text whose name says nothing, or only that it is a text."""
    if len(_RST_DIRECTIVE.findall(text)) >= 2 and _RST_HEADING.search(text):
        return "rst"
    if suffix == "" and _SHEBANG.match(text):
        return "code"
    if suffix == "" and _MARKDOWN_HEADING.search(text) and _MARKDOWN_ELSE.search(text):
        return "markdown"
    return "text"


def _is_pdf(head: bytes, text: str | None, suffix: str) -> bool:
    """Headers are lost or follow after junk in PDFs that can still be repaired; a text that only speaks of PDFs mentions no object."""
    at = head.find(b"%PDF-", 0, 1024 + 5)
    if at == 0:
        return True
    if at > 0:
        return text is None or suffix == ".pdf" or b" obj" in head
    return suffix == ".pdf" and (b" obj" in head or (text is None and not head.startswith(OLE2)))


def _ole2_directory(path: Path, head: bytes) -> bytes:
    """What stands at the place where an old Office file's header says that its streams are named; nothing where that is a lie."""
    sector_size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    first = int.from_bytes(head[48:52], "little")
    try:
        with path.open("rb") as file:
            file.seek((first + 1) * sector_size)
            return file.read(HEAD_BYTES)
    except (OSError, OverflowError):
        return b""


def _ends(path: Path, name: str) -> tuple[bytes, bytes, int]:
    """The first and the last bytes of a file, and its size in bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            size = file.seek(0, 2)
            file.seek(max(0, size - 4096))
            tail = file.read(4096)
    except OSError as error:
        raise unreadable(name, error) from error
    if not head:
        raise DocumentRefused("empty", f"“{name}” is empty.", "Choose a file with text in it.")
    return head, tail, size
