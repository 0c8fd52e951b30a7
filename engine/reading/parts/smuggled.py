"""Text of a web page that its styles hide from whoever looks at it: no size, no colour but the paper's, beside the screen.

What a page hides openly (`display: none`, `hidden`) is furniture, and is left out without a word. This is the other kind: text
that stands in the flow and can't be seen, which is how orders for a language model are smuggled into a page.
"""

from __future__ import annotations

import re

from engine.reading.parts.webtree import Element, local_name

_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_NO_SIZE = re.compile(rf"(?:^|;)\s*(?:font-size\s*:\s*(?:0*1(?:\.0+)?(?:px|pt)|0+(?:\.\d+)?(?:px|pt|r?em|%)?)|opacity\s*:\s*0*(?:\.0+)?){_END}", re.IGNORECASE)
_BESIDE = re.compile(rf"(?:^|;)\s*(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{{4,}}(?:\.\d+)?px{_END}", re.IGNORECASE)
_CLEAR = re.compile(rf"(?:^|;)\s*color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*(?:\.0+)?\s*\)){_END}", re.IGNORECASE)
_WHITE = re.compile(rf"(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)){_END}", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background", re.IGNORECASE)


def smuggled_in(root: Element) -> dict[Element, int]:
    """The outermost elements whose text nobody sees, and the characters in each (white space not counted).

    White letters count only where no element around them has a class or a background: their ground may be dark then.
    """
    found: dict[Element, int] = {}
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, grounded = waiting.pop()
        style = element.get("style") or ""
        grounded = grounded or bool(
            _GROUND.search(style) or element.get("bgcolor") or (element.get("class") and local_name(element.tag) not in ("html", "body"))
        )
        if style and "math" not in (element.get("class") or "").lower() and _hides(style, grounded=grounded):
            count = _characters(element)
            if count:
                found[element] = count
            continue
        waiting += [(child, grounded) for child in element]
    return found


def _characters(element: Element) -> int:
    texts = [each.text or "" for each in element.iter() if isinstance(each.tag, str)] + [each.tail or "" for each in element.iter() if each is not element]
    return len("".join("".join(texts).split()))


def _hides(style: str, *, grounded: bool) -> bool:
    return bool(_NO_SIZE.search(style) or _BESIDE.search(style) or _CLEAR.search(style) or (not grounded and _WHITE.search(style)))
