"""The rules for English follow-up questions, in the order in which they are tried. Pure."""

from __future__ import annotations

import re

from engine.finding.aspects import content_of, is_asking_word, is_aspect, is_hollow, is_light, without_article, words_of
from engine.finding.comparing import read_comparison
from engine.finding.topics import Topic

_LEAD = re.compile(r"^(?:(?:and|but|or|so|then|also|ok|okay|now|well|hmm|ah|oh|please|thanks|thank you|great)\b[\s,]*)+", re.IGNORECASE)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|must|has|have|had|may|might)(?:n['’]t)?"
_ASKS = re.compile(r"^(?:what|which|who|whom|whose|why|how|when|where|explain|describe|define|compare|list|show|give|tell|prove|summari[sz]e)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(rf"^{_AUXILIARY}\s", re.IGNORECASE)

_ASKS_HOW = re.compile(rf"^(?:how|why|when|where)\s+(?={_AUXILIARY}\b)", re.IGNORECASE)

_BARE = re.compile(
    r"^(?P<word>why|how|when|where|how come|why not|since when)(?: so| exactly| then| though| not| (?:is|was) (?:that|this|it)(?: so)?| (?:does|"
    r"do|did) (?:that|this|it) (?:work|happen))?$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"^(?:(?:can|could|would) you (?:please )?)?(?:(?:give|show|tell|provide|name)(?: me| us)? )?(?:(?:for|with|by|an|any|another|some|one|one more|a|"
    r"more|a few|a simple|a concrete|a small) )*"
    r"(?:examples?|e\.?g|for instance|such as|like what)(?: please| of (?:it|that|this|them|these|those)| for (?:it|that|this|them))?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would) you (?:please )?)?(?:(?:tell|explain|say|show)(?: me| us)?(?: (?:it|that|this|them))? )?(?:more|go on|continue|"
    r"elaborate|in (?:more|greater) detail|(?:a bit |some )?more"
    r" details?|explain|further|again|anything else|what else|more simply|in simple (?:words|terms)|i (?:do not|don['’]t|didn['’]t) (?:understand|get)|"
    r"what do you mean|what does (?:that|this|it) mean|tell me more|explain (?:it|that|this|them))"
    r"(?: (?:about|on|of))?(?: (?:it|that|this|them|these|those))?(?: (?:again|more|further|please|in (?:more|greater) detail|in simple (?:words|"
    r"terms)|simply|better))*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:what|how|and what|and how) about (?P<rest>.+)$", re.IGNORECASE)
_AND = re.compile(r"^(?:and|or|but)\b[\s,]*(?:then |also |now |with |what |about )?(?P<rest>.+)$", re.IGNORECASE)
_WHAT_IF = re.compile(r"^(?P<form>what|what happens|what happened|and) if (?P<rest>.+)$", re.IGNORECASE)
_WITH_PREPOSITION = re.compile(r"^(?P<preposition>for|in|on|with|without|of|from|to|at|by|using|under|during|over|inside)\s+(?P<rest>.+)$", re.IGNORECASE)
_ASPECT_FOR = re.compile(r"^(?P<aspect>[\w\s-]+?) (?P<rest>(?:in|for|on|with|under|without) \S.*)$", re.IGNORECASE)
_AGAINST = re.compile(
    r"^(?:(?:and |but )?(?:what is |what's |is there )?(?:the |a |any )?(?:difference|differences|comparison)s? (?:to|from|with)|"
    r"(?:as )?compared (?:to|with)|(?:how does (?:it|that|this) )?compare(?:s|d)? (?:to|with)"
    r"|vs\.?|versus|unlike|as opposed to|in contrast to)\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_THAN = re.compile(r"^(?:much )?(?:\w{2,}er|better|worse|(?:more|less) \w+) than .+$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?P<word>it|its|they|them|their|theirs|he|him|his|she|her|hers|both of them|each of them|both)\b(?!['’]s\b)", re.IGNORECASE)
_IT_IS = re.compile(r"\b(?P<word>it|he|she|that)['’]s\b", re.IGNORECASE)
_POSSESSIVE = {"its", "their", "theirs", "his", "her", "hers"}
_INVERTED = re.compile(
    rf"^(?:(?:in|on|at|to|for|from|by|with|of|under|after|before|during|about) )?(?:what|which|whose|who|whom|how|why|when|"
    rf"where)\b(?P<fronted>[^,;]*?)\b{_AUXILIARY}\s*(?:not )?$",
    re.IGNORECASE,
)
"""What stands before a pronoun that is the subject of an inverted question: "how many comparisons does" (it need)."""
_ITS_OWN = re.compile(
    rf"^(?:who|which|what)\s+(?!(?:is|are|was|were)\b)(?:\w+\s+)*?(?!{_AUXILIARY}\b|of\b|for\b|about\b|in\b)\w+\s+$|^(?:who|which|"
    rf"what)\s+(?:\w+\s+)*(?:has|had|have)\s+$",
    re.IGNORECASE,
)
"""Who moved "his" court: what owns it is what is asked for."""
_VERB_OF_OBJECT = re.compile(r"^\w+\s+$|(?:^(?:who|what|which)(?:\s+\w+ly)?|\b(?:i|you|we|one|people|to|not))\s+\w+\s+$", re.IGNORECASE)
"""Who "invented" it, how do I "traverse" it, how to "draw" it: what stands there is a verb and nothing that "it" could mean."""
_DOES = re.compile(r"\b(?:do|does|did|can|could|would|will|should|may|might)(?:n['’]t)?\s+$", re.IGNORECASE)
_TAKES = re.compile(r"^\s+(?:take|cost|mean|matter|make sense|help|follow|seem|be \w+)\b.*?\b(?:to|that|when|if|whether|for)\s+\w+", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"^\s+to\b|^\s+(?:is |was )?(?:(?:always|really|ever|still|not|also|even|often|sometimes|usually|generally|so|very|more|most|less|too)\s+)*"
    r"(?:(?:take|takes|took|cost|costs|mean|means|matter|matters|make sense|help|helps|follow|follows|seem|seems)\b.*?\b(?:to|that|when|if|whether|for)\s+\w+"
    r"|(?:is |was |be |worth |said |bad |good |been )?(?!(?:used|applied|related|similar|connected|able|added|mapped|converted|due|equal|equivalent|"
    r"guaranteed|supposed|allowed|going|meant|reduced|sent|"
    r"given|passed|assigned|written|restricted|limited|compared|close|bound|subject|needed|required|there|in|on|from|the|a|"
    r"an)\b)[a-z]+ (?:or \w+ )?(?:for .+? )?(?:to|that|whether|how)\b"
    r"|(?:called|known) (?:when|if|that)\b|(?:better|faster|easier|safe|possible|ok|okay|worth) (?:if|when|using|having)\b)",
    re.IGNORECASE,
)
"""What follows an "it" that stands for nothing: is it "possible to" …, why does it "matter whether" …."""
_POINTING_NOUN = (
    r"(?:data structures?|algorithms?|methods?|structures?|techniques?|approach(?:es)?|ideas?|concepts?|terms?|theorems?|lemmas?|definitions?|"
    r"procedures?|functions?|problems?|protocols?|models?|"
    r"languages?|operators?|operations?|principles?|propert(?:y|ies)|things?|process(?:es)?|rules?|schemes?|patterns?|strateg(?:y|ies)|mechanisms?|"
    r"systems?|commands?|instructions?|types?|classes|class|"
    r"trees?|lists?|sorts?|notations?|expressions?|statements?|cases?|errors?|tools?|kind of \w+|sort of \w+|type of \w+)"
)
_POINTING = re.compile(rf"\b(?:this|that|these|those|such an?|the same|said)\s+{_POINTING_NOUN}\b", re.IGNORECASE)
_POINTING_ALONE = re.compile(
    rf"^(?P<before>(?:(?:what|why|how|when|where|which|who)(?: (?:exactly|else))? )?{_AUXILIARY} )(?P<word>this|that|these|those)(?P<after>(?: .*)?)$",
    re.IGNORECASE,
)
_SAID_OF_THAT = re.compile(
    r" (?:the same|an? |also|not|so|such|different|similar|equivalent|related|important|necessary|useful|better|worse|faster|slower|called|used|"
    r"needed|mean|work|matter|help|happen|true|possible"
    r"|like)\b"
)
_TO_THAT = re.compile(r"^(?P<verb>[a-z]+) (?:this|that|these|those)$", re.IGNORECASE)
_AT_THE_END = re.compile(
    r"\b(?:than|from|with|unlike|like|over|versus|vs) (?P<word>it|them|that|this|those|these)$|\b\w+ (?:it|them)$",
    re.IGNORECASE,
)
_HOLDS_A_NAME = re.compile(r"\s[A-Z]\w*\s.*\s(?:in|on|of|for|to|by)\s|\b(?:with\b|to \w+ (?:it|them)$)")
"""In "a tree with nodes in it" and "whose task was it to draw it" the question itself holds what is meant."""
_SIDE = re.compile(r"\bthe (?P<which>former|latter|first one|second one|first|second|other one|other)\b", re.IGNORECASE)
_WHICH_ONE = re.compile(r"^which(?: one| of (?:them|these|the two|both))?\b", re.IGNORECASE)
_DEFINITION = re.compile(r"^(?:what (?:is|are)|what's|define|explain|describe)\s+(?!the\b|its\b)", re.IGNORECASE)
_OF_SOMETHING = re.compile(r"\b(?:of|for|in|between|about|from)\s+(?!the\b|it\b|this\b|that\b|general\b|practice\b|theory\b|total\b|detail\b)\w", re.IGNORECASE)
_OPERATIONS = frozenset(
    """
    insertion insertions deletion deletions removal lookup traversal update updates access rotation rotations rebalancing balancing initialization
    initialisation allocation deallocation
    """.split()  # noqa: SIM905 — words in quotes and commas are unreadable
)
_LONGEST_FRAGMENT_WORDS = 6
LONGEST_WITH_OBJECT = 8
"""Words of a question whose last one is "it": in a longer one there is room for what is meant."""


def follow_in_english(question: str, topic: Topic) -> str | None:
    """The question made self-contained; None where it leaves nothing out."""
    asked = " ".join(question.split()).strip(" ?.!…")
    rest = _LEAD.sub("", asked)
    if not rest:
        return None
    if read_comparison(rest) is not None and not _points(rest):
        return None
    if not question.rstrip().endswith(("?", "…")) and asked == rest and _WITH_PREPOSITION.match(rest):
        return None  # "for loop" is a term that is looked up
    for rule in (_bare_word, _example_or_more, _against, _sides, _about, _what_if, _pronoun, _pointing, _hollow):
        if said := rule(asked, rest, topic):
            return said
    return None


def _points(text: str) -> bool:
    return _PRONOUN.search(text) is not None or _POINTING.search(text) is not None


def _bare_word(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "Why?": the question before it, asked with another word."""
    if not (match := _BARE.match(rest)):
        return None
    word = match["word"].capitalize()
    if _YES_OR_NO.match(topic.whole):
        return f"{word} {topic.whole[0].lower()}{topic.whole[1:]}"
    if topic.whole.casefold().startswith(f"{word.casefold()} "):
        return topic.whole
    if match := _ASKS_HOW.match(topic.whole):
        return f"{word} {topic.whole[match.end() :]}"
    return f"{word} {topic.subject}?"


def _example_or_more(_asked: str, rest: str, topic: Topic) -> str | None:
    if _EXAMPLE.match(rest):
        return f"example of {topic.subject}"
    return topic.subject if _MORE.match(rest) else None


def _against(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "Compared to a queue?", "and the difference to UDP?": the first side was named before."""
    match = _AGAINST.match(rest)
    if match is None and (shorter := _THAN.match(rest)) and not topic.sides and not _points(rest):
        return f"Is {topic.named} {rest}?" if read_comparison(f"Is {topic.named} {rest}?") and shorter else None
    if match is None or topic.sides or _points(match["other"]) or " and " in match["other"]:
        return None
    return f"difference between {topic.thing} and {without_article(match['other'])}"


def _sides(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "Which one is faster?", "and the latter?" after a comparison."""
    if len(topic.sides) < 2:
        return None
    if match := _SIDE.search(rest):
        last = match["which"].split()[0].casefold() in ("latter", "second", "other")
        side = topic.sides[1 if last else 0]
        said = _ABOUT.sub(r"\g<rest>", rest[: match.start()] + side + rest[match.end() :])
        return said if said != rest else None
    if _WHICH_ONE.match(rest) and is_hollow(rest):
        return f"{rest}, {' or '.join(topic.sides)}?"
    return None


def _about(asked: str, rest: str, topic: Topic) -> str | None:
    """ "What about deletion?", "and for graphs?", "and a queue?": a fragment that takes a place in the question before it."""
    match = _ABOUT.match(rest) or _AND.match(asked)
    if match is None and (split := _ASPECT_FOR.match(rest)) and is_aspect(split["aspect"]) and asked.count(" ") < _LONGEST_FRAGMENT_WORDS:
        return f"{without_article(split['aspect'])} of {topic.thing} {split['rest']}" if _is_fragment(rest) else None
    if match is None and len(rest.split()) <= 4 and _is_fragment(rest) and _WITH_PREPOSITION.match(rest):
        match = re.match(r"(?P<rest>.+)", rest)
    if match is None:
        return None
    fragment = match["rest"].strip(" ,")
    if not _is_fragment(fragment) or _points(fragment):
        return None
    preposition = _WITH_PREPOSITION.match(fragment)
    said = preposition["rest"] if preposition else fragment
    if is_aspect(said) and (preposition is None or topic.aspect or topic.is_bare):
        return _of(said, topic)
    return _with_preposition(preposition, topic) if preposition else _another(fragment, topic)


def _is_fragment(text: str) -> bool:
    """No question of its own: short, without a question word or a verb."""
    words = words_of(text)
    return (
        0 < len(words) <= _LONGEST_FRAGMENT_WORDS
        and not _ASKS.match(text)
        and not re.search(rf"\b{_AUXILIARY}\b|\b(?:what|which|who|why|how|when|where|welch\w*|quel(?:le)?s?|qu[eé]|qui[eé]n)\b", text, re.IGNORECASE)
    )


def _with_preposition(match: re.Match[str], topic: Topic) -> str:
    """ "for graphs": in the place of what stood with the same preposition, or behind the question."""
    whole = topic.whole.rstrip(" ?.!")
    preposition, other = match["preposition"], match["rest"]
    if topic.aspect and preposition.casefold() in ("for", "of", "in", "with"):
        same = re.search(rf"\s{preposition}\s+(?!.*\s{preposition}\s).*$", whole, re.IGNORECASE)
        if same is None or preposition.casefold() in ("of", "for"):
            return f"{topic.aspect} of {without_article(other)}"
    same = re.search(rf"\s{preposition}\s+(?!.*\s{preposition}\s).*$", whole, re.IGNORECASE)
    base = whole[: same.start()] if same else whole
    return f"{base} {preposition.lower()} {other}?"


def _another(fragment: str, topic: Topic) -> str:
    """Another thing, asked the same; or something about the thing, where that can't be told apart both are named."""
    if topic.sides:
        return f"difference between {' and '.join((*topic.sides, without_article(fragment)))}"
    if topic.aspect:
        return f"{topic.aspect} of {without_article(fragment)}"
    place = topic.whole.casefold().find(topic.named.casefold())
    if place >= 0 and (not topic.is_bare or _is_like(fragment, topic.thing)):
        return f"{topic.whole[:place]}{fragment}{topic.whole[place + len(topic.named) :]}"
    return f"{fragment} ({topic.thing})"


def _is_like(fragment: str, thing: str) -> bool:
    """Whether a fragment names a thing of the same kind: with an article, a name, or with the same head or ending."""
    bare = without_article(fragment)
    if bare != fragment and fragment[:1].casefold() == "a":
        return True
    if any(letter.isupper() or letter.isdigit() for letter in bare):
        return True
    one, other = bare.split()[-1].casefold().rstrip("s"), thing.split()[-1].casefold().rstrip("s")
    return one == other or (len(one) > 4 and one[-4:] == other[-4:])


def _what_if(_asked: str, rest: str, topic: Topic) -> str | None:
    match = _WHAT_IF.match(rest)
    if (
        match is None
        or _points(match["rest"])
        or (match["form"].casefold() != "what" and len(content_of(match["rest"])) > 2)
        or topic.thing.casefold() in rest.casefold()
    ):
        return None
    return f"What if {match['rest']} ({topic.thing})?"


def _pronoun(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "How does it work?", "its worst case": the name in the place of the pronoun, where nothing in the question itself can be meant."""
    rest = _IT_IS.sub(r"\g<word> is", rest)
    match = _PRONOUN.search(rest)
    if match is None:
        return None
    points_out = _points_out(rest, match.end("word"))
    if not points_out and _has_antecedent(rest[: match.start("word")], rest[match.end("word") :]):
        return None
    word = match["word"].casefold()
    before, after = rest[: match.start("word")], rest[match.end("word") :]
    expletive = _TAKES if _DOES.search(before) else _EXPLETIVE
    if word == "it" and (expletive.match(after) or (before.casefold() == "how far is " and re.match(r"\s+(?:from|to)\b", after))):
        return None
    if word in _POSSESSIVE and _ITS_OWN.match(before):
        return None
    if word in ("both",) and (not topic.sides or after.strip()[:1].isupper()):
        return None
    if word in _POSSESSIVE and after.strip():
        return _possessive(before, after.strip(), topic)
    name = topic.thing if word in ("they", "them") else topic.named
    if topic.aspect and re.search(
        r"\b(?:happen|happens|occur|occurs|avoid|avoided|prevent|prevented|arise|arises|cause|caused|reached|computed|calculated|measured|proved|"
        r"derived|mean)\b",
        after,
    ):
        name = topic.subject  # it is the worst case that occurs, and not quicksort
    return _question(f"{before}{name}{after}")


def _points_out(rest: str, end: int) -> bool:
    """Whether a pronoun that ends the question can't mean anything in it: "is mergesort faster than it", "which systems use it"."""
    match = _AT_THE_END.search(rest)
    if match is None or match.end() != end or _has_clauses(rest.partition(" ")[2][: -len(match[0])]):
        return False
    return match["word"] is not None or (len(rest.split()) <= LONGEST_WITH_OBJECT and _HOLDS_A_NAME.search(rest) is None)


def _possessive(before: str, owned: str, topic: Topic) -> str:
    fragment = _ABOUT.sub(r"\g<rest>", f"{before}{owned}") if before.strip() else owned
    if not before.strip() or (fragment == owned and _ABOUT.match(f"{before}x")):
        return _of(owned, topic)
    if is_aspect(owned) or len(owned.split()) == 1:
        return _question(f"{before}the {_of(owned, topic)}")
    return _question(f"{before}{topic.thing}'s {owned}")


def _question(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}?"


def _has_clauses(text: str) -> bool:
    return (
        re.search(r",|;|\b(?:and|if|when|because|that|which|while|after|before|but|think|thinks|say|says|said|want|wants)\b", text, re.IGNORECASE) is not None
    )


def _has_antecedent(before: str, after: str = "") -> bool:
    """Whether the words before a pronoun name something that it may stand for."""
    if not re.match(rf"\s+(?:{_AUXILIARY}|\w+ed|think|thinks|want|wants|be|should)\b", after):
        before = _VERB_OF_OBJECT.sub("", before)
    inverted = _INVERTED.match(before)
    if inverted is not None and not re.search(rf"\b{_AUXILIARY}\b", inverted["fronted"], re.IGNORECASE):
        return False
    is_long = len(words_of(before)) > _LONGEST_FRAGMENT_WORDS
    return any(is_long or (not is_asking_word(word) and not is_aspect(word)) for word in content_of(before)) or _POINTING.search(before) is not None


def _pointing(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "This algorithm", "why is that?"."""
    match = _POINTING.search(rest)
    if (
        match is not None
        and not _has_antecedent(rest[: match.start()])
        and not re.match(r"\s+(?:of|that|which|called|known|named|where)\b", rest[match.end() :])
    ):
        return _question(f"{rest[: match.start()]}{topic.named}{rest[match.end() :]}")
    if (match := _TO_THAT.match(rest)) and not is_light(match["verb"]):
        return _question(f"{match['verb']} {topic.subject}")
    match = _POINTING_ALONE.match(rest)
    if match is not None and (is_hollow(match["after"]) or _SAID_OF_THAT.match(match["after"])):
        return _question(f"{match['before']}{topic.subject}{match['after']}")
    match = _AT_THE_END.search(rest)
    if match is not None and match["word"] and not _has_antecedent(rest[: match.start()]):
        return _question(f"{rest[: match.start('word')]}{topic.named}")
    return None


def _hollow(_asked: str, rest: str, topic: Topic) -> str | None:
    """ "What are the advantages?", "how fast is insertion?", "time complexity?": asked of what was named before."""
    content = content_of(rest)
    if not content or not is_hollow(rest) or _DEFINITION.match(rest) or _OF_SOMETHING.search(rest):
        return None
    aspects = [word for word in content if is_aspect(word) and not is_asking_word(word)]
    is_short = len(words_of(rest)) <= 3 and is_aspect(rest)
    definite = (
        re.search(r"\bare there$", rest)
        or re.search(
            r"\bthe\s+(?:[\w-]+\s+)*?(?:"
            + "|"
            r"".join(map(re.escape, aspects))
            + r")\b",
            rest,
            re.IGNORECASE,
        )
        if aspects
        else None
    )
    if aspects and not (is_short or definite or any(word in _OPERATIONS for word in aspects)):
        return None
    if not aspects and not _ASKS.match(rest) and not _YES_OR_NO.match(rest):
        return None
    if _ASKS.match(rest) or _YES_OR_NO.match(rest):
        return _question(_of(rest, topic))
    return _of(rest, topic)


def _of(aspect: str, topic: Topic) -> str:
    """ "worst case of quicksort", "deletion in red-black tree"."""
    aspect = without_article(aspect)
    words = content_of(aspect)
    joint = "in" if any(word in _OPERATIONS for word in words) else "of" if words and is_aspect(words[-1]) else "for"
    return f"{aspect} {joint} {topic.thing}"
