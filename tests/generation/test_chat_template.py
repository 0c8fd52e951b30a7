"""A chat template is foreign code: good ones render as the model was trained, bad ones cost nothing."""

from __future__ import annotations

import sys

import pytest

from engine.generation.chat_template import ChatTemplate, render_chatml
from engine.generation.messages import ChatMessage

MESSAGES = (ChatMessage("system", "Be brief."), ChatMessage("user", "What is a heap?"))
CHATML = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhat is a heap?<|im_end|>\n<|im_start|>assistant\n"

PLAIN = "{{ bos_token }}{% for message in messages %}[{{ message['role'] }}] {{ message.content | trim }}{{ eos_token }}\n{% endfor %}[assistant]"


def template(source: str | None) -> ChatTemplate:
    return ChatTemplate(source, bos="<s>", eos="</s>")


def test_a_template_renders_messages_with_the_models_own_marks() -> None:
    rendered = template(PLAIN).render(MESSAGES)
    assert rendered.text == "<s>[system] Be brief.</s>\n[user] What is a heap?</s>\n[assistant]"
    assert rendered.stops == ()


@pytest.mark.parametrize("source", [None, "", "{% for %}", "{{ messages[0]['role'] ", "{{ no_such_function() }}"])
def test_without_a_sound_template_it_is_chatml_with_its_stops(source: str | None) -> None:
    rendered = template(source).render(MESSAGES)
    assert rendered.text == render_chatml(MESSAGES) == CHATML
    assert "<|im_end|>" in rendered.stops


def test_a_template_that_leaves_out_the_question_is_not_used() -> None:
    assert template("Hello, I am a model. {{ messages | length }}").render(MESSAGES).text == CHATML


def test_a_template_that_refuses_system_messages_gets_the_text_in_the_question() -> None:
    source = "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}" + PLAIN
    assert template(source).render(MESSAGES).text == "<s>[user] Be brief.\n\nWhat is a heap?</s>\n[assistant]"


def test_what_chat_templates_use_is_there() -> None:
    source = (
        "{%- set ns = namespace(n=0) -%}{%- for m in messages -%}{%- set ns.n = ns.n + 1 -%}"
        "{%- if loop.last -%}{% generation %}{{ m.content }}{% endgeneration %}{%- break -%}{%- endif -%}{%- endfor -%}"
        "|{{ ns.n * 2 }}|{{ 'ab' * 2 }}|{{ {'a': 'é<'} | tojson }}|{{ strftime_now('%Y') | length }}|{{ messages[1:] | length }}"
    )
    assert template(source).render(MESSAGES).text == 'What is a heap?|4|abab|{"a": "é<"}|4|1'


@pytest.mark.parametrize(
    "attack",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
        "{% for i in range(90000) %}{{ messages[1].content * 5000 }}{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{{ 10**10**8 }}",
        "{{ 'x'.center(10**10) }}",
        "{{ 'x' | center(10**10) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '{:10000000000}'.format(1) }}",
        "{% macro again(n) %}{{ again(n + 1) }}{% endmacro %}{{ again(0) }}",
        "{{ messages.append({'role': 'user', 'content': 'x'}) }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_hostile_template_is_stopped_and_replaced(attack: str) -> None:
    hostile = template("{{ messages[-1].content }}" + attack)
    assert hostile.render(MESSAGES).text == CHATML
    assert hostile.why_not


@pytest.mark.parametrize("reach", ["{{ raise_exception.__globals__ }}", "{{ self.__init__.__globals__ }}", "{{ messages.__class__ }}", "{{ ''.format }}"])
def test_reaching_for_the_insides_of_python_finds_nothing(reach: str) -> None:
    assert template("{{ messages[-1].content }}" + reach).render(MESSAGES).text in ("What is a heap?", CHATML)


def test_watching_a_template_leaves_no_trace_function_behind() -> None:
    before = sys.gettrace()
    template("{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}").render(MESSAGES)
    assert sys.gettrace() is before
