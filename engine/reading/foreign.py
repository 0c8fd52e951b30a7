"""What ByteBrain can't read, known by its first bytes: what it is in plain words, and what a person can do about it.

Only the beginning of a file is looked at, and for old Office files their directory. Nothing here opens a container.
"""

from __future__ import annotations

import re

from engine.trouble import DocumentRefused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Office files before 2007, and of encrypted ones since."""

READ_INSTEAD = "Add it as a PDF, EPUB, Word, PowerPoint, HTML, Markdown or text file."

_IMAGE = "Save it as a PDF: text in the pictures of a PDF is recognised."
_UNPACK = "Unpack it and add the folder."
_RECORDING = "Add a transcript or the slides instead."

_OFFICE_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "an old Word file", "Save it as .docx and add that."),
    ("PowerPoint Document", "an old PowerPoint file", "Save it as .pptx and add that."),
    ("PP97_DUALSTORAGE", "an old PowerPoint file", "Save it as .pptx and add that."),
    ("Workbook", "a spreadsheet", "Save what you want to read as a PDF and add that."),
    ("Book", "a spreadsheet", "Save what you want to read as a PDF and add that."),
    ("Quill", "a Publisher file", "Save it as a PDF and add that."),
    ("VisioDocument", "a Visio drawing", "Save it as a PDF and add that."),
    ("HwpSummaryInformation", "a Hangul file", "Save it as .docx or as a PDF and add that."),
    ("__properties_version1.0", "an e-mail", "Save its text or its attachments and add those."),
)

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"{\\rtf", "an RTF file", "Save it as .docx and add that."),
    (60, b"BOOKMOBI", "a Kindle book", "Convert it to EPUB, with Calibre for example, and add that."),
    (60, b"TEXtREAd", "a Palm book", "Convert it to EPUB, with Calibre for example, and add that."),
    (0, b"TPZ", "a Kindle book", "Convert it to EPUB, with Calibre for example, and add that."),
    (0, b"\xeaDRMION\xee", "a Kindle book with copy protection", "Add an edition without copy protection."),
    (0, b"ITOLITLS", "an old e-book (LIT)", "Convert it to EPUB, with Calibre for example, and add that."),
    (0, b"ITSF", "a Windows help file (CHM)", "Convert it to EPUB or HTML and add that."),
    (0, b"AT&TFORM", "a DjVu file", "Convert it to PDF, with djvups or a DjVu viewer, and add that."),
    (0, b"%!PS", "a PostScript file", "Convert it to PDF, with ps2pdf for example, and add that."),
    (0, b"\x04%!PS", "a PostScript file", "Convert it to PDF, with ps2pdf for example, and add that."),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript file", "Convert it to PDF, with ps2pdf for example, and add that."),
    (0, b"\xf7\x02\x01\x83\x92\xc0", "a DVI file of TeX", "Convert it to PDF, with dvipdfm for example, and add that."),
    (0, b"\xffWPC", "a WordPerfect file", "Save it as .docx and add that."),
    (0, b"HWP Document File", "a Hangul file", "Save it as .docx or as a PDF and add that."),
    (0, b"\x89PNG\r\n", "a picture", _IMAGE),
    (0, b"\xff\xd8\xff", "a picture", _IMAGE),
    (0, b"GIF87a", "a picture", _IMAGE),
    (0, b"GIF89a", "a picture", _IMAGE),
    (0, b"II*\x00", "a picture", _IMAGE),
    (0, b"MM\x00*", "a picture", _IMAGE),
    (8, b"WEBP", "a picture", _IMAGE),
    (4, b"ftyphei", "a picture", _IMAGE),
    (4, b"ftypavif", "a picture", _IMAGE),
    (4, b"ftypmif1", "a picture", _IMAGE),
    (4, b"jP  \r\n", "a picture", _IMAGE),
    (0, b"8BPS", "a Photoshop picture", _IMAGE),
    (0, b"\x00\x00\x01\x00", "a picture", _IMAGE),
    (8, b"WAVE", "a sound recording", _RECORDING),
    (0, b"ID3", "a sound recording", _RECORDING),
    (0, b"\xff\xfb", "a sound recording", _RECORDING),
    (0, b"\xff\xf3", "a sound recording", _RECORDING),
    (0, b"fLaC", "a sound recording", _RECORDING),
    (0, b"MThd", "a sound recording", _RECORDING),
    (0, b"OggS", "a recording", _RECORDING),
    (4, b"ftypM4A", "a sound recording", _RECORDING),
    (4, b"ftyp", "a video", _RECORDING),
    (8, b"AVI ", "a video", _RECORDING),
    (0, b"\x1aE\xdf\xa3", "a video", _RECORDING),
    (0, b"FLV\x01", "a video", _RECORDING),
    (0, b"\x00\x00\x01\xba", "a video", _RECORDING),
    (0, b"\x00\x00\x01\xb3", "a video", _RECORDING),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a video", _RECORDING),
    (0, b"\x1f\x8b", "a compressed file", _UNPACK),
    (0, b"BZh", "a compressed file", _UNPACK),
    (0, b"\xfd7zXZ", "a compressed file", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a compressed file", _UNPACK),
    (0, b"\x04\x22\x4d\x18", "a compressed file", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "an archive", _UNPACK),
    (0, b"MSCF", "an archive", _UNPACK),
    (0, b"!<arch>\n", "an archive", _UNPACK),
    (257, b"ustar", "an archive", _UNPACK),
    (0x8001, b"CD001", "the image of a disk", "Open it and add the files that are in it."),
    (0, b"MZ", "a program", "Choose a document."),
    (0, b"\x7fELF", "a program", "Choose a document."),
    (0, b"\xfe\xed\xfa", "a program", "Choose a document."),
    (0, b"\xcf\xfa\xed\xfe", "a program", "Choose a document."),
    (0, b"\xca\xfe\xba\xbe", "a program", "Choose a document."),
    (0, b"\x00asm", "a program", "Choose a document."),
    (0, b"dex\n0", "a program", "Choose a document."),
    (0, b"SQLite format 3\x00", "a database", "Choose a document."),
    (0, b"\x89HDF\r\n", "a data file", "Choose a document."),
    (0, b"\x93NUMPY", "a data file", "Choose a document."),
    (0, b"\x00\x01\x00\x00\x00", "a font", "Choose a document."),
    (0, b"OTTO\x00", "a font", "Choose a document."),
    (0, b"wOF", "a font", "Choose a document."),
)
"""(offset, bytes, what it is, remedy), the first that fits."""

_PLAIN_LETTERS = frozenset({b"MZ", b"BZh", b"ID3", b"TPZ", b"MSCF", b"MThd", b"ITSF", b"wOF", b"8BPS", b"OggS", b"WEBP", b"WAVE", b"AVI ", b"ftyp"})
"""Signatures that a text could begin with: they count only where the rest is no text."""

_BITMAP = re.compile(rb"BM.{4}\x00\x00\x00\x00.{4}[\x0c\x28\x38\x6c\x7c]\x00\x00\x00", re.DOTALL)
_SAFETENSORS = re.compile(rb".{5}\x00\x00\x00\{\"", re.DOTALL)

_MARKUP: tuple[tuple[str, str, str], ...] = (
    (r"<FictionBook[\s>]", "a FictionBook", "Convert it to EPUB, with Calibre for example, and add that."),
    (r"<svg[\s>]", "a picture", _IMAGE),
    (r"<office:document[\s>]", "a flat OpenDocument file", "Save it as .odt or .odp and add that."),
    (r"<w:wordDocument[\s>]|<pkg:package[\s>]", "a Word file saved as XML", "Save it as .docx and add that."),
)
_MHTML = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type:[ \t]*multipart/related)", re.IGNORECASE)


def refused(name: str, what: str, remedy: str, code: str = "unreadable-kind") -> DocumentRefused:
    """The refusal of a file of a kind that has a name."""
    return DocumentRefused(code, f"“{name}” is {what}.", remedy)


def refuse_foreign_bytes(name: str, head: bytes, *, is_text: bool) -> None:
    """Do nothing unless the first bytes (64 KiB or the whole file) are those of a kind that has a name and can't be read.

    Raises:
        DocumentRefused: they are.
    """
    if head.startswith(b"GGUF"):
        raise DocumentRefused(
            "is-a-model", f"“{name}” is a language model and no document.", "Drop it on the window, or put it on the shelf with `bytebrain models add`."
        )
    for offset, signature, what, remedy in _SIGNATURES:
        if head.startswith(signature, offset) and not (is_text and signature in _PLAIN_LETTERS):
            raise refused(name, what, remedy)
    if _BITMAP.match(head):
        raise refused(name, "a picture", _IMAGE)
    if _SAFETENSORS.match(head):
        raise refused(name, "a file of model weights", "Choose a document.", "is-a-model")


def refuse_old_office(name: str, head: bytes, directory: bytes) -> None:
    """Refuse what begins like an Office file before 2007; `directory` is what lies where its header says that its streams are named.

    Raises:
        DocumentRefused: always.
    """
    streams = directory + head
    if "EncryptedPackage".encode("utf-16-le") in streams:
        raise refused(name, "locked with a password", "Open it in Office, save it without a password and add that.", "encrypted-office")
    for stream, what, remedy in _OFFICE_STREAMS:
        # `bytes.upper` changes ASCII letters only; some programs write the names in capitals.
        if (stream.encode("utf-16-le") + b"\x00\x00").upper() in streams.upper():
            raise refused(name, what, remedy)
    raise refused(name, "an old Office file", "Save it in today's format (.docx, .pptx) or as a PDF and add that.")


def refuse_foreign_markup(name: str, text: str) -> None:
    """Do nothing unless the beginning of a text is markup of a kind that has a name and can't be read.

    Raises:
        DocumentRefused: it is.
    """
    if text.lstrip().startswith("<"):
        for pattern, what, remedy in _MARKUP:
            found = re.search(pattern, text[:4096])
            # A web page may hold a drawing; what stands before the root element is a declaration, a comment or nothing.
            if found and not re.search(r"<(?:html|head|body|div|p)\b", text[: found.start()], re.IGNORECASE):
                raise refused(name, what, remedy)
    elif _MHTML.match(text[:4096]) and "multipart/related" in text[:4096].lower():
        raise refused(name, "a web page saved as one file (MHTML)", "Save it as an HTML page or as a PDF and add that.")
