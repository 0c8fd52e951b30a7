"""Ordinary words of Chinese that the proof of Chinese sentences looks at: what means the same, what is light, what limits.

None of them belongs to a subject: the list would be the same for a book on history.
"""

from __future__ import annotations

import re

from engine.answering.vocabulary import listed

_ALIKE = (
    "用 使用 采用 利用 运用 改用 借助 采取",
    "例如 比如 譬如 诸如",
    "存 存储 储存 保存 存放 存入",
    "导致 造成 引起 引发 出现 发生 产生",
    "通常 往往 常常 一般 经常 大多数情况下 多数情况下",
    "不需要 无需 无须 不必 不用 不须 用不着 避免",
    "没有 不存在 没",
    "不 并不 并非 未 尚未 没能",
    "增加 增长 增多 上升 提高 提升 增大",
    "减少 降低 下降 减小 缩小",
    "叫 称为 称作 叫做 叫作 称之为",
    "得到 获得 取得 求得 求出 得出 算出",
    "需要 须 须要 要求",
    "包含 包括 含有",
    "由于 因为",
    "因此 所以 因而 故 于是",
    "若 如果 假如 倘若 要是 假设",
    "结点 节点",
    "选 选择 选取 选出 挑选 挑出",
    "相同 一样 同样",
    "全部 所有 一切 全体",
    "至少 最少 不少于",
    "至多 最多 不超过 不多于",
    "只 仅 仅仅 只是 只有 只能 要等到 等到",
    "立即 立刻 马上",
    "之后 以后",
    "之前 以前",
    "划分 分为 分成 划分为 划分成 划为",
    "位于 处于 在于",
    "允许 准许",
    "禁止 不允许 不准",
    "速度快 较快 比较快",
    "速度慢 较慢 比较慢",
    "大小 尺寸",
    "方法 办法 方式",
    "目的 目标",
    "其余 其他 其它",
    "任何 任意 任一",
    "每 每个 每一个 每一",
    "两 二 2",
    "三 3",
    "四 4",
    "五 5",
    "六 6",
    "七 7",
    "八 8",
    "九 9",
    "十 10",
)
_FIRST = {word: words.split()[0] for words in _ALIKE for word in words.split()}
_ALIKE_PATTERN = re.compile("|".join(sorted((w for w in _FIRST if not w.isascii()), key=len, reverse=True)))
_FORMS = (
    (re.compile(r"以([^，。；]{1,14}?)为基础"), r"基于\1"),
    (re.compile(r"以([^，。；]{1,14}?)(?:作为|为)(?!单位)"), r"选\1为"),
    (re.compile(r"(?:从而|以便|以)?(?:避免|防止)"), "不需要"),
    (re.compile(r"作为"), "为"),
    (re.compile(r"对([^，。；]{2,14}?)进行([\u4e00-\u9fff]{2}(?:遍历|搜索|排序|查找)|[\u4e00-\u9fff]{2})"), r"\2\1"),
)

NEGATIONS = ("没有", "不", "无", "非", "禁止")
"""What turns a statement into its opposite; searched after `normal_wording`."""
LIMITS = re.compile(r"可能|也许|有些|部分|某些|大多|多数|几乎|至少|至多|只(?!要)|平均|最坏|最好|一半|未必|不一定|偶尔|有时|接近|大约|约|最优|最差")
"""What a sentence may not leave out of its source."""
FORMULA = re.compile(r"[A-Za-z0-9]+(?:\s*[-+*/×÷^<>=≤≥]\s*[A-Za-z0-9]+)+")
UNPARTED = re.compile(
    r"主动|被动|主机|从机|升序|降序|递增|递减|正向|反向|前向|后向|同步|异步|静态|动态|有序|无序|有向|无向|连续|离散|对称|非对称|单向|双向|串行|并行"
)
"""Words of two characters of which one alone would find another place to stand: 被动 is no passive of 动."""

CAUSING = re.compile(r"使|让|令|要求|允许|迫使|认为|以为|看作|假设")
"""What stands between a thing and what another one does: "A 使 B 做 C" does not say that A does C."""

_LIGHT = listed(
    """
    因此 由于 虽然 但是 然而 不过 而且 并且 从而 这样 那么 如果 若 当 只要 的话 对于 关于 其中 之间 通常 可以 能够 能 会
    将 就 则 才 也 都 还 又 再次 来 去 了 着 过 的 地 得 之 是 为 即 指 所 其 它 它们 该 这 这个 这种 这些 那
    一个 一种 一条 个 种 而 但 与 和 及 以及 并 且 把 被 由 在 于 时候 情况下 要 进行 加以 予以 等 、 用 以 从而
    通过 需要 导致 本身 例如 向 给 对 从 具体 常 因 使得
    """
)
LIGHT = re.compile("|".join(sorted(_LIGHT, key=len, reverse=True)) + r"|[中里上下时](?=[的，]|都|$)")
"""Words that carry no weight of their own; 中, 里, 上, 下, 时 only where they end an adverbial."""
CAUSE = re.compile(r"^(?:而|但|这是)?(?:因为|由于|因(?!此|而))")
EFFECT = re.compile(r"^(?:因此|所以|因而|从而|故)")
CONDITION = re.compile(r"^(?:但|而|不过)?(?:若|当|只要|除非|一旦|对于|对|在|采用|用)")
CONDITION_END = re.compile(r"(?:时|时候|中|里|下|上|的话|后|前|之后|之前)$")
SUBJECTLESS = re.compile(
    r"^(?:但|而|并|且|也|则|就|因此|从而|这样|不过|然后|再|先|又|还|才|由于|虽然|通常|都|同时)*"
    r"(?:是|为|由(?!于)|被|把|将|用|在|从|按|通过|可以|可能|能|会|要|需要|必须|应|只|不|没有|无法|拥有|具有|有|支持|属于|负责|包含|产生|导致|使|让|保证|增加|减少|存)"
)
POINTING = re.compile(r"^(?:但|而|因此|不过|由于)?(?:它们|它|其(?!中|余)|该|这种|这个|这些|这|此)")
VERB_MARKS = re.compile(
    r"虽然|是|(?<!自)由|被|把|将|(?<![应作占通])用|使|(?<!存)在|从|按|可以|可能|(?<![功性智可])能|(?<![机社])会|需要|只|都|不|没有|拥有|具有|(?<![所占拥具])有|支持|属于|负责|划分|通常|通过|至少|至多|(?<!优)先|就|则|也|还|必须|比|保证|包含|(?<![缓内外])存|叫|为|记录|与|导致|适合|逐"
)
PREPOSITIONS = ("在", "用", "从", "按", "对", "当", "于", "通过", "向", "给", "以", "为")


def normal_wording(text: str) -> str:
    """One word for all that mean the same, and one form for some turns of phrase."""
    for pattern, form in _FORMS:
        text = pattern.sub(form, text)
    return _ALIKE_PATTERN.sub(lambda match: _FIRST[match[0]], text)
