"""What a zip file is: a book, a document, slides, a folder of web pages, or none of them. Only its list of names and tiny entries are looked at."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Literal

from engine.reading.foreign import refused
from engine.trouble import DocumentRefused

ContainerKind = Literal["epub", "docx", "pptx", "odp", "odt", "site"]

_SMALL_BYTES = 1024 * 1024
_CALIBRE = "Convert it to EPUB, with Calibre for example, and add that."
_AS_PDF = "Save it as a PDF and add that."
_ODF: tuple[tuple[str, ContainerKind | None, str], ...] = (
    ("application/vnd.oasis.opendocument.text", "odt", ""),
    ("application/vnd.oasis.opendocument.presentation", "odp", ""),
    ("application/vnd.oasis.opendocument.spreadsheet", None, "a spreadsheet"),
    ("application/vnd.oasis.opendocument.", None, "an OpenDocument drawing"),
)
_SUFFIXES: dict[str, ContainerKind] = {".epub": "epub", ".docx": "docx", ".docm": "docx", ".pptx": "pptx", ".pptm": "pptx", ".odp": "odp", ".odt": "odt"}


def container_kind(path: Path, name: str, suffix: str) -> ContainerKind:
    """The kind of a zip file; `suffix` decides only where its list of names is lost.

    Raises:
        DocumentRefused: it is a container of something that can't be read, or an archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()}
            mimetype = _entry(archive, names, "mimetype").strip()
            types = _entry(archive, names, "[Content_Types].xml")
            manifest = _entry(archive, names, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        if suffix in _SUFFIXES:
            return _SUFFIXES[suffix]
        raise DocumentRefused("damaged", f"“{name}” is damaged: it begins like a zip file but can't be opened.", "Download or copy it again.") from error
    kind = _by_mimetype(name, mimetype) or _by_content_types(name, types, names)
    if kind is None and "META-INF/container.xml" in names:
        return "epub"
    if kind is None:
        root = re.search(r'media-type="([^"]+)"[^>]*full-path="/"|full-path="/"[^>]*media-type="([^"]+)"', manifest)
        kind = _by_mimetype(name, (root[1] or root[2]) if root else "")
    return kind or _by_names(name, names)


def _entry(archive: zipfile.ZipFile, names: Collection[str], entry: str) -> str:
    """The beginning of a small entry as text, or nothing where it is missing or damaged."""
    if entry not in names:
        return ""
    try:
        with archive.open(entry) as file:
            return file.read(_SMALL_BYTES).decode("utf-8", "replace").replace("\x00", "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):  # RuntimeError: it is encrypted
        return ""


def _by_mimetype(name: str, mimetype: str) -> ContainerKind | None:
    if mimetype.startswith("application/epub+zip"):
        return "epub"
    if mimetype.startswith("application/hwp+zip"):
        raise refused(name, "a Hangul file", "Save it as .docx or as a PDF and add that.")
    for prefix, kind, what in _ODF:
        if mimetype.startswith(prefix):
            if kind is None:
                raise refused(name, what, _AS_PDF)
            return kind
    return None


def _by_content_types(name: str, types: str, names: Collection[str]) -> ContainerKind | None:
    """What an Office file (or another file of that family) says that its main part is; embedded files have types too, but no `.main+xml`."""
    main = re.search(r"(?:wordprocessingml|presentationml|spreadsheetml|ms-word|ms-powerpoint|ms-excel|visio)[\w.-]*\.main\+xml", types)
    said = main[0] if main else ""
    if said.startswith(("wordprocessingml", "ms-word")) or "word/document.xml" in names:
        return "docx"
    if said.startswith(("presentationml", "ms-powerpoint")) or "ppt/presentation.xml" in names:
        return "pptx"
    if said.startswith(("spreadsheetml", "ms-excel")) or "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise refused(name, "a spreadsheet", "Save what you want to read as a PDF and add that.")
    if said.startswith("visio"):
        raise refused(name, "a Visio drawing", _AS_PDF)
    if "ms-package.xps" in types or "oxps" in types or "FixedDocSeq.fdseq" in names:
        raise refused(name, "an XPS file", "Print or convert it to PDF and add that.")
    return None


def _by_names(name: str, names: Collection[str]) -> ContainerKind:
    """A folder of web pages, or the refusal of whatever else it is."""
    files = [PurePosixPath(entry) for entry in names if not entry.endswith("/") and not entry.startswith("__MACOSX/")]
    suffixes = {file.suffix.lower() for file in files}
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise refused(name, "a program", "Choose a document.")
    if ".iwa" in suffixes or "index.apxl" in names or "Index.zip" in names:
        raise refused(name, "a Pages, Keynote or Numbers file", "Export it as a PDF, Word or PowerPoint file and add that.")
    if any(file.name == "data.pkl" for file in files):
        raise refused(name, "a file of model weights", "Choose a document.", "is-a-model")
    if ".fb2" in suffixes:
        raise refused(name, "a FictionBook", _CALIBRE)
    if {".html", ".htm", ".xhtml"} & suffixes:
        return "site"
    if suffixes and suffixes <= {".jpg", ".jpeg", ".png", ".gif", ".webp", ".xml", ""}:
        raise refused(name, "an archive of pictures", "Save them as a PDF: text in the pictures of a PDF is recognised.")
    if PurePosixPath(name).suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods"):
        raise refused(name, "a spreadsheet", "Save what you want to read as a PDF and add that.")
    raise refused(name, "an archive", "Unpack it and add the folder.")
