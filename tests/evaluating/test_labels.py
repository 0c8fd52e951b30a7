"""What a labelled line may say, which passages are right for it, and what is wrong with a line that can't be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.evaluating.labels import Labelled, Right, documents_named, fold, read_lines, understand
from engine.trouble import Trouble
from engine.values import Document, DocumentId, Passage, Place

SICP, NOTES, CACM = DocumentId("51c9" + "a" * 60), DocumentId("4077" + "b" * 60), DocumentId("cac3" + "c" * 60)
LIBRARY = (
    Document(SICP, "Structure and Interpretation", "/books/sicp.pdf", "ready", pages=883),
    Document(NOTES, "Notes", "/books/notes.md", "ready"),
    Document(CACM, "3105", "/abstracts/3105.txt", "ready"),
)


def lines(*values: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(value).encode() for value in values)


def passage(document: DocumentId = SICP, sheet: int = 12, *, text: str = "A stack is a list.", place: Place | None = None) -> Passage:
    return Passage(1, document, "", "", None if place else sheet, None, (), text, 0.5, (), place, sheet=sheet)


def one(value: dict[str, Any]) -> Labelled:
    (labelled,), missing = understand(read_lines(lines(value), "truth.jsonl"), LIBRARY)
    assert missing == {}
    return labelled


def test_pages_of_a_document_are_right_and_no_others() -> None:
    labelled = one({"id": "1", "question": "What is a stack?", "document": "sicp.pdf", "pages": [12, [14, 16]], "kind": "term"})
    assert len(labelled.rights) == 4
    assert [any(right.fits(passage(sheet=page)) for right in labelled.rights) for page in (11, 12, 13, 15, 17)] == [False, True, False, True, False]
    assert not any(right.fits(passage(NOTES, 12)) for right in labelled.rights)
    assert (labelled.kind, labelled.answerable, labelled.by_document) == ("term", True, False)


def test_places_of_what_has_no_pages_are_right_where_they_touch() -> None:
    labelled = one({"question": "q", "document": "notes.md", "places": [3, {"kind": "lines", "from": 40, "to": 50}]})
    for first, last, right in ((1, 2, False), (2, 3, True), (45, 45, True), (49, 60, True), (51, 60, False)):
        found = passage(NOTES, 1, place=Place("lines", first, last))
        assert any(one.fits(found) for one in labelled.rights) is right
    assert labelled.id == "line 1"


def test_words_of_an_answer_are_found_however_they_are_broken() -> None:
    labelled = one({"question": "q", "answers": ["self-balancing tree", "ＡＶＬ tree"]})
    assert labelled.rights[0].fits(passage(CACM, text="It is a self-balan-\ncing\n  TREE of keys."))
    assert labelled.rights[0].fits(passage(SICP, text="An AVL tree"))
    assert not labelled.rights[0].fits(passage(text="A tree"))
    narrowed = one({"question": "q", "document": "sicp.pdf", "answers": ["stack"]})
    assert [narrowed.rights[0].fits(passage(document)) for document in (SICP, NOTES)] == [True, False]


def test_whole_documents_can_be_right() -> None:
    labelled = one({"question": "q", "document": ["3105", "notes.md"]})
    assert labelled.by_document
    assert [any(right.fits(passage(document, 4)) for right in labelled.rights) for document in (SICP, NOTES, CACM)] == [False, True, True]
    assert labelled.spot(passage(NOTES, 4)) == (NOTES, 0)


def test_several_documents_have_labels_of_their_own() -> None:
    labelled = one({"question": "q", "document": [{"document": "sicp.pdf", "pages": [3]}, {"document": "notes.md", "places": [1]}]})
    assert labelled.rights == (Right(SICP, sheet=3), Right(NOTES, place=(1, 1)))


@pytest.mark.parametrize("name", ["sicp.pdf", "sicp", "/books/sicp.pdf", SICP, "51c9", "elsewhere/sicp.pdf"])
def test_a_document_is_named_by_its_file_its_path_or_its_id(name: str) -> None:
    assert [document.document for document in documents_named(name, LIBRARY)] == [SICP]


def test_a_question_about_a_missing_document_is_left_out_and_counted() -> None:
    raw = lines({"question": "a", "document": "gone.pdf", "pages": [1]}, {"question": "b", "document": ["gone.pdf", "sicp.pdf"], "pages": [1]})
    found, missing = understand(read_lines(raw, "truth.jsonl"), LIBRARY)
    assert [labelled.question for labelled in found] == ["b"]
    assert missing == {"gone.pdf": 1}


def test_a_question_to_refuse_needs_no_label() -> None:
    labelled = one({"question": "Who won?", "answerable": False})
    assert (labelled.answerable, labelled.rights) == (False, ())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"question": "a"}\n{"question": ', "Line 2 of truth.jsonl"),
        (b'\n{"question": "a", "pages": [1]}', "Line 2 of truth.jsonl is not a labelled question: it names pages or places, and no document"),
        (b'{"question": " "}', "its question is empty"),
        (b'{"question": "a", "pages": ["three"], "document": "sicp.pdf"}', "Line 1 of truth.jsonl"),
        (b'{"question": "a", "document": [{"document": "b", "page": 3}]}', "Line 1 of truth.jsonl"),
        (b'{"question": "\xff"}', "Line 1 of truth.jsonl"),
        (b"\n \n", "truth.jsonl holds no question."),
    ],
)
def test_a_line_that_is_none_is_named(raw: bytes, said: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_lines(raw, "truth.jsonl")
    assert said in caught.value.notice.sentence
    assert caught.value.notice.remedy


def test_a_byte_order_mark_is_no_question() -> None:
    assert read_lines(b"\xef\xbb\xbf" + lines({"question": "a"}), "truth.jsonl")[0].question == "a"


def test_folding_forgets_how_text_is_set() -> None:
    assert fold(" Hyphen-\nated  TEXT\u00ad and ﬁne ") == "hyphenatedtextandfine"
    assert fold("红黑\n树是") == "红黑树是"
