"""What a sentence is about: its content words as stems, its numbers, names and negations.

All of it is a matter of small closed lists and suffix rules, without statistics: two texts that say the same in nearly
the same words give nearly the same terms, and a changed number, name or `not` shows.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.answering.synonyms import IRREGULAR_FORMS
from engine.answering.vocabulary import listed

STOPWORDS = listed(
    """
    a an the this that these those it its itself he she they them their theirs we us our you your i me my his her who whom whose which what when
    where why how is are was were be been being am do does did done doing have has had having can could may might must shall should will would
    of to in on at by for with from into onto upon about as if or and but so than then thus hence therefore also too very just there here up
    down out off over under again further once only own same such both each few more most other some any all every either neither nor no not
    none never without within between among through during before after above below while because until since though although however whether
    else one ones get gets got make makes made use used uses using way let s t re ve ll d m don doesn didn isn aren wasn weren can't cannot won
    couldn shouldn wouldn hasn haven hadn etc eg ie like many much even still yet another well say says said called call calls known means mean
    """
)
"""English function words; they weigh nothing when two sentences are compared."""

_PLY_ADVERBS = frozenset({"simply", "deeply", "sharply", "cheaply", "steeply", "amply"})
NEGATIONS = listed(
    """
    not no never none neither nor without cannot nothing nobody nowhere hardly rarely seldom lacks lack fails fail impossible unable
    """
)

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
} | {"hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000", "twice": "2", "thrice": "3", "half": "1/2", "third": "3rd"}

WORD = re.compile(
    r"[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ]+(?:['’][A-Za-z]+)?"
    r"|[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u139f\uac00-\ud7af]+"
    r"|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?:\s*\^\s*\{?\d+\}?)?%?")
_MIXED = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[A-Za-z])\w{1,8}(?!\w)")
ORDER = re.compile(r"(?<!\w)[OoΘΩθω]\s*\((?:[^()]|\([^()]*\))*\)")
_IDENTIFIER = re.compile(r"`([^`\n]+)`|\b(\w+(?:\.\w+)+\(?\)?|\w+_\w+|\w*[a-z][A-Z]\w*|[A-Za-z]\w*\(\)|[A-Z]+[a-z]*\d+\w*|[A-Z]{2,}\d*(?=s?\b))")
_NAME = re.compile(r"(?<![.\w])[A-Z][A-Za-z0-9_À-ɏ'’-]*[a-zß-ÿ][A-Za-z0-9_À-ɏ'’-]*")
_CJK_NEGATION = re.compile(r"不(?!同|仅|但|断)|没有|无法|未(?!来)|并非|无(?=[须需法])|否")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⁿ", "01234567890123456789n")
_CJK_STOP = re.compile(
    r"什么|怎么|怎样|如何|为何|为什么|哪些|哪个|请问|请|解释|一下|介绍"
    r"|的|了|是|吗|呢|啊|和|与|及|在|有|对|就|也|都|而|被|把|将|这|那|它|们|其|之|以|个|种|一"
)


def words(text: str) -> list[str]:
    """All words, casefolded; scripts without spaces come as whole runs."""
    return [match[0].casefold().replace("’", "'") for match in WORD.finditer(text)]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A light English stem: plural, -ing, -ed, -ion, -ly, irregular and British forms. Never shorter than three letters.

    Conflates less than Porter's stemmer (1980), because a wrong conflation here would prove what was never said.
    """
    word = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    word = IRREGULAR_FORMS.get(word, word)
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ization", "isation"):
        if word.endswith(suffix):
            return word[: -len(suffix)] + "iz"
    for suffix in ("ingly", "edly", "ing", "ed", "ion", "ly"):
        base = word[: -len(suffix)]
        if suffix == "ly" and word.endswith("ply") and word not in _PLY_ADVERBS:
            break  # multiply, apply, supply
        if word.endswith(suffix) and len(base) >= 3 and re.search("[aeiouy]", base) and (suffix != "ion" or base[-1] in "ts"):
            word = base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
            break
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    if word.endswith("is") and len(word) > 5:
        word = word[:-2] + "iz"
    if word.endswith("our") and len(word) > 4:
        word = word[:-3] + "or"
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def content_terms(text: str) -> list[str]:
    """Stems of the content words in order, with repetitions; Chinese and Japanese runs as overlapping pairs of characters."""
    terms: list[str] = []
    for word in words(text.translate(_SUPERSCRIPTS)):
        if _CJK_RUN.fullmatch(word):
            for run in _CJK_STOP.sub(" ", word).split():
                terms.extend(run[i : i + 2] for i in range(len(run) - 1))
                if len(run) == 1:
                    terms.append(run)
        elif word not in STOPWORDS and word.split("'")[0] not in STOPWORDS:
            terms.append(stem(word))
    return terms


