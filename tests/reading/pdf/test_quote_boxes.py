"""The boxes of a quotation cover its words and no others, whatever the page did to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf

from engine.answering.sentences import split_into_sentences
from engine.library.boxes import merge_boxes
from engine.reading.messages import PageRead

NewPdf = Callable[[], pymupdf.Document]
Read = Callable[..., tuple[Any, list[PageRead]]]

LINES = "Nobody reads on here. A dif\ufb01cult \ufb01le has an imple-\nmentation that is quite short. It ends well."


def test_a_quote_with_a_hyphen_and_ligatures_is_covered_exactly(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    sheet = document.new_page()
    writer = pymupdf.TextWriter(sheet.rect)
    for number, line in enumerate(LINES.split("\n")):
        writer.append((72, 100 + 14 * number), line, font=pymupdf.Font("helv"), fontsize=11)
    writer.write_text(sheet)
    page = read(document)[1][0]
    spans = [span for span in split_into_sentences(page.text) if "implementation" in page.text[slice(*span)]]
    assert [page.text[slice(*span)] for span in spans] == ["A difficult file has an implementation that is quite short."]
    boxes = merge_boxes(1, page.words, *spans[0])
    assert len(boxes) == 2
    covered = [
        word[4]
        for word in sheet.get_text("words", flags=0)
        if any(x0 <= (word[0] + word[2]) / 2 <= x1 and y0 <= (word[1] + word[3]) / 2 <= y1 for _, x0, y0, x1, y1 in boxes)
    ]
    assert " ".join(covered).replace("\ufb01", "fi") == "A difficult file has an imple- mentation that is quite short."
