"""Words by what they do in a sentence, as data: those that turn it around, those that only hold it together, those that say nothing.

Closed lists, in English and Chinese; whoever adds a word adds it for every text.
"""

from __future__ import annotations

from engine.answering.terms import stem
from engine.answering.vocabulary import listed

OPERATORS: dict[str, tuple[str, str]] = {}
"""Word → (category, key). Two operators of one category and different keys say different things."""
for _line in """
negation not: not no never none neither nor without cannot nothing nobody nowhere hardly rarely seldom
quantity all: all every each any
quantity both: both
quantity oneof: oneof
quantity always: always invariably
quantity most: most mostly mainly usually generally typically commonly normally often
quantity many: many several
quantity some: some sometimes occasionally
quantity few: few
quantity only: only solely exclusively
quantity almost: almost nearly
bound atmost: atmost
bound atleast: atleast
bound exactly: exactly precisely
modal must: must shall
modal can: can may might could
modal should: should ought
likeness like: like
likeness unlike: unlike
joint and: and
joint or: or
condition if: if when once while whenever wherever
condition unless: unless except
condition until: until till
condition even: regardless although though
cause because: because since
condition before: before
condition after: after
order first: first
order then: then afterwards subsequently
order last: last
way up: up upward upwards
way down: down downward downwards
way over: over above
way under: under below beneath
way out: out outside
way inside: inside within
tense still: still
tense nolonger: nolonger
CJK negation not: 不 没有 没 无 未 非 否
CJK quantity all: 所有 任何 每 总是
CJK quantity most: 通常 大多数 大多 多数
CJK quantity some: 有些 部分 某些 一些 有时
CJK quantity only: 只 仅 只有 唯一
CJK quantity almost: 几乎
CJK bound atmost: 至多
CJK bound atleast: 至少
CJK modal must: 必须 必然 只能
CJK modal can: 可以 可能 会
CJK modal should: 应该 应当 应
CJK condition if: 如果 当 只要 一旦
CJK condition unless: 除非
CJK condition until: 直到
CJK condition before: 之前 以前
CJK condition after: 之后 以后
CJK way more: 大于
CJK way less: 小于
CJK joint or: 或者 或
""".strip().splitlines():
    _head, _, _words = _line.removeprefix("CJK ").partition(": ")
    _category, _key = _head.split()
    for _word in _words.split():
        OPERATORS[_word] = (_category, f"~{_key}")

FRAME = listed("to from into onto by than of in on at for with as between through via and/or instead per but during upon throughout among across against")
SILENT = listed(
    """
    a an the is are was were be been being am do does did has have had having this that these those it its itself they them their theirs he she his
    her who whom whose which what there here also too very just thus hence therefore so however well such will would other s we you i us our your one's
    say says said means thereby about approximately roughly around circa how why where own same-as yet already whereas ones merely just
    """
)
CJK_SILENT = "的了是在也就都均而其它被把将这那们之以个中上里时则该此着地得与和及及其并且有为对于"
SUBORDINATORS = listed(
    "if when while because since unless until so that which who whom whose where whereby as although though once than whether how what why for provided"
)
BEFORE_PRONOUN = listed("the this that which each every another any no other a")
AFTER_PRONOUN = frozenset({"", *listed("of can by is must has with that which who in from and or")})
KEYWORDS = listed("where having and or not if in as is while for do then else all any from to with on by let unless until")
"""Written in capitals, these are words of a programming language."""
COORDINATORS = listed("and but or whereas yet nor")
PRONOUNS = listed("it they this these those he she that them there its their one others some both each")
DETERMINERS = listed(
    "the a an its their his her this these that those all every each any no some many most two three one no more less at in on from to into by only not up"
)
AUXILIARIES = listed("is are was were be been has have had can may might must could should will would shall does do did cannot isn't aren't doesn't don't")
VERB_STEMS = frozenset(
    stem(word)
    for word in listed(
        """
        contain consist store return take use allow provide define make give find keep hold need require describe represent occur happen run
        become begin end visit follow compare divide sort grow cost depend differ lead show produce compute evaluate apply pass change move start
        stop create add remove insert delete support implement perform send receive read write execute call tell mean work refer carry free mark
        sweep build choose accept recognize spread fall rise increase decrease reduce avoid cause count check detect enter exceed fit forward go get
        handle help hide include inherit join lie live loop lose map match merge offer open close overflow point prove publish put raise reach
        remain replace rest save scan schedule search see select share solve split stand stay stretch shrink supply swap switch translate transmit
        travel traverse treat try wait want yield encrypt protect exploit discard decrement increment deliver recurse stretch survive
        fill activate arise cost rewrite swap protect wait place put discard stop arrive decrement count support override extend instantiate
        refer point name own belong respect equal yield cover evict drop pick consider rest touch raise hand leave group succeed take
        suffice guarantee lock unlock acquire release block wake sleep dispatch cause result imply hold satisfy obey link bind print
        parse scan emit trigger serve request respond connect resolve assign declare denote initialize iterate loop recurse halt
        double halve multiply add subtract measure estimate predict model train learn converge minimize maximize normalize sum
        """
    )
)