def orders_of_growth(text: str) -> set[str]:
    """Expressions such as O(n log n), without spaces, carets and superscripts: `O(n²)` and `O(n^2)` are the same."""
    return {order_key(expression) for expression in ORDER.findall(text)}


def order_key(expression: str) -> str:
    """One expression in the form in which they are compared."""
    return re.sub(r"[\s^{}$\\*·]|_(?=\d)", "", expression.translate(_SUPERSCRIPTS)).casefold()


def numbers(text: str) -> set[str]:
    """The numbers of a text: digits as they stand (3.14, 10^6, 50%), and mixed sequence such as `2n`. Not number words."""
    plain = text.translate(_SUPERSCRIPTS)
    found = {re.sub(r"[\s{}]", "", match[0]).replace("^", "").rstrip("%") for match in _NUMBER.finditer(plain)}
    return found | {match[0].casefold() for match in _MIXED.finditer(plain)}


def counted(text: str) -> set[str]:
    """Numbers written as words (two → "2"), without `one` where it is a pronoun."""
    found: set[str] = set()
    sequence = words(text)
    for index, word in enumerate(sequence):
        if word not in NUMBER_WORDS:
            continue
        if word == "one":
            before = sequence[index - 1] if index else ""
            after = sequence[index + 1] if index + 1 < len(sequence) else ""
            pronoun = before in ("the", "this", "that", "which", "each", "every", "another", "any", "no", "other", "larger", "smaller", "new", "old", "a")
            if pronoun or after in ("of", "can", "another", "by", "has", "is", "must", "after", "would", "may", "that", "which", "whose"):
                continue
        found.add(NUMBER_WORDS[word])
    return found


def negations(text: str) -> int:
    """How many negating words a text has (English and Chinese)."""
    count = sum(word in NEGATIONS or word.endswith("n't") for word in words(text))
    return count + len(_CJK_NEGATION.findall(text))


def identifiers(text: str) -> set[str]:
    """Names of things in programs (in backticks, dotted, with underscores, camelCase, calls, ALLCAPS), casefolded."""
    found: set[str] = set()
    for match in _IDENTIFIER.finditer(text):
        found.add((match[1] or match[2]).strip().casefold().removesuffix("()").removesuffix("("))
    return {name for name in found if len(name) > 1 and name not in ("e.g", "i.e") and not name.replace(".", "").isdigit()}


def acronyms(text: str) -> set[str]:
    """Words in capitals as they stand, without the `s` of a plural: HTTP is not HTTPS."""
    return set(re.findall(r"(?<![A-Za-z0-9_])[A-Z]{2,}\d*(?=s?(?![A-Za-z0-9_]))", text))


def names(text: str) -> set[str]:
    """Words with a capital inside a sentence (proper names and the like), casefolded, without the first word."""
    first = re.match(r"\W*[\w'’-]+", text)
    start = first.end() if first else 0
    return {match[0].casefold() for match in _NAME.finditer(text, start) if match[0].casefold() not in STOPWORDS}


def long_word_prefixes(text: str) -> set[str]:
    """The first six letters of every word of more than three: a second, coarser measure. Not for scripts without spaces."""
    return {word[:6] for word in re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff]+", text.casefold()) if len(word) > 3}


def bare_digits(text: str) -> set[str]:
    """The sequence that are digits only, as any plain reader would count them."""
    return {word for word in re.findall(r"\w+", text) if word.isdigit()}
