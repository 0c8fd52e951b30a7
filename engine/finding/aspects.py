"""Words that say nothing alone: what can be asked *of* a thing (its cost, its worst case, deletion from it) and how. Pure.

"The worst case" is no topic until it is said of what; "a red-black tree" is one. Both lists are of the language of textbooks,
not of any book: nouns for sides and operations of a thing, and the plain verbs and adjectives that ask for them.
"""

from __future__ import annotations

import re

_ASPECTS = frozenset(
    """
    worst best average expected amortized amortised upper lower case cases bound bounds limit limits running run execution time times space memory
    runtime speed storage complexity complexities cost costs price overhead performance efficiency advantage advantages
    disadvantage disadvantages benefit benefits drawback drawbacks downside downsides weakness weaknesses strength strengths pro pros con cons
    limitation limitations purpose purposes role use uses usage application applications example examples counterexample counterexamples instance
    instances definition definitions meaning proof proofs correctness invariant invariants implementation implementations code pseudocode syntax
    semantics structure representation
    property properties characteristic characteristics feature features type types kind kinds variant variants variation variations version versions
    form forms part parts component components element elements step steps phase phases stage stages operation operations
    insertion insertions deletion deletions removal lookup traversal update updates access rotation rotations rebalancing balancing
    initialization initialisation allocation deallocation termination convergence stability safety security reliability accuracy precision
    difference differences similarity similarities distinction comparison relation relationship history origin inventor author
    problem problems issue issues error errors exception exceptions consequence consequences effect effects result results cause causes reason reasons
    condition conditions requirement requirements assumption assumptions prerequisite prerequisites input inputs output outputs size length depth height
    width degree order number amount value values formula equation notation algorithm algorithms method methods alternative alternatives details
    detail theory practice parameter parameters argument arguments worst-case best-case average-case
    """.split()  # noqa: SIM905 — words in quotes and commas are unreadable
)
_ASKING = frozenset(
    """
    work works working worked implement implements implemented implementing use used uses using useful need needs needed require required requires do
    does did done doing make makes made making get gets happen happens happened occur occurs mean means meant look looks like called call say said
    fast faster fastest slow slower slowest quick quicker efficient inefficient good better best bad worse worst big bigger large larger long longer
    small smaller short shorter high higher low lower easy easier hard harder difficult simple simpler important necessary possible common popular
    different similar same many much more most less often exactly actually really
    perform performed performs handle handled handles compute computed calculated calculate measure measured prove proved proven proves show shown
    define defined represent represented store stored avoid avoided prevent prevented solve solved fix fixed improve improved reduce reduced optimize
    optimized explain describe give tell take takes taken cost costs guarantee guaranteed
    depend depends matter matters exist exists apply applied applies main key typical general overall total other another new
    prefer preferred preferable choose chosen recommended stable unstable optimal correct true false safe
    start starts stop stops end ends begin fail fails change changes two three four first second next again compare summarize summarise
    """.split()  # noqa: SIM905 — as above
)
_LIGHT = frozenset(
    """
    a an the and or but so then also too of for in on at to with by from as is are was were be been being has have had can could may might must will
    would should shall do does did what which who whom whose when where why how there here not no any some all each every both one ones it its they
    them their this that these those he him his she her i we you us our your my me if about please now still ever yet just only
    isn aren wasn weren don doesn didn couldn wouldn shouldn hasn haven hadn won can't cannot
    """.split()  # noqa: SIM905 — as above
)
_ASPECTS_ZH = (
    "最坏情况|最好情况|最优情况|平均情况|最坏|最好|平均|时间复杂度|空间复杂度|复杂度|运行时间|执行时间|时间|空间|内存|性能|效率|速度|开销|代价|成本|"
    "优缺点|优点|缺点|优势|劣势|好处|坏处|不足|局限性?|限制|用途|作用|应用场景|应用|场景|用法|使用方法|例子|示例|实例|反例|定义|含义|意思|概念|证明|正确性|"
    "不变式|实现方法|实现|代码|伪代码|语法|语义|结构|表示方法|表示|性质|特性|特点|特征|类型|种类|分类|变种|变体|组成部分|组成|部分|步骤|过程|流程|阶段|原理|"
    "操作|插入|删除|查找|搜索|遍历|更新|访问|旋转|平衡|初始化|分配|释放|稳定性|安全性|可靠性|精度|区别|差别|不同|差异|异同|相同点|联系|关系|"
    "历史|起源|发明者|作者|问题|错误|异常|后果|影响|结果|原因|条件|要求|前提|输入|输出|大小|长度|深度|高度|度|数量|值|公式|算法|方法|替代方案|细节|上界|下界|情况"
)
_SAID_WITHOUT_DE = (
    "最坏情况|最好情况|最优情况|平均情况|时间复杂度|空间复杂度|复杂度|运行时间|执行时间|优缺点|优点|缺点|优势|劣势|好处|坏处|用途|作用|应用场景|特点|稳定性|正确性|最坏|最好"
)
"""Those that follow a name directly and are hardly ever its last syllables: 内存 is the end of 虚拟内存."""
_ASKING_ZH = (
    "是什么样的?|是什么|有什么|有哪些|有何|是多少|多少|多大|多快|多长|多高|怎么样|怎么办|怎么|怎样|如何|为什么|为何|什么时候|何时|什么|哪些|哪个|哪里|"
    "工作|运作|运行|进行|做|用|使用|需要|计算|处理|保证|避免|防止|解决|优化|改进|发生|出现|"
    "会|能|可以|应该|必须|是|有|吗|呢|吧|的|了|在|中|里|更|最|很|快|慢|好|坏|高|低|大|小|稳定|重要|常见|还|又|也|都|谁|发明|提出|复杂|简单|难|容易|有用|必要|情况下|没有?|要|和|与|或|以及|请问|请|那么|那|具体|主要|一般|通常|到底"
)
_ZH_ASPECT = re.compile(f"(?:{_ASPECTS_ZH})(?:和|与|、|及)?")
_ZH_HOLLOW = re.compile(f"(?:{_ASPECTS_ZH}|{_ASKING_ZH}|[\\s，,、？?。！!])+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in an alphabet, in small letters; compounds with a hyphen are one."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def content_of(text: str) -> list[str]:
    """Its words without articles, auxiliary verbs, pronouns and question words."""
    return [word for word in words_of(text) if word not in _LIGHT and word.split("'")[0] not in _LIGHT]


def is_aspect(text: str) -> bool:
    """Whether this is only a side or an operation of some thing: "the worst case", "time complexity", "优缺点"."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return re.fullmatch(f"(?:{_ZH_ASPECT.pattern}|的)+", text.strip()) is not None
    content = content_of(text)
    return bool(content) and all(word in _ASPECTS for word in content)


def is_hollow(text: str) -> bool:
    """Whether a question names nothing that it is about: "how fast is insertion?", "what are the advantages?", "有什么优点？"."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return _ZH_HOLLOW.fullmatch(text.strip()) is not None
    return all(word in _ASPECTS or word in _ASKING for word in content_of(text))


def is_asking_word(word: str) -> bool:
    """Whether a word is a plain verb or adjective of questions, and no name of a thing."""
    return word.casefold() in _ASKING


def is_light(word: str) -> bool:
    """Whether a word only holds others together: articles, auxiliary verbs, pronouns, question words."""
    return word.casefold() in _LIGHT


def split_aspect(text: str) -> tuple[str, str]:
    """("worst case", "quicksort") of "the worst case of quicksort"; ("", the text) where it begins with no aspect. The same for "快速排序的最坏情况"."""
    text = text.strip()
    for match in re.finditer(r"\s+(?:of|for|in|to|from)\s+", text):
        aspect, thing = text[: match.start()], text[match.end() :]
        if is_aspect(aspect) and not is_aspect(thing):
            return without_article(aspect), without_article(thing)
    chinese = re.fullmatch(rf"(.+?)的((?:{_ZH_ASPECT.pattern})+)", text) or re.fullmatch(rf"(.+?)({_SAID_WITHOUT_DE})", text)
    if chinese and not is_hollow(chinese[1]):
        return chinese[2], chinese[1].rstrip("的")
    # "quicksort worst case", "quicksort's running time"
    words = text.split()
    for size in range(1, min(3, len(words) - 1) + 1):
        head, tail = " ".join(words[:-size]), " ".join(words[-size:])
        if is_aspect(tail) and not is_aspect(words[-size - 1]):
            if not head.endswith(("'s", "’s")) and not all(word.casefold() in _OPEN_ASPECTS for word in words[-size:]):
                continue
            return tail, without_article(re.sub(r"['’]s?$", "", head))
    return "", without_article(text)


_OPEN_ASPECTS = frozenset(
    ("worst", "best", "average", "case", "complexity", "time", "running", "advantages", "disadvantages", "benefits", "drawbacks", "example", "examples")
)
"""Those that follow a name without being a part of it: "quicksort worst case", but "radix sort algorithm", "space allocation"."""


def without_article(text: str) -> str:
    """Without "a", "the" and quotation marks around it."""
    return re.sub(r"^(?:an?|the)\s+", "", text.strip().strip('"“”‘’「」『』').strip(), flags=re.IGNORECASE)
