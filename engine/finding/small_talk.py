"""Greetings, thanks and questions about oneself: what is said to a program that talks, and asked of no book. Pure.

Only a whole message counts: "hello" is small talk, "hello world program" is not.
"""

from __future__ import annotations

import re
from typing import Literal

SmallTalk = Literal["greeting", "thanks", "agreement", "parting", "about"]
"""What is returned to it: "about" are questions about the program itself."""

LONGEST = 80
"""Characters: what is longer says more than hello."""

_GREETING = (
    r"hi+|hey+|hello+|hallo|good (?:morning|afternoon|evening|night|day)|greetings|howdy|what['’]?s up"
    r"|guten (?:tag|morgen|abend)|servus|moin|bonjour|bonsoir|salut|hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|ciao|ol[aá]"
    r"|привет|здравствуй(?:те)?|добр(?:ый|ое|ой) (?:день|утро|вечер)"
)
_ADDRESSED = r"(?:[\s,!.]+(?:there|again|you|all|everyone|everybody|friend|bytebrain|bot|assistant|computer|my friend))?"
_THANKS = (
    r"(?:many )?thanks?(?: you)?(?: (?:so|very) much| a lot| again)?|thx|ok(?:ay)?|good job|well done|never ?mind"
    r"|danke(?: sch[oö]n| sehr)?|merci(?: beaucoup)?|gracias|muchas gracias|grazie|obrigad[oa]|спасибо(?: большое)?"
)
_PRAISE = r"(?:great|nice|cool|perfect|awesome|wonderful|excellent|cheers|oh|well|so)"
_PARTING = r"(?:good ?)?bye(?:[ -]bye)?|see (?:you|ya)(?: later| soon| tomorrow)?|tsch[uü]ss|au revoir|adi[oó]s|пока|до свидания"
_ABOUT_YOU = (
    r"how are (?:you|things)(?: doing)?(?: today| now)?"
    r"|how(?:['’]s| is) it going|how do you (?:do|feel)(?: today)?"
    r"|are you (?:ok|okay|there|alive|real|human|a bot|a robot|happy)"
    r"|who (?:are|made|created|built) you|what(?:['’]s| is) your name|what are you(?: doing)?"
    r"|what can you do(?: for me)?|how old are you|where are you from"
    r"|do you (?:love|like|know|remember) me|tell me a joke|i(?:['’]m| am) bored|can you help me|help me|nice to meet you"
    r"|have a (?:nice|good|great) (?:day|one|evening|weekend)"
    r"|wie geht(?:['’]?s| es (?:dir|ihnen))(?: heute)?|wer bist du"
    r"|comment (?:[cç]a va|vas[- ]tu|allez[- ]vous)|qui es[- ]tu|c[oó]mo est[aá]s?|qu[eé] tal|как дела|кто ты"
)
_CHINESE = (
    r"(?:你|您|大家|老师|同学们?)好[啊呀吗呢]?|嗨|哈[喽啰]|哈罗|喂|早(?:上好|安)?|下午好|晚上好|晚安|(?:十分|非常|太|多)?(?:谢谢|感谢|多谢)(?:你|您|了|啦|大家)?|辛苦了|再见|拜拜|回头见|明天见"
    r"|你(?:今天|现在|最近)?(?:过得)?(?:怎么样|还好吗|好吗|好不好|开心吗)|最近(?:怎么样|好吗|如何)|你是(?:谁|什么|机器人吗?|人吗?|真人吗?)|你叫(?:什么(?:名字)?|啥)|你(?:会|能)(?:做|干)(?:什么|啥|些什么)"
    r"|你(?:几岁|多大)了?|你(?:在)?(?:干嘛|干什么)呢?|(?:给我)?讲个(?:笑话|故事)|吃(?:饭)?了(?:吗|没)|在吗|好的|好吧|没事了?|我(?:好)?无聊|很高兴认识你|こんにちは|ありがとう|안녕(?:하세요)?"
)
_ONE = rf"(?:(?:{_GREETING}|{_THANKS}|{_PARTING}|{_ABOUT_YOU}){_ADDRESSED}|{_CHINESE})"
_SIGNS = r"[\s,，.。!！?？~～:：;；)('’^_]*"
_SMALL_TALK = re.compile(rf"{_SIGNS}(?:{_PRAISE}{_SIGNS})?{_ONE}(?:(?:{_SIGNS}|(?: and | und )){_ONE}){{0,3}}(?: today| please)?{_SIGNS}", re.IGNORECASE)


_AGREEMENT = r"ok(?:ay)?|good job|well done|never ?mind|好的|好吧|没事了?"
_CHINESE_THANKS = r"(?:十分|非常|太|多)?(?:谢谢|感谢|多谢)(?:你|您|了|啦|大家)?|辛苦了|ありがとう"
_CHINESE_PARTING = r"再见|拜拜|回头见|明天见|晚安"
_CHINESE_ABOUT = r"你(?:是(?:谁|什么|机器人吗?|人吗?|真人吗?)|叫(?:什么(?:名字)?|啥)|(?:会|能)(?:做|干)(?:什么|啥|些什么))"
_ENGLISH_ABOUT = r"(?:who|what) are you|what(?:['’]s| is) your name|what can you do|help me|wer bist du|qui es[- ]tu|кто ты"
_KINDS: tuple[tuple[SmallTalk, re.Pattern[str]], ...] = (
    ("about", re.compile(rf"\b(?:{_ENGLISH_ABOUT})\b|{_CHINESE_ABOUT}", re.IGNORECASE)),
    ("agreement", re.compile(rf"[\W_]*(?:{_AGREEMENT})[\W_]*", re.IGNORECASE)),
    ("thanks", re.compile(rf"\b(?:{_THANKS})\b|{_CHINESE_THANKS}", re.IGNORECASE)),
    ("parting", re.compile(rf"\b(?:{_PARTING})\b|{_CHINESE_PARTING}", re.IGNORECASE)),
)
"""The first of them that is found in a message says what it is; a greeting is what has none."""


def kind_of(small_talk: str) -> SmallTalk:
    """What a message is that is nothing but small talk: "hi, who are you?" asks, "ok, thanks" thanks."""
    for kind, pattern in _KINDS:
        if (pattern.fullmatch if kind == "agreement" else pattern.search)(small_talk):
            return kind
    return "greeting"


def is_small_talk(asked: str) -> bool:
    """Whether a message is nothing but a greeting, thanks, a parting, or a question about the program itself."""
    text = " ".join(asked.split())
    return 0 < len(text) <= LONGEST and _SMALL_TALK.fullmatch(text) is not None
