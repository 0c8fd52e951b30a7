"""What a survey keeps of a part of a document: lines, each with the words that bear it. Cached as JSON."""

from __future__ import annotations

import msgspec

from engine.answering.terms import content_terms, numbers, orders_of_growth


class Note(msgspec.Struct, frozen=True):
    """One line of a long answer, borne by the characters `[start, end)` of a chunk."""

    chunk: int
    start: int
    end: int
    text: str
    score: float = 0.0
    """How much it matters among the notes of its unit; larger is better."""
    label: str = ""
    """What it is about: the algorithm, the term. Of one label a section has one note."""
    written: bool = False
    """A model put it so; else it is quoted."""
    section: int | None = None
    """The section that it stands in."""


class Noted(msgspec.Struct, frozen=True):
    """All that is known of one unit. `unproven`: what a model said of it that it does not bear."""

    notes: tuple[Note, ...]
    unproven: tuple[str, ...] = ()


def encode(noted: Noted) -> bytes:
    """Notes as the cache keeps them."""
    return msgspec.json.encode(noted)


def decode(stored: bytes) -> Noted | None:
    """Notes from the cache; None where they were not written by this program's version."""
    try:
        return msgspec.json.decode(stored, type=Noted)
    except msgspec.DecodeError:
        return None


def say_the_same(one: Note, other: Note) -> bool:
    """Whether two notes are borne by the same words, or have nearly the same content and the same numbers."""
    if one.chunk == other.chunk and one.start < other.end and other.start < one.end:
        return True
    if orders_of_growth(one.text) != orders_of_growth(other.text) or numbers(one.text) != numbers(other.text):
        return False
    terms = frozenset(content_terms(one.text)), frozenset(content_terms(other.text))
    return len(terms[0] & terms[1]) >= 0.7 * max(1, len(terms[0] | terms[1]))


def are_about_the_same(one: Note, other: Note) -> bool:
    """Whether two notes have the same label: two definitions of one term, whatever their words."""
    return bool(one.label) and one.label == other.label
