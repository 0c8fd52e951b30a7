"""What the model wrote, made ready for proof: its own markers out, its loops cut, its shape kept.

Lists, headings and code blocks stay as they are; sentences are spans of the cleaned text, so that unproven ones can be
left out without breaking the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.answering.sentences import Span, is_fenced_code, split_into_sentences

_MARKERS = re.compile(
    r"\s*(?:"
    r"[\[(（【]\s*(?:(?:source|passage|ref(?:erence)?|citation|来源|段落)s?\.?\s*)\d{1,2}(?:\s*(?:,|;|–|-|and)\s*(?:passage\s*)?\d{1,2})*\s*[\])）】]"
    r"|[\[【]\s*\^?\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*\s*[\]】](?!\s*[=(\[]|\w)"
    r"|</?passage(?:\s*\d+)?>"
    r")",
    re.IGNORECASE,
)
_LEAD_INS = re.compile(
    r"^\s*(?:(?:answer|a|回答|答案|答)\s*[:：]\s*|(?:based on|according to) (?:the )?(?:provided |given )?passages?(?: \d+)?,\s*)", re.IGNORECASE
)
_LEFT_BEHIND = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)]|>|#{1,6})?[ \t]*$", re.MULTILINE)


def clean(raw: str) -> str:
    """The model's text without markers it invented, lead-ins and repetitions; code is left alone."""
    text = _LEAD_INS.sub("", raw.strip())
    pieces = re.split(r"(^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\Z)|`[^`\n]+`)", text, flags=re.MULTILINE | re.DOTALL)
    text = "".join(piece if index % 2 else _MARKERS.sub("", piece) for index, piece in enumerate(pieces)).strip()
    if text and not is_fenced_code(text):
        text = text[:1].upper() + text[1:] if _LEAD_INS.match(raw.strip()) else text
    return _without_loops(text)


def unfinished(text: str, span: Span) -> bool:
    """Whether the last sentence was cut off by the token limit: it reaches the end of the text without an end mark."""
    return (
        span[1] == len(text)
        and not is_fenced_code(text[span[0] :])
        and not text.rstrip("\"'”’)]*_` ").endswith((".", "!", "?", ":", "。", "！", "？", "；", "：", "…", "．", "｡"))
    )


def _without_loops(text: str) -> str:
    """Small models repeat themselves: a sentence said before is dropped, and three in a row end the text."""
    seen: set[str] = set()
    dropped: list[Span] = []
    in_a_row = 0
    for start, end in split_into_sentences(text):
        key = re.sub(r"\W+", " ", text[start:end]).strip().casefold()
        if key and key in seen:
            dropped.append((start, end))
            in_a_row += 1
            if in_a_row == 3:
                return without(text[:end], dropped)
        else:
            seen.add(key)
            in_a_row = 0
    return without(text, dropped)


def without(text: str, spans: Collection[Span]) -> str:
    """The text without some of its sentences; list markers and headings that lost theirs go too."""
    if not spans:
        return text.strip()
    kept, position = [], 0
    for start, end in sorted(spans):
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    joined = re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", "".join(kept))
    joined = re.sub(r"[ \t]+$", "", _LEFT_BEHIND.sub("", joined), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()
