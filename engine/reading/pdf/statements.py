"""What is numbered, captioned or set as an algorithm, told by how it begins. Pure.

Textbooks number what they refer to: definitions, theorems, examples, figures. Sentences refer to these by the same words
("Theorem 3.1 shows that …"), so what follows the number decides, or the type in which it is set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.reading.pdf.printed import BOLD, ITALIC, PrintedLine

_NUMBER = r"(?:[A-Z]?\d+(?:[.\-–]\d+)*[a-z]?|[A-Z][.\-]\d+(?:\.\d+)*|[IVX]{1,5})"
_STATEMENT = re.compile(
    rf"(?:definition|theorem|lemma|proposition|corollary|example|remark|axiom|claim|conjecture|observation|fact|exercise|problem|postulate|property|principle)"
    rf"s?\s+{_NUMBER}(?P<after>\s*[.:](?!\d)|\s+[(\[—–-]|\s+|$)",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(r"(?:Definition|Theorem|Lemma|Proposition|Corollary|Example|Remark|Axiom|Claim|Proof)\s*(?:\([^)]{2,60}\)\s*)?[.:]")
_CJK_STATEMENT = re.compile(r"(?:定义|定理|引理|推论|命题|公理|性质|例题?|習題|习题|練習|练习)\s*\d+(?:[.\-–]\d+)*(?P<after>\s*[.:：、(（]|\s+|$)?")
_CAPTION = re.compile(
    rf"(?:fig(?:ure|\.)|table|listing|algorithm|abbildung|tabelle|figura|tableau|рис\.?|рисунок|таблица)\s*(?P<number>{_NUMBER})(?P<after>\s*[.:—–-]|\s+|$)",
    re.IGNORECASE,
)
_CJK_CAPTION = re.compile(r"(?:图|表|圖|代码|程序|算法)\s*\d+(?:[.\-–]\d+)*(?P<after>\s*[.:：、]|\s+|$)?")
_REFERS = re.compile(r"(?:中|所示|显示|给出|表示|说明|是|的|和|与|列出|里)")

_KEYWORD = re.compile(
    r"(?:if|else|elif|elsif|elseif|then|while|for(?:each| each| all)?|repeat|until|do|end(?: ?(?:if|for|while|do|function|procedure))?|return|function"
    r"|procedure|begin"
    r"|algorithm|input|output|require|ensure|loop|break|continue|case|switch|print|swap|exchange|let|set|initiali[sz]e|如果|否则|当|循环|返回|输入|输出|对于?每个)(?![\w'’-])",
    re.IGNORECASE,
)
_ASSIGNS = re.compile(r"←|⟵|:=|<-|\+=|(?<![=<>!])=(?!=)")
_LINE_NUMBER = re.compile(r"(\d{1,3})[.:)]?$")


def opens_statement(line: PrintedLine) -> bool:
    """Whether a line begins a numbered statement: in bold, italics or capitals, or with a full stop, colon or bracket after its number."""
    text = line.text
    match = _STATEMENT.match(text)
    if match is not None:
        set_apart = bool(line.words[0].style & (BOLD | ITALIC)) or line.words[0].text.isupper()
        return text[0].isupper() and (bool(match["after"].strip()) or (set_apart and not _refers(line)) or match.end() == len(text))
    if _UNNUMBERED.match(text):
        return bool(line.words[0].style & (BOLD | ITALIC))
    match = _CJK_STATEMENT.match(text)
    return match is not None and not _REFERS.match(text, match.end()) and (bool(match["after"]) or match.end() == len(text) or bool(line.words[0].style & BOLD))


def opens_caption(line: PrintedLine, *, body_size: float) -> bool:
    """Whether a line begins a caption, and not a sentence that speaks of a figure."""
    text = line.text
    match = _CAPTION.match(text)
    if match is not None:
        if text[0].islower():
            return False
        if match["after"].strip() or match.end() == len(text):
            return True
        set_apart = bool(line.words[0].style & (BOLD | ITALIC)) or line.size < 0.95 * body_size or line.words[0].text.isupper()
        return set_apart or not text[match.end() :][:1].islower()
    match = _CJK_CAPTION.match(text)
    return match is not None and not _REFERS.match(text, match.end())


def algorithms_among(lines: Sequence[PrintedLine]) -> list[tuple[int, int]]:
    """Ranges of lines (in reading order) that are algorithms in proportional type, however they were cut into blocks."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_step(lines[end]) and (end == start or _right_below(lines[end - 1], lines[end])):
            end += 1
        while end > start and not _is_step(lines[end - 1]):
            end -= 1
        first = next((index for index in range(start, end) if _is_step(lines[index])), end)
        if is_pseudocode(lines[first:end]):
            found.append((first, end))
        start = max(end, start + 1)
    return found


def is_pseudocode(lines: Sequence[PrintedLine]) -> bool:
    """Whether lines in proportional type are an algorithm: numbered or indented, and full of keywords and assignments."""
    if len(lines) < 3 or sum(len(line.words) for line in lines) > 12 * len(lines) or sum(line.mono for line in lines) > 0.5 * len(lines):
        return False
    numbers = [int(match[1]) for line in lines if (match := _LINE_NUMBER.match(line.words[0].text)) and len(line.words) > 1]
    numbered = len(numbers) >= 0.6 * len(lines) and all(before < after <= before + 2 for before, after in pairwise(numbers))
    texts = [_without_number(line) for line in lines]
    keywords = sum(bool(_KEYWORD.match(text)) for text in texts)
    steps = sum(bool(_KEYWORD.match(text) or _ASSIGNS.search(text)) for text in texts)
    ends = sum(text.rstrip().endswith((".", "。")) for text in texts)
    if numbered:
        return keywords >= 1 and steps >= 0.4 * len(lines) and ends <= 0.5 * len(lines)
    if len({match[0].casefold() for text in texts if (match := _KEYWORD.match(text))}) < 2 or max(len(line.words) for line in lines) > 12:
        return False
    indents = {round((line.x0 - min(other.x0 for other in lines)) / line.size) for line in lines}
    return keywords >= max(2, 0.3 * len(lines)) and steps >= 0.6 * len(lines) and len(indents) >= 2 and ends <= 0.2 * len(lines)


def _without_number(line: PrintedLine) -> str:
    first = line.words[0].text
    return line.text[len(first) :].lstrip() if len(line.words) > 1 and _LINE_NUMBER.match(first) else line.text


def _is_step(line: PrintedLine) -> bool:
    text = _without_number(line)
    return bool(_KEYWORD.match(text) or _ASSIGNS.search(text)) or text is not line.text


def _may_be_step(line: PrintedLine) -> bool:
    return not line.aside and line.mono < 0.8 and len(line.words) <= 16 and (_is_step(line) or (len(line.words) <= 9 and not line.text.endswith(".")))


def _right_below(before: PrintedLine, after: PrintedLine) -> bool:
    return -0.6 * before.size < after.y0 - before.y1 < 1.0 * before.size and abs(after.x0 - before.x0) < 15 * before.size


def _refers(line: PrintedLine) -> bool:
    """Whether the type changes right after the number, or goes on as an ordinary sentence: "*Theorem* 3.1 shows …"."""
    words = line.words
    return len(words) > 2 and words[2].style & (BOLD | ITALIC) != words[0].style & (BOLD | ITALIC) and words[2].text[0].islower()
