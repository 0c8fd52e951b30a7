"""What the commands of LaTeX say: letters, symbols, how many arguments are none of a reader's business. Tables, and mathematics as plain words."""

from __future__ import annotations

import re
import unicodedata


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


def _pairs(table: str) -> dict[str, str]:
    listed = table.split()
    return dict(zip(listed[::2], listed[1::2], strict=True))


def _counts(table: str) -> dict[str, int]:
    return {name: int(count) for name, count in _pairs(table).items()}


SECTIONS: dict[str, int] = _counts(
    r"""
    part 1 chapter 2 section 3 subsection 4 subsubsection 5 paragraph 6 subparagraph 7 frametitle 4 addchap 2 addsec 3
    """
)

THEOREMS: dict[str, str] = _pairs(
    r"""
    theorem Theorem thm Theorem lemma Lemma lem Lemma proposition Proposition prop Proposition corollary Corollary cor Corollary definition Definition
    defn Definition dfn Definition example Example exmp Example remark Remark rem Remark exercise Exercise problem Problem axiom Axiom conjecture
    Conjecture claim Claim fact Fact observation Observation property Property assumption Assumption question Question notation Notation law Law principle
    Principle solution Solution hypothesis Hypothesis Exercise Exercise Answer Answer
    """
)

VERBATIM: frozenset[str] = _words(
    r"""
    BVerbatim Haskell Scheme Verbatim alltt bash code codeblock console cpp haskell java lisp listing lstlisting minted ocaml program pyconsole python
    scheme semiverbatim shell spec sql verbatim verbatimtab verbatimwrite
    """
)

MATHEMATICS: frozenset[str] = _words(
    r"""
    IEEEeqnarray align alignat displaymath dmath eqnarray equation flalign gather math multline subequations xalignat
    """
)

ALGORITHMS: frozenset[str] = _words(
    r"""
    algorithm2e algorithmic algorithmicx codebox pseudo pseudocode
    """
)

TABLES: frozenset[str] = _words(
    r"""
    array longtable longtabu supertabular tabu tabular tabularx tabulary tblr
    """
)

UNREAD: frozenset[str] = _words(
    r"""
    CCSXML animateinline asy asydef axis circuitikz comment filecontents forest graph luacode mpost overpic pgfpicture picture psmatrix pspicture scope
    tikzcd tikzpicture
    """
)
"""Environments of drawings and of files: nothing in them is for reading."""

ENVIRONMENT_ARGUMENTS: dict[str, int] = _counts(
    r"""
    minipage 1 multicols 1 wrapfigure 2 wraptable 2 adjustbox 1 column 1 list 2 spacing 1 CJK 2 CJK* 2 thebibliography 1 adjustwidth 2 otherlanguage 1
    textblock 1 beamercolorbox 1 subfigure 1 subtable 1 floatingfigure 1 turn 1 rotate 1
    """
)

