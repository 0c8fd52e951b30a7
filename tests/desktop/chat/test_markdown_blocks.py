"""A growing answer: what is finished stays finished, however the pieces fall."""

from __future__ import annotations

import random

import pytest

from desktop.chat.markdown_blocks import open_fence, split_blocks
from desktop.chat.markdown_tree import parse_markdown

ANSWER = """# Red-black trees
A paragraph that
goes on.

Some steps:
1. Search
   with a second line

2. Insert
- a bullet
- another

  with a paragraph

```python
def f():

    return 1
```
After the code.

| a | b |
|---|---|
| 1 | 2 |

> quoted
> twice

Underlined
---

红黑树是平衡的。

* * *
~~~
not closed
"""


def test_nothing_of_the_text_is_lost() -> None:
    blocks, tail = split_blocks(ANSWER)
    assert "".join(blocks) + tail == ANSWER


def test_pieces_of_any_size_give_the_same_blocks_as_the_whole() -> None:
    expected = split_blocks(ANSWER)
    for seed in range(60):
        sizes = random.Random(seed)
        blocks: list[str] = []
        tail, position = "", 0
        while position < len(ANSWER):
            size = sizes.randint(1, 9)
            finished, tail = split_blocks(tail + ANSWER[position : position + size])
            blocks.extend(finished)
            position += size
        assert (tuple(blocks), tail) == expected


def test_blocks_drawn_one_by_one_look_like_the_whole() -> None:
    blocks, tail = split_blocks(ANSWER)
    assert tuple(block for source in (*blocks, tail) for block in parse_markdown(source)) == parse_markdown(ANSWER)


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("A paragraph", ()),
        ("A paragraph.\n\nThe next", ("A paragraph.\n\n",)),
        ("A paragraph.\n\n1", ()),  # may become "1. item" or "100 trees": both begin a block, but not this character
        ("- one\n- two\n", ("- one\n",)),
        ("- one\n\n  still one", ()),
        ("```\ncode\n\nmore", ()),
        ("```\ncode\n```\n", ("```\ncode\n```\n",)),
        ("```inline``` code\n\nNext", ("```inline``` code\n\n",)),
        ("Title\n---\n\nText", ("Title\n---\n\n",)),
        ("树。\n\n下一段", ("树。\n\n",)),
    ],
)
def test_a_block_is_finished_only_when_nothing_can_change_it(text: str, finished: tuple[str, ...]) -> None:
    assert split_blocks(text)[0] == finished


def test_a_fence_is_open_until_its_closing_line() -> None:
    assert open_fence("```python\nx = 1\n")
    assert not open_fence("```python\nx = 1\n```\n")
    assert open_fence("````\n```\n")
    assert not open_fence("no fence")
