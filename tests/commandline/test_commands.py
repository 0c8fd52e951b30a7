"""The command line's contract: names, fields and exit statuses that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pymupdf
import pytest

from engine import commandline
from engine.commandline import commands
from engine.commandline.running import run_command_of
from engine.home import Home, WriterLock

pytestmark = pytest.mark.real

NOTES = """# Stacks

A stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack.

# Queues

A queue is a collection in which the item added first is removed first. Enqueue adds an item at the back of the queue.
"""


class Terminal:
    """Runs commands over one home and keeps what they print."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capture = capture
        self.errors = ""

    def run(self, *arguments: object, status: int = 0) -> str:
        """Stdout of a command that must end with this exit status."""
        self._capture.readouterr()
        ended = commandline.run(["--home", str(self.home), *(str(argument) for argument in arguments)])
        printed = self._capture.readouterr()
        self.errors = printed.err
        assert ended == status, printed.err
        return printed.out

    def said(self) -> str:
        """What stands on stderr since the last look."""
        return self._capture.readouterr().err

    def json(self, *arguments: object, status: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", status=status))

    def json_lines(self, *arguments: object, status: int = 0) -> list[Any]:
        return [json.loads(line) for line in self.run(*arguments, "--json", status=status).splitlines()]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "home", capsys)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.md"
    file.write_text(NOTES)
    return file


def test_the_windows_start_knows_every_command() -> None:
    assert sorted(commandline.COMMANDS) == list(commands.known_commands())


def test_wrong_usage_exits_with_2(terminal: Terminal) -> None:
    terminal.run("search", status=2)
    terminal.run("no-such-command", status=2)
    terminal.run("add", status=2)


def test_an_empty_name_is_not_the_folder_one_is_in(terminal: Terminal) -> None:
    for command in (("add",), ("watch", "add"), ("export",), ("import",)):
        terminal.run(*command, "", status=2)
        assert "It is empty." in terminal.errors
    assert not terminal.home.exists()


def test_adding_says_searchable_then_ready_then_done(terminal: Terminal, notes: Path) -> None:
    lines = terminal.json_lines("add", notes, "--collection", "week 1")
    assert [line["event"] for line in lines] == ["searchable", "document", "done"]
    assert lines[1]["state"] == "ready"
    assert lines[1]["path"] == str(notes)
    assert set(lines[2]) >= {"ready", "unchanged", "refused", "pages", "chunks", "seconds", "seconds_embedding"}
    (document,) = terminal.json("documents")["documents"]
    assert document["collections"] == ["week 1"]
    assert document["sample"] is False
    assert terminal.json_lines("add", notes)[0]["state"] == "unchanged"


def test_each_bad_file_gets_a_sentence_and_a_remedy_and_the_rest_is_done(terminal: Terminal, notes: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    disguised = tmp_path / "disguised.pdf"
    disguised.write_text("Plain words under a false name.\n" * 30)
    locked = tmp_path / "locked.pdf"
    with pymupdf.open() as book:
        book.new_page().insert_text((72, 200), "secret")
        book.save(locked, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="secret")
    bare = tmp_path / "bare"
    bare.mkdir()
    lines = terminal.json_lines("add", tmp_path / "missing.pdf", bare, empty, disguised, locked, notes, status=1)
    states = {Path(line["path"]).name: line for line in lines if line["event"] == "document"}
    assert states.pop("notes.md")["state"] == "ready"
    assert len(states) == 5
    for line in states.values():
        assert line["state"] == "refused"
        assert line["reason"].endswith(".")
        assert line["reason"] in terminal.errors
        assert line["remedy"] in terminal.errors
    assert "Traceback" not in terminal.errors


def test_search_answers_one_question_and_a_batch_alike(terminal: Terminal, notes: Path, tmp_path: Path) -> None:
    terminal.run("add", notes)
    found = terminal.json("search", "What is a stack?", "--limit", "3")
    assert found["answerable"] is True
    assert 0.0 <= found["confidence"] <= 1.0
    first = found["passages"][0]
    assert {"rank", "document", "path", "title", "page", "page_label", "section", "text", "score", "boxes"} <= set(first)
    assert first["page"] is None
    assert first["place"]["kind"] == "lines"
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "a", "question": "What is a stack?"}\nnot json\n{"id": "b", "question": "What is a queue?"}\n')
    lines = terminal.json_lines("search", "--batch", batch, "--limit", "3", status=1)
    assert [line["id"] for line in lines] == ["a", "line 2", "b"]
    assert "error" in lines[1]
    assert lines[0]["passages"][0]["text"] == first["text"]
    batch.write_text('{"id": 8, "question": "What about its top?", "history": ["What is a stack?"]}\n')
    for command in ("search", "ask"):
        (followed,) = terminal.json_lines(command, "--batch", batch)
        assert (followed["question"], followed["searched_for"]) == ("What about its top?", "top for stack")
    batch.write_text('{"id": 7, "question": "What is a stack?"}\n')
    assert [line["id"] for line in terminal.json_lines("search", "--batch", batch)] == [7]


