"""Long answers of a real library: which lines they have, what bears them, what they cost the second time."""

from __future__ import annotations

import threading

import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.library.library import Library
from engine.surveying.surveyor import Surveyor
from engine.trouble import Stopped
from engine.values import Answer, Scope

from .conftest import BOOK, AddBook, Desk, OpenDesk

SAID = "A stack is a collection in which the item added last is removed first. Stacks were invented by a committee of aliens in space."


def lines_of(answer: Answer) -> list[str]:
    return [line.removeprefix("- ") for line in answer.answer.split("\n") if line.startswith("- ")]


def test_a_chapter_is_summed_up_section_by_section_and_every_line_is_cited(add_book: AddBook, desk: OpenDesk) -> None:
    document = add_book()
    answer = desk().ask("summarise chapter 1")
    assert not answer.refused
    assert answer.layout == "outline"
    assert answer.answer.startswith("# Collections and Sorting, 1 Stacks and queues")
    assert answer.answer.index("## 1.1 Stacks") < answer.answer.index("## 1.2 Queues")
    assert "A stack is a collection in which the item added last is removed first." in lines_of(answer)
    assert lines_of(answer) == [sentence.text for sentence in answer.sentences]
    numbers = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        assert sentence.status == "supported"
        (number,) = sentence.citations
        assert sentence.text in numbers[number].quote
        assert numbers[number].document == document
        assert numbers[number].boxes
        assert numbers[number].page in (2, 3, 4)
    assert {citation.page for citation in answer.citations} <= {passage.page for passage in answer.passages}


