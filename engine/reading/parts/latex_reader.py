"""Goes through a LaTeX source once, from its beginning to its end, and collects the pieces that it says.

Only arguments (a title, a caption, a cell) are read by themselves, to a limited depth; nothing that a document writes makes
the way longer than its limits allow.
"""

from __future__ import annotations

import re
from dataclasses import replace

from engine.reading.messages import BlockKind
from engine.reading.parts import latex_words as words
from engine.reading.parts.composing import Piece, piece_of, table_piece
from engine.reading.parts.latex_blocks import algorithm_lines, code_of, formula_of, table_cells
from engine.reading.parts.latex_macros import DEFINING, MAX_DEPTH, Definitions, define, expand
from engine.reading.parts.latex_run import Environment, Run
from engine.reading.parts.latex_source import Source
from engine.reading.parts.lined import Lined

_TOKEN = re.compile(
    r"""\\begin\s*\{(?P<begin>[^{}\n]{1,60})\}
      | \\end\s*\{(?P<end>[^{}\n]{1,60})\}
      | \\(?P<word>[A-Za-z]+)\*?
      | \\(?P<sign>.)
      | (?P<comment>%[^\n]*(?:\n[ \t]*(?=[^\s]))?)
      | (?P<dollars>\$\$?)
      | (?P<brace>[{}])
      | (?P<blank>\n[ \t]*\n\s*)
      | (?P<tie>~)""",
    re.VERBOSE | re.DOTALL,
)
_INLINE_MATH = re.compile(r"((?:[^$\\]|\\.){1,3000}?)\$", re.DOTALL)
_DISPLAY_MATH = re.compile(r"((?:[^$\\]|\\.){1,6000}?)\$\$", re.DOTALL)
_VERB = re.compile(r"\*?([^\sA-Za-z*])(.{0,500}?)\1")
_FILE = re.compile(r"\s*(?:\{[^{}]*\}|[^\s{}]+)")
_ACCENTED = re.compile(r"\s*(?:\{\s*(\\[ij](?![A-Za-z])|[^\W\d_])?\s*\}|(\\[ij](?![A-Za-z])|[^\W\d_]))")
_GAP_AFTER_SYMBOL = re.compile(r"\{\}|[ \t]+(?=\S)|[ \t]*\n[ \t]*(?=\S)")
_CITE = re.compile(r"(?:[a-z]*cite[a-zA-Z]*)$")
_REFERENCES = frozenset(["ref", "eqref", "pageref", "autoref", "cref", "Cref", "vref", "nameref", "figref", "secref"])
_LISTS = frozenset(["itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum", "parts", "questions", "dinglist", "thebibliography"])
MAX_ENVIRONMENTS = 60
"""What is nested deeper is read as if it were not nested."""

_THEOREM_CHARACTERS = 3000
"""A theorem that is longer stays in pieces."""


