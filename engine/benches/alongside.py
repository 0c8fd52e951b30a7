"""What our figures are measured against: the plain way to do the same with the libraries we stand on, each in a process of its own.

The programs are texts because they belong to no room of the engine: they use the giants as anybody would. Each says one line
of JSON for each line that it is given. They need a Python interpreter, which the installed program doesn't carry.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from engine.trouble import Trouble

PLAIN_ENCODE = """
import json, os, sys, time
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
directory, threads = sys.argv[1], int(sys.argv[2])
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
import torch
torch.set_num_threads(threads)
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(directory, device="cpu", local_files_only=True)
model.max_seq_length = int(sys.argv[3])
model.encode(["a heap"], show_progress_bar=False)
print(json.dumps({"torch": torch.__version__}), file=answers, flush=True)
for line in sys.stdin:
    texts = json.loads(line)
    began, spent = time.monotonic(), time.process_time()
    model.encode(texts, batch_size=32, show_progress_bar=False)
    print(json.dumps({"seconds": time.monotonic() - began, "spent": time.process_time() - spent}), file=answers, flush=True)
"""

BARE_READING = """
import json, os, sys, time
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
import pymupdf
print(json.dumps({"pymupdf": pymupdf.VersionBind}), file=answers, flush=True)
for line in sys.stdin:
    began, spent = time.monotonic(), time.process_time()
    with pymupdf.open(json.loads(line)) as book:
        for page in book:
            page.get_text("rawdict")
        pages = book.page_count
    print(json.dumps({"seconds": time.monotonic() - began, "spent": time.process_time() - spent, "pages": pages}), file=answers, flush=True)
"""


def can_run(package: str) -> bool:
    """Whether there is an interpreter, and this package for it."""
    return not getattr(sys, "frozen", False) and importlib.util.find_spec(package) is not None


class Alongside:
    """One of the programs, running."""

    def __init__(self, program: str, *arguments: str | Path) -> None:
        """Start it and wait until it has loaded what it needs.

        Raises:
            Trouble: it did not come up.
        """
        command = (sys.executable, "-P", "-c", program, *map(str, arguments))
        environment = {**os.environ, "TOKENIZERS_PARALLELISM": "false"}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
        self.hello = self._answer()

    def ask(self, what: object) -> dict[str, float]:
        """Let it do its work once and say what it measured.

        Raises:
            Trouble: it died.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._death() from error
        return self._answer()

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._death()
        answer: dict[str, float] = json.loads(line)
        return answer

    def _death(self) -> Trouble:
        return Trouble("bench-alongside", f"What we compare with ended with status {self._process.wait()}.", "Set ByteBrain up again: make setup.")

    def __enter__(self) -> Alongside:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
