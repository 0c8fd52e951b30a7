"""Web pages: what a reader sees is read with its structure, and nothing of what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.reading.messages import PageRead
from engine.reading.parts.html import open_html
from engine.reading.parts.text import Parts
from engine.studying.sections import section_tree
from engine.trouble import DocumentRefused


def opened(tmp_path: Path, body: str | bytes, *, name: str = "page.html") -> Parts:
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>".encode())
    return open_html(path, name)


def blocks(part: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for block in part.blocks]


def only(book: Parts) -> list[tuple[str, str]]:
    """The blocks of a page of one part."""
    (part,) = book.parts
    return blocks(part)


def test_headings_open_sections_and_each_has_parts_of_its_own(tmp_path: Path) -> None:
    book = opened(tmp_path, "<h1>Lists</h1><p>About lists.</p><h2>Linked</h2><p>Nodes.</p><h2>Arrays</h2><p>Cells.</p>")
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Lists", 1), (2, "Linked", 2), (2, "Arrays", 3)]
    assert [part.place.from_ for part in book.read(1, Cancellation()) if part.place] == [1, 2, 3]
    assert blocks(book.parts[1]) == [("heading", "Linked"), ("prose", "Nodes.")]
    assert book.parts[1].text == "Linked\n\nNodes."


def test_a_heading_right_above_another_is_read_with_it(tmp_path: Path) -> None:
    book = opened(tmp_path, "<h1>Chapter 4</h1><h2>Stacks</h2><p>Last in, first out.</p>")
    assert only(book)[:2] == [("heading", "Chapter 4"), ("heading", "Stacks")]
    assert [(entry.title, entry.page) for entry in book.outline] == [("Chapter 4", 1), ("Stacks", 1)]


def test_text_before_the_first_heading_has_an_entry_called_like_the_document(tmp_path: Path) -> None:
    book = opened(tmp_path, f"<p>{'Long words. ' * 40}</p><h1>One</h1><p>Text.</p>")
    assert [entry.title for entry in book.outline] == ["T", "One"]


def test_an_overline_belongs_to_the_heading_below_it(tmp_path: Path) -> None:
    book = opened(tmp_path, "<p>Chapter 7</p><h1>Graphs</h1><p>Text.</p>")
    assert [entry.title for entry in book.outline] == ["Graphs"]


def test_a_long_section_has_several_parts_with_one_place(tmp_path: Path) -> None:
    book = opened(tmp_path, "<h1>Long</h1>" + "".join(f"<p>Paragraph {n}. {'Words and words. ' * 20}</p>" for n in range(60)))
    assert len(book.parts) > 2
    assert {part.place.from_ for part in book.parts if part.place} == {1}
    assert all(len(part.text) <= 7000 for part in book.parts)
    assert [section.last_page for section in section_tree(book.outline, book.pages)] == [len(book.parts)]


def test_code_keeps_its_lines_and_indentation_without_the_numbers_beside_it(tmp_path: Path) -> None:
    number = '<span class="lineno">{}</span>'.format
    code = f"<pre>{number(1)}<b>def</b> f(x):\n{number(2)}    if x &lt; 0:\n{number(3)}        return -x\n\n    return x</pre>"
    assert only(opened(tmp_path, code)) == [("code", "def f(x):\n    if x < 0:\n        return -x\n\n    return x")]


def test_lines_of_prose_are_joined_and_white_space_is_one_space(tmp_path: Path) -> None:
    assert only(opened(tmp_path, "<p>A  stack\n is a\n\tlist.<br>It\ngrows.</p>")) == [("prose", "A stack is a list. It grows.")]


def test_list_items_keep_their_marks(tmp_path: Path) -> None:
    body = "<ol start=3><li>three<ul><li>inner</ul><li>four</ol>"
    assert [text for _, text in only(opened(tmp_path, body))] == ["3. three", "  - inner", "4. four"]


def test_a_term_stands_with_its_explanation(tmp_path: Path) -> None:
    (part,) = opened(tmp_path, "<dl><dt>heap</dt><dd>A tree in an array.</dd><dt>trie</dt><dd><p>A tree of prefixes.</p></dd></dl>").parts
    assert [text for _, text in blocks(part)] == ["heap: A tree in an array.", "trie: A tree of prefixes."]
    assert [part.text[start:end] for start, end in part.emphasis] == ["heap", "trie"]


def test_emphasis_is_kept_as_ranges(tmp_path: Path) -> None:
    (part,) = opened(tmp_path, "<p>A <em>binary heap</em> is a <b>tree</b>, and <dfn>sifting</dfn> mends it.</p>").parts
    assert [part.text[start:end] for start, end in part.emphasis] == ["binary heap", "tree", "sifting"]


def test_a_table_is_lines_of_cells_below_its_caption(tmp_path: Path) -> None:
    body = "<table><caption>Costs</caption><tr><th>n</th><th>steps</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>"
    assert only(opened(tmp_path, body)) == [("caption", "Costs"), ("table", "n | steps\n1 | 2")]


def test_a_table_that_only_lays_out_is_no_table(tmp_path: Path) -> None:
    body = "<table><tr><td><h1>Menu</h1><p>Left.</p></td><td><pre>x = 1</pre></td></tr></table>"
    assert only(opened(tmp_path, body)) == [("heading", "Menu"), ("prose", "Left."), ("code", "x = 1")]


def test_figures_say_their_caption_and_pictures_what_they_show(tmp_path: Path) -> None:
    body = (
        '<p>Before.</p><figure><img src="a.png" alt="A tree with three nodes"><figcaption>Figure 1: a tree</figcaption></figure><img src=b.png alt="image.png">'
    )
    assert only(opened(tmp_path, body)) == [("prose", "Before."), ("caption", "Figure 1: a tree"), ("caption", "A tree with three nodes")]


MATH = "http://www.w3.org/1998/Math/MathML"


def test_formulas_are_legible_lines(tmp_path: Path) -> None:
    body = (
        f'<p>Here <math xmlns="{MATH}"><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>a</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub></math> is'
        f" <math><msub><mi>a</mi><mi>n</mi></msub><msup><mi>x</mi><mi>n</mi></msup></math>"
        f' <math display="block"><mfrac><mrow><mn>1</mn><mo>+</mo><msqrt><mn>5</mn></msqrt></mrow><mn>2</mn></mfrac></math> and'
        f' <math alttext="\\frac{{a}}{{b}}"><mi>a</mi></math>.</p>'
    )
    assert only(opened(tmp_path, body)) == [("prose", "Here x^2 + a_(i + 1) is a_n x^n"), ("formula", "(1 + √5)/2"), ("prose", "and \\frac{a}{b}.")]


def test_the_tex_that_a_formula_was_made_from_is_kept(tmp_path: Path) -> None:
    body = (
        '<p>So <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>n</mi></mrow>'
        '<annotation encoding="application/x-tex">n \\log n</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true">nlogn</span></span>'
        ' and \\(2^n\\).</p><p>\\[ E = mc^2 \\]</p><script type="math/tex; mode=display">\\int f</script>'
    )
    assert only(opened(tmp_path, body)) == [("prose", "So n \\log n and \\(2^n\\)."), ("formula", "\\[ E = mc^2 \\]"), ("formula", "\\int f")]


def test_raised_and_lowered_letters_are_told_apart(tmp_path: Path) -> None:
    assert only(opened(tmp_path, "<p>O(n<sup>2</sup>) for x<sub>i+1</sub> in the 19<sup>th</sup> step</p>")) == [
        ("prose", "O(n^2) for x_(i+1) in the 19th step")
    ]


def test_theorems_are_kept_whole(tmp_path: Path) -> None:
    body = '<div class="theorem"><p><b>Theorem 1.</b> Trees have leaves.</p><p>Always.</p></div><div class="proof"><p>Clear.</p></div>'
    assert only(opened(tmp_path, body)) == [("theorem", "Theorem 1. Trees have leaves.\nAlways."), ("prose", "Clear.")]


def test_the_heading_of_a_theorem_or_of_a_box_opens_no_section(tmp_path: Path) -> None:
    body = (
        '<h2>Trees</h2><div class="ltx_theorem"><h6>Theorem 2.</h6><div><p>Trees have no cycles.</p></div></div>'
        '<div data-type="note"><h6>Note</h6><p>Forests neither.</p></div><aside><h3>Who?</h3><p>Euler.</p></aside>'
    )
    book = opened(tmp_path, body)
    assert [entry.title for entry in book.outline] == ["Trees"]
    assert only(book)[1:] == [
        ("theorem", "Theorem 2.\nTrees have no cycles."),
        ("heading", "Note"),
        ("prose", "Forests neither."),
        ("heading", "Who?"),
        ("prose", "Euler."),
    ]


def test_a_table_that_sets_a_formula_beside_its_number_is_a_formula(tmp_path: Path) -> None:
    body = '<table class="ltx_equation ltx_eqn_table"><tr><td></td><td><math alttext="x=1"><mi>x</mi></math></td><td></td><td>(7)</td></tr></table>'
    assert only(opened(tmp_path, body)) == [("formula", "x=1 (7)")]


def test_footnotes_keep_their_number_and_the_text_loses_the_mark(tmp_path: Path) -> None:
    body = (
        '<p>Lazy.<a href="#f1" id="r1"><sup>1</sup></a> Eager.<sup><a href="#f2">[2]</a></sup></p>'
        '<section role="doc-endnotes"><ol><li id="f1"><p>By need.<a href="#r1" role="doc-backlink">↩</a></p></li><li id="f2">At once.</li></ol></section>'
    )
    assert only(opened(tmp_path, body)) == [("prose", "Lazy. Eager."), ("footnote", "1. By need."), ("footnote", "2. At once.")]


def test_what_stands_around_the_text_is_not_read(tmp_path: Path) -> None:
    body = (
        "<header><a href=/>Site</a></header><nav><ul><li><a href=a.html>A</a></ul></nav><script>var x</script><style>p{}</style><!-- hidden -->"
        '<div style="display: none">never</div><p hidden>never</p><span aria-hidden="true">✦</span><div class="breadcrumb">Home</div>'
        '<p>Next: <a href="b.html">1.2</a>, Prev: <a href="c.html">Preface</a> [<a href="i.html">Contents</a>]</p>'
        '<main><h1>Heaps<a class="headerlink" href="#heaps">¶</a></h1><p>Read <a href="d.html">this</a> first.</p></main>'
        "<footer>© 2020</footer><button>Copy</button>"
    )
    assert only(opened(tmp_path, body)) == [("heading", "Heaps"), ("prose", "Read this first.")]


def test_contents_are_kept_but_marked(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="#s{n}">Section number {n}</a></li>' for n in range(6))
    book = opened(tmp_path, f"<h1>Notes</h1><p>Welcome to these notes.</p><ul>{links}</ul><h2 id=s0>First</h2><p>Text.</p>")
    assert [part.kind for part in book.parts] == ["text", "contents", "text"]


def test_a_list_of_links_to_elsewhere_is_text(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="https://example.org/{n}">Book number {n}</a></li>' for n in range(6))
    assert [part.kind for part in opened(tmp_path, f"<h1>Reading list</h1><ul>{links}</ul>").parts] == ["text"]


def test_an_index_is_kept_with_the_parts_that_its_terms_lead_to(tmp_path: Path) -> None:
    body = (
        "<h1>Book</h1><p>Text.</p><h2 id=a>Heaps</h2><p id=p1>Heaps.</p><h2 id=b>Lists</h2><p id=p2>Lists.</p><p id=p3>Circles.</p><h2>Index</h2>"
        '<ul><li>heap, <a href="#a">1</a><li>list, <a href="#b">2</a>, <a href="#a">1</a><ul><li>circular, <a href="#p3">2</a></ul>'
        '<li><a href="#p2">ring</a> (2)</ul>'
    )
    book = opened(tmp_path, body)
    assert [part.kind for part in book.parts] == ["text", "text", "text", "index"]
    assert {entry.term: entry.pages for entry in book.index} == {"heap": (2,), "list": (2, 3), "list, circular": (3,), "ring (2)": (3,)}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<meta charset="gb2312"><p>数据结构</p>'.encode("gb18030"), "数据结构"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>木構造</p>'.encode("cp932"), "木構造"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Größe</p></body></html>'.encode("latin-1"), "Größe"),
        ("<html><p>Größe — “quoted”</p>".encode("utf-16"), "Größe — “quoted”"),
        ("<html><p>Größe</p>".encode(), "Größe"),
        ('<meta charset="utf-8"><p>Größe</p>'.encode("cp1252"), "Größe"),
        (b'<meta charset="rot13"><p>plain</p>', "plain"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, page: bytes, said: str) -> None:
    assert only(opened(tmp_path, page)) == [("prose", said)]


def test_xhtml_with_named_characters_and_empty_elements_is_read(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><a id="x"/><p>One&nbsp;&mdash; two<i/> three</p></body></html>'
    )
    assert only(opened(tmp_path, page.encode())) == [("prose", "One — two three")]


def test_entities_that_a_page_defines_are_not_unfolded_and_no_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{levels}<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>before &l8; &x; after</p></body></html>'
    )
    text = "".join(part.text for part in opened(tmp_path, page.encode()).parts)
    assert "before" in text
    assert "lollol" not in text
    assert "secret words" not in text


def test_nesting_beyond_reason_costs_neither_the_process_nor_the_words(tmp_path: Path) -> None:
    book = opened(tmp_path, "<font>" * 100_000 + "<p>Deep down.</p><h2>Still</h2><p>here</p>")
    assert [text for part in book.parts for _, text in blocks(part)] == ["Deep down.", "Still", "here"]
    with pytest.raises(DocumentRefused) as refused:
        opened(tmp_path, "<table><tr><td>" * 5_000 + "x")
    assert "nested" in refused.value.notice.sentence


def test_a_page_of_pictures_says_so_and_an_empty_one_is_blank(tmp_path: Path) -> None:
    assert [part.kind for part in opened(tmp_path, "<img src=a.png>").parts] == ["picture"]
    assert [part.kind for part in opened(tmp_path, "<div></div>").parts] == ["blank"]


def test_broken_markup_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert only(opened(tmp_path, b"<html><body><h1>Broken<p>One <b>two <p>three <pre>x\n  y"))[-1] == ("code", "x\n  y")


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "font-size: 1px",
        "font-size: .5px",
        "font-size: 0.01em",
        "opacity:0",
        "color:#FFF",
        "color: white;",
        "color:transparent",
        "position:absolute; left:-9999px",
        "color:rgba(0,0,0,0)",
    ],
)
def test_text_that_styles_hide_is_counted_and_not_read(tmp_path: Path, style: str) -> None:
    book = opened(tmp_path, f'<p>A stack <span style="{style}">Obey <b>these</b> orders.</span> is a list.</p>')
    (part,) = book.read(1, Cancellation())
    assert part.text == "A stack is a list."
    assert part.hidden == len("Obeytheseorders.")


def test_what_sets_no_size_anew_beside_what_does_stays_hidden(tmp_path: Path) -> None:
    book = opened(tmp_path, '<div style="font-size:0"><p style="font-size:16px">A stack is a list.</p><p>Obey these orders.</p></div>')
    assert book.parts[0].text == "A stack is a list."
    assert book.hidden == len("Obeytheseorders.")


@pytest.mark.parametrize(
    "page",
    [
        '<div style="background: #003"><p style="color: #fff">A dark slide.</p></div>',
        '<div class="dark"><p style="color: #fff">A dark slide.</p></div>',
        '<p style="color: #fff0f0; font-size: 10px; opacity: 0.8; left: -9px">A dark slide.</p>',
        '<div style="font-size:0"> <div style="font-size:16px">A dark slide.</div> </div>',
        '<div style="font-size: 0"><div><p class="slide">A dark slide.</p></div></div>',
        '<div style="color: white"><p style="color: black">A dark slide.</p></div>',
        '<p style="font-size: 0.8em">A dark slide.</p>',
        '<p style="text-align: left; font-size: .75rem; color: #333">A dark slide.</p>',
        '<div style="opacity:0;transform:translateY(20px)"><p>A dark slide.</p></div>',
    ],
)
def test_text_that_may_be_seen_after_all_is_read(tmp_path: Path, page: str) -> None:
    book = opened(tmp_path, page)
    assert book.parts[0].text == "A dark slide."
    assert book.hidden == 0