def test_what_nobody_thought_of_is_one_sentence_and_its_traceback_in_the_log(terminal: Terminal, tmp_path: Path) -> None:
    @click.group()
    @click.pass_context
    def program(context: click.Context) -> None:
        context.ensure_object(dict)["home"] = str(tmp_path / "home")

    @program.command()
    def stumble() -> None:
        raise ZeroDivisionError("over a stone")

    assert run_command_of(program, ["stumble"]) == 1
    log = tmp_path / "home" / "logs" / "commands.log"
    assert "Traceback" in log.read_text()
    said = terminal.said()
    assert "Traceback" not in said
    assert "over a stone" in said
    assert str(log) in said


def test_whoever_reads_only_the_beginning_of_our_output_is_no_trouble(notes: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-P", "-c", "import sys, main; sys.exit(main.main())", "--home", str(tmp_path / "home"))
    subprocess.run((*command, "add", str(notes)), check=True, capture_output=True)
    with subprocess.Popen((*command, "documents"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_searching_within_an_unknown_document_is_a_plain_sentence(terminal: Terminal, notes: Path) -> None:
    terminal.run("add", notes)
    terminal.run("search", "stack", "--within", "feedfeed", status=1)
    assert len(terminal.errors.splitlines()) == 2


def test_an_answer_has_its_proof_and_a_refusal_has_none(terminal: Terminal, notes: Path) -> None:
    terminal.run("add", notes)
    answer = terminal.json("ask", "What is a queue?", "--max-tokens", "60")
    assert answer["refused"] is False
    numbers = {citation["number"] for citation in answer["citations"]}
    supported = [sentence for sentence in answer["sentences"] if sentence["status"] == "supported"]
    assert supported
    assert all(set(sentence["citations"]) <= numbers for sentence in answer["sentences"])
    assert {"seconds_search", "seconds_to_first_token", "tokens_prompt", "tokens_prompt_reused", "tokens_answer", "tokens_per_second"} <= set(answer["timings"])
    refused = terminal.json("ask", "Who won the football world cup in 1998?")
    assert refused["refused"] is True
    assert refused["citations"] == []
    assert "[1]" in terminal.run("ask", "What is a queue?", "--max-tokens", "60")


def test_remove_and_verify(terminal: Terminal, notes: Path) -> None:
    terminal.run("add", notes)
    (document,) = terminal.json("documents")["documents"]
    assert terminal.json("remove", document["document"][:10]) == {"removed": [document["document"]]}
    assert terminal.json("documents") == {"documents": []}
    assert terminal.json("verify")["ok"] is True
    terminal.run("remove", "feedfeed", status=1)


def test_a_home_that_is_held_can_be_read_but_not_written(terminal: Terminal, notes: Path) -> None:
    terminal.run("add", notes)
    lock = WriterLock(Home(terminal.home))
    lock.acquire("the other program")
    try:
        terminal.run("add", notes, status=1)
        assert "the other program" in terminal.errors
        assert terminal.json("search", "What is a stack?")["passages"]
    finally:
        lock.release()


def test_half_a_model_is_refused_and_a_whole_one_inspected(terminal: Terminal, tmp_path: Path) -> None:
    starter = next(model for model in terminal.json("models", "list")["models"] if model["kind"] == "generator")
    assert starter["chosen"] is True
    half = tmp_path / "half.gguf"
    with open(starter["path"], "rb") as whole:
        half.write_bytes(whole.read(starter["size_bytes"] // 2))
    terminal.run("models", "add", half, status=1)
    assert len(terminal.errors.splitlines()) == 2
    facts = terminal.json("models", "inspect", starter["path"])
    assert facts["architecture"] == "llama"
    assert facts["memory_bytes"] > starter["size_bytes"]


def test_the_doctor_names_what_it_looked_at(terminal: Terminal) -> None:
    examined = terminal.json("doctor")
    assert examined["ok"] is True, examined
    assert {check["name"] for check in examined["checks"]} >= {"versions", "disk", "CPU", "GPU", "embedder", "model", "library"}


def test_the_doctor_finds_a_damaged_model_on_the_shelf(terminal: Terminal) -> None:
    terminal.run("documents")
    (terminal.home / "models" / "half.gguf").write_bytes(b"GGUF" + bytes(20))
    examined = terminal.json("doctor", status=1)
    (shelf,) = [check for check in examined["checks"] if check["name"] == "shelf"]
    assert shelf["ok"] is False
    assert "half.gguf" in shelf["detail"]
    assert shelf["remedy"]


def test_the_self_test_passes(terminal: Terminal) -> None:
    examined = terminal.json("self-test")
    assert examined["ok"] is True, examined
    assert len(examined["steps"]) >= 8
