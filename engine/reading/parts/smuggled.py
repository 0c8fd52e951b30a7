"""Text of a web page that its styles hide from whoever looks at it: no size, no colour but the paper's, beside the screen.

What a page hides openly (`display: none`, `hidden`) is furniture, and is left out without a word. This is the other kind: text
that stands in the flow and can't be seen, which is how orders for a language model are smuggled into a page.
"""

from __future__ import annotations

import re

from engine.reading.parts.webtree import Element, local_name

_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_NO_SIZE = re.compile(
    rf"(?:^|;)\s*font-size\s*:\s*(?:0*1(?:\.0+)?(?:px|pt)|0*(?:\.\d+)?(?:px|pt|%)|0*(?:\.0\d*)?r?em|0+(?:\.0+)?){_END}",
    re.IGNORECASE,
)
"""A caption's 0.8em is four fifths of the usual size; 0.05em is less than a point."""

_FADED = re.compile(rf"(?:^|;)\s*opacity\s*:\s*0*(?:\.0+)?{_END}", re.IGNORECASE)
_MOVING = re.compile(r"(?:^|;)\s*(?:transform|transition|animation|will-change)\b", re.IGNORECASE)
"""What a script will fade in once it is scrolled to."""
_BESIDE = re.compile(rf"(?:^|;)\s*(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{{4,}}(?:\.\d+)?px{_END}", re.IGNORECASE)
_CLEAR = re.compile(rf"(?:^|;)\s*color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*(?:\.0+)?\s*\)){_END}", re.IGNORECASE)
_WHITE = re.compile(rf"(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)){_END}", re.IGNORECASE)
_SET_ANEW = re.compile(r"(?:^|;)\s*(?:font(?:-size)?|color)\s*:", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background", re.IGNORECASE)


def smuggled_in(root: Element) -> dict[Element, int]:
    """The outermost elements whose text nobody sees, and the characters in each (white space not counted).

    White letters count only where no element around them has a class or a background: their ground may be dark then.
    """
    found: dict[Element, int] = {}
    waiting: list[tuple[Element, bool]] = [(root, False)]
    renewed: set[Element] | None = None
    while waiting:
        element, grounded = waiting.pop()
        style = element.get("style") or ""
        grounded = grounded or bool(
            _GROUND.search(style) or element.get("bgcolor") or (element.get("class") and local_name(element.tag) not in ("html", "body"))
        )
        if style and "math" not in (element.get("class") or "").lower() and _hides(style, grounded=grounded):
            renewed = _renewed(root) if renewed is None else renewed
            if _for_good(style) or not any(child in renewed for child in element):
                count = _characters(element)
                if count:
                    found[element] = count
                continue
            # Blanks between boxes are often made away with by a size of 0, which the boxes then set anew.
            for child in element:
                if child in renewed:
                    waiting.append((child, grounded))
                elif isinstance(child.tag, str) and (count := _characters(child)):
                    found[child] = count
            continue
        waiting += [(child, grounded) for child in element]
    return found


def _characters(element: Element) -> int:
    texts = [each.text or "" for each in element.iter() if isinstance(each.tag, str)] + [each.tail or "" for each in element.iter() if each is not element]
    return len("".join("".join(texts).split()))


def _renewed(root: Element) -> set[Element]:
    """The elements that set size or colour anew, and those around them. Each is looked at once, however deep the page nests."""
    found: set[Element] = set()
    for element in root.iter():
        around = element if _set_anew(element) else None
        while around is not None and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def _set_anew(element: Element) -> bool:
    """Whether an element may give its letters another size or colour than those around it; what its class says is not known."""
    style = element.get("style") or ""
    return bool(element.get("class")) or (_SET_ANEW.search(style) is not None and not _hides(style, grounded=False))


def _for_good(style: str) -> bool:
    """Whether nothing within can be seen, whatever it says."""
    return bool(_BESIDE.search(style) or (_FADED.search(style) and not _MOVING.search(style)))


def _hides(style: str, *, grounded: bool) -> bool:
    return bool(_for_good(style) or _NO_SIZE.search(style) or _CLEAR.search(style) or (not grounded and _WHITE.search(style)))
