"""Whether a Chinese question wants a long answer, and of what. Pure; the same strictness as `engine.surveying.wanted`."""

from __future__ import annotations

import re

from engine.surveying.wanted import Kind, PartWord, Wanted

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[〇零一二三四五六七八九十]{1,4}|[A-Z](?:\.\d{1,3}){0,3})"
_WORK = r"(?:书|教材|课本|文档|文件|文章|论文|讲义|手册|资料|笔记)"
_PART = (
    rf"(?:(?P<book>《[^》]+》|[^，。？！《》]{{2,30}}?)(?:这本书|一书)?(?:的|中的|中|里的|里)?)?"
    rf"(?:第\s*(?P<number>{_NUMBER})\s*(?P<part>章|节|部分|篇|讲)|(?P<label>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}})\s*(?:小节|节)?|附录\s*(?P<appendix>[A-Z一二三四五六]))"
    rf"|(?:本|这一?|该|此)(?P<here>章|节|部分)"
    rf"|(?:本|这本|这份|这篇|该|整本|全|整个)(?P<whole>{_WORK})"
    rf"|(?P<titled>《[^》]+》)(?:这一?章|一章|这一?节|一节|这本书|一书)?"
    rf"|[“「](?P<quoted>[^”」]+)[”」](?:这一?章|一章|这一?节|一节)"
)
_PLEASE = r"(?:请你?|请问|麻烦|帮我|帮忙|你?能不能|可以)*(?:帮我)?"
_AFTER = r"(?:的)?(?:主要|核心|全部|重点)?(?:内容|要点|重点|大意|概要|思想|知识点)?"
_END = r"[？?。！!\s]*$"
_SUMMARIES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_PLEASE}(?:简要|简单|大致)?(?:地)?(?:总结|概括|概述|归纳|小结|简述|综述|梳理)(?:一下|下)?(?:{_PART}){_AFTER}{_END}",
        rf"^{_PLEASE}(?:把|对)(?:{_PART}){_AFTER}(?:做|作|进行)?(?:一个|个)?(?:简要|简单)?(?:的)?(?:总结|概括|概述|归纳|小结)(?:一下|下)?{_END}",
        rf"^{_PLEASE}(?:给我|给出|写)(?:一个|一份|个)?(?:{_PART})(?:的)(?:总结|概括|概述|概要|摘要|提要|大纲|综述){_END}",
        rf"^(?:{_PART})(?:的)?(?:主要|大致|大概)?(?:讲|讲述|介绍|讨论|说|写|论述|涉及|谈)(?:的)?(?:了|的是)?(?:些)?(?:什么|哪些内容|什么内容|哪些主题){_END}",
        rf"^(?:{_PART})的?(?:主要|核心)?(?:内容|要点|概要|总结|摘要|大意|主题)(?:是什么|有哪些)?{_END}",
    )
)
_LOOSELY = re.compile(rf"^{_PLEASE}(?:总结|概括|概述|归纳)(?:一下|下)?(?P<free>[^，。？！]{{2,24}}?){_AFTER}{_END}")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"算法", "algorithms"),
    (r"数据结构", "structures"),
    (r"定义", "definitions"),
    (r"定理(?:和引理|、引理|与引理)?|引理|推论|命题", "theorems"),
    (r"(?:粗体|黑体|关键|重要|专业)?(?:的)?(?:术语|名词|概念)", "terms"),
)
_KIND = "|".join(pattern for pattern, _ in _KINDS)
_WITH = r"(?:(?:以及|及|和|与|，?并给出|连同)(?:它们|其|各自|每个)?的?(?P<with>(?:时间)?复杂度|运行时间|定义|含义|解释|说明))?"
_LISTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_PLEASE}(?:列出|列举|给出|找出|罗列|汇总|整理)(?:一下)?(?:{_PART})(?:中|里|内|当中|里面)?(?:的)?(?:出现|介绍|提到)?(?:的)?(?:所有|全部|每个|各个|"
        rf"各种)?(?:的)?(?P<kind>{_KIND}){_WITH}{_END}",
        rf"^{_PLEASE}(?:列出|列举|给出|找出|罗列|汇总|整理)(?:所有|全部)(?:的)?(?P<kind>{_KIND}){_WITH}{_END}",
        rf"^(?:{_PART})(?:中|里|内|当中|里面)?(?:都|一共|总共)?(?:讲|介绍|涵盖|包含|包括|讨论|有|提到|定义|给出|涉及)(?:了)?(?:哪些|什么)(?P<kind>{_KIND}){_WITH}{_END}",
        rf"^(?:{_PART})(?:中|里|内)?(?:的)?(?:所有|全部)(?:的)?(?P<kind>{_KIND}){_WITH}{_END}",
    )
)


def recognise_chinese(question: str) -> Wanted | None:
    """The long answer that a Chinese question asks for; None for an ordinary question."""
    text = question.strip()
    for pattern in _SUMMARIES:
        if match := pattern.match(text):
            return _wanted(match, "summary")
    for pattern in _LISTS:
        if match := pattern.match(text):
            kind = next(kind for pattern, kind in _KINDS if re.fullmatch(pattern, match["kind"]))
            return _wanted(match, kind, timed=bool(match["with"]) and ("复杂度" in match["with"] or "时间" in match["with"]))
    match = _LOOSELY.match(text)
    return None if match is None else Wanted("summary", named=match["free"])


def _wanted(match: re.Match[str], kind: Kind, *, timed: bool = False) -> Wanted | None:
    groups = match.groupdict()
    book = groups.get("book")
    if book is not None:
        book = None if re.fullmatch(rf"(?:本|这本|这份|这篇|该|整本){_WORK}", book) else book.strip("《》")
    if groups.get("titled"):
        return Wanted(kind, named=groups["titled"].strip("《》"), timed=timed)
    if groups.get("quoted"):
        return Wanted(kind, titled=groups["quoted"], timed=timed)
    if groups.get("here"):
        return Wanted(kind, here=True, part=_part(groups["here"]), timed=timed)
    label = groups.get("number") or groups.get("label") or groups.get("appendix")
    if label is None:
        return Wanted(kind, book=book, timed=timed)
    part: PartWord = "appendix" if groups.get("appendix") else _part(groups.get("part") or "节")
    return Wanted(kind, number_of(label), part, book=book, timed=timed)


def _part(word: str) -> PartWord:
    return "chapter" if word in ("章", "讲") else "part" if word in ("部分", "篇") else "section"


def number_of(label: str) -> str:
    """三 → 3, 十二 → 12, 二十一 → 21; what is no Chinese number stays."""
    if not re.fullmatch(r"[〇零一二两三四五六七八九十]+", label):
        return label
    tens, ten, ones = label.partition("十")
    if not ten:
        return "".join(str(_DIGITS[digit]) for digit in label)
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
