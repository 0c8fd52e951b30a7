"""A model's chat template: code that came with a file from somewhere, run in a sandbox with bounds on steps, time and size.

Jinja's immutable sandbox keeps a template from reaching Python's insides or changing our values; the bounds here keep it
from running or growing without end. What they can't catch (one huge operation inside a single C call) costs this
disposable process and nothing else. A template that is missing, broken or hostile is replaced by ChatML.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

import jinja2
import jinja2.nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.generation.messages import ChatMessage

MAX_SOURCE_CHARACTERS = 200_000
MAX_OUTPUT_CHARACTERS = 4_000_000
MAX_STEPS = 200_000
"""Lines of the compiled template; a long template takes some 500 of them per message."""
MAX_SECONDS = 2.0
MAX_SEQUENCE = 1_000_000
"""Longest string or list that one operator may make."""

CHATML_STOPS = ("<|im_end|>", "<|im_start|>")

_FILTERS = (
    "abs capitalize count d default dictsort first float int items join last length list lower map max min reject rejectattr replace reverse round"
    " safe select selectattr sort string sum title tojson trim unique upper wordcount"
)
"""Those that chat templates use. `center` and `indent`, which make gigabytes out of a number, are not among them."""

_METHODS_THAT_PAD = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map"})


class TemplateFailed(Exception):
    """The template can't be compiled or rendered, or went out of bounds."""


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """The prompt as text with its control tokens, and the stop strings that this way of rendering needs."""

    text: str
    stops: tuple[str, ...] = ()


class ChatTemplate:
    """Renders messages the way a model was trained to read them, else as ChatML."""

    def __init__(self, source: str | None, *, bos: str, eos: str) -> None:
        """`source` is the GGUF's `tokenizer.chat_template`; `why_not` tells afterwards why it is not used, if so."""
        self._bos = bos
        self._eos = eos
        self._template: jinja2.Template | None = None
        self.why_not: str | None = None
        try:
            self._template = _compile(source)
        except TemplateFailed as failed:
            self.why_not = str(failed)

    def render(self, messages: Sequence[ChatMessage]) -> RenderedPrompt:
        """The prompt for these messages, ending where the model goes on. Never fails: ChatML is the last resort."""
        if self._template is not None:
            # Some templates (Gemma's) refuse a system message: its text then opens the first user message.
            for attempt in dict.fromkeys((tuple(messages), _without_system(messages))):
                try:
                    text = self._run(self._template, attempt)
                except TemplateFailed as failed:
                    self.why_not = str(failed)
                    continue
                if attempt and attempt[-1].content.strip() in text:
                    self.why_not = None
                    return RenderedPrompt(text)
                self.why_not = "the template leaves out the last message"
        return RenderedPrompt(render_chatml(messages), CHATML_STOPS)

    def _run(self, template: jinja2.Template, messages: Sequence[ChatMessage]) -> str:
        values: dict[str, Any] = {
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "add_generation_prompt": True,
            "bos_token": self._bos,
            "eos_token": self._eos,
            "tools": None,
            "enable_thinking": False,  # models of the Qwen3 kind would otherwise think aloud for hundreds of tokens
        }
        pieces: list[str] = []
        size = 0
        try:
            with bounded_steps(MAX_STEPS, MAX_SECONDS):
                for piece in template.generate(values):
                    size += len(piece)
                    if size > MAX_OUTPUT_CHARACTERS:
                        raise TemplateFailed("the template writes without end")
                    pieces.append(piece)
        except TemplateFailed:
            raise
        except Exception as error:  # it is foreign code: whatever it raises is its own fault
            raise TemplateFailed(f"{type(error).__name__}: {error}") from error
        return "".join(pieces)


def render_chatml(messages: Sequence[ChatMessage]) -> str:
    """The messages in ChatML, which most small models understand."""
    return "".join(f"<|im_start|>{message.role}\n{message.content}<|im_end|>\n" for message in messages) + "<|im_start|>assistant\n"


@contextlib.contextmanager
def bounded_steps(max_steps: int, max_seconds: float) -> Iterator[None]:
    """Stop templates that run in this block after so many lines or seconds.

    Python's trace hook looks at every line of the compiled template, which works on every system and in every thread.

    Raises:
        TemplateFailed: out of bounds.
    """
    steps = 0
    deadline = time.monotonic() + max_seconds

    def count(_frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        nonlocal steps
        steps += 1
        if steps > max_steps or time.monotonic() > deadline:
            raise TemplateFailed("the template runs without end")
        return count

    def enter(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        return count(frame, event, argument) if frame.f_code.co_filename == "<template>" else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)


def _compile(source: str | None) -> jinja2.Template:
    if not source or not source.strip():
        raise TemplateFailed("the model has no chat template")
    if len(source) > MAX_SOURCE_CHARACTERS:
        raise TemplateFailed("the template is too long")
    try:
        return _Sandbox().from_string(source)
    except Exception as error:  # the compiler met foreign code: RecursionError, SyntaxError and others
        raise TemplateFailed(f"{type(error).__name__}: {error}") from error


def _without_system(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    """The system messages' text put before the first user message's."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    first_user = next((index for index, message in enumerate(rest) if message.role == "user"), None)
    if not system or first_user is None:
        return tuple(messages)
    rest[first_user] = ChatMessage("user", f"{system}\n\n{rest[first_user].content}")
    return tuple(rest)


class _GenerationTag(Extension):
    """`{% generation %}` marks the assistant's words for training; here it means nothing."""

    tags: set[str] = {"generation"}  # noqa: RUF012 — declared so by jinja2

    def parse(self, parser: Parser) -> list[jinja2.nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja as chat templates expect it, with operators, methods and filters that can't blow up."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols", _GenerationTag])
        self.filters = {name: function for name, function in self.filters.items() if name in _FILTERS.split()}
        self.filters["tojson"] = _to_json
        self.globals.pop("lipsum", None)
        self.globals["raise_exception"] = _raise_exception
        self.globals["strftime_now"] = _strftime_now

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """An operator of the template, refused where its result could be huge."""
        if operator == "**" and not (_is_small(left, 10**6) and _is_small(right, 64)):
            raise TemplateFailed("the template computes a huge power")
        if operator == "*":
            sizes = [len(value) if isinstance(value, str | list | tuple) else None for value in (left, right)]
            if any(size is not None and (not isinstance(times, int) or size * times > MAX_SEQUENCE) for size, times in zip(sizes, (right, left), strict=True)):
                raise TemplateFailed("the template makes a huge text")
        if operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple) and len(left) + len(right) > MAX_SEQUENCE:
            raise TemplateFailed("the template makes a huge text")
        if operator == "%" and isinstance(left, str):
            raise TemplateFailed("the template formats with %")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """No formatting with widths: otherwise jinja offers `str.format` in a wrapper of its own before it asks below."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Besides what the sandbox refuses: methods of strings that take a width."""
        return not (isinstance(obj, str) and attr in _METHODS_THAT_PAD) and super().is_safe_attribute(obj, attr, value)


def _is_small(value: Any, bound: int) -> bool:
    return isinstance(value, int | float) and abs(value) <= bound


def _to_json(value: Any, indent: int | None = None, **_options: Any) -> str:
    """JSON as models were trained on it: not escaped for HTML, as jinja's own would."""
    return json.dumps(value, ensure_ascii=False, indent=min(indent, 8) if indent is not None else None)


def _raise_exception(message: object) -> NoReturn:
    raise TemplateFailed(f"the template says: {message}")


def _strftime_now(pattern: str) -> str:
    return datetime.datetime.now().astimezone().strftime(str(pattern)[:100])
