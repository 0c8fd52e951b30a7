"""Where sentences end, as a table of texts and the sentences in them."""

from __future__ import annotations

import pytest

from engine.answering.sentences import looks_like_code, split_into_sentences

CASES = {
    "plain sentences": ("A stack is a list. It is short.", ["A stack is a list.", "It is short."]),
    "abbreviations": (
        "Use e.g. a list. See Fig. 3 and Sec. 2.1 for it. Dr. Smith et al. agree.",
        ["Use e.g. a list.", "See Fig. 3 and Sec. 2.1 for it.", "Dr. Smith et al. agree."],
    ),
    "i.e. before a capital": ("It is linear, i.e. Theta of n. That holds.", ["It is linear, i.e. Theta of n.", "That holds."]),
    "initials": ("D. Knuth wrote it. E. W. Dijkstra did not.", ["D. Knuth wrote it.", "E. W. Dijkstra did not."]),
    "a variable at the end": ("The size is less than n. So n appends are cheap.", ["The size is less than n.", "So n appends are cheap."]),
    "a capital variable at the end": ("Each edge leads to B. The edge is short.", ["Each edge leads to B.", "The edge is short."]),
    "decimals": ("The value is 3.14 here. It is 2.5 there.", ["The value is 3.14 here.", "It is 2.5 there."]),
    "identifiers": ("Call list.append on it. Then list.pop removes it.", ["Call list.append on it.", "Then list.pop removes it."]),
    "an identifier begins a sentence": ("It grows. list.append adds to it.", ["It grows.", "list.append adds to it."]),
    "scheme names": ("The set! form changes it. The test null? is fast.", ["The set! form changes it.", "The test null? is fast."]),
    "ellipsis inside": ("The total is 1 + 2 + ... + n here. Good.", ["The total is 1 + 2 + ... + n here.", "Good."]),
    "ellipsis at the end": ("It goes on... Then it stops.", ["It goes on...", "Then it stops."]),
    "quotes": ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
    "brackets": ("It is so. (At least here.) And there.", ["It is so.", "(At least here.)", "And there."]),
    "questions and exclamations": ("Is it so? Yes! It is.", ["Is it so?", "Yes!", "It is."]),
    "etc. in the middle and at the end": (
        "Lists, sets etc. are kinds. Use lists etc. The rest follows.",
        ["Lists, sets etc. are kinds.", "Use lists etc.", "The rest follows."],
    ),
    "blank lines": ("A heading\n\nA sentence without end\n\nAnother.", ["A heading", "A sentence without end", "Another."]),
    "markdown headings": ("# Stacks\nA stack is a list.", ["Stacks", "A stack is a list."]),
    "list items": ("- one thing\n- another thing\n1. First\n2) Second", ["one thing", "another thing", "First", "Second"]),
    "an inline list": ("The rules hold: 1. The root is black. 2. A node is red.", ["The rules hold:", "The root is black.", "A node is red."]),
    "wrapped lines": (
        "This line is long enough that it was wrapped by an editor because of\nits width. Next.",
        ["This line is long enough that it was wrapped by an editor because of\nits width.", "Next."],
    ),
    "a fence": ("Look:\n\n```python\nx = 1.\ny = 2. Z\n```\nDone.", ["Look:", "```python\nx = 1.\ny = 2. Z\n```", "Done."]),
    "bare code": ("Look.\n\ndef f(x):\n    return x. y\n    # The end. Yes.\n\nDone.", ["Look.", "def f(x):\n    return x. y\n    # The end. Yes.", "Done."]),
    "a footnote's number": ("60The fact is known. It is.", ["The fact is known.", "It is."]),
    "chinese": ("什么是栈？栈是一种结构。它很简单！", ["什么是栈？", "栈是一种结构。", "它很简单！"]),
    "chinese with full-width stops": ("栈后进先出．队列先进先出．圆周率约为３．１４。", ["栈后进先出．", "队列先进先出．", "圆周率约为３．１４。"]),
    "chinese semicolons": ("栈后进先出；队列先进先出。", ["栈后进先出；", "队列先进先出。"]),
    "chinese quotes": ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
    "chinese with a decimal and an identifier": ("圆周率约为3.14。调用list.append即可。", ["圆周率约为3.14。", "调用list.append即可。"]),
    "nothing": ("  \n \n", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_text_is_split_into_its_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_into_sentences(text)] == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES.values()], ids=CASES.keys())
def test_spans_are_in_order_without_overlap_or_white_space_at_their_ends(text: str) -> None:
    position = 0
    for start, end in split_into_sentences(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        position = end


@pytest.mark.parametrize("code", ["for i in range(3):\n    print(i)", "int main() {\n  return 0;\n}", "(define (f x)\n  (* x x))"])
def test_code_is_recognised(code: str) -> None:
    assert looks_like_code(code)


def test_prose_is_not_code() -> None:
    assert not looks_like_code("A stack is a list.\nIt has a top, and a bottom (of course).")