class Reader:
    """Goes through a source and collects pieces."""

    def __init__(self, source: Source, known: Definitions, depth: int = 0) -> None:
        self._source = source
        self._text = source.text
        self._known = known
        self._depth = depth
        self._run = Run()
        self._prefix = ""
        self._groups: list[tuple[Run, int] | None] = []  # where an emphasised group began, None for another group
        self._environments: list[Environment] = []
        self._footnotes: list[Lined] = []
        self._pieces: list[Lined] = []

    def read(self, begin: int, end: int) -> None:
        """Go through `[begin, end)` of the source."""
        at = begin
        while at < end:
            token = _TOKEN.search(self._text, at, end)
            if token is None:
                self._add(words.plain_marks(self._text[at:end]), at, end)
                break
            if token.start() > at:
                self._add(words.plain_marks(self._text[at : token.start()]), at, token.start())
            at = max(token.end(), self._step(token))

    def finish(self) -> list[Lined]:
        """All pieces, the last paragraph and theorems that were never closed too."""
        self._flush()
        for environment in reversed(self._environments):
            self._close(environment)
        self._environments.clear()
        return self._pieces

    def plain(self, tex: str) -> str:
        """An argument as plain text on one line."""
        return " ".join(" ".join(piece.piece.text for piece in self._read_apart(tex)).split())

    def _read_apart(self, tex: str) -> list[Lined]:
        if self._depth >= MAX_DEPTH:
            said = re.sub(r"\\[A-Za-z]+\*?|[{}$]", "", tex)
            return [Lined(Piece("prose", said), 1, 1)] if said.strip() else []
        reader = Reader(Source(tex), self._known, self._depth + 1)
        reader.read(0, len(tex))
        return reader.finish()

    # ---- tokens ----------------------------------------------------------------------------------------------------

    def _step(self, token: re.Match[str]) -> int:
        """Take one token; returns where to go on."""
        match token.lastgroup:
            case "begin":
                return self._begin(token["begin"], token.start(), token.end())
            case "end":
                self._end(token["end"])
            case "word":
                return self._word(token["word"], token.start(), token.end())
            case "sign":
                return self._sign(token["sign"], token.start(), token.end())
            case "dollars":
                return self._dollars(token["dollars"], token.start(), token.end())
            case "brace":
                self._brace(token[0], token.end())
            case "blank":
                self._flush()
            case "tie":
                self._add(" ", token.start(), token.end())
            case _:
                pass
        return token.end()

    def _word(self, word: str, start: int, at: int) -> int:
        source = self._source
        if word in self._known.macros and self._depth < MAX_DEPTH:
            return self._expand(word, start, at)
        if word in DEFINING:
            return define(source, word, at, self._known)
        if word in words.SECTIONS:
            return self._section(word, start, at)
        if word in words.EMPHASIS and (argument := source.argument(source.after_options(at))) is not None:
            self._groups.append((self._run, self._run.length))
            return argument[0]
        if word in words.EMPHASIS_SWITCHES:
            if self._groups:
                self._groups[-1] = (self._run, self._run.length)
            return at
        match word:
            case "item" | "bibitem":
                return self._item(word, start, at)
            case "caption" | "captionof":
                return self._caption(word, start, at)
            case "footnote" | "footnotetext":
                return self._footnote(start, at)
            case "verb" | "lstinline" | "mintinline":
                return self._verb(word, start, at)
            case "url" | "nolinkurl" | "path":
                return self._url(start, at)
            case "input" | "include" | "subfile":
                found = _FILE.match(self._text, at)
                return found.end() if found else at
            case "iffalse":
                end = source.find("\\fi", at)
                return at if end is None else end + 3
            case "par" | "appendix":
                self._flush()
                return at
            case _:
                return self._said(word, start, at)

    def _said(self, word: str, start: int, at: int) -> int:
        """Take a command that stands for characters, or for nothing; the arguments of an unknown one are text."""
        source = self._source
        if word in _REFERENCES or _CITE.match(word):
            found = source.argument(source.after_options(at))
            if found is not None:
                self._add(f"[{self._text[found[0] : found[1]].strip()}]", start, found[2])
                return found[2]
        if len(word) == 1 and words.is_accent(word) and (letter := _ACCENTED.match(self._text, at)):
            self._add(words.accented(word, (letter[1] or letter[2] or "").lstrip("\\")), start, letter.end())
            return letter.end()
        if word in words.SYMBOLS:
            self._add(words.SYMBOLS[word], start, at)
            gap = _GAP_AFTER_SYMBOL.match(self._text, at) if words.SYMBOLS[word][:1].isalnum() else None
            return gap.end() if gap else at
        if word in words.FORMULA_ALIASES and (region := source.end_of(word, at, closed_by=words.FORMULA_ALIASES[word])):
            at += self._text.startswith("*", at)
            self._put(
                "formula", formula_of(self._text[self._past_arguments("alignat" if self._text.startswith("{", at) else "", at) : region[0]]), start, region[1]
            )
            return region[1]
        if word in words.UNREAD_ARGUMENTS:
            return source.after_options(source.after_arguments(at, words.UNREAD_ARGUMENTS[word]))
        if "index" in word.lower():
            # \foldindex{a}{b} prints nothing, \vocabindex{Running}{running} its first argument.
            printed = source.argument(at) if re.search("voc|term|emph|defn", word) else None
            if printed is not None:
                self._add(self.plain(self._text[printed[0] : printed[1]]), start, printed[2])
            return source.after_arguments(at, 2)
        return source.after_arguments(at, words.SKIP_BEFORE_TEXT[word]) if word in words.SKIP_BEFORE_TEXT else source.after_options(at)

    def _sign(self, sign: str, start: int, at: int) -> int:
        if sign in "[(":
            end = self._source.find("\\]" if sign == "[" else "\\)", at)
            if end is not None and "\n\n" not in self._text[at:end] and end - at < 6000:
                self._mathematics(self._text[at:end], start, end + 2, display=sign == "[")
                return end + 2
        elif words.is_accent(sign) and (letter := _ACCENTED.match(self._text, at)):
            self._add(words.accented(sign, (letter[1] or letter[2] or "").lstrip("\\")), start, letter.end())
            return letter.end()
        elif sign in "&%$#_{}":
            self._add(sign, start, at)
        elif sign == "\\":
            self._add(" ", start, at)
            return self._source.after_options(at + self._text.startswith("*", at))
        elif sign in " ,;:\n\t":
            self._add(" ", start, at)
        return at

    def _dollars(self, dollars: str, start: int, at: int) -> int:
        found = (_DISPLAY_MATH if dollars == "$$" else _INLINE_MATH).match(self._text, at)
        if found is None or "\n\n" in found[1]:
            return at
        self._mathematics(found[1], start, found.end(), display=dollars == "$$")
        return found.end()

    def _mathematics(self, tex: str, start: int, end: int, *, display: bool) -> None:
        if display:
            self._put("formula", formula_of(tex), start, end)
        else:
            self._add(words.legible_math(re.sub(r"(?<!\\)%[^\n]*\n?", "", tex)), start, end)

    def _brace(self, brace: str, at: int) -> None:
        if brace == "{":
            self._groups.append(None)
        elif self._groups:
            group = self._groups.pop()
            begin = 0 if group is None or group[0] is not self._run else group[1]
            if group is not None and begin < self._run.length:
                self._run.emphasis.append((begin, self._run.length))
            if self._text.startswith("{", at):
                self._add(" ", at, at)  # two arguments of an unknown command are two words

    # ---- commands --------------------------------------------------------------------------------------------------

    def _expand(self, word: str, start: int, at: int) -> int:
        said, at = expand(self._source, word, at, self._known)
        if mark := re.fullmatch(r"\s*\\(begin|end)\s*\{([A-Za-z]+\*?)\}\s*", said):
            if mark[1] == "begin":
                return self._begin(mark[2], start, at, closed_by=self._known.ends.get(mark[2]))
            self._end(mark[2])
            return at
        reader = Reader(Source(said), self._known, self._depth + 1)
        reader.read(0, len(said))
        if reader._pieces:
            self._flush()
            self._pieces += [replace(piece, first=self._source.line_at(start), last=self._source.line_at(at)) for piece in reader._pieces]
        before = self._run.length
        self._add("".join(reader._run.written), start, at)
        self._run.emphasis += [(before + first, before + last) for first, last in reader._run.emphasis]
        return at

    def _section(self, word: str, start: int, at: int) -> int:
        found = self._source.argument(self._source.after_options(at))
        if found is None:
            return at
        title = self.plain(self._text[found[0] : found[1]])
        level = words.SECTIONS[word]
        self._flush()
        if level >= words.SECTIONS["paragraph"]:
            self._add(title if title.endswith((".", ":", "?", "。")) else f"{title}.", start, found[2])
            self._run.emphasis.append((0, self._run.length))
            self._add(" ", found[2], found[2])
        elif title:
            self._put("heading", title, start, found[2], level=level)
        return found[2]

    def _item(self, word: str, start: int, at: int) -> int:
        self._flush()
        inside = next((environment for environment in reversed(self._environments) if environment.kind == "list"), None)
        depth = sum(environment.kind == "list" for environment in self._environments)
        option = self._source.option(at)
        if word == "bibitem":
            found = self._source.argument(self._source.after_options(at))
            self._prefix, at = "• ", found[2] if found else at
        elif option is not None:
            label = self.plain(self._text[option[0] : option[1]])
            self._prefix, at = (f"{label}: " if len(label) > 3 and label[-1].isalnum() else f"{label} "), option[2]
        elif inside is not None and ("enum" in inside.name or inside.name in ("questions", "parts")):
            inside.count += 1
            self._prefix = f"{inside.count}. "
        else:
            self._prefix = "• "
        self._prefix = "  " * min(depth - 1, 6) + self._prefix
        self._run.first = start
        return at

    def _caption(self, word: str, start: int, at: int) -> int:
        at = self._source.after_arguments(at, 1) if word == "captionof" else at
        found = self._source.argument(self._source.after_options(at + self._text.startswith("*", at)))
        if found is None:
            return at
        self._flush()
        self._put("caption", self.plain(self._text[found[0] : found[1]]), start, found[2])
        return found[2]

    def _footnote(self, start: int, at: int) -> int:
        found = self._source.argument(self._source.after_options(at))
        if found is None:
            return at
        said = self.plain(self._text[found[0] : found[1]])
        if said:
            self._footnotes.append(Lined(piece_of("footnote", said), self._source.line_at(start), self._source.line_at(found[1])))
        return found[2]

    def _verb(self, word: str, start: int, at: int) -> int:
        at = at if word == "verb" else self._source.after_options(at)
        at = self._source.after_arguments(at, 1) if word == "mintinline" else at
        group = self._source.argument(at) if word != "verb" and self._text.startswith("{", at) else None
        found = _VERB.match(self._text, at) if group is None else None
        if group is None and found is None:
            return at
        said, end = (self._text[group[0] : group[1]], group[2]) if group else (found[2], found.end()) if found else ("", at)
        self._add(said, start, end)
        return end

    def _url(self, start: int, at: int) -> int:
        found = self._source.argument(at)
        if found is None:
            return at
        self._add(self._text[found[0] : found[1]], start, found[2])
        return found[2]

    # ---- environments ----------------------------------------------------------------------------------------------

    def _begin(self, name: str, start: int, at: int, closed_by: str | None = None) -> int:
        base = name.rstrip("*")
        source = self._source
        if base in self._known.verbatim and (region := source.end_of(name, at)):
            code, skipped = code_of(self._text[at : region[0]], base)
            self._put("code", code, at + skipped, at + skipped + len(self._text[at + skipped : region[0]].rstrip()))
            return region[1]
        if base in words.MATHEMATICS and base != "subequations" and (region := source.end_of(name, at, closed_by=closed_by)):
            self._put("formula", formula_of(self._text[self._past_arguments(base, at) : region[0]]), start, region[1])
            return region[1]
        if base in words.UNREAD and (region := source.end_of(name, at, nested=True)):
            return region[1]
        if base in words.TABLES and (region := source.end_of(name, at, nested=True)):
            self._table(source.after_arguments(at, 2 if base in ("tabularx", "tabulary") or name == "tabular*" else 1), start, region)
            return region[1]
        if base in words.ALGORITHMS and (region := source.end_of(name, at)):
            self._algorithm(at, start, region)
            return region[1]
        self._flush()
        if base == "document":
            return at
        return self._enter(base, start, at)

    def _enter(self, base: str, start: int, at: int) -> int:
        """Begin an environment of which the contents are read as everything else."""
        source = self._source
        kind = "list" if base in _LISTS else "theorem" if base in self._known.theorems else ""
        if len(self._environments) < MAX_ENVIRONMENTS:
            self._environments.append(Environment(base, kind, len(self._pieces)))
        option = source.option(at)
        stated = self.plain(self._text[option[0] : option[1]]) if option and kind == "theorem" else ""
        at = source.after_options(at)
        if kind == "theorem" or base in ("proof", "abstract"):
            called = self.plain(self._known.theorems.get(base, base.title()))
            self._add(f"{called}{f' ({stated})' if stated else ''}. ", start, at)
        elif base == "frame" and self._text.startswith("{", at) and (title := source.argument(at)):
            self._put("heading", self.plain(self._text[title[0] : title[1]]), start, title[2], level=words.SECTIONS["frametitle"])
            return title[2]
        return source.after_arguments(at, words.ENVIRONMENT_ARGUMENTS.get(base, 0))

    def _past_arguments(self, base: str, at: int) -> int:
        return self._source.after_arguments(at, 1) if base in ("alignat", "xalignat", "IEEEeqnarray") else at

    def _end(self, name: str) -> None:
        self._flush()
        base = name.rstrip("*")
        for back, environment in enumerate(reversed(self._environments[-20:]), start=1):
            if environment.name == base:
                for closed in reversed(self._environments[-back:]):
                    self._close(closed)
                del self._environments[-back:]
                return

    def _close(self, environment: Environment) -> None:
        """Make one block of a theorem and the formulas in it."""
        inside = self._pieces[environment.mark :]
        stated = [piece for piece in inside if piece.piece.kind != "footnote"]
        length = sum(len(piece.piece.text) for piece in stated)
        if environment.kind != "theorem" or not stated or length > _THEOREM_CHARACTERS or any(piece.piece.level for piece in stated):
            return
        text = "\n".join(piece.piece.text for piece in stated)
        whole = Lined(piece_of("theorem", text), min(piece.first for piece in stated), max(piece.last for piece in stated))
        self._pieces[environment.mark :] = [whole, *(piece for piece in inside if piece.piece.kind == "footnote")]

    def _table(self, at: int, start: int, region: tuple[int, int]) -> None:
        rows = [[self.plain(cell) if cell.strip() else "" for cell in row] for row in table_cells(self._text[at : region[0]])]
        table = table_piece(rows)
        if table is not None:
            self._flush()
            self._pieces.append(Lined(table, self._source.line_at(start), self._source.line_at(region[1] - 1)))

    def _algorithm(self, at: int, start: int, region: tuple[int, int]) -> None:
        lines = [indent + self.plain(line) for indent, line in algorithm_lines(self._text[at : region[0]]) if line]
        self._put("code", "\n".join(line for line in lines if line.strip()), start, region[1])

    # ---- what comes of it ------------------------------------------------------------------------------------------

    def _add(self, text: str, begin: int, end: int) -> None:
        self._run.add(text, begin, end)

    def _put(self, kind: BlockKind, text: str, start: int, end: int, *, level: int = 0) -> None:
        """Finish the paragraph and put a piece of another kind after it."""
        self._flush()
        if text.strip():
            piece = piece_of(kind, text, level=level)
            self._pieces.append(Lined(piece, self._source.line_at(start), self._source.line_at(max(start, end - 1))))

    def _flush(self) -> None:
        """Finish the paragraph; its footnotes follow it."""
        run, prefix = self._run, self._prefix
        text = "".join(run.written)
        if text.strip():
            emphasis = [(len(prefix) + first, len(prefix) + last) for first, last in run.emphasis]
            piece = piece_of("prose", prefix + text, emphasis, item=bool(prefix))
            self._pieces.append(Lined(piece, self._source.line_at(run.first), self._source.line_at(max(run.first, run.last - 1))))
        if run.written or prefix:
            self._run, self._prefix = Run(), ""
        if self._footnotes:
            self._pieces += self._footnotes
            self._footnotes = []
