"""The rules of the house that no linter knows (docs/ARCHITECTURE.md says why each is one)."""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desktop", "engine", "models")
LONGEST_FILE_LINES = 450
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "stuff"}
AGPL_SHA256 = "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
"""Of the licence text as the Free Software Foundation gives it out."""


def tracked_files() -> list[Path]:
    """Every file that belongs to the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for path in (ROOT / name for name in listed.stdout.split("\0") if name) if path.is_file()]


def sources(*folders: str) -> list[Path]:
    """The Python files of these folders of the project, and main.py."""
    return [path for path in tracked_files() if path.suffix == ".py" and (path.parent == ROOT or path.relative_to(ROOT).parts[0] in folders)]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def test_the_import_contracts_hold() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None, "import-linter is part of the dev extra"
    checked = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-1000:]


@pytest.mark.parametrize("folder", ["packaging", "tests"])
def test_folders_that_are_no_packages_stay_none(folder: str) -> None:
    found = [relative(path) for path in (ROOT / folder).rglob("__init__.py")]
    assert not found, "packaging/__init__.py would shadow the package of that name on the index and break torch; tests are found by path"


def test_every_module_opens_with_a_paragraph() -> None:
    silent = [relative(path) for path in sources(*ROOMS, "packaging", "tests") if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent, "the first lines of a module say what it is for"


def test_no_file_is_a_drawer() -> None:
    drawers = [relative(path) for path in sources(*ROOMS, "packaging") if set(re.split(r"[_\W]+", path.stem)) & DRAWERS]
    assert not drawers, "a name that says nothing collects everything"


def test_no_file_has_grown_into_two_rooms() -> None:
    long = {relative(path): lines for path in sources(*ROOMS, "packaging") if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE_LINES}
    assert not long


def test_nothing_is_left_to_be_done_later() -> None:
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    left = [relative(path) for path in sources(*ROOMS, "packaging", "tests") if marks.search(path.read_text(encoding="utf-8"))]
    assert not left


def imported_modules(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_one_module_may_open_a_connection() -> None:
    doors = {"urllib.request", "socket", "ssl", "http.client", "http.server", "ftplib", "smtplib", "PySide6.QtNetwork"}
    callers = [relative(path) for path in sources(*ROOMS) if path != ROOT / "models" / "download.py" and doors & set(imported_modules(path))]
    assert not callers


def test_nothing_that_runs_code_from_data_is_used() -> None:
    dangerous = {"pickle", "shelve", "marshal", "joblib", "diskcache", "dill"}
    callers = [relative(path) for path in sources(*ROOMS) if dangerous & {name.split(".")[0] for name in imported_modules(path)}]
    assert not callers


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine() -> None:
    hosts = r"index-url|find-links|pypi\.org/simple|files\.pythonhosted|download\.pytorch"
    places = r"(?<![\w.])/(?:root|work)/\w|(?<![\w.])/home/[a-z]+/\w"
    unwelcome = re.compile(f"{hosts}|{places}")
    found = []
    for path in tracked_files():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and books
        found += [f"{relative(path)}: {match[0]}" for match in unwelcome.finditer(text)]
    assert not found, "pip's own configuration says where packages come from, and paths differ on every machine"


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"])
def test_every_make_command_that_a_paper_names_exists(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    code = " ".join(re.findall(r"`[^`\n]+`", text) + re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
    assert named <= make_targets()


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/ARCHITECTURE.md"])
def test_every_file_that_a_paper_links_to_exists(paper: str) -> None:
    here = ROOT / paper
    linked = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)(?:#[^)]*)?\)", here.read_text(encoding="utf-8"))
    assert [link for link in linked if not (here.parent / link).exists()] == []


def test_readme_names_only_commands_that_there_are() -> None:
    from engine.commandline import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bbytebrain ([a-z][a-z-]+)", " ".join(re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL))))
    assert named
    assert named <= COMMANDS


def test_qt_is_pinned_to_a_version_that_leaves_the_interpreter_whole(project: dict[str, Any]) -> None:
    pins = [requirement for requirement in project["dependencies"] if requirement.lower().startswith("pyside6")]
    assert pins == ["PySide6-Essentials==6.11.3"], "see docs/decisions/0007-pyside6-pin.md before changing this"


def test_the_changelog_knows_the_version(project: dict[str, Any]) -> None:
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_installed_version_is_that_of_the_project(project: dict[str, Any]) -> None:
    try:
        installed = metadata.version("bytebrain")
    except metadata.PackageNotFoundError:
        pytest.skip("run from a checkout that is not installed")
    assert installed == project["version"]


def test_every_dependency_has_its_line(project: dict[str, Any]) -> None:
    told = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8").lower()
    listed = [*project["dependencies"], *(requirement for extra in project["optional-dependencies"].values() for requirement in extra)]
    names = [re.split(r"[<>=!~\[;]", requirement, maxsplit=1)[0].lower() for requirement in listed]
    assert [name for name in names if f"| {name} " not in told] == []


def test_the_licence_is_the_whole_text() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL_SHA256


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9][0-9][0-9][0-9]-*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_cache_is_part_of_the_project() -> None:
    caches = {relative(path) for path in tracked_files() if any(part.endswith("_cache") or part == "__pycache__" for part in path.parts)}
    assert not caches