UNREAD_ARGUMENTS: dict[str, int] = _counts(
    r"""
    label 1 index 1 vspace 1 hspace 1 usepackage 1 RequirePackage 1 documentclass 1 documentstyle 1 bibliography 1 bibliographystyle 1 pagestyle 1
    thispagestyle 1 includegraphics 1 input 1 include 1 includeonly 1 color 1 pagecolor 1 hyphenation 1 graphicspath 1 lstset 1 hypersetup 1 theoremstyle
    1 setmainfont 1 setsansfont 1 setmonofont 1 setCJKmainfont 1 setCJKsansfont 1 setCJKmonofont 1 pgfplotsset 1 tikzset 1 captionsetup 1 geometry 1
    newlength 1 cline 1 cmidrule 1 selectlanguage 1 usetheme 1 usecolortheme 1 usefonttheme 1 setbeamertemplate 1 usetikzlibrary 1 newcounter 1
    stepcounter 1 refstepcounter 1 pagenumbering 1 linespread 1 newif 1 vskip 1 hskip 1 printindex 1 glossary 1 nocite 1 author 1 date 1 thanks 1
    institute 1 email 1 affiliation 1 address 1 keywords 1 pdfinfo 1 includepdf 1 addbibresource 1 makeatletter 1 lstinputlisting 1 verbatiminput 1
    inputminted 1 marginpar 1 marginnote 1 tableofcontents 1 ctexset 1 hbadness 1 enlargethispage 1 vphantom 1 hphantom 1 phantom 1 citestyle 1 bibitem 1
    externaldocument 1 subtitle 1 sisetup 1 newsavebox 1 sbox 1 usebox 1 text@command 1 ProvidesPackage 1 ProvidesFile 1 NeedsTeXFormat 1 ExplSyntaxOn 1
    AtBeginDocument 1 idx 1 sindex 1 typeout 1 message 1 setlength 2 addtolength 2 setcounter 2 addtocounter 2 fontsize 2 rule 2 markboth 2
    newtheoremstyle 2 settowidth 2 numberwithin 2 counterwithin 2 definecolor 3 setbeamercolor 2 setbeamerfont 2 pdfbookmark 2 DeclareUnicodeCharacter 2
    DeclareGraphicsExtensions 2 newfontfamily 2 newCJKfontfamily 2 newcolumntype 2 lstdefinelanguage 2 lstdefinestyle 2 titlespacing 2 columncolor 2
    crefname 2 Crefname 2 setminted 2 addtokomafont 2 addcontentsline 3 providecolor 3 DeclareFontShape 3 colorlet 2 setlist 1 AtEndDocument 1
    """
)
"""Commands of which so many arguments in braces say nothing to a reader (optional ones in brackets never do)."""

SKIP_BEFORE_TEXT: dict[str, int] = _counts(
    r"""
    textcolor 1 colorbox 1 fcolorbox 2 href 1 resizebox 2 scalebox 1 raisebox 1 parbox 1 multicolumn 2 multirow 2 rotatebox 1 foreignlanguage 1
    hypertarget 1 hyperlink 1 adjincludegraphics 1
    """
)
"""Commands of which the last argument is text, and so many before it are not."""

FORMULA_ALIASES: dict[str, str] = _pairs(
    r"""
    be ee bea eea beq eeq beqn eeqn beqa eeqa bdm edm bal eal
    """
)
"""What people call the begin and the end of a formula; chapters of a book use them without defining them."""

EMPHASIS: frozenset[str] = _words(
    r"""
    alert concept definiendum defn dfn emph keyword kw newterm strong structure term textbf textit textsc textsl uline underline
    """
)

EMPHASIS_SWITCHES: frozenset[str] = _words(
    r"""
    bf bfseries em it itshape sl slshape
    """
)

SYMBOLS: dict[str, str] = {
    **_pairs(
        r"""
    ae æ AE Æ oe œ OE Œ ss ß o ø O Ø l ł L Ł aa å AA Å i ı j ȷ dh ð th þ dots … ldots … textellipsis … copyright © S § P ¶ pounds £ euro € texteuro €
    LaTeX LaTeX TeX TeX LaTeXe LaTeX2e XeTeX XeTeX XeLaTeX XeLaTeX BibTeX BibTeX textbackslash \ textasciitilde ~ textasciicircum ^ textbar | textless <
    textgreater > textunderscore _ textdollar $ textbraceleft { textbraceright } textendash – textemdash — textquoteleft ‘ textquoteright ’
    textquotedblleft “ textquotedblright ” textbullet • textdegree ° textregistered ® texttrademark ™ textmu µ textrightarrow → textleftarrow ← cdots …
    textquotesingle ' lq ‘ rq ’ slash / checkmark ✓ dag † ddag ‡ ie i.e. eg e.g. textperiodcentered · guillemotleft « guillemotright » textvisiblespace ␣
    """
    ),
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "enspace": " ",
    "thinspace": " ",
    "newline": " ",
    "hfill": " ",
    "par": "\n\n",
    "tabularnewline": " ",
    "and": ", ",
    "textsuperscript": "",
    "og": "« ",
    "fg": " »",
    "today": "",
}

_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_LETTER_ACCENTS = {"c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331"}

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"

