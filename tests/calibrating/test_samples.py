"""Questions made of a library: what is asked, what is left out, and that they are the same each time."""

from __future__ import annotations

from engine.calibrating.off_topic import CHINESE, ENGLISH, QUESTIONS
from engine.calibrating.samples import crossed_terms, known_sentences, known_terms, off_topic
from engine.library.material import Material

SENTENCE = "The operation push puts an item on the stack, and pop takes the last item off the stack again when it is called."
BOOK = Material(
    index_terms=((1, "page table"), (1, "hash table, open addressing"), (2, "binary search")),
    headings=((1, "Chapter 3. Virtual Memory"), (1, "Exercises"), (2, "2.1 Introduction to Sorting"), (2, "IV. Graphs"), (2, "Information Hiding")),
    emphasised=((1, "thread"), (2, "42"), (2, "x")),
    passages=((1, SENTENCE), (1, "12 13 14 15 16 17 18 19"), (2, "Short.")),
)
CHINESE_BOOK = Material((), ((1, "第三章 红黑树"), (1, "参考资料与注释")), (), ((1, "红黑树是一种自平衡的查找树，插入和删除的时间都是对数级的。"),) * 3)


def asked(samples: object) -> str:
    return " | ".join(sample.question for sample in samples)  # type: ignore[attr-defined]


def test_terms_are_asked_without_numbers_and_what_every_book_has_is_not_asked() -> None:
    questions = asked(known_terms(BOOK, 50))
    for term in ("page table", "Virtual Memory", "Introduction to Sorting", "Graphs", "Information Hiding", "thread"):
        assert term in questions
    for left_out in ("Exercises", "Chapter 3", "2.1", "IV.", "42"):
        assert left_out not in questions
    assert all(sample.known for sample in known_terms(BOOK, 50))


def test_sentences_lose_some_of_their_words_and_stay_in_order() -> None:
    (sample,) = known_sentences(BOOK, 5)
    assert sample.known
    words = sample.question.rstrip("?").split()
    assert 6 <= len(words) <= 14
    assert [word for word in SENTENCE.split() if word in words][: len(words)] == words
    assert words != SENTENCE.split()[: len(words)]


def test_crossed_terms_take_the_beginning_of_one_and_the_end_of_another() -> None:
    crossed = crossed_terms(BOOK, 10)
    assert crossed
    assert not any(sample.known for sample in crossed)
    terms = [term for _, term in (*BOOK.index_terms, *BOOK.headings)]
    assert not any(sample.question in terms for sample in crossed)


def test_other_fields_are_asked_in_the_languages_of_the_library() -> None:
    assert {sample.question for sample in off_topic(BOOK, 500)} == set(ENGLISH.splitlines())
    assert {sample.question for sample in off_topic(CHINESE_BOOK, 500)} == set(CHINESE.splitlines())


def test_chinese_terms_are_asked_in_chinese() -> None:
    questions = asked(known_terms(CHINESE_BOOK, 10))
    assert "红黑树" in questions
    assert "第三章" not in questions
    assert "参考资料" not in questions
    assert all("？" in sample.question for sample in known_sentences(CHINESE_BOOK, 10))


def test_the_same_library_gives_the_same_questions() -> None:
    assert known_terms(BOOK, 3) == known_terms(BOOK, 3)
    assert set(off_topic(BOOK, 20)) < set(off_topic(BOOK, 40))


def test_an_empty_library_is_asked_nothing_of_its_own() -> None:
    nothing = Material((), (), (), ())
    assert (known_terms(nothing, 10), known_sentences(nothing, 10), crossed_terms(nothing, 10)) == ((), (), ())


def test_there_are_enough_questions_of_other_fields_and_each_once() -> None:
    assert len(ENGLISH.splitlines()) >= 150
    assert len(CHINESE.splitlines()) >= 75
    assert len(set(QUESTIONS)) == len(QUESTIONS)
