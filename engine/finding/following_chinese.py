"""The rules for Chinese follow-up questions, in the order in which they are tried. Pure."""

from __future__ import annotations

import re

from engine.finding.aspects import is_aspect, is_hollow
from engine.finding.comparing import read_comparison
from engine.finding.topics import Topic

_LEAD = re.compile(r"^(?:(?:那么|那(?![个些种里儿])|而(?!且)|还有|另外|然后|所以|但是?|不过|请问|好的?|嗯)[\s，,]*)+")
_END = re.compile(r"[\s？?。.！!…]+$")
_PARTICLE = re.compile(r"[呢吗吧啊呀]+$")

_WHY = re.compile(r"^(?:(?:这|那)?(?:是|又是)?)?(?P<word>为什么|为何|为啥|怎么会|怎么会这样|何时|什么时候)(?:会?(?:这样|那样|如此))?$")
_HOW = re.compile(r"^(?:具体)?(?:怎么|如何|怎样)(?:做|实现|用|使用|证明|计算|工作|运作|理解|解决|避免|优化|改进)?(?:的)?$")
_EXAMPLE = re.compile(
    r"^(?:还有|能|可以|请)?(?:别的|其他的?|更多的?)?(?:给(?:我|出)?|举)?(?:一?[个些]|几个)?(?:例子|示例|实例|例)(?:来?(?:说明|看看))?(?:一下)?$|^(?:比如|例如|譬如)(?:说)?$"
)
_MORE = re.compile(
    r"^(?:能|可以|请|你)*(?:再|更|多|继续)*(?:详细|具体|深入|简单)?(?:地|点|一点|一些)?(?:说说|说明|解释|讲讲|讲|说|介绍|展开|一点|一些)(?:一下|详细|具体|清楚)?(?:点|一点|一些)?$"
    r"|^(?:继续|然后|还有|更多|详细点?|什么意思|是什么意思|这是什么意思|我?(?:没|不)(?:看|听)?(?:懂|明白|理解))$"
)
_AGAINST = re.compile(r"^(?:和|跟|与|同|比(?!较|如)|相比于?)(?P<rest>.+)$")
_COMPARED = re.compile(r"^(?:和|跟|与|同)(?P<other>.+?)(?:相比|比)(?:起来|较)?$")
_IF = re.compile(r"^(?:如果|要是|假如|假设|万一)")
_WHAT_ABOUT = re.compile(r"^(?P<rest>.+)呢$")
_IN = re.compile(r"^(?P<in>(?:在|对于?|用|针对).+?(?:中|上|里|下|时|来说|而言|情况下)?)$")
_NOUN = (
    "(?:数据结构|算法|方法|结构|技术|概念|函数|问题|协议|定理|语言|模型|操作|过程|东西|思想|原理|做法"
    "|策略|机制|系统|程序|命令|指令|树|表|图|排序|类|定义|性质|情况|错误|语句|表达式|工具)"
)
_PRONOUN = re.compile(
    rf"它们?|他们?(?!人)|她们?|(?<![极尤与及])其(?![中他它实余次后间所一二三实])|(?:这|那)(?:个|种|些|类|项|一)?{_NOUN}|该{_NOUN}|此{_NOUN}|(?:这|那)(?:个|种|些)(?![\u4e00-\u9fff])|两者|二者|前者|后者"
)
_POINTING = re.compile(r"^(?P<before>为什么|为何|怎么)?(?:这|那)(?P<rest>(?:是|会|有|能|怎么|如何|为什么|和|跟|与|样|很|更|比较|重要).*)$")
_DEFINITION = re.compile(
    r"^(?:什么是|什么叫|何谓|定义|解释)|^(?:算法|结构|时间|空间|内存|概念|定义|语法|语义|代码|操作|异常|错误|证明|函数|方法|插入|删除|查找|搜索|遍历)(?:是什么|是什么意思|的定义)?$"
)
_LONGEST_FRAGMENT = 14


def follow_in_chinese(question: str, topic: Topic) -> str | None:
    """The question made self-contained; None where it leaves nothing out."""
    asked = _END.sub("", " ".join(question.split()))
    rest = _LEAD.sub("", asked) or asked
    bare = _PARTICLE.sub("", rest)
    if not bare:
        return None
    if read_comparison(rest) is not None and not _PRONOUN.search(rest):
        return None
    for rule in (_bare_word, _against, _sides, _pronoun, _what_about, _pointing, _hollow):
        if said := rule(rest, bare, topic):
            return said
    return None


