"""Chinese sentences: what may be said in another order, and what turns the sense round."""

from __future__ import annotations

import pytest

from engine.answering.chinese import is_chinese, prove_chinese

_PASSAGE = (
    "图书馆把借出的书记在一本册子里。读者通常可以借三本书，最多借两个月。由于旧书容易损坏，旧书不外借。"
    "管理员用推车运送新书。如果书丢失，读者就要赔偿。火车比汽车更快，但汽车更便宜。先登记姓名，再领取卡片。卡片由馆长签发。"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "借出的书被图书馆记在一本册子里。",
        "读者往往能够借三本书。",
        "旧书不外借，因为旧书容易损坏。",
        "书丢失时，读者要赔偿。",
        "馆长签发卡片。",
        "汽车更便宜。",
    ],
)
def test_the_same_in_other_words_or_another_order_is_proven(sentence: str) -> None:
    span = prove_chinese(sentence, _PASSAGE)
    assert span is not None
    assert _PASSAGE[span[0] : span[1]].endswith("。")


@pytest.mark.parametrize(
    "sentence",
    [
        "图书馆被借出的书记在一本册子里。",
        "读者可以借四本书。",
        "读者可以借两个月。",
        "旧书可以外借。",
        "旧书容易损坏，因为旧书不外借。",
        "读者要赔偿。",
        "汽车比火车更快。",
        "火车更便宜。",
        "先领取卡片，再登记姓名。",
        "卡片签发馆长。",
        "新书用管理员运送推车。",
    ],
)
def test_what_turns_the_sense_round_or_leaves_out_a_condition_is_not(sentence: str) -> None:
    assert prove_chinese(sentence, _PASSAGE) is None


def test_a_formula_and_a_word_that_begins_like_a_particle_are_proven_whole() -> None:
    passage = "有 n 位客人的晚宴恰好有 n − 1 次握手。主动离席的一方要道别。"
    assert prove_chinese("有 n 位客人的晚宴恰好有 n − 1 次握手。", passage)
    assert prove_chinese("有 n 位客人的晚宴恰好有 n + 1 次握手。", passage) is None
    assert prove_chinese("主动离席的一方要道别。", passage)
    assert prove_chinese("被动离席的一方要道别。", passage) is None


def test_a_sentence_with_a_few_latin_terms_is_chinese_and_an_english_one_with_a_chinese_word_is_not() -> None:
    assert is_chinese("用 TCP 传输数据时，数据按顺序到达。")
    assert not is_chinese("The word 栈 means stack.")
