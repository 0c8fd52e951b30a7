"""Code is coloured, and stays what it is."""

from __future__ import annotations

import pytest

from desktop.chat.code_colours import LANGUAGES, colour_code


def test_python_is_told_apart() -> None:
    kinds = {text: kind for kind, text in colour_code("def f():\n    # why\n    return 'a'\n", "python")}
    assert kinds["def"] == kinds["return"] == "keyword"
    assert kinds["# why"] == "comment"
    assert kinds["'a'"] == "string"


@pytest.mark.parametrize("language", ["", "nonsense", "text", "../../x"])
def test_an_unknown_language_is_plain(language: str) -> None:
    assert colour_code("x = 1", language) == (("plain", "x = 1"),)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_language_changes_the_code(language: str) -> None:
    code = '\n\nif (x < 1) { y = "a" } # 树\n\t end\r\n'
    assert "".join(text for _, text in colour_code(code, language)) == code


def test_very_long_code_stays_plain() -> None:
    assert len(colour_code("x = 1\n" * 5_000, "python")) == 1