def _bare_word(_rest: str, bare: str, topic: Topic) -> str | None:
    if match := _WHY.match(bare):
        return f"{match['word']}{topic.subject}？"
    if _EXAMPLE.match(bare):
        return f"{topic.subject}的例子"
    if _HOW.match(bare):
        return f"{topic.subject}{bare}？"
    return topic.subject if _MORE.match(bare) else None


def _against(_rest: str, bare: str, topic: Topic) -> str | None:
    """ "和队列有什么区别？": the first side was named before."""
    if (compared := _COMPARED.match(bare)) and not topic.sides and not _PRONOUN.search(bare):
        return f"{topic.thing}和{compared['other']}的区别"
    match = _AGAINST.match(bare)
    if match is None or topic.sides or _PRONOUN.search(bare):
        return None
    said = f"{topic.thing}{bare}"
    return f"{said}？" if read_comparison(said) is not None else None


def _sides(_rest: str, bare: str, topic: Topic) -> str | None:
    """ "哪个更快？", "后者呢？" after a comparison."""
    if len(topic.sides) < 2:
        return None
    if match := re.search(r"前者|后者|第一个|第二个", bare):
        side = topic.sides[0 if match[0] in ("前者", "第一个") else 1]
        return f"{bare[: match.start()]}{side}{bare[match.end() :]}"
    if re.match(r"(?:哪一?[个种]|谁)", bare) and is_hollow(bare):
        return f"{'和'.join(topic.sides)}{bare}？"
    return None


def _pronoun(rest: str, bare: str, topic: Topic) -> str | None:
    """The name in the place of the pronoun, where nothing before it in the question can be meant."""
    match = _PRONOUN.search(bare)
    if match is None:
        return None
    is_object = match.end() == len(bare) and match[0] in ("它", "它们") and not re.search(r"[，,]", bare)
    if match.start() and not is_object and not is_hollow(bare[: match.start()]):
        return None
    if match[0] in ("前者", "后者"):
        return None
    before, after = bare[: match.start()], bare[match.end() :]
    if match[0] == "其" and not after.startswith("的"):
        after = f"的{after}"
    if not before and not after:
        return topic.subject
    if (after.startswith("的") and is_aspect(after[1:])) or rest.endswith("呢"):
        return f"{before}{topic.thing}{after}"
    return f"{before}{topic.thing}{after}{'吗' if rest.endswith('吗') else ''}？"


def _what_about(rest: str, bare: str, topic: Topic) -> str | None:
    """ "那删除呢？", "队列呢？": an aspect of the thing, or another thing asked the same."""
    match = _WHAT_ABOUT.match(rest)
    if match is None or len(bare) > _LONGEST_FRAGMENT or re.search(r"什么|怎么|如何|为何|哪|谁|多少|是|会|能|可以|为什么|[，,]", bare):
        return None
    if _IF.match(bare):
        return f"{bare}（{topic.thing}）"
    if is_aspect(bare):
        return f"{topic.thing}的{bare}"
    if where := _IN.match(bare):
        return f"{where['in']}{topic.subject}"
    if topic.sides:
        return f"{'、'.join((*topic.sides, bare))}的区别"
    if topic.aspect:
        return f"{bare}的{topic.aspect}"
    place = topic.whole.find(topic.thing)
    return f"{bare}（{topic.thing}）" if place < 0 else f"{topic.whole[:place]}{bare}{topic.whole[place + len(topic.thing) :]}"


def _pointing(_rest: str, bare: str, topic: Topic) -> str | None:
    match = _POINTING.match(bare)
    if match is None or not (is_hollow(match["rest"]) or re.match(r"和|跟|与|很|更|重要", match["rest"])):
        return None
    return f"{match['before'] or ''}{topic.subject}{match['rest']}？"


def _hollow(rest: str, bare: str, topic: Topic) -> str | None:
    """ "复杂度是多少？", "有什么优点？": asked of what was named before."""
    if not is_hollow(bare) or _DEFINITION.match(bare) or (len(bare) < 2 and not rest.endswith("吗")):
        return None
    joint = (
        "的"
        if re.match(
            r"最[坏好优]|平均|[时空]间|复杂度|运行|性能|效率|优|缺|劣|好处|坏处|局限|限制|用途|作用|应用|用法|例子|代码|性质|特|原理|步骤|过程|实现|稳定性|区别|插入|删除|查找|遍历",
            bare,
        )
        else ""
    )
    return f"{topic.thing}{joint}{bare}{'？' if bare != rest or not is_aspect(bare) else ''}"
