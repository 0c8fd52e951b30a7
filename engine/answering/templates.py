"""Templates: the student's own wording of the prompt, with places for the question, the passages and the instructions. Pure.

A template changes what the model is told, never what counts as proven: whatever it writes is compared with the passages.
"""

from __future__ import annotations

import re

from engine.trouble import Trouble

PLACEHOLDERS = ("question", "passages", "instructions")
_REQUIRED = ("question", "passages")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

BUILT_IN = """You answer questions of students. Use only the passages. Write complete sentences that stay close to the words of the passages. \
Do not repeat the question.
{instructions}

{passages}
Answer this question from the passages above: {question}"""
"""The built-in wording for a model that can put things in its own words, as a template to begin with."""


def check_template(template: str) -> None:
    """Make sure that a template can be filled.

    Raises:
        Trouble: a placeholder that must be there is missing, or one stands for nothing.
    """
    named = _PLACEHOLDER.findall(template)
    unknown = next((name for name in named if name not in PLACEHOLDERS), None)
    if unknown is not None:
        sentence = f"{{{unknown}}} in the template stands for nothing."
        raise Trouble("template-unknown", sentence, "Use {question}, {passages} and {instructions}.")
    missing = next((name for name in _REQUIRED if name not in named), None)
    if missing is not None:
        raise Trouble("template-missing", f"The template has no {{{missing}}}, so the model would never see that.", f"Write {{{missing}}} where it belongs.")


def fill_template(template: str, *, question: str, passages: str, instructions: str) -> str:
    """The prompt. What is filled in is not looked at again, so a question about `{passages}` stays one.

    Instructions for which the template has no place stand before it.
    """
    values = {"question": question, "passages": passages, "instructions": instructions}
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)
    if instructions and "{instructions}" not in template:
        filled = f"{instructions}\n\n{filled}"
    return re.sub(r"\n{3,}", "\n\n", filled).strip()
