"""Words that say the same: irregular forms, phrases with one meaning, and groups of synonyms, as data.

Only what holds in nearly every technical text stands here; a group that holds in some texts only would prove what was
never said. Each group is written as plain words and brought to its stems when it is read.
"""

from __future__ import annotations

IRREGULAR_FORMS = {
    form: base
    for base, forms in (
        line.split(":")
        for line in """
        take:took taken;give:gave given;hold:held;keep:kept;send:sent;build:built;run:ran;grow:grew grown;fall:fell fallen;rise:rose risen
        begin:began begun;become:became;know:knew known;show:shown;draw:drew drawn;break:broke broken;write:wrote written;choose:chose chosen
        understand:understood;bring:brought;think:thought;tell:told;lose:lost;pay:paid;see:saw seen;go:went gone;spend:spent;mean:meant
        lead:led;find:found;get:got gotten;make:made;speak:spoke spoken;drive:drove driven;throw:threw thrown;stand:stood;win:won;meet:met
        sell:sold;buy:bought;catch:caught;teach:taught;feed:fed;arise:arose arisen;hide:hid hidden;overwrite:overwrote overwritten
        use:used using uses;die:died dies dying;lie:lay lain lying;tie:tied ties tying;owe:owed owes owing;split:splitting splits
        put:putting puts;cut:cutting cuts;set:setting sets;analysis:analyses;matrix:matrices;index:indices indexes
        forbid:forbade forbidden;steal:stole stolen;strike:struck;bind:bound;bend:bent;dig:dug;feel:felt;fight:fought;fly:flew flown flies
        forget:forgot forgotten;freeze:froze frozen;grind:ground;hear:heard;lay:laid;learn:learnt;leave:left leaves;lend:lent;light:lit
        ride:rode ridden;ring:rang rung;say:said;seek:sought;shake:shook shaken;shoot:shot;shrink:shrank shrunk;sink:sank sunk;slide:slid
        spin:spun;stick:stuck;swim:swam;swing:swung;tear:tore torn;wake:woke woken;wear:wore worn;wind:wound;eat:ate eaten;bear:bore borne
        do:did done does doing;come:came comes coming;withdraw:withdrew withdrawn;undergo:underwent undergone;foresee:foresaw foreseen
        vertex:vertices;child:children;datum:data;criterion:criteria;basis:bases;hypothesis:hypotheses;person:people;half:halves;leaf:leaves
        """.replace("\n", ";").split(";")
        if line.strip()
    )
    for form in forms.split()
    for base in [base.strip()]
}
"""Irregular form → base form."""

