"""The commands that look after the library: their names, fields and exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import commandline

pytestmark = pytest.mark.real

STACKS = "A stack is a collection in which the item added last is removed first.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"


class Terminal:
    """Runs commands over one home and keeps what they print."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._home = home
        self._capture = capture

    def json(self, *arguments: object, status: int = 0) -> list[Any]:
        self._capture.readouterr()
        ended = commandline.run(["--home", str(self._home), *(str(argument) for argument in arguments), "--json"])
        printed = self._capture.readouterr()
        assert ended == status, printed.err
        self.errors = printed.err
        return [json.loads(line) for line in printed.out.splitlines()]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "home", capsys)


def test_collections_are_made_searched_renamed_and_forgotten(terminal: Terminal, tmp_path: Path) -> None:
    stacks, queues = tmp_path / "stacks.txt", tmp_path / "queues.txt"
    stacks.write_text(STACKS)
    queues.write_text(QUEUES)
    terminal.json("add", stacks, queues, "--collection", "week 1")
    (made,) = terminal.json("collections", "add", "exam", queues)
    assert {collection["name"]: len(collection["documents"]) for collection in made["collections"]} == {"exam": 1, "week 1": 2}
    (found,) = terminal.json("search", "What is a collection?", "--by", "words", "--collection", "exam")
    assert {passage["path"] for passage in found["passages"]} == {str(queues)}
    terminal.json("search", "What is a stack?", "--collection", "nothing", status=1)
    assert "There is no collection called nothing." in terminal.errors
    terminal.json("collections", "remove", "week 1", queues)
    terminal.json("collections", "rename", "week 1", "week 2")
    terminal.json("collections", "forget", "exam")
    (listed,) = terminal.json("collections")
    assert [(collection["name"], len(collection["documents"])) for collection in listed["collections"]] == [("week 2", 1)]
    documents = terminal.json("documents")[0]["documents"]
    assert {Path(document["path"]).name: document["collections"] for document in documents} == {"stacks.txt": ["week 2"], "queues.txt": []}


def test_a_folder_is_watched_and_a_library_moves_to_another_home(terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "stacks.txt").write_text(STACKS)
    lines = terminal.json("watch", "add", folder, "--collection", "course")
    assert [line["event"] for line in lines] == ["searchable", "document", "done"]
    (folder / "queues.txt").write_text(QUEUES)
    lines = terminal.json("watch", "scan")
    assert [line["path"] for line in lines if line["event"] == "document" and line["state"] == "ready"] == [str(folder / "queues.txt")]
    (watched,) = terminal.json("watch")
    assert [(each["path"], each["collection"], each["trouble"]) for each in watched["folders"]] == [(str(folder), "course", None)]
    assert terminal.json("watch", "remove", folder) == [{"folders": []}]
    (written,) = terminal.json("export", tmp_path / "library.bytebrain")
    assert (written["documents"], written["path"]) == (2, str(tmp_path / "library.bytebrain"))
    other = Terminal(tmp_path / "other", capsys)
    assert other.json("import", tmp_path / "library.bytebrain")[0] == {"event": "imported", "documents": 2, "unchanged": 0}
    assert [(document["state"], document["collections"]) for document in other.json("documents")[0]["documents"]] == [("ready", ["course"])] * 2
    other.json("import", folder / "stacks.txt", status=1)
    assert "is damaged" in other.errors
