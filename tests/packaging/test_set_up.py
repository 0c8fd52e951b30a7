"""The set-up's plan: which steps there are, from which inputs, and when one is due."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import set_up

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def test_python_is_accepted_or_told_in_one_sentence_what_to_do() -> None:
    assert set_up.python_complaint((3, 11)) is None
    assert set_up.python_complaint((3, 13)) is None
    assert "3.9" in (set_up.python_complaint((3, 9)) or "")
    assert "make setup PYTHON=" in (set_up.python_complaint((3, 14)) or "")


def test_the_accepted_pythons_are_those_of_the_project(project: dict[str, Any]) -> None:
    oldest, too_new = ("{}.{}".format(*version) for version in (set_up.OLDEST_PYTHON, set_up.FIRST_PYTHON_TOO_NEW))
    assert project["requires-python"] == f">={oldest},<{too_new}"


def test_a_requirement_is_found_by_its_whole_name() -> None:
    listed = ["torchvision==1", "torch==2.13.*", "rich>=14"]
    assert set_up.requirement_of(listed, "torch") == "torch==2.13.*"
    with pytest.raises(KeyError):
        set_up.requirement_of(listed, "onnx")


def test_torch_comes_before_everything_that_asks_for_it(project: dict[str, Any]) -> None:
    names = [step.name for step in set_up.planned_steps(set_up.Clone(ROOT), project, "recipe")]
    assert names.index("environment") < names.index("pip") < names.index("torch") < names.index("project") < names.index("embedder")
    assert names.index("llama-cpp-python") < names.index("project"), "pip would build it with settings of its own"


def test_another_recipe_exports_and_measures_the_embedder_again_and_nothing_else(project: dict[str, Any]) -> None:
    before = {step.name: step.inputs for step in set_up.planned_steps(set_up.Clone(ROOT), project, "recipe")}
    after = {step.name: step.inputs for step in set_up.planned_steps(set_up.Clone(ROOT), project, "better recipe")}
    assert [name for name in before if before[name] != after[name]] == ["embedder", "embedder-measured"]


def test_every_step_has_a_remedy_in_one_sentence(project: dict[str, Any]) -> None:
    for step in set_up.planned_steps(set_up.Clone(ROOT), project, "recipe"):
        assert step.remedy.endswith("."), step.name
