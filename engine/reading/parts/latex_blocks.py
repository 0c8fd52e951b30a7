"""What stands in LaTeX environments that are read as a whole: code, formulas, tables, algorithms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CELLS = 4000

_OPTIONS = re.compile(r"(?:[ \t]*(?:\[[^\]\n]{0,500}\]|\{[^{}\n]{0,200}\}))*[ \t]*\n?")
_LABEL = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|allowdisplaybreaks)\b|(?<!\\)%[^\n]*")
_CELL_TOKEN = re.compile(r"\\\\\*?(?:\[[^\]\n]{0,40}\])?|\\.|[{}&]|(?<!\\)%[^\n]*\n?|\\tabularnewline\b", re.DOTALL)
_ALLTT_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s?\{?|(?<!\\)[{}]")

_ALGORITHM_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\\(?:State|STATE|Statex|Let)\b", ""),
        (r"\\(?:Else[Ii]f|ElsIf|ELSIF|uElseIf|lElseIf)\s*\{([^{}]*)\}", r"else if \1 then"),
        (r"\\(?:If|IF|uIf|lIf|eIf)\s*\{([^{}]*)\}", r"if \1 then"),
        (r"\\(?:Else|ELSE|uElse|lElse)\b", "else"),
        (r"\\(?:EndIf|ENDIF)\b", "end if"),
        (r"\\(?:ForAll|FORALL|ForEach|ForEachParallel)\s*\{([^{}]*)\}", r"for all \1 do"),
        (r"\\(?:For|FOR|lFor)\s*\{([^{}]*)\}", r"for \1 do"),
        (r"\\(?:EndFor|ENDFOR)\b", "end for"),
        (r"\\(?:While|WHILE|lWhile)\s*\{([^{}]*)\}", r"while \1 do"),
        (r"\\(?:EndWhile|ENDWHILE)\b", "end while"),
        (r"\\(?:Repeat|REPEAT)\b", "repeat"),
        (r"\\(?:Until|UNTIL)\s*\{([^{}]*)\}", r"until \1"),
        (r"\\(?:Loop|LOOP)\b", "loop"),
        (r"\\(?:EndLoop|ENDLOOP)\b", "end loop"),
        (r"\\(?:Function|Procedure|FUNCTION|PROCEDURE)\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"function \1(\2)"),
        (r"\\(?:EndFunction|EndProcedure)\b", "end"),
        (r"\\(?:Require|REQUIRE|KwIn|KwData|Input|INPUT)\b", "Input: "),
        (r"\\(?:Ensure|ENSURE|KwOut|KwResult|Output|OUTPUT)\b", "Output: "),
        (r"\\(?:Return|RETURN|KwRet)\b", "return"),
        (r"\\(?:Comment|COMMENT|tcp\*?|tcc\*?)\s*\{([^{}]*)\}", r"// \1"),
        (r"\\Call\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1(\2)"),
        (r"\\;", ""),
    )
)


def code_of(raw: str, environment: str) -> tuple[str, int]:
    """The code of a verbatim environment as it stands in the source, and how many characters of options stand before it."""
    options = _OPTIONS.match(raw)
    begin = options.end() if options else 0
    code = raw[begin:]
    leading = re.match(r"(?:[ \t]*\n)*", code)
    begin += leading.end() if leading else 0
    code = raw[begin:].rstrip()
    return (_ALLTT_COMMAND.sub("", code) if environment in ("alltt", "semiverbatim") else code), begin


def formula_of(tex: str) -> str:
    """A displayed formula as TeX, a line per row, without labels and alignment."""
    rows = re.split(r"\\\\(?:\[[^\]\n]{0,40}\])?", _LABEL.sub("", tex))
    said = (" ".join(re.sub(r"(?<!\\)&", " ", row).split()) for row in rows)
    return "\n".join(row for row in said if row)


def table_cells(raw: str) -> list[list[str]]:
    """The cells of a table, row by row, still in TeX."""
    rows: list[list[str]] = [[""]]
    depth = at = cells = 0
    for token in _CELL_TOKEN.finditer(raw):
        rows[-1][-1] += raw[at : token.start()]
        at = token.end()
        mark = token[0]
        if mark.startswith("%"):
            continue
        if depth == 0 and (mark.startswith("\\\\") or mark == "\\tabularnewline"):
            rows.append([""])
        elif depth == 0 and mark == "&":
            rows[-1].append("")
        else:
            depth = max(0, depth + (mark == "{") - (mark == "}"))
            rows[-1][-1] += mark
            continue
        cells += 1
        if cells >= MAX_CELLS:
            break
    else:
        rows[-1][-1] += raw[at:]
    return rows


def algorithm_lines(raw: str) -> Iterator[tuple[str, str]]:
    """The lines of pseudocode: their indentation, and what stands in them, still in TeX but for the words of algorithms."""
    options = _OPTIONS.match(raw)
    for line in raw[options.end() if options else 0 :].split("\n"):
        said = line[:2000]
        for pattern, word in _ALGORITHM_WORDS:
            said = pattern.sub(word, said)
        yield line[: len(line) - len(line.lstrip())], said.strip()
