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
        (r"\b(?:is|are) (?:enough|sufficient)\b", "suffices"),
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

SYNONYMS = """
need require
start begin commence
end finish terminate conclude
place put position
store save
keep hold contain include retain
build construct create generate produce make
remove delete erase
get obtain receive acquire take
send transmit
show demonstrate illustrate
use employ utilize apply exploit
execute run
call invoke
change modify alter
permit allow enable let
forbid prohibit disallow
prevent avoid
find locate discover
look search seek
compute calculate
choose select pick
handle manage treat
happen occur
answer respond reply
stay remain
help assist aid
try attempt
check test verify examine
split divide partition
join combine merge
link connect
gather collect
explain describe
invent devise introduce
prove show
protect guard
reduce decrease diminish lower shrink decrement
increase grow raise increment
rise increase
fall decrease drop
exchange swap interchange
discard drop
turn translate convert transform
move transfer
visit traverse
big large great
small little
fast quick rapid speedy
slow sluggish
whole entire complete
near close
adjacent neighboring neighbor
extra additional further
previous earlier prior
following subsequent next
important essential crucial vital
main principal primary chief
common frequent
usual typical
different distinct
similar alike
same identical
simple easy
difficult hard
new novel
arbitrary any
several multiple
numerous many
sufficient enough
correct right
wrong incorrect faulty
way manner method
method approach technique
error mistake fault bug
goal aim purpose objective
element item
node vertex
advantage benefit
drawback disadvantage
part portion piece
kind type sort
group set
speed velocity
cost expense
size length
amount quantity
rule principle
word term
device machine
processor cpu
program software
people person
author writer
mainly chiefly mostly primarily
immediate instant direct
eventual final
manual hand
depend rely rest base
guarantee ensure assure
represent denote stand
refer point
display present
notice detect recognize
improve better
optimal best
state status condition
sequence series
initial first
lookup search
consider regard view
accomplish achieve attain
mark label flag
mention cite
observe watch monitor
occupy fill
halt pause
resume continue proceed
preserve maintain
abort cancel
invert reverse
duplicate copy
attach append
extend expand widen
shorten abbreviate
specify state
assess evaluate judge
encounter face
react respond
accumulate collect
allocate assign
enclose surround
expose reveal
assume suppose presume
omit skip
retrieve fetch
repair fix correct
strengthen reinforce
vanish disappear
emerge appear
clear obvious evident
distant remote far
vast huge enormous
tiny minute
precise exact accurate
useful helpful handy
powerful strong
fragile brittle
rare scarce unusual
typical characteristic
ancient old
initial original
latest newest
higher larger greater bigger
parallel concurrent simultaneous
consecutive successive
individual single separate
partial incomplete
empty vacant
equal equivalent
major significant
beginning start
benefit gain
outcome consequence effect result
example instance case
idea concept notion
category class
portion share fraction
boundary border edge limit
location position place site
region area zone
route path
strategy policy
procedure routine
statement claim
requirement condition
restriction constraint limitation
issue problem trouble
barrier obstacle
conflict clash
gap hole
delay latency
author writer
creator inventor founder
scientist researcher
student pupil
company firm
citizen inhabitant
king monarch
illness disease
"""
"""Each line a group. A word may stand in several lines; the lines are not joined."""

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
