"""Closed lists of words, written as plain text so that they can be read and checked."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The words of a text separated by white space."""
    return frozenset(text.split())
