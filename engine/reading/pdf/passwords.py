"""The forms in which one password may have locked a file. Pure.

PDF 2.0 prepares a password with SASLprep (RFC 4013) before it is used, which MuPDF leaves to others; a keyboard may write an
accented letter as one sign or as two.
"""

from __future__ import annotations

import stringprep
import unicodedata


def forms_of_a_password(password: str) -> tuple[str, ...]:
    """The password as it was typed, composed, and prepared; each form once."""
    return tuple(dict.fromkeys((password, unicodedata.normalize("NFC", password), prepared(password))))


def prepared(password: str) -> str:
    """SASLprep's mapping: foreign spaces are spaces, what can't be seen goes, compatibility forms are unified."""
    mapped = "".join(" " if stringprep.in_table_c12(sign) else sign for sign in password if not stringprep.in_table_b1(sign))
    return unicodedata.normalize("NFKC", mapped)
