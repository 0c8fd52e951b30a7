"""Killed in the middle: whole documents only, and it goes on."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m

pytestmark = pytest.mark.real

Write = Callable[..., Path]

REPOSITORY = Path(__file__).resolve().parents[2]

IMPORT_UNTIL_KILLED = """
import os, signal
from pathlib import Path
from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.home import Home
from engine.library.library import Library

brain = Brain.open(Home(Path({home!r})), writing="required", program="a test")
appended = 0

def dying(self, *arguments, whole=Library.append):
    global appended
    appended += 1
    whole(self, *arguments)
    if appended == 2:
        os.kill(os.getpid(), signal.SIGKILL)  # in the middle of the second document's transaction

Library.append = dying
list(brain.handle(m.ImportLibrary({file!r}), Cancellation()))
"""


def test_an_import_killed_in_the_middle_of_a_document_keeps_the_whole_ones_and_goes_on(open_desk: Any, write: Write, tmp_path: Path) -> None:
    first = open_desk("first")
    first.study(*(write(f"notes{number}.txt", f"A thing called term{number} is explained here and nowhere else.\n") for number in range(3)))
    first.do(m.ExportLibrary(str(tmp_path / "x.bytebrain")))
    first.close()
    script = textwrap.dedent(IMPORT_UNTIL_KILLED).format(home=str(tmp_path / "second"), file=str(tmp_path / "x.bytebrain"))
    killed = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    second = open_desk("second")
    assert [row.state for row in second.brain.documents()] == ["ready"]
    problems = second.brain.ask_once(m.Verify(), m.Verified).problems
    assert all("belongs to no document" in problem for problem in problems)  # the copy of the document that was not taken in
    assert second.brain.ask_once(m.ImportLibrary(str(tmp_path / "x.bytebrain")), m.LibraryImported) == m.LibraryImported(2, 1)
    assert second.brain.ask_once(m.Verify(), m.Verified) == m.Verified(True, (), ())
    assert sorted(second.rows()) == ["notes0.txt", "notes1.txt", "notes2.txt"]