PHRASES = tuple(
    (pattern, replacement)
    for pattern, replacement in (
        (r"\b(?:no|not) (?:more|larger|greater|higher|longer) than\b|\bup to\b|\ba maximum of\b|\bmaximally\b", "at most"),
        (r"\b(?:no|not) (?:less|fewer|smaller|lower) than\b|\ba minimum of\b", "at least"),
        (r"\b(?:has|have|had) to\b|\b(?:is|are) (?:required|obliged) to\b|\bneeds? to\b|\bit is necessary to\b", "must"),
        (r"\b(?:is|are) (?:able|allowed|permitted) to\b|\bit is possible to\b", "can"),
        (r"\b(?:is|are) (?:unable) to\b|\bit is (?:not possible|impossible) to\b|\bcan not\b|\bcan['’]t\b|\b(?:is|are) not able to\b", "cannot"),
        (r"\b(?:is|are) (?:unavoidable|inevitable)\b", "cannot be avoided"),
        (r"\bendless(?:ly)?\b", "never ending"),
        (r"\bforever\b", "endlessly"),
        (r"\b(?:is|are) (?:(?:good )?enough|sufficient)\b", "suffices"),
        (r"\b(?:makes? use of|uses? up|consumes?)\b", "uses"),
        (r"\bdo(?:es)? not differ\b", "are equal"),
        (r"\bruns? in(?=\s+(?:growthorder|\w+ time))", "takes"),
        (r"\b(?:takes?|took) place\b", "occurs"),
        (r"\b(?:has|have|holds?|keeps?|stores?|contains?) a (?:reference|pointer|link) to\b", "refers to"),
        (r"\b(?:must|shall) not\b", "may not"),
        (r"\b(it|that|there|what|he|she)'s\b", r"\1 is"),
        (r"\bin (?:contrast|comparison)\b|\bby contrast\b|\bon the other hand\b", " "),
        (r"\bat least one of (?:the|its|their|these|those)\b", "oneof"),
        (r"\bone of (?:the|its|their|these|those)\b", "oneof"),
        (r"\b(?:no|not any) (?:longer|more)\b(?! than)", "nolonger not"),
        (r"\b(?:rather than|instead of|as opposed to|in place of|in lieu of|other than|apart from|with the exception of)\b", ", not"),
        (r"\bin order to\b|\bso as to\b", "to"),
        (r"\b(?:anyone|anybody|whoever|everyone|everybody|someone|somebody|those|people|a person|one) who\b", "who"),
        (r"\bwould be able to\b|\bwas able to\b|\bwere able to\b|\bmanage[sd]? to\b", "could"),
        (r"\bon purpose\b|\bintentionally\b", "deliberately"),
        (r"\bnot the other way (?:around|round)\b|\bthe (?:converse|reverse) (?:does not hold|is not true|is false)\b", "not conversely"),
        (r"\bif and only if\b|\bexactly (?:when|if)\b|\bprecisely (?:when|if)\b", "exactly if"),
        (r"\b(?:is|are) not (?:(?:good )?enough|sufficient)\b", "does not suffice"),
        (r"\b(?:stays?|remains?) (?:the same|unchanged|as (?:it|they) (?:is|are|was|were))\b|\b(?:is|are) (?:kept|left) unchanged\b", "does not change"),
        (r"\b(?:brings?|brought) about\b|\b(?:gives?|gave) rise to\b|\b(?:leads?|led) to\b|\b(?:results?|resulted) in\b|\bsets? off\b", "causes"),
        (r"\b(?:thrown|throws?|threw) away\b", "discarded"),
        (r"\b(?:lives?|lived) on\b|\bcontinues? to exist\b", "persists"),
        (r"\b(?:is|are) (?:badly|poorly|ill) suited (?:as|for|to)\b|\b(?:is|are) unsuitable (?:as|for)\b", "makes a poor"),
        (r"\bat once\b|\bright away\b|\bstraight away\b|\bwithout delay\b", "immediately"),
        (r"\bat (?:a|the same|one) time\b|\bat once\b", "simultaneously"),
        (r"\bfrom time to time\b|\bnow and then\b|\bonce in a while\b|\boccasionally\b", "sometimes"),
        (r"\ball the time\b|\bat all times\b", "always"),
        (r"\bby (?:mistake|accident)\b", "accidentally"),
        (r"\b(?:gets?|got) by with\b|\bmakes? do with\b", "needs"),
        (r"\b(?:picks?|picked) out\b", "selects"),
        (r"\b(?:finds?|found) out\b|\bworks? out\b|\bfigures? out\b", "determines"),
        (r"\bmakes? sure\b|\btakes? care\b", "ensures"),
        (r"\b(?:keeps?|kept) track of\b", "tracks"),
        (r"\bgoes? (?:on|ahead)\b|\bkeeps? on\b", "continues"),
        (r"\bgoes? back\b|\bcomes? back\b", "returns"),
        (r"\bas well as\b|\btogether with\b|\balong with\b", "and"),
        (r"\bas well\b|\bin addition\b", "also"),
        (r"\b(?:due to|because of|owing to|on account of)\b", "because"),
        (r"\b(?:as soon as|whenever)\b", "when"),
        (r"\b(?:provided that|in case|as long as|so long as|on condition that)\b", "if"),
        (r"\b(?:is|are) (?:made up|composed|comprised) of\b|\bconsists? of\b|\bcomprises?\b", "contains"),
        (r"\b(?:is|are) (?:also )?(?:called|named|termed|known as|referred to as)\b", "is"),
        (r"\b(?:a single|just one)\b(?: one\b)?", "1"),
        (r"\bthanks to\b", "because"),
        (r"\baccording to\b", "by"),
        (r"\bfail(?:s|ed)? to\b", "not"),
        (r"\b(?:has|have|had) no effect on\b", "not affect"),
        (r"\blook(?:s|ed)? at\b", "considers"),
        (r"\bany (?:longer|more)\b(?! than)", " "),
        (r"\ba (?:little|bit)(?= \w+er\b| more\b)|\bsomewhat\b", "slightly"),
        (r"\b(needs?|takes?|requires?|costs?) only(?= (?:constant|growthorder|an?|one|\d))", r"\1"),
        (r"\b(?:by means of|with the help of|through the use of|by using|making use of|makes use of)\b", "using"),
        (r"\ba (?:large|great) number of\b|\bnumerous\b|\ba lot of\b", "many"),
        (r"\bthe majority of\b", "most"),
        (r"\b(?:get|gets|getting) rid of\b|\btakes? away\b", "removes"),
        (r"\b(?:carry|carries|carried) out\b", "performs"),
        (r"\b(?:deal|deals) with\b|\bcopes? with\b", "handles"),
        (r"\b(?:set|sets) up\b", "establishes"),
        (r"\bturns? (?:\w+ ){1,3}into\b", "translates into"),
        (r"\bdepends? on\b|\b(?:is|are) determined by\b", "depends"),
        (r"\b(?:is|are) left\b", "remain"),
        (r"\bquadratic (?:time|running time)\b", "O(n2) time"),
        (r"\bper ?cent\b|%", " percent"),
        (r"\b(?:is|are) out of order\b", "disordered"),
        (r"\bafterward\b", "then"),
    )
)
"""Regular expressions on casefolded text → the plain words that mean the same."""

