"""Bytes to text: which encoding a file is in, and what of its characters can be seen.

A byte order mark decides, then UTF-8 (which other encodings are never by accident), then what the file itself declares, then
chardet's guess. What a reader of the file can't see (control characters, zero-width marks, text hidden in tags or drawn
backwards) doesn't survive; what a script needs (joiners between letters, right-to-left text in the order in which it is
read) does.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from engine.trouble import DocumentRefused

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(
    rb"""coding[:=][ \t]*(?P<python>[-\w.]+)
       | <\?xml[^>]{0,200}?encoding\s*=\s*["'](?P<xml>[-\w.]+)
       | <meta[^>]{0,300}?charset\s*=\s*["']?(?P<html>[-\w.]+)
       | \\usepackage\s*\[(?P<latex>[-\w.]+)\]\s*\{inputenc\}
       | ^@documentencoding\s+(?P<texinfo>[-\w.]+)""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_DECLARED_BYTES = 8192
_GUESS_BYTES = 256 * 1024
"""As much as chardet looks at; more didn't change a guess and takes longer."""

_WIDER: dict[str, str] = {
    "latin1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "ansinew": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "hz": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "tis-620": "cp874", "cp1252": "cp1252", "applemac": "mac_roman",
}  # fmt: skip
"""What people write, and the larger encoding that is meant (as browsers do)."""

_TEXT_CODECS = re.compile(r"utf[-_]?(?:8|16|32)|cp\d+|iso|latin|koi8|gb|hz|big5|shift_jis|euc|johab|mac|tis|ptcp|windows|ascii|kz1048", re.IGNORECASE)
_WESTERN_MARKS = frozenset("‘’“”„‚–—…•€©®™°±·×÷«»§¶¿¡½¼¾²³µ¬ªº†‡‰‹›¢£¥ \u00ad")
"""Marks of Windows Latin: a text whose only foreign characters are these is in it, and too short of letters for a guess."""

_WESTERN_LETTERS = frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüßÿÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜ") | _WESTERN_MARKS
"""Two or three of these in a whole text are a name or a loan-word, too little for a guess."""

_LINE_ENDS = re.compile(r"\r\n?")
_OTHER_BREAKS = re.compile(r"[\f\v\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
    # Joiners are part of Persian and Indian words; anywhere else they only break words for searches.
    "|(?<![\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc])[\u200c\u200d]"
)


_TAGS = re.compile(rb"(?<!\xf0\x9f\x8f\xb4)(?<!\xf3\xa0[\x80\x81][\x80-\xbf])(?:\xf3\xa0[\x80\x81][\x80-\xbf])+")
"""Tags after a black flag choose the flag of a country's part."""


def read_text(path: Path, name: str) -> str:
    """The whole text of a file with `\\n` line ends and without what can't be seen.

    Raises:
        DocumentRefused: it is no text after all, or can't be read.
    """
    try:
        text = decode(path.read_bytes(), whole=True)
    except OSError as error:
        raise unreadable(name, error) from error
    if text is None:
        raise DocumentRefused("unknown-kind", f"“{name}” is of a kind that ByteBrain can't read.", "Add it as a PDF, Markdown or plain text file.")
    return clean_text(text)


def tagged_characters(path: Path) -> int:
    """How many of Unicode's tag characters a file in UTF-8 holds: they spell ASCII that nobody sees. Those in flags are not counted."""
    try:
        return sum(len(run) // 4 for run in _TAGS.findall(path.read_bytes()))
    except OSError:
        return 0  # whoever opens the file says so


def clean_text(text: str) -> str:
    """The text with `\\n` line ends and without what can't be seen: nothing hidden reaches an index or a model.

    Lines can be counted as an editor counts them: form feeds and the like, which end no line there, become spaces.
    """
    return _UNSEEN.sub("", _OTHER_BREAKS.sub(" ", _LINE_ENDS.sub("\n", text)))


def decode(untrusted: bytes, *, whole: bool) -> str | None:
    """The bytes as text, or None where they are none.

    Unless `whole`, a character that is cut at the end is forgiven.
    """
    encoding = _marked_encoding(untrusted) or _wide_encoding(untrusted)
    if encoding is not None:
        return _strictly(untrusted, encoding, whole=whole)
    if len(_BINARY.findall(untrusted)) > _strays_forgiven(untrusted):
        return None
    text = _strictly(untrusted, "utf-8", whole=whole)
    if text is not None and "\x1b" not in text:
        return text
    declared = _declared_encoding(untrusted)
    if declared is not None and (said := _strictly(untrusted, declared, whole=whole)) is not None:
        return said
    return _nearly_utf8(untrusted) if text is None and _mostly_utf8(untrusted) else _guessed(untrusted, whole=whole) or text


def unreadable(name: str, error: OSError) -> DocumentRefused:
    """The refusal of a file that can't be opened."""
    return DocumentRefused(
        "unreadable", f"“{name}” could not be opened: {error.strerror or 'unknown error'}.", "Check that the file is there and that you may read it."
    )


def _strays_forgiven(data: bytes) -> int:
    """How many control characters may have strayed into a text. A short text may hold a few that an old terminal left; none of them is a zero byte."""
    few = 0 if b"\x00" in data else min(3, len(data) // 200)
    return max(few, len(data) // 2000)


def _marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if data.startswith(mark):
            return encoding
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: spaces and line ends have their zero bytes at the same places throughout."""
    sample = data[:8192]
    if sample.count(0) < max(2, len(sample) // 200):
        return None
    for encoding, width, zeros in (("utf-32-le", 4, b"\x00\x00\x00"), ("utf-32-be", 4, b"\x00\x00\x00"), ("utf-16-le", 2, b"\x00"), ("utf-16-be", 2, b"\x00")):
        units = [sample[at : at + width] for at in range(0, len(sample) - width + 1, width)]
        spaces = {space + zeros if encoding.endswith("le") else zeros + space for space in (b" ", b"\n", b"\t", b"\r")}
        if sum(unit in spaces for unit in units) < len(units) // 100 + 1:
            continue
        text = _strictly(sample[: len(sample) // width * width], encoding, whole=False)
        if text is not None and not re.search("[\x00-\x08\x0e-\x1a\ufffe\uffff\ue000-\uf8ff]", text):
            seen = sum(character.isalnum() or character.isspace() for character in text)
            if seen > 0.5 * len(text):
                return encoding
    return None


def _strictly(data: bytes, encoding: str, *, whole: bool) -> str | None:
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        return decoder.decode(data, whole)
    except (UnicodeError, LookupError):
        return None


def _declared_encoding(data: bytes) -> str | None:
    """What the file itself says, where that is an encoding of text."""
    match = _DECLARED.search(data[:_DECLARED_BYTES])
    said = next((group for group in match.groups() if group), b"").decode("ascii", "replace").lower() if match else ""
    if said in _WIDER:
        return _WIDER[said]
    try:
        name = codecs.lookup(said).name if _TEXT_CODECS.match(said) else None
    except LookupError:
        return None
    return None if name is None or name == "utf-8" else _WIDER.get(name, name)


def _mostly_utf8(data: bytes) -> bool:
    """Whether the foreign characters are UTF-8 but for a few: two files that were glued together, or a byte that was lost."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return len(_HIGH.findall(data)) >= 10 * broken


def _nearly_utf8(data: bytes) -> str:
    """UTF-8 with what is none of it read as Windows Latin."""
    escaped = data.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]+", lambda stray: stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), escaped)


def _guessed(data: bytes, *, whole: bool) -> str | None:
    """The text by chardet's guess, or None where none fits or what comes out is no text."""
    if b"\x1b$" in data and (japanese := _strictly(data, "iso2022_jp_ext", whole=whole)) is not None:
        return japanese
    western = data.decode("cp1252", "replace")
    if _WESTERN_MARKS.issuperset(character for character in set(western) if character > "\x7f"):
        return western
    runs = _HIGH.findall(data)
    if len(runs) <= 3 and all(len(run) == 1 and run.decode("cp1252", "replace") in _WESTERN_LETTERS for run in runs):
        return western
    import chardet

    # Lines without foreign characters say nothing about them, and a long program with an accent in a comment is mostly those.
    lines = b"\n".join(line for line in data.split(b"\n") if _HIGH.search(line) or b"\x1b" in line)[:_GUESS_BYTES]
    # Encodings of old Macintoshes and of mainframes are guessed far more often than they are met: curly quotes look like them.
    eras = chardet.EncodingEra.ALL & ~chardet.EncodingEra.LEGACY_MAC & ~chardet.EncodingEra.MAINFRAME
    for guess in chardet.detect_all(lines, encoding_era=eras):
        encoding = str(guess["encoding"] or "").lower()
        text = _strictly(data, _WIDER.get(encoding, encoding), whole=whole) if _TEXT_CODECS.match(encoding) else None
        if text is not None and _is_text(text):
            return text
    return western if _is_text(western) else None


def _is_text(text: str) -> bool:
    letters = sum(map(str.isalnum, text)) + sum(map(str.isspace, text))
    return letters > 0.6 * len(text) and text.count("\ufffd") <= len(text) // 1000 and len(re.findall("[\x80-\x9f]", text)) <= len(text) // 1000
