"""What an empty conversation says fits the library as it is."""

from __future__ import annotations

import msgspec
import pytest

from desktop.invitation import SAMPLE_QUESTIONS, invitation
from desktop.library_model import LibraryModel
from engine.messages import Accepted, Progressed
from engine.values import Document, DocumentId

SAMPLE = Document(DocumentId("a" * 64), "Sample", "/s.pdf", "ready", pages=20, sample=True)
OWN = Document(DocumentId("b" * 64), "Own", "/o.pdf", "ready", pages=100)


@pytest.mark.usefixtures("qapp")
def test_it_fits_the_library() -> None:
    library = LibraryModel()
    assert invitation(library).title == "Your library is empty"
    library.set_documents([msgspec.structs.replace(SAMPLE, state="queued", pages=0)])
    assert invitation(library).title == "Your library is being prepared"
    library.set_documents([SAMPLE])
    assert invitation(library).title == "Ask your textbooks"
    assert invitation(library).questions == SAMPLE_QUESTIONS
    library.set_documents([SAMPLE, OWN])
    assert invitation(library).title == "What would you like to understand?"
    assert invitation(library).questions == ()
    library.accept(1, Accepted("/n.pdf", msgspec.structs.replace(OWN, document=DocumentId("c" * 64), state="reading", pages=50)))
    library.advance(1, Progressed(DocumentId("c" * 64), "reading", 10, 50, "pages", 5.0, None))
    assert invitation(library).text == "Your books are being read: 130 of 170 pages seen so far. You can ask already."