CJK_SYNONYMS = (
    ("至多", "最多", "不超过", "不多于", "不大于"),
    ("至少", "最少", "不少于", "不小于"),
    ("取决于", "决定", "依赖于", "依赖"),
    ("结点", "节点"),
    ("均", "都", "全部"),
    ("所有", "全部", "每个", "每一个", "任何", "任意", "一切"),
    ("如果", "若", "假如", "倘若"),
    ("必须", "需要", "需"),
    ("使用", "利用", "采用", "通过", "用"),
    ("然后", "接着", "随后", "再"),
    ("称为", "叫做", "称作", "叫作", "被称为"),
    ("包含", "包括", "含有"),
    ("称为", "叫"),
    ("大于", "高于", "多于", "超过"),
    ("小于", "低于", "少于"),
    ("交换", "互换", "对调"),
    ("存储", "储存", "保存", "存放"),
    ("例如", "比如", "譬如"),
    ("因为", "由于"),
    ("所以", "因此", "因而", "从而"),
    ("可以", "能够", "能", "可"),
    ("构造", "建立", "创建", "构建", "生成"),
    ("查找", "搜索", "查询", "检索"),
    ("删除", "移除", "去掉"),
    ("但是", "但", "然而", "不过"),
    ("通常", "一般", "往往"),
    ("首先", "先"),
    ("每次", "每一次"),
    ("两", "二"),
    ("根据", "依据", "按照", "依照"),
    ("产生", "发生", "出现"),
    ("顺序", "次序", "先后"),
    ("导致", "造成", "引起"),
    ("改变", "改动", "更改"),
    ("改用", "采用"),
    ("特点", "特征", "特性"),
    ("方法", "方式", "办法"),
    ("计算", "求出"),
    ("得到", "获得", "取得"),
    ("结束", "终止"),
    ("选择", "选取", "挑选"),
)
"""Chinese words that say the same; the first stands for all."""
