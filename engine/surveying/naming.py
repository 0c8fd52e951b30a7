"""Which document is meant by a few words: its title, a part of it, its initials, its file's name, its author. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from engine.answering.terms import stem, words
from engine.surveying.outline import squeezed
from engine.values import Document

_NO_NAME = frozenset({"book", "textbook", "the", "a", "an", "of", "and", "on", "in", "by", "for", "to", "edition", "ed", "pdf"})


def documents_named(said: str, documents: Sequence[Document], opening: Callable[[Document], str] = lambda _: "") -> tuple[Document, ...]:
    """The documents that `said` may mean, by the surest way that finds any. `opening` gives the text of a document's first pages: its author stands there."""
    exact = documents_titled(said, documents)
    if exact:
        return exact
    wanted = _words(said)
    if not wanted:
        return ()
    for haystack in (lambda document: f"{document.title} {_stem(document)}", opening):
        found = tuple(document for document in documents if wanted <= _words(haystack(document)))
        if found:
            return found
    return ()


def documents_titled(said: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents whose title, initials or file name `said` is: whole, or at least two words of it that follow each other."""
    wanted = squeezed(re.sub(r"^(?:the|a)\s+", "", said.strip(), flags=re.IGNORECASE))
    if len(wanted) < 2:
        return ()
    for matches in (_is_whole, _is_part):
        found = tuple(document for document in documents if matches(said, wanted, document))
        if found:
            return found
    return ()


def _is_whole(_said: str, wanted: str, document: Document) -> bool:
    name = _stem(document)
    first = re.split(r"[^\w]|_", name)[0]
    head = re.split(r"[:：–—,(]", document.title)[0]
    if wanted in (squeezed(document.title), squeezed(head), squeezed(name)):
        return True
    return len(wanted) >= 3 and (wanted in (_initials(head), squeezed(first)) or wanted in _made_up(document.title))


def _is_part(said: str, wanted: str, document: Document) -> bool:
    several = len(words(said)) > 1 or bool(re.search(r"[\u3400-\u9fff]{3}", said))
    return several and any(wanted in squeezed(name) for name in (document.title, _stem(document)))


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text.replace("_", " ").replace("-", " ")) if word not in _NO_NAME)


def _stem(document: Document) -> str:
    return PurePath(document.path).stem


def _made_up(title: str) -> frozenset[str]:
    """Words of a title that are written as only a name is: "AlgoXY", "NumPy"."""
    return frozenset(squeezed(word) for word in re.findall(r"\w+", title) if re.search(r"[a-z][A-Z]", word))


def _initials(title: str) -> str:
    """SICP for "Structure and Interpretation of Computer Programs"."""
    return "".join(word[0] for word in words(title) if word not in _NO_NAME)
