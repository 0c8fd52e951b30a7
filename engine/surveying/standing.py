"""Whether a sentence means something where it stands alone: under a heading, torn out of its paragraph. Pure.

Stricter than what a direct answer needs, since nobody reads the sentence before it: "This is done by …" says nothing in a list.
"""

from __future__ import annotations

import re

from engine.answering.sentencehood import is_real_sentence

_POINTS_BACK = re.compile(
    r"^(?:\W*)(?:it|its|this|these|those|they|their|them|he|his|she|her|that|such|there(?:fore)?|however|thus|hence|but|and|or|nor|so|then|"
    r"for (?:example|instance|this|that|these)|"
    r"moreover|furthermore|also|here|similarly|similar|instead|otherwise|consequently|accordingly|once (?:again|more)|as (?:a result|such|"
    r"before|usual|always|you|we|an example|noted|mentioned|shown|seen)|"
    r"in (?:this|that|these|those|such|the (?:former|latter|same|above|following|previous|second|first|next|other)|other words|contrast|fact|"
    r"addition|particular|either|both|each|our|my|"
    r"effect|general, (?:this|it))|on the other hand|on the contrary|at (?:this|that|first|the same|least)|by (?:doing|this|that|contrast|"
    r"the same)|from (?:this|that|these)|to (?:do|see|this|that|these)|"
    r"with (?:this|that|these|such)|under (?:this|these)|because (?:of )?(?:this|these|it|they)|if (?:so|not|this|that|it|they|you)|"
    r"when (?:this|that|it|they|you)|while (?:this|that|it|they)|since (?:this|that|it|they)|"
    r"although (?:this|that|it|they)|though|after (?:this|that|all|the above)|before (?:this|that)|the (?:former|latter|following|above|"
    r"below|previous|preceding|next|same|first|second|third|fourth|last|other|others|"
    r"rest|result|resulting|remaining|reason|answer|only|point|idea|problem|question|difference|advantage|disadvantage|trick|key|goal|two|"
    r"three|four)\b(?! of\b| in\b|-| (?:\w+ )?(?:time|order|fit))|"
    r"another|both|either|neither|nevertheless|nonetheless|likewise|again|unfortunately|fortunately|luckily|please|note|recall|remember|notice|"
    r"observe|see|let|suppose|assume|consider|imagine|say|"
    r"now|next|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly|later|earlier|meanwhile|of course|indeed|yet|still|even (?:so|then|"
    r"though|if (?:this|it|they))|more (?:precisely|generally|specifically|importantly)|"
    r"what|why|how|which|who|where|one (?:of (?:these|those|them|the)|such|way|could|might|can|may|reason|option|approach|problem|"
    r"possibility|can)|some (?:of (?:these|those|them)|other)|"
    r"(?:each|all|most|many|any|none|several|two|three) of (?:these|those|them|which)|each one|each such|other|others|rather|thereby|yes|no|"
    r"ok|well|similar(?:ly)?|surely|obviously|clearly|actually|"
    r"basically|anyway|sometimes this|once (?:this|that|it|they|the|again|more)|until (?:this|that|it)|given (?:this|that|these)|"
    r"like (?:this|these|that)|unlike (?:this|these|that)|apart from (?:this|that)|"
    r"compared (?:to|with) (?:this|that)|together|besides|conversely|as (?:with|in) (?:the|this)|same|additionally|alternatively|"
    r"specifically|we(?:['’]ll| will| shall| saw| have| already|['’]ve| now| also)|you(?:['’]ll| will| have| saw|['’]ve)|(?:a|an) (?:better|"
    r"alternate|alternative|similar|different|further|more)|many other|"
    r"on the (?:positive|negative|plus) side|nobody has|as \w+ (?:as|is)|with \w+ (?:function|procedure) defined)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:above|below|just described|(?:have|has) just|however|lines? \d+|each call to|"
    r"earlier|aforementioned|as follows|the following|(?:previous|preceding|next|last|following) (?:section|chapter|example|"
    r"paragraph|exercise|page|figure|program|code)|"
    r"(?:figure|fig\.|table|listing|exercise|equation|eq\.|problem|program|example|sections?|chapters?|appendix|algorithm|definition|theorem|"
    r"lemma) ?\(?[A-Z]?\d|later in|let us|let's|"
    r"we(?:'ll| will| shall)|you(?:'ll| will)|see (?:also|the)|shown (?:here|in)|at the end of|footnote|exercises?|in the text|readers?|"
    r"solution to|left as|this (?:figure|example|table|code|program|"
    r"picture|diagram|exercise|listing|case|fragment))\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"\b(?:this|these|those|such an?|the (?:former|latter|same|above))\b(?! (?:chapter|section|book|appendix|part)\b)", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:I|[Mm]y|me|I'm|I've|[Oo]ur|us|let me)\b")
