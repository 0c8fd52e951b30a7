"""Text in pictures: recognised with its places, also when turned; photographs stay pictures, and nothing is lost without the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from engine.cancellation import Cancellation
from engine.reading.messages import PageRead, PageRecognised
from engine.reading.opening import open_book
from engine.reading.pdf.columns import split_columns
from engine.reading.pdf.printed import GUESSED, PrintedLine, PrintedPage, PrintedWord, measured_line, style_of_font
from engine.reading.pdf.recognition import Recogniser, data_folders, find_data, how_to_get_it, is_text, runs_sideways, weigh

NewPdf = Callable[[], pymupdf.Document]

SENTENCE = "Every hash table keeps its entries in buckets, which good functions fill evenly."

needs_data = pytest.mark.skipif(find_data() is None, reason="Tesseract's data is not installed: packaging/set_up.py brings it where it may")


def line_of(text: str, *, x: float = 72.0, y: float = 100.0, size: float = 10.0, gaps: dict[int, float] | None = None) -> PrintedLine:
    words: list[PrintedWord] = []
    for index, word in enumerate(text.split()):
        x += (gaps or {}).get(index, 3.0 if words else 0.0)
        words.append(PrintedWord(word, x, y, x + 5.0 * len(word), y + size, size, GUESSED, False))
        x = words[-1].x1
    return measured_line(words, 0)


def page_of(*texts: str) -> PrintedPage:
    lines = tuple(line_of(text, y=100.0 + 14 * index) for index, text in enumerate(texts))
    return PrintedPage(1, None, 400.0, 600.0, 0, 0, lines, False, True)


class ScriptedEyes:
    """Recognises what it was told for each language and turn, and remembers what it was asked."""

    def __init__(self, seen: dict[tuple[str, int], PrintedPage | None]) -> None:
        self.seen = seen
        self.asked: list[tuple[str, int]] = []

    def __call__(self, number: int, languages: str, turn: int, limit_s: float) -> PrintedPage | None:
        assert limit_s > 0
        self.asked.append((languages, turn))
        return self.seen.get((languages, turn), page_of())


def recogniser(eyes: ScriptedEyes, *, languages: tuple[str, ...] = ("eng", "chi_sim"), sideways: bool = False) -> Recogniser:
    return Recogniser(languages=languages, recognise=eyes, is_sideways=lambda _number: sideways)


RUBBISH = ("~K XQ§ BTX |} zZ lI1 " * 6,) * 4


def test_a_plain_page_is_recognised_at_the_first_attempt() -> None:
    eyes = ScriptedEyes({("eng", 0): page_of(SENTENCE)})
    found = recogniser(eyes).page(1)
    assert found is not None
    assert found.lines[0].text == SENTENCE
    assert eyes.asked == [("eng", 0)]


def test_a_chinese_page_is_tried_with_both_languages_and_the_next_one_begins_with_them() -> None:
    chinese = page_of(" ".join("哈希表把元素分到许多桶里面去"), " ".join("好的函数让它们分布均匀"))
    eyes = ScriptedEyes({("eng", 0): page_of("BREE"), ("chi_sim+eng", 0): chinese})
    asked = recogniser(eyes)
    assert asked.page(1) is not None
    assert asked.page(2) is not None
    assert eyes.asked == [("eng", 0), ("chi_sim+eng", 0), ("chi_sim+eng", 0)]


def test_a_page_that_stands_on_its_head_is_turned_and_the_next_one_begins_so() -> None:
    eyes = ScriptedEyes({("eng", 0): page_of(*RUBBISH), ("eng", 180): page_of(SENTENCE)})
    asked = recogniser(eyes)
    assert asked.page(1) is not None
    assert asked.page(2) is not None
    assert eyes.asked == [("eng", 0), ("eng", 180), ("eng", 180)]


def test_a_page_that_lies_on_its_side_is_never_tried_upright() -> None:
    eyes = ScriptedEyes({("eng", 90): page_of(*RUBBISH), ("eng", 270): page_of(SENTENCE)})
    assert recogniser(eyes, sideways=True).page(1) is not None
    assert eyes.asked == [("eng", 90), ("eng", 270)]


def test_a_photograph_stays_a_picture_and_what_fails_is_not_tried_again() -> None:
    photograph = ScriptedEyes({("eng", 0): page_of("~ |", "a"), ("chi_sim+eng", 0): page_of("一 |")})
    assert recogniser(photograph).page(1) is None
    assert photograph.asked == [("eng", 0), ("chi_sim+eng", 0)]
    failing = ScriptedEyes({("eng", 0): None})
    assert recogniser(failing).page(1) is None
    assert failing.asked == [("eng", 0)]


def test_specks_and_rules_are_no_lines() -> None:
    assert is_text(line_of("Chapter 3"))
    assert is_text(line_of("x = 17"))
    assert not is_text(line_of("— | ~ ."))
    assert weigh([line_of("The tree: 42, XqZ")]) == (len("The") + len("tree:") + len("42,"), len("Thetree:42,XqZ"))


def test_columns_are_taken_apart_where_lines_have_a_gap_in_one_place() -> None:
    rows = [line_of("left side text right hand words", y=100.0 + 14 * row, gaps={3: 20.0}) for row in range(6)]
    title = line_of("A title over both of the columns", y=80.0)
    found = split_columns([title, *rows])
    assert [line.text for line in found] == [title.text] + ["left side text"] * 6 + ["right hand words"] * 6
    assert len({line.block for line in found}) == 3


def test_lines_without_a_common_gap_stay_whole() -> None:
    rows = [line_of("one two three four five six", y=100.0 + 14 * row, gaps={1 + row % 4: 12.0}) for row in range(6)]
    assert split_columns(rows) == rows


def test_the_way_of_the_lines_is_seen_in_a_glance() -> None:
    width, height = 60, 40
    striped = bytes(255 if (row // 3) % 2 else 40 for row in range(height) for _ in range(width))
    assert not runs_sideways(striped, width, height, width)
    turned = bytes(255 if (column // 3) % 2 else 40 for _ in range(height) for column in range(width))
    assert runs_sideways(turned, width, height, width)


def test_data_is_looked_for_where_the_environment_says_first(tmp_path: Path) -> None:
    (tmp_path / "chi_sim.traineddata").write_bytes(b"data")
    found = find_data({"TESSDATA_PREFIX": str(tmp_path)})
    assert found is not None
    assert (found.folder, found.languages) == (tmp_path, ("chi_sim",))
    assert next(iter(data_folders({"TESSDATA_PREFIX": str(tmp_path)}))) == tmp_path
    assert {how_to_get_it(platform)[:7] for platform in ("linux", "darwin", "win32")} == {"Install"}


def test_fonts_of_recognised_text_say_nothing_about_its_look() -> None:
    assert style_of_font("GlyphLessFont", 8 + 16) == GUESSED


# ---- with Tesseract itself -----------------------------------------------------------------------------------------


def scan_of(new_pdf: NewPdf, path: Path, *, turned: int = 0, rotation: int = 0) -> Path:
    """A book with one page of print and one that is nothing but its picture."""
    printed = new_pdf().new_page(width=320, height=240)
    printed.insert_text((30, 40), "Hash tables", fontsize=20)
    assert printed.insert_textbox(pymupdf.Rect(30, 70, 300, 220), SENTENCE, fontsize=12) >= 0
    pixmap = printed.get_pixmap(matrix=pymupdf.Matrix(3, 3).prerotate(turned))
    document = new_pdf()
    document.new_page(width=320, height=240).insert_textbox(pymupdf.Rect(30, 60, 300, 220), SENTENCE * 3, fontsize=12)
    sheet = document.new_page(width=pixmap.width / 3, height=pixmap.height / 3)
    sheet.insert_image(sheet.rect, pixmap=pixmap)
    sheet.set_rotation(rotation)
    document.save(path)
    return path


def pages_of(path: Path, *, first_page: int = 1, recognise: bool = True) -> list[PageRead | PageRecognised]:
    book = open_book(path, path.name, recognise=recognise)
    try:
        return list(book.read(first_page, Cancellation()))
    finally:
        book.close()


@needs_data
@pytest.mark.parametrize(("turned", "rotation"), [(0, 0), (0, 90), (90, 0), (180, 0)])
def test_a_scanned_page_is_read_with_the_place_of_every_word(new_pdf: NewPdf, tmp_path: Path, turned: int, rotation: int) -> None:
    path = scan_of(new_pdf, tmp_path / "scan.pdf", turned=turned, rotation=rotation)
    said = pages_of(path)
    assert said[0] == PageRecognised(2)
    first, scanned = said[1:]
    assert isinstance(first, PageRead)
    assert not first.recognised
    assert isinstance(scanned, PageRead)
    assert (scanned.kind, scanned.recognised) == ("text", True)
    assert scanned.text.split() == ["Hash", "tables", *SENTENCE.split()]
    assert scanned.blocks[0].kind == "heading"
    with pymupdf.open(path) as document:
        assert (scanned.width, scanned.height) == pytest.approx((document[1].rect.width, document[1].rect.height))
        for word in scanned.words:  # where a word is said to stand there is ink, and none right around the heading
            box = pymupdf.Rect(word.x0, word.y0, word.x1, word.y1)
            assert document[1].rect.contains(box)
            samples = document[1].get_pixmap(clip=box, colorspace=pymupdf.csGRAY, matrix=pymupdf.Matrix(3, 3)).samples
            assert 0.03 < sum(sample < 128 for sample in samples) / len(samples) < 0.6


@needs_data
def test_a_resumed_scan_comes_out_the_same(new_pdf: NewPdf, tmp_path: Path) -> None:
    path = scan_of(new_pdf, tmp_path / "scan.pdf")
    assert pages_of(path, first_page=2)[-1] == pages_of(path)[-1]


def test_without_recognition_a_scanned_page_is_a_picture(new_pdf: NewPdf, tmp_path: Path) -> None:
    kinds = [page.kind for page in pages_of(scan_of(new_pdf, tmp_path / "scan.pdf"), recognise=False) if isinstance(page, PageRead)]
    assert kinds == ["text", "picture"]
