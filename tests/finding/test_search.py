"""Searching a small library: ranking, places, scopes, the sample, and honest refusals."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from engine.finding.picking import pick_passages
from engine.finding.rankings import weight_of_meaning
from engine.finding.search import find
from engine.home import Home
from engine.library.library import Library
from engine.library.pages import StoredChunk
from engine.reading.messages import DocumentOpened, IndexEntry, PageRead, Word
from engine.studying.chunking import Chunk
from engine.trouble import Trouble
from engine.values import DocumentId, Place, Scope, Section

DIMENSIONS = 256
EMBEDDER = "words as dimensions"
BOOK = (
    ("Stacks", "A stack is a collection in which the last item put in is the first one taken out. Stacks are used for function calls."),
    ("Stacks", "The operation push puts an item on the stack, and pop takes it off again."),
    ("Queues", "A queue serves items in the order in which they came. Printers have a queue of documents."),
    ("Trees", "A red-black tree is a balanced search tree whose nodes are coloured."),
    ("Trees", "Rotations keep a tree balanced when a node is put in or taken out."),
    ("Hashing", "A hash table finds an item by computing where it lies. Collisions are resolved by chaining."),
    ("Continuations", "The procedure call/cc captures the current continuation."),
    ("平衡树", "红黑树是一种自平衡的二叉查找树，插入和删除的时间都是对数级的。"),
)


def vector_of(text: str) -> bytes:
    """A bag of words as a vector: a stand-in for meaning that is true to what words are shared."""
    numbers = [0.0] * DIMENSIONS
    for word in text.lower().split():
        numbers[int.from_bytes(hashlib.sha256(word.strip(".,?").encode()).digest()[:2], "big") % DIMENSIONS] += 1.0
    length = math.sqrt(sum(number * number for number in numbers)) or 1.0
    return struct.pack(f"<{DIMENSIONS}f", *(number / length for number in numbers))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Home(tmp_path / "home"), writable=True) as library:
        yield library


Add = Callable[..., DocumentId]


@pytest.fixture
def add(library: Library, tmp_path: Path) -> Add:
    def add(pages: Sequence[tuple[str, str]] = BOOK, *, name: str = "book.txt", paged: bool = True, sample: bool = False) -> DocumentId:
        path = tmp_path / name
        path.write_text(repr(pages), encoding="utf-8")
        document = library.register(library.files.take(path), path=str(path), sample=sample).document
        titles = list(dict.fromkeys(title for title, _ in pages))
        numbers = {title: [number for number, (other, _) in enumerate(pages, 1) if other == title] for title in titles}
        sections = [Section(number, 1, title, numbers[title][0], numbers[title][-1]) for number, title in enumerate(titles, 1)]
        library.begin(document, DocumentOpened("text", name, len(pages), paged, ()), sections, reader_version=1)
        read = [
            PageRead(
                number,
                f"p{number}" if paged and number > 1 else None,
                *(500.0, 700.0, "text", text, ()),
                (Word(0, len(text.split()[0]), 10.0, 20.0, 40.0, 32.0),) if paged else (),
                place=None if paged else Place("section", number, number),
            )
            for number, (_, text) in enumerate(pages, 1)
        ]
        chunks = [Chunk(page.number, 0, len(page.text), page.text, titles.index(title) + 1, (title,), "") for page, (title, _) in zip(read, pages, strict=True)]
        library.append(document, read, chunks)
        waiting = library.chunks_without_vectors(EMBEDDER, 1000, document)
        library.store_vectors(EMBEDDER, [chunk for chunk, _ in waiting], b"".join(vector_of(text) for _, text in waiting))
        library.mark(document, "ready")
        return document

    return add


@pytest.mark.parametrize("meaning", [True, False])
@pytest.mark.parametrize(
    ("question", "page"),
    [("What is a stack?", 1), ("How does a queue work?", 3), ("red-black tree", 4), ("call/cc", 7), ("What is a hash table?", 6), ("什么是红黑树？", 8)],
)
def test_a_term_is_answered_from_where_it_is_introduced(library: Library, add: Add, question: str, page: int, meaning: bool) -> None:
    add()
    result = find(library, library.index(EMBEDDER), question, vector_of(question) if meaning else None)
    assert result.passages[0].page == page
    if not meaning:
        assert result.answerable
    assert 0.0 <= result.confidence <= 1.0


AS_TYPED = (
    *("call/cc", "O(n log n)", "O(n^2)", "\\hbox", "malloc()", "TCP/IP", "a[i]++", "LIFO", "x^2", "n!", "set!", "C++", "C#", ".NET", "std::vector"),
    *("--verbose", "=>", "node->next", "__init__", "<stdio.h>", "{x : x > 0}", "Θ(n)", "log₂ n", "3.4.1", "NP-complete", "/etc/passwd"),
)
PARTS_OF_THEM = (
    "Nothing but a call, cc, a list, log n, n squared, x and y, a box, h box, mall oc, TCP and IP, a, i, a set, C, NET, std, a vector, verbose, a node,"
    " the next, init, stdio h, etc, passwd, NP, complete, 3, 4, 1 and last in, first out"
)


@pytest.mark.parametrize("name", AS_TYPED)
def test_code_formulas_and_acronyms_are_found_as_typed_and_in_a_question(library: Library, add: Add, name: str) -> None:
    others = [("Other", f"{PARTS_OF_THEM} {end}.") for end in ("again", "and how it works", "in general")]
    add([*others, ("Used", f"Here we use {name} for once, among other things that are said.")])
    for question in (name, f"What is {name}?", f"How is {name} used"):
        assert find(library, None, question, None).passages[0].page == 4


@pytest.mark.parametrize("question", ["Who won the 1998 football world cup?", "What is the capital of France?", "best pasta recipe", "光合作用是什么？"])
def test_what_the_library_does_not_know_is_not_answerable(library: Library, add: Add, question: str) -> None:
    add()
    for vector in (vector_of(question), None):
        result = find(library, library.index(EMBEDDER), question, vector)
        assert not result.answerable
        assert result.confidence < 0.5


def test_a_passage_knows_its_place(library: Library, add: Add) -> None:
    document = add()
    first = find(library, None, "What is a stack?", None).passages[0]
    assert (first.rank, first.document, first.page, first.sheet, first.start) == (1, document, 1, 1, 0)
    assert first.page_label == "1"  # no label is printed: the number itself
    assert first.section == ("Stacks",)
    assert first.boxes == ((1, 10.0, 20.0, 40.0, 32.0),)
    assert library.chunks([first.chunk])[first.chunk].text == first.text
    assert find(library, None, "call/cc", None).passages[0].page_label == "p7"


def test_what_has_no_pages_says_its_part(library: Library, add: Add) -> None:
    add(paged=False)
    first = find(library, None, "What is a stack?", None).passages[0]
    assert (first.page, first.page_label, first.boxes, first.sheet, first.place) == (None, None, (), 1, Place("section", 1, 1))


def test_scopes_limit_what_is_found(library: Library, add: Add) -> None:
    document = add()
    other = add([("Other", "Another stack, in another book."), ("More", "And a queue.")], name="other.txt")
    question, index = "stack", library.index(EMBEDDER)
    assert {passage.document for passage in find(library, index, question, vector_of(question), scopes=[Scope(other)]).passages} == {other}
    trees = find(library, index, question, vector_of(question), scopes=[Scope(document, 3)]).passages
    assert {passage.section for passage in trees} == {("Trees",)}
    with pytest.raises(Trouble):
        find(library, index, question, None, scopes=[Scope(DocumentId("0" * 64))])


def test_the_sample_steps_back_when_other_documents_come(library: Library, add: Add) -> None:
    sample = add([("Sample", "A stack is explained in the sample book.")], name="sample.txt", sample=True)
    question, index = "What is a stack?", library.index(EMBEDDER)
    assert find(library, index, question, vector_of(question)).passages[0].document == sample
    add()
    assert all(passage.document != sample for passage in find(library, index, question, vector_of(question)).passages)
    assert find(library, index, question, vector_of(question), scopes=[Scope(sample)]).passages[0].document == sample


def test_meaning_alone_asks_for_a_vector(library: Library, add: Add) -> None:
    add()
    index = library.index(EMBEDDER)
    with pytest.raises(Trouble):
        find(library, index, "stack", None, by="meaning")
    assert find(library, index, "stack", vector_of("a stack"), by="meaning").passages
    assert find(library, index, "zebra", vector_of("stack"), by="words").passages == ()


@pytest.mark.parametrize("question", ["", "   ", "?", '"', "\0", "*" * 5000, "stack " * 3000])
def test_any_string_is_a_question(library: Library, add: Add, question: str) -> None:
    add()
    find(library, library.index(EMBEDDER), question, vector_of(question))


def test_an_empty_library_finds_nothing(library: Library) -> None:
    result = find(library, library.index(EMBEDDER), "What is a stack?", vector_of("stack"))
    assert (result.passages, result.answerable, result.confidence) == ((), False, 0.0)


BOOK_ID = DocumentId("d")


def chunk(number: int, page: int, text: str) -> StoredChunk:
    return StoredChunk(number, BOOK_ID, page, number, number + 1, None, (), "", text)


def test_a_page_gives_one_passage_as_long_as_there_are_others() -> None:
    texts = ("alpha beta gamma delta", "epsilon zeta eta theta", "iota kappa lambda my")
    ranked = [(chunk(1, 1, texts[0]), 0.9), (chunk(2, 1, texts[1]), 0.8), (chunk(3, 2, texts[2]), 0.7)]
    assert [held.id for held, _ in pick_passages(ranked, limit=2, paged={BOOK_ID})] == [1, 3]
    assert [held.id for held, _ in pick_passages(ranked, limit=3, paged={BOOK_ID})] == [1, 3, 2]


def test_what_has_no_pages_shows_as_many_passages_of_a_part_as_are_good() -> None:
    texts = ("alpha beta gamma delta", "epsilon zeta eta theta", "iota kappa lambda my")
    ranked = [(chunk(1, 1, texts[0]), 0.9), (chunk(2, 1, texts[1]), 0.8), (chunk(3, 2, texts[2]), 0.7)]
    assert [held.id for held, _ in pick_passages(ranked, limit=3, paged=())] == [1, 2, 3]


def test_the_same_text_is_shown_once() -> None:
    text = "The very same words in two editions of one book, but for the end of the page. Nobody wants to read them twice, and nobody has to"
    ranked = [(chunk(1, 1, text), 0.9), (chunk(2, 5, text + " today"), 0.8), (chunk(3, 6, "Something else altogether."), 0.7)]
    assert [held.id for held, _ in pick_passages(ranked, limit=3, paged={BOOK_ID})] == [1, 3]


def test_of_two_editions_of_a_book_each_passage_is_shown_once(library: Library, add: Add) -> None:
    def edited(text: str) -> str:
        return text.replace("collection", "container").replace("Printers", "All printers")

    add()
    add([("Preface", "To this second edition many exercises were added."), *((title, edited(text)) for title, text in BOOK)], name="second edition.txt")
    for question in ("What is a stack?", "queue of documents", "red-black tree", "call/cc", "exercises"):
        found = find(library, library.index(EMBEDDER), question, vector_of(question), limit=20).passages
        shown = [edited(passage.text) for passage in found]
        assert len(shown) == len(set(shown)) > 0


def test_a_passage_that_two_shown_ones_hold_together_is_left_out() -> None:
    words = [f"word{number}" for number in range(60)]
    ranked = [(chunk(1, 1, " ".join(words[:30])), 0.9), (chunk(2, 2, " ".join(words[30:])), 0.8), (chunk(3, 9, " ".join(words[15:45])), 0.7)]
    assert [held.id for held, _ in pick_passages(ranked, limit=3, paged=())] == [1, 2]


def test_a_passage_that_says_more_than_those_before_it_is_shown() -> None:
    words = [f"word{number}" for number in range(60)]
    ranked = [(chunk(1, 1, " ".join(words[:25])), 0.9), (chunk(2, 2, " ".join(words)), 0.8)]
    assert [held.id for held, _ in pick_passages(ranked, limit=3, paged=())] == [1, 2]


def test_an_embedder_that_hardly_knows_the_language_moves_little_and_is_no_evidence(library: Library, add: Add) -> None:
    add()
    question, elsewhere = "rotations keep a tree balanced", vector_of(BOOK[2][1])
    trusted = find(library, library.index(EMBEDDER), question, elsewhere)
    doubted = find(library, library.index(EMBEDDER), question, elsewhere, trust=0.3)
    assert doubted.passages[0].page == trusted.passages[0].page == 5
    assert [passage.page for passage in doubted.passages].index(3) >= [passage.page for passage in trusted.passages].index(3)
    assert trusted.working.features.cosine is not None
    assert doubted.working.features.cosine is None


def test_meaning_counts_for_more_the_longer_a_question_is() -> None:
    weights = [weight_of_meaning(words) for words in range(1, 15)]
    assert weights == sorted(weights)
    assert weights[0] == weights[2] < weights[4] < weights[7] == weights[-1]


def test_equal_scores_are_ordered_by_place_not_by_id() -> None:
    ranked = [(chunk(9, 1, "the first of both"), 0.5), (chunk(2, 7, "a later page altogether"), 0.5)]
    assert [held.page for held, _ in pick_passages(list(reversed(ranked)), limit=2, paged={BOOK_ID})] == [1, 7]


def test_pages_that_a_books_own_index_names_come_first(library: Library, add: Add) -> None:
    places = ("sorting", "queues of jobs", "graphs and their paths", "files on a disk", "streams of numbers", "schedulers", "compression")
    pages = [(f"Chapter {number}", f"In {place} one meets the heap and its heap property again.") for number, place in enumerate(places, 1)]
    book = add(pages, name="heaps.txt")
    before = [passage.page for passage in find(library, None, "What is the heap property?", None).passages]
    library.store_index(book, (IndexEntry("property, of a heap", (6,)), IndexEntry("heap", (3,))))
    after = [passage.page for passage in find(library, None, "What is the heap property?", None).passages]
    assert before[0] != 6
    assert after[0] == 6
    assert set(after) == set(before)


def test_an_index_names_pages_only_within_what_was_asked(library: Library, add: Add) -> None:
    book, other = add(), add(BOOK[2:], name="other.txt")
    library.store_index(other, (IndexEntry("red-black tree", (2,)),))
    assert {passage.document for passage in find(library, None, "red-black tree", None, scopes=(Scope(book),)).passages} == {book}


def test_a_removed_book_takes_its_index_along(library: Library, add: Add) -> None:
    book = add()
    add(BOOK[:3], name="other.txt")
    library.store_index(book, (IndexEntry("stack", (2,)),))
    assert library.chunks_named("stack")
    library.remove((book,))
    assert library.chunks_named("stack") == {}