_ADDRESSING = re.compile(r"\b(?:we|you|your)\b", re.IGNORECASE)
_EXEMPLIFYING = re.compile(r"\b(?:for example|for instance|e\.g\.|say,|imagine|suppose)\b|(?<!\w)[A-Z]\. ?[A-Z]\. ?[A-Z]\w+", re.IGNORECASE)
_PARTICULAR = re.compile(
    r"\b[A-Z]\d\b|\([\w-]+ [\d. ]+\)|\bconsider\b|\bexample\b|(?<!if )(?<!, )\bthen\b|\b(?:was|were) \w+ed\b|\b(?:Alice|Bob|Peter|Paul|Mary)\b|\$\d"
)
"""Steps of an example, with its names and values."""
_SELF = re.compile(r"\b(?:this|the present) (?:chapter|section|book|part|appendix)\b", re.IGNORECASE)
_BROKEN = re.compile(r"[\ufffd\u25a0-\u25ff]|\?\?|\.\.\.|…|[=<>]\s*$|\(\s*\)|\s[,;](?=\s)|\b(?:[B-HJ-Zb-hj-z] ){3,}")
_TASK = re.compile(
    r"^(?:explain|describe|provide|show|prove|give|write|find|compute|determine|implement|design|draw|discuss|compare|verify|modify|extend|define|"
    r"use|try|make|state|list|for each of|in exercise|"
    r"how|evaluate|complete|rewrite|generalize|identify|check|add|create|answer|illustrate|sketch|look|think|read|play|change|run|type|"
    r"download|install|open|click)\b(?! (?:of|is|are|has|can|may)\b)",
    re.IGNORECASE,
)
"""Orders: exercises and steps of a tutorial."""
_HALF = re.compile(
    r"(?:while|although|whereas|because|since|to \w+)\b[^,]*$|"
    r"(?:an?|the|any|one) (?:[\w-]+ ){1,4}?(?:that|which|who|whose)\b(?!.*\b(?:is|are|was|were|has|have|can|cannot|must|will|may|"
    r"should|does|do|becomes?|provides?|needs?|takes?|"
    r"runs?|returns|means|makes|gives|uses|allows|consists?|contains?|requires?)\b)",
    re.IGNORECASE,
)
"""A clause without the sentence that it belongs to, or the entry of a glossary."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_POINTS_BACK_CJK = re.compile(
    r"^(?:它们?|他们?|她们?|这|那|此|该|其|因此|所以|因而|从而|但|但是|然而|不过|另外|此外|同样|于是|例如|比如|譬如|而|并且|并|也|又|还|则|即|也就是|换句话说|接下来|接着|然后|首先|其次|最后|"
    r"注意|显然|如果这|上述|上面|下面|以上|以下|前者|后者|如图|如下|至于|进一步|同时|通常它|另一方面|通过(?:对比|比较|以上|上述)|被|和[^，]{1,8}一样|同[^，]{1,8}一样|(?:时间|空间)?复杂度为|"
    r"假设|设|考虑|对于这|为此|由此|可见|综上|总之|当然|事实上|实际上|反之|否则|同理|类似地?|我们(?:来|先|再|可以看|已经|将|会))"
)
_REFERS_CJK = re.compile(
    r"\[(?:fig|eq|tab|sec)[:.]|上述|上图|下图|如图|如下|下面|上面|前面|后面|上文|下文|图\s*\d|表\s*\d|上一节|下一节|习题|练习|读者|见第|第\s*\d+\s*[章节行]|这里|代码"
)

FEWEST_WORDS, MOST_WORDS = 6, 45


def stands_alone(text: str) -> bool:
    """Whether a sentence is whole and points at nothing outside of it."""
    if (
        not is_real_sentence(text)
        or text.rstrip().endswith(("?", "？", ":", "：", "…", ";", "；"))
        or re.match(r"[(（\d]", text)
        or _TASK.match(text)
        or _BROKEN.search(text)
    ):
        return False
    if len(_CJK.findall(text)) * 3 > len(text):
        return not _POINTS_BACK_CJK.match(text.lstrip("“\"' ")) and not _REFERS_CJK.search(text) and len(text) >= 10
    words = len(text.split())
    if _HALF.match(text):
        return False
    if not FEWEST_WORDS <= words <= MOST_WORDS or (text.count("(") != text.count(")")) or text.count("“") != text.count("”"):
        return False
    return not _points_back(text) and not _REFERS.search(text) and not _is_names(text)


def _points_back(text: str) -> bool:
    match = _POINTS_BACK.match(text)
    return match is not None and not (
        _SELF.match(text)
        or re.match(r"(?:first|last|next)-|(?:one|two|three)-|no-|so-called|(?:first|second|last)-?(?:in|fit|come|class|order)", text, re.IGNORECASE)
    )


def _is_names(text: str) -> bool:
    """A list of authors or titles: nearly every word has a capital."""
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", text) if len(word) > 1]
    return len(words) > 5 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def plainness(text: str) -> float:
    """0…1: how little a sentence leans on what is around it, addresses its reader or tells a story."""
    value = 1.0
    value -= 0.4 * bool(_DEMONSTRATIVE.search(text))
    value -= 0.45 * bool(_PERSONAL.search(text))
    value -= 0.15 * bool(_ADDRESSING.search(text))
    value -= 0.35 * bool(_EXEMPLIFYING.search(text))
    value -= 0.5 * bool(_PARTICULAR.search(text))
    value -= 0.3 * bool(re.search(r"\w_\w|\w\[\w+\]\W|\w\(\)|\balso\b|[a-z][A-Z]|^[B-Z] |\b[A-Z][a-z]+ [A-Z] [a-z]", text))
    value -= 0.25 * bool(re.match(r"(?:one|because the|since the|as the|some|many|most) ", text, re.IGNORECASE))
    value -= 0.2 * bool(re.search(r"[“\"]", text))
    value -= 0.2 * bool(re.search(r"[;:—]", text)) * (len(text.split()) > 30)
    if _CJK.search(text):
        value -= 0.2 * bool(re.search(r"[你您我]", text)) + 0.2 * bool(re.match(r"如果|若|当|把|将|请|可以|必要时", text)) + 0.3 * (len(text) < 16)
    return max(0.0, value)


def speaks_of_itself(text: str) -> bool:
    """Whether a sentence says what its chapter or section is about."""
    return _SELF.search(text) is not None
