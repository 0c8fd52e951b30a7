"""Where something stands and how large it is, as the command line says it to people."""

from __future__ import annotations

import pytest

from engine.commandline.output import documents_as_text, where
from engine.values import Document, DocumentId, Place


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("lines", 313, 313), "line 313"),
        (Place("lines", 3, 9), "lines 3–9"),
        (Place("slide", 4, 4), "slide 4"),
        (Place("cell", 4, 6), "cells 4–6"),
    ],
)
def test_one_place_and_several_are_told_apart(place: Place, said: str) -> None:
    assert where(None, None, place) == said


def test_a_document_of_one_page_has_one_page() -> None:
    said = documents_as_text([Document(DocumentId("a" * 64), "Leaflet", "/leaflet.pdf", "ready", pages=1)])
    assert "1 page " in said
