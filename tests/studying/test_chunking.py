"""Chunks follow headings and paragraphs, fit the embedder, and stay on their page."""

from __future__ import annotations

import random
import re
from math import inf

import pytest

from engine.reading.messages import Block, BlockKind, PageRead, Word
from engine.studying.chunking import MAX_CHARACTERS, Chunk, split_into_chunks, text_for_embedding
from engine.studying.sections import SectionOf

SENTENCE = "A balanced tree keeps every path from its root to a leaf short. "


def pieces(text: str) -> int:
    """A stand-in for word pieces: words, punctuation marks, and every Chinese character."""
    return len(re.findall(r"[\u4e00-\u9fff]|\w+|[^\w\s]", text))


def page_of(*blocks: tuple[BlockKind, str], tops: tuple[float, ...] = (), emphasis: tuple[str, ...] = ()) -> PageRead:
    text, made, words = "", [], []
    for index, (kind, content) in enumerate(blocks):
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{content}" if text else content
        made.append(Block(kind, start, len(text)))
        top = tops[index] if tops else 20.0 * index
        words.append(Word(start, start + 1, 72.0, top, 80.0, top + 10))
    ranges = tuple((text.index(phrase), text.index(phrase) + len(phrase)) for phrase in emphasis)
    return PageRead(7, "7", 600.0, 800.0, "text", text, tuple(made), tuple(words), ranges)


def nowhere(top: float | None) -> tuple[int | None, tuple[str, ...]]:
    return None, ()


def below(*begins: tuple[float, str]) -> SectionOf:
    """Sections that begin at these heights."""

    def section_of(top: float | None) -> tuple[int | None, tuple[str, ...]]:
        found = [index for index, (begin, _) in enumerate(begins) if begin <= (inf if top is None else top)]
        return (found[-1] + 1, (begins[found[-1]][1],)) if found else (None, ())

    return section_of


def assert_sound(page: PageRead, chunks: list[Chunk], max_pieces: int = 254) -> None:
    """What holds for all chunks of all pages: they are stretches of the text, in order, small enough, and leave nothing out."""
    end = 0
    for chunk in chunks:
        assert chunk.text == page.text[chunk.start : chunk.end]
        assert chunk.start >= end
        assert not page.text[end : chunk.start].strip()
        assert len(chunk.text) <= MAX_CHARACTERS
        assert pieces(text_for_embedding(chunk.text, chunk.section_path)) <= max_pieces
        end = chunk.end
    assert not page.text[end:].strip()


def test_short_paragraphs_share_a_chunk() -> None:
    page = page_of(("prose", SENTENCE * 3), ("prose", SENTENCE * 3))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert len(chunks) == 1
    assert (chunks[0].page, chunks[0].section, chunks[0].section_path) == (7, None, ())


def test_a_new_section_begins_a_new_chunk_with_its_own_path() -> None:
    page = page_of(("prose", SENTENCE * 4), ("heading", "Rotations"), ("prose", SENTENCE * 4))
    chunks = split_into_chunks(page, below((0.0, "Trees"), (20.0, "Rotations")), pieces)
    assert_sound(page, chunks)
    assert [(chunk.section, chunk.section_path) for chunk in chunks] == [(1, ("Trees",)), (2, ("Rotations",))]
    assert chunks[1].text.startswith("Rotations\n\n")


def test_a_heading_never_ends_a_chunk_that_goes_on() -> None:
    page = page_of(("prose", SENTENCE * 3), ("heading", "Lemma"), ("prose", SENTENCE * 14), ("prose", SENTENCE * 9))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert not any(chunk.text.rstrip().endswith("Lemma") for chunk in chunks)


def test_a_heading_at_the_foot_of_a_page_goes_with_what_stands_before_it() -> None:
    page = page_of(("prose", SENTENCE * 5), ("heading", "2.4 Rotations"))
    chunks = split_into_chunks(page, below((0.0, "Trees"), (20.0, "Rotations")), pieces)
    assert [chunk.section for chunk in chunks] == [1]
    assert chunks[0].text.endswith("2.4 Rotations")


def test_the_number_above_a_chapters_title_belongs_to_the_chapter() -> None:
    page = page_of(("heading", "Chapter 4"), ("heading", "Synchronization"), ("prose", SENTENCE * 3))
    chunks = split_into_chunks(page, below((0.0, "Scheduling"), (20.0, "Synchronization")), pieces)
    assert [(chunk.start, chunk.section_path) for chunk in chunks] == [(0, ("Synchronization",))]


def test_long_paragraphs_are_divided_between_sentences_also_in_chinese() -> None:
    for text, ends in ((SENTENCE * 40, "."), ("平衡树使每条路径都很短。" * 60, "。")):
        page = page_of(("prose", text.strip()))
        chunks = split_into_chunks(page, nowhere, pieces)
        assert_sound(page, chunks)
        assert len(chunks) > 2
        assert all(chunk.text.endswith(ends) for chunk in chunks)


