"""Whether a question wants a long answer, and of what: told from its form alone. Pure.

Strict on purpose: an ordinary question that became a survey would get pages instead of its sentence. So the whole question has
to be one of a few forms, and the part of the library that it names has to be named as such ("chapter 3", "this book",
"Knuth's book"). Words that are left over may be the title of a book or a section (`Wanted.named`); whether they are, the library says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["summary", "algorithms", "definitions", "theorems", "structures", "terms"]
PartWord = Literal["chapter", "section", "part", "appendix"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A long answer that is asked for. Of `label`, `titled` and `here` at most one is set; none means the whole document."""

    kind: Kind
    label: str | None = None
    """The number or letter of a part, as it is printed: "3", "3.2", "A", "II"."""
    part: PartWord = "section"
    titled: str | None = None
    """A part by its title."""
    here: bool = False
    """"this chapter": the part that the question's scope names."""
    book: str | None = None
    """The words that name the document; None where none is named."""
    named: str | None = None
    """What may be the title of a section or a book, or nothing of that kind: then the question is an ordinary one."""
    timed: bool = False
    """Whether each algorithm is wanted with its running time."""
    about: str = ""
    """Only those: "sorting" algorithms."""


_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_COUNTED = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED, 1)} | {word: str(number) for number, word in enumerate(_ORDINALS.split("|"), 1)}
_LABEL = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivxIVX]{1,5}|[A-Z](?:\.\d{1,3}){0,3}|" + "|".join(_COUNTED) + ")"
_PARTS = r"(?P<part>chapter|chap\.?|ch\.?|section|sect?\.?|§|part|appendix|unit|lecture)"
_WORKS = r"(?:book|textbook|document|paper|article|file|text|manual|report|lecture notes|slides|notes|pdf|thesis)"
_OPENING = re.compile(
    r"^\s*(?:(?:please|kindly)\s+|(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:'d| would) like (?:you to |to have )?|i (?:want|"
    r"need)(?: you to)?\s+)*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[,]?\s+(?:please|for me|in (?:a few|\w+) (?:sentences|words|lines|bullet points|points)|briefly|in short|in detail))*\s*[?.!]*\s*$", re.IGNORECASE
)
_SUMMARIES = tuple(
    re.compile(rf"^(?:{pattern})$", re.IGNORECASE)
    for pattern in (
        r"(?:briefly |shortly )?(?:summari[sz]e|sum up|outline|recap) (?P<what>.+)",
        r"(?:(?:give|write|make|get|show)(?: me)? )?(?:an? |the )?(?:short |brief |quick |concise |detailed |general )?(?:summary|overview|"
        r"outline|synopsis|recap|abstract) (?:of|for|on) "
        r"(?P<what>.+)",
        r"(?:(?:what are|give me|list|tell me) )?(?:the )?(?:key|main|central|most important|important) (?:points|ideas|messages|takeaways|"
        r"topics) (?:of|in|from) (?P<what>.+)",
        r"tl;?dr(?: of|:)? (?P<what>.+)",
    )
)
_ABOUTS = tuple(
    re.compile(rf"^(?:{pattern})$", re.IGNORECASE)
    for pattern in (
        r"(?:tell me )?what(?:'s| is) (?P<what>.+?) (?:all )?about",
        r"(?:tell me )?what (?:does|do) (?P<what>.+?) (?:cover|discuss|deal with|talk about|teach|explain|treat|contain)",
    )
)
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"algorithms?", "algorithms"),
    (r"data[- ]structures?", "structures"),
    (r"definitions?|(?:things|concepts|terms) (?:that are )?defined", "definitions"),
    (r"theorems?(?:,? (?:and )?lemmas?)?(?:,? and corollar(?:y|ies))?|lemmas?|corollar(?:y|ies)|propositions?", "theorems"),
    (
        r"(?:key |bold |important |technical )?(?:terms?|terminology|vocabulary|concepts?)(?: (?:in bold(?: type)?|set in bold|in italics|"
        r"printed in bold))?|glossary",
        "terms",
    ),
)
_KIND = "|".join(pattern for pattern, _ in _KINDS)
_WITH = (
    r"(?:,?\s+(?:with|and|together with|along with|including)\s+(?:all )?(?:(?:its|their|the|each one's)\s+)?"
    r"(?P<with>(?:(?:worst[- ]case|average[- ]case|asymptotic) )?(?:running times?|run ?times?|time complexit(?:y|ies)|complexit(?:y|ies)|"
    r"orders? of growth|definitions?|meanings?|explanations?))"
    r")?"
)
_ABOUT = r"(?P<about>(?:[a-z]+(?:-[a-z]+)? ){0,2})"
_IN = (
    r"(?:\s+(?:in|of|from|within|throughout|(?:that (?:are|is) )?"
    r"(?:given|covered|described|mentioned|defined|discussed|presented|found) (?:in|by))\s+(?P<what>.+?))?"
)
_LISTS = tuple(
    re.compile(rf"^(?:{pattern})$", re.IGNORECASE)
    for pattern in (
        rf"(?:list|enumerate|collect|give(?: me)?|show(?: me)?|name|find|make a list of|give me a list of|a list of|list of)(?: me)? (?:(?:all|"
        rf"every|each)(?: of)?(?: the)? |the )?"
        rf"{_ABOUT}(?P<kind>{_KIND}){_IN}{_WITH}",
        rf"(?:list|enumerate|collect|give(?: me)?|show(?: me)?|name|find|make a list of) (?:(?:all|every|each)(?: of)?(?: the)? |"
        rf"the )?{_ABOUT}(?P<kind>{_KIND}){_WITH}{_IN}",
        rf"(?:all|every)(?: the)? {_ABOUT}(?P<kind>{_KIND}){_IN}{_WITH}",
        rf"(?:all|every)(?: the)? {_ABOUT}(?P<kind>{_KIND}){_WITH}{_IN}",
        rf"(?:what|which) {_ABOUT}(?P<kind>{_KIND}) (?:does|do) (?P<what>.+?) (?:cover|contain|define|describe|discuss|have|introduce|present|"
        rf"prove|teach|treat|explain|mention|use){_WITH}",
        rf"(?:what|which) {_ABOUT}(?P<kind>{_KIND}) are (?:there|covered|defined|described|discussed|introduced|presented|proven|proved|explained|"
        rf"mentioned) in (?P<what>.+?){_WITH}",
    )
)
_THIS = re.compile(
    rf"^(?:this|the|that|my|the (?:whole|entire)|this (?:whole|entire)|all of (?:this|the)|the current)\s+(?P<word>chapter|section|part|{_WORKS})$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"^(?:the )?(?:{_PARTS}\s*(?:no\.?|number)?\s*(?P<label>{_LABEL})|(?P<ordinal>{_ORDINALS}) (?P<part2>chapter|section|part|"
    rf"appendix))(?P<title>\s*[:,–—-]\s*.+?)?"
    rf"(?:,?\s+(?:of|in|from)\s+(?P<book>.+))?$",
    re.IGNORECASE,
)
_BOOK_FIRST = re.compile(rf"^(?P<book>.+?)(?:'s|’s|s'|,|:)?\s+{_PARTS}\s*(?P<label>{_LABEL})$", re.IGNORECASE)
_TITLED = re.compile(
    r"^(?:the |this )?(?P<part>chapter|section|part|appendix)\s+(?:(?:on|about|called|titled|entitled|named|covering)\s+(?P<title>.+?)|"
    r"[\"“‘'](?P<quoted>[^\"”’']+)[\"”’'])"
    r"(?:\s+(?:of|in|from)\s+(?P<book>(?:the|this|my) .+|.+(?:'s|’s) .+))?$"
    r"|^(?:the )?[\"“‘'](?P<quoted2>[^\"”’']+)[\"”’'] (?P<part2>chapter|section)$",
    re.IGNORECASE,
)
_A_BOOK = re.compile(
    rf"^(?:(?:the|my|this)\s+)?(?:{_WORKS}\s+(?:by|on|about|called|titled|entitled|of)\s+(?P<after>.+)|(?P<before>.+?)\s+{_WORKS})$", re.IGNORECASE
)
_POINTING = frozenset({"this", "that", "it", "these", "those", "them", "everything", "all", "all of it", "all of this"})
_NO_BOOK = re.compile(r"\b(?:first|second|third|last|next|previous|following|same|other|another|author|difference|between|how|why|when|who)\b", re.IGNORECASE)


def recognise(question: str) -> Wanted | None:
    """The long answer that `question` asks for; None for an ordinary question."""
    from engine.surveying.wanted_zh import recognise_chinese

    text = " ".join(question.split())
    if re.search(r"[\u3400-\u9fff]", text):
        return recognise_chinese(text)
    text = _CLOSING.sub("", _OPENING.sub("", text))
    for pattern in _SUMMARIES:
        if match := pattern.match(text):
            return _of(match["what"], "summary", loosely=True)
    for pattern in _ABOUTS:
        if match := pattern.match(text):
            return _of(match["what"], "summary", loosely=False)
    for pattern in _LISTS:
        if match := pattern.match(text):
            wanted = _collection(match)
            if wanted is not None:
                return wanted
    return None


def _collection(match: re.Match[str]) -> Wanted | None:
    kind = next(kind for pattern, kind in _KINDS if re.fullmatch(pattern, match["kind"], re.IGNORECASE))
    about = re.sub(r"^(?:the|all|every|each|of)\s+", "", match["about"].strip().casefold())
    about = "" if about in ("key", "bold", "important", "main", "different", "the", "all", "every", "each", "various", "major") else about
    timed = bool(match["with"]) and bool(re.search(r"time|complex|growth", match["with"], re.IGNORECASE))
    if not match["what"]:
        # "List all theorems" asks for everything; "list scheduling algorithms" or "list algorithms" may be an ordinary question.
        everything = re.search(r"\b(?:all|every|each)\b", match.string[: match.start("kind")], re.IGNORECASE)
        return Wanted(kind, timed=timed) if everything and not about else None
    of = _of(match["what"], kind, loosely=False)
    return None if of is None else Wanted(kind, of.label, of.part, of.titled, of.here, of.book, of.named, timed, about)


def _of(what: str, kind: Kind, *, loosely: bool) -> Wanted | None:
    """What is meant by the words after "summarise"; `loosely`: they may be a title alone."""
    what = what.strip(' "“”')
    if match := _THIS.match(what):
        word = match["word"].casefold()
        return (
            Wanted(kind, here=True, part="section" if word == "section" else "part" if word == "part" else "chapter")
            if word
            in (
                "chapter",
                "section",
                "part",
            )
            else Wanted(kind)
        )
    if match := _NUMBERED.match(what):
        label = match["label"] or match["ordinal"]
        return Wanted(kind, _NUMBERS.get(label.casefold(), label), _part(match["part"] or match["part2"]), book=_book(match["book"]))
    if match := _TITLED.match(what):
        title = match["title"] or match["quoted"] or match["quoted2"]
        return Wanted(kind, part=_part(match["part"] or match["part2"]), titled=title.strip(" \"“”‘’'"), book=_book(match["book"]))
    if (match := _BOOK_FIRST.match(what)) and _book(match["book"]) and not _NO_BOOK.search(match["book"]):
        return Wanted(kind, _NUMBERS.get(match["label"].casefold(), match["label"]), _part(match["part"]), book=_book(match["book"]))
    if (match := _A_BOOK.match(what)) and not _NO_BOOK.search(what):
        return Wanted(kind, book=_book(match["after"] or match["before"]))
    if (loosely or kind != "summary") and len(what.split()) <= 12 and not _NO_BOOK.search(what) and what.casefold() not in _POINTING:
        return Wanted(kind, named=what)
    return None


def _part(word: str) -> PartWord:
    word = word.casefold().rstrip(".")
    if word in ("chapter", "chap", "ch", "unit", "lecture"):
        return "chapter"
    return "part" if word == "part" else "appendix" if word == "appendix" else "section"


def _book(words: str | None) -> str | None:
    """The words that name a book, without "the" and "book"; None for "this book" and where nothing is left."""
    if words is None:
        return None
    bare = re.sub(rf"^(?:the|this|my|that|a)\s+|\s+{_WORKS}$|(?:'s|’s)(?=\s+{_WORKS}$)", "", words.strip(' "“”'), flags=re.IGNORECASE)
    bare = re.sub(r"(?:'s|’s)$", "", bare).strip()
    return None if not bare or re.fullmatch(_WORKS, bare, re.IGNORECASE) else bare