def test_no_line_points_back_and_exercises_are_left_out(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    said = desk().ask("summarise chapter 1").answer
    assert "This is why" not in said
    assert "solution" not in said
    assert "Exercises" not in said


def test_a_book_is_summed_up_without_its_preface(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk().ask("give me an overview of this book")
    assert "publisher" not in answer.answer
    assert "## 1 Stacks and queues" in answer.answer
    assert "### 2.1 Merge sort" in answer.answer


def test_progress_is_told_for_each_section_before_its_lines(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    said = list(desk().run("summarise chapter 2"))
    progress = [each for each in said if isinstance(each, m.SurveyProgressed)]
    assert [(each.done, each.total, each.section) for each in progress] == [(0, 3, ""), (1, 3, "2.1 Merge sort"), (2, 3, "2.2 Insertion sort")]
    written = "".join(each.text for each in said if isinstance(each, m.Wrote))
    answer = said[-1]
    assert isinstance(answer, Answer)
    assert written.strip() == answer.answer


def test_algorithms_are_listed_with_their_running_times(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk().ask("list every algorithm in this book with its running time")
    assert "Merge sort takes O(n log n) time for a list of n items." in lines_of(answer)
    assert "Insertion sort takes O(n^2) time in the worst case." in lines_of(answer)
    assert all("time" in line for line in lines_of(answer))


def test_definitions_and_theorems_are_found_by_their_form(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    surveys = desk()
    assert lines_of(surveys.ask("list all definitions in chapter 1")) == [
        "A stack is a collection in which the item added last is removed first.",
        "A queue is a collection in which the item added first is removed first.",
    ]
    (theorem,) = lines_of(surveys.ask("list all theorems"))
    assert theorem.startswith("Theorem 2.1. Every sorting algorithm")


def test_where_there_is_nothing_of_a_kind_it_is_said(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk().ask("list all theorems in chapter 1")
    assert answer.refused
    assert answer.answer == "I found no theorem in “Collections and Sorting, 1 Stacks and queues”."


def test_a_chapter_that_is_not_there_is_answered_with_those_that_are(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk().ask("summarise chapter 9")
    assert answer.refused
    assert "has no chapter 9" in answer.answer
    assert "1 Stacks and queues; 2 Sorting" in answer.answer
    assert desk().ask("总结第九章").answer.startswith("《Collections and Sorting》没有第 9 章。")


def test_with_several_books_it_asks_which_one_unless_something_tells(add_book: AddBook, desk: OpenDesk) -> None:
    first = add_book()
    second = add_book(BOOK[1:], title="Another Book", name="baker.pdf")
    surveys = desk()
    asked_back = surveys.ask("summarise chapter 1")
    assert asked_back.refused
    assert asked_back.answer == "Which book do you mean? Your library holds “Collections and Sorting”, “Another Book”."
    assert surveys.ask("summarise chapter 1", within=(Scope(second),)).citations[0].document == second
    assert surveys.ask("summarise chapter 1 of adams").citations[0].document == first
    assert surveys.ask("summarise chapter 2", history=("summarise chapter 1 of Another Book", "What is a stack?")).citations[0].document == second
    assert surveys.ask("summarise chapter 1 of Knuth's book").answer.startswith("No document of your library is called “Knuth”.")


def test_saying_which_book_was_meant_gives_the_long_answer(add_book: AddBook, desk: OpenDesk) -> None:
    first = add_book()
    second = add_book(title="Another Book", name="baker.pdf")
    surveys, asked = desk(), "summarise chapter 2"
    assert surveys.ask("Collections and Sorting", history=(asked,)).citations[0].document == first
    assert surveys.ask("I mean Another Book, please.", history=("What is a stack?", asked)).citations[0].document == second
    assert surveys.ask("baker", history=(asked,)).answer.startswith("# Another Book, 2 Sorting")
    assert surveys.ask("Another Book", history=("总结第二章",)).answer.startswith("# Another Book, 2 Sorting")
    assert surveys.ask("summarise chapter 1", history=(asked, "baker")).citations[0].document == second
    assert list(surveys.run("What is a stack?", history=(asked,))) == []
    assert list(surveys.run("baker", history=(asked, "What is a stack?"))) == []
    assert list(surveys.run("baker", history=("summarise chapter 2 of Collections and Sorting",))) == []


def test_only_books_that_have_the_chapter_can_be_meant(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    add_book(title="Another Book", name="baker.pdf")
    add_book(BOOK[1:5], title="A Few Slides", name="slides.pdf")
    surveys = desk()
    assert surveys.ask("summarise chapter 2").answer == "Which book do you mean? Your library holds “Collections and Sorting”, “Another Book”."
    assert "“A Few Slides”" in surveys.ask("summarise chapter 1").answer
    assert "“A Few Slides”" in surveys.ask("summarise chapter 7").answer


def test_a_chapter_that_only_one_book_has_needs_no_book(add_book: AddBook, desk: OpenDesk) -> None:
    first = add_book()
    add_book(BOOK[1:5], title="A Few Slides", name="slides.pdf")
    assert desk().ask("summarise chapter 2").citations[0].document == first


def test_a_chapter_is_found_by_its_title_in_whatever_book_it_is(add_book: AddBook, desk: OpenDesk) -> None:
    first = add_book()
    add_book(((1, "1 Graphs", ("A *graph* is a set of nodes with edges between them.",)),), title="Graphs and Paths", name="baker.pdf")
    surveys = desk()
    assert surveys.ask("summarise the chapter on sorting").citations[0].document == first
    assert surveys.ask("summarise the section on queues in Collections and Sorting").answer.startswith("# Collections and Sorting, 1.2 Queues")
    assert surveys.ask("summarise merge sort").answer.startswith("# Collections and Sorting, 2.1 Merge sort")
    assert surveys.ask("summarise the chapter on hashing").answer == "None of your documents has a chapter or section on “hashing”."
    assert list(surveys.run("summarise hashing")) == []


def test_the_scope_says_which_chapter_this_chapter_is(add_book: AddBook, desk: OpenDesk) -> None:
    document = add_book()
    surveys = desk()
    answer = surveys.ask("summarise this chapter", within=(Scope(document, 6),))
    assert answer.answer.startswith("# Collections and Sorting, 2 Sorting")
    assert "Which chapter" in surveys.ask("summarise this chapter").answer


def test_an_ordinary_question_is_none_of_it(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    assert list(desk().run("What is a stack?")) == []
    assert list(desk().run("summarise the war between the states")) == []


def test_of_what_a_model_writes_only_proven_sentences_are_shown(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk({"otherwise": SAID}).ask("summarise section 1.1")
    assert "aliens" not in answer.answer
    assert answer.origin == "model"
    assert answer.model == "scripted-7b"
    assert [sentence.text for sentence in answer.sentences if sentence.status == "unsupported"] == ["Stacks were invented by a committee of aliens in space."]
    assert answer.sentences[0].text == "A stack is a collection in which the item added last is removed first."


def test_a_model_that_writes_nonsense_leaves_the_words_of_the_book(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    answer = desk({"otherwise": "Bananas are yellow and grow in very warm countries."}).ask("summarise section 1.2")
    assert answer.origin == "passages"
    assert answer.note is not None
    assert "A queue is a collection" in answer.answer


def test_a_small_model_is_not_asked(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    surveys = desk({"otherwise": SAID}, small=True)
    answer = surveys.ask("summarise section 1.1")
    assert surveys.calls() == 0
    assert answer.note is not None
    assert "too small" in answer.note


def test_the_second_time_costs_no_call(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    surveys = desk({"otherwise": SAID})
    first = surveys.ask("summarise chapter 1")
    calls = surveys.calls()
    assert calls == 3
    again = surveys.ask("give me a summary of chapter 1")
    assert surveys.calls() == calls
    assert again.answer == first.answer
    assert again.sentences == first.sentences
    surveys.ask("summarise section 1.1")
    assert surveys.calls() == calls, "a section of a chapter that was summed up is read from the cache"
    surveys.ask("list all definitions in chapter 1")
    assert surveys.calls() > calls, "another kind of survey notes other things"


def test_a_survey_that_was_stopped_goes_on_where_it_was(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    surveys = desk({"otherwise": SAID})
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in surveys.run("summarise chapter 1", cancellation):
            if isinstance(said, m.SurveyProgressed) and said.done == 2:
                cancellation.cancel()
    done = surveys.calls()
    assert done == 2
    surveys.ask("summarise chapter 1")
    assert surveys.calls() == 3


def test_a_model_is_stopped_in_the_middle_of_a_section(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    surveys = desk({"answers": [{"when": "Queues", "say": SAID, "then": "stall"}], "otherwise": SAID})
    cancellation = Cancellation()
    presser = threading.Thread(target=press_stop_once_asked, args=(surveys, cancellation, 3))
    presser.start()
    with pytest.raises(Stopped):
        list(surveys.run("summarise chapter 1", cancellation))
    presser.join()
    assert surveys.calls() == 3


def press_stop_once_asked(surveys: Desk, cancellation: Cancellation, calls: int) -> None:
    """Press stop as soon as the model has been asked so often."""
    asked = threading.Event()
    while surveys.calls() < calls:
        asked.wait(0.002)
    cancellation.cancel()


def test_notes_vanish_with_the_pages_that_they_were_made_of(add_book: AddBook, desk: OpenDesk, library: Library) -> None:
    document = add_book()
    surveys = desk({"otherwise": SAID})
    surveys.ask("summarise chapter 1")

    def kept() -> int:
        with library.database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM surveys").fetchone()[0])

    assert kept() == 3
    library.remove([document])
    assert kept() == 0


def test_a_book_that_is_still_being_read_is_not_noted_for_good(add_book: AddBook, desk: OpenDesk, library: Library) -> None:
    add_book(state="searchable")
    assert not desk().ask("summarise chapter 1").refused
    with library.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM surveys").fetchone() == (0,)


def test_a_document_without_sections_is_read_in_windows(library: Library, add_book: AddBook, desk: OpenDesk) -> None:
    document = add_book()
    with library.database.transaction() as connection:
        connection.execute("DELETE FROM sections")
        connection.execute("UPDATE chunks SET section = NULL")
    answer = desk().ask("summarise this document", within=(Scope(document),))
    assert "Insertion sort is an algorithm" in answer.answer
    assert "is not divided into chapters" in desk().ask("summarise chapter 2").answer


def test_the_surveyor_reads_beside_a_writer(add_book: AddBook, library: Library, desk: OpenDesk) -> None:
    add_book()
    with Library.open(library.home, writable=False) as reading:
        surveys = desk()
        surveys.surveyor = Surveyor(library=reading, generator=surveys.writer, model_for=surveys._model_for, locate=surveys._locate)
        assert not surveys.ask("summarise chapter 1").refused
