"""Formulas on one line are legible."""

from __future__ import annotations

import pytest

from engine.reading.parts.formula import mathml, omml
from engine.reading.parts.markup import parse

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def r(text: str) -> str:
    return f"<m:r><m:rPr><m:sty m:val='p'/></m:rPr><m:t>{text}</m:t></m:r>"


def e(inside: str, name: str = "e") -> str:
    return f"<m:{name}>{inside}</m:{name}>"


NARY = f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>{e(r('i=1'), 'sub')}{e(r('n'), 'sup')}{e(r('i'))}</m:nary>"
NO_BAR = "<m:f><m:fPr><m:type m:val='noBar'/></m:fPr>" + e(r("n"), "num") + e(r("k"), "den") + "</m:f>"
BINOMIAL = f"<m:d>{e(NO_BAR)}</m:d>"
MATRIX = f"<m:m><m:mr>{e(r('a'))}{e(r('b'))}</m:mr><m:mr>{e(r('c'))}{e(r('d'))}</m:mr></m:m>"


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (r("𝑥") + r("=1"), "x=1"),
        (f"<m:sSup>{e(r('x'))}{e(r('2'), 'sup')}</m:sSup>", "x^2"),
        (f"<m:sSubSup>{e(r('x'))}{e(r('i+1'), 'sub')}{e(r('2'), 'sup')}</m:sSubSup>", "x_(i+1)^2"),
        (f"<m:f>{e(r('a'), 'num')}{e(r('b+c'), 'den')}</m:f>", "a/(b+c)"),
        (f"<m:rad>{e('', 'deg')}{e(r('x+1'))}</m:rad>", "√(x+1)"),
        (f"<m:rad>{e(r('3'), 'deg')}{e(r('x'))}</m:rad>", "√[3](x)"),
        (NARY, "∑_(i=1)^n i"),
        (BINOMIAL, "(n choose k)"),
        (MATRIX, "[a, b; c, d]"),
        (f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>{e(MATRIX)}</m:d>", "[a, b; c, d]"),
        (f"<m:d>{e(MATRIX)}</m:d>", "(a, b; c, d)"),
        (f"<m:func>{e(r('log'), 'fName')}{e(r('n'))}</m:func>", "log n"),
        (f"<m:limLow>{e(r('lim'))}{e(r('n→∞'), 'lim')}</m:limLow>", "lim_(n→∞)"),
        (f"<m:acc><m:accPr><m:chr m:val='⃗'/></m:accPr>{e(r('v'))}</m:acc>", "v⃗"),
    ],
)
def test_a_formula_of_office(markup: str, line: str) -> None:
    assert omml(parse(f'<m:oMath xmlns:m="{M}">{markup}</m:oMath>'.encode(), "x")) == line


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "a/(b+1)"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "∑_(i=1)^n i"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot><msqrt><mi>y</mi></msqrt>", "√[3](x)√(y)"),
        ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>", "[a, b]"),
        ("<semantics><mrow><mi>x</mi></mrow><annotation>x over y</annotation></semantics>", "x"),
    ],
)
def test_a_formula_in_mathml(markup: str, line: str) -> None:
    assert mathml(parse(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{markup}</math>'.encode(), "x")) == line
