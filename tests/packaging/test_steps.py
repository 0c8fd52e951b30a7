"""A step is done once for given inputs, again when they change, and plain about failure."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
import steps
from progress import StepLine


def step_that_writes(proof: Path, *, inputs: str) -> steps.Step:
    return steps.Step("making", "Making it", inputs, proof, lambda _line: proof.write_text(inputs) and None, "Try again.")


def test_a_done_step_stays_done(tmp_path: Path) -> None:
    step = step_that_writes(tmp_path / "made", inputs="a")
    assert not steps.is_done(step, tmp_path / "stamps")
    steps.do(step, stamps=tmp_path / "stamps", stream=io.StringIO())
    assert steps.is_done(step, tmp_path / "stamps")


def test_other_inputs_make_it_due_again(tmp_path: Path) -> None:
    steps.do(step_that_writes(tmp_path / "made", inputs="a"), stamps=tmp_path / "stamps", stream=io.StringIO())
    assert not steps.is_done(step_that_writes(tmp_path / "made", inputs="b"), tmp_path / "stamps")


def test_a_step_whose_work_is_gone_is_due_again(tmp_path: Path) -> None:
    step = step_that_writes(tmp_path / "made", inputs="a")
    steps.do(step, stamps=tmp_path / "stamps", stream=io.StringIO())
    (tmp_path / "made").unlink()
    assert not steps.is_done(step, tmp_path / "stamps")


def test_a_step_that_fails_leaves_no_stamp_not_even_an_old_one(tmp_path: Path) -> None:
    stamps = tmp_path / "stamps"
    steps.do(step_that_writes(tmp_path / "made", inputs="a"), stamps=stamps, stream=io.StringIO())

    def fail(_line: StepLine) -> None:
        raise steps.StepFailed(["no space left"])

    stream = io.StringIO()
    with pytest.raises(steps.StepFailed):
        steps.do(steps.Step("making", "Making it", "a", tmp_path / "made", fail, "Try again."), stamps=stamps, stream=stream)
    assert not (stamps / "making").exists()
    assert "✗ Making it" in stream.getvalue()


def test_a_command_is_logged_and_described(tmp_path: Path) -> None:
    seen: list[str] = []

    def describe(text: str) -> None:
        seen.append(text)

    line = StepLine("Talking", io.StringIO())
    steps.run_logged([sys.executable, "-c", "print('one'); print('two')"], log=tmp_path / "log", cwd=tmp_path, line=line, describe=describe)
    assert seen == ["one", "two"]
    assert "one\ntwo\n" in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_failed_command_hands_over_its_last_twenty_lines(tmp_path: Path) -> None:
    line = StepLine("Talking", io.StringIO())
    program = "for n in range(50): print('line', n)\nraise SystemExit(3)"
    with pytest.raises(steps.StepFailed) as caught:
        steps.run_logged([sys.executable, "-c", program], log=tmp_path / "log", cwd=tmp_path, line=line, describe=lambda _: None)
    assert caught.value.last_lines == tuple(f"line {n}" for n in range(30, 50))


def test_a_program_that_is_not_there_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    line = StepLine("Talking", io.StringIO())
    with pytest.raises(steps.StepFailed, match="No such file"):
        steps.run_logged([tmp_path / "nothing"], log=tmp_path / "log", cwd=tmp_path, line=line, describe=lambda _: None)
