"""What a question is about: the thing, what is asked of it, and its words without the form of a question. Pure.

There is no parser here, only what English and Chinese questions of students have in common: they open with a form ("what is",
"how does", "什么是"), name a thing, and say something of it. Where the thing can't be told from the rest, all of the rest is taken
for it: that asks for a little too much and never for something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.finding.aspects import content_of, is_aspect, is_hollow, is_light, split_aspect, without_article
from engine.finding.comparing import read_comparison

LONGEST_TOPIC_WORDS = 6

_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:please|hey|hi|hello|ok|okay|so|and|but|well|then|now|also)\b[\s,!]+",
        r"^(?:can|could|would|will) you (?:please )?(?:tell|explain|describe|show|give|help|teach)\b(?: to)?(?: me| us)?(?: about| of| understand| with)?\s+",
        r"^(?:tell|show|give|teach) (?:me|us)\b(?: more)?(?: about| of)?\s+",
        r"^(?:i (?:want|need|would like) to|let us|let's) (?:know|understand|learn|talk)\b(?: more)?(?: about)?\s+",
        r"^(?:explain|describe|define|discuss|summari[sz]e|outline|list|prove|show|compare)\b(?: to me| to us| briefly)?(?: (?:how|why|what|that))?\s+",
        r"^(?:what|who|which)(?:['’]s| is| are| was| were)\s+(?:meant by |the (?:meaning|definition|purpose|idea|concept) (?:of|behind) )?",
        r"^(?:in |on |at |for |by |to |from |with |of )?(?:what|which|whose|who|whom|why|how|when|where)\b(?: (?:many|much|long|often|fast|big|large|"
        r"far|come|exactly))?\s+",
        r"^(?:\w+ly )?\w+ed\s+(?=(?:the|a|an)\b)",
        r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|must|has|have|had|may|might)(?:n['’]t)?\s+(?:not )?(?:there )?",
        r"^(?:i|we|you|one|people|someone|somebody|it|they)\s+",
    )
)
_FORMS_ZH = re.compile(
    r"^(?:请问|请你?|你能|能不能|能否|帮我|给我|我想(?:知道|了解|问)|什么是|什么叫做?|何谓|何为|解释(?:一下)?|说明(?:一下)?|介绍(?:一下)?|讲(?:讲|一下)|说说|谈谈|定义|证明|比较(?!排序)"
    r"|为什么|为何|如何|怎样|怎么|什么时候|何时|哪些|哪个|[\s，,])+"
)
_ENDS_ZH = re.compile(
    r"(?:(?:到底|究竟)?(?:是|指)(?:什么|啥|指什么)(?:意思|东西)?|是什么|是多少|有多少|有多大|有什么用|有哪些|有什么|什么意思|(?:是)?(?:如何|怎么|怎样)(?:工作|运作|运行|实现|使用|用|做)?的?"
    r"|(?:可以|能)?用来做什么|会怎样|[吗呢吧啊])+$"
)
_VERBS_ZH = re.compile(
    r"(?:是(?!否)|为什么|如何|怎么|怎样|需要|可以|能够|能|会|必须|应该|使用|用于|用来|处理|解决|避免|保证|实现|支持|进行|存储|表示|比(?!较)|不|没有|有|在|从|对|和.+?(?:一样|相同)|之所以)"
)
_VERBS = frozenset(
    """
    work works worked implement implements implemented use uses used need needs needed require requires required make makes made get gets happen
    happens happened occur occurs mean means called handle handles handled perform performs performed compute computes computed prove proves proved
    proven solve solves solved avoid avoids avoided prevent prevents prevented improve improves reduce reduces guarantee guarantees guaranteed depend
    depends exist exists apply applies matter matters take takes give gives show shows represent represents represented translate translates convert
    converts contain contains keep keeps maintain maintains ensure ensures detect detects detected resolve resolves resolved manage manages allow allows
    enable enables provide provides execute executes executed evaluate evaluates evaluated invoke invokes traverse traverses encrypt encrypts decrypt
    decrypts compress compresses transmit transmits allocate allocates allocated recognize recognizes recognise recognises accept accepts reject
    rejects generate generates produce produces transform transforms differ differs compare compares converge converges terminate terminates become
    becomes belong belongs refer refers consist consists increase increases decrease decreases protect protects choose chooses chosen affect affects
    stable unstable faster slower better worse correct incorrect optimal efficient inefficient different similar possible impossible useful useless
    important necessary safe unsafe thread-safe deterministic decidable undecidable
    """.split()  # noqa: SIM905 — words in quotes and commas are unreadable
)
"""What may follow the name of a thing, and is hardly ever a part of one ("sort", "search", "map" and "key" are)."""
_GENERIC = re.compile(
    r"^(?:(?:kinds?|types?|sorts?|part) of )?(?:data )?(?:structures?|algorithms?|methods?|things?|problems?|techniques?|languages?|functions?)$", re.IGNORECASE
)
_SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|thanks?|thank you|thx|ok|okay|yes|no|great|cool|good|nice|bye"
    r"|你好|您好|谢谢|多谢|好的?|再见|嗯|是的?|不是)[\s!.,。！，]*(?:there|all|a lot|"
    r"very much|again|了|啦)?[\s!.。！]*$",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a self-contained question is about.

    `whole` is the question, `subject` its words without the form ("worst case of quicksort"), `thing` what it is about
    ("quicksort"), `named` the same with its article, `aspect` what is asked of it ("worst case"; "" for the thing itself).
    `sides` are the things of a comparison.
    """

    whole: str
    subject: str
    thing: str
    named: str
    aspect: str = ""
    sides: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether the question names its thing and says nothing more ("What is a stack?")."""
        return not self.sides and not self.aspect and without_article(self.subject).casefold() == self.thing.casefold()


def is_chinese(text: str) -> bool:
    """Whether there are Chinese characters in it."""
    return _CJK.search(text) is not None


def read_topic(question: str) -> Topic | None:
    """What a question is about; None where it names nothing (small talk, a follow-up whose beginning is not known)."""
    whole = " ".join(question.split())
    asked = whole.strip(" ?？.。!！")
    if not asked or _SMALL_TALK.match(asked):
        return None
    comparison = read_comparison(whole)
    if comparison is not None:
        joined = ("和" if is_chinese(comparison.sides[0]) else " and ").join(comparison.sides)
        return Topic(whole, joined, joined, joined, "", comparison.sides)
    if is_chinese(asked):
        return _read_chinese(whole, asked)
    return _read_english(whole, asked)


def _read_english(whole: str, asked: str) -> Topic | None:
    subject = re.sub(r"\s*\([^()]*\)$", "", asked)
    for form in _FORMS:
        match = form.match(subject)
        if match and subject[match.end() :].strip():
            subject = subject[match.end() :]
    subject = re.sub(r"\s+(?:called|used for|mean|means|work|works|look like|stand for|good for|done|for)$", "", subject, flags=re.IGNORECASE)
    aspect, rest = split_aspect(subject)
    named = _noun_phrase(rest if aspect else subject)
    thing = without_article(named)
    if not thing or not content_of(thing) or is_hollow(thing):
        thing = named = without_article(subject)
    if is_hollow(thing) and not is_aspect(without_article(subject)):
        return None
    return Topic(whole, without_article(subject), thing, named, aspect)


def _noun_phrase(text: str) -> str:
    """The first name in it: words up to a preposition, a verb, or a comma."""
    words = text.split()
    while len(words) > 1 and not _article(words[0]) and (is_light(_plain(words[0])) or _article(words[1])):
        words = words[1:]  # "implement a stack": up to its article it is no name
    kept: list[str] = []
    for place, word in enumerate(words):
        plain = _plain(word)
        if kept and not (len(kept) == 1 and _article(kept[0])) and (plain in _VERBS or (is_light(plain) and not word.isupper())):
            if _GENERIC.match(without_article(" ".join(kept))) and place + 1 < len(words):
                return _noun_phrase(" ".join(words[place + 1 :]))
            break
        kept.append(word.rstrip(",;:"))
        if word.endswith((",", ";", ":")) or len(kept) > LONGEST_TOPIC_WORDS:
            break
    return re.sub(r"['’]s?$", "", " ".join(kept))


def _plain(word: str) -> str:
    return word.strip("\"'“”‘’(),;:").casefold()


def _article(word: str) -> bool:
    return word.casefold() in ("a", "an", "the")


def _read_chinese(whole: str, asked: str) -> Topic | None:
    subject = _ENDS_ZH.sub("", _FORMS_ZH.sub("", asked)) or asked
    aspect, rest = split_aspect(subject)
    verb = _VERBS_ZH.search(rest, 1)
    thing = rest[: verb.start()] if verb else rest
    thing = thing.strip(" ，,的") or rest
    if is_hollow(thing):
        return None
    return Topic(whole, subject, thing, thing, aspect if thing == rest else "")