_MATH: dict[str, str] = {
    **{name: unicodedata.lookup(f"GREEK SMALL LETTER {'LAMDA' if name == 'lambda' else name.upper()}") for name in _GREEK.split()},
    **{name.title(): unicodedata.lookup(f"GREEK CAPITAL LETTER {'LAMDA' if name == 'lambda' else name.upper()}") for name in _GREEK.split()},
    **{name: name for name in _words("log lg ln exp sin cos tan max min sup inf lim gcd lcm det dim ker deg arg Pr mod sinh cosh tanh  ")},
    **_pairs(
        r"""
    varepsilon ε vartheta ϑ varphi φ le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ times × cdot · div ÷ pm ± infty ∞ in ∈ notin ∉ subset ⊂
    subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ emptyset ∅ varnothing ∅ forall ∀ exists ∃ land ∧ wedge ∧ lor ∨ vee ∨ neg ¬ lnot ¬ to → rightarrow →
    leftarrow ← Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ leftrightarrow ↔ implies ⇒ iff ⇔ mapsto ↦ gets ← equiv ≡ approx ≈ sim ∼ cong ≅ propto ∝ sum ∑
    prod ∏ int ∫ partial ∂ nabla ∇ ldots … cdots … dots … dotsc … dotsb … vdots ⋮ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨ rangle ⟩ vert | mid | circ ∘
    oplus ⊕ otimes ⊗ bot ⊥ top ⊤ vdash ⊢ models ⊨ setminus ∖ backslash \ ast * star ⋆ prime ′ ell ℓ Re ℜ Im ℑ aleph ℵ colon : lt < gt > ll ≪ gg ≫ prec ≺
    succ ≻ bmod mod pmod mod sqrt √ lbrace { rbrace }
        """
    ),
    **dict.fromkeys(_words("left right big Big bigl bigr Bigl Bigr displaystyle limits nolimits"), ""),
    **{mark: mark for mark in "_{}%#&$"},
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad"), " "),
    "!": "",
    "|": "‖",
}

_UPRIGHT = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|mathfrak|mathscr|boldsymbol|bm|text|textrm|textbf|textit|texttt|mbox|operatorname\*?)\s*\{([^{}\\]*)\}"
)
_MATH_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


def accented(accent: str, letter: str) -> str:
    """A letter with a LaTeX accent on it; `letter` may be the dotless \\i."""
    mark = _ACCENTS.get(accent) or _LETTER_ACCENTS.get(accent, "")
    base = {"ı": "i", "ȷ": "j"}.get(letter[:1], letter[:1])
    return unicodedata.normalize("NFC", base + mark) + letter[1:]


def is_accent(command: str) -> bool:
    """Whether a command sets an accent on what follows."""
    return command in _ACCENTS or command in _LETTER_ACCENTS


def plain_marks(text: str) -> str:
    """Dashes and quotes as they are printed."""
    for written, printed in _LIGATURES:
        text = text.replace(written, printed)
    return text


def legible_math(tex: str) -> str:
    """Mathematics within a line: as plain characters where nothing is lost by it, else the TeX source between dollars."""
    tex = " ".join(tex.split())
    if len(tex) > 500:
        return f"${tex}$"
    plain = tex
    for _ in range(3):
        plain = _UPRIGHT.sub(r" \1 " if "operatorname" in plain else r"\1", plain)
    known = all(command in _MATH for command in _MATH_COMMAND.findall(plain))
    if not known or re.search(r"\\(?:sum|prod|int|sqrt|lim)\b", plain):
        return f"${tex}$"
    plain = _MATH_COMMAND.sub(lambda match: _spaced(match[1]), plain)
    plain = re.sub(r"([_^])\{([^{}]{1,12})\}", lambda m: m[1] + (m[2] if len(m[2]) == 1 or m[2].isalnum() else f"({m[2]})"), plain)
    if re.search(r"(?<!\x01)[{}]", plain):
        plain = re.sub(r"(?<!\x01)[{}]", "", plain)
    return " ".join(plain.replace("\x01", "").split()).replace("( ", "(").replace(" )", ")").replace(" _", "_").replace(" ^", "^")


def _spaced(command: str) -> str:
    said = _MATH[command]
    if command in "{}" or command in ("lbrace", "rbrace"):
        return "\x01" + said
    return f" {said} " if len(said) > 1 or command in ("le", "leq", "ge", "geq", "ne", "neq", "in", "to", "cup", "cap", "iff", "implies", "times") else said