def test_a_sentence_without_end_is_divided_between_words_and_a_word_without_end_anywhere() -> None:
    for text in ("and so on " * 400, "x" * 9000, "树" * 900):
        page = page_of(("prose", text.strip()))
        assert_sound(page, split_into_chunks(page, nowhere, pieces))


def test_code_is_kept_whole_when_it_fits_and_divided_between_lines_when_not() -> None:
    code = "\n".join(f"    total = add(total, item{number})" for number in range(20))
    page = page_of(("prose", SENTENCE * 10), ("code", code))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert any(code in chunk.text for chunk in chunks)
    long = page_of(("code", "\n".join([code] * 5)))
    divided = split_into_chunks(long, nowhere, pieces)
    assert_sound(long, divided)
    assert all(chunk.text.endswith(")") for chunk in divided)


def test_a_tiny_rest_joins_its_neighbour() -> None:
    page = page_of(("prose", SENTENCE * 15), ("prose", "That is all."))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert len(chunks) == 1


def test_long_section_paths_keep_their_last_two_titles() -> None:
    path = ("A very long part title that says much " * 2, "Chapter of trees " * 3, "Section of rotations")
    embedded = text_for_embedding("Text.", path)
    assert "part title" not in embedded
    assert embedded.endswith("Section of rotations\nText.")
    assert text_for_embedding("Text.", ("Trees", "Rotations")) == "Trees > Rotations\nText."
    assert text_for_embedding("Text.", ()) == "Text."
    page = page_of(("prose", SENTENCE * 30))
    assert_sound(page, split_into_chunks(page, lambda top: (3, path), pieces))


def test_emphasis_names_headings_and_emphasised_phrases() -> None:
    page = page_of(("heading", "Rotations"), ("prose", f"We call this a single rotation here. {SENTENCE}"), emphasis=("single rotation",))
    assert split_into_chunks(page, nowhere, pieces)[0].emphasis == "Rotations · single rotation"


def test_in_two_columns_only_headings_change_the_section() -> None:
    page = page_of(
        ("prose", SENTENCE * 2),
        ("heading", "Left"),
        ("prose", SENTENCE * 4),
        ("prose", SENTENCE * 4),
        ("heading", "Right"),
        ("prose", SENTENCE * 4),
        tops=(50.0, 300.0, 320.0, 50.0, 400.0, 420.0),
    )
    chunks = split_into_chunks(page, below((-inf, "Before"), (300.0, "Left"), (400.0, "Right")), pieces)
    assert_sound(page, chunks)
    assert [(chunk.section_path[0], chunk.start) for chunk in chunks] == [("Before", 0), ("Left", page.blocks[1].start), ("Right", page.blocks[4].start)]


@pytest.mark.parametrize("kind", ["contents", "index", "picture", "blank"])
def test_pages_that_answer_nothing_have_no_chunks(kind: str) -> None:
    page = PageRead(1, None, 600.0, 800.0, kind, "Trees 5", (Block("table", 0, 7),), ())  # type: ignore[arg-type]
    assert split_into_chunks(page, nowhere, pieces) == []


@pytest.mark.parametrize("seed", range(12))
def test_any_page_is_chunked_soundly(seed: int) -> None:
    chance = random.Random(seed)
    kinds: tuple[BlockKind, ...] = ("heading", "prose", "prose", "prose", "code", "caption", "table", "formula")
    words = ("tree", "node.", "树", "O(n)", "x" * 90, "a-b-c", "End?")
    made: list[tuple[BlockKind, str]] = []
    for _ in range(chance.randint(1, 14)):
        kind = chance.choice(kinds)
        count = chance.randint(1, 8 if kind == "heading" else 250)
        made.append((kind, ("\n" if kind in ("code", "table") else " ").join(chance.choices(words, k=count))))
    page = page_of(*made)
    budget = chance.choice((64, 128, 254))
    sections = below(*((20.0 * index, f"Section {index}") for index in range(0, len(made), 4)))
    assert_sound(page, split_into_chunks(page, sections, pieces, max_pieces=budget), budget)


def test_a_theorem_is_kept_whole() -> None:
    statement = "Theorem 3.1. " + SENTENCE * 8
    page = page_of(("prose", SENTENCE * 12), ("theorem", statement.strip()), ("prose", SENTENCE * 6))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert sum(statement.strip() in chunk.text for chunk in chunks) == 1


def test_the_caption_above_a_table_goes_with_it() -> None:
    table = "\n".join(f"row {number}  {number * number}  {number**3}" for number in range(30))
    page = page_of(("prose", SENTENCE * 6), ("caption", "Table 2.1: Squares and cubes"), ("table", table))
    chunks = split_into_chunks(page, nowhere, pieces)
    assert_sound(page, chunks)
    assert next(chunk for chunk in chunks if "Table 2.1" in chunk.text).text.endswith("29  841  24389")
