"""The translations are whole: every text of the window is in them, in Chinese, and the compiled file says the same."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QTranslator

from desktop.language import TRANSLATIONS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = TRANSLATIONS / "bytebrain_zh_CN.ts"
MODULES = sorted((ROOT / "desktop").rglob("*.py"))
SETTERS = ("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setWindowTitle", "setInformativeText")
MAKERS = ("insertText", "addAction", "addButton", "QLabel", "QPushButton", "QAction", "QFileDialog", "show_text", "show_state", "Notice", "Trouble")
SHOWING = frozenset((*SETTERS, *MAKERS))
"""What puts text before a person's eyes."""


class Message(NamedTuple):
    """One entry of a .ts file."""

    context: str
    source: str
    translation: str
    state: str | None


def messages_of(file: Path) -> list[Message]:
    """The entries of a .ts file."""
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append(Message(context.findtext("name", ""), message.findtext("source", ""), translation.text or "", translation.get("type")))
    return found


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_nothing_is_left_untranslated() -> None:
    unfinished = [message for message in messages_of(SOURCE) if message.state is not None or not message.translation.strip()]
    assert unfinished == []
    assert len(messages_of(SOURCE)) > 150


def test_every_text_of_the_window_is_in_the_file(tmp_path: Path) -> None:
    fresh = tmp_path / SOURCE.name
    shutil.copy(SOURCE, fresh)
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    assert tool is not None
    command = (tool, "-silent", "-extensions", "py", "-locations", "none", "-no-obsolete", str(ROOT / "desktop"), "-ts", str(fresh))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert (done.returncode, done.stderr) == (0, "")
    assert set(messages_of(fresh)) == set(messages_of(SOURCE)), "run `make translations`, then translate what is unfinished"


def test_placeholders_survive_the_translation() -> None:
    assert [message for message in messages_of(SOURCE) if placeholders(message.source) != placeholders(message.translation)] == []


def test_the_compiled_file_says_what_the_source_says() -> None:
    translator = QTranslator()
    assert translator.load(str(SOURCE.with_suffix(".qm")))
    differing = [message for message in messages_of(SOURCE) if translator.translate(message.context, message.source) != message.translation]
    assert differing == [], "run `make translations`"


def test_chinese_is_written_with_chinese_signs() -> None:
    half_width = re.compile(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]|\.\.\.")
    assert [message.translation for message in messages_of(SOURCE) if half_width.search(message.translation)] == []


# ---- in the code ---------------------------------------------------------------------------------------------------


def outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(tree):
        yield child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in (*child.args.defaults, *child.args.kw_defaults, *child.decorator_list):
                if default is not None:
                    yield from ast.walk(default)
        elif not isinstance(child, ast.Lambda):
            yield from outside_functions(child)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def plain_words(node: ast.expr) -> str:
    """The literal words of an expression that are not handed to the translator."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return " ".join(plain_words(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.IfExp):
        return plain_words(node.body) + " " + plain_words(node.orelse)
    if isinstance(node, ast.BinOp):
        return plain_words(node.left) + " " + plain_words(node.right)
    return ""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_no_text_is_frozen_at_import_or_shown_untranslated(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    frozen = [node.lineno for node in outside_functions(tree) if isinstance(node, ast.Call) and name_of(node) in ("tr", "translate")]
    assert frozen == []
    if module.name == "screenshots.py":
        return
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in SHOWING):
        shown = call.args[1:] if name_of(call) in ("Notice", "Trouble") else call.args
        words = [plain_words(argument) for argument in shown]
        assert [text for text in words if re.search(r"[A-Za-z]{2}", text) and text.strip() != "ByteBrain"] == [], f"line {call.lineno}"
