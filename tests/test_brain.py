"""The engine as a plain library: from a question to a proven answer, with a generator that says what its script says."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.home import Home
from engine.selftest import steps
from engine.trouble import ChildDied, HomeTrouble, Stopped, Trouble
from engine.values import Scope

pytestmark = pytest.mark.real

TESTS = Path(__file__).parent
SCRIPTED_GENERATOR = TESTS / "generation" / "scripted_child.py"

STACKS = """# Stacks and queues

## Stacks

A stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack and takes
constant time. Pop removes the item on the top of the stack and returns it.

## Queues

A queue is a collection in which the item added first is removed first. Enqueue adds an item at the back of the queue.
Dequeue removes the item at the front of the queue.
"""

A_STACK_IS = "A stack is a collection in which the item added last is removed first."

Open = Callable[..., Brain]


@pytest.fixture
def open_brain(tmp_path: Path) -> Iterator[Open]:
    """Opens engines over one home, with real readers and hashed vectors; closes them in the end."""
    opened: list[Brain] = []

    def open_one(*, script: dict[str, object] | None = None, writing: str = "required", patience_s: float = 30.0) -> Brain:
        brain = Brain.open(
            Home(tmp_path / "home"),
            writing=writing,  # type: ignore[arg-type]
            program="a test",
            patience_for_model_s=patience_s,
            commands={
                "generator": (sys.executable, "-P", str(SCRIPTED_GENERATOR), json.dumps(script or {})),
                "embedder": (sys.executable, "-P", str(TESTS / "hashing_embedder.py")),
            },
        )
        opened.append(brain)
        return brain

    yield open_one
    for brain in opened:
        brain.close()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "stacks.md"
    file.write_text(STACKS)
    return file


def study(brain: Brain, *paths: Path) -> m.Studied:
    return brain.ask_once(m.Study(tuple(str(path) for path in paths)), m.Studied)


def ask(brain: Brain, question: str, **options: object) -> m.Answered:
    return brain.ask_once(m.Ask(question, **options), m.Answered)  # type: ignore[arg-type]


def test_what_the_model_says_is_proven_sentence_by_sentence(open_brain: Open, notes: Path) -> None:
    said = "A stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack. Stacks were invented by aliens."
    brain = open_brain(script={"otherwise": said})
    study(brain, notes)
    answer = ask(brain, "What is a stack?").answer
    assert not answer.refused
    assert answer.origin == "model"
    assert [sentence.status for sentence in answer.sentences] == ["supported", "supported", "unsupported"]
    assert "aliens" not in answer.answer
    quotes = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences[:2]:
        (number,) = sentence.citations
        assert quotes[number].quote in " ".join(STACKS.split()) or quotes[number].quote in STACKS
        place = quotes[number].place
        assert place is not None
        lines = STACKS.splitlines()[place.from_ - 1 : place.to]
        assert quotes[number].quote.split()[0] in lines[0]


@pytest.mark.parametrize("typed", ["", "?", " ？？ "])
def test_nothing_but_question_marks_is_no_question(open_brain: Open, typed: str) -> None:
    with pytest.raises(Trouble, match="There is no question"):
        list(open_brain().handle(m.Ask(typed), Cancellation()))


def test_sources_are_shown_before_the_first_word(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": A_STACK_IS})
    study(brain, notes)
    kinds = [type(said) for said in brain.handle(m.Ask("What is a stack?"), Cancellation())]
    assert kinds.index(m.PassagesFound) < kinds.index(m.PassagesBeingRead) < kinds.index(m.Wrote)
    assert kinds[-1] is m.Answered
    assert kinds.count(m.Answered) == 1


def test_a_follow_up_is_searched_for_with_what_it_leaves_out_and_answered_as_it_was_asked(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"answers": [{"when": "What does a stack do", "say": A_STACK_IS}]})
    study(brain, notes)
    said = list(brain.handle(m.Ask("What does it do?", history=("What is a stack?",), remember=True), Cancellation()))
    (found,) = (one for one in said if isinstance(one, m.PassagesFound))
    assert found.searched_for == "What does a stack do?"
    answered = said[-1]
    assert isinstance(answered, m.Answered)
    assert (answered.answer.question, answered.answer.searched_for) == ("What does it do?", "What does a stack do?")
    assert answered.answer.origin == "model"
    assert answered.conversation is not None
    assert brain.conversations.turns(answered.conversation)[1][0].answer.question == "What does it do?"
    assert brain.ask_once(m.Search("and a queue?", history=("What is a stack?",)), m.Found).searched_for == "What is a queue?"


def test_a_comparison_holds_both_sides_and_is_refused_where_one_is_not_known(open_brain: Open, notes: Path) -> None:
    brain = open_brain()
    study(brain, notes)
    answer = ask(brain, "stack vs queue", with_model=False).answer
    assert not answer.refused
    assert "last is removed first" in answer.answer
    assert "first is removed first" in answer.answer
    assert ask(brain, "What is the difference between a stack and a volcano?", with_model=False).answer.refused


def test_a_passage_is_shown_to_the_model_with_the_sentences_around_it_and_none_twice(open_brain: Open, tmp_path: Path) -> None:
    sentences = [f"Tree number {number} of the forest is watered from the left and pruned from the right in its own time." for number in range(1, 60)]
    sentences[30] = "A pairing heap links two heaps by their roots whenever one of them is asked to take in the other."
    file, record = tmp_path / "heaps.md", tmp_path / "record.jsonl"
    file.write_text("# Heaps\n\n" + "\n\n".join(" ".join(sentences[first : first + 5]) for first in range(0, 60, 5)) + "\n")
    brain = open_brain(script={"otherwise": sentences[30], "record": str(record)})
    study(brain, file)
    best = brain.ask_once(m.Search("What is a pairing heap?", limit=2), m.Found).passages
    answer = ask(brain, "What is a pairing heap?").answer
    (told,) = (line["messages"][-1]["content"] for line in map(json.loads, record.read_text().splitlines()) if "messages" in line)
    shown = [sentence for sentence in sentences if sentence in told]
    assert len(shown) > sum(sentence in passage.text for sentence in sentences for passage in best)
    assert all(told.count(sentence) == 1 for sentence in shown)
    for sentence in shown:
        assert any(sentence in passage.text for passage in answer.passages)
    assert all(len(passage.text) <= 2000 for passage in answer.passages)
    assert [sentence.status for sentence in answer.sentences] == ["supported"]


def test_a_model_that_talks_nonsense_is_replaced_by_the_books_own_words(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": "Bananas are yellow and grow in warm countries. Most people like them."})
    study(brain, notes)
    answer = ask(brain, "What is a queue?").answer
    assert answer.origin == "passages"
    assert answer.note
    assert "added first is removed first" in answer.answer
    assert all(sentence.status == "supported" for sentence in answer.sentences)


def test_a_model_that_cannot_be_loaded_is_replaced_by_the_books_own_words(open_brain: Open, notes: Path) -> None:
    refuse = {"code": "model-too-large", "sentence": "The model needs 5 GB and 3 GB are free.", "remedy": "Choose a smaller model."}
    brain = open_brain(script={"refuse": refuse})
    study(brain, notes)
    answer = ask(brain, "What is a queue?").answer
    assert answer.origin == "passages"
    assert "added first is removed first" in answer.answer
    assert brain.state().generator == "failed"
    assert "5 GB" in brain.state().generator_detail


def test_a_chinese_question_is_not_put_to_a_model_that_knows_only_english(open_brain: Open, tmp_path: Path) -> None:
    file = tmp_path / "栈.txt"
    file.write_text("栈是一种后进先出的数据结构。入栈操作把元素放到栈顶。队列是一种先进先出的数据结构。\n")
    brain = open_brain(script={"otherwise": "This must not be said."})
    study(brain, file)
    answer = ask(brain, "什么是栈?").answer
    assert answer.origin == "passages"
    assert "后进先出" in answer.answer


def test_meaning_alone_is_searched_where_it_is_asked_for_whatever_the_language(open_brain: Open, tmp_path: Path) -> None:
    file = tmp_path / "栈.txt"
    file.write_text("栈是一种后进先出的数据结构。\n")
    brain = open_brain()
    study(brain, file)
    found = brain.ask_once(m.Search("什么是栈?", by="meaning"), m.Found)
    assert [passage.title for passage in found.passages] == ["栈"]


def test_what_is_not_in_the_library_is_refused_in_strict_mode(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": "Paris is the capital of France."})
    study(brain, notes)
    answer = ask(brain, "What is the capital of France?").answer
    assert answer.refused
    assert answer.origin == "none"
    assert answer.citations == ()
    assert "Paris" not in answer.answer


def test_a_refusal_says_what_is_not_read_yet_in_the_part_that_was_asked(open_brain: Open, notes: Path, tmp_path: Path) -> None:
    brain = open_brain()
    brain.ask_once(m.Study((str(notes),)), m.Studied)
    waiting = tmp_path / "later.txt"
    waiting.write_text("What this says nobody has read yet.")
    row = brain.library.register(brain.library.files.take(waiting), path=str(waiting), collection="Later")
    question = "Who won the football championship in 1954?"
    assert brain.ask_once(m.Ask(question), m.Answered).answer.note == "One document is not read yet: the answer may be in it."
    of_others = m.Ask(question, within=(Scope(next(one.document for one in brain.documents() if one.document != row.document)),))
    assert brain.ask_once(of_others, m.Answered).answer.note is None
    assert brain.ask_once(m.Ask(question, within=(Scope(collection="Later"),)), m.Answered).answer.note is not None


def test_open_mode_lets_the_model_speak_and_marks_it(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": "Paris is the capital of France."})
    study(brain, notes)
    answer = ask(brain, "What is the capital of France?", mode="open").answer
    assert not answer.refused
    assert [sentence.status for sentence in answer.sentences] == ["general"]


def test_a_generator_killed_in_mid_answer_ends_the_question_and_the_next_one_works(open_brain: Open, notes: Path) -> None:
    script = {
        "answers": [{"when": "question: What is a queue", "say": "A queue is a collection", "then": "die"}],
        "otherwise": "A stack is a collection in which the item added last is removed first.",
    }
    brain = open_brain(script=script)
    study(brain, notes)
    with pytest.raises(ChildDied):
        ask(brain, "What is a queue?")
    assert ask(brain, "What is a stack?").answer.origin == "model"


def test_stop_in_mid_answer_ends_the_question_and_the_next_one_works(open_brain: Open, notes: Path) -> None:
    script = {
        "answers": [{"when": "question: What is a queue", "say": "A queue is a collection", "then": "stall"}],
        "otherwise": "A stack is a collection in which the item added last is removed first.",
    }
    brain = open_brain(script=script)
    study(brain, notes)
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in brain.handle(m.Ask("What is a queue?"), cancellation):
            if isinstance(said, m.Wrote):
                cancellation.cancel()
    assert ask(brain, "What is a stack?").answer.origin == "model"


def test_a_question_about_one_book_is_answered_from_that_book(open_brain: Open, notes: Path, tmp_path: Path) -> None:
    other = tmp_path / "kitchen.md"
    other.write_text("# Kitchen\n\nA stack is a pile of plates in the kitchen that somebody has to wash after dinner.\n")
    brain = open_brain(script={})
    study(brain, notes, other)
    kitchen = brain.resolve(str(other))
    found = brain.ask_once(m.Search("What is a stack?", within=(Scope(kitchen),)), m.Found)
    assert {passage.document for passage in found.passages} == {kitchen}
    sections = brain.ask_once(m.ListSections(brain.resolve(str(notes))), m.Sections).sections
    queues = next(section for section in sections if section.title == "Queues")
    found = brain.ask_once(m.Search("What is removed first?", within=(Scope(brain.resolve(str(notes)), queues.number),)), m.Found)
    assert found.passages
    assert all("Queues" in passage.section for passage in found.passages)


def test_conversations_survive_a_restart_and_can_be_forgotten(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": A_STACK_IS})
    study(brain, notes)
    first = ask(brain, "What is a stack?", remember=True)
    assert first.conversation is not None
    ask(brain, "What is a queue?", remember=True, conversation=first.conversation)
    brain.close()
    again = open_brain()
    (listed,) = again.ask_once(m.ListConversations(), m.Conversations).conversations
    assert (listed.conversation, listed.title, listed.turns) == (first.conversation, "What is a stack?", 2)
    opened = again.ask_once(m.OpenConversation(first.conversation), m.ConversationOpened)
    assert opened.turns[0].answer == first.answer
    again.ask_once(m.ForgetConversation(first.conversation), m.ConversationForgotten)
    assert again.ask_once(m.ListConversations(), m.Conversations).conversations == ()


def test_a_second_engine_on_the_home_is_told_who_holds_it_and_can_still_search(open_brain: Open, notes: Path) -> None:
    first = open_brain()
    study(first, notes)
    with pytest.raises(HomeTrouble, match="a test"):
        open_brain(writing="required")
    second = open_brain(writing="if-free")
    assert second.read_only
    held = second.state().read_only_because
    assert held is not None
    assert "a test" in held.sentence
    assert second.ask_once(m.Search("What is a stack?"), m.Found).passages
    with pytest.raises(Trouble):
        study(second, notes)


def test_an_empty_library_answers_from_the_sample_book_and_forgets_it_when_there_is_another(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": "Nothing."})
    answer = ask(brain, "What is a red-black tree?").answer
    assert answer.citations
    (sample,) = brain.documents()
    assert sample.sample
    study(brain, notes)
    found = brain.ask_once(m.Search("What is a queue?"), m.Found)
    assert sample.document not in {passage.document for passage in found.passages}
    asked_of_it = brain.ask_once(m.Search("What is a queue?", within=(Scope(sample.document),)), m.Found)
    assert asked_of_it.passages


def test_a_page_is_drawn_as_raw_pixels_in_a_private_file(open_brain: Open) -> None:
    brain = open_brain()
    brain.ask_once(m.StudySample(), m.Studied)
    (sample,) = brain.documents()
    picture = brain.ask_once(m.DrawPage(sample.document, 3, 1.0), m.PageDrawn).picture
    file = Path(picture.path)
    assert file.stat().st_size == picture.stride * picture.height
    assert file.stat().st_mode & 0o077 == 0
    assert file.is_relative_to(brain.home.root)
    with pytest.raises(Trouble):
        brain.ask_once(m.DrawPage(sample.document, 3000, 1.0), m.PageDrawn)


def test_removing_a_document_really_removes_it(open_brain: Open, notes: Path) -> None:
    brain = open_brain()
    study(brain, notes)
    document = brain.resolve(str(notes))
    copy = brain.library.files.path_of(document)
    assert copy is not None
    assert brain.ask_once(m.Remove((document[:8],)), m.Removed).removed == (document,)
    assert not copy.exists()
    assert brain.documents() == ()
    verified = brain.ask_once(m.Verify(), m.Verified)
    assert verified.ok, verified.problems
    with pytest.raises(Trouble):
        brain.resolve(document)


def test_an_original_that_is_gone_opens_from_the_librarys_copy(open_brain: Open, notes: Path) -> None:
    brain = open_brain()
    study(brain, notes)
    document = brain.resolve(str(notes))
    assert brain.ask_once(m.LocateOriginal(document), m.OriginalLocated).path == str(notes)
    notes.unlink()
    assert Path(brain.ask_once(m.LocateOriginal(document), m.OriginalLocated).path).read_text() == STACKS


def test_a_conversation_forgotten_in_mid_answer_stays_forgotten(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": A_STACK_IS})
    study(brain, notes)
    first = ask(brain, "What is a stack?", remember=True)
    assert first.conversation is not None
    said = brain.handle(m.Ask("What is a queue?", remember=True, conversation=first.conversation), Cancellation())
    next(said)
    brain.ask_once(m.ForgetConversation(first.conversation), m.ConversationForgotten)
    answered = list(said)[-1]
    assert isinstance(answered, m.Answered)
    assert answered.conversation is None
    assert brain.ask_once(m.ListConversations(), m.Conversations).conversations == ()


def test_two_who_want_the_sample_book_at_once_both_get_it(open_brain: Open) -> None:
    brain = open_brain()
    endings: list[m.Studied] = []
    threads = [threading.Thread(target=lambda: endings.append(brain.ask_once(m.StudySample(), m.Studied))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((ending.ready, ending.unchanged) for ending in endings) == [(0, 1), (0, 1), (1, 0)]


def test_a_home_that_cannot_be_opened_is_let_go(open_brain: Open, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    home.study.write_bytes(b"This is no database." * 400)
    for _ in range(2):
        with pytest.raises(HomeTrouble, match="damaged"):
            open_brain()
    home.study.unlink()
    assert not open_brain().read_only


def test_a_library_that_was_made_but_holds_nothing_answers_from_the_sample_book_too(open_brain: Open) -> None:
    open_brain().close()
    answer = ask(open_brain(script={"otherwise": "Nothing."}, writing="if-empty"), "What is a red-black tree?").answer
    assert answer.citations


def test_a_library_that_is_just_being_made_can_be_read_and_is_empty(open_brain: Open, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    home.library.touch()
    home.study.touch()
    assert open_brain(writing="never").documents() == ()


def test_pictures_of_a_program_that_was_killed_are_deleted_and_newer_ones_left(open_brain: Open, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    old, new = home.pictures / "1-1.rgb", home.pictures / "1-2.rgb"
    for file in (old, new):
        file.touch()
    os.utime(old, (0, 0))
    open_brain()
    assert not old.exists()
    assert new.exists()


def test_an_engine_that_only_reads_leaves_the_shelf_alone(open_brain: Open, tmp_path: Path) -> None:
    open_brain().close()
    reader = open_brain(writing="never")
    with pytest.raises(HomeTrouble, match="reading only"):
        reader.ask_once(m.AddModel(str(tmp_path / "any.gguf")), m.ModelAdded)


def test_the_self_test_asks_the_sample_book_whatever_else_the_library_holds(open_brain: Open, notes: Path) -> None:
    brain = open_brain(script={"otherwise": "Nothing."})
    study(brain, notes)
    failed = {check.name: check.detail for check in steps(brain, Cancellation()) if not check.ok}
    assert "answer with a citation" not in failed, failed
